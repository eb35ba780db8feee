//! Finding a kommune by what a citizen types: a postcode, a town or a kommune.

use crate::atlas::{Atlas, Kommune};
use crate::names::Postcode;

/// Where a typed text leads.
#[derive(Debug, PartialEq, Eq)]
pub enum Found<'a> {
    /// One kreds, by one or more of its kommuner.
    Kreds(&'a Kommune),
    /// Several kredse: the citizen must choose a kommune.
    Several(Vec<&'a Kommune>),
    /// Nothing we know.
    Nothing,
}

impl Atlas {
    /// The kreds, or the kommuner to choose between, for a postcode, a town or a kommune. It never guesses.
    #[must_use]
    pub fn search(&self, typed: &str) -> Found<'_> {
        let wanted = folded(typed);
        let kommuner: Vec<&Kommune> = if let Ok(code) = Postcode::parse(typed.trim()) {
            self.postal_area(&code)
                .into_iter()
                .flat_map(|area| &area.kommuner)
                .filter_map(|code| self.kommune(code))
                .collect()
        } else if let Some(kommune) = self.kommuner().iter().find(|kommune| folded(&kommune.name) == wanted) {
            vec![kommune]
        } else {
            let towns = self.postal_areas().iter().filter(|area| folded(&area.name) == wanted);
            let mut kommuner: Vec<&Kommune> =
                towns.flat_map(|area| &area.kommuner).filter_map(|code| self.kommune(code)).collect();
            kommuner.sort_by(|one, other| one.code.cmp(&other.code));
            kommuner.dedup();
            kommuner
        };
        match kommuner.as_slice() {
            [] => Found::Nothing,
            [first, rest @ ..] if rest.iter().all(|kommune| kommune.kreds == first.kreds) => Found::Kreds(first),
            _ => Found::Several(kommuner),
        }
    }
}

/// `text` as it is compared: lower case, å for aa, without the word kommune and without signs.
fn folded(text: &str) -> String {
    let lower = text.trim().to_lowercase().replace("aa", "å").replace('-', " ");
    let words = lower.split_whitespace().filter(|word| *word != "kommune");
    words.collect::<Vec<_>>().join(" ")
}
