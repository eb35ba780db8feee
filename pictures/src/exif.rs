//! The orientation that a camera notes in EXIF, and turning by it. Nothing else in EXIF is read.

use crate::raster::Raster;

/// The way from stored to upright pixels, in the order of EXIF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Orientation {
    #[default]
    Upright,
    Mirrored,
    HalfTurned,
    Flipped,
    Transposed,
    /// A quarter turn clockwise makes it upright.
    Clockwise,
    Transversed,
    /// A quarter turn counterclockwise makes it upright.
    Counterclockwise,
}

impl Orientation {
    /// Reads the orientation from EXIF data, with or without its prefix; upright if none can be read.
    pub(crate) fn read(exif: &[u8]) -> Self {
        let exif = exif.strip_prefix(b"Exif\0\0").unwrap_or(exif);
        number(exif).and_then(Self::of).unwrap_or_default()
    }

    fn of(number: u16) -> Option<Self> {
        Some(match number {
            1 => Self::Upright,
            2 => Self::Mirrored,
            3 => Self::HalfTurned,
            4 => Self::Flipped,
            5 => Self::Transposed,
            6 => Self::Clockwise,
            7 => Self::Transversed,
            8 => Self::Counterclockwise,
            _ => return None,
        })
    }

    const fn swaps(self) -> bool {
        matches!(self, Self::Transposed | Self::Clockwise | Self::Transversed | Self::Counterclockwise)
    }

    /// Converts width and height from stored to upright, or back.
    pub(crate) const fn turned(self, width: u32, height: u32) -> (u32, u32) {
        if self.swaps() { (height, width) } else { (width, height) }
    }

    /// Turns the pixels upright.
    pub(crate) fn upright(self, raster: Raster) -> Raster {
        if self == Self::Upright {
            return raster;
        }
        let (width, height) = self.turned(raster.width, raster.height);
        let (last_x, last_y) = (raster.width - 1, raster.height - 1);
        let mut rgba = Vec::with_capacity(raster.rgba.len());
        for y in 0..height {
            for x in 0..width {
                let (from_x, from_y) = match self {
                    Self::Upright => (x, y),
                    Self::Mirrored => (last_x - x, y),
                    Self::HalfTurned => (last_x - x, last_y - y),
                    Self::Flipped => (x, last_y - y),
                    Self::Transposed => (y, x),
                    Self::Clockwise => (y, last_y - x),
                    Self::Transversed => (last_x - y, last_y - x),
                    Self::Counterclockwise => (last_x - y, x),
                };
                let at = (from_y as usize * raster.width as usize + from_x as usize) * 4;
                rgba.extend_from_slice(&raster.rgba[at..at + 4]);
            }
        }
        Raster { width, height, rgba }
    }
}

/// Reads the tag `Orientation` in the first directory.
fn number(tiff: &[u8]) -> Option<u16> {
    let is_little = match tiff.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |at: usize| -> Option<u16> {
        let bytes = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let bytes = tiff.get(4..8)?.try_into().ok()?;
    let directory = if is_little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) } as usize;
    let entries = usize::from(short(directory)?);
    let entry = (0..entries).map(|index| directory + 2 + index * 12).find(|at| short(*at) == Some(0x0112))?;
    short(entry + 8)
}
