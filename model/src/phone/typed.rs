//! A telephone number as typed: groups of digits, and the separators between them.

use super::BadPhone;
use crate::text;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

pub(super) struct Typed {
    /// True if a plus precedes all digits.
    pub(super) international: bool,
    pub(super) groups: Vec<Group>,
}

pub(super) struct Group {
    /// The last character before the group other than a space; a space if there is none.
    before: char,
    pub(super) digits: String,
}

/// Labels that people write before a number.
const LABELS: [&str; 24] = [
    "tlf",
    "tlfnr",
    "tlfnummer",
    "telefon",
    "telefonnr",
    "telefonnummer",
    "tel",
    "telnr",
    "mobil",
    "mobilnr",
    "mobilnummer",
    "mobiltelefon",
    "mobiltlf",
    "mob",
    "mobnr",
    "mobile",
    "phone",
    "telephone",
    "cell",
    "nr",
    "nummer",
    "number",
    "m",
    "t",
];

impl Typed {
    pub(super) fn read(text: &str) -> Result<Self, BadPhone> {
        let mut typed = Self { international: false, groups: Vec::new() };
        let mut before = None;
        let text = text::normal(text);
        for sign in after_label(text.trim()).nfkc() {
            let is_first = typed.groups.is_empty() && !typed.international;
            match (text::digit(sign), &mut before, typed.groups.last_mut()) {
                (Some(digit), None, Some(group)) => group.digits.push(digit),
                (Some(digit), before, _) => {
                    let before = before.take().unwrap_or(' ');
                    typed.groups.push(Group { before, digits: digit.to_string() });
                }
                (None, ..) if sign == '+' && is_first => typed.international = true,
                (None, before, _) if sign.is_whitespace() => *before = before.or(Some(' ')),
                (None, before, _) if text::is_dash(sign) => *before = Some('-'),
                (None, before, _) if matches!(sign, '.' | '·' | '•' | '_') || is_bracket(sign) => {
                    *before = Some('.');
                }
                (None, before, _) if is_between(sign) => *before = Some('/'),
                _ => return Err(BadPhone),
            }
        }
        Ok(typed)
    }
}

/// Strips a label from the start of the text.
fn after_label(text: &str) -> &str {
    let start = text.find(|sign| sign == '+' || text::digit(sign).is_some()).unwrap_or(0);
    let label = text[..start].chars().filter(|sign| sign.is_alphabetic()).collect::<String>().to_lowercase();
    let start = text[..start].rfind(char::is_alphabetic).filter(|_| LABELS.contains(&label.as_str()));
    start.map_or(text, |last| text[last..].trim_start_matches(char::is_alphabetic))
}

fn is_bracket(sign: char) -> bool {
    matches!(sign.general_category(), GeneralCategory::OpenPunctuation | GeneralCategory::ClosePunctuation)
}

/// True for other punctuation, except characters that are dialled or introduce an extension.
fn is_between(sign: char) -> bool {
    sign == '|'
        || sign.general_category_group() == GeneralCategoryGroup::Punctuation
            && !matches!(sign, '#' | '*' | '@' | '%' | '&')
}

/// True if a foreign number is followed by the end of a second one: `70 123 45 67/68`. Nobody knows which is right.
///
/// A slash or similar, or a dash, may also follow an area code, and a dash may separate all groups.
pub(super) fn are_two(groups: &[Group], international: bool) -> bool {
    // Without a plus, the digits begin with `00`.
    let (mut digits, mut last) = (if international { 2 } else { 0 }, ' ');
    groups.iter().any(|group| {
        let is_second = match group.before {
            '/' => digits >= 10,
            '-' => digits >= 12 && last != '-',
            _ => false,
        };
        digits += group.digits.len();
        last = group.before;
        is_second
    })
}
