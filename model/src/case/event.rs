//! The stored form of an event, and the time until which it can be undone.

use super::{Act, By, Case, Event, UNDO_WITHIN};
use crate::control::Control;
use crate::deadline::after;
use crate::names::Nonce;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The stored form of an event, without its nonce.
#[derive(Serialize, Deserialize)]
struct Stored {
    at: Timestamp,
    by: By,
    act: Act,
    /// The numbers of a measure that was carried out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    control: Option<serde_json::Value>,
}

impl Event {
    /// Serializes the event for the store, without its nonce. The result holds no personal data.
    #[must_use]
    pub fn to_stored(&self) -> String {
        let control = match &self.act {
            Act::Done(control) if !control.is_empty() => serde_json::to_value(control).ok(),
            _ => None,
        };
        let stored = Stored { at: self.at, by: self.by.clone(), act: self.act.clone(), control };
        // Names and times always serialize.
        serde_json::to_string(&stored).unwrap_or_default()
    }

    /// Parses an event from the store; `None` if a later release wrote something that this one does not know.
    #[must_use]
    pub fn from_stored(nonce: Nonce, stored: &str) -> Option<Self> {
        let Stored { at, by, mut act, control } = serde_json::from_str(stored).ok()?;
        if let (Act::Done(noted), Some(control)) = (&mut act, control) {
            // A measure counts as carried out even if a later release stored details that this one cannot read.
            *noted = serde_json::from_value::<Control>(control).unwrap_or_default();
        }
        Some(Self { nonce, at, by, act })
    }

    /// The time from which the event can no longer be undone and others see it.
    #[must_use]
    pub fn visible_from(&self) -> Timestamp {
        after(self.at, UNDO_WITHIN)
    }
}

impl Case {
    /// The time at which nothing that could be undone at `now` can be undone any more; `None` if nothing can.
    #[must_use]
    pub fn undo_ends(&self, now: Timestamp) -> Option<Timestamp> {
        let officers = self.standing().filter(|event| event.by != By::Citizen);
        officers.map(Event::visible_from).filter(|from| *from > now).max()
    }
}
