//! The call that a case still owes: when that is settled, and what the citizen says of it.

use super::{Act, By, Case, Event};
use jiff::Timestamp;

impl Case {
    /// When the last of what could still be taken back at `now` can be no more; none if nothing can.
    #[must_use]
    pub fn settles(&self, now: Timestamp) -> Option<Timestamp> {
        let officers = self.standing().filter(|event| event.by != By::Citizen);
        officers.map(Event::visible_from).filter(|told| *told > now).max()
    }

    /// When the citizen first said that nobody has called, as long as a call is owed.
    #[must_use]
    pub fn missed(&self) -> Option<Timestamp> {
        self.first(|act| matches!(act, Act::Answered { called: false })).filter(|_| self.owes_call())
    }
}
