//! An index of all place names in comparable form.

use super::spelling::{bare, keys, without_part, words};
use super::{Atlas, AtlasParts, Candidate};
use crate::edit::one_edit;

/// All distinct names in an atlas.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Names(Vec<Name>);

#[derive(Clone, PartialEq, Eq)]
struct Name {
    /// The name in comparable form.
    key: String,
    /// The key without its qualifier: `nykoebing` of `nykoebing f`.
    base: Option<String>,
    of: Of,
}

/// The bearer of a name, by index in the atlas.
#[derive(Clone, PartialEq, Eq)]
enum Of {
    Kommune(usize),
    /// An alternative name of one or more kommuner.
    Other(usize),
    /// A town, with all its postcodes.
    Town(Vec<usize>),
    /// The region that a kreds is named after: `nordsjaelland`.
    Region(usize),
}

/// Shortest name to match with a typo: shorter ones are one edit from too many others.
const SHORTEST: usize = 4;

/// Words that accompany the name of a kommune or kreds.
const TITLES: &[&str] = &["kommune", "kommunen", "kommunes", "municipality", "regionskommune", "politi", "politikreds"];

impl Names {
    pub(super) fn new(parts: &AtlasParts) -> Self {
        let mut names: Vec<Name> = Vec::new();
        let name = |name: &str, of: Of| {
            let (key, base) = keys(&words(name));
            Name { key, base, of }
        };
        names.extend(parts.kommuner.iter().enumerate().map(|(at, kommune)| name(&kommune.name, Of::Kommune(at))));
        names.extend(parts.names.iter().enumerate().map(|(at, other)| name(&other.name, Of::Other(at))));
        // Streets in København have postcodes of their own under one name, in adjacent rows.
        let mut before = "";
        for (at, area) in parts.postal_areas.iter().enumerate() {
            match names.last_mut() {
                Some(Name { of: Of::Town(areas), .. }) if before == area.name => areas.push(at),
                _ => names.push(name(&area.name, Of::Town(vec![at]))),
            }
            before = &area.name;
        }
        for (at, kreds) in parts.kredse.iter().enumerate() {
            let region = kreds.name.strip_suffix(" Politi").unwrap_or(&kreds.name);
            names.extend([Some(region), region.strip_suffix('s')].into_iter().flatten().map(|region| Name {
                key: words(region).join(" "),
                base: None,
                of: Of::Region(at),
            }));
        }
        Self(names)
    }

    /// Finds the places with exactly this name. A kommune takes precedence over a town, a town over towns with a
    /// qualifier, these over a region, and an exact spelling over one without æ, ø and å.
    pub(super) fn exactly<'a>(&self, atlas: &'a Atlas, words: &[String]) -> Option<Vec<Candidate<'a>>> {
        let is_title = |word: &str| TITLES.contains(&word);
        let plain: Vec<String> = words.iter().filter(|word| !is_title(word)).cloned().collect();
        let (key, base) = keys(&plain);
        if key.is_empty() {
            return None;
        }
        // `Københavns Kommune`
        let genitive = key.strip_suffix('s').filter(|_| plain.len() < words.len());
        let found = [str::to_owned as fn(&str) -> String, bare].into_iter().find_map(|spelled| {
            let wanted = spelled(&key);
            let genitive = genitive.map(spelled);
            let of = |is: &dyn Fn(&Name) -> bool| {
                let named = self.0.iter().filter(|name| is(name)).flat_map(|name| name.candidates(atlas));
                Some(merged(named.collect())).filter(|found| !found.is_empty())
            };
            of(&|name| {
                matches!(name.of, Of::Kommune(_))
                    && [Some(&wanted), genitive.as_ref()].contains(&Some(&spelled(&name.key)))
            })
            .or_else(|| of(&|name| matches!(name.of, Of::Other(_)) && spelled(&name.key) == wanted))
            .or_else(|| {
                let towns = of(&|name| matches!(name.of, Of::Town(_)) && spelled(&name.key) == wanted)?;
                Some(of_their_kommune(&towns, base.as_deref()))
            })
            .or_else(|| of(&|name| name.base.as_deref().map(spelled).as_ref() == Some(&wanted)))
            .or_else(|| of(&|name| matches!(name.of, Of::Region(_)) && spelled(&name.key) == wanted))
        });
        // `Herning C` and `Copenhagen N` name no postcode, but a part of a town that lies in the one kommune of that
        // name.
        let town = |key| {
            let kommune = |name: &&Name| matches!(name.of, Of::Kommune(_) | Of::Other(_)) && name.key == key;
            let of = self.0.iter().find(kommune)?.candidates(atlas);
            (of.len() == 1).then_some(of)
        };
        let found = found.or_else(|| without_part(&key).and_then(town));
        // `Hadsten by`
        found.or_else(|| match plain.as_slice() {
            [first @ .., last] if last == "by" && !first.is_empty() => self.exactly(atlas, first),
            _ => None,
        })
    }

    /// Finds the places whose names are one edit from these words; failing that, the places named by some of the words.
    pub(super) fn nearly<'a>(&self, atlas: &'a Atlas, words: &[String]) -> Vec<Candidate<'a>> {
        let (key, _) = keys(words);
        let key: Vec<char> = key.chars().collect();
        let is_slip =
            |name: &String| name.len() >= SHORTEST && one_edit(&name.chars().collect::<Vec<_>>(), &key).is_some();
        let is_near = |name: &&Name| is_slip(&name.key) || name.base.as_ref().is_some_and(is_slip);
        let near: Vec<Candidate<'_>> = self.0.iter().filter(is_near).flat_map(|name| name.candidates(atlas)).collect();
        if !near.is_empty() {
            return near;
        }
        let some = (0..words.len()).flat_map(|from| [3, 2, 1].map(|count| words.get(from..from + count)));
        let some = some.flatten().filter(|some| some.len() < words.len() && some.concat().len() >= SHORTEST);
        some.filter_map(|some| self.exactly(atlas, some)).flatten().collect()
    }
}

impl Name {
    fn candidates<'a>(&self, atlas: &'a Atlas) -> Vec<Candidate<'a>> {
        let of_kommune = |kommune| Candidate { kommune, area: None };
        match &self.of {
            Of::Kommune(at) => atlas.kommuner().get(*at).map(of_kommune).into_iter().collect(),
            Of::Other(at) => {
                let codes = atlas.parts.names.get(*at).into_iter().flat_map(|other| &other.kommuner);
                codes.filter_map(|code| atlas.kommune(code)).map(of_kommune).collect()
            }
            Of::Town(areas) => {
                let areas = areas.iter().filter_map(|at| atlas.postal_areas().get(*at));
                areas.flat_map(|area| atlas.in_area(area)).collect()
            }
            Of::Region(at) => {
                let kredse = atlas.kredse().get(*at).into_iter();
                kredse.flat_map(|kreds| atlas.kommuner_of(&kreds.slug)).map(of_kommune).collect()
            }
        }
    }
}

/// A town named after a kommune that it lies in belongs to that kommune: `København N`, `Frederiksberg C`.
fn of_their_kommune<'a>(towns: &[Candidate<'a>], base: Option<&str>) -> Vec<Candidate<'a>> {
    let own = towns.iter().find(|town| Some(keys(&words(&town.kommune.name)).0.as_str()) == base);
    own.map_or_else(|| towns.to_vec(), |own| vec![*own])
}

/// Removes duplicate kommuner. One that occurs with several postcodes keeps none of them.
pub(super) fn merged(all: Vec<Candidate<'_>>) -> Vec<Candidate<'_>> {
    let mut merged: Vec<Candidate<'_>> = Vec::new();
    for one in all {
        match merged.iter_mut().find(|known| known.kommune == one.kommune) {
            Some(known) if known.area != one.area => known.area = None,
            Some(_) => {}
            None => merged.push(one),
        }
    }
    merged
}
