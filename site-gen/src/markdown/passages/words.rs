//! Where the words of a text are.

use crate::source::text::letters;
use std::ops::Range;

/// The words of a text. Addresses are no words, nor is what the authority or the program still fills in.
pub(crate) fn words(text: &str) -> Vec<Range<usize>> {
    let (mut words, mut open) = (Vec::with_capacity(text.len() / 6), 0_usize);
    // A word with the signs around it, by where its letters and digits begin and end.
    let (mut first, mut last) = (None, 0);
    let mut end = |first: &mut Option<usize>, last: usize| {
        let word = first.take().map(|first| first..last);
        words.extend(word.filter(|word| !is_address(&text[word.clone()])));
    };
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        let (at, begin) = (text.len() - rest.len(), letters(rest.as_bytes()));
        let length = if begin > 0 { begin } else { sign.len_utf8() };
        rest = &rest[length..];
        if begin > 0 || sign.is_alphanumeric() {
            if open == 0 {
                first.get_or_insert(at);
                last = at + length;
            }
        } else if sign.is_whitespace() {
            end(&mut first, last);
        } else if matches!(sign, '[' | '{' | ']' | '}') {
            end(&mut first, last);
            open = if matches!(sign, '[' | '{') { open + 1 } else { open.saturating_sub(1) };
        }
    }
    end(&mut first, last);
    words
}

fn is_address(word: &str) -> bool {
    // Most words have none of the signs of an address.
    if !word.bytes().any(|byte| matches!(byte, b'@' | b'.' | b':')) {
        return false;
    }
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
    fn a_word_has_a_letter_or_a_digit_and_is_no_address_and_no_placeholder() {
        assert_eq!(all("»Ring 112,« sagde hun – nu!"), ["Ring", "112", "sagde", "hun", "nu"]);
        assert_eq!(all("Læs på [politi.dk], på datatilsynet.dk eller https://a.dk/b."), ["Læs", "på", "på", "eller"]);
        assert_eq!(
            all("Skriv til a@b.dk kl. 14.30 f.eks. om e-mail."),
            ["Skriv", "til", "kl", "14.30", "f.eks", "om", "e-mail"]
        );
        assert_eq!(all("Inden **[udfyldes af myndigheden: frist]** og {dage} dage"), ["Inden", "og", "dage"]);
    }
}
