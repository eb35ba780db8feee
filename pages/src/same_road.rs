//! Counts of requests about one road: those before a request, and the roads that most requests of a kreds are about.

use model::reference::Reference;
use serde::Serialize;

/// The maximum number of references that a mail lists for one road.
const NAMED: usize = 20;

/// A road of a request, and the earlier requests about it within 90 days.
pub struct SameRoad {
    /// The road's name as the citizen spells it.
    pub name: String,
    /// The days and hours ticked in most of the requests, this one included, as readable text.
    pub mostly: Vec<String>,
    /// The earlier requests, the oldest first.
    pub before: Vec<Reference>,
}

/// A road that several requests of a kreds are about within 90 days.
pub struct Stretch {
    /// The road's name as a citizen spells it.
    pub road: String,
    /// The name of the road's kommune.
    pub kommune: String,
    /// The days and hours ticked in most of the requests, as readable text.
    pub mostly: Vec<String>,
    /// The requests, the oldest first.
    pub references: Vec<Reference>,
}

/// A [`Stretch`] as the templates show it.
#[derive(Serialize)]
pub(crate) struct StretchLine<'a> {
    count: usize,
    place: String,
    times: String,
    references: String,
    /// The references one by one, since HTML must not wrap within one.
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
    /// The count, the hours and the references in words, for officers.
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

/// A list of references; of more than [`NAMED`], the first ones and the number of the rest.
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
    fn the_sentence_has_the_count_the_hours_and_the_references_newest_first() {
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
