//! Requests about one road, counted for the officer: those before a request, and the roads that a kreds is asked about most.

use model::reference::Reference;
use serde::Serialize;

/// The most references that a mail names of one road.
const NAMED: usize = 20;

/// A road of a request, and the requests about it that came before, in 90 days.
pub struct SameRoad {
    /// Its name, as the citizen writes it.
    pub name: String,
    /// The days and hours that most of them and this one have ticked, as they are read.
    pub mostly: Vec<String>,
    /// Those before, the oldest first.
    pub before: Vec<Reference>,
}

/// A road that a kreds is asked about more than once in 90 days.
pub struct Stretch {
    /// Its name, as a citizen writes it.
    pub road: String,
    /// The name of its kommune.
    pub kommune: String,
    /// The days and hours that most of the requests have ticked, as they are read.
    pub mostly: Vec<String>,
    /// The requests, the oldest first.
    pub references: Vec<Reference>,
}

/// The same as the templates read it.
#[derive(Serialize)]
pub(crate) struct StretchLine<'a> {
    count: usize,
    place: String,
    times: String,
    references: String,
    /// The same apart, each of which no mail program may break.
    named: Vec<&'a str>,
    older: usize,
}

impl Stretch {
    pub(crate) fn line(&self) -> StretchLine<'_> {
        let named: Vec<&str> = self.references.iter().rev().take(NAMED).map(Reference::as_str).collect();
        StretchLine {
            older: self.references.len() - named.len(),
            named,
            count: self.references.len(),
            place: format!("{}, {}", self.road, self.kommune),
            times: mostly(&self.mostly).unwrap_or_else(|| "på forskellige tidspunkter".to_owned()),
            references: references(self.references.iter().rev()),
        }
    }
}

impl SameRoad {
    /// The count and the references, as officers read them.
    pub(crate) fn sentence(&self) -> String {
        let mostly = mostly(&self.mostly).map_or_else(String::new, |mostly| format!(", {mostly}"));
        let before = if self.before.len() == 1 { "Det tidligere" } else { "De tidligere" };
        format!(
            "{}. ønske om {} på 90 dage{mostly}. {before}: {}",
            self.before.len() + 1,
            self.name,
            references(self.before.iter().rev())
        )
    }
}

/// References in a list; of very many, the first and how many more there are.
fn references<'r>(all: impl ExactSizeIterator<Item = &'r Reference>) -> String {
    let more = all.len().saturating_sub(NAMED);
    let named = all.take(NAMED).map(Reference::as_str).collect::<Vec<_>>().join(", ");
    if more == 0 { named } else { format!("{named} og {more} ældre") }
}

/// Days and hours in a sentence: `mest hverdage kl. 6-9`.
fn mostly(read: &[String]) -> Option<String> {
    let run = |run: &String| run.replacen("mandag–fredag", "hverdage", 1).replacen(": ", " ", 1);
    (!read.is_empty()).then(|| format!("mest {}", read.iter().map(run).collect::<Vec<_>>().join(" og ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(mostly: &[&str], before: u64) -> String {
        let mostly = mostly.iter().map(|text| (*text).to_owned()).collect();
        SameRoad { name: "Grenåvej".to_owned(), mostly, before: (1..=before).map(Reference::from_random).collect() }
            .sentence()
    }

    #[test]
    fn the_count_is_said_with_hours_and_references_the_newest_first() {
        let [one, two, three] = [1, 2, 3].map(|number| Reference::from_random(number).to_string());
        for (mostly, before, expected) in [
            (&[] as &[&str], 1, format!("2. ønske om Grenåvej på 90 dage. Det tidligere: {one}")),
            (
                &["mandag–fredag: kl. 6-9"],
                3,
                format!("4. ønske om Grenåvej på 90 dage, mest hverdage kl. 6-9. De tidligere: {three}, {two}, {one}"),
            ),
            (
                &["mandag–torsdag: kl. 6-9, kl. 15-18", "lørdag: kl. 22-6"],
                2,
                format!(
                    "3. ønske om Grenåvej på 90 dage, mest mandag–torsdag kl. 6-9, kl. 15-18 og lørdag kl. 22-6. De \
                     tidligere: {two}, {one}"
                ),
            ),
        ] {
            assert_eq!(said(mostly, before), expected);
        }
        let many = said(&[], 23);
        assert!(many.starts_with("24. ønske") && many.ends_with(" og 3 ældre"), "{many}");
    }
}
