//! The timetable of boxes as the form template shows it: a row for each day, a column for each hour.

use model::field::Week;
use serde::Serialize;

/// The table.
#[derive(Serialize)]
pub(crate) struct WeekView<'a> {
    hours: Vec<&'a str>,
    days: Vec<DayView<'a>>,
}

#[derive(Serialize)]
struct DayView<'a> {
    label: &'a str,
    boxes: Vec<BoxView<'a>>,
}

#[derive(Serialize)]
struct BoxView<'a> {
    id: String,
    value: String,
    hours: &'a str,
    chosen: bool,
}

impl<'a> WeekView<'a> {
    pub(crate) fn new(name: &str, week: &'a Week, ticked: &[String]) -> Self {
        let days = week.days.iter().map(|day| {
            let boxes = week.hours.iter().map(|hours| {
                let value = Week::value(day, hours);
                let chosen = ticked.contains(&value);
                BoxView { id: id(name, &value), value, hours: &hours.label, chosen }
            });
            DayView { label: &day.label, boxes: boxes.collect() }
        });
        Self { hours: week.hours.iter().map(|hours| hours.label.as_str()).collect(), days: days.collect() }
    }

    /// Where a link to the timetable leads: its first box.
    pub(crate) fn first(name: &str, week: &Week) -> String {
        let first = week.days.first().zip(week.hours.first());
        first.map_or_else(|| name.to_owned(), |(day, hours)| id(name, &Week::value(day, hours)))
    }
}

fn id(name: &str, value: &str) -> String {
    format!("{name}-{}", value.replace('.', "-"))
}
