//! The rule that leads a place to its kreds.

use super::Atlas;
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
pub enum PlaceFault {
    /// Neither kommune nor postcode.
    Nothing,
    /// A kommune code we do not know.
    UnknownKommune,
    /// Not a postcode, or one we do not know.
    UnknownPostcode,
    /// The postcode lies in several kommuner and none was chosen.
    SeveralKommuner(Postcode),
    /// The kommune's kreds is none of the postcode's kredse.
    Elsewhere {
        /// The chosen kommune.
        kommune: KommuneCode,
        /// The postcode that lies elsewhere.
        postcode: Postcode,
    },
}

impl Atlas {
    /// The place that a citizen told, by kommune, by postcode, or by both; empty texts count as not told.
    ///
    /// The kommune decides. A postcode alone is enough where it lies in one kommune; in several it is asked about.
    /// A postcode beside a kommune is only compared by kreds, since the lists of postcodes lag behind by a street
    /// or two at kommune borders, and a citizen who knows the kommune should not be stopped by that.
    pub fn locate(&self, kommune: &str, postcode: &str) -> Result<Place, PlaceFault> {
        let kommune = match kommune {
            "" => None,
            text => Some(
                KommuneCode::parse(text).ok().and_then(|code| self.kommune(&code)).ok_or(PlaceFault::UnknownKommune)?,
            ),
        };
        let area = match postcode {
            "" => None,
            text => Some(
                Postcode::parse(text)
                    .ok()
                    .and_then(|code| self.postal_area(&code))
                    .ok_or(PlaceFault::UnknownPostcode)?,
            ),
        };
        let chosen = match (kommune, area) {
            (None, None) => return Err(PlaceFault::Nothing),
            (Some(kommune), Some(area)) if !self.kredse_of(area).contains(&kommune.kreds) => {
                return Err(PlaceFault::Elsewhere { kommune: kommune.code.clone(), postcode: area.code.clone() });
            }
            (Some(kommune), _) => kommune,
            (None, Some(area)) => match area.kommuner.as_slice() {
                [only] => self.kommune(only).ok_or(PlaceFault::UnknownKommune)?,
                _ => return Err(PlaceFault::SeveralKommuner(area.code.clone())),
            },
        };
        Ok(Place {
            kommune: chosen.code.clone(),
            postcode: area.map(|area| area.code.clone()),
            kreds: chosen.kreds.clone(),
        })
    }
}
