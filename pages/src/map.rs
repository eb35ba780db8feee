//! The drawn map of the kredse: the outline and label of each.

use model::names::KredsSlug;

/// A map, in the units of its SVG view box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KredsMap {
    /// The width of the map.
    pub width: i32,
    /// The height of the map.
    pub height: i32,
    /// One area for each kreds, in the order of the atlas.
    pub areas: Vec<Area>,
    /// An SVG path of the frames around areas that are drawn out of place.
    pub frames: String,
}

/// A kreds on the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// The kreds.
    pub kreds: KredsSlug,
    /// The outline, an SVG path. A kreds too small to hit is drawn a second time, enlarged.
    pub path: String,
    /// The position of the number, `(x, y)`.
    pub label: (i32, i32),
}
