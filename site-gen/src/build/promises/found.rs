//! Finds telephone numbers, deadlines and mail domains in lines of text.

use super::{Pages, Places};
use crate::check::promised::spans;
use regex_lite::{Match, Regex};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What was found, and how often on each page and in each file.
#[derive(Default)]
pub(super) struct Found {
    /// The pages that were looked at.
    pub(super) pages: Pages,
    pub(super) numbers: BTreeMap<String, Places>,
    pub(super) deadlines: BTreeMap<String, Places>,
    pub(super) domains: BTreeMap<String, Places>,
    /// By language.
    pub(super) no_guarantee: BTreeMap<String, Places>,
}

/// What stands in one text, and how often.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct InText {
    pub(super) numbers: Places,
    pub(super) deadlines: Places,
    pub(super) domains: Places,
}

impl Found {
    /// Adds what stands on one page or in one file.
    pub(super) fn add(&mut self, place: &str, text: &InText) {
        let kinds = [
            (&mut self.numbers, &text.numbers),
            (&mut self.deadlines, &text.deadlines),
            (&mut self.domains, &text.domains),
        ];
        for (all, found) in kinds {
            for (value, count) in found {
                all.entry(value.clone()).or_default().insert(place.to_owned(), *count);
            }
        }
    }

    /// Adds what was found at another time: of each page, what stands there most often.
    pub(super) fn at_most_as_often(&mut self, other: &Self) {
        self.pages.extend(other.pages.iter().cloned());
        let kinds = [
            (&mut self.numbers, &other.numbers),
            (&mut self.deadlines, &other.deadlines),
            (&mut self.domains, &other.domains),
            (&mut self.no_guarantee, &other.no_guarantee),
        ];
        for (all, found) in kinds {
            for (value, places) in found {
                let known = all.entry(value.clone()).or_default();
                for (place, count) in places {
                    let most = known.entry(place.clone()).or_default();
                    *most = (*most).max(*count);
                }
            }
        }
    }
}

static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    // What may stand between digits; spaces of all kinds are one by now.
    const BETWEEN: &str = "[ .\u{2011}-]";
    let foreign = format!(r"(?:\+|00)[1-9](?:{BETWEEN}?[0-9]){{6,13}}");
    let danish = format!(r"(?:(?:\+|00)45{BETWEEN}?)?[2-9](?:{BETWEEN}?[0-9]){{7}}");
    Regex::new(&format!("{danish}|{foreign}|116{BETWEEN}?[0-9]{{3}}|11[0-9]")).ok()
});

static DOMAIN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[a-z0-9._%+\-]@([a-z0-9.\-]+\.[a-z]{2,})").ok());

/// What stands in the lines of a text.
pub(super) fn in_lines<'l>(lines: impl Iterator<Item = &'l str>) -> InText {
    let mut found = InText::default();
    let mut count =
        |kind: fn(&mut InText) -> &mut Places, value: String| *kind(&mut found).entry(value).or_default() += 1;
    for line in lines {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        for number in NUMBER.iter().flat_map(|pattern| pattern.find_iter(&line)).filter(|found| is_number(&line, found))
        {
            count(|found| &mut found.numbers, shown(number.as_str()));
        }
        for deadline in spans::spans(&line) {
            count(|found| &mut found.deadlines, deadline);
        }
        for domain in DOMAIN.iter().flat_map(|pattern| pattern.captures_iter(&line)).filter_map(|found| found.get(1)) {
            count(|found| &mut found.domains, domain.as_str().to_owned());
        }
    }
    found
}

/// Whether the digits are a number of their own, and not part of a longer one, of a word, of an amount or of two years.
fn is_number(line: &str, found: &Match<'_>) -> bool {
    let (before, after) = (&line[..found.start()], &line[found.end()..]);
    let touches = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let mut earlier = before.chars().rev();
    let mut later = after.chars();
    let is_part = |first: Option<char>, second: Option<char>| {
        touches(first) || (first.is_some_and(|c| ".,-:/".contains(c)) && second.is_some_and(|c| c.is_ascii_digit()))
    };
    let (first_before, second_before) = (earlier.next(), earlier.next());
    let starts_alone = !is_part(first_before, second_before) || before.ends_with("tel:");
    let ends_alone = !is_part(later.next(), later.next());
    let is_year = |part: &&str| part.len() == 4 && (part.starts_with("19") || part.starts_with("20"));
    let parts: Vec<&str> = found.as_str().split([' ', '-', '.']).collect();
    starts_alone && ends_alone && !parts.iter().all(is_year) && !after.starts_with('%')
}

/// A number in one way of writing.
fn shown(written: &str) -> String {
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let is_foreign = written.starts_with('+') || digits.starts_with("00");
    let country = if is_foreign { digits.strip_prefix("00").unwrap_or(&digits) } else { "" };
    let local = country.strip_prefix("45").filter(|local| local.len() == 8).unwrap_or(&digits);
    match local.len() {
        8 => local.as_bytes().chunks(2).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" "),
        6 if local.starts_with("116") => format!("116 {}", &local[3..]),
        3 => local.to_owned(),
        _ => format!("+{country}"),
    }
}
