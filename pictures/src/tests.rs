//! Tests of what versions show, what they leave out, and which files are refused.

mod damage;
mod files;

use crate::{Fault, Foreign, Format, MOST_PIXELS, Picture, Version, cache::Cache, decode, kind, make, stored::Key};
use files::{
    SECRET, chunk, exif, fields, interlaced, jpeg, moving, png, profile, telephone, webp, with_chunk, with_segment,
};
use png::{BitDepth, ColorType};
use sha2::{Digest, Sha256};
use std::fs;

const LOSSY: &[u8] = include_bytes!("tests/lossy.webp");
const LOSSY_TRANSPARENT: &[u8] = include_bytes!("tests/lossy-transparent.webp");
const NAMES: [&str; 5] = ["red", "green", "blue", "yellow", "other"];

/// The names of the colours in the middle of the four quarters: top, then bottom.
fn quarters(version: &Version) -> [&'static str; 4] {
    let (width, height) = (version.width, version.height);
    [(1, 1), (3, 1), (1, 3), (3, 3)].map(|(x, y)| {
        let pixel = pixel(version, width * x / 4, height * y / 4);
        let near = |wanted: [u8; 3]| pixel[..3].iter().zip(wanted).all(|(is, wanted)| is.abs_diff(wanted) < 24);
        let known = [[200, 0, 0], [0, 200, 0], [0, 0, 200], [200, 200, 0]].into_iter().position(near);
        NAMES[known.unwrap_or(4)]
    })
}

fn pixel(version: &Version, x: u32, y: u32) -> [u8; 4] {
    let raster = decode::decode(kind::kind(&version.bytes).unwrap(), &version.bytes).unwrap().raster;
    assert_eq!((raster.width, raster.height), (version.width, version.height));
    let at = (y * raster.width + x) as usize * 4;
    raster.rgba[at..at + 4].try_into().unwrap()
}

fn one(bytes: &[u8]) -> Version {
    let Picture { mut versions } = make(bytes).unwrap_or_else(|fault| panic!("{fault}"));
    assert_eq!(versions.len(), 1);
    versions.remove(0)
}

const UPRIGHT: [&str; 4] = ["red", "green", "blue", "yellow"];

fn rgb(width: u32, height: u32) -> Vec<u8> {
    png(width, height, ColorType::Rgb, BitDepth::Eight, &fields(width, height))
}

#[test]
fn a_picture_is_turned_as_its_exif_says() {
    // By where the standard places the first row and the first column.
    for (orientation, expected) in [
        (0, UPRIGHT),
        (1, UPRIGHT),
        (2, ["green", "red", "yellow", "blue"]),
        (3, ["yellow", "blue", "green", "red"]),
        (4, ["blue", "yellow", "red", "green"]),
        (5, ["red", "blue", "green", "yellow"]),
        (6, ["blue", "red", "yellow", "green"]),
        (7, ["yellow", "green", "blue", "red"]),
        (8, ["green", "yellow", "red", "blue"]),
        (9, UPRIGHT),
    ] {
        let is_turned = (5..=8).contains(&orientation);
        let size = if is_turned { (16, 32) } else { (32, 16) };
        let jpeg = jpeg(32, 16, false);
        for (name, bytes) in [
            ("jpeg", telephone(&jpeg, orientation)),
            ("progressive jpeg", telephone(&files::jpeg(32, 16, true), orientation)),
            (
                "big-endian jpeg",
                with_segment(&jpeg, 0xe1, &[b"Exif\0\0".as_slice(), &exif(orientation, false)].concat()),
            ),
            ("png", with_chunk(&rgb(32, 16), b"eXIf", &exif(orientation, true))),
            ("webp", webp(32, 16, Some(orientation))),
        ] {
            let version = one(&bytes);
            assert_eq!((version.width, version.height), size, "{name} {orientation}");
            assert_eq!(quarters(&version), expected, "{name} {orientation}");
        }
    }
}

/// The markers of a JPEG's segments, or the names of a PNG's chunks.
fn parts(version: &Version) -> Vec<String> {
    let (bytes, mut at, mut parts) = (&version.bytes, 2, Vec::new());
    if version.format == Format::Png {
        at = 8;
        while at < bytes.len() {
            let length = u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
            parts.push(String::from_utf8_lossy(&bytes[at + 4..at + 8]).into_owned());
            at += 12 + length;
        }
        return parts;
    }
    while bytes[at + 1] != 0xda {
        parts.push(format!("{:x}", bytes[at + 1]));
        at += 2 + usize::from(u16::from_be_bytes([bytes[at + 2], bytes[at + 3]]));
    }
    assert!(bytes.ends_with(b"\xff\xd9"));
    parts
}

#[test]
fn versions_contain_nothing_but_pixels() {
    let text = |name, png: &[u8]| with_chunk(png, name, &[b"Comment\0".as_slice(), SECRET].concat());
    let drawing = with_chunk(&text(b"tEXt", &text(b"iTXt", &rgb(32, 16))), b"eXIf", &exif(1, true));
    let drawing = [drawing.as_slice(), SECRET].concat();
    let icc = [b"ICC_PROFILE\0\x01\x01".as_slice(), SECRET].concat();
    for bytes in [
        telephone(&jpeg(64, 32, false), 6),
        telephone(&jpeg(1000, 500, true), 3),
        with_segment(&jpeg(64, 32, false), 0xe2, &icc),
        drawing,
        webp(32, 16, Some(8)),
        [webp(32, 16, Some(1)).as_slice(), SECRET].concat(),
    ] {
        assert!(bytes.windows(SECRET.len()).any(|window| window == SECRET));
        for version in make(&bytes).unwrap().versions {
            assert!(!version.bytes.windows(6).any(|window| window == &SECRET[..6]));
            let allowed: &[&str] = match version.format {
                Format::Jpeg => &["e0", "db", "c0", "c2", "c4"],
                Format::Png => &["IHDR", "PLTE", "tRNS", "IDAT", "IEND"],
            };
            let parts = parts(&version);
            assert!(parts.iter().all(|part| allowed.contains(&part.as_str())), "{parts:?}");
        }
    }
}

#[test]
fn photographs_become_jpeg_and_drawings_png() {
    let noise = |count: usize| {
        (0..count).scan(1_u32, |state, _| {
            *state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            Some((*state >> 24) as u8)
        })
    };
    let photograph: Vec<u8> = noise(64 * 64 * 3).collect();
    let transparent: Vec<u8> = noise(64 * 64 * 4).collect();
    for (bytes, format) in [
        (jpeg(64, 64, false), Format::Jpeg),
        (rgb(64, 64), Format::Png),
        (webp(64, 64, None), Format::Png),
        (png(64, 64, ColorType::Rgb, BitDepth::Eight, &photograph), Format::Jpeg),
        (png(64, 64, ColorType::Rgba, BitDepth::Eight, &transparent), Format::Png),
        (LOSSY_TRANSPARENT.to_vec(), Format::Png),
    ] {
        assert_eq!(one(&bytes).format, format);
    }
}

#[test]
fn every_kind_of_png_jpeg_and_webp_is_read() {
    let packed = |x: u32, y: u32| u8::from(x >= 16) + 2 * u8::from(y >= 8);
    let indexed: Vec<u8> = (0..16)
        .flat_map(|y| (0..8).map(move |x| (0..4).fold(0, |byte, at| byte << 2 | packed(x * 4 + at, y))))
        .collect();
    let deep: Vec<u8> = fields(32, 16).into_iter().flat_map(|value| [value, 77]).collect();
    let opaque: Vec<u8> =
        fields(32, 16).chunks_exact(3).flat_map(|pixel| [pixel[0], pixel[1], pixel[2], 255]).collect();
    let animated = with_chunk(&rgb(32, 16), b"acTL", &[0, 0, 0, 1, 0, 0, 0, 0]);
    for (name, bytes) in [
        ("indexed", png(32, 16, ColorType::Indexed, BitDepth::Two, &indexed)),
        ("sixteen bits", png(32, 16, ColorType::Rgb, BitDepth::Sixteen, &deep)),
        ("opaque alpha", png(32, 16, ColorType::Rgba, BitDepth::Eight, &opaque)),
        ("animated png", animated),
        ("progressive", jpeg(32, 16, true)),
        ("lossy webp", LOSSY.to_vec()),
        ("moving webp", moving(32, 16)),
    ] {
        assert_eq!(quarters(&one(&bytes)), UPRIGHT, "{name}");
    }
    let interlaced = one(&interlaced(16, |x, y| (x * 8 + y) as u8));
    assert!(pixel(&interlaced, 0, 0)[0] < 3 && pixel(&interlaced, 15, 9)[0].abs_diff(129) < 3);
    let grey = one(&png(2, 1, ColorType::GrayscaleAlpha, BitDepth::Eight, &[9, 255, 200, 128]));
    assert_eq!((pixel(&grey, 0, 0), pixel(&grey, 1, 0)), ([9, 9, 9, 255], [200, 200, 200, 128]));
    assert_eq!(pixel(&one(LOSSY_TRANSPARENT), 8, 12)[3], 128);
    assert_eq!(one(&rgb(1, 1)).width, 1);
    let mut grey = Vec::new();
    jpeg_encoder::Encoder::new(&mut grey, 95).encode(&[120; 64], 8, 8, jpeg_encoder::ColorType::Luma).unwrap();
    assert_eq!(pixel(&one(&grey), 4, 4), [120, 120, 120, 255]);
}

#[test]
fn cmyk_becomes_rgb() {
    // Red has no cyan, and all of magenta and yellow; the last field is half black.
    for kind in [jpeg_encoder::ColorType::Cmyk, jpeg_encoder::ColorType::CmykAsYcck] {
        for (inks, light) in
            [([0, 255, 255, 0], [255, 0, 0]), ([255, 0, 255, 0], [0, 255, 0]), ([0, 0, 0, 128], [127, 127, 127])]
        {
            let mut bytes = Vec::new();
            jpeg_encoder::Encoder::new(&mut bytes, 98).encode(&inks.repeat(16 * 16), 16, 16, kind).unwrap();
            let pixel = pixel(&one(&bytes), 8, 8);
            assert!(
                pixel.iter().zip(light).all(|(is, wanted)| is.abs_diff(wanted) < 12),
                "{kind:?} {inks:?}: {pixel:?}"
            );
        }
    }
}

#[test]
fn animations_and_print_colours_are_recognised() {
    use crate::{Altered, altered};
    use jpeg_encoder::ColorType::{Cmyk, CmykAsYcck, Rgb};
    let frames = |count: u8| with_chunk(&rgb(32, 16), b"acTL", &[0, 0, 0, count, 0, 0, 0, 0]);
    let photo = |kind, channels: usize, has_profile: bool| {
        let mut bytes = Vec::new();
        let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 90);
        if has_profile {
            encoder.add_icc_profile(b"a profile").unwrap();
        }
        encoder.encode(&vec![9; 64 * channels], 8, 8, kind).unwrap();
        bytes
    };
    let mut cut = photo(Cmyk, 4, true);
    cut.truncate(40);
    for (name, bytes, expected) in [
        ("one frame", frames(1), None),
        ("two frames", frames(2), Some(Altered::Animation)),
        ("still png", rgb(32, 16), None),
        ("moving webp", moving(32, 16), Some(Altered::Animation)),
        ("still webp", webp(32, 16, Some(1)), None),
        ("lossy webp", LOSSY.to_vec(), None),
        ("inks", photo(Cmyk, 4, false), None),
        ("profiled inks", photo(Cmyk, 4, true), Some(Altered::Inks)),
        ("other inks", photo(CmykAsYcck, 4, true), Some(Altered::Inks)),
        ("profiled light", photo(Rgb, 3, true), None),
        ("cut", cut, None),
        ("nothing", Vec::new(), None),
        ("a beginning", b"\xff\xd8\xff\xff".to_vec(), None),
    ] {
        assert_eq!(altered(&bytes), expected, "{name}");
    }
}

#[test]
fn other_colour_spaces_are_converted_to_srgb() {
    // The primaries of Display P3 and of sRGB, and the curve of both.
    let curve =
        [b"para\0\0\0\0\0\x03\0\0".as_slice(), &[157_286, 62_119, 3_416, 5_072, 2_651].map(i32::to_be_bytes).concat()]
            .concat();
    let p3 = [[33_759, 15_807, -69], [19_140, 45_368, 2_743], [10_304, 4_360, 51_391]];
    let srgb = [[28_578, 14_579, 912], [25_239, 46_982, 6_361], [9_375, 3_974, 46_799]];
    let gamma = b"curv\0\0\0\0\0\0\0\x01\x01\x00".to_vec();
    for (profile, stored, expected) in [
        (profile(p3, &curve), [255, 0, 0], [255, 0, 0]),
        (profile(p3, &curve), [234, 51, 35], [255, 0, 0]),
        (profile(p3, &curve), [128, 128, 128], [128, 128, 128]),
        (profile(p3, &curve), [200, 100, 60], [213, 95, 45]),
        (profile(srgb, &curve), [200, 100, 60], [200, 100, 60]),
        (profile(srgb, &gamma), [55, 55, 55], [128, 128, 128]),
        (b"not a profile".to_vec(), [200, 100, 60], [200, 100, 60]),
    ] {
        let mut encoder = Vec::new();
        let mut jpeg = jpeg_encoder::Encoder::new(&mut encoder, 98);
        jpeg.add_icc_profile(&profile).unwrap();
        jpeg.encode(&stored.repeat(256), 16, 16, jpeg_encoder::ColorType::Rgb).unwrap();
        let is = pixel(&one(&encoder), 8, 8);
        assert!(
            is.iter().zip(expected).all(|(is, wanted)| is.abs_diff(wanted) < 8),
            "{stored:?}: {is:?}, not {expected:?}"
        );
    }
}
