//! Names of roads among the words of a place.

use super::key::{CUT_KINDS, KINDS, key, modifier};
use super::token::Token;
use std::ops::Range;

/// Words between which a name stands, but in few names.
const AROUND: [&str; 79] = [
    "af",
    "and",
    "area",
    "at",
    "begge",
    "between",
    "by",
    "byen",
    "corner",
    "cross",
    "crossing",
    "der",
    "efter",
    "eller",
    "end",
    "for",
    "foran",
    "fra",
    "from",
    "før",
    "hele",
    "her",
    "hjørnet",
    "hos",
    "i",
    "imellem",
    "in",
    "indtil",
    "intersection",
    "især",
    "junction",
    "kører",
    "kryds",
    "krydset",
    "køres",
    "langs",
    "lige",
    "lyskryds",
    "lyskrydset",
    "mellem",
    "mod",
    "near",
    "next",
    "nær",
    "nærheden",
    "of",
    "og",
    "om",
    "omkring",
    "on",
    "op",
    "opposite",
    "outside",
    "over",
    "overfor",
    "paa",
    "past",
    "på",
    "retning",
    "road",
    "rundkørsel",
    "rundkørslen",
    "samt",
    "siden",
    "skolen",
    "start",
    "street",
    "strækning",
    "strækningen",
    "stykket",
    "svinget",
    "the",
    "til",
    "to",
    "towards",
    "ud",
    "ved",
    "x",
    "området",
];

/// Words that end like the name of a road and are none.
const NO_NAMES: [&str; 30] = [
    "adgangsvej",
    "blindvej",
    "byggeplads",
    "byvej",
    "cykelsti",
    "cykelstien",
    "fællessti",
    "gangsti",
    "gangstien",
    "genvej",
    "gågade",
    "gågaden",
    "holdeplads",
    "indkørselsvej",
    "legeplads",
    "legepladsen",
    "motorvej",
    "motorvejen",
    "omvej",
    "parkeringsplads",
    "parkeringspladsen",
    "privatvej",
    "rasteplads",
    "rastepladsen",
    "sidegade",
    "sidevej",
    "sidevejen",
    "stamvej",
    "villavej",
    "villavejen",
];

/// Words before the number of a route, and what the number belongs to.
const ROUTES: [(&str, &str); 11] = [
    ("a", "rute"),
    ("e", "e"),
    ("europavej", "e"),
    ("hovedvej", "rute"),
    ("m", "motorring"),
    ("motorring", "motorring"),
    ("o", "ring"),
    ("primærrute", "rute"),
    ("ring", "ring"),
    ("rute", "rute"),
    ("sekundærrute", "rute"),
];

/// Words with which no name begins that ends in `vej` alone: `vores vej`, `en smal vej`.
const NO_BEGINNINGS: [&str; 20] = [
    "ad", "alle", "blind", "den", "denne", "deres", "det", "din", "en", "er", "et", "hver", "jeres", "lukket", "min",
    "ned", "privat", "smal", "vor", "vores",
];

/// The words that a name has at most before the one that says that it is a road.
const MOST: usize = 4;

/// Words after which a name says where on the road before it something is.
const WHERE: [&str; 24] = [
    "at", "between", "efter", "for", "foran", "fra", "from", "før", "imellem", "indtil", "mellem", "mod", "near",
    "nær", "omkring", "opposite", "outside", "overfor", "past", "til", "to", "towards", "v", "ved",
];

/// The keys of all names, in order, each with its words. Of a road and where on it, the road.
pub(super) fn names(tokens: &[Token]) -> Vec<(String, Range<usize>)> {
    let (mut names, mut from, mut is_where) = (Vec::new(), 0, false);
    for (at, token) in tokens.iter().enumerate() {
        if at < from {
            continue;
        }
        is_where |= !names.is_empty() && WHERE.contains(&token.text.as_str());
        // `Gl. Hovedvej 15` is a house.
        let is_street = token.text.ends_with("vej") && tokens[from..at].last().is_some_and(is_modifier);
        let (name, words) = if let Some((name, length)) = route(&tokens[at..]).filter(|_| !is_street) {
            (name, at..at + length)
        } else if let Some(start) = begins(tokens, from, at) {
            (key(&tokens[start..=at]), start..at + 1)
        } else {
            continue;
        };
        from = words.end;
        if !is_where && name != "vej" {
            names.push((name, words));
        }
    }
    if names.is_empty() {
        names.extend(whole(tokens));
    }
    names
}

/// The first word of the name that ends with the word at `at`, if one does.
fn begins(tokens: &[Token], from: usize, at: usize) -> Option<usize> {
    let token = &tokens[at];
    let kind = KINDS.iter().filter_map(|(kind, _)| token.text.strip_suffix(kind)).map(str::len).min();
    let is_cut =
        token.has_dot && token.text.chars().count() > 3 && CUT_KINDS.iter().any(|(end, _)| token.text.ends_with(end));
    let letters = kind.or(is_cut.then_some(token.text.len()))?;
    if NO_NAMES.contains(&token.text.as_str()) {
        return None;
    }
    // Nothing can stand before what begins another part.
    let first = (from..=at).rev().find(|at| tokens[*at].is_apart).unwrap_or(from);
    let is_part = |near: &usize| {
        let token = &tokens[*near];
        // `V.` begins a name only where no other stands before it.
        let is_letter = token.text.chars().count() == 1 && *near == from && from > 0;
        let is_number = token.is_number() && !token.text.ends_with('s');
        !is_letter && !is_number && !AROUND.contains(&token.text.as_str())
    };
    let start = (first..at).rev().take(MOST).take_while(is_part).last();
    if letters > 0 {
        return Some(start.unwrap_or(at));
    }
    // `vej` alone ends a name of some words.
    start.filter(|start| {
        let word = tokens[*start].text.as_str();
        !NO_BEGINNINGS.contains(&word) && (at - start > 1 || !NO_NAMES.contains(&word))
    })
}

fn is_modifier(token: &Token) -> bool {
    token.text.chars().count() > 1 && modifier(token).is_some()
}

/// The route whose number stands first, and how many words that takes.
fn route(tokens: &[Token]) -> Option<(String, usize)> {
    let first = tokens.first()?;
    let of = |word: &str| ROUTES.iter().find(|(known, _)| *known == word).map(|(_, name)| *name);
    let is_number = |text: &str| (1..=3).contains(&text.len()) && text.bytes().all(|sign| sign.is_ascii_digit());
    let letters = first.text.trim_end_matches(|sign: char| sign.is_ascii_digit());
    let number = &first.text[letters.len()..];
    if is_number(number) {
        return of(letters).map(|name| (format!("{name}{number}"), 1));
    }
    let number = tokens.get(1).filter(|next| !next.is_apart && is_number(&next.text))?;
    // `i` and `a` are words, too.
    let name = of(&first.text).filter(|_| first.text.len() > 1 || first.text == "e")?;
    Some((format!("{name}{}", number.text), 2))
}

/// The words before the first number, comma or word around a name: roads have names like `Lærkebakken`, too.
fn whole(tokens: &[Token]) -> Option<(String, Range<usize>)> {
    let is_around = |token: &Token| AROUND.contains(&token.text.as_str()) || token.text == "nr" || token.text == "v";
    // `Ved Stranden` is a name.
    let start = if tokens.len() > 2 { tokens.iter().take_while(|token| is_around(token)).count() } else { 0 };
    let is_end =
        |at: &usize| *at > start && (tokens[*at].is_apart || tokens[*at].is_number() || is_around(&tokens[*at]));
    let end = (start..tokens.len()).find(is_end).unwrap_or(tokens.len()).min(start + MOST);
    let words = &tokens[start..end];
    let is_any = words.last().is_some_and(|last| last.text.starts_with("vej"))
        && NO_BEGINNINGS.contains(&words[0].text.as_str());
    let name = key(words);
    (!is_any && name.len() > 2 && name != "vej" && !name.bytes().all(|sign| sign.is_ascii_digit()))
        .then_some((name, start..end))
}
