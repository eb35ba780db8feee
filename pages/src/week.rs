//! The timetable of boxes as the form template shows it: a row for each day, a column for each hour.

use model::field::Week;
use serde::Serialize;

/// The table.
#[derive(Serialize)]
pub(crate) struct WeekView<'a> {
    /// Each in its words, so that a narrow column breaks between them and not in `6-9`.
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
    /// Of the first box only, which is where links to the timetable lead; the label of each is around it.
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

    /// Where a link to the timetable leads: its first box.
    pub(crate) fn first(name: &str, week: &Week) -> String {
        let first = week.days.first().zip(week.hours.first());
        first.map_or_else(
            || name.to_owned(),
            |(day, hours)| format!("{name}-{}", Week::value(day, hours).replace('.', "-")),
        )
    }
}
