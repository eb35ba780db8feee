//! Lookup of a place by anything a citizen types: a postcode, town, kommune or address. It never guesses.

use super::abroad;
use super::names::merged;
use super::spelling::{Token, keys, tokens, words};
use super::{Atlas, Kommune, PostalArea};
use crate::names::{KredsSlug, Postcode};

/// The result of looking up a typed place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlaceMatch<'a> {
    /// Exactly one kommune.
    One(Candidate<'a>),
    /// Several kommuner, from which the citizen must choose.
    Several(Vec<Candidate<'a>>),
    /// No exact match, but some close ones that the citizen must confirm.
    Similar(Vec<Candidate<'a>>),
    /// A postcode beside the name of a place outside it: the citizen may mean either.
    Conflict(Vec<Candidate<'a>>),
    /// No match.
    Nothing,
}

/// A place that the citizen may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate<'a> {
    /// The kommune of the place.
    pub kommune: &'a Kommune,
    /// The postcode; `None` if the candidate is the kommune as a whole.
    pub area: Option<&'a PostalArea>,
}

/// Most characters of a typed place. Real input is shorter.
const LONGEST: usize = 200;

/// Most suggestions to show. A longer list would not be read.
const MOST_SIMILAR: usize = 8;

/// Prepositions that may precede the name of a place.
const IN: &[&str] = &["i", "in", "paa"];

/// Labels that may precede a postcode.
const LABELS: &[&str] = &["postnummer", "postnr", "postcode"];

impl Candidate<'_> {
    /// The label in a list of choices: `Guldborgsund (4800 Nykøbing F)`.
    #[must_use]
    pub fn label(&self) -> String {
        let area = self.area.map(|area| format!(" ({} {})", area.code, area.name));
        format!("{}{}", self.kommune.name, area.unwrap_or_default())
    }

    /// The text that identifies the candidate in a URL and on a form: postcode, kommune, or both if one is not enough.
    #[must_use]
    pub fn query(&self) -> String {
        match self.area {
            Some(area) if area.kommuner.len() == 1 => area.code.to_string(),
            Some(area) => format!("{} {}", area.code, self.kommune.name),
            None => self.kommune.name.clone(),
        }
    }
}

impl<'a> PlaceMatch<'a> {
    /// Returns the places to choose from; a single one if the match is unique.
    #[must_use]
    pub fn candidates(&self) -> &[Candidate<'a>] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Several(all) | Self::Similar(all) | Self::Conflict(all) => all,
            Self::Nothing => &[],
        }
    }

    /// True if the typed text names one of the candidates exactly.
    #[must_use]
    pub const fn is_certain(&self) -> bool {
        matches!(self, Self::One(_) | Self::Several(_))
    }

    /// The kreds of all candidates; `None` if they lie in several or the match is not certain.
    #[must_use]
    pub fn kreds(&self) -> Option<&'a KredsSlug> {
        let first = &self.candidates().first().filter(|_| self.is_certain())?.kommune.kreds;
        self.candidates().iter().all(|one| one.kommune.kreds == *first).then_some(first)
    }

    /// The part that is safe to put into a URL: a postcode or a kommune, nothing else that was typed.
    #[must_use]
    pub fn query(&self) -> Option<String> {
        match self.candidates() {
            [one] => Some(one.query()),
            _ => self.shared_area().map(|area| area.code.to_string()),
        }
    }

    /// The postcode that all candidates share.
    pub(super) fn shared_area(&self) -> Option<&'a PostalArea> {
        let first = self.candidates().first()?.area?;
        self.candidates().iter().all(|one| one.area == Some(first)).then_some(first)
    }

    fn of(candidates: Vec<Candidate<'a>>) -> Self {
        match candidates.as_slice() {
            [] => Self::Nothing,
            [one] => Self::One(*one),
            _ => Self::Several(candidates),
        }
    }

    fn similar(mut candidates: Vec<Candidate<'a>>) -> Self {
        candidates.truncate(MOST_SIMILAR);
        if candidates.is_empty() { Self::Nothing } else { Self::Similar(candidates) }
    }
}

impl Atlas {
    /// Looks up a typed place.
    #[must_use]
    pub fn find(&self, typed: &str) -> PlaceMatch<'_> {
        if typed.chars().nth(LONGEST).is_some() {
            return PlaceMatch::Nothing;
        }
        let mut tokens = tokens(typed);
        let is_around = |token: &Token| *token == Token::Break || abroad::is_denmark(token);
        while tokens.last().is_some_and(is_around) && tokens.len() > 1 {
            tokens.pop();
        }
        while tokens.first().is_some_and(is_around) && tokens.len() > 1 {
            tokens.remove(0);
        }
        // `Nykøbing på Falster`
        tokens.retain(|token| !token.word().is_some_and(|word| IN.contains(&word)));
        if abroad::is_abroad(&tokens) {
            return PlaceMatch::similar(self.in_words(&tokens));
        }
        // The groups of a telephone number: `83 70`.
        let digits: String = tokens.iter().filter_map(Token::number).collect();
        if digits.len() == 4 && tokens.iter().all(|token| token.number().is_some()) {
            tokens = vec![Token::Number(digits)];
        }
        let has_code = tokens.iter().filter_map(Token::number).any(|digits| digits.len() == 4);
        let known = tokens.iter().enumerate().filter_map(|(at, token)| Some((at, self.area_of(token)?)));
        match known.collect::<Vec<_>>().as_slice() {
            [] if !has_code => self.by_parts(&tokens),
            // An unknown postcode: the name beside it may be right.
            [] => PlaceMatch::similar(self.by_parts(&tokens).candidates().to_vec()),
            [(at, area)] => self.by_code(&tokens, *at, area),
            all => PlaceMatch::of(self.candidates_of(all.iter().map(|(_, area)| *area))),
        }
    }

    fn area_of(&self, token: &Token) -> Option<&PostalArea> {
        self.postal_area(&Postcode::parse(token.number()?).ok()?)
    }

    /// Looks up an address with a known postcode at the index `at`.
    fn by_code<'a>(&'a self, tokens: &[Token], at: usize, area: &'a PostalArea) -> PlaceMatch<'a> {
        let of_area = self.candidates_of(std::iter::once(area));
        let is_word = |token: &&Token| token.word().is_some();
        let after = words_of(tokens[at + 1..].iter().take_while(is_word));
        let from = tokens[..at].iter().rposition(|token| !is_word(&token)).map_or(0, |apart| apart + 1);
        let before = words_of(tokens[from..at].iter());
        let name = if after.is_empty() { &before } else { &after };
        let named = self.by_name(name).unwrap_or_default();
        // Check every part of the address that names a place, since any of them may contradict the postcode.
        let parts: Vec<Vec<Candidate<'_>>> = parts(tokens).iter().filter_map(|words| self.by_name(words)).collect();
        let is_in_area = |one: &&Candidate<'_>| of_area.iter().any(|own| own.kommune == one.kommune);
        for others in std::iter::once(&named).chain(&parts) {
            if !others.is_empty() && !others.iter().any(|one| is_in_area(&one)) {
                return PlaceMatch::Conflict(merged([of_area, others.clone()].concat()));
            }
        }
        if is_same_town(name, &area.name) {
            return PlaceMatch::of(of_area);
        }
        // `8472 Favrskov`
        let shared: Vec<Candidate<'_>> =
            of_area.iter().filter(|own| named.iter().any(|other| other.kommune == own.kommune)).copied().collect();
        if !shared.is_empty() {
            return PlaceMatch::of(shared);
        }
        // `Grenåvej 1200` is a street and a house number, not a place in København.
        let is_street = |word: &String| word.len() > 2 && !LABELS.contains(&word.as_str());
        if before.last().is_some_and(is_street) { PlaceMatch::similar(of_area) } else { PlaceMatch::of(of_area) }
    }

    /// Looks up an address without a postcode by its parts: a town after a comma or after a house number.
    fn by_parts(&self, tokens: &[Token]) -> PlaceMatch<'_> {
        let parts = parts(tokens);
        let named: Vec<Vec<Candidate<'_>>> = parts.iter().filter_map(|words| self.by_name(words)).collect();
        if let [first, others @ ..] = named.as_slice() {
            let in_all = |one: &&Candidate<'_>| {
                others.iter().all(|named| named.iter().any(|other| other.kommune == one.kommune))
            };
            let shared: Vec<Candidate<'_>> = first.iter().filter(in_all).copied().collect();
            return PlaceMatch::of(if shared.is_empty() { merged(named.concat()) } else { shared });
        }
        let near = parts.iter().flat_map(|words| self.names().nearly(self, words)).collect();
        PlaceMatch::similar(merged(near))
    }

    /// Returns Danish places with the same name as a foreign place.
    fn in_words(&self, tokens: &[Token]) -> Vec<Candidate<'_>> {
        self.by_name(&words_of(tokens.iter())).unwrap_or_default()
    }

    fn by_name(&self, words: &[String]) -> Option<Vec<Candidate<'_>>> {
        self.names().exactly(self, words)
    }

    /// The distinct kommuner of some postcodes.
    fn candidates_of<'a>(&'a self, areas: impl Iterator<Item = &'a PostalArea>) -> Vec<Candidate<'a>> {
        merged(areas.flat_map(|area| self.in_area(area)).collect())
    }

    /// The kommuner of a postcode.
    pub(super) fn in_area<'a>(&'a self, area: &'a PostalArea) -> impl Iterator<Item = Candidate<'a>> {
        let kommuner = area.kommuner.iter().filter_map(|code| self.kommune(code));
        kommuner.map(move |kommune| Candidate { kommune, area: Some(area) })
    }
}

/// True if `words` name the town of a postcode, with or without its qualifier: `Nykøbing` or `Nykøbing M` match
/// `Nykøbing F`.
fn is_same_town(words: &[String], town: &str) -> bool {
    let ((key, base), (own, own_base)) = (keys(words), keys(&self::words(town)));
    key == own || own_base.is_some_and(|own| own == key || base.is_some_and(|base| base == own))
}

/// The possible place names in the parts of an address: the last words of each part.
fn parts(tokens: &[Token]) -> Vec<Vec<String>> {
    let last = |part: &[Token]| {
        let words = part.iter().rev().take_while(|token| token.word().is_some()).count();
        words_of(part[part.len() - words..].iter())
    };
    tokens.split(|token| *token == Token::Break).map(last).filter(|words| !words.is_empty()).collect()
}

fn words_of<'t>(tokens: impl Iterator<Item = &'t Token>) -> Vec<String> {
    tokens.filter_map(Token::word).map(str::to_owned).collect()
}
