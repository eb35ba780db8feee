//! Validation of the parts of an atlas.

use super::{Atlas, AtlasParts};
use crate::all_faults;
use crate::names::{FormId, KommuneCode, KredsSlug, Postcode};
use std::collections::BTreeMap;
use std::sync::OnceLock;
use thiserror::Error;

/// Validation error of [`AtlasParts`].
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BadAtlas {
    /// Two entries share a code or slug.
    #[error("{0} stands twice")]
    Twice(String),
    /// A kommune lies in an unknown kreds.
    #[error("kommune {kommune} lies in kreds {kreds}, which does not exist")]
    NoSuchKreds {
        /// The code of the kommune.
        kommune: KommuneCode,
        /// The unknown kreds.
        kreds: KredsSlug,
    },
    /// A postcode names an unknown kommune, or none.
    #[error("postcode {postcode} names {kommune}, which does not exist")]
    NoSuchKommune {
        /// The postcode.
        postcode: Postcode,
        /// The unknown kommune, or `no kommune`.
        kommune: String,
    },
    /// An alternative name refers to an unknown kommune, or to none.
    #[error("the name {name} names {kommune}, which does not exist")]
    NoSuchKommuneOfName {
        /// The name.
        name: String,
        /// The unknown kommune, or `no kommune`.
        kommune: String,
    },
    /// A kreds has no kommune, so no place leads to it.
    #[error("kreds {0} has no kommune")]
    EmptyKreds(KredsSlug),
    /// A kreds lacks a mailbox for a form.
    #[error("kreds {kreds} has no mailbox for {form}")]
    NoMailbox {
        /// The kreds.
        kreds: KredsSlug,
        /// The form.
        form: FormId,
    },
    /// The second mailbox of a kreds is also one of the mailboxes that it backs up.
    #[error("the second mailbox of kreds {0} must be none of its mailboxes")]
    SecondMailbox(KredsSlug),
}

impl Atlas {
    /// Validates the parts and returns all errors.
    pub fn new(parts: AtlasParts) -> Result<Self, Vec<BadAtlas>> {
        let mut faults = Vec::new();
        let kredse = index(parts.kredse.iter().map(|kreds| &kreds.slug), &mut faults);
        let kommuner = index(parts.kommuner.iter().map(|kommune| &kommune.code), &mut faults);
        let postcodes = index(parts.postal_areas.iter().map(|area| &area.code), &mut faults);
        for kommune in parts.kommuner.iter().filter(|kommune| !kredse.contains_key(&kommune.kreds)) {
            faults.push(BadAtlas::NoSuchKreds { kommune: kommune.code.clone(), kreds: kommune.kreds.clone() });
        }
        let unknown = |codes: &[KommuneCode]| {
            let unknown = codes.iter().filter(|code| !kommuner.contains_key(*code)).map(ToString::to_string);
            unknown.chain(codes.is_empty().then(|| "no kommune".to_owned())).collect::<Vec<_>>()
        };
        for area in &parts.postal_areas {
            let unknown = unknown(&area.kommuner).into_iter();
            faults.extend(unknown.map(|kommune| BadAtlas::NoSuchKommune { postcode: area.code.clone(), kommune }));
        }
        for other in &parts.names {
            let unknown = unknown(&other.kommuner).into_iter();
            faults.extend(unknown.map(|kommune| BadAtlas::NoSuchKommuneOfName { name: other.name.clone(), kommune }));
        }
        for kreds in &parts.kredse {
            if !parts.kommuner.iter().any(|kommune| kommune.kreds == kreds.slug) {
                faults.push(BadAtlas::EmptyKreds(kreds.slug.clone()));
            }
            for form in parts.forms.iter().filter(|form| !kreds.mailboxes.contains_key(*form)) {
                faults.push(BadAtlas::NoMailbox { kreds: kreds.slug.clone(), form: form.clone() });
            }
            if kreds.mailboxes.values().any(|mailbox| mailbox.is_same(&kreds.second_mailbox)) {
                faults.push(BadAtlas::SecondMailbox(kreds.slug.clone()));
            }
        }
        if faults.is_empty() {
            Ok(Self { parts, kredse, kommuner, postcodes, names: OnceLock::new() })
        } else {
            Err(faults)
        }
    }
}

fn index<'a, K: Ord + Clone + ToString + 'a>(
    keys: impl Iterator<Item = &'a K>,
    faults: &mut Vec<BadAtlas>,
) -> BTreeMap<K, usize> {
    let mut index = BTreeMap::new();
    for (place, key) in keys.enumerate() {
        if index.insert(key.clone(), place).is_some() {
            faults.push(BadAtlas::Twice(key.to_string()));
        }
    }
    index
}

impl TryFrom<AtlasParts> for Atlas {
    type Error = String;
    fn try_from(parts: AtlasParts) -> Result<Self, String> {
        Self::new(parts).map_err(|faults| all_faults(&faults))
    }
}
