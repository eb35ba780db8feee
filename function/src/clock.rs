//! The time as a dependency, so that tests can drive deadlines, retries and crashes.

use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A source of the current time.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The system clock.
    System,
    /// The system clock plus an offset in seconds, which a test sets.
    Moved(Arc<AtomicI64>),
    /// A fixed Unix time in seconds, which a test sets.
    Set(Arc<AtomicI64>),
}

/// The time `by` after `moment`, at most [`Timestamp::MAX`].
pub(crate) fn after(moment: Timestamp, by: SignedDuration) -> Timestamp {
    moment.saturating_add(by).unwrap_or(Timestamp::MAX)
}

impl Clock {
    /// Creates a clock that a test can move.
    #[must_use]
    pub fn movable() -> Self {
        Self::Moved(Arc::new(AtomicI64::new(0)))
    }

    /// The current time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => Timestamp::now(),
            Self::Moved(seconds) => Timestamp::now()
                .saturating_add(SignedDuration::from_secs(seconds.load(Ordering::SeqCst)))
                .unwrap_or(Timestamp::MAX),
            Self::Set(second) => Timestamp::from_second(second.load(Ordering::SeqCst)).unwrap_or(Timestamp::MAX),
        }
    }

    /// Advances a test's clock; the system clock ignores it.
    pub fn advance(&self, by: SignedDuration) {
        if let Self::Moved(seconds) | Self::Set(seconds) = self {
            seconds.fetch_add(by.as_secs(), Ordering::SeqCst);
        }
    }
}
