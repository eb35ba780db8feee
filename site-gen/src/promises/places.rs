//! Names many pages by one pattern: `{sprog}/{kreds}/` is the page of every kreds in every language, but those that are
//! named beside it.

use super::{Pages, Places};
use std::collections::BTreeMap;

/// What stands on every page, wherever it is.
pub(super) const EVERY_PAGE: &str = "alle sider";

const KREDS: &str = "{kreds}";
const LANGUAGE: &str = "{sprog}";

/// The kredse and languages that patterns stand for.
pub(super) struct Ground {
    pub(super) kredse: Vec<String>,
    pub(super) languages: Vec<String>,
}

/// The language of a page by its address.
pub(super) fn language<'a>(path: &str, mut languages: impl Iterator<Item = &'a str>) -> &'a str {
    let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    languages.find(|language| *language == first).unwrap_or("da")
}

impl Ground {
    /// The counts: those that every page has told once, those of most kredse by a pattern, and others by name.
    pub(super) fn fold(&self, mut counts: Places, pages: &Pages) -> Places {
        let everywhere = pages.iter().map(|page| counts.get(page).copied().unwrap_or(0)).min().unwrap_or(0);
        for page in pages {
            if let Some(count) = counts.get_mut(page) {
                *count -= everywhere;
            }
        }
        counts.retain(|_, count| *count > 0);
        for (pattern, own) in self.of_all_kredse(pages) {
            let Some(usual) = usual(own.iter().map(|page| counts.get(*page).copied().unwrap_or(0))) else { continue };
            for page in own {
                match counts.get(page).copied().unwrap_or(0) {
                    count if count == usual => counts.remove(page),
                    other => counts.insert(page.clone(), other),
                };
            }
            counts.insert(pattern, usual);
        }
        let mut folded = self.in_all_languages(&counts);
        if everywhere > 0 {
            folded.insert(EVERY_PAGE.to_owned(), everywhere);
        }
        folded
    }

    /// The counts of pages and files by name, as they were before they were folded.
    pub(super) fn unfold(&self, places: &Places) -> Places {
        // What is said of many is said otherwise of some.
        let (of_many, of_one): (Vec<_>, Vec<_>) = places.iter().partition(|(place, _)| place.contains(KREDS));
        let all = of_many.into_iter().chain(of_one);
        let named = all.flat_map(|(place, count)| self.names(place).into_iter().map(move |place| (place, *count)));
        let mut unfolded: Places = named.collect();
        unfolded.retain(|_, count| *count > 0);
        unfolded
    }

    /// Short names for pages: those of a pattern that are all there are named by it.
    pub(super) fn patterns(&self, pages: &Pages) -> Pages {
        let mut named: Places = pages.iter().map(|page| (page.clone(), 1)).collect();
        for (pattern, own) in self.of_all_kredse(pages) {
            named.retain(|page, _| !own.contains(&page));
            named.insert(pattern, 1);
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

/// The count that more than half of them are, if it is not nothing.
fn usual(counts: impl Iterator<Item = usize> + Clone) -> Option<usize> {
    let all = counts.clone().count();
    counts.clone().find(|usual| *usual > 0 && 2 * counts.clone().filter(|count| count == usual).count() > all)
}

/// The beginning of the addresses of a language.
fn prefix(language: &str) -> String {
    if language == "da" { String::new() } else { format!("/{language}") }
}
