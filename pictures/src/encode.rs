//! Encodes pixels as a file that every browser shows, with nothing else in it.

use crate::raster::Raster;
use crate::{Fault, Format};
use jpeg_encoder::{ChromaSubsamplingMethod, Encoder, SamplingFactor};
use png::{BitDepth, Compression, Filter};
use std::collections::HashMap;

/// The quality of JPEG, from 1 to 100: lower is visibly worse, higher is not visibly better.
const QUALITY: u8 = 80;

/// Encodes a picture in the format that suits it. A photograph stays JPEG; a drawing would be larger and blurred.
pub(crate) fn best(raster: &Raster, is_photograph: bool) -> Result<(Format, Vec<u8>), Fault> {
    if is_photograph {
        return Ok((Format::Jpeg, encoded(raster, Format::Jpeg)?));
    }
    let png = encoded(raster, Format::Png)?;
    if raster.is_transparent() {
        return Ok((Format::Png, png));
    }
    let jpeg = encoded(raster, Format::Jpeg)?;
    // Sharp edges are worth up to half as many bytes again.
    Ok(if png.len() <= jpeg.len() + jpeg.len() / 2 { (Format::Png, png) } else { (Format::Jpeg, jpeg) })
}

/// Encodes a picture in one format.
pub(crate) fn encoded(raster: &Raster, format: Format) -> Result<Vec<u8>, Fault> {
    match format {
        Format::Jpeg => jpeg(raster),
        Format::Png => png(raster).map_err(|_: png::EncodingError| Fault::Damaged),
    }
}

fn jpeg(raster: &Raster) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, QUALITY);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.set_chroma_subsampling_method(ChromaSubsamplingMethod::Average);
    encoder.set_progressive(true);
    encoder.set_optimized_huffman_tables(true);
    let side = |side: u32| u16::try_from(side).map_err(|_| Fault::Damaged);
    let (width, height) = (side(raster.width)?, side(raster.height)?);
    encoder.encode(&raster.rgba, width, height, jpeg_encoder::ColorType::Rgba).map_err(|_| Fault::Damaged)?;
    Ok(bytes)
}

fn png(raster: &Raster) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, raster.width, raster.height);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::High);
    let pixels = if let Some((palette, pixels)) = indexed(raster) {
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_filter(Filter::NoFilter);
        encoder.set_palette(palette.iter().flat_map(|[r, g, b, _]| [*r, *g, *b]).collect::<Vec<_>>());
        if palette.iter().any(|colour| colour[3] != 255) {
            encoder.set_trns(palette.iter().map(|colour| colour[3]).collect::<Vec<_>>());
        }
        pixels
    } else if raster.is_transparent() {
        encoder.set_color(png::ColorType::Rgba);
        raster.rgba.clone()
    } else {
        encoder.set_color(png::ColorType::Rgb);
        raster.rgba.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect()
    };
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels)?;
    writer.finish()?;
    Ok(bytes)
}

/// Returns the colours in order of appearance, and each pixel's index; `None` if there are more than 256 colours.
fn indexed(raster: &Raster) -> Option<(Vec<[u8; 4]>, Vec<u8>)> {
    let (mut palette, mut known) = (Vec::new(), HashMap::new());
    let mut pixels = Vec::with_capacity(raster.rgba.len() / 4);
    for pixel in raster.rgba.chunks_exact(4) {
        let colour = [pixel[0], pixel[1], pixel[2], pixel[3]];
        let index = match known.get(&colour) {
            Some(index) => *index,
            None => {
                let index = u8::try_from(palette.len()).ok()?;
                palette.push(colour);
                known.insert(colour, index);
                index
            }
        };
        pixels.push(index);
    }
    Some((palette, pixels))
}
