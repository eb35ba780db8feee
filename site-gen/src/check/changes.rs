//! Changes that the site makes by itself, because some content has a start or an end date.
//!
//! Everything that depends on the time must be listed here. Pages are rendered for the time of the last change, not for
//! the time of the build, so that they stay identical until the next change.

use crate::diagnostics::danish;
use jiff::Timestamp;
use model::deadline::denmark;
use model::service_message::Moment;
use std::fmt;

/// A change of the site at a known time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// The time by which the site must be rebuilt.
    pub at: Timestamp,
    /// The file that sets the date.
    pub path: String,
    /// The kind of change.
    pub event: Event,
}

/// A kind of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Event {
    /// A page is published.
    PageAppears,
    /// A page is removed.
    PageGoes,
    /// A page becomes news.
    NewsAppear,
    /// The sitemap lists a page as edited.
    EditIsListed,
    /// A control appears.
    ControlAppears,
    /// A control disappears.
    ControlGoes,
    /// A kreds's message appears.
    MessageAppears,
    /// A kreds's message disappears.
    MessageGoes,
    /// A stop of the mobile police station is announced, is revealed or ends.
    StopsChange,
}

/// The first change after `now`. The changes must be sorted.
pub(crate) fn next(changes: &[Change], now: Timestamp) -> Option<&Change> {
    changes.iter().find(|change| change.at > now)
}

/// The time of the last change up to `now`. Pages made for that time stay correct until the next change.
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
    fn the_last_change_is_at_or_before_now_and_the_next_is_after() {
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
