//! Names many pages by one pattern.
//!
//! `{sprog}/{kreds}/` is the page of every kreds in every language, but those that are named beside it; `/*` is every page
//! that is not named.

use super::{Pages, Places};
use std::collections::BTreeMap;

const KREDS: &str = "{kreds}";
const LANGUAGE: &str = "{sprog}";

/// What every page of a language has in its frame, one that is not named beside it too.
const EVERY: &str = "/*";

/// Of ten pages, how many have what stands in their frame. All do, but for the one that a change has hit.
const IN_FRAME: usize = 9;

/// The kredse and languages that patterns stand for.
pub(super) struct Ground {
    pub(super) kredse: Vec<String>,
    pub(super) languages: Vec<String>,
}

impl Ground {
    /// The counts: those of the frame told once, those of most kredse by a pattern, and others by name.
    pub(super) fn fold(&self, counts: &Places, pages: &Pages) -> Places {
        let count = |page: &String| counts.get(page).copied().unwrap_or(0);
        let mut folded: Places = counts
            .iter()
            .filter(|(place, _)| !place.starts_with('/'))
            .map(|(place, count)| (place.clone(), *count))
            .collect();
        let mut expected = Places::new();
        for language in &self.languages {
            let own: Vec<&String> = pages.iter().filter(|page| self.split(page).0 == Some(language)).collect();
            let most = own.iter().map(|page| count(page)).max().unwrap_or(0);
            let is_in_frame =
                |number: &usize| 10 * own.iter().filter(|page| count(page) >= *number).count() >= IN_FRAME * own.len();
            let in_frame = (1..=most).rev().find(is_in_frame).unwrap_or(0);
            if in_frame > 0 {
                folded.insert(format!("{}{EVERY}", prefix(language)), in_frame);
            }
            expected.extend(own.into_iter().map(|page| (page.clone(), in_frame)));
        }
        for (pattern, own) in self.of_all_kredse(pages) {
            let Some(usual) = usual(&own.iter().map(|page| count(page)).collect::<Vec<_>>()) else { continue };
            let is_told = own.iter().all(|page| expected.get(*page) == Some(&usual));
            if !is_told {
                folded.insert(pattern, usual);
                expected.extend(own.into_iter().map(|page| (page.clone(), usual)));
            }
        }
        let others = pages.iter().filter(|page| expected.get(*page) != Some(&count(page)));
        folded.extend(others.map(|page| (page.clone(), count(page))));
        self.in_all_languages(&folded)
    }

    /// The counts by page and file, what is said of many said of each; of a page that is not among them,
    /// [`Counts::of`] knows too.
    pub(super) fn unfold<'g>(&'g self, places: &Places) -> Counts<'g> {
        // What is said of many is said otherwise of some.
        let (of_many, of_one): (Vec<_>, Vec<_>) = places.iter().partition(|(place, _)| place.contains(KREDS));
        let all = of_many.into_iter().chain(of_one);
        let named = all.flat_map(|(place, count)| self.names(place).into_iter().map(move |place| (place, *count)));
        Counts { ground: self, named: named.collect() }
    }

    /// Short names for places: those of a pattern that are all there are named by it, and `/*` stands for all pages.
    pub(super) fn patterns(&self, places: &Pages) -> Pages {
        let mut named: Places = places.iter().map(|place| (place.clone(), 1)).collect();
        for (pattern, own) in self.of_all_kredse(places) {
            named.retain(|page, _| !own.contains(&page));
            named.insert(pattern, 1);
        }
        for language in &self.languages {
            let every = format!("{}{EVERY}", prefix(language));
            if places.contains(&every) {
                named.retain(|page, _| *page == every || self.split(page).0 != Some(language));
            }
        }
        self.in_all_languages(&named).into_keys().collect()
    }

    /// Each pattern of which every kreds has a page, and these pages.
    fn of_all_kredse<'p>(&self, pages: &'p Pages) -> BTreeMap<String, Vec<&'p String>> {
        let mut patterns: BTreeMap<String, Vec<&String>> = BTreeMap::new();
        for page in pages.iter().filter(|page| self.split(page).1.is_some()) {
            patterns.entry(self.with(page, None, Some(KREDS))).or_default().push(page);
        }
        patterns.retain(|_, pages| pages.len() > 1 && pages.len() == self.kredse.len());
        patterns
    }

    /// Where there are equal counts in every language, one name for them.
    fn in_all_languages(&self, counts: &Places) -> Places {
        let is_in_all = |page: &str, count: usize| {
            let twin = |language: &String| counts.get(&self.with(page, Some(language), None)) == Some(&count);
            page.starts_with('/') && self.languages.len() > 1 && self.languages.iter().all(twin)
        };
        let named = |(page, count): (&String, &usize)| {
            let page = if is_in_all(page, *count) { self.with(page, Some(LANGUAGE), None) } else { page.clone() };
            (page, *count)
        };
        counts.iter().map(named).collect()
    }

    /// The pages that a pattern stands for.
    fn names(&self, pattern: &str) -> Vec<String> {
        let languages: Vec<String> = match pattern.strip_prefix(LANGUAGE) {
            Some(rest) => self.languages.iter().map(|language| format!("{}{rest}", prefix(language))).collect(),
            None => vec![pattern.to_owned()],
        };
        if !pattern.contains(KREDS) {
            return languages;
        }
        let of_all = |page: &String| self.kredse.iter().map(|kreds| page.replacen(KREDS, kreds, 1)).collect::<Vec<_>>();
        languages.iter().flat_map(of_all).collect()
    }

    /// The language and the kreds of a page or pattern.
    fn split<'p>(&'p self, page: &'p str) -> (Option<&'p str>, Option<&'p str>) {
        if !page.starts_with('/') {
            return (None, None);
        }
        let mut parts = page[1..].split('/').peekable();
        let other = parts.next_if(|first| self.languages.iter().any(|language| language == first && language != "da"));
        let kreds = parts.next().filter(|part| self.kredse.iter().any(|kreds| kreds == part));
        (Some(other.unwrap_or("da")), kreds)
    }

    /// The page with another language or kreds.
    fn with(&self, page: &str, language: Option<&str>, kreds: Option<&str>) -> String {
        let (old_language, old_kreds) = self.split(page);
        let rest = page.strip_prefix(&prefix(old_language.unwrap_or("da"))).unwrap_or(page);
        let rest = match (old_kreds, kreds) {
            (Some(old), Some(new)) => rest.replacen(old, new, 1),
            _ => rest.to_owned(),
        };
        let prefix = match language.or(old_language) {
            Some(LANGUAGE) => LANGUAGE.to_owned(),
            Some(language) => prefix(language),
            None => String::new(),
        };
        format!("{prefix}{rest}")
    }
}

/// Counts by page and file.
pub(super) struct Counts<'g> {
    ground: &'g Ground,
    /// Those that are named.
    pub(super) named: Places,
}

impl Counts<'_> {
    /// The count of a page or file.
    pub(super) fn of(&self, place: &str) -> usize {
        let in_frame = || {
            let language = self.ground.split(place).0?;
            self.named.get(&format!("{}{EVERY}", prefix(language)))
        };
        self.named.get(place).or_else(in_frame).copied().unwrap_or(0)
    }
}

/// How a place is called in a sentence.
pub(super) fn called(place: &str) -> String {
    match place.strip_suffix(EVERY) {
        Some(LANGUAGE) => "alle sider".to_owned(),
        Some("") => "alle sider på dansk".to_owned(),
        Some(language) => format!("alle sider under {language}/"),
        None => place.to_owned(),
    }
}

/// The count that more than half of them are, if it is not nothing.
fn usual(counts: &[usize]) -> Option<usize> {
    let is_usual =
        |usual: &&usize| **usual > 0 && 2 * counts.iter().filter(|count| count == usual).count() > counts.len();
    counts.iter().find(is_usual).copied()
}

/// The beginning of the addresses of a language.
fn prefix(language: &str) -> String {
    if language == "da" { String::new() } else { format!("/{language}") }
}
