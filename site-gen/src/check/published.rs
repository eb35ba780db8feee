//! The period in which a page is published, and the links that lead to it at other times.

use crate::diagnostics::danish::{from, until};
use jiff::Timestamp;
use model::service_message::Moment;
use std::fmt;

/// The period in which a page is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Published {
    /// A draft, until its author says otherwise.
    Never,
    /// From its start (inclusive) until its end (exclusive).
    During { from: Option<Moment>, until: Option<Moment> },
}

/// The reason why a page that authors see is not published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unpublished {
    /// The page is a draft.
    Draft,
    /// Its period has not started.
    Coming(Moment),
    /// Its period is over.
    Over(Moment),
}

/// The reason why a page is missing at some time at which a page that links to it is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gap {
    /// It is a draft, not published yet, or no longer published.
    Missing(Unpublished),
    /// It ends before the page with the link.
    Ends(Moment),
}

impl Published {
    /// Always published.
    pub(crate) const ALWAYS: Self = Self::During { from: None, until: None };

    /// The reason why the page is not published at `now`; `None` if it is.
    pub(crate) fn missing(self, now: Timestamp) -> Option<Unpublished> {
        match self {
            Self::Never => Some(Unpublished::Draft),
            Self::During { until: Some(until), .. } if until.end() <= now => Some(Unpublished::Over(until)),
            Self::During { from: Some(from), .. } if from.start() > now => Some(Unpublished::Coming(from)),
            Self::During { .. } => None,
        }
    }

    /// The reason why the page is missing at some time from `now` on while `other` is published; `None` if it never is.
    ///
    /// Past times do not count. A site without such a gap therefore never gets one: no build fails just because time
    /// passes.
    pub(crate) fn gap(self, other: Self, now: Timestamp) -> Option<Gap> {
        let Self::During { from, until } = other else { return None };
        let begin = from.map_or(now, |from| from.start().max(now));
        let end = until.map_or(Timestamp::MAX, Moment::end);
        if begin >= end {
            return None;
        }
        match (self.missing(begin), self) {
            (Some(missing), _) => Some(Gap::Missing(missing)),
            (None, Self::During { until: Some(until), .. }) if until.end() < end => Some(Gap::Ends(until)),
            (None, _) => None,
        }
    }
}

impl Gap {
    /// Writes the message: `link` is the link or the name that leads to the page, `wait` how to do without it for now,
    /// and `owner` the page's file.
    pub(crate) fn message(self, link: &str, wait: &str, owner: &str) -> String {
        match self {
            Self::Missing(Unpublished::Draft) => {
                let advice = format!("{wait}, eller slet »kladde: ja« i {owner}, når siden er klar.");
                format!("{link} er en kladde og bliver ikke vist. {advice}")
            }
            Self::Missing(Unpublished::Coming(moment)) => {
                format!("{link} bliver først vist {}. {wait}, eller ret »fra« i {owner}.", from(moment))
            }
            Self::Missing(Unpublished::Over(moment)) => {
                format!("{link} blev kun vist {}. {wait}, eller ret »til« i {owner}.", until(moment))
            }
            Self::Ends(moment) => {
                let why = "og så fører linket ingen steder hen";
                format!("{link} bliver kun vist {}, {why}. {wait}, eller ret »til« i {owner}.", until(moment))
            }
        }
    }
}

impl Unpublished {
    /// A short form for lists.
    #[must_use]
    pub fn short(self) -> String {
        match self {
            Self::Draft => "kladde".to_owned(),
            Self::Coming(moment) => format!("vises {}", from(moment)),
            Self::Over(_) => "vises ikke mere".to_owned(),
        }
    }
}

impl fmt::Display for Unpublished {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Draft => f.write_str("Kladde – vises ikke på hjemmesiden"),
            Self::Coming(moment) => write!(f, "Vises {}", from(*moment)),
            Self::Over(moment) => write!(f, "Vises ikke mere – blev vist {}", until(*moment)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn during(from: Option<&str>, until: Option<&str>) -> Published {
        let moment = |text: &str| Moment::parse(text).unwrap();
        Published::During { from: from.map(moment), until: until.map(moment) }
    }

    #[test]
    fn a_link_is_valid_if_its_target_is_published_whenever_the_link_is_visible() {
        let moment = |text: &str| Moment::parse(text).unwrap();
        let always = Published::ALWAYS;
        let (coming, over) = (
            |text| Gap::Missing(Unpublished::Coming(moment(text))),
            |text| Gap::Missing(Unpublished::Over(moment(text))),
        );
        let now = "2026-11-25T12:00:00Z".parse().unwrap();
        for (to, of, expected) in [
            (always, always, None),
            (Published::Never, always, Some(Gap::Missing(Unpublished::Draft))),
            (Published::Never, Published::Never, None),
            (always, Published::Never, None),
            // Published now, and without an end.
            (during(Some("2026-11-25"), None), always, None),
            (during(Some("2026-11-26"), None), always, Some(coming("2026-11-26"))),
            (during(None, Some("2026-11-24")), always, Some(over("2026-11-24"))),
            (during(None, Some("2026-11-25")), always, Some(Gap::Ends(moment("2026-11-25")))),
            // Both start, or both end.
            (during(Some("2026-12-01"), None), during(Some("2026-12-01"), None), None),
            (during(Some("2026-12-02"), None), during(Some("2026-12-01"), None), Some(coming("2026-12-02"))),
            (during(None, Some("2026-12-24")), during(None, Some("2026-12-24")), None),
            (during(None, Some("2026-12-24")), during(None, Some("2026-12-24 12:00")), None),
            (
                during(None, Some("2026-12-24 12:00")),
                during(None, Some("2026-12-24")),
                Some(Gap::Ends(moment("2026-12-24 12:00"))),
            ),
            // The page with the link is over, or starts after the target ends.
            (Published::Never, during(None, Some("2026-11-24")), None),
            (during(None, Some("2026-12-24")), during(Some("2026-12-25"), None), Some(over("2026-12-24"))),
        ] {
            assert_eq!(to.gap(of, now), expected, "from {of:?} to {to:?}");
        }
    }

    #[test]
    fn authors_see_why_a_page_is_not_published() {
        let now = "2026-11-25T12:00:00Z".parse().unwrap();
        for (published, said) in [
            (Published::ALWAYS, None),
            (Published::Never, Some("Kladde – vises ikke på hjemmesiden")),
            (during(Some("2026-12-01"), Some("2026-12-24")), Some("Vises fra 1. december 2026")),
            (during(Some("2026-12-01 08:05"), None), Some("Vises fra 1. december 2026 kl. 8.05")),
            (during(None, Some("2026-11-24")), Some("Vises ikke mere – blev vist til og med 24. november 2026")),
            (
                during(None, Some("2026-11-25 13:00")),
                Some("Vises ikke mere – blev vist til 25. november 2026 kl. 13.00"),
            ),
            (during(None, Some("2026-11-25")), None),
        ] {
            let missing = published.missing(now).map(|missing| missing.to_string());
            assert_eq!(missing.as_deref(), said, "{published:?}");
        }
    }
}
