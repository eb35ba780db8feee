//! Groups of digits in a text.

use crate::{phone, text};

/// An unbroken run of digits.
pub(super) struct Group {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) digits: String,
    /// True if it is part of a telephone number that begins with a plus or two zeros.
    pub(super) is_abroad: bool,
}

/// The most characters between two groups of one number, except before its last four digits.
pub(super) const NEAR: usize = 3;

/// Returns all groups of digits in `text`.
pub(super) fn groups(text: &str) -> Vec<Group> {
    let mut all: Vec<Group> = Vec::new();
    for (place, sign) in text.char_indices() {
        let Some(digit) = text::digit(sign) else { continue };
        let end = place + sign.len_utf8();
        match all.last_mut() {
            Some(group) if group.end == place => {
                group.digits.push(digit);
                group.end = end;
            }
            _ => all.push(Group { start: place, end, digits: digit.to_string(), is_abroad: false }),
        }
    }
    let mut left = 0;
    for at in 0..all.len() {
        if let Some(longest) = longest_abroad(text, &all[at..]) {
            left = longest;
        } else if at == 0 || !is_near(text, &all[at - 1], &all[at], NEAR) {
            left = 0;
        }
        all[at].is_abroad = left >= all[at].digits.len();
        left = left.saturating_sub(all[at].digits.len());
    }
    all
}

/// The most digits of a telephone number with a country code that begins with the first of `all`; `None` if none does.
fn longest_abroad(text: &str, all: &[Group]) -> Option<usize> {
    let digits: String = all.iter().take(3).map(|group| group.digits.as_str()).collect();
    if text[..all[0].start].ends_with(['+', '\u{ff0b}']) {
        return phone::most_digits(&digits).or(Some(15));
    }
    let after = digits.strip_prefix("00")?;
    let longest = if all[0].digits.len() > 2 || is_near(text, &all[0], all.get(1)?, 1) {
        phone::most_digits(after)
    } else {
        None
    };
    longest.map(|longest| longest + 2)
}

/// True for a single space, breaking or not.
pub(super) fn is_space(between: &str) -> bool {
    matches!(between, " " | "\u{a0}")
}

/// True if at most `most` characters separate two groups, none of them a letter or digit.
pub(super) fn is_near(text: &str, first: &Group, next: &Group, most: usize) -> bool {
    let between = &text[first.end..next.start];
    !between.contains(char::is_alphanumeric) && between.chars().take(most + 1).count() <= most
}

/// True if `group` continues a date: a number of at most `most` digits and one of `signs` precede it.
pub(super) fn follows(text: &str, group: &Group, signs: &[char], most: usize) -> bool {
    let Some(before) = text[..group.start].strip_suffix(signs) else { return false };
    let digits = before.chars().rev().take_while(|sign| text::digit(*sign).is_some()).take(most + 1).count();
    (1..=most).contains(&digits)
}
