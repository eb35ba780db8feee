//! Splits a text into words.

use crate::source::text::letters;
use std::ops::Range;

/// The spans of the words of a text. Addresses do not count, nor do placeholders of the authority or the program.
pub(crate) fn words(text: &str) -> Vec<Range<usize>> {
    let (mut words, mut open) = (Vec::with_capacity(text.len() / 5 + 1), 0_usize);
    // The current word: where its letters and digits start and end, and whether it contains a character of an address.
    let (mut first, mut last, mut has_sign, mut at) = (None, 0, false, 0);
    while at < text.len() {
        let begin = at;
        at += letters(&text.as_bytes()[at..]);
        // The end of the text counts as a space.
        let sign = text[at..].chars().next().unwrap_or(' ');
        let next = at + sign.len_utf8();
        // The most frequent non-ASCII letters skip the lookup.
        let is_letter = matches!(sign, 'æ' | 'ø' | 'å') || sign.is_alphanumeric();
        if open == 0 && (is_letter || at > begin) {
            first.get_or_insert(begin);
            last = if is_letter { next } else { at };
        }
        has_sign |= matches!(sign, '@' | '.' | ':');
        let is_bracket = matches!(sign, '[' | '{' | ']' | '}');
        if is_bracket || sign.is_whitespace() || next >= text.len() {
            if let Some(first) = first.take()
                && !(has_sign && is_address(&text[first..last]))
            {
                words.push(first..last);
            }
            has_sign = false;
        }
        if is_bracket {
            open = if matches!(sign, '[' | '{') { open + 1 } else { open.saturating_sub(1) };
        }
        at = next;
    }
    words
}

fn is_address(word: &str) -> bool {
    let inner = |part: &str| part.chars().all(char::is_alphanumeric) && part.chars().any(char::is_alphabetic);
    word.contains('@')
        || word.contains("://")
        || word.rsplit_once('.').is_some_and(|(name, end)| end.len() > 1 && inner(end) && name.len() > 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<&str> {
        words(text).into_iter().map(|word| &text[word]).collect()
    }

    #[test]
    fn a_word_has_a_letter_or_a_digit_and_is_not_an_address_or_a_placeholder() {
        assert_eq!(all("»Ring 112,« sagde hun – nu!"), ["Ring", "112", "sagde", "hun", "nu"]);
        assert_eq!(all("Læs på [politi.dk], på datatilsynet.dk eller https://a.dk/b."), ["Læs", "på", "på", "eller"]);
        assert_eq!(
            all("Skriv til a@b.dk kl. 14.30 f.eks. om e-mail."),
            ["Skriv", "til", "kl", "14.30", "f.eks", "om", "e-mail"]
        );
        assert_eq!(all("Inden **[udfyldes af myndigheden: frist]** og {dage} dage"), ["Inden", "og", "dage"]);
    }
}
