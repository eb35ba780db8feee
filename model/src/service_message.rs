//! Service messages: texts that a kreds shows to citizens for a limited time.

use crate::deadline::in_denmark;
use crate::names::Language;
use jiff::civil::{Date, DateTime, Time};
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use thiserror::Error;

/// A validated message with an end: it ends after it begins, has a Danish text, and has no empty text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "ServiceMessageParts", into = "ServiceMessageParts")]
pub struct ServiceMessage(ServiceMessageParts);

/// The parts of a [`ServiceMessage`], before validation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceMessageParts {
    /// The text in each language.
    pub texts: BTreeMap<Language, String>,
    /// The moment at which it begins; `None` if it is shown at once.
    pub from: Option<Timestamp>,
    /// The moment from which it is no longer shown.
    pub until: Timestamp,
}

/// A day or a minute in Denmark, as an editor writes it: `2026-11-20`, `2026-11-20 08:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// A whole day.
    Day(Date),
    /// A minute of a day.
    Minute(DateTime),
}

/// Validation error of [`ServiceMessageParts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BadServiceMessage {
    /// The Danish text is missing, or a text is empty.
    #[error("a service message must have a text in Danish, and none may be empty")]
    Text,
    /// The message would end before it begins.
    #[error("a service message must end after it begins")]
    Order,
}

impl ServiceMessage {
    /// Validates the parts.
    pub fn new(parts: ServiceMessageParts) -> Result<Self, BadServiceMessage> {
        let has_texts = parts.texts.contains_key(&Language::danish());
        if !has_texts || parts.texts.values().any(|text| text.trim().is_empty()) {
            return Err(BadServiceMessage::Text);
        }
        if parts.from.is_some_and(|from| from >= parts.until) {
            return Err(BadServiceMessage::Order);
        }
        Ok(Self(parts))
    }

    /// True if citizens see it at `now`: from its beginning, and no longer at its end.
    #[must_use]
    pub fn is_shown_at(&self, now: Timestamp) -> bool {
        self.0.from.is_none_or(|from| from <= now) && now < self.0.until
    }

    /// The text in a language; `None` if there is none.
    #[must_use]
    pub fn text(&self, language: &Language) -> Option<&str> {
        self.0.texts.get(language).map(String::as_str)
    }
}

impl Moment {
    /// Parses a day, or a day and a 24-hour time separated by a space.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (day, time) = text.split_once(' ').map_or((text, None), |(day, time)| (day, Some(time)));
        // The library accepts other formats as well; one is enough to explain.
        let day = day.parse().ok().filter(|_| is_written(day, "0000-00-00"))?;
        let Some(time) = time else { return Some(Self::Day(day)) };
        let time: Time = time.parse().ok().filter(|_| is_written(time, "00:00"))?;
        Some(Self::Minute(day.to_datetime(time)))
    }

    /// The moment at which it begins.
    #[must_use]
    pub fn start(self) -> Timestamp {
        match self {
            Self::Day(day) => in_denmark(day.to_datetime(Time::midnight())),
            Self::Minute(minute) => in_denmark(minute),
        }
    }

    /// The moment at which something with this end is over: a day at its last midnight, a minute when it begins.
    #[must_use]
    pub fn end(self) -> Timestamp {
        match self {
            Self::Day(day) => in_denmark(day.saturating_add(1.day()).to_datetime(Time::midnight())),
            Self::Minute(minute) => in_denmark(minute),
        }
    }
}

/// True if `text` has digits where `pattern` has zeros, and the same characters elsewhere.
fn is_written(text: &str, pattern: &str) -> bool {
    let fits =
        |(written, wanted): (char, char)| if wanted == '0' { written.is_ascii_digit() } else { written == wanted };
    text.len() == pattern.len() && text.chars().zip(pattern.chars()).all(fits)
}

impl TryFrom<ServiceMessageParts> for ServiceMessage {
    type Error = BadServiceMessage;
    fn try_from(parts: ServiceMessageParts) -> Result<Self, BadServiceMessage> {
        Self::new(parts)
    }
}

impl From<ServiceMessage> for ServiceMessageParts {
    fn from(message: ServiceMessage) -> Self {
        message.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(from: Option<&str>, until: &str) -> Result<ServiceMessage, BadServiceMessage> {
        let moment = |text: &str| Moment::parse(text).unwrap();
        ServiceMessage::new(ServiceMessageParts {
            texts: BTreeMap::from([(Language::danish(), "Vi ringer senere.".to_owned())]),
            from: from.map(|from| moment(from).start()),
            until: moment(until).end(),
        })
    }

    #[test]
    fn a_message_is_shown_from_beginning_to_end_in_danish_time() {
        for (from, until, now, is_shown) in [
            // Days: all of the first and all of the last.
            (Some("2026-11-20"), "2026-12-01", "2026-11-19T22:59:59Z", false),
            (Some("2026-11-20"), "2026-12-01", "2026-11-19T23:00:00Z", true),
            (Some("2026-11-20"), "2026-12-01", "2026-12-01T22:59:59Z", true),
            (Some("2026-11-20"), "2026-12-01", "2026-12-01T23:00:00Z", false),
            (Some("2026-11-20"), "2026-11-20", "2026-11-20T12:00:00Z", true),
            // Minutes.
            (Some("2026-11-20 08:00"), "2026-11-20 16:30", "2026-11-20T06:59:59Z", false),
            (Some("2026-11-20 08:00"), "2026-11-20 16:30", "2026-11-20T07:00:00Z", true),
            (Some("2026-11-20 08:00"), "2026-11-20 16:30", "2026-11-20T15:29:59Z", true),
            (Some("2026-11-20 08:00"), "2026-11-20 16:30", "2026-11-20T15:30:00Z", false),
            // Without a beginning.
            (None, "2026-12-01", "1999-01-01T00:00:00Z", true),
            // The clocks go back on 25 October 2026: that day has 25 hours, and 02.30 occurs twice.
            (Some("2026-10-25"), "2026-10-25", "2026-10-24T21:59:59Z", false),
            (Some("2026-10-25"), "2026-10-25", "2026-10-24T22:00:00Z", true),
            (Some("2026-10-25"), "2026-10-25", "2026-10-25T22:59:59Z", true),
            (Some("2026-10-25"), "2026-10-25", "2026-10-25T23:00:00Z", false),
            (None, "2026-10-25 02:30", "2026-10-25T00:29:59Z", true),
            (None, "2026-10-25 02:30", "2026-10-25T00:30:00Z", false),
            // They go forward on 28 March 2027: that day has 23 hours, and there is no 02.30.
            (Some("2027-03-28"), "2027-03-28", "2027-03-27T22:59:59Z", false),
            (Some("2027-03-28"), "2027-03-28", "2027-03-27T23:00:00Z", true),
            (Some("2027-03-28"), "2027-03-28", "2027-03-28T21:59:59Z", true),
            (Some("2027-03-28"), "2027-03-28", "2027-03-28T22:00:00Z", false),
            (Some("2027-03-28 02:30"), "2027-03-29", "2027-03-28T01:29:59Z", false),
            (Some("2027-03-28 02:30"), "2027-03-29", "2027-03-28T01:30:00Z", true),
        ] {
            let message = message(from, until).unwrap();
            assert_eq!(message.is_shown_at(now.parse().unwrap()), is_shown, "{from:?} to {until} at {now}");
        }
    }

    #[test]
    fn empty_messages_and_those_that_end_before_they_begin_are_refused() {
        for (from, until) in [("2026-12-02", "2026-12-01"), ("2026-12-01 08:00", "2026-12-01 08:00")] {
            assert_eq!(message(Some(from), until), Err(BadServiceMessage::Order), "{from} to {until}");
        }
        let parts = ServiceMessageParts::from(message(None, "2026-12-01").unwrap());
        for texts in [vec![], vec![("en", "Late.")], vec![("da", "Sent."), ("en", " ")]] {
            let texts = texts.into_iter().map(|(code, text)| (Language::parse(code).unwrap(), text.to_owned()));
            let parts = ServiceMessageParts { texts: texts.collect(), ..parts.clone() };
            let json = serde_json::to_string(&parts).unwrap();
            assert_eq!(ServiceMessage::new(parts), Err(BadServiceMessage::Text));
            assert!(serde_json::from_str::<ServiceMessage>(&json).is_err(), "{json}");
        }
    }

    #[test]
    fn only_one_time_format_is_read() {
        for good in ["2026-11-20", "2026-11-20 08:00", "2028-02-29 23:59"] {
            assert!(Moment::parse(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "20-11-2026",
            "2026-11-31",
            "2027-02-29",
            "20261120",
            "2026-11-20 8:00",
            "2026-11-20 08.00",
            "2026-11-20 24:00",
            "2026-11-20T08:00",
            "2026-11-20 08:00:00",
            "2026-11-20 ",
            "2026-11-20  08:00",
            "20. november 2026",
            "2026-11-2æ",
        ] {
            assert!(Moment::parse(bad).is_none(), "{bad}");
        }
    }
}
