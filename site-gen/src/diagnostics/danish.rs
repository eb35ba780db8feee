//! Danish letters and dates: sort order, slugs, and suggestions for misspelt words.

pub(crate) use super::guess::Guesses;

use super::guess::Folded;
use model::service_message::Moment;
use std::iter;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// The sort key of `text` in Danish: æ, ø and å last, and aa as å, as is the rule for names.
pub(crate) fn order(text: &str) -> Vec<u32> {
    let rank = |letter: char| match letter {
        'a'..='z' => letter as u32,
        'æ' | 'ä' => 'z' as u32 + 1,
        'ø' | 'ö' => 'z' as u32 + 2,
        'å' => 'z' as u32 + 3,
        'é' => 'e' as u32,
        'ü' => 'y' as u32,
        _ => 0,
    };
    text.to_lowercase().replace("aa", "å").chars().map(rank).collect()
}

/// Converts `text` to a-z, 0-9 and single hyphens, as in an address; empty if nothing can be converted.
pub fn slug(text: &str) -> String {
    let folded = fold(text);
    let mut slug = String::with_capacity(folded.len());
    for word in folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        slug.push_str(if slug.is_empty() { "" } else { "-" });
        slug.push_str(word);
    }
    slug
}

/// Finds the word of `allowed` that `written` is probably a typo of. `None` if none is close enough.
pub(crate) fn suggestion<'a>(written: &str, allowed: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = Folded::of(written);
    allowed
        .into_iter()
        .filter_map(|word| Some((written.distance(&Folded::of(word))?, word)))
        .min()
        .map(|(_, word)| word)
}

/// ` Mente du »…«?`, or an empty string.
pub(crate) fn hint<'a>(written: &str, allowed: impl IntoIterator<Item = &'a str>) -> String {
    did_you_mean(suggestion(written, allowed))
}

/// ` Mente du »…«?`, or an empty string without a suggestion.
pub(crate) fn did_you_mean(suggestion: Option<&str>) -> String {
    suggestion.map_or_else(String::new, |word| format!(" Mente du »{word}«?"))
}

/// ` Mente du »…«? Vælg mellem: …`: the hint, if any, and the allowed words.
pub(crate) fn choose_from<'a>(written: &str, allowed: impl IntoIterator<Item = &'a str> + Clone) -> String {
    format!("{} Vælg mellem: {}", hint(written, allowed.clone()), list(allowed))
}

/// Translates an answer as other programs write it to `ja` or `nej`.
pub(crate) fn yes_or_no(text: &str) -> Option<&'static str> {
    match text.to_lowercase().as_str() {
        "yes" | "true" | "sand" | "sandt" | "y" | "on" | "til" | "x" | "1" => Some("ja"),
        "no" | "false" | "falsk" | "n" | "off" | "fra" | "0" => Some("nej"),
        _ => None,
    }
}

/// True if a word is in a list that is separated by spaces.
pub(crate) fn is_among(word: &str, list: &str) -> bool {
    // Splitting bytes is much faster than splitting characters.
    list.as_bytes().split(|byte| *byte == b' ').any(|one| one == word.as_bytes())
}

/// Joins words with commas.
pub(crate) fn list<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().collect::<Vec<_>>().join(", ")
}

/// The beginning of an author's text, on one line, short enough for a message.
pub(crate) fn excerpt(text: &str) -> String {
    const MOST: usize = 40;
    let mut signs = text.split_whitespace().flat_map(|word| iter::once(' ').chain(word.chars())).skip(1);
    let line = signs.by_ref().take(MOST).collect::<String>();
    if signs.next().is_some() { line + "…" } else { line }
}

/// A beginning: `fra 1. december 2026`, `fra 1. december 2026 kl. 8.00`.
pub(crate) fn from(moment: Moment) -> String {
    format!("fra {}", written(moment))
}

/// An end: `til og med 24. december 2026` for a day, `til 24. december 2026 kl. 12.00` for a minute.
pub(crate) fn until(moment: Moment) -> String {
    let all = if matches!(moment, Moment::Day(_)) { "og med " } else { "" };
    format!("til {all}{}", written(moment))
}

/// `1. december 2026`, with ` kl. 8.00` for a minute.
pub(crate) fn written(moment: Moment) -> String {
    let (day, time) = match moment {
        Moment::Day(day) => (day, String::new()),
        Moment::Minute(minute) => (minute.date(), format!(" kl. {}.{:02}", minute.hour(), minute.minute())),
    };
    let month = usize::try_from(day.month() - 1).ok().and_then(|month| MONTHS.get(month)).copied().unwrap_or_default();
    format!("{}. {month} {}{time}", day.day(), day.year())
}

/// The months in order.
pub(crate) const MONTHS: [&str; 12] = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
];

/// Converts to lower case without accents, and letters beyond a-z to a-z where a rule exists.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.to_lowercase().chars() {
        match letter {
            'æ' | 'ä' => folded.push_str("ae"),
            'ø' | 'ö' => folded.push_str("oe"),
            'å' => folded.push_str("aa"),
            'ß' => folded.push_str("ss"),
            'þ' => folded.push_str("th"),
            'ð' => folded.push('d'),
            'ı' => folded.push('i'),
            'ł' => folded.push('l'),
            ascii if ascii.is_ascii() => folded.push(ascii),
            // A letter without its accents.
            other => decompose_canonical(other, |part| folded.extend((!is_combining_mark(part)).then_some(part))),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_danish_order() {
        let mut names = ["Aarhus", "Østjylland", "Ærø", "Åle", "Zoo", "Bornholm", "Faxe", "Faaborg"];
        names.sort_by_key(|name| order(name));
        assert_eq!(names, ["Bornholm", "Faxe", "Faaborg", "Zoo", "Ærø", "Østjylland", "Åle", "Aarhus"]);
    }

    #[test]
    fn a_heading_becomes_a_slug() {
        assert_eq!(slug("Når du ringer 112: sådan gør du!"), "naar-du-ringer-112-saadan-goer-du");
        assert_eq!(slug("?!"), "");
    }

    #[test]
    fn typos_get_a_suggestion_and_other_words_do_not() {
        assert_eq!(suggestion("telfon", ["navn", "telefon"]), Some("telefon"));
        assert_eq!(suggestion("spørgsmål", ["spoergsmaal"]), Some("spoergsmaal"));
        assert_eq!(suggestion("Titel", ["titel"]), Some("titel"));
        assert_eq!(suggestion("kort", ["titel", "beskrivelse"]), None);
    }
}
