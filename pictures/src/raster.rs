//! Pixels in memory.

use crate::Fault;

/// Pixels of four bytes: red, green, blue and opacity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Raster {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) rgba: Vec<u8>,
}

impl Raster {
    /// Creates a raster from pixels with this many channels each: grey, grey with opacity, RGB, or RGBA.
    pub(crate) fn of(width: u32, height: u32, channels: usize, bytes: Vec<u8>) -> Result<Self, Fault> {
        let count = width as usize * height as usize;
        if count == 0 || bytes.len() != count * channels {
            return Err(Fault::Damaged);
        }
        let rgba = match channels {
            4 => bytes,
            3 => expanded(&bytes, 3, |pixel| [pixel[0], pixel[1], pixel[2], 255]),
            2 => expanded(&bytes, 2, |pixel| [pixel[0], pixel[0], pixel[0], pixel[1]]),
            1 => expanded(&bytes, 1, |pixel| [pixel[0], pixel[0], pixel[0], 255]),
            _ => return Err(Fault::Damaged),
        };
        Ok(Self { width, height, rgba })
    }

    /// True if something behind the picture could be seen.
    pub(crate) fn is_transparent(&self) -> bool {
        self.rgba.chunks_exact(4).any(|pixel| pixel[3] != 255)
    }
}

fn expanded(bytes: &[u8], channels: usize, pixel: impl Fn(&[u8]) -> [u8; 4]) -> Vec<u8> {
    let mut rgba = Vec::with_capacity(bytes.len() / channels * 4);
    for read in bytes.chunks_exact(channels) {
        rgba.extend_from_slice(&pixel(read));
    }
    rgba
}
