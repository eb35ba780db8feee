//! Who a mail about a submission is for.

use super::task::SERIAL;

/// Who a mail about a submission is for. Each has a task of its own, with its own times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Recipient {
    /// The kreds's mailbox for the form.
    Kreds,
    /// The kreds's second mailbox, once the first has refused.
    Second,
    /// The manned mailbox for what no kreds took.
    Fallback,
    /// The mailbox for the form of the kreds that an officer sent it on to.
    Forwarded,
    /// That kreds's second mailbox, once the first has refused.
    ForwardedSecond,
    /// The manned mailbox for what that kreds did not take.
    ForwardedFallback,
    /// The leader of the kreds, who reads of overdue calls and gets no mail with a request.
    Leader,
    /// The leader of the kreds that an officer sent it on to.
    ForwardedLeader,
    /// The citizen, who gets a receipt.
    Citizen,
    /// The sink, which gets what the service has sent to itself.
    Probe,
}

/// Which of the mailboxes that a kreds's mail can go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mailbox {
    /// The one for the form.
    First,
    /// The second mailbox.
    Second,
    /// The manned mailbox for what no kreds took.
    Fallback,
}

impl Recipient {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Kreds,
        Self::Second,
        Self::Fallback,
        Self::Forwarded,
        Self::ForwardedSecond,
        Self::ForwardedFallback,
        Self::Leader,
        Self::ForwardedLeader,
        Self::Citizen,
        Self::Probe,
    ];

    /// Its part in keys and in the names of mails: `K3F-9WZ.kreds`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Kreds => "kreds",
            Self::Second => "reserve",
            Self::Fallback => "faldback",
            Self::Forwarded => "videre",
            Self::ForwardedSecond => "videre-reserve",
            Self::ForwardedFallback => "videre-faldback",
            Self::Leader => "leder",
            Self::ForwardedLeader => "videre-leder",
            Self::Citizen => "borger",
            Self::Probe => "afproevning",
        }
    }

    /// The one with that part.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|recipient| recipient.as_str() == text)
    }

    /// Who gets the mail if this one's mailbox refuses it for good.
    #[must_use]
    pub const fn next(self) -> Option<Self> {
        match self {
            Self::Kreds => Some(Self::Second),
            Self::Second => Some(Self::Fallback),
            Self::Forwarded => Some(Self::ForwardedSecond),
            Self::ForwardedSecond => Some(Self::ForwardedFallback),
            Self::Fallback
            | Self::ForwardedFallback
            | Self::Leader
            | Self::ForwardedLeader
            | Self::Citizen
            | Self::Probe => None,
        }
    }

    /// The mailbox of the police that it is; none if it is none of theirs.
    #[must_use]
    pub const fn mailbox(self) -> Option<Mailbox> {
        match self {
            Self::Kreds | Self::Forwarded => Some(Mailbox::First),
            Self::Second | Self::ForwardedSecond => Some(Mailbox::Second),
            Self::Fallback | Self::ForwardedFallback => Some(Mailbox::Fallback),
            Self::Leader | Self::ForwardedLeader | Self::Citizen | Self::Probe => None,
        }
    }

    /// True if a mail to it brings the request to the police, which is what must not fail.
    #[must_use]
    pub const fn is_police(self) -> bool {
        self.mailbox().is_some()
    }

    /// True if it is of the kreds that an officer sent the request on to.
    #[must_use]
    pub const fn is_forwarded(self) -> bool {
        matches!(self, Self::Forwarded | Self::ForwardedSecond | Self::ForwardedFallback | Self::ForwardedLeader)
    }

    /// The recipient whose mail has the number that this one's mail shows, too.
    #[must_use]
    pub const fn numbered(self) -> Self {
        if self.is_forwarded() { Self::Forwarded } else { Self::Kreds }
    }

    /// Where the table of keys keeps the number of its mail.
    pub(super) const fn kept_serial(self) -> [&'static str; 2] {
        if self.is_forwarded() { ["forwarded_serial", "forwarded_serial_year"] } else { SERIAL }
    }
}
