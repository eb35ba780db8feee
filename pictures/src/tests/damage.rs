//! Files that are truncated, damaged or of another kind, and a damaged cache.

use super::*;

#[test]
fn pictures_truncated_anywhere_are_refused() {
    let text = with_chunk(&rgb(32, 16), b"tEXt", b"Comment\0x");
    for (name, bytes) in [
        ("jpeg", with_segment(&jpeg(32, 16, false), 0xe1, &exif(6, true))),
        ("progressive", jpeg(32, 16, true)),
        ("png", text),
        ("webp", webp(32, 16, Some(6))),
        ("lossy webp", LOSSY.to_vec()),
    ] {
        for length in 0..bytes.len() - 1 {
            let fault = make(&bytes[..length]).expect_err(name);
            let expected = match length {
                0 => Fault::Empty,
                _ => Fault::Cut,
            };
            assert!(fault == expected || length < 12, "{name} of {} cut at {length}: {fault}", bytes.len());
        }
        assert!(make(&bytes).is_ok());
    }
}

#[test]
fn no_damage_causes_a_panic() {
    let mut state = 1_u32;
    for bytes in [
        telephone(&jpeg(32, 16, false), 6),
        jpeg(32, 16, true),
        rgb(32, 16),
        webp(32, 16, Some(6)),
        LOSSY.to_vec(),
        LOSSY_TRANSPARENT.to_vec(),
        moving(32, 16),
    ] {
        for _ in 0..400 {
            let mut damaged = bytes.clone();
            for _ in 0..1 + state % 3 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let at = (state >> 8) as usize % damaged.len();
                damaged[at] ^= 1 << (state % 8);
            }
            let _ = make(&damaged);
        }
    }
}

#[test]
fn pictures_too_large_for_memory_are_refused_unread() {
    let header = [&30_000_u32.to_be_bytes(), 30_000_u32.to_be_bytes().as_slice(), &[8, 2, 0, 0, 0]].concat();
    let png =
        [b"\x89PNG\r\n\x1a\n".as_slice(), &chunk(b"IHDR", &header), &chunk(b"IDAT", &[0; 9]), &chunk(b"IEND", b"")]
            .concat();
    assert_eq!(make(&png), Err(Fault::TooLarge(30_000, 30_000)));
    let mut jpeg = jpeg(16, 16, false);
    let frame = jpeg.windows(2).position(|mark| mark == b"\xff\xc0").unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0x75, 0x30, 0x75, 0x30]);
    assert_eq!(make(&jpeg), Err(Fault::TooLarge(30_000, 30_000)));
    assert!(crate::pixels(&jpeg).unwrap() > MOST_PIXELS);
    let mut webp = LOSSY.to_vec();
    let frame = webp.windows(3).position(|mark| mark == b"\x9d\x01\x2a").unwrap() + 3;
    webp[frame..frame + 4].copy_from_slice(&[0xff, 0x3f, 0xff, 0x3f]);
    webp[24..30].copy_from_slice(&[0xfe, 0x3f, 0, 0xfe, 0x3f, 0]);
    assert_eq!(make(&webp), Err(Fault::TooLarge(16_383, 16_383)));
}

#[test]
fn other_formats_are_recognised() {
    for (bytes, foreign) in [
        (b"\0\0\0\x18ftypheic\0\0\0\0".as_slice(), Foreign::Heic),
        (b"\0\0\0\x18ftypmif1\0\0\0\0", Foreign::Heic),
        (b"\0\0\0\x18ftypavif\0\0\0\0", Foreign::Avif),
        (b"\0\0\0\x18ftypmp42\0\0\0\0", Foreign::Video),
        (b"GIF89a\x01\0\x01\0", Foreign::Gif),
        (b"<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>", Foreign::Svg),
        (b"\xef\xbb\xbf<SVG/>", Foreign::Svg),
        (b"II*\0\x08\0\0\0", Foreign::Tiff),
        (b"BM\x36\0\0\0", Foreign::Bmp),
        (b"%PDF-1.7", Foreign::Pdf),
    ] {
        assert_eq!(make(bytes), Err(Fault::Foreign(foreign)));
    }
    for bytes in [b"<html>".as_slice(), b"noget andet", b"RIFF\0\0\0\0WAVEfmt ", b"\0\0\0\0"] {
        assert_eq!(make(bytes), Err(Fault::Unknown), "{bytes:?}");
    }
}

#[test]
fn a_cache_returns_only_whole_entries() {
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::new(folder.path().join("kept"));
    let (bytes, other) = (rgb(20, 10), rgb(10, 20));
    let (key, picture) = (Key::of(&bytes), make(&bytes).unwrap());
    assert_eq!(cache.get(key), None);
    cache.put(key, &picture);
    cache.put(Key::of(&other), &make(&other).unwrap());
    assert_eq!(cache.get(key), Some(picture.clone()));
    let path = |key: Key| folder.path().join("kept").join(format!("{}.picture", key.name()));
    let whole = fs::read(path(key)).unwrap();
    for length in 0..whole.len() {
        fs::write(path(key), &whole[..length]).unwrap();
        assert_eq!(cache.get(key), None, "cut at {length}");
    }
    for bit in 0..whole.len() * 8 {
        let mut flipped = whole.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        fs::write(path(key), &flipped).unwrap();
        assert_eq!(cache.get(key), None, "bit {bit}");
    }
    fs::copy(path(Key::of(&other)), path(key)).unwrap();
    assert_eq!(cache.get(key), None, "another picture's");
    fs::write(folder.path().join("kept/note.txt"), "").unwrap();
    cache.put(key, &picture);
    cache.retain([key]);
    let mut names: Vec<_> = fs::read_dir(folder.path().join("kept"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, [format!("{}.picture", key.name()), "note.txt".to_owned()]);
}

/// If this fails after a change or with another version of a dependency, raise `RECIPE` and update the expected value.
#[test]
fn versions_are_the_same_on_every_machine() {
    let mut hash = Sha256::new();
    for bytes in [
        telephone(&jpeg(1000, 700, false), 6),
        rgb(600, 300),
        webp(64, 32, Some(3)),
        LOSSY.to_vec(),
        LOSSY_TRANSPARENT.to_vec(),
    ] {
        for version in make(&bytes).unwrap().versions {
            hash.update(&version.bytes);
        }
    }
    let hash: String = hash.finalize()[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!((crate::RECIPE, hash.as_str()), (1, "438c5c46c23b20a4"));
}
