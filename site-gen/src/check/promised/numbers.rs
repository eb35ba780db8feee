//! Numbers in words, in Danish and English.

use crate::diagnostics::danish::is_among;

/// The words for 1 to 20, then for 30, 40 and so on up to 100, with some ordinals; fractions are rounded up. Numbers
/// from 21 to 99 are composed of these.
pub(super) const DANISH_NUMBERS: &str = "en et én ét, par to halvanden halvandet, tre tredje, fire fjerde, fem femte, seks, syv, \
     otte, ni, ti tiende, elleve, tolv, tretten, fjorten, femten, seksten, sytten, atten, nitten, tyve, tredive, fyrre, \
     halvtreds, tres, halvfjerds, firs, halvfems, hundrede";

/// The same in English.
pub(super) const ENGLISH_NUMBERS: &str = "a an one, couple two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, \
     thirteen, fourteen, fifteen, sixteen, seventeen, eighteen, nineteen, twenty, thirty, forty, fifty, sixty, seventy, \
     eighty, ninety, hundred";

/// Parses a number, in words of the given language or in digits.
pub(super) fn number(word: &str, numbers: &str) -> Option<u64> {
    let of = |word: &str| {
        let index = numbers.split(", ").zip(0..).find(|(words, _)| is_among(word, words))?.1;
        Some(if index < 20 { index + 1 } else { (index - 17) * 10 })
    };
    // `fireogtyve`
    let made = || {
        // No such word is shorter.
        let (ones, tens) = (word.len() > 7).then(|| word.split_once("og"))??;
        Some(of(ones)? + of(tens).filter(|tens| *tens >= 20)?)
    };
    of(word).or_else(made).or_else(|| word.parse().ok().filter(|_| word.chars().all(|c| c.is_ascii_digit())))
}
