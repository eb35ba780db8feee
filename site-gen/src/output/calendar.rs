//! Writes calendars to subscribe to (RFC 5545).
//!
//! Written by hand: the library for it includes the build time and a random name in the time zone.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// A calendar with its events.
pub(crate) struct Calendar {
    /// The name.
    pub(crate) name: String,
    pub(crate) events: Vec<Event>,
}

/// An event of a calendar.
pub(crate) struct Event {
    /// Unique and stable.
    pub(crate) uid: String,
    /// The time of the last change to the event.
    pub(crate) stamp: Timestamp,
    pub(crate) when: When,
    pub(crate) title: String,
    pub(crate) place: String,
    pub(crate) description: String,
    /// The address of a page about the event.
    pub(crate) url: String,
}

/// The time of an event, in Danish time.
pub(crate) enum When {
    /// A day, without a time of day.
    Day(Date),
    /// A start and an end.
    Minutes(DateTime, DateTime),
}

/// The rules of Danish time since 1996. They also keep a calendar without events valid, since a component is required.
const TIME_ZONE: [&str; 17] = [
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Copenhagen",
    "BEGIN:DAYLIGHT",
    "DTSTART:19960331T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "TZNAME:CEST",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "DTSTART:19961027T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "TZNAME:CET",
    "END:STANDARD",
    "END:VTIMEZONE",
];

/// The maximum number of bytes in a line.
const LINE: usize = 75;

impl Calendar {
    /// Formats the calendar as a file.
    pub(crate) fn to_text(&self) -> String {
        let mut file = FoldedLines::default();
        file.line("BEGIN:VCALENDAR");
        file.line("VERSION:2.0");
        file.line("PRODID:-//Bestil en betjent//site-gen//DA");
        file.text("X-WR-CALNAME", &self.name);
        file.line("REFRESH-INTERVAL;VALUE=DURATION:PT12H");
        TIME_ZONE.iter().for_each(|line| file.line(line));
        self.events.iter().for_each(|event| event.write(&mut file));
        file.line("END:VCALENDAR");
        file.0
    }
}

impl Event {
    fn write(&self, file: &mut FoldedLines) {
        file.line("BEGIN:VEVENT");
        file.text("UID", &self.uid);
        let stamp = self.stamp.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string();
        file.line(&format!("DTSTAMP:{stamp}"));
        match self.when {
            When::Day(date) => file.line(&format!("DTSTART;VALUE=DATE:{}", date.strftime("%Y%m%d"))),
            When::Minutes(from, until) => {
                // An ambiguous time is the first of the two, in the RFC and in the tour.
                for (name, at) in [("DTSTART", from), ("DTEND", until)] {
                    file.line(&format!("{name};TZID=Europe/Copenhagen:{}", at.strftime("%Y%m%dT%H%M%S")));
                }
            }
        }
        file.text("SUMMARY", &self.title);
        file.text("LOCATION", &self.place);
        file.text("DESCRIPTION", &self.description);
        file.line(&format!("URL:{}", self.url));
        file.line("END:VEVENT");
    }
}

#[derive(Default)]
struct FoldedLines(String);

impl FoldedLines {
    /// Writes a property with a text value.
    fn text(&mut self, name: &str, value: &str) {
        let mut line = format!("{name}:");
        for letter in value.chars() {
            match letter {
                '\\' | ';' | ',' => line.extend(['\\', letter]),
                '\n' => line.push_str("\\n"),
                '\t' => line.push(letter),
                // The format cannot represent it.
                control if control.is_control() => line.push(char::REPLACEMENT_CHARACTER),
                other => line.push(other),
            }
        }
        self.line(&line);
    }

    /// Writes a line, folded so that no part is too long and no character is split.
    fn line(&mut self, line: &str) {
        let mut length = 0;
        for letter in line.chars() {
            if length + letter.len_utf8() > LINE {
                self.0.push_str("\r\n ");
                length = 1;
            }
            self.0.push(letter);
            length += letter.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}
