//! What has changed from one set of promises to another, told to people.

use super::places::{self, Counts, Ground};
use super::{OfKreds, Pages, Places, Promises};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// One thing that is promised otherwise than before.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Change {
    /// What it is about, in Danish: `Telefonnummer`, `Frist`, `Kredsen fyn`.
    pub about: String,
    /// What was promised before; none if nothing was.
    pub before: Option<String>,
    /// What is promised now; none if nothing is.
    pub now: Option<String>,
    /// The pages and files that show it; those of many kredse or languages are one pattern. None where it is a fact.
    pub places: Vec<String>,
    /// How many pages and files they are.
    pub count: usize,
}

/// How many places are told by name.
const NAMED: usize = 8;

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { about, before, now, places, count } = self;
        match (before, now) {
            (Some(before), Some(now)) => write!(f, "{about}: {before} -> {now}")?,
            (None, Some(now)) => write!(f, "{about}: {now} er kommet til")?,
            (Some(before), None) => write!(f, "{about}: {before} er væk")?,
            (None, None) => f.write_str(about)?,
        }
        if places.is_empty() {
            return Ok(());
        }
        let noun = match (places.iter().all(|place| place.starts_with(['/', '{'])), count) {
            (true, 1) => "side",
            (true, _) => "sider",
            (false, 1) => "sted",
            (false, _) => "steder",
        };
        let called: Vec<String> = places.iter().take(NAMED).map(|place| places::called(place)).collect();
        // That it is on all pages says more than how many are told by name.
        if !called.iter().any(|place| place.starts_with("alle sider")) {
            write!(f, " på {count} {noun}:")?;
        } else {
            f.write_str(" på")?;
        }
        write!(f, " {}", called.join(", "))?;
        match places.len().saturating_sub(NAMED) {
            0 => Ok(()),
            more => write!(f, " og {more} andre"),
        }
    }
}

/// What has changed, sorted by what it is about.
#[must_use]
pub fn changes(before: &Promises, now: &Promises) -> Vec<Change> {
    let mut changes = Vec::new();
    let names: BTreeSet<&String> = before.kredse.keys().chain(now.kredse.keys()).collect();
    for name in names {
        let [old, new] = [before, now].map(|promises| promises.kredse.get(name).map(facts).unwrap_or_default());
        changes.extend(of_facts(&format!("Kredsen {name}"), &old, &new));
    }
    changes.extend(of_facts("Hele landet", &before.landet, &now.landet));
    let texts = |promises: &Promises| -> BTreeMap<String, String> {
        promises.forbehold.iter().map(|(language, text)| (language.clone(), format!("»{}«", text.tekst))).collect()
    };
    changes.extend(of_facts("Forbeholdet", &texts(before), &texts(now)));
    let grounds = (before.ground(), now.ground());
    let shown = |promises: &Promises| -> BTreeMap<String, Places> {
        promises.forbehold.iter().map(|(language, text)| (language.clone(), text.sider.clone())).collect()
    };
    changes.extend(of_places("Forbeholdet vises", &shown(before), &shown(now), &grounds));
    changes.extend(of_places("Telefonnummer", &before.numre, &now.numre, &grounds));
    changes.extend(of_places("Frist", &before.frister, &now.frister, &grounds));
    changes.extend(of_places("Maildomæne", &before.maildomaener, &now.maildomaener, &grounds));
    changes.sort();
    changes
}

/// The facts of a kreds by name.
fn facts(kreds: &OfKreds) -> BTreeMap<String, String> {
    let OfKreds { frist, opbevaring, telefon, postkasser } = kreds;
    let mailboxes = postkasser.iter().map(|(name, domain)| (format!("postkassen {name}"), domain.clone()));
    let facts = [("frist", frist), ("opbevaring", opbevaring)].map(|(name, value)| (name.to_owned(), value.clone()));
    let phone = telefon.iter().map(|phone| ("telefon".to_owned(), phone.clone()));
    facts.into_iter().chain(phone).chain(mailboxes).collect()
}

fn of_facts(about: &str, before: &BTreeMap<String, String>, now: &BTreeMap<String, String>) -> Vec<Change> {
    let names: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
    let changed = names.into_iter().filter(|name| before.get(*name) != now.get(*name));
    let change = |name: &String| Change {
        about: format!("{about}, {name}"),
        before: before.get(name).cloned(),
        now: now.get(name).cloned(),
        places: Vec::new(),
        count: 0,
    };
    changed.map(change).collect()
}

fn of_places(
    about: &str,
    before: &BTreeMap<String, Places>,
    now: &BTreeMap<String, Places>,
    (old_ground, ground): &(Ground, Ground),
) -> Vec<Change> {
    let nothing = Places::new();
    let values: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
    let counts: Vec<(&str, Counts<'_>, Counts<'_>)> = values
        .into_iter()
        .map(|value| {
            let old = old_ground.unfold(before.get(value).unwrap_or(&nothing));
            (value.as_str(), old, ground.unfold(now.get(value).unwrap_or(&nothing)))
        })
        .collect();
    let places: BTreeSet<&String> =
        counts.iter().flat_map(|(_, old, new)| old.named.keys().chain(new.named.keys())).collect();
    // By what is told, where.
    let mut told: BTreeMap<(Option<String>, Option<String>), Pages> = BTreeMap::new();
    for place in places {
        let values = counts.iter().map(|(value, old, new)| (*value, (old.of(place), new.of(place))));
        for change in of_place(&values.collect()) {
            told.entry(change).or_default().insert(place.clone());
        }
    }
    let change = |((before, now), places): ((Option<String>, Option<String>), Pages)| Change {
        about: about.to_owned(),
        before,
        now,
        count: places.len(),
        places: ground.patterns(&places).into_iter().collect(),
    };
    told.into_iter().map(change).collect()
}

/// What has changed at one place: a value that is gone is told together with one that came in its stead.
fn of_place(values: &BTreeMap<&str, (usize, usize)>) -> Vec<(Option<String>, Option<String>)> {
    let fewer: Vec<_> = values.iter().filter(|(_, (before, now))| before > now).collect();
    let more: Vec<_> = values.iter().filter(|(_, (before, now))| now > before).collect();
    if let ([(old, (before, left))], [(new, (had, now))]) = (fewer.as_slice(), more.as_slice())
        && before - left == now - had
    {
        return vec![(Some((**old).to_owned()), Some((**new).to_owned()))];
    }
    let told = |value: &str, before: usize, now: usize| match (before, now) {
        (0, _) => (None, Some(value.to_owned())),
        (_, 0) => (Some(value.to_owned()), None),
        (before, now) => (Some(times(value, before)), Some(times(value, now))),
    };
    fewer.into_iter().chain(more).map(|(value, (before, now))| told(value, *before, *now)).collect()
}

fn times(value: &str, count: usize) -> String {
    let noun = if count == 1 { "gang" } else { "gange" };
    format!("{value} ({count} {noun})")
}
