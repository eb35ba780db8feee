//! The country calling codes of the world, with the rules for the digits after them.

use std::ops::RangeInclusive;

/// One line for each code; the head of the file describes the columns and names the source.
const PLAN: &str = include_str!("plan.txt");

/// A country calling code, or one of a network without a country.
pub(super) struct Country {
    pub(super) code: &'static str,
    /// Prefixes dialled before a number within the country, but not from outside; the first is the usual one.
    trunk: &'static str,
    /// The allowed numbers of digits: `6-10,12`.
    lengths: &'static str,
    /// The first digits that its numbers may have.
    first: &'static str,
    premium: &'static str,
}

impl Country {
    /// Returns the country whose code `digits` begin with. No code is a prefix of another.
    pub(super) fn of(digits: &str) -> Option<Self> {
        lines().find(|line| line.split(';').next().is_some_and(|code| digits.starts_with(code))).and_then(Self::read)
    }

    fn read(line: &'static str) -> Option<Self> {
        let mut cells = line.split(';');
        let (code, trunk, lengths, first) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
        Some(Self { code, trunk, lengths, first, premium: cells.next().unwrap_or_default() })
    }

    /// Prefixes that people write between the code and a number: the country's trunk prefixes, and the zero of their
    /// own country.
    pub(super) fn prefixes(&self) -> impl Iterator<Item = &'static str> {
        let has_zero = self.trunk.split(' ').any(|prefix| prefix == "0");
        self.trunk.split(' ').filter(|prefix| !prefix.is_empty()).chain((!has_zero).then_some("0"))
    }

    /// Returns the digits after the code as dialled from outside; `None` if no number there looks like that.
    ///
    /// First digit and length decide whether a prefix is dropped or belongs to the number, as in Italy.
    pub(super) fn dialled<'a>(&self, local: &'a str) -> Option<&'a str> {
        let without = self.prefixes().filter_map(|prefix| local.strip_prefix(prefix));
        [local].into_iter().chain(without).find(|local| self.may_be(local))
    }

    fn may_be(&self, local: &str) -> bool {
        self.first.chars().any(|first| local.starts_with(first))
            && self.lengths().any(|fits| fits.contains(&local.len()))
    }

    fn lengths(&self) -> impl Iterator<Item = RangeInclusive<usize>> {
        let length = |length: &str| length.parse::<usize>().ok();
        self.lengths.split(',').filter_map(move |part| {
            let (fewest, most) = part.split_once('-').unwrap_or((part, part));
            Some(length(fewest)?..=length(most)?)
        })
    }

    /// The most digits of a number, with the code and a prefix.
    pub(super) fn longest(&self) -> usize {
        let prefix = self.prefixes().map(str::len).max().unwrap_or(0);
        self.code.len() + prefix + self.lengths().map(|fits| *fits.end()).max().unwrap_or(0)
    }

    /// True if a call to the digits after the code costs more than other calls to the country.
    pub(super) fn is_premium(&self, local: &str) -> bool {
        self.premium.split(' ').any(|begin| begin == "*" || !begin.is_empty() && local.starts_with(begin))
    }
}

fn lines() -> impl Iterator<Item = &'static str> {
    PLAN.lines().filter(|line| !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_plan_is_read_and_no_code_is_a_prefix_of_another() {
        let all: Vec<Country> = lines().map(|line| Country::read(line).unwrap()).collect();
        assert!(all.len() > 200);
        for country in &all {
            let alike = all.iter().filter(|other| other.code.starts_with(country.code)).count();
            assert_eq!(alike, 1, "{}", country.code);
            let cells = country.lengths.split(',').count();
            assert_eq!(country.lengths().filter(|fits| fits.start() <= fits.end()).count(), cells, "{}", country.code);
            let longest = country.lengths().map(|fits| *fits.end()).max().unwrap();
            assert!(country.code.len() + longest <= 15 && !country.first.is_empty(), "{}", country.code);
            assert!(country.first.bytes().all(|digit| digit.is_ascii_digit()), "{}", country.code);
        }
    }

    #[test]
    fn a_leading_zero_is_dropped_where_no_number_begins_with_one() {
        let no_zero = |country: &Country| !country.first.contains('0') && matches!(country.trunk, "" | "0" | "1");
        for country in lines().filter_map(Country::read).filter(no_zero) {
            let lengths = country.lengths().flatten();
            for (length, first) in lengths.flat_map(|length| country.first.chars().map(move |first| (length, first))) {
                let local = format!("{first}{}", "2".repeat(length - 1));
                for typed in [local.clone(), format!("0{local}")] {
                    assert_eq!(country.dialled(&typed), Some(local.as_str()), "{} {typed}", country.code);
                }
            }
        }
    }
}
