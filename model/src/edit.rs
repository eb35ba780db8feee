//! Typos: one letter inserted, deleted or replaced, or two neighbours swapped.

/// Returns the letters in which two words differ if they are one typo apart; both are empty if the words are equal.
pub(crate) fn one_edit<'a, T: PartialEq>(one: &'a [T], other: &'a [T]) -> Option<(&'a [T], &'a [T])> {
    let start = one.iter().zip(other).take_while(|(one, other)| one == other).count();
    let (one, other) = (&one[start..], &other[start..]);
    let end = one.iter().rev().zip(other.iter().rev()).take_while(|(one, other)| one == other).count();
    let differ = (&one[..one.len() - end], &other[..other.len() - end]);
    let is_one = match differ {
        ([] | [_], [] | [_]) => true,
        ([first, second], [third, fourth]) => first == fourth && second == third,
        _ => false,
    };
    is_one.then_some(differ)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_edit_inserts_deletes_replaces_or_swaps_a_letter() {
        let is_one_edit = |one: &str, other: &str| one_edit(one.as_bytes(), other.as_bytes()).is_some();
        for (one, other) in [
            ("hadsten", "hadstn"),
            ("hadsten", "haadsten"),
            ("hadsten", "hadsten"),
            ("odense", "odnese"),
            ("ab", "ac"),
            ("aab", "aba"),
            ("", "a"),
        ] {
            assert!(is_one_edit(one, other) && is_one_edit(other, one), "{one} {other}");
        }
        for (one, other) in [("hadsten", "hdstn"), ("odense", "oednes"), ("ab", "cd"), ("", "ab"), ("abc", "cba")] {
            assert!(!is_one_edit(one, other) && !is_one_edit(other, one), "{one} {other}");
        }
    }
}
