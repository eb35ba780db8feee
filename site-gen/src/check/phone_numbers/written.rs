//! Reports telephone numbers that are not approved.

use super::text::Text;
use super::{Approved, Digits, PhoneNumber, links, suggestions};
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::{excerpt, list};
use crate::diagnostics::diagnostic::Reporter;
use crate::source::read::Source;
use memchr::memchr_iter;

/// Reports each number in the texts of a file that is not on the list.
pub(crate) fn check(source: &Source, texts: &[Text<'_>], approved: &Approved, reporter: Reporter<'_>) {
    for (text, digits) in texts.iter().filter_map(|text| Some((text, text.digits.as_ref()?))) {
        for (place, words, leads) in other_links(&text.line) {
            let message =
                format!("Linkets ord siger »{words}«, men det ringer til »{leads}«. Ret det, der er forkert.");
            reporter.at_byte(text.place(place), DiagnosticCode::BadLink, message);
        }
        // With a letter in place of a digit, nobody can call it.
        let has_letter = |found: &PhoneNumber| found.written.contains(super::signs::LIKE_DIGITS);
        let all = digits.numbers(&text.line, approved);
        for found in all.iter().filter(|found| !approved.contains_key(&found.plain) || has_letter(found)) {
            let (start, end) = (text.place(found.start), text.place(found.end.saturating_sub(1)) + 1);
            let written = source.text.get(start..end).unwrap_or(&found.written);
            reporter.at_byte(start, DiagnosticCode::UnapprovedNumber, unapproved(found, written, approved));
        }
    }
}

/// Links whose text names a different number than they call: the offset, the number in the text, and the number called.
fn other_links(line: &str) -> Vec<(usize, String, String)> {
    let other = |at: usize| {
        let open = line[..at].rfind('[')?;
        // Stops there, since a long line may have many links.
        let target = line[at + 2..].split(')').next().unwrap_or_default();
        let called = links(target).next().filter(|called| called.start == "tel:".len())?;
        let words = &line[open + 1..at];
        let named = Digits::of(words)?.possible(words);
        let is_it = named.iter().any(|named| named.plain == called.plain);
        named.into_iter().next().filter(|_| !is_it).map(|named| (open, named.written, called.written))
    };
    memchr_iter(b']', line.as_bytes()).filter(|at| line[*at + 1..].starts_with('(')).filter_map(other).collect()
}

fn unapproved(found: &PhoneNumber, written: &str, approved: &Approved) -> String {
    let near = suggestions(&found.plain, approved);
    let hint = match near.as_slice() {
        [] => String::new(),
        all => {
            format!(" Mente du {}?", all.iter().map(|number| format!("»{number}«")).collect::<Vec<_>>().join(" eller "))
        }
    };
    // The list may be long; the short numbers are the ones mistyped.
    let allowed = match approved.values().map(String::as_str).filter(|number| number.len() < 8).collect::<Vec<_>>() {
        short if short.is_empty() => String::new(),
        short => format!(" Korte numre på listen: {}.", list(short)),
    };
    format!(
        "Telefonnummeret »{}« står ikke på listen over godkendte numre.{hint}{allowed} Er det rigtigt, så føj det til \
         data/telefonnumre.csv med kilde.",
        excerpt(&written.split_whitespace().collect::<Vec<_>>().join(" "))
    )
}
