//! Classes of permanent refusals of a mail: each has its own consequence for the mail and for the form.

use std::fmt;

/// The class of a permanent refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The mailbox accepts no mail: the next recipient gets it.
    Mailbox,
    /// The message is refused, by a filter or for its size: the same mailbox gets a notice without the citizen's words.
    Message,
    /// We, our server or the route is refused: the mail is tried again, and we must fix it.
    Sender,
}

/// The step of an SMTP session (RFC 5321, section 3) at which a mail is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Greeting, STARTTLS, AUTH and MAIL: no recipient has been named yet.
    BeforeRecipient,
    /// RCPT.
    Recipient,
    /// DATA, before the text.
    BeforeText,
    /// The end of the text, or a bounce after the handover.
    AfterText,
}

/// An enhanced status code (RFC 3463) of class 5, permanent failure: its subject and its detail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EnhancedStatus {
    subject: u16,
    detail: u16,
}

impl EnhancedStatus {
    /// Parses the code that a text begins with, as in `5.1.1 no such user`. `None` if there is no permanent one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let code = text.split(|sign: char| sign.is_whitespace() || matches!(sign, '-' | ':' | ',' | ')')).next()?;
        let (subject, detail) = code.trim_start_matches(['#', '(']).strip_prefix("5.")?.split_once('.')?;
        Some(Self { subject: subject.parse().ok()?, detail: detail.parse().ok()? })
    }

    /// The class by the registry of RFC 5248; `None` if the code says no more than the reply code.
    const fn refusal(self, step: Step) -> Option<Refusal> {
        Some(match (self.subject, self.detail) {
            // 5.x.0 is "other or undefined": the step says more. A message with refused content is the exception.
            (6, _) | (2, 3) | (3, 4) => Refusal::Message,
            (0, _) | (1 | 2 | 7, 0) => return None,
            // The sender's address, not the recipient's.
            (1, 7 | 8) => Refusal::Sender,
            // Exchange Online sends 5.4.1 for unknown recipients; 5.4.4 and 5.4.310: their domain does not exist.
            (1 | 2, _) | (4, 1 | 4 | 310) => Refusal::Mailbox,
            // The owner of mailbox or domain has changed (RFC 7293).
            (7, 17 | 18) => Refusal::Mailbox,
            // From 5.7.8 on: password, SPF, DKIM, reverse DNS and blocklists, which all concern the sender.
            (7, 1..=7) => match step {
                Step::AfterText => Refusal::Message,
                Step::BeforeRecipient | Step::Recipient | Step::BeforeText => Refusal::Sender,
            },
            _ => Refusal::Sender,
        })
    }
}

impl Refusal {
    /// The class of a reply; `None` if it is not permanent. `text` is the part after the reply code.
    #[must_use]
    pub fn of_reply(step: Step, code: u16, text: &str) -> Option<Self> {
        if !(500..600).contains(&code) {
            return None;
        }
        if step == Step::BeforeRecipient {
            return Some(Self::Sender);
        }
        EnhancedStatus::parse(text).and_then(|status| status.refusal(step)).or(Some(match (step, code) {
            // 556: the domain accepts no mail (RFC 7504).
            (Step::Recipient, 550..=553 | 556) => Self::Mailbox,
            (Step::AfterText, 550..=554) => Self::Message,
            _ => Self::Sender,
        }))
    }

    /// The class of a bounce that was reported after the handover: [`Self::Mailbox`] unless the status says more.
    #[must_use]
    pub fn of_bounce(status: Option<EnhancedStatus>) -> Self {
        status.and_then(|status| status.refusal(Step::AfterText)).unwrap_or(Self::Mailbox)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Mailbox => "mailbox",
            Self::Message => "message",
            Self::Sender => "sender",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Refusal::{Mailbox, Message, Sender};
    use super::Step::{AfterText, BeforeRecipient, BeforeText, Recipient};
    use super::*;

    #[test]
    fn a_reply_is_classified_by_its_enhanced_status_or_else_by_step_and_code() {
        for (step, code, text, expected) in [
            (Recipient, 550, "5.1.1 no such user", Mailbox),
            (Recipient, 550, "5.1.10 null MX", Mailbox),
            (Recipient, 550, "5.1.0 address rejected", Mailbox),
            (Recipient, 552, "5.2.2 mailbox full", Mailbox),
            (Recipient, 550, "5.2.1 disabled", Mailbox),
            (AfterText, 550, "5.2.1 disabled", Mailbox),
            (AfterText, 550, "5.1.1 unknown", Mailbox),
            (Recipient, 550, "5.4.1 Recipient address rejected: Access denied", Mailbox),
            (Recipient, 550, "no such user here", Mailbox),
            (Recipient, 556, "5.1.10 domain does not accept mail", Mailbox),
            (AfterText, 554, "5.7.1 this looks like spam", Message),
            (AfterText, 554, "5.7.0 blocked", Message),
            (AfterText, 550, "5.6.0 content", Message),
            (AfterText, 552, "5.3.4 message too big", Message),
            (Recipient, 552, "5.3.4 message size exceeds limit", Message),
            (AfterText, 552, "5.2.3 too long for this mailbox", Message),
            (AfterText, 554, "rejected", Message),
            (AfterText, 554, "5.0.0 rejected", Message),
            (Recipient, 554, "5.7.1 Client host blocked", Sender),
            (Recipient, 554, "blocked", Sender),
            (Recipient, 550, "5.7.1 relaying denied", Sender),
            (AfterText, 550, "5.7.26 unauthenticated", Sender),
            (AfterText, 550, "5.7.606 banned sending IP", Sender),
            (Recipient, 553, "5.1.8 sender's domain is not found", Sender),
            (AfterText, 553, "5.1.8 sender's domain is not found", Sender),
            (BeforeRecipient, 550, "5.1.1 whoever this is", Sender),
            (BeforeRecipient, 535, "5.7.8 wrong password", Sender),
            (BeforeText, 554, "5.5.1 no valid recipients", Sender),
            (BeforeText, 550, "5.1.1 unknown", Mailbox),
            (Recipient, 530, "5.7.0 log in first", Sender),
            (Recipient, 501, "5.5.4 syntax", Sender),
        ] {
            assert_eq!(Refusal::of_reply(step, code, text), Some(expected), "{step:?} {code} {text}");
        }
        for (code, text) in [(450, "4.2.1 busy"), (421, "5.1.1 confused"), (250, "5.1.1 odd"), (354, "")] {
            assert_eq!(Refusal::of_reply(Recipient, code, text), None, "{code} {text}");
        }
    }

    #[test]
    fn an_enhanced_status_is_parsed_in_every_form_that_servers_write() {
        for text in ["5.1.1", "5.1.1 x", "5.1.1-x", "5.1.1: x", "#5.1.1 x", "(5.1.1) x"] {
            assert_eq!(EnhancedStatus::parse(text), Some(EnhancedStatus { subject: 1, detail: 1 }), "{text}");
        }
        for text in ["", "4.1.1", "5.1", "5.1.x", "user 5.1.1", "5..1", "15.1.1"] {
            assert_eq!(EnhancedStatus::parse(text), None, "{text}");
        }
    }
}
