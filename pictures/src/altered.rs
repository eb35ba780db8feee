//! Losses between a file and its versions: animation, and the colours of a printing press.

use crate::kind::{Kind, kind};

/// A property of a picture that its versions lose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Altered {
    /// More than one frame, of which the first is shown.
    Animation,
    /// Inks with a profile of their own: the versions convert them to light without it.
    Inks,
}

/// Returns the property of a picture that its versions lose, if any. Reads only headers, no pixels.
#[must_use]
pub fn altered(bytes: &[u8]) -> Option<Altered> {
    match kind(bytes).ok()? {
        Kind::Png => (frames(bytes)? > 1).then_some(Altered::Animation),
        // The flags of the extended format.
        Kind::Webp => (bytes.get(12..16)? == b"VP8X" && bytes.get(20)? & 2 != 0).then_some(Altered::Animation),
        Kind::Jpeg => has_profiled_inks(bytes)?.then_some(Altered::Inks),
    }
}

/// The number of frames that a PNG declares; `None` without an animation.
fn frames(bytes: &[u8]) -> Option<u32> {
    let mut at = 8;
    loop {
        let length = usize::try_from(long(bytes, at)?).ok()?;
        match bytes.get(at + 4..at + 8)? {
            b"acTL" => return long(bytes, at + 8),
            b"IDAT" => return None,
            _ => at = at.checked_add(length)?.checked_add(12)?,
        }
    }
}

/// `Some(true)` if a JPEG has four inks and a profile; `None` if it ends before that is known.
fn has_profiled_inks(bytes: &[u8]) -> Option<bool> {
    let (mut at, mut has_inks, mut has_profile) = (2, false, false);
    loop {
        if bytes.get(at)? != &0xff {
            return Some(false);
        }
        let (mark, data) = (*bytes.get(at + 1)?, bytes.get(at + 4..)?);
        match mark {
            0xff => {
                at += 1;
                continue;
            }
            // The pixels.
            0xda => return Some(has_inks && has_profile),
            0xe2 => has_profile |= data.starts_with(b"ICC_PROFILE\0"),
            0xc0..=0xcf if !matches!(mark, 0xc4 | 0xc8 | 0xcc) => has_inks |= data.get(5)? == &4,
            _ => {}
        }
        at += 2 + usize::from(u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]));
    }
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}
