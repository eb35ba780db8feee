//! Runs of digit groups and their separators: `33 14 14 48` is one run of four groups.

use super::context;
use super::signs::BLOCK;
use std::ops::Range;

/// Separators between the groups of one number, besides spaces.
const BETWEEN: &str = ".-/,";

/// A comma and a space, which usually separate list entries.
pub(super) const LISTED: char = ';';

/// Markdown characters that are invisible between groups.
const UNSEEN: &str = "*_\\";

/// A full stop and a space, which usually end a sentence.
pub(super) const STOP: char = ':';

/// Any separator that is used only in haste: `33'14'14'48`, `33:14:14:48`.
pub(super) const ODD: char = '\u{1e}';

/// The characters that count as [`ODD`].
const ODD_SIGNS: &str = ":;'\u{2019}\u{b4}`~=|\u{2026}";

/// True if a separator, or none, usually starts a new number.
pub(super) const fn is_loose(separator: Option<char>) -> bool {
    matches!(separator, None | Some(',' | LISTED | STOP | BLOCK | ODD))
}

/// Groups of digits with only the separators of one number between them.
pub(super) struct Run<'l> {
    line: &'l str,
    groups: Vec<Group>,
}

struct Group {
    start: usize,
    end: usize,
    digits: String,
    /// The separator from the previous group; `None` for the first group.
    before: Option<char>,
    /// True if it starts with a plus or two zeros.
    is_international: bool,
}

/// All runs of a line. Digits next to letters are not part of one: `B7`, `2a`.
pub(super) fn runs(line: &str) -> Vec<Run<'_>> {
    let (mut runs, mut groups): (Vec<Run<'_>>, Vec<Group>) = (Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(found) = line[at..].find(|sign: char| sign.is_ascii_digit()) {
        let start = at + found;
        let (end, digits) = group(line, start);
        at = end;
        // `Ring115` and `Ring 115nu` only lack a space.
        let touches_letter = (line[..start].ends_with(char::is_alphabetic) && !context::ends_with_call(&line[..start]))
            || (line[end..].starts_with(char::is_alphabetic)
                && !(digits.len() > 2 && context::is_dialled(context::near_end(&line[..start]))));
        let between = groups.last().and_then(|last| between(&line[last.end..start]));
        if between.is_none() || touches_letter {
            runs.extend(run(line, &mut groups));
        }
        if !touches_letter {
            let before = line[..start].trim_end_matches(' ');
            let is_plus = before.ends_with('+');
            // Two zeros within another number are no country code: `1400-83131-00034-26`.
            let is_first = groups.is_empty() || is_loose(between);
            let is_international = is_plus || (is_first && digits.starts_with("00"));
            let start = if is_plus { before.len() - 1 } else { start };
            let start = if is_plus && line[..start].ends_with('(') { start - 1 } else { start };
            let before = if groups.is_empty() { None } else { between };
            groups.push(Group { start, end, digits, before, is_international });
        }
    }
    runs.extend(run(line, &mut groups));
    runs
}

fn run<'l>(line: &'l str, groups: &mut Vec<Group>) -> Option<Run<'l>> {
    let groups = std::mem::take(groups);
    (!groups.is_empty()).then_some(Run { line, groups })
}

/// The end of the digits that start at `start`, and the digits without Markdown characters.
fn group(line: &str, start: usize) -> (usize, String) {
    let (mut end, mut digits) = (start, String::new());
    for (at, sign) in line[start..].char_indices() {
        if sign.is_ascii_digit() {
            digits.push(sign);
            end = start + at + 1;
        } else if !UNSEEN.contains(sign) {
            break;
        }
    }
    (end, digits)
}

/// The separator in a text between two groups, ignoring spaces, brackets and Markdown; `None` if there are other
/// characters or different separators.
fn between(text: &str) -> Option<char> {
    if text.is_empty() {
        return None;
    }
    let mut seen = ' ';
    for sign in text.chars().filter(|sign| *sign != ' ' && !UNSEEN.contains(*sign) && !"()[]+".contains(*sign)) {
        let sign = if ODD_SIGNS.contains(sign) { ODD } else { sign };
        let is_between = sign == BLOCK || sign == ODD || BETWEEN.contains(sign);
        if !is_between || (seen != ' ' && seen != sign) {
            return None;
        }
        seen = sign;
    }
    Some(match seen {
        ',' if text.contains(' ') => LISTED,
        '.' if text.ends_with(' ') => STOP,
        sign => sign,
    })
}

impl Run<'_> {
    pub(super) fn len(&self) -> usize {
        self.groups.len()
    }

    pub(super) fn start(&self, index: usize) -> usize {
        self.groups[index].start
    }

    pub(super) fn end(&self, index: usize) -> usize {
        self.groups[index].end
    }

    /// The text directly before a group.
    pub(super) fn before(&self, index: usize) -> &str {
        context::near_end(&self.line[..self.start(index)])
    }

    pub(super) fn is_international(&self, index: usize) -> bool {
        self.groups[index].is_international
    }

    /// The separator before a group.
    pub(super) fn separator(&self, index: usize) -> Option<char> {
        self.groups.get(index)?.before
    }

    /// The digits of a group; `None` if there is no such group.
    pub(super) fn group(&self, index: usize) -> Option<&str> {
        self.groups.get(index).map(|group| group.digits.as_str())
    }

    /// The digits of some groups.
    pub(super) fn text(&self, indices: Range<usize>) -> String {
        self.groups[indices].iter().map(|group| group.digits.as_str()).collect()
    }

    /// The number of digits in some groups.
    pub(super) fn digits(&self, indices: Range<usize>) -> usize {
        self.groups[indices].iter().map(|group| group.digits.len()).sum()
    }

    /// True if groups of these sizes start here, separated by one and the same character of `between`, and are not part
    /// of a longer sequence.
    pub(super) fn has_shape(&self, first: usize, sizes: &[usize], between: &str) -> bool {
        let Some(groups) = self.groups.get(first..first + sizes.len()) else { return false };
        let separator = groups.get(1).and_then(|group| group.before);
        let fits = groups.iter().zip(sizes).all(|(group, size)| group.digits.len() == *size)
            && groups.iter().skip(1).all(|group| group.before == separator)
            && separator.is_none_or(|sign| between.contains(sign));
        let joins = |group: &Group| match (group.before, separator) {
            (Some(' '), Some(' ')) => group.digits.len() == sizes[0],
            (Some(' '), _) => false,
            (separator, _) if is_loose(separator) => false,
            // A full stop, a hyphen or a slash within a sentence joins groups: 12.345.678.
            _ => true,
        };
        let is_more = joins(&groups[0]) || self.groups.get(first + sizes.len()).is_some_and(joins);
        fits && !is_more
    }

    /// True if only spaces separate the group from others, or both are 11x.
    pub(super) fn is_alone(&self, index: usize) -> bool {
        let is_emergency =
            |index: usize| self.groups.get(index).is_some_and(|it| it.digits.len() == 3 && it.digits.starts_with("11"));
        let is_apart = |index: usize| match self.separator(index) {
            separator if separator == Some(' ') || is_loose(separator) => true,
            // `112/114`
            Some('/' | '-') => is_emergency(index - 1) && is_emergency(index),
            _ => false,
        };
        is_apart(index) && is_apart(index + 1)
    }
}
