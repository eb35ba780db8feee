//! Changes of the site by itself, because something on it has a beginning or an end.
//!
//! Everything that is judged by the time must be here: pages are made for the time of the last change, not for the
//! time of the build, so that they are the same until the next one.

use crate::diagnostics::danish;
use jiff::Timestamp;
use model::deadline::denmark;
use model::service_message::Moment;
use std::fmt;

/// One thing that appears or goes away.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// The time at which the site must have been built again.
    pub at: Timestamp,
    /// The file with the date.
    pub path: String,
    /// The event.
    pub event: Event,
}

/// An event that happens by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Event {
    /// A page is there from now on.
    PageAppears,
    /// A page is there no longer.
    PageGoes,
    /// A page is news from now on.
    NewsAppear,
    /// The sitemap shows that a page has been edited.
    EditIsListed,
    /// A control is shown from now on.
    ControlAppears,
    /// A control is shown no longer.
    ControlGoes,
    /// A kreds's message is shown from now on.
    MessageAppears,
    /// A kreds's message is shown no longer.
    MessageGoes,
    /// A stop of the mobile police station is announced, revealed or over.
    StopsChange,
}

/// The first change after `now` of some that are sorted.
pub(crate) fn next(changes: &[Change], now: Timestamp) -> Option<&Change> {
    changes.iter().find(|change| change.at > now)
}

/// The time of the last change at `now`: what is made for it is right until the next one.
pub(crate) fn last(changes: &[Change], now: Timestamp) -> Timestamp {
    changes.iter().rev().find(|change| change.at <= now).map_or(Timestamp::UNIX_EPOCH, |change| change.at)
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let local = self.at.to_zoned(denmark()).datetime();
        let (at, path) = (danish::written(Moment::Minute(local)), &self.path);
        match self.event {
            Event::PageAppears => write!(f, "{at}: siden {path} bliver vist."),
            Event::PageGoes => write!(f, "{at}: siden {path} bliver ikke vist mere."),
            Event::NewsAppear => write!(f, "{at}: siden {path} bliver en nyhed."),
            Event::EditIsListed => write!(f, "{at}: søgemaskiner får at vide, at siden {path} er rettet."),
            Event::ControlAppears => write!(f, "{at}: kontrollen i {path} bliver vist."),
            Event::ControlGoes => write!(f, "{at}: kontrollen i {path} bliver ikke vist mere."),
            Event::MessageAppears => write!(f, "{at}: driftsbeskeden i {path} bliver vist."),
            Event::MessageGoes => write!(f, "{at}: driftsbeskeden i {path} bliver ikke vist mere."),
            Event::StopsChange => write!(f, "{at}: et stop i {path} bliver vist eller er slut."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(at: &str, event: Event) -> Change {
        Change { at: at.parse().unwrap(), path: "sider/jul.md".to_owned(), event }
    }

    #[test]
    fn the_last_change_has_happened_and_the_next_has_not() {
        let changes =
            [change("2026-11-30T23:00:00Z", Event::PageAppears), change("2026-12-24T23:00:00Z", Event::PageGoes)];
        let epoch = Timestamp::UNIX_EPOCH.to_string();
        for (now, before, after) in [
            ("2026-11-30T22:59:59Z", epoch.as_str(), Some("2026-11-30T23:00:00Z")),
            ("2026-11-30T23:00:00Z", "2026-11-30T23:00:00Z", Some("2026-12-24T23:00:00Z")),
            ("2026-12-24T23:00:00Z", "2026-12-24T23:00:00Z", None),
        ] {
            let now = now.parse().unwrap();
            assert_eq!(last(&changes, now).to_string(), before);
            assert_eq!(next(&changes, now).map(|change| change.at.to_string()).as_deref(), after);
        }
    }

    #[test]
    fn changes_are_shown_in_danish_time() {
        let said = change("2026-11-30T23:00:00Z", Event::PageAppears).to_string();
        assert_eq!(said, "1. december 2026 kl. 0.00: siden sider/jul.md bliver vist.");
    }
}
