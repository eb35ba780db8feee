//! Which pages somebody has open: their scripts ask again and again for the next build.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Time that a page waits for another build before it asks again.
pub(super) const WAIT: Duration = Duration::from_secs(25);

/// Time that a page that asked counts as open: it asks again after [`WAIT`], and a browser may be slow.
const OPEN: Duration = Duration::from_secs(30);

/// The open pages.
#[derive(Default)]
pub(super) struct Open {
    /// When each has asked last, by its address.
    asked: Mutex<HashMap<String, Instant>>,
}

impl Open {
    /// The page at an address asks for the next build.
    pub(super) fn asks(&self, address: &str) {
        self.with(|asked| asked.insert(address.to_owned(), Instant::now()));
    }

    /// Their addresses.
    pub(super) fn addresses(&self) -> Vec<String> {
        self.with(|asked| {
            asked.retain(|_, at| at.elapsed() < OPEN);
            asked.keys().cloned().collect()
        })
    }

    fn with<T>(&self, look: impl FnOnce(&mut HashMap<String, Instant>) -> T) -> T {
        look(&mut self.asked.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
