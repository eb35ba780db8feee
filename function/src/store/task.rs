//! Tasks, which the outbox runs: their keys, the names of their mails, and the queues that they wait in.

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

/// The attribute with the time since which a mail is owed. The index includes it.
pub const OWED_SINCE: &str = "owed_since";

/// The prefix of the sort keys of notices.
const NOTICE: &str = "task#notice#";

/// A unit of work with a due time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// Mail a submission to a recipient.
    Mail(SubmissionId, Recipient),
    /// Mail a citizen about an officer's act, once it can no longer be undone.
    CaseUpdate(SubmissionId, Nonce),
    /// Mail a citizen that a control was held on the road of their request.
    Control(SubmissionId),
    /// Mail a kreds about a citizen's act.
    News(SubmissionId, Nonce),
    /// Look whether a kreds owes a call, and plan the due notices.
    Call(SubmissionId, Holder),
    /// Mail a notice that a call is owed.
    Notice(SubmissionId, Notice),
    /// Delete a submission whose storage period is over.
    Erase(SubmissionId),
    /// Mail the digest of a day to the mailbox of a form.
    Digest(KredsSlug, Date, FormId),
}

/// The queue of a task in the index: whom it is owed to, or what it waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Queue {
    /// Mails about the requests of a kreds. Each kreds has its own queue, so its backlog delays no other.
    Owed(KredsSlug),
    /// Mails of held submissions, which a human must look at first. No run takes them.
    Held(KredsSlug),
    /// Mails that went out and await a delivery notification.
    Sent,
    /// Parked tasks: no run takes them before a human has looked at them.
    Parked,
    /// Mails to citizens and kredse about cases. A release without cases does not read this queue.
    Cases,
    /// Calls that a kreds owes and that are not overdue, each due at its next look.
    Calls(KredsSlug),
    /// Calls of a kreds that are overdue.
    Overdue(KredsSlug),
    /// Calls that were past their deadline when calls were first looked at. They are listed, without reminders.
    Unwatched(KredsSlug),
    /// Submissions, each due when it must be deleted.
    Erasure,
    /// Digests of past days and of today.
    Digests,
}

/// The name of a mail, the same for every attempt: in the Message-ID, in delivery notifications and as a file name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailName {
    /// The mail of a submission to a recipient.
    Submission(Reference, Recipient),
    /// A mail to a citizen about an officer's act.
    CaseUpdate(Reference, Nonce),
    /// A mail to a citizen about a control.
    Control(Reference),
    /// A notice that a call is owed.
    Notice(Reference, Notice),
    /// A mail to a kreds about a citizen's act.
    News(Reference, Nonce),
    /// The digest of a day for the mailbox of a form.
    Digest(KredsSlug, Date, FormId),
}

impl MailName {
    /// Parses a name from a delivery notification.
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
    /// True if no kreds and no operator waits for it: a mail to a citizen, a probe or a look at a call.
    #[must_use]
    pub const fn is_aside(&self) -> bool {
        match self {
            Self::Mail(_, recipient) => !recipient.is_police(),
            Self::CaseUpdate(..) | Self::Control(_) | Self::Call(..) => true,
            Self::Notice(_, notice) => notice.holder().is_none(),
            Self::News(..) | Self::Erase(_) | Self::Digest(..) => false,
        }
    }

    /// The submission that it mails to the police; `None` if it does something else.
    #[must_use]
    pub const fn of_police_mail(&self) -> Option<&SubmissionId> {
        match self {
            Self::Mail(id, recipient) if recipient.is_police() => Some(id),
            _ => None,
        }
    }

    /// The submission that it is about; `None` for a digest.
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

    /// True if it mails a request to the police.
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

    /// The queue in which it waits for its turn.
    pub(super) fn waits_in(&self, kreds: &KredsSlug) -> Queue {
        match self {
            Self::Digest(..) => Queue::Digests,
            Self::CaseUpdate(..) | Self::Control(_) | Self::News(..) | Self::Notice(..) => Queue::Cases,
            Self::Call(..) => Queue::Calls(kreds.clone()),
            Self::Mail(..) | Self::Erase(_) => Queue::Owed(kreds.clone()),
        }
    }

    /// Parses the key of an item.
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

    /// The item of a new task.
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
            // A kreds's slug has no `#`, so none of these is ever a kreds's queue.
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

/// The kreds that a task belongs to.
pub(super) fn kreds_of(item: &Item) -> Result<KredsSlug, StoreError> {
    KredsSlug::parse(text_of(item, "task", "kreds")?).map_err(|_| StoreError::Unreadable("task"))
}

/// The number assigned to a task, if any.
pub(super) fn serial_of(item: &Item) -> Result<Option<Serial>, StoreError> {
    serial_at(item, SERIAL)
}

/// The attributes of a number and its year: in a task, and in the table of keys for the mail to the first kreds.
pub(super) const SERIAL: [&str; 2] = ["serial", "serial_year"];

/// The number in these attributes of an item, if any.
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
