//! Forms of a road's name that find the same road even if only their hashes are stored.
//!
//! Few forms are stored for each road, and a search tries every variant of its name with one typo. So nothing stored
//! reveals which names are alike, and a search finds exactly the roads that [`Road::is_same_as`] does.

use super::{LONG, Road};

/// Marks a form of the whole name.
const WHOLE: &str = "whole";

/// Marks a form of a name without an optional part.
const BARE: &str = "bare";

/// Marks a form of a name whose optional part is left out.
const REST: &str = "rest";

impl Road {
    /// The forms to store, as keyed hashes.
    #[must_use]
    pub fn forms(&self) -> [String; 2] {
        let (first, last) = self.parts();
        [format!("{WHOLE} {first}{last}"), format!("{} {last}", if first.is_empty() { BARE } else { REST })]
    }

    /// The forms to search for: every road that is the same has one of them, and no other road has any.
    pub fn forms_of_the_same(&self) -> impl Iterator<Item = String> {
        let (first, last) = self.parts();
        let without = if first.is_empty() { REST } else { BARE };
        let of =
            |kind: &'static str, name: String| with_slips(name).into_iter().map(move |name| format!("{kind} {name}"));
        of(WHOLE, format!("{first}{last}")).chain(of(without, last.to_owned()))
    }
}

/// Returns the name and, if it is long, all variants with one typo: see [`super::is_one_slip`].
fn with_slips(name: String) -> Vec<String> {
    let letters = || (b'a'..=b'z').map(char::from);
    let is_letter = |at: usize| name.as_bytes().get(at).is_some_and(u8::is_ascii_lowercase);
    let mut all = Vec::new();
    // The first letter must match.
    for at in 1..=name.len() {
        let (before, after) = name.split_at(at);
        if name.len() >= LONG {
            all.extend(letters().map(|letter| format!("{before}{letter}{after}")));
            if is_letter(at) {
                all.extend(letters().map(|letter| format!("{before}{letter}{}", &after[1..])));
            }
            if at > 1 && is_letter(at - 1) && is_letter(at) {
                all.push(format!("{}{}{}{}", &before[..at - 1], &after[..1], &before[at - 1..], &after[1..]));
            }
        }
        if name.len() > LONG && is_letter(at) {
            all.push(format!("{before}{}", &after[1..]));
        }
    }
    all.push(name);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn is_found(stored: &Road, sought: &Road) -> bool {
        let forms: BTreeSet<String> = sought.forms_of_the_same().collect();
        stored.forms().iter().any(|form| forms.contains(form))
    }

    /// The name of a road, and a variant with some typos.
    fn names() -> impl Strategy<Value = (String, String)> {
        let slip = (0_u8..4, any::<prop::sample::Index>(), "[a-c1]");
        ("([a-c]{2,4} )?[a-c1]{7,13}", prop::collection::vec(slip, 0..3)).prop_map(|(name, slips)| {
            let mut other: Vec<char> = name.chars().collect();
            for (kind, at, letter) in slips {
                let (at, letter) = (at.index(other.len() - 1), letter.chars().next().unwrap());
                match kind {
                    0 => other[at] = letter,
                    1 => other.insert(at, letter),
                    2 => drop(other.remove(at)),
                    _ => other.swap(at, at + 1),
                }
            }
            (name, other.into_iter().collect())
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn a_road_is_found_by_its_forms_if_and_only_if_it_is_the_same((one, other) in names()) {
            let (one, other) = (Road(one), Road(other));
            prop_assert_eq!(is_found(&one, &other), one.is_same_as(&other));
            prop_assert_eq!(is_found(&other, &one), one.is_same_as(&other));
        }
    }
}
