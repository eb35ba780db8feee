//! Reads YAML with locations, and explains in Danish why it cannot be read.

mod keys;

use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::excerpt;
use crate::diagnostics::diagnostic::{Location, Reporter};
use marked_yaml::{LoadError, LoaderOptions, Marker, Node, Span, parse_yaml_with_options};
use std::collections::BTreeSet;

/// The maximum indentation of a line in columns.
const DEEPEST: usize = 100;

/// Reads YAML from the start of the reporter's file. `None` if it cannot be read, which is reported.
///
/// Every value stays as written: `nej`, `0800` and `8:15` are texts until they are parsed.
pub(crate) fn load(text: &str, reporter: Reporter<'_>) -> Option<Node> {
    read(text).map_err(|(at, code, message)| reporter.at(at, code, message)).ok()
}

/// An error in YAML, with its location.
type Fault = (Location, DiagnosticCode, String);

fn unreadable(at: Location, message: impl Into<String>) -> Fault {
    (at, DiagnosticCode::UnreadableLine, message.into())
}

fn read(text: &str) -> Result<Node, Fault> {
    let depth = |line: &str| line.len() - line.trim_start_matches([' ', '\t', '-', '?']).len();
    for (number, line) in text.lines().enumerate().skip(1) {
        let at = Location { line: number + 1, column: 1 };
        // The parser recurses for each level.
        if depth(line) > DEEPEST {
            return Err(unreadable(at, "Linjen er rykket for langt ind. Slet nogle af mellemrummene."));
        }
        // The parser silently ignores everything after the first document.
        if line.starts_with("---") || line.starts_with("...") {
            let rule = "En linje her må ikke begynde med »---« eller »...«.";
            return Err(unreadable(at, format!("{rule} Slet den, eller sæt teksten i anførselstegn.")));
        }
    }
    let options = LoaderOptions::default().error_on_duplicate_keys(true).prevent_coercion(true);
    let node = parse_yaml_with_options(0, text, options).map_err(|error| explain(&error, text))?;
    // The parser silently ignores everything after the first mapping.
    if let Some(at) = unread(&node, text) {
        return Err(unreadable(at, NOT_OF_THE_MAPPING));
    }
    if let Some((at, key)) = swallowed(&node, text) {
        let message = format!("»{key}« er blevet en del af teksten i linjen over. Ryk den ind som navnene omkring.");
        return Err(unreadable(at, message));
    }
    Ok(node)
}

const NOT_OF_THE_MAPPING: &str = "Linjen hører ikke sammen med linjerne over den, så den ville ikke blive læst. Skriv hvert \
    navn på sin egen linje, alle rykket lige langt ind og uden { } om.";

/// The location of the first text after the outermost mapping, except comments.
fn unread(node: &Node, text: &str) -> Option<Location> {
    let end = node.span().end()?;
    let mut lines = text.lines().enumerate().skip(end.line().saturating_sub(1));
    lines.find_map(|(number, line)| {
        let begin = if number + 1 == end.line() { end.column().saturating_sub(1) } else { 0 };
        let rest: String = line.chars().skip(begin).collect();
        let rest = rest.trim_start_matches([' ', '\t', '}', ']']);
        let is_text = !rest.is_empty() && !rest.starts_with('#');
        is_text.then(|| Location { line: number + 1, column: line.chars().count() - rest.chars().count() + 1 })
    })
}

/// Keys that determine when something is published: a multi-line text must not swallow one through wrong indentation.
const SWITCHES: [&str; 7] = ["kladde", "fra", "til", "vises_fra", "udloeber", "lukket", "diskret"];

/// The first line that looks like one of the [`SWITCHES`] but is not a key.
fn swallowed<'a>(node: &Node, text: &'a str) -> Option<(Location, &'a str)> {
    let switches = text.lines().enumerate().filter_map(|(number, line)| {
        let bare = line.trim_start_matches([' ', '-']);
        let column = line.len() - bare.len() + 1;
        let key = bare.split_once(':').map(|(key, _)| key).filter(|key| SWITCHES.contains(key));
        let key = key.or_else(|| is_draft(bare).then(|| &bare[..DRAFT.len()]))?;
        Some((Location { line: number + 1, column }, key))
    });
    let mut keys = None;
    switches.into_iter().find(|(at, _)| !keys.get_or_insert_with(|| key_lines(node)).contains(&at.line))
}

/// The one of the [`SWITCHES`] that a line of running text sets, with an answer or a date as its value.
pub(crate) fn switch(line: &str) -> Option<&str> {
    if is_draft(line) {
        return Some(DRAFT);
    }
    let (key, value) = line.split_at(line.find(|sign: char| !sign.is_ascii_lowercase() && sign != '_')?);
    let value = value.strip_prefix(": ").filter(|_| SWITCHES.contains(&key))?.trim();
    let is_day = value.len() >= 10 && value.bytes().take(10).all(|byte| byte.is_ascii_digit() || byte == b'-');
    (is_day || matches!(value, "ja" | "nej")).then_some(key)
}

const DRAFT: &str = "kladde";

/// True for a line that marks a page as a draft, in any spelling. Other switches are ordinary words.
fn is_draft(line: &str) -> bool {
    let says_so = |answer: &str| {
        let answer = answer.trim_matches(|sign: char| !sign.is_alphanumeric()).to_lowercase();
        ["ja", "yes", "true", "sand"].contains(&answer.as_str())
    };
    let parts = line.split_at_checked(DRAFT.len());
    parts.is_some_and(|(name, answer)| name.eq_ignore_ascii_case(DRAFT) && says_so(answer))
}

/// The lines with a key, at any depth.
fn key_lines(node: &Node) -> BTreeSet<usize> {
    match node {
        Node::Scalar(_) => BTreeSet::new(),
        Node::Sequence(items) => items.iter().flat_map(key_lines).collect(),
        Node::Mapping(map) => {
            map.iter().flat_map(|(key, value)| key_lines(value).into_iter().chain([spot(key.span()).line])).collect()
        }
    }
}

/// The start of a node.
pub(crate) fn spot(span: &Span) -> Location {
    span.start().map_or(Location::START, place)
}

fn place(marker: &Marker) -> Location {
    Location { line: marker.line(), column: marker.column() }
}

fn explain(error: &LoadError, text: &str) -> Fault {
    match error {
        LoadError::TopLevelMustBeMapping(at) | LoadError::TopLevelMustBeSequence(at) => (
            place(at),
            DiagnosticCode::WrongShape,
            "Her skal stå linjer med et navn, et kolon, et mellemrum og en værdi, for eksempel »titel: Privatliv«."
                .to_owned(),
        ),
        LoadError::UnexpectedAnchor(at) | LoadError::UnexpectedTag(at) => {
            unreadable(place(at), "En værdi, der begynder med & eller !, skal have anførselstegn om: \"…\".")
        }
        LoadError::MappingKeyMustBeScalar(at) => {
            unreadable(place(at), "Før et kolon skal stå et navn, ikke en liste eller en gruppe.")
        }
        LoadError::DuplicateKey(keys) => {
            let (first, name) = (spot(keys.prev_key.span()).line, excerpt(keys.key.as_str()));
            let message = format!("»{name}« står her to gange; første gang i linje {first}. Slet den ene.");
            (spot(keys.key.span()), DiagnosticCode::Twice, message)
        }
        LoadError::ScanError(at, error) => {
            let (technical, spot) = (error.to_string(), place(at));
            // For a tab or a key without its colon, the parser names another line.
            if let Some(tab) = tab_near(spot, &technical, text) {
                let advice = "Brug mellemrum, ikke tabulator, først på linjen og efter kolon.";
                return unreadable(tab, format!("Linjen kan ikke læses. {advice}"));
            }
            if let Some((at, advice)) = keys::fault(spot, &technical, text) {
                return unreadable(at, format!("Linjen kan ikke læses. {advice}"));
            }
            let line = text.lines().nth(spot.line.saturating_sub(1)).unwrap_or_default();
            unreadable(spot, cannot_be_read(&technical, line))
        }
    }
}

/// The first tab in this line or the next, if it can be the cause.
fn tab_near(spot: Location, technical: &str, text: &str) -> Option<Location> {
    let lines = text.lines().enumerate().skip(spot.line.saturating_sub(1)).take(2);
    let is_meant = |line: &str| {
        technical.contains("tab") || line.trim_start().contains(":\t") || line.trim_start_matches(' ').starts_with('\t')
    };
    lines.filter(|(_, line)| is_meant(line)).find_map(|(number, line)| {
        Some(Location { line: number + 1, column: line.chars().position(|sign| sign == '\t')? + 1 })
    })
}

/// Explains the parser's message in Danish, with the most likely cause on that line.
fn cannot_be_read(technical: &str, line: &str) -> String {
    let has = |word: &str| technical.contains(word);
    let value_begins_with = |signs: &[char]| {
        line.split_once(": ")
            .map_or(line.trim_start_matches([' ', '-']), |(_, value)| value.trim_start())
            .starts_with(signs)
    };
    let cause = if has("tab") && line.contains('\t') {
        "Brug mellemrum til indrykning, ikke tabulator."
    } else if has("mapping values are not allowed") || has("illegal placement of ':'") {
        "Står der et kolon inde i teksten, så sæt anførselstegn om hele teksten: \"…\". Ellers tjek, at linjen er \
         rykket lige så langt ind som linjerne omkring."
    } else if has("quoted scalar") {
        "Et anførselstegn mangler sin makker, eller der står noget efter det sidste. Tjek anførselstegnene."
    } else if has("flow ") || has("',' or") {
        "En parentes { } eller [ ] er ikke lukket, eller der mangler et komma i den. Tekst med komma i parentesen skal \
         have anførselstegn om."
    } else if value_begins_with(&['@', '`', '%', '*', '&', '!', '|', '>', '{', '[', '#', '"']) {
        "Begynder teksten med et særligt tegn, så sæt anførselstegn om hele teksten: \"…\"."
    } else if has("simple key expect") {
        "Linjen mangler et kolon og et mellemrum efter navnet, eller den er rykket forkert ind."
    } else {
        "Tjek, at linjen har navn, kolon og mellemrum og er rykket lige så langt ind som linjerne omkring."
    };
    format!("Linjen kan ikke læses. {cause} ({})", technical.split(" at ").next().unwrap_or(technical))
}

#[cfg(test)]
mod tests;
