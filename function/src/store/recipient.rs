//! The recipients of mails about a submission, and the next one after each refusal.

use super::task::SERIAL;

/// The recipient of a mail about a submission. Each has its own task, with its own times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Recipient {
    /// The kreds's mailbox for the form.
    Kreds,
    /// The kreds's second mailbox, once the first has refused.
    Second,
    /// The fallback mailbox, which is manned, once both mailboxes of the kreds have refused.
    Fallback,
    /// The mailbox for the form at the kreds that an officer forwarded the request to.
    Forwarded,
    /// That kreds's second mailbox, once the first has refused.
    ForwardedSecond,
    /// The fallback mailbox, once both mailboxes of that kreds have refused.
    ForwardedFallback,
    /// The leader of the kreds, who is mailed about overdue calls and gets no mail with a request.
    Leader,
    /// The leader of the kreds that an officer forwarded the request to.
    ForwardedLeader,
    /// The citizen, who gets a receipt.
    Citizen,
    /// The sink, which gets probes.
    Probe,
}

/// A mailbox that mail for a kreds can go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mailbox {
    /// The kreds's mailbox for the form.
    First,
    /// The kreds's second mailbox.
    Second,
    /// The fallback mailbox, which is manned.
    Fallback,
}

impl Recipient {
    /// All recipients.
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

    /// The part in keys and in the names of mails: `K3F-9WZ.kreds`.
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

    /// Parses the part in keys and in the names of mails.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|recipient| recipient.as_str() == text)
    }

    /// The recipient of the mail if this one's mailbox permanently refuses it.
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

    /// The mailbox that it stands for; `None` if a mail to it brings no request to the police.
    #[must_use]
    pub const fn mailbox(self) -> Option<Mailbox> {
        match self {
            Self::Kreds | Self::Forwarded => Some(Mailbox::First),
            Self::Second | Self::ForwardedSecond => Some(Mailbox::Second),
            Self::Fallback | Self::ForwardedFallback => Some(Mailbox::Fallback),
            Self::Leader | Self::ForwardedLeader | Self::Citizen | Self::Probe => None,
        }
    }

    /// True if a mail to it brings the request to the police, which must not fail.
    #[must_use]
    pub const fn is_police(self) -> bool {
        self.mailbox().is_some()
    }

    /// True if it belongs to the kreds that an officer forwarded the request to.
    #[must_use]
    pub const fn is_forwarded(self) -> bool {
        matches!(self, Self::Forwarded | Self::ForwardedSecond | Self::ForwardedFallback | Self::ForwardedLeader)
    }

    /// The recipient whose mail got the number that this one's mail shows too.
    #[must_use]
    pub const fn numbered(self) -> Self {
        if self.is_forwarded() { Self::Forwarded } else { Self::Kreds }
    }

    /// The attributes in the table of keys with the number of its mail.
    pub(super) const fn kept_serial(self) -> [&'static str; 2] {
        if self.is_forwarded() { ["forwarded_serial", "forwarded_serial_year"] } else { SERIAL }
    }
}
