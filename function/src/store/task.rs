//! Tasks: what is owed, to whom, and the queues they stand in.

use super::StoreError;
use super::items::{Item, digest_pk, key, number, number_of, seconds, submission_pk, text, text_of, with};
use super::recipient::Recipient;
use jiff::Timestamp;
use jiff::civil::Date;
use model::names::{FormId, KredsSlug, Nonce, SubmissionId};
use model::notice::{Holder, Notice};
use model::reference::Reference;
use model::serial::Serial;
use std::fmt;

/// The attribute that says since when a mail is owed. The index carries it along.
pub const OWED_SINCE: &str = "owed_since";

/// Beginning of the sort keys of notices.
const NOTICE: &str = "task#notice#";

/// A promise with a due time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// Mail a submission to somebody.
    Mail(SubmissionId, Recipient),
    /// Mail a citizen what an officer did, once it can no longer be taken back.
    CaseUpdate(SubmissionId, Nonce),
    /// Mail a citizen that a control was held on the road of their request.
    Control(SubmissionId),
    /// Mail a kreds what a citizen did about their request.
    News(SubmissionId, Nonce),
    /// Look whether a kreds owes a call, and who must hear of it.
    Call(SubmissionId, Holder),
    /// Mail that a call is owed.
    Notice(SubmissionId, Notice),
    /// Delete a submission that was kept long enough.
    Erase(SubmissionId),
    /// Mail a kreds what it got on a day, to the mailbox of a form.
    Digest(KredsSlug, Date, FormId),
}

/// Where a task stands in the index: whom it is owed to, or what it waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Queue {
    /// Mails that a kreds's requests owe. One kreds's backlog keeps no other waiting.
    Owed(KredsSlug),
    /// Mails of submissions that a human must look at first. No run takes them.
    Held(KredsSlug),
    /// Mails that went out; the mail service will say whether they arrived.
    Sent,
    /// Mails that were tried often enough. They stay until a human has looked.
    Parked,
    /// Mails that citizens and kredse are still to get of cases. A release before cases looks into no such queue.
    Cases,
    /// Calls that a kreds owes and that are not overdue, each due when it must be looked at.
    Calls(KredsSlug),
    /// Calls that are overdue.
    Overdue(KredsSlug),
    /// Calls that were past their deadline when calls were first looked at. They are listed, and nobody is reminded of them.
    Unwatched(KredsSlug),
    /// Submissions by the day on which they must be gone.
    Erasure,
    /// The digests of days that are over, and of today.
    Digests,
}

/// The name of a mail: the same for every attempt, in the Message-ID, in events, and as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailName {
    /// About a submission.
    Submission(Reference, Recipient),
    /// To a citizen, of what an officer did.
    CaseUpdate(Reference, Nonce),
    /// To a citizen, of a control.
    Control(Reference),
    /// That a call is owed.
    Notice(Reference, Notice),
    /// To a kreds, of what a citizen did.
    News(Reference, Nonce),
    /// A day's digest.
    Digest(KredsSlug, Date, FormId),
}

impl MailName {
    /// Reads a name back, as an event about the mail brings it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split('.').collect();
        match parts.as_slice() {
            [reference, "kontrol"] => Some(Self::Control(Reference::parse(reference).ok()?)),
            [reference, kind] => {
                let reference = Reference::parse(reference).ok()?;
                match Recipient::parse(kind) {
                    Some(recipient) => Some(Self::Submission(reference, recipient)),
                    None => Some(Self::Notice(reference, Notice::parse(kind)?)),
                }
            }
            [reference, "sag", nonce] => {
                Some(Self::CaseUpdate(Reference::parse(reference).ok()?, Nonce::parse(nonce).ok()?))
            }
            [reference, "nyt", nonce] => Some(Self::News(Reference::parse(reference).ok()?, Nonce::parse(nonce).ok()?)),
            ["dagens", kreds, day, form] => {
                Some(Self::Digest(KredsSlug::parse(kreds).ok()?, day.parse().ok()?, FormId::parse(form).ok()?))
            }
            _ => None,
        }
    }
}

impl fmt::Display for MailName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Submission(reference, recipient) => write!(f, "{reference}.{}", recipient.as_str()),
            Self::CaseUpdate(reference, nonce) => write!(f, "{reference}.sag.{nonce}"),
            Self::Control(reference) => write!(f, "{reference}.kontrol"),
            Self::Notice(reference, notice) => write!(f, "{reference}.{}", notice.as_str()),
            Self::News(reference, nonce) => write!(f, "{reference}.nyt.{nonce}"),
            Self::Digest(kreds, day, form) => write!(f, "dagens.{kreds}.{day}.{form}"),
        }
    }
}

impl Task {
    /// True if it is a mail that no kreds and no operator waits for: a citizen's, or a probe's.
    #[must_use]
    pub const fn is_aside(&self) -> bool {
        match self {
            Self::Mail(_, recipient) => !recipient.is_police(),
            Self::CaseUpdate(..) | Self::Control(_) | Self::Call(..) => true,
            Self::Notice(_, notice) => notice.holder().is_none(),
            Self::News(..) | Self::Erase(_) | Self::Digest(..) => false,
        }
    }

    /// The submission whose mail to the police it is.
    #[must_use]
    pub const fn of_police_mail(&self) -> Option<&SubmissionId> {
        match self {
            Self::Mail(id, recipient) if recipient.is_police() => Some(id),
            _ => None,
        }
    }

    /// The submission that it is about.
    #[must_use]
    pub const fn submission(&self) -> Option<&SubmissionId> {
        match self {
            Self::Mail(id, _)
            | Self::CaseUpdate(id, _)
            | Self::Control(id)
            | Self::News(id, _)
            | Self::Call(id, _)
            | Self::Notice(id, _)
            | Self::Erase(id) => Some(id),
            Self::Digest(..) => None,
        }
    }

    /// Returns true if it mails a request to the police.
    #[must_use]
    pub const fn is_to_the_police(&self) -> bool {
        self.of_police_mail().is_some()
    }

    pub(super) fn key(&self) -> Item {
        match self {
            Self::Mail(id, recipient) => key(submission_pk(id), format!("task#mail#{}", recipient.as_str())),
            Self::CaseUpdate(id, nonce) => key(submission_pk(id), format!("task#tell#{nonce}")),
            Self::Control(id) => key(submission_pk(id), "task#control"),
            Self::Call(id, Holder::First) => key(submission_pk(id), "task#call"),
            Self::Call(id, Holder::Forwarded) => key(submission_pk(id), "task#call#videre"),
            Self::Notice(id, notice) => key(submission_pk(id), format!("{NOTICE}{}", notice.as_str())),
            Self::News(id, nonce) => key(submission_pk(id), format!("task#news#{nonce}")),
            Self::Erase(id) => key(submission_pk(id), "task#erase"),
            Self::Digest(kreds, day, form) => key(digest_pk(kreds, *day), format!("task#digest#{form}")),
        }
    }

    /// The queue in which it waits to be done.
    pub(super) fn waits_in(&self, kreds: &KredsSlug) -> Queue {
        match self {
            Self::Digest(..) => Queue::Digests,
            Self::CaseUpdate(..) | Self::Control(_) | Self::News(..) | Self::Notice(..) => Queue::Cases,
            Self::Call(..) => Queue::Calls(kreds.clone()),
            Self::Mail(..) | Self::Erase(_) => Queue::Owed(kreds.clone()),
        }
    }

    /// The task with this key.
    pub(super) fn of(item: &Item) -> Result<Self, StoreError> {
        let read = |name: &str| text_of(item, "task", name);
        let parse = |pk: &str, sk: &str| match (pk.split('#').collect::<Vec<_>>().as_slice(), sk) {
            (["SUBMISSION", id], "task#erase") => Some(Self::Erase(SubmissionId::parse(id).ok()?)),
            (["SUBMISSION", id], sk) => {
                let id = SubmissionId::parse(id).ok()?;
                match sk.strip_prefix("task#")?.split_once('#').unwrap_or((sk, "")) {
                    ("task#control", "") => Some(Self::Control(id)),
                    ("task#call", "") => Some(Self::Call(id, Holder::First)),
                    ("call", "videre") => Some(Self::Call(id, Holder::Forwarded)),
                    ("tell", nonce) => Some(Self::CaseUpdate(id, Nonce::parse(nonce).ok()?)),
                    ("news", nonce) => Some(Self::News(id, Nonce::parse(nonce).ok()?)),
                    ("notice", notice) => Some(Self::Notice(id, Notice::parse(notice)?)),
                    ("mail", recipient) => Some(Self::Mail(id, Recipient::parse(recipient)?)),
                    _ => None,
                }
            }
            (["DIGEST", kreds, day], sk) => {
                let form = FormId::parse(sk.strip_prefix("task#digest#")?).ok()?;
                Some(Self::Digest(KredsSlug::parse(kreds).ok()?, day.parse().ok()?, form))
            }
            _ => None,
        };
        parse(read("pk")?, read("sk")?).ok_or(StoreError::Unreadable("task"))
    }

    /// A new task as an item.
    pub(super) fn item(&self, kreds: &KredsSlug, queue: &Queue, due: Timestamp) -> Item {
        let attributes = [
            ("kreds", text(kreds.as_str())),
            ("due_for", text(queue.to_string())),
            ("due_at", seconds(due)),
            ("begun", number(0)),
            ("ended", number(0)),
        ];
        let since = matches!(queue, Queue::Owed(_)).then(|| (OWED_SINCE, seconds(due)));
        with(self.key(), attributes.into_iter().chain(since))
    }
}

impl fmt::Display for Queue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Owed(kreds) => write!(f, "{kreds}"),
            // A kreds's name has no such sign, so none of these is ever a kreds's queue.
            Self::Held(kreds) => write!(f, "quarantine#{kreds}"),
            Self::Sent => f.write_str("#sent"),
            Self::Parked => f.write_str("#parked"),
            Self::Cases => f.write_str("#cases"),
            Self::Calls(kreds) => write!(f, "calls#{kreds}"),
            Self::Overdue(kreds) => write!(f, "overdue#{kreds}"),
            Self::Unwatched(kreds) => write!(f, "unwatched#{kreds}"),
            Self::Erasure => f.write_str("#erasure"),
            Self::Digests => f.write_str("#digests"),
        }
    }
}

/// The kreds that a task's item names.
pub(super) fn kreds_of(item: &Item) -> Result<KredsSlug, StoreError> {
    KredsSlug::parse(text_of(item, "task", "kreds")?).map_err(|_| StoreError::Unreadable("task"))
}

/// The number fixed to a task's item.
pub(super) fn serial_of(item: &Item) -> Result<Option<Serial>, StoreError> {
    serial_at(item, SERIAL)
}

/// The attributes of a number and its year: in a task, and in the table of keys for the mail to the first kreds.
pub(super) const SERIAL: [&str; 2] = ["serial", "serial_year"];

/// The number that an item has in these attributes.
pub(super) fn serial_at(item: &Item, [name, year]: [&str; 2]) -> Result<Option<Serial>, StoreError> {
    if !item.contains_key(name) {
        return Ok(None);
    }
    let read = |name: &str| number_of(item, "task", name);
    let (year, number) = (i16::try_from(read(year)?), u32::try_from(read(name)?));
    match (year, number) {
        (Ok(year), Ok(number)) => Ok(Some(Serial { year, number })),
        _ => Err(StoreError::Unreadable("task")),
    }
}

#[cfg(test)]
mod tests;
