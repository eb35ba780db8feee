//! Dates and promises in words, in one language.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use model::deadline::{Deadline, Promise, denmark};
use model::words::{Words, fill};

/// A date in words: `mandag den 30. november 2026`.
pub(crate) fn date(words: &Words, date: Date) -> String {
    let weekday = nth(words.get("ugedage"), date.weekday().to_monday_zero_offset());
    let month = nth(words.get("maaneder"), date.month() - 1);
    let (day, year) = (date.day().to_string(), date.year().to_string());
    fill(words.get("dato"), &[("ugedag", &weekday), ("dag", &day), ("maaned", &month), ("aar", &year)])
}

/// A date for a mail's subject, which has no room for more: `30. november 2026`. Danish, as officers write it.
pub(crate) fn day(words: &Words, date: Date) -> String {
    format!("{}. {} {}", date.day(), nth(words.get("maaneder"), date.month() - 1), date.year())
}

/// The attribute of a `time` element: `2026-11-30T14:05`, or the day alone.
pub(crate) fn datetime(date: Date, time: Option<Time>) -> String {
    time.map_or_else(|| date.to_string(), |time| date.to_datetime(time).strftime("%Y-%m-%dT%H:%M").to_string())
}

/// A time in Denmark as officers write it: `14.05`.
pub(crate) fn time(moment: Timestamp) -> String {
    let local = moment.to_zoned(denmark());
    format!("{}.{:02}", local.hour(), local.minute())
}

/// A date and time in Denmark, in words: `mandag den 30. november 2026 kl. 14.05`.
pub(crate) fn moment(words: &Words, moment: Timestamp) -> String {
    let local = moment.to_zoned(denmark());
    let (hour, minute) = (local.hour().to_string(), format!("{:02}", local.minute()));
    let values = [("dato", date(words, local.date())), ("time", hour), ("minut", minute)];
    fill(words.get("klokkeslaet"), &values.each_ref().map(|(name, value)| (*name, value.as_str())))
}

/// The promise to one citizen, with its dates.
pub(crate) fn promise(words: &Words, promise: Promise) -> String {
    match promise {
        Promise::Call { by } => fill(words.get("loefte_ring"), &[("dato", &date(words, by))]),
        Promise::CallBefore { at } => fill(words.get("loefte_ring"), &[("dato", &moment(words, at))]),
        Promise::AnswerAndAct { answer_by, act_by } => {
            fill(words.get("loefte_svar"), &[("svar", &date(words, answer_by)), ("handling", &date(words, act_by))])
        }
    }
}

/// The latest time at which the kreds contacts the citizen: a day, or a date and time if one is promised.
pub(crate) fn heard_by(words: &Words, promise: Promise) -> String {
    match promise {
        Promise::CallBefore { at } => moment(words, at),
        Promise::Call { .. } | Promise::AnswerAndAct { .. } => date(words, promise.heard_by()),
    }
}

/// A kreds's general promise, in days or hours.
pub(crate) fn deadline(words: &Words, deadline: Deadline) -> String {
    match deadline {
        Deadline::Call { days } => fill(words.get("frist_ring"), &[("dage", &days.to_string())]),
        Deadline::CallWithin { hours } => fill(words.get("frist_timer"), &[("timer", &hours.to_string())]),
        Deadline::AnswerAndAct { answer_days, act_days } => {
            fill(words.get("frist_svar"), &[("svar", &answer_days.to_string()), ("handling", &act_days.to_string())])
        }
    }
}

/// The deadline and the required action, worded for officers instead of citizens.
pub(crate) fn officers_deadline(words: &Words, promise: Promise) -> String {
    match promise {
        Promise::Call { by } => format!("Ring senest {}", date(words, by)),
        Promise::CallBefore { at } => format!("Ring senest {}", moment(words, at)),
        Promise::AnswerAndAct { answer_by, act_by } => {
            format!("Svar senest {}, handling senest {}", date(words, answer_by), date(words, act_by))
        }
    }
}

/// `December 2026`, as a heading.
pub(crate) fn month(words: &Words, date: Date) -> String {
    capital(&format!("{} {}", nth(words.get("maaneder"), date.month() - 1), date.year()))
}

/// The text with its first letter capitalised.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The `n`th item of a comma-separated list; empty if there is none.
fn nth(list: &str, n: i8) -> String {
    usize::try_from(n).ok().and_then(|n| list.split(',').nth(n)).map(str::trim).unwrap_or_default().to_owned()
}
