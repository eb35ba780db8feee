//! Alarms: events that need a human at once.
//!
//! Each is one line of the log with the field `alarm`, which the operator's alarms count.

use model::names::KredsSlug;
use std::fmt::Display;

/// Something that needs a human.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Alarm {
    /// A mail was tried for the last time, or twice without anybody knowing whether it went: see `operator owed`.
    Parked,
    /// A mail went out and nobody has said within a day that it arrived.
    Unconfirmed,
    /// A kreds's mailbox refused a mail for good; it goes to the second mailbox.
    Bounced,
    /// Both mailboxes of a kreds refused mail: its forms show the telephone number.
    BothBounced,
    /// No mailbox took a mail.
    NobodyTookIt,
    /// A filter refused a request's mail for what it says: a notice without the citizen's words goes instead.
    MessageRefused,
    /// A mail server refuses us, whoever it is for: nothing goes out until we mend it.
    SenderRefused,
    /// An item that this release cannot read stands in a queue.
    Unreadable,
    /// A request to a kreds that the content no longer knows went to the fallback mailbox.
    Unroutable,
    /// Somebody at a kreds marked a mail as spam.
    Complaint,
    /// A digest of yesterday has not gone out.
    DigestLate,
    /// Data that should have been deleted is there.
    NotErased,
    /// A request's time is up, and no kreds has got it: it is kept until day 90.
    Undelivered,
    /// An event about mail that is not from our topic, or not signed for it.
    ForgedEvent,
    /// An event about a mail that we do not know.
    UnknownEvent,
    /// A request waits for a human since some working hours: see `operator held`.
    Held,
    /// A request that no kreds has got was deleted: its 90 days were over.
    ErasedUndelivered,
    /// A mail to the police was for a domain that is none of theirs: it was not sent.
    WrongDomain,
    /// AWS KMS will not use the key of the answers: it is disabled, being deleted, or not ours to use.
    KeyUnusable,
}

impl Alarm {
    /// Its name in the log and in metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Parked => "parked",
            Self::Unconfirmed => "unconfirmed",
            Self::Bounced => "bounced",
            Self::BothBounced => "both-bounced",
            Self::NobodyTookIt => "nobody-took-it",
            Self::MessageRefused => "message-refused",
            Self::SenderRefused => "sender-refused",
            Self::Unreadable => "unreadable",
            Self::Unroutable => "unroutable",
            Self::Complaint => "complaint",
            Self::DigestLate => "digest-late",
            Self::NotErased => "not-erased",
            Self::Undelivered => "undelivered",
            Self::ForgedEvent => "forged-event",
            Self::UnknownEvent => "unknown-event",
            Self::Held => "held",
            Self::ErasedUndelivered => "erased-undelivered",
            Self::WrongDomain => "wrong-domain",
            Self::KeyUnusable => "key-unusable",
        }
    }

    /// Raises it for a kreds. `what` is a reference or a count, never anything a citizen wrote.
    pub(crate) fn raise(self, kreds: &KredsSlug, what: impl Display) {
        tracing::error!(alarm = self.name(), %kreds, %what, "alarm");
    }

    /// Raises it where no kreds is known.
    pub(crate) fn raise_for_all(self, what: impl Display) {
        tracing::error!(alarm = self.name(), %what, "alarm");
    }
}
