//! An event as the store keeps it, and until when it can be taken back.

use super::{Act, By, Case, Event, UNDO_WITHIN};
use crate::control::Control;
use crate::deadline::after;
use crate::names::Nonce;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// An event as stored beside its nonce.
#[derive(Serialize, Deserialize)]
struct Stored {
    at: Timestamp,
    by: By,
    act: Act,
    /// Of a measure that was carried out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    control: Option<serde_json::Value>,
}

impl Event {
    /// The event as the store keeps it, beside its nonce. It holds nothing personal.
    #[must_use]
    pub fn to_stored(&self) -> String {
        let control = match &self.act {
            Act::Done(control) if !control.is_empty() => serde_json::to_value(control).ok(),
            _ => None,
        };
        let stored = Stored { at: self.at, by: self.by.clone(), act: self.act.clone(), control };
        // Names and times always have a form in JSON.
        serde_json::to_string(&stored).unwrap_or_default()
    }

    /// The event from the store; none if a later release wrote it, and this one does not know what it says.
    #[must_use]
    pub fn from_stored(nonce: Nonce, stored: &str) -> Option<Self> {
        let Stored { at, by, mut act, control } = serde_json::from_str(stored).ok()?;
        if let (Act::Done(noted), Some(control)) = (&mut act, control) {
            // That it was carried out counts also where a later release says of it what this one does not understand.
            *noted = serde_json::from_value::<Control>(control).unwrap_or_default();
        }
        Some(Self { nonce, at, by, act })
    }

    /// When it can no longer be taken back, and others see it.
    #[must_use]
    pub fn visible_from(&self) -> Timestamp {
        after(self.at, UNDO_WITHIN)
    }
}

impl Case {
    /// When the last of what could still be taken back at `now` can be no more; none if nothing can.
    #[must_use]
    pub fn settles(&self, now: Timestamp) -> Option<Timestamp> {
        let officers = self.standing().filter(|event| event.by != By::Citizen);
        officers.map(Event::visible_from).filter(|from| *from > now).max()
    }
}
