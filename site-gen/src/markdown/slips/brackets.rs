//! Brackets with an address that do not form a link.

use super::Slip;
use super::literal::Literal;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::excerpt;
use crate::source::paths::is_picture;
use std::ops::Range;

/// Reports the brackets, and adds the reported ranges to `done`.
pub(super) fn check(literal: &Literal, done: &mut Vec<Range<usize>>, found: &mut Vec<Slip>) {
    if !literal.has(b"[]") {
        return;
    }
    let text = literal.text();
    // Nothing is closed after the last one, and a line may have many open ones.
    let (mut at, last) = (0, text.rfind(']').map_or(0, |last| last + 1));
    while let Some(sign) = text[at..].find(['[', ']']).map(|sign| at + sign).filter(|sign| *sign < last) {
        at = sign + 1;
        if let Some((range, code, message)) = slip(text, sign) {
            found.push(Slip::mistake(literal.source(range.start), code, message));
            at = range.end.max(at);
            done.push(range);
        }
    }
}

/// The range of the text, the code and the message.
type Fault = (Range<usize>, DiagnosticCode, String);

fn slip(text: &str, at: usize) -> Option<Fault> {
    let rest = &text[at + 1..];
    if text[at..].starts_with('[') {
        if let Some(name) = rest.strip_prefix('^') {
            let end = name.find(|sign: char| !sign.is_alphanumeric()).filter(|end| *end > 0)?;
            let shown = name[end..].starts_with(']').then(|| &name[..end])?;
            let message =
                format!("»[^{shown}]« bliver vist, som det står: der er ingen fodnoter her. Skriv noten i teksten.");
            return Some((at..at + 3 + end, DiagnosticCode::ForeignMarkdown, message));
        }
        // `[[privatliv]]` is a wiki link.
        if let Some((name, _)) = rest
            .strip_prefix('[')
            .and_then(|rest| rest.split_once("]]"))
            .filter(|(name, _)| is_name(name) && *name != "TOC")
        {
            let shown = excerpt(name);
            let message = format!("»[[{shown}]]« bliver vist, som det står. Skriv et link sådan: [{shown}](/side/).");
            return Some((at..at + name.len() + 4, DiagnosticCode::ForeignMarkdown, message));
        }
        if let Some((name, behind)) =
            rest.split_once(']').filter(|(name, _)| text[..at].ends_with('!') && is_name(name))
            && !behind.trim_start().starts_with(['(', '['])
        {
            let message = format!("Billedet har ingen sti. Skriv ![{}](/billeder/navn.jpg).", excerpt(name));
            return Some((at - 1..at + name.len() + 2, DiagnosticCode::BadImageLink, message));
        }
        let (address, _) = rest.split_once(']')?;
        let before = text[..at].trim_end();
        if !is_address(address) || rest[address.len() + 1..].starts_with('(') {
            return None;
        }
        // `(a)[/privatliv/]`
        if let Some(open) = before.strip_suffix(')').and_then(|before| before.rfind('(')) {
            let words = excerpt(&before[open + 1..before.len() - 1]);
            return Some(bad(open..at + address.len() + 2, "Parenteserne er byttet om", &words, address));
        }
        // Without a space the parser reports it.
        return (before.len() < at && before.ends_with(']')).then(|| {
            let open = text[..before.len() - 1].rfind('[').unwrap_or(at);
            let words = excerpt(&before[(open + 1).min(before.len() - 1)..before.len() - 1]);
            bad(open..at + address.len() + 2, "Adressen skal stå i runde parenteser", &words, address)
        });
    }
    let Some(open) = text[..at].rfind('[') else {
        // A blank line before it ends a link.
        let (address, _) = rest.strip_prefix('(')?.split_once(')').filter(|(address, _)| is_address(address))?;
        let begin = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let words = excerpt(text[begin..at].trim_start());
        return Some(bad(begin..at + address.len() + 3, "Der mangler en [ før linkets ord", &words, address));
    };
    let words = excerpt(&text[open + 1..at]);
    let inside = rest.trim_start().strip_prefix('(')?;
    let gap = rest.len() - rest.trim_start().len();
    let line = inside.split('\n').next().unwrap_or_default();
    let begin = text.len() - inside.len();
    // A quoted title after the address is not part of it.
    let is_file = |address: &str| is_picture(address.split(['"', '”', '»']).next().unwrap_or_default().trim_end());
    match line.split_once(')') {
        Some((address, _)) if is_address(address) || is_file(address) => {
            let end = begin + address.len() + 1;
            let what = if gap > 0 {
                "Der må ikke være mellemrum mellem ] og ("
            } else if address.trim().contains(char::is_whitespace) {
                "Adressen må ikke have mellemrum"
            } else {
                "Linket er skrevet forkert"
            };
            if text[..open].ends_with('!') {
                return Some((open - 1..end, DiagnosticCode::BadImageLink, image(what, &words, address)));
            }
            Some(bad(open..end, what, &words, address))
        }
        None if is_address(line) => {
            let address = line.split_whitespace().next().unwrap_or_default();
            Some(bad(open..begin + line.len(), "Der mangler en ) efter adressen", &words, address))
        }
        _ => None,
    }
}

fn bad(range: Range<usize>, what: &str, words: &str, address: &str) -> Fault {
    // A quoted title after the address is not part of it.
    let address = address.split([' ', '\n']).take_while(|part| !part.starts_with(['"', '”', '“', '\'', '»']));
    let address: String = address.collect();
    let message = format!(
        "{what}, så det bliver ikke et link, og borgeren ser tegnene. Skriv [{words}]({}).",
        excerpt(address.trim_matches(['"', '”', '“', '\'', '»', '«']))
    );
    (range, DiagnosticCode::BadLink, message)
}

/// The message about an image, whose file name may contain spaces.
fn image(what: &str, words: &str, address: &str) -> String {
    let path = address.split(['"', '”', '»']).next().unwrap_or_default().trim().replace(' ', "%20");
    let path = format!("/{}", path.trim_start_matches(['.', '/']));
    let what =
        if what.starts_with("Adressen") { "Billedets sti må ikke have mellemrum: Skriv %20 i stedet" } else { what };
    format!("{what}. Ellers ser borgeren tegnene og ikke billedet. Skriv ![{words}]({}).", excerpt(&path))
}

/// True for words in brackets, but not for the number of a note.
fn is_name(text: &str) -> bool {
    !text.contains(['[', '\n']) && text.contains(char::is_alphabetic)
}

/// True if a text in brackets starts like an address.
fn is_address(text: &str) -> bool {
    let text = text.trim_start_matches([' ', '"', '”', '“', '\'', '»', '<']);
    let word = text.split_whitespace().next().unwrap_or_default();
    let begins = |with: &str| word.get(..with.len()).is_some_and(|part| part.eq_ignore_ascii_case(with));
    (word.len() > 1 && word.starts_with(['/', '#']))
        || ["http:", "https:", "www.", "mailto:", "tel:"].into_iter().any(begins)
        || (word.contains('@') && word.contains('.'))
}
