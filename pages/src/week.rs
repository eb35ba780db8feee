//! The timetable of checkboxes as the form template shows it: a row for each day, a column for each time of day.

use model::field::Week;
use serde::Serialize;

/// The timetable.
#[derive(Serialize)]
pub(crate) struct WeekView<'a> {
    /// Labels of the columns, split into words so that a narrow column wraps between words and not within `6-9`.
    hours: Vec<Vec<&'a str>>,
    days: Vec<DayView<'a>>,
}

#[derive(Serialize)]
struct DayView<'a> {
    label: &'a str,
    boxes: Vec<BoxView<'a>>,
}

#[derive(Serialize)]
struct BoxView<'a> {
    /// The anchor of the timetable, on the first checkbox only. Labels need no ids: they wrap their checkboxes.
    id: Option<String>,
    value: String,
    hours: &'a str,
    chosen: bool,
}

impl<'a> WeekView<'a> {
    pub(crate) fn new(name: &str, week: &'a Week, ticked: &[String]) -> Self {
        let mut first = Some(Self::first(name, week));
        let days = week.days.iter().map(|day| {
            let boxes = week.hours.iter().map(|hours| {
                let value = Week::value(day, hours);
                let chosen = ticked.contains(&value);
                BoxView { id: first.take(), value, hours: &hours.label, chosen }
            });
            DayView { label: &day.label, boxes: boxes.collect() }
        });
        let words = week.hours.iter().map(|hours| hours.label.split_whitespace().collect());
        Self { hours: words.collect(), days: days.collect() }
    }

    /// The anchor of the timetable: its first checkbox.
    pub(crate) fn first(name: &str, week: &Week) -> String {
        let first = week.days.first().zip(week.hours.first());
        first.map_or_else(
            || name.to_owned(),
            |(day, hours)| format!("{name}-{}", Week::value(day, hours).replace('.', "-")),
        )
    }
}
