//! Decodes PNG: grey, palettes, 16 bits, interlaced. Of an animation, the picture shown without animation.

use super::Decoded;
use crate::Fault;
use crate::exif::Orientation;
use crate::raster::Raster;
use png::{Decoder, DecodingError, Limits, Transformations};
use std::io::{Cursor, ErrorKind};

/// The most bytes of data besides the pixels, such as a profile.
const LIMITS: Limits = Limits { bytes: 64 * 1024 * 1024 };

fn decoder(bytes: &[u8]) -> Decoder<Cursor<&[u8]>> {
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), LIMITS);
    decoder.set_transformations(Transformations::normalize_to_color8() | Transformations::ALPHA);
    decoder.set_ignore_text_chunk(true);
    decoder
}

pub(super) fn size(bytes: &[u8]) -> Result<(u32, u32), Fault> {
    let mut decoder = decoder(bytes);
    let info = decoder.read_header_info().map_err(|error| fault(&error))?;
    Ok((info.width, info.height))
}

pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, Fault> {
    let mut reader = decoder(bytes).read_info().map_err(|error| fault(&error))?;
    let mut pixels = vec![0; reader.output_buffer_size().ok_or(Fault::Damaged)?];
    let read = reader.next_frame(&mut pixels).map_err(|error| fault(&error))?;
    pixels.truncate(read.buffer_size());
    let animation = reader.info().animation_control;
    if animation.is_none() {
        reader.finish().map_err(|error| fault(&error))?;
    }
    let info = reader.info();
    let orientation = info.exif_metadata.as_deref().map(Orientation::read).unwrap_or_default();
    let profile = info.icc_profile.as_deref().map(<[u8]>::to_vec);
    let raster = Raster::of(read.width, read.height, read.color_type.samples(), pixels)?;
    Ok(Decoded { raster, orientation, profile })
}

fn fault(error: &DecodingError) -> Fault {
    match error {
        DecodingError::IoError(error) if error.kind() == ErrorKind::UnexpectedEof => Fault::Cut,
        _ => Fault::Damaged,
    }
}
