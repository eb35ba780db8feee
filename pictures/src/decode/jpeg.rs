//! Decodes JPEG: baseline and progressive, grey, RGB, and the CMYK of printers.

use super::Decoded;
use crate::Fault;
use crate::exif::Orientation;
use crate::raster::Raster;
use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;
use zune_jpeg::errors::DecodeErrors;

type Decoder<'b> = JpegDecoder<ZCursor<&'b [u8]>>;

/// Creates a decoder that has read the headers.
fn decoder(bytes: &[u8]) -> Result<Decoder<'_>, Fault> {
    // The format's own limit for a side; the number of pixels is limited before any is decoded.
    let options = DecoderOptions::default()
        .set_max_width(65_535)
        .set_max_height(65_535)
        .jpeg_set_out_colorspace(ColorSpace::RGBA);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    match decoder.decode_headers() {
        Ok(()) => Ok(decoder),
        Err(_) if !is_whole(bytes) => Err(Fault::Cut),
        Err(_) => Err(Fault::Damaged),
    }
}

pub(super) fn size(bytes: &[u8]) -> Result<(u32, u32), Fault> {
    let (width, height) = decoder(bytes)?.dimensions().ok_or(Fault::Damaged)?;
    let side = |side: usize| u32::try_from(side).map_err(|_| Fault::Damaged);
    Ok((side(width)?, side(height)?))
}

pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, Fault> {
    // The decoder fills in whatever is missing at the end, which would be published as a grey area.
    if !is_whole(bytes) {
        return Err(Fault::Cut);
    }
    let mut decoder = decoder(bytes)?;
    let (width, height) = size(bytes)?;
    let stored = decoder.input_colorspace().ok_or(Fault::Damaged)?;
    // The decoder does not convert these.
    if matches!(stored, ColorSpace::CMYK | ColorSpace::YCCK | ColorSpace::RGB) {
        let options =
            decoder.options().jpeg_set_out_colorspace(if stored == ColorSpace::RGB { ColorSpace::RGB } else { stored });
        decoder.set_options(options);
    }
    let mut pixels = decoder.decode().map_err(|_: DecodeErrors| Fault::Damaged)?;
    match stored {
        ColorSpace::YCCK => pixels.chunks_exact_mut(4).for_each(|pixel| inked(pixel, true)),
        ColorSpace::CMYK => pixels.chunks_exact_mut(4).for_each(|pixel| inked(pixel, false)),
        _ => {}
    }
    let orientation = decoder.exif().map(|exif| Orientation::read(exif)).unwrap_or_default();
    let raster = Raster::of(width, height, if stored == ColorSpace::RGB { 3 } else { 4 }, pixels)?;
    Ok(Decoded { raster, orientation, profile: decoder.icc_profile() })
}

/// Converts a pixel from inks to light. Inks are stored inverted: 255 is no ink.
fn inked(pixel: &mut [u8], is_ycck: bool) {
    let black = u32::from(pixel[3]);
    let mut light = [pixel[0], pixel[1], pixel[2]];
    if is_ycck {
        let [y, blue, red] = [f32::from(light[0]), f32::from(light[1]) - 128.0, f32::from(light[2]) - 128.0];
        let inks = [y + 1.402 * red, y - 0.344_136 * blue - 0.714_136 * red, y + 1.772 * blue];
        light = inks.map(|ink| 255 - (ink + 0.5).clamp(0.0, 255.0) as u8);
    }
    for (channel, light) in pixel.iter_mut().zip(light) {
        *channel = ((u32::from(light) * black + 127) / 255) as u8;
    }
    pixel[3] = 255;
}

/// True if the picture is complete, whatever follows it. Walks the segments, since a thumbnail has an end as well.
fn is_whole(bytes: &[u8]) -> bool {
    let mut at = 2;
    loop {
        // A scan is followed by its pixels, in which FF precedes 00, a restart marker, or the next segment.
        let Some(mark) = bytes.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == 0xff)) else {
            return false;
        };
        at += mark + 1;
        match bytes.get(at) {
            Some(0xd9) => return true,
            Some(0x00 | 0x01 | 0xd0..=0xd8) => at += 1,
            // FF may be repeated.
            Some(0xff) => {}
            Some(_) => {
                let Some(length) = bytes.get(at + 1..at + 3) else { return false };
                at += 1 + usize::from(u16::from_be_bytes([length[0], length[1]]));
            }
            None => return false,
        }
    }
}
