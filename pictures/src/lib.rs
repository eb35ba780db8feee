//! Turns a picture as an editor has it into the versions that pages show: turned upright, in sRGB, scaled, without metadata.
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

/// The number of this way of making versions. It must rise with every change of what they are: a cache holds results of the
/// number it names.
pub const RECIPE: u32 = 1;

/// The most bytes of a picture.
pub const MOST_BYTES: u64 = 20 * 1024 * 1024;

/// The most pixels of a picture: in memory, each takes four bytes, and more while it is decoded.
pub const MOST_PIXELS: u64 = 100_000_000;

/// The widths of versions in pixels, where a picture is as wide.
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
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// Its format.
    pub format: Format,
    /// The file.
    pub bytes: Arc<[u8]>,
}

/// A format that every browser shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For photographs.
    Jpeg,
    /// For drawings, and for what is transparent.
    Png,
}

impl Format {
    /// The ending of a file's name.
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
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// A picture in a format that is not read here.
    #[error("the file is {0}")]
    Foreign(Foreign),
    /// No picture at all.
    #[error("the file is no picture")]
    Unknown,
    /// The file ends before the picture does.
    #[error("the picture is cut")]
    Cut,
    /// Its pixels cannot be read.
    #[error("the picture is damaged")]
    Damaged,
    /// Too many pixels.
    #[error("the picture has {0} times {1} pixels")]
    TooLarge(u32, u32),
}

/// The versions of the picture in a file, whatever its name is.
pub fn make(bytes: &[u8]) -> Result<Picture, Fault> {
    let kind = kind::kind(bytes)?;
    let decode::Decoded { raster, orientation, profile } = decode::decode(kind, bytes)?;
    let (width, height) = orientation.turned(raster.width, raster.height);
    let sizes = scale::sizes(width, height);
    let Some(&(width, height)) = sizes.last() else { return Err(Fault::Damaged) };
    let (stored_width, stored_height) = orientation.turned(width, height);
    // The whole picture is let go as soon as it has been scaled.
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

/// The number of pixels that a file says it has, to know what it will take; none if it says nothing.
#[must_use]
pub fn pixels(bytes: &[u8]) -> Option<u64> {
    let (width, height) = decode::size(kind::kind(bytes).ok()?, bytes).ok()?;
    Some(u64::from(width) * u64::from(height))
}
