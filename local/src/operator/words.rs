//! The words in tables: times in Denmark, recipients of mails, states and progress.

use function::store::{Progress, Queue, Recipient, Task, TaskState};
use jiff::{SignedDuration, Timestamp};
use model::deadline::denmark;
use model::names::KredsSlug;
use model::notice::Notice;

/// The distance from now within which a date without a year is unambiguous.
const NEAR: SignedDuration = SignedDuration::from_hours(300 * 24);

/// A time in a table: `22 Nov 12:05 +01`, with the year if it would be ambiguous without.
pub(super) fn short(at: Timestamp, now: Timestamp) -> String {
    let zoned = at.to_zoned(denmark());
    let hours = zoned.offset().seconds() / 3600;
    let year = if at.duration_since(now).abs() < NEAR { "%d %b %H:%M" } else { "%d %b %Y %H:%M" };
    format!("{} {hours:+03}", zoned.strftime(year))
}

/// The name of a kreds in at most 21 characters, so that tables stay narrow.
pub(super) fn cut(kreds: &KredsSlug) -> String {
    let name = kreds.as_str();
    if name.len() <= 21 { name.to_owned() } else { format!("{}…", &name[..20]) }
}

/// A time to the second: `2026-11-22 12:05:09 +01:00`.
pub(super) fn exact(at: Timestamp) -> String {
    at.to_zoned(denmark()).strftime("%Y-%m-%d %H:%M:%S %:z").to_string()
}

/// A time for programs: `2026-11-22T12:05:09+01:00`.
pub(super) fn iso(at: Timestamp) -> String {
    at.to_zoned(denmark()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// The recipient of a task's mail.
pub(super) const fn recipient(task: &Task) -> &'static str {
    match task {
        Task::Mail(_, to) => mailbox(*to),
        Task::CaseUpdate(..) | Task::Control(_) | Task::Notice(_, Notice::Question) => "citizen's case",
        Task::News(..) => "kreds, of a change",
        Task::Notice(..) => "reminder",
        Task::Call(..) | Task::Erase(_) => "nobody",
        Task::Digest(..) => "digest",
    }
}

/// The word for a recipient.
pub(super) const fn mailbox(recipient: Recipient) -> &'static str {
    match recipient {
        Recipient::Kreds => "kreds",
        Recipient::Second => "second",
        Recipient::Fallback => "fallback",
        Recipient::Forwarded => "forwarded",
        Recipient::ForwardedSecond => "forwarded-second",
        Recipient::ForwardedFallback => "forwarded-fallback",
        Recipient::Leader => "leader",
        Recipient::ForwardedLeader => "forwarded-leader",
        Recipient::Citizen => "citizen",
        Recipient::Probe => "probe",
    }
}

/// The word for the state of a mail, of at most eleven letters.
pub(super) fn state(task: &TaskState) -> &'static str {
    if task.stands_in(&Queue::Held(task.kreds.clone())) {
        "held"
    } else if task.stands_in(&Queue::Parked) {
        if task.has("unconfirmed_at") { "unconfirmed" } else { "parked" }
    } else if task.stands_in(&Queue::Sent) {
        "sent"
    } else if task.queue.is_some() {
        if task.attempts == 0 { "waiting" } else { "trying" }
    } else if task.has("bounced_at") {
        "refused"
    } else if task.has("delivered_at") {
        "delivered"
    } else if task.has("done_at") {
        "sent"
    } else if task.has("withheld_at") {
        "withheld"
    } else {
        "over"
    }
}

/// The word for a request's progress on its way to the police.
pub(super) const fn progress(progress: Progress) -> &'static str {
    match progress {
        Progress::Delivered => "delivered",
        Progress::Sent => "sent",
        Progress::Waiting => "waiting",
        Progress::Parked => "parked",
        Progress::Held => "held",
    }
}

/// A number with its noun: `1 request`, `2 requests`.
pub(super) fn count(number: usize, one: &str) -> String {
    format!("{number} {one}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_danish_with_their_offset() {
        let now = "2026-11-22T11:05:09Z".parse().unwrap();
        assert_eq!(short(now, now), "22 Nov 12:05 +01");
        assert_eq!(exact(now), "2026-11-22 12:05:09 +01:00");
        let long = KredsSlug::parse("sydsjaelland-og-lolland-falster").unwrap();
        assert_eq!(cut(&long), "sydsjaelland-og-loll…");
        let summer = "2025-07-01T22:30:00Z".parse().unwrap();
        assert_eq!(short(summer, now), "02 Jul 2025 00:30 +02");
        assert_eq!(iso(summer), "2025-07-02T00:30:00+02:00");
    }
}
