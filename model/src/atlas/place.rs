//! The rule that routes a place to its kreds.

use super::{Atlas, Candidate, Kommune, PlaceMatch, PostalArea};
use crate::names::{KommuneCode, KredsSlug, Postcode};

/// A place that was found, with its kommune and kreds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The kommune, as chosen or as implied by the place.
    pub kommune: KommuneCode,
    /// The postcode; `None` if the citizen gave none.
    pub postcode: Option<Postcode>,
    /// The responsible kreds.
    pub kreds: KredsSlug,
}

/// An error in finding a place. Each one leads to a question to the citizen, never to a guess.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlaceFault<'a> {
    /// Nothing was typed.
    Nothing,
    /// An unknown kommune was chosen.
    UnknownKommune,
    /// The typed place is unknown.
    Unknown,
    /// The typed place is unknown, but its name is similar to these.
    Similar(Vec<Candidate<'a>>),
    /// The place lies in several kommuner or shares its name with others, and no kommune was chosen.
    Several(Vec<Candidate<'a>>),
    /// The place and the chosen kommune lie in different kredse.
    Elsewhere {
        /// The typed place.
        place: Candidate<'a>,
        /// The chosen kommune.
        kommune: &'a Kommune,
    },
}

impl Atlas {
    /// Locates a typed place, with the kommune chosen beside it. Either text may be empty.
    ///
    /// The chosen kommune decides. The typed place must only lie in the same kreds: postcode lists lag behind by a
    /// street or two at kommune borders, and that must not stop a citizen who knows the kommune.
    pub fn locate(&self, kommune: &str, typed: &str) -> Result<Place, PlaceFault<'_>> {
        let chosen = match kommune.trim() {
            "" => None,
            text => Some(self.chosen(text).ok_or(PlaceFault::UnknownKommune)?),
        };
        if typed.trim().is_empty() {
            let chosen = chosen.ok_or(PlaceFault::Nothing)?;
            return Ok(place(chosen, None));
        }
        let found = self.find(typed);
        let Some(chosen) = chosen else { return certain(found) };
        let candidates = found.candidates();
        let Some(first) = candidates.first() else { return Err(PlaceFault::Unknown) };
        match candidates.iter().find(|one| one.kommune == chosen) {
            Some(one) => Ok(place(chosen, one.area)),
            None if !found.is_certain() => certain(found),
            None if candidates.iter().any(|one| one.kommune.kreds == chosen.kreds) => {
                Ok(place(chosen, found.shared_area()))
            }
            None => Err(PlaceFault::Elsewhere { place: *first, kommune: chosen }),
        }
    }

    /// Looks up a kommune by its code, or by its name as listed.
    fn chosen(&self, text: &str) -> Option<&Kommune> {
        let by_code = KommuneCode::parse(text).ok().and_then(|code| self.kommune(&code));
        by_code.or_else(|| self.kommuner().iter().find(|kommune| kommune.name.eq_ignore_ascii_case(text)))
    }
}

fn certain(found: PlaceMatch<'_>) -> Result<Place, PlaceFault<'_>> {
    match found {
        PlaceMatch::One(one) => Ok(place(one.kommune, one.area)),
        PlaceMatch::Several(all) => Err(PlaceFault::Several(all)),
        PlaceMatch::Similar(all) => Err(PlaceFault::Similar(all)),
        PlaceMatch::Conflict(all) => match all.as_slice() {
            [place, .., other] => Err(PlaceFault::Elsewhere { place: *place, kommune: other.kommune }),
            _ => Err(PlaceFault::Unknown),
        },
        PlaceMatch::Nothing => Err(PlaceFault::Unknown),
    }
}

fn place(kommune: &Kommune, area: Option<&PostalArea>) -> Place {
    Place { kommune: kommune.code.clone(), postcode: area.map(|area| area.code.clone()), kreds: kommune.kreds.clone() }
}
