//! The normal form of typed text, in which everything judges, stores, compares and mails it.

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeEmoji, UnicodeGeneralCategory};

/// Windows-1252 in place of the control characters U+0080 to U+009F, as browsers read them (HTML standard, numeric
/// character references). Nobody types these control characters: they are quotation marks or dashes in the wrong
/// encoding. NEL (U+0085) is a line break, and what Windows-1252 leaves undefined is a space.
const C1: &str = "€ ‚ƒ„\n†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

/// Returns `text` in Unicode NFC, with `\n` as the only line break and without control or invisible characters.
///
/// Invisible characters stay where they make a visible difference: joiners in emoji and in scripts that use them,
/// variation selectors after characters with variants, the tags of a flag. A character that separates words becomes a
/// space, never nothing. The result is already in normal form.
#[must_use]
pub fn normal(text: &str) -> String {
    let mut text = once(text);
    // Composing may put another character before one that was kept; the bound keeps hostile texts cheap.
    for _ in 0..8 {
        let again = once(&text);
        if again == text {
            break;
        }
        text = again;
    }
    text
}

fn once(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut hidden = String::new();
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        if is_invisible(sign) {
            hidden.push(sign);
            continue;
        }
        let next = match sign {
            '\r' => {
                signs.next_if_eq(&'\n');
                '\n'
            }
            other => visible(other),
        };
        keep_meaningful(&mut out, &hidden, Some(next));
        hidden.clear();
        // Padding (ECMA-48) stands for nothing, not even a space.
        if !matches!(sign, '\0' | '\u{7f}') {
            out.push(next);
        }
    }
    keep_meaningful(&mut out, &hidden, None);
    based(out.nfc())
}

/// Folds a normalised text for comparison: without invisible characters, and with each run of spaces and breaks as one
/// space. Texts that differ only in what is not seen become equal.
#[must_use]
pub fn folded(text: &str) -> String {
    let seen: String = text.chars().filter(|sign| !is_invisible(*sign)).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The most marks on one letter. No language puts more there, and more would cover the lines around it.
const MOST_MARKS: usize = 8;

/// Removes marks without a base character, and those that are too many.
fn based(signs: impl Iterator<Item = char>) -> String {
    let mut marks = MOST_MARKS;
    let is_kept = |sign: &char| {
        let is_mark =
            matches!(sign.general_category(), GeneralCategory::NonspacingMark | GeneralCategory::EnclosingMark);
        marks = match sign {
            _ if is_mark => marks + 1,
            ' ' | '\n' => MOST_MARKS,
            // Invisible characters are no letters.
            _ if is_invisible(*sign) => marks,
            _ => 0,
        };
        !is_mark || marks <= MOST_MARKS
    };
    signs.filter(is_kept).collect()
}

/// Converts a decimal digit of any script to ASCII, `0` to `9`.
#[must_use]
pub fn digit(sign: char) -> Option<char> {
    if sign.is_ascii() {
        return Some(sign).filter(char::is_ascii_digit);
    }
    let is_digit =
        |code: u32| char::from_u32(code).is_some_and(|sign| sign.general_category() == GeneralCategory::DecimalNumber);
    // The digits of a script are consecutive from 0 to 9 (The Unicode Standard, 4.6), and each run begins with 0.
    let last = (0..50).take_while(|back| is_digit(sign as u32 - back)).last()?;
    char::from_digit(last % 10, 10)
}

/// True for a dash or hyphen of any length, and for the minus sign.
#[must_use]
pub fn is_dash(sign: char) -> bool {
    sign == '-' || sign == '\u{2212}' || sign.general_category() == GeneralCategory::DashPunctuation
}

/// Returns the form in which a visible character is kept.
fn visible(sign: char) -> char {
    match sign {
        '\n' | '\u{b}' | '\u{c}' | '\u{2028}' | '\u{2029}' => '\n',
        '\u{80}'..='\u{9f}' => C1.chars().nth(sign as usize - 0x80).unwrap_or(' '),
        // Lookalikes of a space: an empty Braille cell, Hangul fillers, an empty note head, a missing object.
        '\u{2800}' | '\u{3164}' | '\u{ffa0}' | '\u{1d159}' | '\u{fffc}' => ' ',
        _ if sign.is_control() => ' ',
        // Private use: characters of a single font.
        _ if sign.general_category() == GeneralCategory::PrivateUse => ' ',
        _ if sign.general_category() == GeneralCategory::SpaceSeparator => ' ',
        _ => sign,
    }
}

/// True for characters without a shape of their own (Default_Ignorable_Code_Point of Unicode, except blank letters),
/// and for noncharacters.
fn is_invisible(sign: char) -> bool {
    match sign {
        '\0'..='\u{ac}' => false,
        '\u{fdd0}'..='\u{fdef}' => true,
        _ if sign as u32 & 0xfffe == 0xfffe => true,
        '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' => true,
        '\u{2065}' | '\u{fe00}'..='\u{fe0f}' | '\u{fff0}'..='\u{fff8}' | '\u{e0000}'..='\u{e0fff}' => true,
        // These are visible: signs around Arabic, Syriac and Kaithi numbers, and the quadrats of hieroglyphs.
        '\u{600}'..='\u{605}' | '\u{6dd}' | '\u{70f}' | '\u{890}' | '\u{891}' | '\u{8e2}' => false,
        '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1345f}' => false,
        _ => sign.general_category() == GeneralCategory::Format,
    }
}

/// Appends those of the `hidden` characters that mean something between the end of `out` and `next`.
fn keep_meaningful(out: &mut String, hidden: &str, next: Option<char>) {
    if hidden.is_empty() {
        return;
    }
    let Some(before) = out.chars().next_back() else { return };
    let is = |of: fn(char) -> bool| next.is_some_and(of);
    if before == '\u{1f3f4}'
        && let Some(end) = flag(hidden)
    {
        out.push_str(&hidden[..end]);
        return;
    }
    let mut signs = hidden.chars().peekable();
    let varies = |sign: &char| match sign {
        '\u{fe0e}' | '\u{fe0f}' => is_emoji(before) || is(|next| next == '\u{20e3}') && before.is_emoji_char(),
        '\u{fe00}'..='\u{fe0d}' | '\u{e0100}'..='\u{e01ef}' => has_variants(before),
        '\u{180b}'..='\u{180f}' => matches!(before, '\u{1800}'..='\u{18af}'),
        _ => false,
    };
    out.extend(signs.next_if(varies));
    let joins = |sign: &char| match sign {
        '\u{200d}' => {
            (is_emoji(before) || is_combined(before)) && is(is_emoji) || has_joiners(before) || is(has_joiners)
        }
        '\u{200c}' => has_joiners(before) && is(has_joiners),
        '\u{200b}' => is_unspaced(before) && is(is_unspaced),
        '\u{115f}' | '\u{1160}' => is_jamo(before) || is(is_jamo),
        _ => false,
    };
    out.extend(signs.find(joins));
}

/// Returns the end of the tags that turn a black flag into the flag of a region.
fn flag(hidden: &str) -> Option<usize> {
    let is_tag = |sign: char| matches!(sign, '\u{e0020}'..='\u{e007e}');
    let (tags, _) = hidden.split_once('\u{e007f}')?;
    (!tags.is_empty() && tags.chars().all(is_tag)).then_some(tags.len() + '\u{e007f}'.len_utf8())
}

fn is_emoji(sign: char) -> bool {
    !sign.is_ascii() && sign.is_emoji_char()
}

/// True for a skin colour or another end of an emoji that a joiner may follow.
fn is_combined(sign: char) -> bool {
    matches!(sign, '\u{1f3fb}'..='\u{1f3ff}' | '\u{20e3}')
}

fn has_variants(sign: char) -> bool {
    matches!(sign, '\u{1000}'..='\u{109f}' | '\u{2e80}'..='\u{9fff}' | '\u{a840}'..='\u{a87f}' | '\u{aa60}'..='\u{aa7f}')
        || matches!(sign, '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// True for letters and vowel signs from Arabic to Mongolian and similar younger scripts: joiners shape them.
fn has_joiners(sign: char) -> bool {
    let is_part = matches!(sign.general_category_group(), GeneralCategoryGroup::Letter | GeneralCategoryGroup::Mark);
    let is_in = matches!(sign, '\u{600}'..='\u{e00}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{18af}')
        || matches!(sign, '\u{1900}'..='\u{1cff}' | '\u{a800}'..='\u{abff}' | '\u{fb50}'..='\u{fdff}')
        || matches!(sign, '\u{fe70}'..='\u{fefc}' | '\u{10a00}'..='\u{1247f}' | '\u{1e900}'..='\u{1e95f}');
    is_part && is_in
}

/// True for scripts without spaces, in which a zero-width space ends a word: Thai, Lao, Tibetan, Burmese, Khmer.
fn is_unspaced(sign: char) -> bool {
    matches!(sign, '\u{e00}'..='\u{109f}' | '\u{1780}'..='\u{17ff}') && sign.is_alphanumeric()
}

fn is_jamo(sign: char) -> bool {
    matches!(sign, '\u{1100}'..='\u{11ff}' | '\u{a960}'..='\u{a97c}' | '\u{d7b0}'..='\u{d7fb}')
}

#[cfg(test)]
mod tests;
