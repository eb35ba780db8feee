//! Where a place belongs: kredse, kommuner and postcodes, and the rule that leads a request to its kreds.

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

/// A police district.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kreds {
    /// Its place in addresses.
    pub slug: KredsSlug,
    /// Its code in the public geodata (DAGI), 1460 to 1471.
    pub code: u16,
    /// `Østjyllands Politi`.
    pub name: String,
    /// The town of the main station.
    pub main_station: String,
    /// The district's own number, where a source states one; 114 reaches every district.
    pub phone: Option<Phone>,
    /// The mailbox that receives each form.
    pub mailboxes: BTreeMap<FormId, EmailAddress>,
    /// Where a mail goes that a mailbox refused for good; none of the mailboxes. Catalogs from before there was one have
    /// an address that refuses the mail again, which is a case that must be handled anyway.
    #[serde(default = "EmailAddress::nobody")]
    pub second_mailbox: EmailAddress,
    /// Where its leader reads of calls that are overdue; its own mailbox if there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leader_mailbox: Option<EmailAddress>,
    /// The deadline that the district promises.
    pub deadline: Deadline,
    /// Time the district needs the answers after that.
    #[serde(default)]
    pub retention: Retention,
}

/// A kommune, or Christiansø, which is none but has a code and residents all the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kommune {
    /// `0751`.
    pub code: KommuneCode,
    /// `Aarhus`.
    pub name: String,
    /// The kreds that it belongs to; a kommune lies wholly in one.
    pub kreds: KredsSlug,
}

/// A postcode and the kommuner that have addresses with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostalArea {
    /// `8370`.
    pub code: Postcode,
    /// `Hadsten`.
    pub name: String,
    /// At least one.
    pub kommuner: Vec<KommuneCode>,
}

/// Another name of a place: its English, former or short name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherName {
    /// `Copenhagen`.
    pub name: String,
    /// At least one.
    pub kommuner: Vec<KommuneCode>,
}

/// All kredse, kommuner and postcodes, which fit together.
///
/// Every kommune lies in a kreds that exists, every kreds has a kommune, a mailbox for every form and another one beside
/// them, and every postcode names only kommuner that exist. So whoever has an `Atlas` can route any known place.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "AtlasParts", into = "AtlasParts")]
pub struct Atlas {
    parts: AtlasParts,
    kredse: BTreeMap<KredsSlug, usize>,
    kommuner: BTreeMap<KommuneCode, usize>,
    postcodes: BTreeMap<Postcode, usize>,
    /// Made when a name is first asked for.
    names: OnceLock<Names>,
}

/// The parts of an [`Atlas`], not yet validated.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AtlasParts {
    /// In the order they are shown.
    pub kredse: Vec<Kreds>,
    /// In the order they are shown.
    pub kommuner: Vec<Kommune>,
    /// By code.
    pub postal_areas: Vec<PostalArea>,
    /// Beside those of kommuner and postcodes; a catalog from before there were any has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<OtherName>,
    /// The forms that every kreds must have a mailbox for.
    pub forms: Vec<FormId>,
}

impl Atlas {
    /// The kredse in the order they are shown.
    #[must_use]
    pub fn kredse(&self) -> &[Kreds] {
        &self.parts.kredse
    }

    /// The kommuner in the order they are shown.
    #[must_use]
    pub fn kommuner(&self) -> &[Kommune] {
        &self.parts.kommuner
    }

    /// The postcodes in order.
    #[must_use]
    pub fn postal_areas(&self) -> &[PostalArea] {
        &self.parts.postal_areas
    }

    /// The forms that every kreds has a mailbox for.
    #[must_use]
    pub fn forms(&self) -> &[FormId] {
        &self.parts.forms
    }

    /// The kreds with this slug.
    #[must_use]
    pub fn kreds(&self, slug: &KredsSlug) -> Option<&Kreds> {
        self.kredse.get(slug).map(|&place| &self.parts.kredse[place])
    }

    /// The kommune with this code.
    #[must_use]
    pub fn kommune(&self, code: &KommuneCode) -> Option<&Kommune> {
        self.kommuner.get(code).map(|&place| &self.parts.kommuner[place])
    }

    /// The postcode's area.
    #[must_use]
    pub fn postal_area(&self, code: &Postcode) -> Option<&PostalArea> {
        self.postcodes.get(code).map(|&place| &self.parts.postal_areas[place])
    }

    fn names(&self) -> &Names {
        self.names.get_or_init(|| Names::new(&self.parts))
    }

    /// The kommuner of one kreds.
    pub fn kommuner_of(&self, kreds: &KredsSlug) -> impl Iterator<Item = &Kommune> {
        self.parts.kommuner.iter().filter(move |kommune| kommune.kreds == *kreds)
    }

    /// The names of the kommuner of one kreds, in alphabetical order.
    #[must_use]
    pub fn kommune_names(&self, kreds: &KredsSlug) -> Vec<&str> {
        let mut names: Vec<&str> = self.kommuner_of(kreds).map(|kommune| kommune.name.as_str()).collect();
        names.sort_by_key(|name| sort_key(name));
        names
    }

    /// The kredse that a postcode lies in.
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
