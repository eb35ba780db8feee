//! Detection of foreign addresses, whose postcodes may look like Danish ones.

use super::spelling::Token;

/// Names of Denmark at the end of an address.
const DENMARK: &[&str] = &["danmark", "denmark", "daenemark", "dk"];

/// Countries at the end of an address, in Danish, English or their own languages.
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

/// Country codes before a postcode: `NO-5003`.
const SIGNS: &[&str] = &[
    "a", "at", "b", "be", "ch", "cz", "d", "de", "fo", "gl", "h", "hu", "is", "l", "lu", "n", "nl", "no", "pl", "s",
    "se",
];

/// Towns abroad that citizens near the border or elsewhere in the Kingdom mention. No Danish town shares their names.
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

/// Returns true if an address names another country at its end, or a country code or foreign town beside a number.
pub(super) fn is_abroad(tokens: &[Token]) -> bool {
    let last = tokens.rsplit(|token| token.word().is_none()).next().unwrap_or_default();
    let name = |count: usize| last.get(last.len().checked_sub(count)?..).map(joined);
    if [1, 2].into_iter().filter_map(name).any(|name| COUNTRIES.contains(&name.as_str())) {
        return true;
    }
    tokens.iter().enumerate().any(|(at, token)| {
        let is_code = token.number().is_some_and(|digits| digits.len() == 4);
        let before = at.checked_sub(1).map(|before| &tokens[before]);
        // The letter in `Aarhus C 8000` follows a name, so it is not a country code.
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

/// Joins the words of a name.
fn joined(words: &[Token]) -> String {
    words.iter().filter_map(Token::word).collect::<Vec<_>>().join(" ")
}
