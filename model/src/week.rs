//! A timetable of checkboxes for days and hours, as it is posted and as it is displayed.

use crate::field::{Choice, Kind, Week};
use crate::form::Form;
use crate::names::{FieldName, Language};
use std::collections::BTreeSet;

/// A checkbox that the timetable does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotInWeek;

impl Form {
    /// The timetable of the form and the name of its question; `None` if the form has no timetable.
    #[must_use]
    pub fn week(&self) -> Option<(&FieldName, &Week)> {
        self.fields().find_map(|field| match &field.kind {
            Kind::Week(week) => Some((&field.name, week)),
            _ => None,
        })
    }
}

impl Week {
    /// The value on the wire of the checkbox for a day and an hour: `mandag.morgen`.
    #[must_use]
    pub fn value(day: &Choice, hours: &Choice) -> String {
        format!("{}.{}", day.code, hours.code)
    }

    /// The ticked boxes as displayed: one text for each run of days with equal hours,
    /// `mandag–fredag: kl. 6-9, kl. 15-18`. The order and number of ticks do not matter; no tick gives no text. A day
    /// is written as `language` writes it in running text, while a table begins it with a capital in any language.
    pub fn read(&self, ticked: &[String], language: &Language) -> Result<Vec<String>, NotInWeek> {
        let ticked: Vec<&str> = ticked.iter().map(|value| value.trim()).filter(|value| !value.is_empty()).collect();
        let known = self.boxes();
        if !ticked.iter().all(|value| known.iter().any(|known| known == value)) {
            return Err(NotInWeek);
        }
        let hours_of = |day: &Choice| {
            let chosen = self.hours.iter().filter(|hours| ticked.contains(&Self::value(day, hours).as_str()));
            chosen.map(|hours| hours.label.as_str()).collect::<Vec<_>>()
        };
        let days: Vec<(&Choice, Vec<&str>)> = self.days.iter().map(|day| (day, hours_of(day))).collect();
        let runs = days.chunk_by(|(_, before), (_, after)| before == after);
        let day =
            |day: &Choice| if *language == Language::danish() { day.label.to_lowercase() } else { day.label.clone() };
        let text = |run: &[(&Choice, Vec<&str>)]| match run {
            [] => None,
            [(_, hours), ..] if hours.is_empty() => None,
            [(one, hours)] => Some(format!("{}: {}", day(one), hours.join(", "))),
            [(first, hours), .., (last, _)] => Some(format!("{}–{}: {}", day(first), day(last), hours.join(", "))),
        };
        Ok(runs.filter_map(text).collect())
    }

    /// The boxes ticked in more than half of several timetables, and in at least two, as displayed.
    #[must_use]
    pub fn mostly(&self, timetables: &[&BTreeSet<String>], language: &Language) -> Vec<String> {
        let times = |value: &String| timetables.iter().filter(|ticked| ticked.contains(value)).count();
        let is_in_most = |value: &String| times(value) > (timetables.len() / 2).max(1);
        let most: Vec<String> = self.boxes().into_iter().filter(is_in_most).collect();
        self.read(&most, language).unwrap_or_default()
    }

    fn boxes(&self) -> Vec<String> {
        let of_day = |day: &Choice| self.hours.iter().map(|hours| Self::value(day, hours)).collect::<Vec<_>>();
        self.days.iter().flat_map(of_day).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::ChoiceCode;

    fn choices(all: &[(&str, &str)]) -> Vec<Choice> {
        let choice = |(code, label): &(&str, &str)| Choice {
            code: ChoiceCode::parse(code).unwrap(),
            label: (*label).to_owned(),
            advice: None,
        };
        all.iter().map(choice).collect()
    }

    fn week() -> Week {
        Week {
            days: choices(&[("ma", "Mandag"), ("ti", "Tirsdag"), ("on", "Onsdag"), ("loe", "Lørdag")]),
            hours: choices(&[("morgen", "kl. 6-9"), ("aften", "kl. 18-22")]),
        }
    }

    #[test]
    fn the_most_chosen_hours_are_those_of_more_than_half_and_at_least_two() {
        for (timetables, most) in [
            (&[] as &[&str], ""),
            (&["ma.morgen"], ""),
            (&["ma.morgen", "ti.morgen"], ""),
            (&["ma.morgen ti.morgen", "ti.morgen ma.morgen"], "mandag–tirsdag: kl. 6-9"),
            (&["ma.morgen", "ma.morgen loe.aften", "loe.aften"], "mandag: kl. 6-9 | lørdag: kl. 18-22"),
            (&["ma.morgen", "ma.morgen", "loe.aften", "loe.aften"], ""),
            (&["ma.nat", "ma.nat"], ""),
        ] {
            let ticked = |text: &&str| text.split(' ').map(str::to_owned).collect::<BTreeSet<_>>();
            let timetables: Vec<_> = timetables.iter().map(ticked).collect();
            let read = week().mostly(&timetables.iter().collect::<Vec<_>>(), &Language::danish());
            assert_eq!(read.join(" | "), most, "{timetables:?}");
        }
    }

    #[test]
    fn days_with_equal_hours_are_displayed_together() {
        let week = week();
        for (ticked, read) in [
            ("", ""),
            ("ma.morgen", "mandag: kl. 6-9"),
            ("ma.aften ma.morgen ma.aften", "mandag: kl. 6-9, kl. 18-22"),
            ("ti.morgen ma.morgen on.morgen loe.aften", "mandag–onsdag: kl. 6-9 | lørdag: kl. 18-22"),
            ("ma.aften on.aften", "mandag: kl. 18-22 | onsdag: kl. 18-22"),
        ] {
            let ticked: Vec<String> = ticked.split(' ').map(str::to_owned).collect();
            assert_eq!(week.read(&ticked, &Language::danish()).unwrap().join(" | "), read);
        }
        // Other languages keep the capital letter: `Monday–Wednesday`.
        let days = ["ma.morgen", "ti.morgen"].map(str::to_owned);
        assert_eq!(week.read(&days, &Language::parse("en").unwrap()).unwrap(), ["Mandag–Tirsdag: kl. 6-9"]);
        for wrong in ["ma", "ma.", "ma.nat", "fre.morgen", "morgen.ma", "ma.morgen.aften"] {
            assert_eq!(week.read(&[wrong.to_owned()], &Language::danish()), Err(NotInWeek), "{wrong}");
        }
    }
}
