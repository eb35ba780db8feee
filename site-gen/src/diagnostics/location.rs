//! Places in a file, as editors count them.

/// A place in a file, as editors count: line and column from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Location {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl Location {
    /// The first character of a file.
    pub(crate) const START: Self = Self { line: 1, column: 1 };
}
