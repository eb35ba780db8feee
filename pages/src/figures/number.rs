//! A number as it may be said: it, a sum that lacks what is hidden, or nothing.

use model::words::{Words, fill};

/// A number that was published, or a sum of such.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Number {
    /// All of it is shown.
    Exactly(u32),
    /// Some of it is hidden.
    AtLeast(u32),
    /// Nothing of it is shown.
    Hidden,
}

impl Number {
    /// The sum of what is shown.
    pub(super) fn sum(numbers: impl Iterator<Item = Option<u32>>) -> Self {
        let (mut sum, mut shown, mut hidden) = (0_u32, 0, 0);
        for number in numbers {
            match number {
                Some(number) => (sum, shown) = (sum.saturating_add(number), shown + 1),
                None => hidden += 1,
            }
        }
        match (shown, hidden) {
            (0, _) => Self::Hidden,
            (_, 0) => Self::Exactly(sum),
            _ => Self::AtLeast(sum),
        }
    }

    /// The least that it can be.
    pub(super) const fn least(self) -> u32 {
        match self {
            Self::Exactly(number) | Self::AtLeast(number) => number,
            Self::Hidden => 0,
        }
    }

    pub(super) fn text(self, words: &Words) -> String {
        match self {
            Self::Exactly(number) => number.to_string(),
            Self::AtLeast(number) => fill(words.get("tal_mindst"), &[("antal", &number.to_string())]),
            Self::Hidden => words.get("tal_skjult").to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_says_what_is_hidden_of_it() {
        for (numbers, sum) in [
            (&[Some(7), Some(5)][..], Number::Exactly(12)),
            (&[Some(7), None], Number::AtLeast(7)),
            (&[None, None], Number::Hidden),
            (&[], Number::Hidden),
        ] {
            assert_eq!(Number::sum(numbers.iter().copied()), sum);
        }
    }
}
