//! Decodes WebP, lossy and lossless. Of an animation, the first frame.

use super::Decoded;
use crate::exif::Orientation;
use crate::raster::Raster;
use crate::{Fault, MOST_PIXELS};
use image_webp::{DecodingError, WebPDecoder};
use std::io::{Cursor, ErrorKind};

fn decoder(bytes: &[u8]) -> Result<WebPDecoder<Cursor<&[u8]>>, Fault> {
    // The header declares the length of the file.
    let length = bytes.get(4..8).and_then(|length| length.try_into().ok()).map_or(0, u32::from_le_bytes);
    if (bytes.len() as u64) < u64::from(length) + 8 {
        return Err(Fault::Cut);
    }
    let mut decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(|error| fault(&error))?;
    decoder.set_memory_limit(usize::try_from(MOST_PIXELS * 4).unwrap_or(usize::MAX));
    Ok(decoder)
}

pub(super) fn size(bytes: &[u8]) -> Result<(u32, u32), Fault> {
    Ok(decoder(bytes)?.dimensions())
}

pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, Fault> {
    let mut decoder = decoder(bytes)?;
    let (width, height) = decoder.dimensions();
    let mut pixels = vec![0; decoder.output_buffer_size().ok_or(Fault::Damaged)?];
    decoder.read_image(&mut pixels).map_err(|error| fault(&error))?;
    let channels = if decoder.has_alpha() { 4 } else { 3 };
    let raster = Raster::of(width, height, channels, pixels)?;
    let orientation = decoder.exif_metadata().ok().flatten().map(|exif| Orientation::read(&exif)).unwrap_or_default();
    let profile = decoder.icc_profile().ok().flatten();
    Ok(Decoded { raster, orientation, profile })
}

fn fault(error: &DecodingError) -> Fault {
    match error {
        DecodingError::IoError(error) if error.kind() == ErrorKind::UnexpectedEof => Fault::Cut,
        _ => Fault::Damaged,
    }
}
