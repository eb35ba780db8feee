//! Decides by the surrounding words whether a short number is one to call.

use super::Approved;
use crate::diagnostics::danish::is_among;

/// Prefixes of words about calling, in the supported languages. In other languages the number must be in bold, be the
/// text of a link, or stand next to an approved number.
const CALLING: [&str; 11] =
    ["ring", "opkald", "opring", "tlf", "tel", "telefon", "call", "phone", "dial", "telephone", "sms"];

/// Suffixes of words for a number to call.
const NUMBERS: [&str; 2] = ["nummer", "number"];

/// Words before a number of another kind.
const COUNTED: &str =
    "§ §§ stk artikel art article section side page kapitel chapter paragraf lov act kl linje line punkt";

/// Words before a number that is one to call only if another word says so.
const NUMBERED: &str = "nr no nummer number";

/// Words after a number that counts them.
const UNITS: &str = "% kr kroner km km/t m meter metres minutter minutes timer hours dage days uger weeks måneder months år years \
     gange times tegn characters personer people procent percent mio sager cases henvendelser anmeldelser borgere \
     betjente kommuner opkald bestillinger calls requests";

/// Words that join two numbers.
const JOINING: &str = "og eller and or / und oder";

/// The number of bytes before and after a number in which to look for words: a line may have many numbers.
const NEAR: usize = 300;

/// True if the number between `before` and `after` is one to call. One of three digits (`is_short`) may also be
/// recognised by the words around it, and any number by being in bold.
pub(super) fn says_so(before: &str, after: &str, is_short: bool, approved: &Approved) -> bool {
    let before = near_end(before);
    let after = &after[..after.floor_char_boundary(NEAR)];
    let sentence = before.rsplit(['.', '!', '?']).next().unwrap_or_default();
    // An abbreviation does not end a sentence.
    let sentence = if sentence.trim().is_empty() { before } else { sentence };
    let earlier: Vec<String> = words(sentence).rev().take(4).collect();
    let later: Vec<String> = words(after.split(['!', '?']).next().unwrap_or_default()).take(5).collect();
    let [previous, next] = [earlier.first(), later.first()].map(|word| word.map_or("", String::as_str));
    if is_among(previous, COUNTED) || is_among(next, UNITS) {
        return false;
    }
    if earlier.iter().any(|word| word.contains("telefon") || is_calling(word)) {
        return true;
    }
    if is_among(previous, NUMBERED) {
        return false;
    }
    if !is_short {
        return before.ends_with("**") && after.starts_with("**");
    }
    let is_named = later.iter().any(|word| NUMBERS.iter().any(|end| word.ends_with(end)));
    let is_joined = |near: &[String]| match near {
        [join, number, ..] => is_among(join, JOINING) && approved.contains_key(number),
        _ => false,
    };
    stands_out(before, after) || is_named || is_joined(&earlier) || is_joined(&later)
}

/// The end of a text, long enough for the words before a number.
pub(super) fn near_end(text: &str) -> &str {
    &text[text.ceil_char_boundary(text.len().saturating_sub(NEAR))..]
}

/// Words between a word about calling and the number.
const TO: &str = "på til nr nummer nummeret on at number";

/// True if the words directly before a number ask to call it.
pub(super) fn is_dialled(before: &str) -> bool {
    let mut nearest = words(before).rev().skip_while(|word| is_among(word, TO));
    nearest.next().is_some_and(|word| is_calling(&word))
}

fn is_calling(word: &str) -> bool {
    CALLING.iter().any(|begin| word.starts_with(begin))
}

/// True if a text ends with a whole word about calling.
pub(super) fn ends_with_call(text: &str) -> bool {
    let word = text.rsplit(|sign: char| !sign.is_alphabetic()).next().unwrap_or_default();
    CALLING.iter().any(|begin| word.eq_ignore_ascii_case(begin))
}

/// True if the words before a number say that it is one to call.
pub(super) fn is_called(before: &str) -> bool {
    let mut nearest = words(before).rev().take(4);
    nearest.any(|word| is_calling(&word) || word.starts_with("nummer") || word.starts_with("mobil"))
}

/// True if the number is the whole bold text, or the whole text of a link.
fn stands_out(before: &str, after: &str) -> bool {
    [("**", "**"), ("__", "__"), ("[", "]")]
        .iter()
        .any(|(open, close)| before.ends_with(open) && after.starts_with(close))
}

/// True if the number after this text is a register number, such as that of a company or a case.
pub(super) fn is_registered(before: &str) -> bool {
    const REGISTERS: [&str; 8] = ["cvr", "ean", "se-nr", "p-nr", "j.nr", "sagsnr", "journal", "iban"];
    words(before).rev().take(2).any(|word| REGISTERS.iter().any(|begin| word.starts_with(begin)))
}

/// The lowercase words of a text, without surrounding punctuation.
fn words(text: &str) -> impl DoubleEndedIterator<Item = String> {
    let is_sign = |sign: char| !sign.is_alphanumeric() && !"§%/".contains(sign);
    text.split_whitespace().map(move |word| word.trim_matches(is_sign).to_lowercase()).filter(|word| !word.is_empty())
}
