//! Turns an editor's picture into the versions that pages show: upright, in sRGB, scaled, without metadata.
//!
//! ```text
//! bytes --kind--> a format --decode--> pixels --scale, icc, exif--> upright sRGB --encode--> versions
//! ```
//!
//! A version is made from pixels alone, so no metadata can be in it. The same bytes give the same versions on every machine:
//! no step asks what the processor can do. The crate `image` would: its colour engine uses the processor's own instructions,
//! and takes as long to compile as everything here. `pictures` is a crate of its own so that it is optimised in every profile:
//! a photograph has millions of pixels.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod altered;
mod cache;
mod decode;
mod encode;
mod exif;
mod icc;
mod kind;
mod raster;
mod scale;
mod stored;
#[cfg(test)]
mod tests;

pub use altered::{Altered, altered};
pub use cache::Cache;
pub use kind::Foreign;
pub use stored::Key;

use std::sync::Arc;
use thiserror::Error;

/// The number of the recipe by which versions are made. It must rise with every change of the result: a cache holds
/// results of the recipe that it names.
pub const RECIPE: u32 = 1;

/// The most bytes of a picture file.
pub const MOST_BYTES: u64 = 20 * 1024 * 1024;

/// The most pixels of a picture: in memory, each takes four bytes, and more while it is decoded.
pub const MOST_PIXELS: u64 = 100_000_000;

/// The widths of versions in pixels, as far as a picture is that wide.
pub const WIDTHS: [u32; 3] = [480, 960, 1600];

/// A picture as pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The same picture in different sizes, the narrowest first; at least one.
    pub versions: Vec<Version>,
}

/// A picture in one size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The width in pixels.
    pub width: u32,
    /// The height in pixels.
    pub height: u32,
    /// The format of the file.
    pub format: Format,
    /// The contents of the file.
    pub bytes: Arc<[u8]>,
}

/// A format that every browser shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For photographs.
    Jpeg,
    /// For drawings, and for anything transparent.
    Png,
}

impl Format {
    /// The file extension.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }
}

/// The reason why a file cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Fault {
    /// The file is empty.
    #[error("the file is empty")]
    Empty,
    /// The picture is in a format that is not decoded here.
    #[error("the file is {0}")]
    Foreign(Foreign),
    /// The file is no picture at all.
    #[error("the file is no picture")]
    Unknown,
    /// The file ends before the picture does.
    #[error("the picture is cut")]
    Cut,
    /// The pixels cannot be decoded.
    #[error("the picture is damaged")]
    Damaged,
    /// The picture has more than [`MOST_PIXELS`]; its width and height.
    #[error("the picture has {0} times {1} pixels")]
    TooLarge(u32, u32),
}

/// Makes the versions of the picture in a file, whatever the file's name.
pub fn make(bytes: &[u8]) -> Result<Picture, Fault> {
    let kind = kind::kind(bytes)?;
    let decode::Decoded { raster, orientation, profile } = decode::decode(kind, bytes)?;
    let (width, height) = orientation.turned(raster.width, raster.height);
    let sizes = scale::sizes(width, height);
    let Some(&(width, height)) = sizes.last() else { return Err(Fault::Damaged) };
    let (stored_width, stored_height) = orientation.turned(width, height);
    // The whole picture is freed as soon as it has been scaled.
    let mut raster = scale::scaled(raster, stored_width, stored_height);
    if let Some(profile) = profile.as_deref().and_then(icc::Profile::read) {
        profile.convert(&mut raster);
    }
    let largest = orientation.upright(raster);
    let (format, last) = encode::best(&largest, kind == kind::Kind::Jpeg)?;
    let mut versions = Vec::with_capacity(sizes.len());
    for &(width, height) in &sizes[..sizes.len() - 1] {
        let bytes = encode::encoded(&scale::scaled(largest.clone(), width, height), format)?;
        versions.push(Version { width, height, format, bytes: bytes.into() });
    }
    versions.push(Version { width, height, format, bytes: last.into() });
    Ok(Picture { versions })
}

/// The number of pixels that a file declares, to know what it will cost; `None` if it declares none.
#[must_use]
pub fn pixels(bytes: &[u8]) -> Option<u64> {
    let (width, height) = decode::size(kind::kind(bytes).ok()?, bytes).ok()?;
    Some(u64::from(width) * u64::from(height))
}
