//! Decodes the pixels of a file, with everything needed to show them correctly.

mod jpeg;
mod png;
mod webp;

use crate::exif::Orientation;
use crate::kind::Kind;
use crate::raster::Raster;
use crate::{Fault, MOST_PIXELS};

/// A picture as stored in its file.
pub(crate) struct Decoded {
    pub(crate) raster: Raster,
    pub(crate) orientation: Orientation,
    /// The ICC profile of its colours, if any.
    pub(crate) profile: Option<Vec<u8>>,
}

/// Reads width and height from the headers.
pub(crate) fn size(kind: Kind, bytes: &[u8]) -> Result<(u32, u32), Fault> {
    match kind {
        Kind::Jpeg => jpeg::size(bytes),
        Kind::Png => png::size(bytes),
        Kind::Webp => webp::size(bytes),
    }
}

/// Decodes the pixels, unless there are too many: a small file can promise more than any memory holds.
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
