//! Recognition of road names among the words of a place.

use super::key::{CUT_KINDS, KINDS, key, modifier};
use super::token::Token;
use std::ops::Range;

/// Words that surround names and are part of few.
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

/// Words that end like the name of a road but are none.
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

/// Words before the number of a route, and the kind of route that they stand for.
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

/// Words that begin no name ending in a separate `vej`: `vores vej`, `en smal vej`.
const NO_BEGINNINGS: [&str; 20] = [
    "ad", "alle", "blind", "den", "denne", "deres", "det", "din", "en", "er", "et", "hver", "jeres", "lukket", "min",
    "ned", "privat", "smal", "vor", "vores",
];

/// The most words of a name before the one that marks it as a road.
const MOST: usize = 4;

/// Words after which a name only says where on the preceding road something is.
const WHERE: [&str; 24] = [
    "at", "between", "efter", "for", "foran", "fra", "from", "før", "imellem", "indtil", "mellem", "mod", "near",
    "nær", "omkring", "opposite", "outside", "overfor", "past", "til", "to", "towards", "v", "ved",
];

/// The keys of all names, in order, each with its words. Names that only say where on a road are left out.
pub(super) fn names(tokens: &[Token]) -> Vec<(String, Range<usize>)> {
    let (mut names, mut from, mut is_where) = (Vec::new(), 0, false);
    for (at, token) in tokens.iter().enumerate() {
        if at < from {
            continue;
        }
        is_where |= !names.is_empty() && WHERE.contains(&token.text.as_str());
        // `Gl. Hovedvej 15` is a house, not a route.
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

/// The first word of the name that ends with the word at `at`; `None` if none ends there.
fn begins(tokens: &[Token], from: usize, at: usize) -> Option<usize> {
    let token = &tokens[at];
    let kind = KINDS.iter().filter_map(|(kind, _)| token.text.strip_suffix(kind)).map(str::len).min();
    let is_cut =
        token.has_dot && token.text.chars().count() > 3 && CUT_KINDS.iter().any(|(end, _)| token.text.ends_with(end));
    let letters = kind.or(is_cut.then_some(token.text.len()))?;
    if NO_NAMES.contains(&token.text.as_str()) {
        return None;
    }
    // A name does not reach back into another part.
    let first = (from..=at).rev().find(|at| tokens[*at].is_apart).unwrap_or(from);
    let is_part = |near: &usize| {
        let token = &tokens[*near];
        // Directly after another name, `v.` does not begin a name.
        let is_letter = token.text.chars().count() == 1 && *near == from && from > 0;
        let is_number = token.is_number() && !token.text.ends_with('s');
        !is_letter && !is_number && !AROUND.contains(&token.text.as_str())
    };
    let start = (first..at).rev().take(MOST).take_while(is_part).last();
    if letters > 0 {
        return Some(start.unwrap_or(at));
    }
    // A separate `vej` ends a name only if other words precede it.
    start.filter(|start| {
        let word = tokens[*start].text.as_str();
        !NO_BEGINNINGS.contains(&word) && (at - start > 1 || !NO_NAMES.contains(&word))
    })
}

fn is_modifier(token: &Token) -> bool {
    token.text.chars().count() > 1 && modifier(token).is_some()
}

/// The route whose number comes first, and its number of words.
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
    // `i` and `a` are words as well.
    let name = of(&first.text).filter(|_| first.text.len() > 1 || first.text == "e")?;
    Some((format!("{name}{}", number.text), 2))
}

/// The words before the first number, comma or surrounding word: roads also have names like `Lærkebakken`.
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
