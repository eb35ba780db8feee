//! The key of a road's name: the letters that all its spellings share.

use super::token::Token;

/// Words and endings of words that mark the name of a road, and their spelling in a key.
pub(super) const KINDS: [(&str, &str); 32] = [
    ("vejen", "vej"),
    ("vej", "vej"),
    ("vei", "vej"),
    ("gaden", "gade"),
    ("gade", "gade"),
    ("alléen", "alle"),
    ("alleen", "alle"),
    ("allé", "alle"),
    ("alle", "alle"),
    ("boulevarden", "boulevard"),
    ("boulevard", "boulevard"),
    ("bulevard", "boulevard"),
    ("blvd", "boulevard"),
    ("boul", "boulevard"),
    ("strædet", "strede"),
    ("stræde", "strede"),
    ("straede", "strede"),
    ("torvet", "torv"),
    ("torv", "torv"),
    ("pladsen", "plads"),
    ("plads", "plads"),
    ("vænget", "venge"),
    ("vænge", "venge"),
    ("vaenget", "venge"),
    ("vaenge", "venge"),
    ("stien", "sti"),
    ("esplanaden", "esplanade"),
    ("esplanade", "esplanade"),
    ("passagen", "passage"),
    ("passage", "passage"),
    ("chaussé", "chausse"),
    ("chaussee", "chausse"),
];

/// Words before the last one that no name omits, by their sound, and their spelling in a key.
const MODIFIERS: [(&str, &str); 34] = [
    ("dronningens", "dronningens"),
    ("gamle", "gammel"),
    ("gammel", "gammel"),
    ("gl", "gammel"),
    ("indre", "indre"),
    ("kgs", "kongens"),
    ("kongens", "kongens"),
    ("lille", "lille"),
    ("ll", "lille"),
    ("midtre", "midtre"),
    ("n", "nordre"),
    ("ndr", "nordre"),
    ("nedre", "nedre"),
    ("nordre", "nordre"),
    ("norre", "norre"),
    ("nr", "norre"),
    ("ny", "ny"),
    ("nye", "ny"),
    ("o", "ostre"),
    ("oster", "oster"),
    ("ostre", "ostre"),
    ("ovre", "ovre"),
    ("s", "sondre"),
    ("sankt", "sankt"),
    ("skt", "sankt"),
    ("sdr", "sondre"),
    ("sonder", "sonder"),
    ("sondre", "sondre"),
    ("st", "store"),
    ("store", "store"),
    ("v", "vestre"),
    ("vester", "vester"),
    ("vestre", "vestre"),
    ("ydre", "ydre"),
];

/// Other abbreviations in names.
const CUT: [(&str, &str); 17] = [
    ("chr", "christian"),
    ("dr", "doktor"),
    ("fr", "frederik"),
    ("frk", "frøken"),
    ("gen", "general"),
    ("h", "h"),
    ("kapt", "kaptajn"),
    ("kpt", "kaptajn"),
    ("prof", "professor"),
    ("past", "pastor"),
    ("joh", "johannes"),
    ("vilh", "vilhelm"),
    ("edv", "edvard"),
    ("alb", "albert"),
    ("gd", "gade"),
    ("pl", "plads"),
    ("str", "stræde"),
];

/// Abbreviated endings of last words, as in `Randersv.`, and the kinds of road that they stand for.
pub(super) const CUT_KINDS: [(&str, &str); 4] = [("v", "vej"), ("gd", "gade"), ("g", "gade"), ("pl", "plads")];

/// Roman numerals, as of kings and popes.
const ROMAN: [(&str, &str); 11] = [
    ("ii", "2"),
    ("iii", "3"),
    ("iv", "4"),
    ("v", "5"),
    ("vi", "6"),
    ("vii", "7"),
    ("viii", "8"),
    ("ix", "9"),
    ("x", "10"),
    ("xi", "11"),
    ("xii", "12"),
];

/// Letters with several spellings, replaced in this order.
const LETTERS: [(&str, &str); 19] = [
    ("å", "a"),
    ("aa", "a"),
    ("æ", "e"),
    ("ä", "e"),
    ("ae", "e"),
    ("ø", "o"),
    ("ö", "o"),
    ("oe", "o"),
    ("é", "e"),
    ("è", "e"),
    ("ü", "y"),
    ("ch", "k"),
    ("ck", "k"),
    ("c", "k"),
    ("ph", "f"),
    ("th", "t"),
    ("w", "v"),
    ("x", "ks"),
    ("z", "s"),
];

/// Returns the full form of a modifier before a name, such as `nordre` for `Ndr.`.
pub(super) fn modifier(token: &Token) -> Option<&'static str> {
    let is_letter = token.text.chars().count() == 1;
    let sound = sound(&token.text);
    let known = MODIFIERS.iter().find(|(written, _)| *written == sound && (!is_letter || token.has_dot));
    known.map(|(_, whole)| *whole)
}

/// The key of a name's words: the optional ones, a space, and the rest.
pub(super) fn key(words: &[Token]) -> String {
    let Some((last, before)) = words.split_last() else { return String::new() };
    let (stem, kind) = kind(last);
    let before: Vec<&Token> = before.iter().filter(|word| !matches!(word.text.as_str(), "d" | "den")).collect();
    // `vej` alone is no name without the preceding word.
    let alone = usize::from(stem.is_empty() || kind.is_empty()).min(before.len());
    let rest = &before[..before.len() - alone];
    let modifiers = rest.iter().rev().take_while(|word| modifier(word).is_some()).count();
    let (first, modifiers) = rest.split_at(rest.len() - modifiers);
    let of = |words: &[&Token]| words.iter().map(|word| whole(word)).collect::<String>();
    let name = of(modifiers) + &of(&before[before.len() - alone..]) + &stem;
    let (first, mut name) = (letters(&of(first)), letters(&name));
    if !kind.is_empty() && name.len() > 3 {
        // `Frederikssundsvej` and `Frederikssundvej`
        name.truncate(name.trim_end_matches('s').len());
    }
    if first.is_empty() { name + kind } else { format!("{first} {name}{kind}") }
}

/// Expands an abbreviated word of a name.
fn whole(word: &Token) -> String {
    if let Some(whole) = modifier(word) {
        return whole.to_owned();
    }
    if let Some((_, whole)) = CUT.iter().find(|(cut, _)| *cut == word.text) {
        return (*whole).to_owned();
    }
    let bare = word.text.strip_suffix('s').unwrap_or(&word.text);
    if let Some((_, number)) = ROMAN.iter().find(|(roman, _)| *roman == bare) {
        return (*number).to_owned();
    }
    if bare.bytes().all(|sign| sign.is_ascii_digit()) { bare.to_owned() } else { word.text.clone() }
}

/// Splits the last word into the stem and the kind of road.
fn kind(last: &Token) -> (String, &'static str) {
    if let Some((stem, kind)) = KINDS.iter().find_map(|(end, kind)| Some((last.text.strip_suffix(end)?, *kind))) {
        return (stem.to_owned(), kind);
    }
    for (end, kind) in CUT_KINDS {
        if let Some(stem) = last.text.strip_suffix(end).filter(|stem| last.has_dot && stem.chars().count() > 2) {
            return (stem.to_owned(), kind);
        }
    }
    (whole(last), "")
}

/// Replaces letters that sound alike with one letter.
fn sound(name: &str) -> String {
    LETTERS.iter().fold(name.to_owned(), |name, (written, heard)| name.replace(written, heard))
}

/// The sound of a name, without any letter twice in a row.
fn letters(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for sign in sound(name).chars().filter(char::is_ascii_alphanumeric) {
        if !plain.ends_with(sign) || sign.is_ascii_digit() {
            plain.push(sign);
        }
    }
    plain
}
