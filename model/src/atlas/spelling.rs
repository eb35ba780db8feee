//! Normalized spelling of place names: typed text becomes comparable words and numbers.

use crate::text;

/// A token of a typed place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A word in lower case, with Danish letters in ASCII: `aeroe` for `Ærø`.
    Word(String),
    /// An unbroken run of digits.
    Number(String),
    /// A comma, line break or bracket, which separates parts of an address.
    Break,
}

impl Token {
    /// The word, if the token is one.
    pub(super) fn word(&self) -> Option<&str> {
        if let Self::Word(word) = self { Some(word) } else { None }
    }

    /// The digits, if the token is a number.
    pub(super) fn number(&self) -> Option<&str> {
        if let Self::Number(digits) = self { Some(digits) } else { None }
    }
}

/// Abbreviations and their expansions, which also apply to the names in the data.
const SHORT: &[(&str, &str)] = &[
    ("kbh", "koebenhavn"),
    ("kbhvn", "koebenhavn"),
    ("khb", "koebenhavn"),
    ("cph", "koebenhavn"),
    ("frb", "frederiksberg"),
    ("frbg", "frederiksberg"),
    ("frberg", "frederiksberg"),
    ("kgs", "kongens"),
    ("kr", "kirke"),
    ("nr", "noerre"),
    ("ndr", "noerre"),
    ("sdr", "soender"),
    ("skt", "sankt"),
    ("sct", "sankt"),
    ("st", "store"),
    ("str", "store"),
    ("gl", "gammel"),
    ("ll", "lille"),
];

/// Qualifiers at the end of a name, which tell apart towns with the same name, and their short forms.
const QUALIFIERS: &[(&str, &str)] = &[
    ("centrum", "c"),
    ("city", "c"),
    ("midtby", "c"),
    ("midtbyen", "c"),
    ("falster", "f"),
    ("jylland", "j"),
    ("jyll", "j"),
    ("jyl", "j"),
    ("lolland", "l"),
    ("mors", "m"),
    ("midtsjaelland", "midtsj"),
    ("nord", "n"),
    ("nordoest", "noe"),
    ("nordvest", "nv"),
    ("oest", "oe"),
    ("sjaelland", "sj"),
    ("sjael", "sj"),
    ("sjl", "sj"),
    ("syd", "s"),
    ("sydoest", "soe"),
    ("sydvest", "sv"),
    ("vest", "v"),
    ("vestjylland", "vestj"),
];
/// Qualifiers for the parts of a town, all in its own kommune.
const PARTS: &[&str] = &["c", "k", "n", "noe", "nv", "oe", "s", "soe", "sv", "v"];
const ALONE: &[&str] = &["n", "s", "v", "by", "fyn", "sydfyn", "thy", "djurs", "aeroe", "stevns"];

/// Splits `text` into words and numbers, dropping punctuation.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut is_apart = true;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if is_nothing(c) {
            continue;
        }
        if let Some(digit) = text::digit(c) {
            match tokens.last_mut() {
                Some(Token::Number(digits)) if !is_apart => digits.push(digit),
                _ => tokens.push(Token::Number(digit.to_string())),
            }
            is_apart = false;
        } else if c.is_alphabetic() {
            let mark = chars.next_if(|next| is_mark(*next));
            let letters = c.to_lowercase().map(|c| letters(c, mark)).collect::<String>();
            match tokens.last_mut() {
                Some(Token::Word(word)) if !is_apart => word.push_str(&letters),
                _ => tokens.push(Token::Word(letters)),
            }
            is_apart = false;
        } else {
            is_apart = true;
            if matches!(c, ',' | ';' | '\n' | '\r' | '(' | ')') && !matches!(tokens.last(), None | Some(Token::Break)) {
                tokens.push(Token::Break);
            }
        }
    }
    for token in &mut tokens {
        if let Token::Word(word) = token
            && let Some((_, whole)) = SHORT.iter().find(|(short, _)| word == short)
        {
            (*whole).clone_into(word);
        }
    }
    tokens
}

/// The words of a name.
pub(super) fn words(name: &str) -> Vec<String> {
    let word = |token| match token {
        Token::Word(word) | Token::Number(word) => Some(word),
        Token::Break => None,
    };
    tokens(name).into_iter().filter_map(word).collect()
}

/// The key of a name, and the key without its qualifier, if any.
pub(super) fn keys(words: &[String]) -> (String, Option<String>) {
    let [first @ .., last] = words else { return (String::new(), None) };
    let same = QUALIFIERS.iter().find(|(long, short)| last == long || last == short).map(|(_, short)| *short);
    let qualifier = same.or_else(|| ALONE.iter().copied().find(|known| last == known));
    match qualifier.filter(|_| !first.is_empty()) {
        Some(qualifier) => (format!("{} {qualifier}", first.join(" ")), Some(first.join(" "))),
        None => (words.join(" "), None),
    }
}

/// The name without the part of the town: `herning` of `herning c`.
pub(super) fn without_part(key: &str) -> Option<&str> {
    key.rsplit_once(' ').filter(|(_, part)| PARTS.contains(part)).map(|(town, _)| town)
}

/// The key as typed by someone who drops the marks of æ, ø and å: `kobenhavn` for `koebenhavn`.
pub(super) fn bare(key: &str) -> String {
    key.replace("aa", "a").replace("ae", "a").replace("oe", "o")
}

/// Invisible characters, apostrophes, and combining marks that no letter has consumed.
const fn is_nothing(c: char) -> bool {
    is_mark(c) || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\'' | '’')
}

const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn letters(c: char, mark: Option<char>) -> String {
    let written = match (c, mark) {
        ('a', Some('\u{30a}')) | ('å', _) => "aa",
        ('a', Some('\u{308}')) | ('æ' | 'ä' | 'ǽ', _) => "ae",
        ('o', Some('\u{308}')) | ('ø' | 'ö' | 'ǿ', _) => "oe",
        ('á' | 'à' | 'â', _) => "a",
        ('é' | 'è' | 'ê' | 'ë', _) => "e",
        ('í' | 'ì' | 'ï', _) => "i",
        ('ó' | 'ò' | 'ô', _) => "o",
        ('ü' | 'ú' | 'û', _) => "u",
        ('ý', _) => "y",
        ('ß', _) => "ss",
        _ => return full_width(c).to_string(),
    };
    written.to_owned()
}

/// Maps full-width Latin letters to ordinary ones.
fn full_width(c: char) -> char {
    let narrow = u32::from(c).checked_sub(0xFEE0).filter(|code| (0x61..=0x7a).contains(code));
    narrow.and_then(char::from_u32).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_spellings_of_a_name_have_one_key() {
        for (name, spellings) in [
            (
                "koebenhavn",
                &["København", "KØBENHAVN", "Koebenhavn", "Köbenhavn", "Kbh.", "KBH", "Kø\u{ad}benhavn"][..],
            ),
            ("aarhus", &["Aarhus", "Århus", "ÅRHUS", "A\u{30a}rhus", "A\u{30a}RHUS", "ａａｒｈｕｓ"]),
            ("kongens lyngby", &["Kgs. Lyngby", "kongens  lyngby", "KGS.LYNGBY", "Kgs.\u{a0}Lyngby"]),
            ("lyngby taarbaek", &["Lyngby-Taarbæk", "Lyngby–Tårbæk", "lyngby / taarbaek"]),
            ("nykoebing f", &["Nykøbing F", "Nykøbing F.", "Nykøbing Falster"]),
        ] {
            for spelling in spellings {
                assert_eq!(keys(&words(spelling)).0, name, "{spelling}");
            }
        }
    }

    #[test]
    fn numbers_and_letters_are_split_and_digits_of_every_script_are_read() {
        let parts = [Token::Number("8370".to_owned()), Token::Word("hadsten".to_owned())];
        for typed in ["8370 Hadsten", "8370Hadsten", "８３７０　Hadsten", "٨٣٧٠ hadsten", "8370\u{200b}\u{a0}HADSTEN"]
        {
            assert_eq!(tokens(typed), parts, "{typed}");
        }
    }
}
