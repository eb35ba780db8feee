//! A number as it may be shown: exact, a lower bound if some of it is hidden, or hidden.

use model::words::{Words, fill};

/// A published number, or a sum of published numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Number {
    /// The number, or every number of the sum, is shown.
    Exactly(u32),
    /// Some numbers of the sum are hidden; this is the sum of the others.
    AtLeast(u32),
    /// No number is shown.
    Hidden,
}

impl Number {
    /// Sums the numbers that are shown; `None` is a hidden number.
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

    /// The lower bound.
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
    fn a_sum_tells_whether_some_of_it_is_hidden() {
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
