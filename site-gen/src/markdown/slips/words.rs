//! The words of a link, which must say where it leads, since some people see or hear only them.

use super::Slip;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::excerpt;
use crate::markdown::target::{intended_address, split_host};
use model::email::EmailAddress;

/// Words that fit any link, separated by commas.
const VAGUE: &str = "her, klik her, klik, tryk her, tryk, se her, læs her, find det her, læs mere, læs mere her, se mere, se mere \
     her, mere, mere her, se, link, linket, dette link, denne hjemmeside, denne side, hjemmesiden, hjemmeside, \
     website, link til siden, gå til siden, følg linket, hent, download, here, click here, click, press here, see \
     here, read here, read more, read more here, learn more, more, this link, this page, link here, pdf";

/// The mailbox or site named in the words of a link, if it differs from the target.
fn other_than(text: &str, leads: &str) -> Option<String> {
    let (scheme, rest) = leads.split_once(':')?;
    if scheme.eq_ignore_ascii_case("mailto") {
        return EmailAddress::parse(text).ok().filter(|_| !text.eq_ignore_ascii_case(rest)).map(|_| text.to_owned());
    }
    let is_word = !text.contains(char::is_whitespace);
    let named = intended_address(text).filter(|_| is_word)?;
    let site = |address: &str| {
        let host = split_host(address)?.0.to_lowercase();
        Some(host.strip_prefix("www.").unwrap_or(&host).to_owned())
    };
    let (named, host) = (site(&named)?, site(leads)?);
    (host != named && !host.ends_with(&format!(".{named}"))).then_some(named)
}

/// The words of one link.
pub(super) struct Words {
    byte: usize,
    text: String,
    /// The target as written.
    leads: String,
}

impl Words {
    pub(super) fn new(byte: usize, leads: &str) -> Self {
        Self { byte, text: String::new(), leads: leads.to_owned() }
    }

    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// The mistake in the words, if any.
    pub(super) fn slip(self) -> Option<Slip> {
        let text = self.text.trim();
        if text.chars().all(|sign| !sign.is_alphanumeric()) {
            let message = "Linket har ingen ord. Skriv mellem [ og ], hvor linket fører hen: [Privatliv](/privatliv/).";
            return Some(Slip::mistake(self.byte, DiagnosticCode::BadLink, message));
        }
        if let Some(other) = other_than(text, &self.leads) {
            let advice = "Ret det, der er forkert.";
            let message =
                format!("Linkets ord siger »{}«, men det fører til »{}«. {advice}", other, excerpt(&self.leads));
            return Some(Slip::mistake(self.byte, DiagnosticCode::BadLink, message));
        }
        if text.len() > 20 {
            return None;
        }
        let words = text.to_lowercase();
        let words = words.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
        let words = words.collect::<Vec<_>>().join(" ");
        VAGUE.as_bytes().split(|byte| *byte == b',').any(|vague| vague.trim_ascii_start() == words.as_bytes()).then(|| {
            let message = format!(
                "Linkets ord »{}« siger ikke, hvor det fører hen, når de bliver læst op alene. Skriv navnet på siden: \
                 [Privatliv](/privatliv/).",
                excerpt(text)
            );
            Slip::warning(self.byte, DiagnosticCode::VagueLink, message)
        })
    }
}
