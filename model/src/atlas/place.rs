//! The rule that leads a place to its kreds.

use super::{Atlas, Candidate, Kommune, PlaceMatch, PostalArea};
use crate::names::{KommuneCode, KredsSlug, Postcode};

/// A place that was found: its kommune, and so its kreds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The kommune, given or the only one of the postcode.
    pub kommune: KommuneCode,
    /// The postcode, if one was given.
    pub postcode: Option<Postcode>,
    /// The kreds that is responsible.
    pub kreds: KredsSlug,
}

/// Why a place could not be found; each is something to ask the citizen about, never something to guess.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlaceFault<'a> {
    /// Nothing was typed.
    Nothing,
    /// A kommune we do not know.
    UnknownKommune,
    /// A place we do not know.
    Unknown,
    /// A place that is nearly written as these.
    Similar(Vec<Candidate<'a>>),
    /// The place lies in several kommuner, or several have its name, and none was chosen.
    Several(Vec<Candidate<'a>>),
    /// The place and the kommune beside it lie in different kredse.
    Elsewhere {
        /// The place as typed.
        place: Candidate<'a>,
        /// The kommune beside it.
        kommune: &'a Kommune,
    },
}

impl Atlas {
    /// The place that a citizen names: in words or by postcode, and by a kommune chosen beside it. Empty texts name
    /// nothing.
    ///
    /// The chosen kommune decides. The typed place is only compared with it by kreds, since the lists of postcodes lag
    /// behind by a street or two at kommune borders, and a citizen who knows the kommune should not be stopped by that.
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

    /// A kommune by its code, or by its name as a list shows it.
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
