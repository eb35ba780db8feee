//! Kredse, kommuner and postcodes, and the rule that routes a request to its kreds.

mod abroad;
mod found;
mod names;
mod place;
mod proof;
mod spelling;

pub use found::{Candidate, PlaceMatch};
pub use place::{Place, PlaceFault};
pub use proof::BadAtlas;

use crate::alphabet::sort_key;
use crate::deadline::Deadline;
use crate::email::EmailAddress;
use crate::names::{FormId, KommuneCode, KredsSlug, Postcode};
use crate::phone::Phone;
use crate::retention::Retention;
use names::Names;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// A kreds: a police district.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kreds {
    /// The slug in its URLs.
    pub slug: KredsSlug,
    /// The code in the public geodata (DAGI), 1460 to 1471.
    pub code: u16,
    /// The full name: `Østjyllands Politi`.
    pub name: String,
    /// The town of the main station.
    pub main_station: String,
    /// The kreds's own number; `None` if no source states one. 114 reaches every kreds.
    pub phone: Option<Phone>,
    /// The mailbox that receives each form.
    pub mailboxes: BTreeMap<FormId, EmailAddress>,
    /// The address for mails that a mailbox refused permanently; never one of the mailboxes. Catalogs that predate the
    /// field get an address that refuses the mail again, a case that must be handled anyway.
    #[serde(default = "EmailAddress::nobody")]
    pub second_mailbox: EmailAddress,
    /// The mailbox of the leader, for notices of overdue calls; `None` means the kreds's own mailbox.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leader_mailbox: Option<EmailAddress>,
    /// The deadline that the kreds promises.
    pub deadline: Deadline,
    /// Days for which the kreds needs the answers after the last promised day.
    #[serde(default)]
    pub retention: Retention,
}

/// A kommune. Christiansø counts as one: it is not a kommune, but it has a code and residents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kommune {
    /// The four-digit code: `0751`.
    pub code: KommuneCode,
    /// The name: `Aarhus`.
    pub name: String,
    /// The kreds of the kommune; no kommune spans two kredse.
    pub kreds: KredsSlug,
}

/// A postcode and the kommuner with addresses in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostalArea {
    /// The postcode: `8370`.
    pub code: Postcode,
    /// The name of the town: `Hadsten`.
    pub name: String,
    /// The kommuner of the postcode, at least one.
    pub kommuner: Vec<KommuneCode>,
}

/// An alternative name of a place: an English, former or short name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherName {
    /// The name: `Copenhagen`.
    pub name: String,
    /// The kommuner that the name refers to, at least one.
    pub kommuner: Vec<KommuneCode>,
}

/// All kredse, kommuner and postcodes, validated for consistency.
///
/// Every kommune lies in a known kreds. Every kreds has a kommune, a mailbox for every form, and a second mailbox that
/// is none of these. Every postcode names only known kommuner. So an `Atlas` can route any known place.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "AtlasParts", into = "AtlasParts")]
pub struct Atlas {
    parts: AtlasParts,
    kredse: BTreeMap<KredsSlug, usize>,
    kommuner: BTreeMap<KommuneCode, usize>,
    postcodes: BTreeMap<Postcode, usize>,
    /// Built on the first lookup by name.
    names: OnceLock<Names>,
}

/// The parts of an [`Atlas`], before validation.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AtlasParts {
    /// The kredse, in display order.
    pub kredse: Vec<Kreds>,
    /// The kommuner, in display order.
    pub kommuner: Vec<Kommune>,
    /// The postcodes, in ascending order.
    pub postal_areas: Vec<PostalArea>,
    /// Alternative names, besides those of kommuner and postcodes. Empty in catalogs that predate the field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<OtherName>,
    /// The forms for which every kreds must have a mailbox.
    pub forms: Vec<FormId>,
}

impl Atlas {
    /// All kredse, in display order.
    #[must_use]
    pub fn kredse(&self) -> &[Kreds] {
        &self.parts.kredse
    }

    /// All kommuner, in display order.
    #[must_use]
    pub fn kommuner(&self) -> &[Kommune] {
        &self.parts.kommuner
    }

    /// All postcodes, in ascending order.
    #[must_use]
    pub fn postal_areas(&self) -> &[PostalArea] {
        &self.parts.postal_areas
    }

    /// The forms for which every kreds has a mailbox.
    #[must_use]
    pub fn forms(&self) -> &[FormId] {
        &self.parts.forms
    }

    /// Looks up a kreds by slug.
    #[must_use]
    pub fn kreds(&self, slug: &KredsSlug) -> Option<&Kreds> {
        self.kredse.get(slug).map(|&place| &self.parts.kredse[place])
    }

    /// Looks up a kommune by code.
    #[must_use]
    pub fn kommune(&self, code: &KommuneCode) -> Option<&Kommune> {
        self.kommuner.get(code).map(|&place| &self.parts.kommuner[place])
    }

    /// Looks up the area of a postcode.
    #[must_use]
    pub fn postal_area(&self, code: &Postcode) -> Option<&PostalArea> {
        self.postcodes.get(code).map(|&place| &self.parts.postal_areas[place])
    }

    fn names(&self) -> &Names {
        self.names.get_or_init(|| Names::new(&self.parts))
    }

    /// Iterates over the kommuner of a kreds.
    pub fn kommuner_of(&self, kreds: &KredsSlug) -> impl Iterator<Item = &Kommune> {
        self.parts.kommuner.iter().filter(move |kommune| kommune.kreds == *kreds)
    }

    /// Returns the names of the kommuner of a kreds, in alphabetical order.
    #[must_use]
    pub fn kommune_names(&self, kreds: &KredsSlug) -> Vec<&str> {
        let mut names: Vec<&str> = self.kommuner_of(kreds).map(|kommune| kommune.name.as_str()).collect();
        names.sort_by_key(|name| sort_key(name));
        names
    }

    /// Returns the kredse that a postcode lies in.
    pub fn kredse_of(&self, area: &PostalArea) -> BTreeSet<&KredsSlug> {
        area.kommuner.iter().filter_map(|code| self.kommune(code)).map(|kommune| &kommune.kreds).collect()
    }
}

impl From<Atlas> for AtlasParts {
    fn from(atlas: Atlas) -> Self {
        atlas.parts
    }
}

#[cfg(test)]
mod tests;
