//! Alarms: events that need a human at once.
//!
//! Each is one log line with the field `alarm`, which the operator's alarms count.

use model::names::KredsSlug;
use std::fmt::Display;

/// An event that needs a human.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Alarm {
    /// The last attempt at a mail failed, or two attempts had an unknown outcome: see `operator owed`.
    Parked,
    /// A mail was sent, and nothing has confirmed its arrival within a day.
    Unconfirmed,
    /// A kreds's mailbox permanently refused a mail, which now goes to the second mailbox.
    Bounced,
    /// Both mailboxes of a kreds refused mail: its forms show the telephone number.
    BothBounced,
    /// No mailbox accepted a mail.
    NoMailboxAccepted,
    /// A filter refused a request's mail for its content: a notice without the citizen's words is sent instead.
    MessageRefused,
    /// A mail server refuses us as the sender, whoever the recipient is: no mail is delivered until we fix it.
    SenderRefused,
    /// A queue contains an item that this release cannot read.
    Unreadable,
    /// A request to a kreds that is no longer in the content was mailed to the fallback mailbox.
    Unroutable,
    /// Somebody at a kreds marked a mail as spam.
    Complaint,
    /// A digest of yesterday was not sent in time.
    DigestLate,
    /// Data that should have been deleted still exists.
    NotErased,
    /// The retention period of a request is over, and no kreds has received it: it is kept until day 90.
    Undelivered,
    /// An event about mail is not from our topic, or not signed for it.
    ForgedEvent,
    /// An event concerns a mail that we do not know.
    UnknownEvent,
    /// A request has been held for a human for several working hours: see `operator held`.
    Held,
    /// A request that no kreds received was deleted after its 90 days.
    ErasedUndelivered,
    /// Calls of a kreds are overdue: their deadline is past, and nobody has recorded a call.
    Overdue,
    /// A mail to the police was addressed to a domain that is not theirs: it was not sent.
    WrongDomain,
    /// AWS KMS refuses to use the key of the answers: it is disabled, pending deletion, or not accessible to us.
    KeyUnusable,
}

impl Alarm {
    /// The name in the log and in metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Parked => "parked",
            Self::Unconfirmed => "unconfirmed",
            Self::Bounced => "bounced",
            Self::BothBounced => "both-bounced",
            Self::NoMailboxAccepted => "nobody-took-it",
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
            Self::Overdue => "overdue",
            Self::WrongDomain => "wrong-domain",
            Self::KeyUnusable => "key-unusable",
        }
    }

    /// Raises the alarm for a kreds. `what` is a reference or a count, never anything a citizen wrote.
    pub(crate) fn raise(self, kreds: &KredsSlug, what: impl Display) {
        tracing::error!(alarm = self.name(), %kreds, %what, "alarm");
    }

    /// Raises the alarm when no kreds is known.
    pub(crate) fn raise_for_all(self, what: impl Display) {
        tracing::error!(alarm = self.name(), %what, "alarm");
    }
}
