//! The cache file of a picture's versions, which proves that it is intact and what it was made from.

use crate::{Format, Picture, RECIPE, Version};
use sha2::{Digest, Sha256};

/// The name of a result: a hash of the recipe and of the bytes it was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(pub(crate) [u8; 32]);

impl Key {
    /// The key of the versions that [`make`](crate::make) makes from the bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        let mut hash = Sha256::new();
        hash.update(RECIPE.to_be_bytes());
        hash.update(bytes);
        Self(hash.finalize().into())
    }

    /// The key as a file name.
    pub(crate) fn name(self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Serializes the versions: a hash, and the bytes that it covers.
pub(crate) fn stored(key: Key, picture: &Picture) -> Vec<u8> {
    let mut bytes = key.0.to_vec();
    for version in &picture.versions {
        let format = match version.format {
            Format::Jpeg => 0,
            Format::Png => 1_u32,
        };
        for number in [version.width, version.height, format, version.bytes.len() as u32] {
            bytes.extend_from_slice(&number.to_be_bytes());
        }
        bytes.extend_from_slice(&version.bytes);
    }
    [Sha256::digest(&bytes).as_slice(), &bytes].concat()
}

/// Reads the picture kept under the key; `None` if it is truncated, changed, or of another key.
pub(crate) fn read(key: Key, bytes: &[u8]) -> Option<Picture> {
    let (hash, kept) = bytes.split_at_checked(32)?;
    let mut rest = kept.strip_prefix(&key.0)?;
    if Sha256::digest(kept).as_slice() != hash {
        return None;
    }
    let mut versions = Vec::new();
    while !rest.is_empty() {
        let mut number = || -> Option<u32> {
            let (number, after) = rest.split_at_checked(4)?;
            rest = after;
            Some(u32::from_be_bytes(number.try_into().ok()?))
        };
        let (width, height, format, length) = (number()?, number()?, number()?, number()?);
        let format = if format == 0 { Format::Jpeg } else { Format::Png };
        let (bytes, after) = rest.split_at_checked(length as usize)?;
        rest = after;
        versions.push(Version { width, height, format, bytes: bytes.into() });
    }
    (!versions.is_empty()).then_some(Picture { versions })
}
