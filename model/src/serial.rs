//! The serial number by which a mailbox notices a gap.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The position of a request among those that a mailbox of a kreds (kreds and form) got in a year, without gaps.
///
/// The series shows what no single mail can: a missing number is a mail that did not arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Serial {
    /// The year in Denmark in which its mail was first attempted.
    pub year: i16,
    /// From 1. In the year of the change from one series per kreds to one per mailbox, it continues the old one.
    pub number: u32,
}

/// Formats the number as officers read it, also aloud.
impl fmt::Display for Serial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "nr. {} i {}", self.number, self.year)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_serial_is_written_with_its_year_and_ordered_by_it() {
        let serial = |year, number| Serial { year, number };
        assert_eq!(serial(2026, 17).to_string(), "nr. 17 i 2026");
        assert_eq!(serial(2026, 1_000_000).to_string(), "nr. 1000000 i 2026");
        let mut row = [serial(2027, 1), serial(2026, 10), serial(2026, 9)];
        row.sort();
        assert_eq!(row.map(|serial| serial.number), [9, 10, 1]);
    }
}
