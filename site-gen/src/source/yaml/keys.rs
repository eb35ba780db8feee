//! Finds a YAML key without its colon, or the space after it, which makes the parser fail on the line below.

use crate::diagnostics::danish::excerpt;
use crate::diagnostics::diagnostic::Location;

/// The location of such a key in the reported line or the one above, and the correction.
pub(super) fn fault(spot: Location, technical: &str, text: &str) -> Option<(Location, String)> {
    let lacks_colon = technical.contains("simple key expect");
    if !lacks_colon && !technical.contains("mapping values are not allowed") {
        return None;
    }
    let lines: Vec<_> = text.lines().enumerate().take(spot.line).filter(|(_, line)| is_content(line)).collect();
    let outermost = lines.first().map(|(_, line)| indent(line));
    let fault = |(number, line): (usize, &str)| {
        let is_outermost = Some(indent(line)) == outermost && !line.trim_start().starts_with('-');
        let (column, advice) = slip(line, lacks_colon && is_outermost)?;
        Some((Location { line: number + 1, column }, advice))
    };
    // The line itself may be valid, but parsed as the end of the previous one.
    lines.into_iter().rev().take(2).find_map(fault)
}

fn is_content(line: &str) -> bool {
    let line = line.trim_start();
    !line.is_empty() && !line.starts_with('#') && line != "---"
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The column after the key, and the correction.
fn slip(line: &str, may_lack_colon: bool) -> Option<(usize, String)> {
    let bare = line.trim_start_matches([' ', '-']);
    let end = bare.find(|sign: char| !sign.is_alphanumeric() && sign != '_').unwrap_or(bare.len());
    let (name, rest) = bare.split_at(end);
    let column = line.len() - bare.len() + name.chars().count() + 1;
    let written = |value: &str| excerpt(&format!("{name}: {}", value.trim()));
    match rest.strip_prefix(':') {
        _ if name.is_empty() => None,
        // An address also has a colon without a space.
        Some(value) if !value.is_empty() && !value.starts_with([' ', '\t', '/']) => {
            Some((column, format!("Sæt et mellemrum efter kolon: »{}«.", written(value))))
        }
        None if may_lack_colon && !bare.contains(':') => {
            let value = rest.trim_start_matches([' ', '=', ';', '-', '>', '.', ',']);
            let advice = format!("Skriv et kolon og et mellemrum efter navnet: »{}«.", written(value).trim_end());
            Some((column, advice))
        }
        _ => None,
    }
}
