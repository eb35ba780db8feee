//! The outline of a kreds, as public geodata has it.

use model::names::KredsSlug;

/// A place in ten-thousandths of a degree, which is what the data is rounded to (about 10 m). Whole numbers, so that
/// two outlines that meet in a place have the very same one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Position {
    pub(crate) east: i32,
    pub(crate) north: i32,
}

/// Where a kreds is: one ring for each piece of land, or for a hole in one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outline {
    pub(crate) kreds: KredsSlug,
    /// The corners of each ring; the last is joined to the first, which is not said again.
    pub(crate) rings: Vec<Vec<Position>>,
}
