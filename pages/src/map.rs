//! The drawn map of the kredse: its shapes, and which kreds each belongs to.

use model::names::KredsSlug;

/// A map, in units of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KredsMap {
    /// Its width.
    pub width: i32,
    /// Its height.
    pub height: i32,
    /// One area for each kreds, in the order of the atlas.
    pub areas: Vec<Area>,
    /// An SVG path of the frames around what is shown out of its place.
    pub frames: String,
}

/// One kreds on the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// The kreds.
    pub kreds: KredsSlug,
    /// Its outline, an SVG path. A kreds too small to hit is in it twice, the second time enlarged.
    pub path: String,
    /// Where its number has room.
    pub label: (i32, i32),
}
