//! The words of a link, by which those who see or hear them alone must know where it leads.

use super::Slip;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::excerpt;

/// Words that fit every link.
const VAGUE: [&str; 33] = [
    "her",
    "klik her",
    "klik",
    "tryk her",
    "tryk",
    "se her",
    "læs her",
    "find det her",
    "læs mere",
    "læs mere her",
    "se mere",
    "se mere her",
    "mere",
    "mere her",
    "se",
    "link",
    "linket",
    "dette link",
    "denne hjemmeside",
    "denne side",
    "here",
    "click here",
    "click",
    "press here",
    "see here",
    "read here",
    "read more",
    "read more here",
    "learn more",
    "more",
    "this link",
    "this page",
    "link here",
];

/// The words of one link.
pub(super) struct Words {
    byte: usize,
    text: String,
}

impl Words {
    pub(super) const fn new(byte: usize) -> Self {
        Self { byte, text: String::new() }
    }

    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// The fault with them, if anything is.
    pub(super) fn slip(self) -> Option<Slip> {
        let text = self.text.trim();
        if text.chars().all(|sign| !sign.is_alphanumeric()) {
            let message = "Linket har ingen ord. Skriv mellem [ og ], hvor linket fører hen: [Privatliv](/privatliv/).";
            return Some(Slip::mistake(self.byte, DiagnosticCode::BadLink, message));
        }
        if text.len() > 20 {
            return None;
        }
        let words = text.to_lowercase();
        let words = words.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
        let words = words.collect::<Vec<_>>().join(" ");
        VAGUE.contains(&words.as_str()).then(|| {
            let message = format!(
                "Linkets ord »{}« siger ikke, hvor det fører hen, når de bliver læst op alene. Skriv navnet på siden: \
                 [Privatliv](/privatliv/).",
                excerpt(text)
            );
            Slip::warning(self.byte, DiagnosticCode::VagueLink, message)
        })
    }
}
