//! Months in words.

/// The beginnings of the months, in Danish or English.
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

/// The longest begins with two signs and ends with one: `. september `.
const LONGEST: usize = 14;

/// The month that stands alone in `between`.
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
