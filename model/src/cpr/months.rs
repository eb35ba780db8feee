//! Month names in dates.

/// The beginnings of the month names in Danish and English.
const MONTHS: [&[&str]; 12] = [
    &["jan"],
    &["feb"],
    &["mar"],
    &["apr"],
    &["maj", "may"],
    &["jun"],
    &["jul"],
    &["aug"],
    &["sep"],
    &["okt", "oct"],
    &["nov"],
    &["dec"],
];

/// The most characters of a month name with its separators, two before it and one after it: `. september `.
const LONGEST: usize = 14;

/// Returns the month if `between` holds a month name and nothing else.
pub(super) fn month(between: &str) -> Option<i8> {
    if between.chars().nth(LONGEST).is_some() {
        return None;
    }
    let between = between.to_lowercase();
    let word = between.trim_matches(|sign: char| !sign.is_alphanumeric());
    let is_word = word.chars().all(char::is_alphabetic);
    let at = MONTHS.iter().position(|all| is_word && all.iter().any(|begin| word.starts_with(begin)))?;
    i8::try_from(at + 1).ok()
}
