//! Counts of everything that happened, for the last line of the explorer.

use std::collections::BTreeMap;
use std::fmt;

/// Counts of everything that happened.
#[derive(Debug, Clone, Default)]
pub(crate) struct Counts {
    pub(crate) crashes: usize,
    pub(crate) requests_lost: usize,
    pub(crate) responses_lost: usize,
    pub(crate) events: usize,
    pub(crate) mails: usize,
    pub(crate) mails_failed: usize,
    pub(crate) duplicates: usize,
    pub(crate) parked: usize,
    pub(crate) stored: usize,
    pub(crate) not_received: usize,
    /// Kredse of schedules in which nothing may be left to a human.
    pub(crate) must_deliver: usize,
    /// Where processes died: their last action.
    pub(crate) died: BTreeMap<String, usize>,
}

impl Counts {
    pub(crate) fn add(&mut self, other: &Self) {
        self.crashes += other.crashes;
        self.requests_lost += other.requests_lost;
        self.responses_lost += other.responses_lost;
        self.events += other.events;
        self.mails += other.mails;
        self.mails_failed += other.mails_failed;
        self.duplicates += other.duplicates;
        self.parked += other.parked;
        self.stored += other.stored;
        self.not_received += other.not_received;
        self.must_deliver += other.must_deliver;
        for (point, times) in &other.died {
            *self.died.entry(point.clone()).or_default() += times;
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { crashes, requests_lost, responses_lost, mails_failed, .. } = self;
        let Self { events, mails, duplicates, parked, stored, not_received, .. } = self;
        write!(formatter, "{crashes} crashes, {requests_lost} lost requests, {responses_lost} lost responses, ")?;
        write!(
            formatter,
            "{mails_failed} failed mails, {events} mail events; {stored} requests stored, {not_received} times told "
        )?;
        write!(formatter, "\"ikke modtaget\", {mails} mails, {duplicates} duplicates, {parked} parked")?;
        write!(formatter, "; {} times everything had to be delivered", self.must_deliver)?;
        self.died.iter().try_for_each(|(point, times)| write!(formatter, "\n  died {point}: {times}"))
    }
}
