//! Addresses in other countries, whose postcodes may look like Danish ones.

use super::spelling::Token;

/// The country that a Danish address may end with.
const DENMARK: &[&str] = &["danmark", "denmark", "daenemark", "dk"];

/// Countries as an address ends with them, in Danish, in English and in their own languages.
const COUNTRIES: &[&str] = &[
    "belgien",
    "belgium",
    "deutschland",
    "england",
    "faeroeerne",
    "finland",
    "frankrig",
    "france",
    "germany",
    "greenland",
    "groenland",
    "holland",
    "iceland",
    "italien",
    "italy",
    "kalaallit nunaat",
    "luxembourg",
    "luxemburg",
    "nederland",
    "nederlandene",
    "netherlands",
    "norge",
    "norway",
    "noreg",
    "oesterreich",
    "oestrig",
    "austria",
    "polen",
    "poland",
    "schweiz",
    "switzerland",
    "spanien",
    "spain",
    "sverige",
    "sweden",
    "tyskland",
    "ungarn",
    "hungary",
    "faroe islands",
    "foeroyar",
];

/// Their signs before a postcode: `NO-5003`.
const SIGNS: &[&str] = &[
    "a", "at", "b", "be", "ch", "cz", "d", "de", "fo", "gl", "h", "hu", "is", "l", "lu", "n", "nl", "no", "pl", "s",
    "se",
];

/// Towns abroad that people near the border and in the Kingdom name, and that no Danish town is named like.
const TOWNS: &[&str] = &[
    "bergen",
    "berlin",
    "flensborg",
    "flensburg",
    "goeteborg",
    "hamburg",
    "helsingborg",
    "kiel",
    "kristiansand",
    "lybaek",
    "malmoe",
    "nuuk",
    "oslo",
    "reykjavik",
    "slesvig",
    "stavanger",
    "stockholm",
    "torshavn",
    "tromsoe",
    "trondheim",
    "wien",
    "zurich",
];

pub(super) fn is_denmark(token: &Token) -> bool {
    is_in(token, DENMARK)
}

/// An address that says that it is in another country: by its name at the end, or by a sign or town beside a number.
pub(super) fn is_abroad(tokens: &[Token]) -> bool {
    let last = tokens.rsplit(|token| token.word().is_none()).next().unwrap_or_default();
    let name = |count: usize| last.get(last.len().checked_sub(count)?..).map(joined);
    if [1, 2].into_iter().filter_map(name).any(|name| COUNTRIES.contains(&name.as_str())) {
        return true;
    }
    tokens.iter().enumerate().any(|(at, token)| {
        let is_code = token.number().is_some_and(|digits| digits.len() == 4);
        let before = at.checked_sub(1).map(|before| &tokens[before]);
        // `Aarhus C 8000` has a letter, too, after a name.
        let is_first = at == 1 || at.checked_sub(2).is_some_and(|first| tokens[first] == Token::Break);
        let is_sign = is_first && before.is_some_and(|word| is_in(word, SIGNS));
        let after = tokens[at + 1..].iter().take_while(|token| token.word().is_some()).count();
        let after = joined(&tokens[at + 1..=at + after]);
        is_code && (is_sign || TOWNS.contains(&after.as_str()))
    })
}

fn is_in(token: &Token, list: &[&str]) -> bool {
    token.word().is_some_and(|word| list.contains(&word))
}

/// The words of a name; there is nothing else in it.
fn joined(words: &[Token]) -> String {
    words.iter().filter_map(Token::word).collect::<Vec<_>>().join(" ")
}
