//! The telephone numbers of a file that nobody approved.

use super::text::Text;
use super::{Approved, Found, meant, numbers};
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::{excerpt, list};
use crate::diagnostics::diagnostic::Reporter;
use crate::source::read::Source;

/// Blames each number in the texts of the file that is not on the list.
pub(crate) fn check(source: &Source, texts: &[Text], approved: &Approved, reporter: Reporter<'_>) {
    for text in texts {
        for found in numbers(&text.line, approved).iter().filter(|found| !approved.contains_key(&found.plain)) {
            let (start, end) = (text.place(found.start), text.place(found.end.saturating_sub(1)) + 1);
            let written = source.text.get(start..end).unwrap_or(&found.written);
            reporter.at_byte(start, DiagnosticCode::UnapprovedNumber, unapproved(found, written, approved));
        }
    }
}

fn unapproved(found: &Found, written: &str, approved: &Approved) -> String {
    let meant = meant(&found.plain, approved);
    let hint = match meant.as_slice() {
        [] => String::new(),
        all => {
            format!(" Mente du {}?", all.iter().map(|number| format!("»{number}«")).collect::<Vec<_>>().join(" eller "))
        }
    };
    // The list may grow long; the short numbers are those that are mistyped.
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
