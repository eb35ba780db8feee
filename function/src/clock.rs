//! The time, as an argument, so that tests can drive deadlines, retries and crashes.

use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Where the time comes from.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// The machine's clock, moved by a number of seconds that a test sets.
    Moved(Arc<AtomicI64>),
    /// A second since 1970 that a test sets; it stands still until the next.
    Set(Arc<AtomicI64>),
}

/// The moment a while after another: the last that there is, if that is over by then.
pub(crate) fn after(moment: Timestamp, by: SignedDuration) -> Timestamp {
    moment.saturating_add(by).unwrap_or(Timestamp::MAX)
}

impl Clock {
    /// A clock that a test can move.
    #[must_use]
    pub fn movable() -> Self {
        Self::Moved(Arc::new(AtomicI64::new(0)))
    }

    /// Now.
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

    /// Moves a test's clock on; the machine's own stays.
    pub fn advance(&self, by: SignedDuration) {
        if let Self::Moved(seconds) | Self::Set(seconds) = self {
            seconds.fetch_add(by.as_secs(), Ordering::SeqCst);
        }
    }
}
