//! The mail service of a world: what it accepts and refuses, how each mail ends, and the notifications about that.

use crate::failures::broken::Variant;
use crate::failures::content::{CATALOG, PLACES};
use crate::failures::person::Person;
use crate::failures::record::Record;
use crate::failures::schedule;
use crate::failures::story::StoryEvent;
use crate::shared::sns::Report;
use function::mailer::{Handover, NotSent, SendFailure};
use function::refusal::Refusal;

/// A mail that the service accepted.
#[derive(Debug, Clone)]
pub(crate) struct Mail {
    /// The same for every attempt at one mail.
    pub(crate) name: String,
    pub(crate) to: String,
    pub(crate) outcome: MailOutcome,
}

/// Outcomes of a mail that the mail service accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MailOutcome {
    Arrives,
    /// It arrives, and is marked as spam.
    Complaint,
    /// The mailbox refuses it for good.
    HardBounce,
    /// The mailbox refuses it until the service gives up.
    SoftBounce,
    /// A filter refuses its content.
    FilterBounce,
    /// The mailbox's server refuses us.
    SenderBounce,
    /// It arrives, and an out-of-office reply is reported as a soft bounce.
    OutOfOffice,
    /// A server accepts it, and returns it later.
    Returned,
}

/// A notification that the service will send, perhaps more than once, in any order.
#[derive(Debug, Clone)]
pub(crate) struct Notification {
    pub(crate) name: String,
    pub(crate) report: Report,
    /// When it happened, in seconds since 1970.
    pub(crate) at: i64,
}

/// A mailbox that refuses everything.
#[derive(Debug, Clone)]
pub(crate) struct Dead {
    pub(crate) mailbox: String,
    /// True if it refuses permanently, false if temporarily each time.
    pub(crate) for_good: bool,
}

impl Mail {
    /// Returns true if somebody has it in their mailbox.
    pub(crate) const fn arrives(&self) -> bool {
        matches!(self.outcome, MailOutcome::Arrives | MailOutcome::Complaint | MailOutcome::OutOfOffice)
    }
}

impl Record {
    /// Accepts or refuses a mail, and returns what the sender learns.
    pub(crate) fn mail(&self, to: &str, name: &str) -> Result<Handover, NotSent> {
        let inner = &mut *self.lock();
        inner.begin_mail(name);
        let dead = inner.dead.iter().find(|dead| dead.mailbox == to).cloned();
        let fails = inner.random.percent(inner.sky.refused);
        let refused = |refusal| Err(SendFailure::Refused(refusal));
        let (is_taken, answer) = match (&dead, fails) {
            (Some(dead), _) => {
                (false, if dead.for_good { refused(Refusal::Mailbox) } else { Err(SendFailure::Transient) })
            }
            (None, false) => (true, Ok(if inner.reports { Handover::AwaitingReport } else { Handover::Final })),
            (None, true) => match inner.random.below(12) {
                0 => (false, refused(Refusal::Mailbox)),
                1 => (false, refused(Refusal::Message)),
                2 => (false, refused(Refusal::Sender)),
                3..7 => (false, Err(SendFailure::Transient)),
                7..9 => (false, Err(SendFailure::Ambiguous)),
                _ => (true, Err(SendFailure::Ambiguous)),
            },
        };
        if is_taken && !(inner.variant == Variant::Silent && name.contains(".nyt.")) {
            let outcome = if !inner.reports {
                MailOutcome::Arrives
            } else {
                inner.random.of(&[
                    MailOutcome::Arrives,
                    MailOutcome::Arrives,
                    MailOutcome::Arrives,
                    MailOutcome::Arrives,
                    MailOutcome::Arrives,
                    MailOutcome::Complaint,
                    MailOutcome::HardBounce,
                    MailOutcome::SoftBounce,
                    MailOutcome::FilterBounce,
                    MailOutcome::SenderBounce,
                    MailOutcome::OutOfOffice,
                    MailOutcome::Returned,
                ])
            };
            inner.taken.push(Mail { name: name.to_owned(), to: to.to_owned(), outcome });
            inner.counts.mails += 1;
            if inner.reports {
                let (now, wait) = (inner.now, inner.random.between(0, 9));
                let reports: &[Report] = match outcome {
                    MailOutcome::Arrives => &[Report::Delivered],
                    MailOutcome::Complaint => &[Report::Delivered, Report::Complained],
                    MailOutcome::HardBounce => &[Report::Bounced],
                    MailOutcome::SoftBounce => &[Report::GaveUp],
                    MailOutcome::FilterBounce => &[Report::Filtered],
                    MailOutcome::SenderBounce => &[Report::SenderRefused],
                    MailOutcome::OutOfOffice => &[Report::Delivered, Report::GaveUp],
                    MailOutcome::Returned => &[Report::Delivered, Report::Bounced],
                };
                let notification =
                    |report: &Report| Notification { name: name.to_owned(), report: *report, at: now + wait };
                inner.notifications.extend(reports.iter().map(notification));
            }
        }
        inner.counts.mails_failed += usize::from(answer.is_err());
        inner.end_mail(name, is_taken, answer.as_ref().err().copied());
        inner.write_down(StoryEvent::Mail(name.to_owned(), is_taken, answer.as_ref().err().copied()));
        answer.map_err(|failure| NotSent { reason: "the test says so".to_owned(), failure })
    }
}

/// Returns the mailboxes that refuse everything in a schedule.
pub(crate) fn mailboxes(dead: schedule::Dead, people: &[Person]) -> Vec<Dead> {
    let dead_one = |mailbox: &str, for_good| Dead { mailbox: mailbox.to_owned(), for_good };
    match dead {
        schedule::Dead::Now(place) => vec![dead_one(&PLACES[place].mailbox, false)],
        schedule::Dead::Good(place) => vec![dead_one(&PLACES[place].mailbox, true)],
        schedule::Dead::All(place) => {
            let place = &PLACES[place];
            [&*place.mailbox, &*place.second, CATALOG.fallback().as_str()].map(|mailbox| dead_one(mailbox, true)).into()
        }
        schedule::Dead::Citizen(number) => vec![dead_one(&people[number].email(), false)],
    }
}
