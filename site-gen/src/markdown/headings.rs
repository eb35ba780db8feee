//! The ids of a page's headings, derived from their texts so that links stay valid as long as the texts.

use crate::diagnostics::danish::slug;
use pulldown_cmark::{Event, HeadingLevel, Tag};
use std::collections::HashMap;

/// The ids in the templates around an author's text. A test compares them with the templates.
const TAKEN: [&str; 9] =
    ["driftsbesked", "esc", "find-kreds", "hurtig-udgang", "kredse", "main-content", "sted", "sted-error", "sted-hint"];

/// The ids assigned on one page.
#[derive(Default)]
pub(crate) struct Ids {
    given: Vec<String>,
    /// The last number assigned to each id: a page may repeat a heading many times.
    last: HashMap<String, usize>,
}

impl Ids {
    /// Assigns the id of the next heading. A repeated text, or an id of the template, gets a number.
    pub(crate) fn give(&mut self, heading: &str) -> String {
        let base = match slug(heading) {
            empty if empty.is_empty() => "afsnit".to_owned(),
            // The ids of a tour's stops look like this.
            day if begins_with_date(&day) => format!("afsnit-{day}"),
            slug => slug,
        };
        let first = self.last.get(&base).map_or(1, |last| last + 1);
        let numbered = |number| if number == 1 { base.clone() } else { format!("{base}-{number}") };
        let is_free = |id: &str| !self.last.contains_key(id) && !TAKEN.contains(&id);
        let mut ids = (first..).map(|number| (number, numbered(number)));
        let (number, id) = ids.find(|(_, id)| is_free(id)).unwrap_or_else(|| (first, base.clone()));
        self.last.insert(id.clone(), 1);
        if number > 1 {
            self.last.insert(base, number);
        }
        self.given.push(id.clone());
        id
    }

    /// All ids, in the order of the headings.
    pub(crate) fn into_all(self) -> Vec<String> {
        self.given
    }
}

/// The start event of a heading.
pub(crate) fn heading_start<'a>(level: HeadingLevel, id: String) -> Event<'a> {
    Event::Start(Tag::Heading { level, id: Some(id.into()), classes: Vec::new(), attrs: Vec::new() })
}

/// True for `2026-12-05-hadsten`.
fn begins_with_date(slug: &str) -> bool {
    let mut parts = slug.split('-').map(|part| part.bytes().all(|byte| byte.is_ascii_digit()).then_some(part.len()));
    [4, 2, 2].iter().all(|length| parts.next() == Some(Some(*length)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_headings_get_unique_numbers() {
        let mut ids = Ids::default();
        let given = ["Frist", "Frist", "Frist 3", "Frist", "?"].map(|heading| ids.give(heading));
        assert_eq!(given, ["frist", "frist-2", "frist-3", "frist-4", "afsnit"]);
        assert_eq!(ids.into_all(), given);
    }

    #[test]
    fn no_heading_takes_an_id_of_its_template() {
        let mut ids = Ids::default();
        let given = ["Sted", "Sted", "Kredse", "2026-12-05 Hadsten", "Sted hint"].map(|heading| ids.give(heading));
        assert_eq!(given, ["sted-2", "sted-3", "kredse-2", "afsnit-2026-12-05-hadsten", "sted-hint-2"]);
        let given = ["Sådan", "Café", "Crème fraîche", "Señor Muñoz", "😀", "…", "Łódź", "Straße"];
        let expected = ["saadan", "cafe", "creme-fraiche", "senor-munoz", "afsnit", "afsnit-2", "lodz", "strasse"];
        assert_eq!(given.map(|heading| ids.give(heading)), expected);
    }
}
