//! The mail service of a world: what it takes, what it refuses, what becomes of it, and what it tells about that later.

use crate::failures::broken::Variant;
use crate::failures::content::{CATALOG, PLACES};
use crate::failures::person::Person;
use crate::failures::record::Record;
use crate::failures::schedule;
use crate::failures::story::What;
use function::mailer::{Handover, NotSent, SendFailure};
use function::refusal::Refusal;

/// A mail that the service took.
#[derive(Debug, Clone)]
pub(crate) struct Mail {
    /// The same for every attempt at one mail.
    pub(crate) name: String,
    pub(crate) to: String,
    pub(crate) end: End,
}

/// Fate of a mail that the mail service took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Arrives,
    /// It arrives, and is marked as spam.
    Complaint,
    /// The mailbox refuses it for good.
    HardBounce,
    /// The mailbox refuses it until the service gives up.
    SoftBounce,
    /// A filter refuses what it says.
    FilterBounce,
    /// The mailbox's server refuses us.
    SenderBounce,
    /// It arrives, and whoever reads it is out of office: that is told as a soft bounce.
    OutOfOffice,
    /// A server takes it, and returns it later.
    Returned,
}

/// Something that the service will tell, perhaps more than once, in any order.
#[derive(Debug, Clone)]
pub(crate) struct News {
    pub(crate) name: String,
    pub(crate) what: Told,
    /// When it happened, in seconds since 1970.
    pub(crate) at: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    Delivery,
    Complaint,
    Permanent,
    Transient,
    Filtered,
    Unwanted,
}

/// A mailbox that takes nothing.
#[derive(Debug, Clone)]
pub(crate) struct Dead {
    pub(crate) mailbox: String,
    /// It says so for good, or for now each time.
    pub(crate) for_good: bool,
}

impl Mail {
    /// Returns true if somebody has it in their mailbox.
    pub(crate) const fn arrives(&self) -> bool {
        matches!(self.end, End::Arrives | End::Complaint | End::OutOfOffice)
    }
}

impl Record {
    /// Takes a mail, or does not; what the sender is told of that.
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
            let end = if !inner.reports {
                End::Arrives
            } else {
                inner.random.of(&[
                    End::Arrives,
                    End::Arrives,
                    End::Arrives,
                    End::Arrives,
                    End::Arrives,
                    End::Complaint,
                    End::HardBounce,
                    End::SoftBounce,
                    End::FilterBounce,
                    End::SenderBounce,
                    End::OutOfOffice,
                    End::Returned,
                ])
            };
            inner.taken.push(Mail { name: name.to_owned(), to: to.to_owned(), end });
            inner.counts.mails += 1;
            if inner.reports {
                let (now, wait) = (inner.now, inner.random.between(0, 9));
                let news = |what| News { name: name.to_owned(), what, at: now + wait };
                match end {
                    End::Arrives => inner.news.push(news(Told::Delivery)),
                    End::Complaint => inner.news.extend([news(Told::Delivery), news(Told::Complaint)]),
                    End::HardBounce => inner.news.push(news(Told::Permanent)),
                    End::SoftBounce => inner.news.push(news(Told::Transient)),
                    End::FilterBounce => inner.news.push(news(Told::Filtered)),
                    End::SenderBounce => inner.news.push(news(Told::Unwanted)),
                    End::OutOfOffice => inner.news.extend([news(Told::Delivery), news(Told::Transient)]),
                    End::Returned => inner.news.extend([news(Told::Delivery), news(Told::Permanent)]),
                }
            }
        }
        inner.counts.mails_failed += usize::from(answer.is_err());
        inner.end_mail(name, is_taken, answer.as_ref().err().copied());
        inner.tell(What::Mail(name.to_owned(), is_taken, answer.as_ref().err().copied()));
        answer.map_err(|failure| NotSent { reason: "the test says so".to_owned(), failure })
    }
}

/// The mailboxes that take nothing in a schedule.
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
