//! Files as cameras and programs write them, made by hand.

use image_webp::WebPEncoder;
use jpeg_encoder::{ColorType, Encoder};
use png::BitDepth;

/// Words that no version may contain.
pub(super) const SECRET: &[u8] = b"Gemt hemmeligt sted 55.6761N 12.5683E";

/// Four fields: red and green at the top, blue and yellow at the bottom.
pub(super) fn fields(width: u32, height: u32) -> Vec<u8> {
    let field = |x: u32, y: u32| match (x * 2 < width, y * 2 < height) {
        (true, true) => [200, 0, 0],
        (false, true) => [0, 200, 0],
        (true, false) => [0, 0, 200],
        (false, false) => [200, 200, 0],
    };
    (0..height).flat_map(|y| (0..width).flat_map(move |x| field(x, y))).collect()
}

/// EXIF with an orientation and a location, in either byte order.
pub(super) fn exif(orientation: u16, is_little: bool) -> Vec<u8> {
    let short = |value: u16| if is_little { value.to_le_bytes() } else { value.to_be_bytes() };
    let long = |value: u32| if is_little { value.to_le_bytes() } else { value.to_be_bytes() };
    let mut tiff = if is_little { b"II*\0".to_vec() } else { b"MM\0*".to_vec() };
    tiff.extend(long(8));
    tiff.extend(short(2));
    for (tag, kind, count, value) in [(0x010e, 2, SECRET.len() as u32, long(38)), (0x0112, 3, 1, [0; 4])] {
        tiff.extend([short(tag), short(kind)].concat());
        tiff.extend(long(count));
        tiff.extend(if tag == 0x0112 { [short(orientation), [0, 0]].concat() } else { value.to_vec() });
    }
    tiff.extend(long(0));
    tiff.extend(SECRET);
    tiff
}

/// A JPEG of the four fields.
pub(super) fn jpeg(width: u16, height: u16, is_progressive: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 95);
    encoder.set_progressive(is_progressive);
    encoder.encode(&fields(width.into(), height.into()), width, height, ColorType::Rgb).unwrap();
    bytes
}

/// A JPEG with a segment after its first marker.
pub(super) fn with_segment(jpeg: &[u8], mark: u8, data: &[u8]) -> Vec<u8> {
    let length = (data.len() as u16 + 2).to_be_bytes();
    [&jpeg[..2], &[0xff, mark], &length, data, &jpeg[2..]].concat()
}

/// A JPEG with everything that a telephone adds to the pixels.
pub(super) fn telephone(jpeg: &[u8], orientation: u16) -> Vec<u8> {
    let thumbnail = [self::jpeg(8, 8, false).as_slice(), SECRET].concat();
    let parts: [(u8, Vec<u8>); 5] = [
        (0xfe, SECRET.to_vec()),
        (0xe2, [b"MPF\0".as_slice(), SECRET].concat()),
        (0xed, [b"Photoshop 3.0\08BIM\x04\x04\0\0".as_slice(), SECRET].concat()),
        (0xe1, [b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>".as_slice(), SECRET].concat()),
        (0xe1, [b"Exif\0\0".as_slice(), &exif(orientation, true), &thumbnail].concat()),
    ];
    let jpeg = parts.iter().fold(jpeg.to_vec(), |jpeg, (mark, data)| with_segment(&jpeg, *mark, data));
    // The video of a motion photo, and the second picture of a multi-picture file.
    [jpeg.as_slice(), b"\0\0\0\x18ftypmp42", SECRET, &self::jpeg(8, 8, false), SECRET].concat()
}

/// A PNG of these pixels.
pub(super) fn png(width: u32, height: u32, colour: png::ColorType, depth: BitDepth, data: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(colour);
    encoder.set_depth(depth);
    if colour == png::ColorType::Indexed {
        encoder.set_palette([200, 0, 0, 0, 200, 0, 0, 0, 200, 200, 200, 0].as_slice());
    }
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(data).unwrap();
    writer.finish().unwrap();
    bytes
}

/// A PNG with a chunk after its header.
pub(super) fn with_chunk(png: &[u8], name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    [&png[..33], &chunk(name, data), &png[33..]].concat()
}

pub(super) fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let body = [name.as_slice(), data].concat();
    [&(data.len() as u32).to_be_bytes(), body.as_slice(), &crc(&body).to_be_bytes()].concat()
}

/// An interlaced PNG of grey pixels, packed by hand into uncompressed blocks.
pub(super) fn interlaced(side: u32, grey: impl Fn(u32, u32) -> u8) -> Vec<u8> {
    let mut raw = Vec::new();
    for (x0, y0, dx, dy) in
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    {
        for y in (y0..side).step_by(dy) {
            raw.push(0);
            raw.extend((x0..side).step_by(dx).map(|x| grey(x, y)));
        }
    }
    let length = raw.len() as u16;
    let (a, b) = raw.iter().fold((1_u32, 0_u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    let zlib =
        [&[0x78, 1, 1], length.to_le_bytes().as_slice(), &(!length).to_le_bytes(), &raw, &(b << 16 | a).to_be_bytes()]
            .concat();
    let header = [&side.to_be_bytes(), side.to_be_bytes().as_slice(), &[8, 0, 0, 0, 1]].concat();
    [b"\x89PNG\r\n\x1a\n".as_slice(), &chunk(b"IHDR", &header), &chunk(b"IDAT", &zlib), &chunk(b"IEND", b"")].concat()
}

fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _: u8| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

/// A lossless WebP of the four fields, with EXIF and XMP.
pub(super) fn webp(width: u32, height: u32, orientation: Option<u16>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = WebPEncoder::new(&mut bytes);
    if let Some(orientation) = orientation {
        encoder.set_exif_metadata(exif(orientation, false));
        encoder.set_xmp_metadata(SECRET.to_vec());
    }
    encoder.encode(&fields(width, height), width, height, image_webp::ColorType::Rgb8).unwrap();
    bytes
}

/// An animated WebP: its first frame has the four fields, its second is red.
pub(super) fn moving(width: u32, height: u32) -> Vec<u8> {
    let part = |name: &[u8; 4], data: &[u8]| {
        [name.as_slice(), &(data.len() as u32).to_le_bytes(), data, if data.len() % 2 == 1 { &[0] } else { &[] }]
            .concat()
    };
    let side = |side: u32| (side - 1).to_le_bytes()[..3].to_vec();
    let size = [side(width), side(height)].concat();
    let frame = |pixels: &[u8]| {
        let mut bytes = Vec::new();
        WebPEncoder::new(&mut bytes).encode(pixels, width, height, image_webp::ColorType::Rgb8).unwrap();
        part(b"ANMF", &[&[0; 6], size.as_slice(), &[100, 0, 0, 0], &bytes[12..]].concat())
    };
    let red: Vec<u8> = [255, 0, 0].repeat((width * height) as usize);
    let body = [
        b"WEBP".as_slice(),
        &part(b"VP8X", &[&[2, 0, 0, 0], size.as_slice()].concat()),
        &part(b"ANIM", &[0; 6]),
        &frame(&fields(width, height)),
        &frame(&red),
    ]
    .concat();
    part(b"RIFF", &body)
}

/// An ICC profile of three primaries, in 65,536ths, with one curve.
pub(super) fn profile(primaries: [[i32; 3]; 3], curve: &[u8]) -> Vec<u8> {
    let mut tags: Vec<(&[u8; 4], Vec<u8>)> = Vec::new();
    for (name, primary) in [b"rXYZ", b"gXYZ", b"bXYZ"].into_iter().zip(primaries) {
        tags.push((name, [b"XYZ \0\0\0\0".as_slice(), &primary.map(i32::to_be_bytes).concat()].concat()));
    }
    tags.extend([b"rTRC", b"gTRC", b"bTRC"].map(|name| (name, curve.to_vec())));
    let mut start = 132 + 12 * tags.len();
    let mut icc = vec![0; 128];
    icc[16..24].copy_from_slice(b"RGB XYZ ");
    icc.extend((tags.len() as u32).to_be_bytes());
    for (name, data) in &tags {
        icc.extend([name.as_slice(), &(start as u32).to_be_bytes(), &(data.len() as u32).to_be_bytes()].concat());
        start += data.len();
    }
    icc.extend(tags.into_iter().flat_map(|(_, data)| data));
    icc
}
