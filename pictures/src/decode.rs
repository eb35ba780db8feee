//! Reads the pixels of a file, and what is needed to show them right.

mod jpeg;
mod png;
mod webp;

use crate::exif::Orientation;
use crate::kind::Kind;
use crate::raster::Raster;
use crate::{Fault, MOST_PIXELS};

/// A picture as it is stored.
pub(crate) struct Decoded {
    pub(crate) raster: Raster,
    pub(crate) orientation: Orientation,
    /// The ICC profile of its colours.
    pub(crate) profile: Option<Vec<u8>>,
}

/// Width and height as the file says.
pub(crate) fn size(kind: Kind, bytes: &[u8]) -> Result<(u32, u32), Fault> {
    match kind {
        Kind::Jpeg => jpeg::size(bytes),
        Kind::Png => png::size(bytes),
        Kind::Webp => webp::size(bytes),
    }
}

/// The pixels, unless there are too many of them: a small file can promise more than any memory holds.
pub(crate) fn decode(kind: Kind, bytes: &[u8]) -> Result<Decoded, Fault> {
    let (width, height) = size(kind, bytes)?;
    if width == 0 || height == 0 {
        return Err(Fault::Damaged);
    }
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Fault::TooLarge(width, height));
    }
    match kind {
        Kind::Jpeg => jpeg::decode(bytes),
        Kind::Png => png::decode(bytes),
        Kind::Webp => webp::decode(bytes),
    }
}
