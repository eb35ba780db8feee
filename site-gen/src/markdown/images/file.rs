//! What the bytes of an image say, and whether citizens should get them.

use imagesize::{ImageError, ImageType};

/// Width and height in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Size {
    pub(crate) width: usize,
    pub(crate) height: usize,
}

/// Why an image cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// A drawing, which could hold scripts.
    Vector,
    /// A name that ends as none of [`ENDINGS`].
    Ending,
    /// Other bytes than the name says: those of an image of another ending, or of none.
    Content(Option<&'static str>),
    /// Too many bytes.
    Bytes,
    /// Too many pixels.
    Pixels(Size),
    /// What a camera wrote into it.
    Metadata,
}

/// How names of images may end.
pub(super) const ENDINGS: [&str; 4] = ["jpg", "jpeg", "png", "webp"];

/// Most bytes: ten times what a page weighs without images.
pub(super) const MOST_BYTES: usize = 250 * 1024;

/// Most pixels of a side: twice the width of a page, for screens with small pixels.
pub(super) const MOST_PIXELS: usize = 2000;

/// The size of the image in a file whose name ends so.
pub(super) fn size(bytes: &[u8], ending: &str) -> Result<Size, Fault> {
    if ending.eq_ignore_ascii_case("svg") {
        return Err(Fault::Vector);
    }
    if !ENDINGS.contains(&ending) {
        return Err(Fault::Ending);
    }
    let really = match imagesize::image_type(bytes) {
        Ok(ImageType::Jpeg) => "jpg",
        Ok(ImageType::Png) => "png",
        Ok(ImageType::Webp) => "webp",
        Ok(_) | Err(_) => return Err(Fault::Content(None)),
    };
    if really != ending.replace("jpeg", "jpg") {
        return Err(Fault::Content(Some(really)));
    }
    if bytes.len() > MOST_BYTES {
        return Err(Fault::Bytes);
    }
    let size = imagesize::blob_size(bytes).map_err(|_: ImageError| Fault::Content(None))?;
    let size = Size { width: size.width, height: size.height };
    if size.width == 0 || size.height == 0 {
        return Err(Fault::Content(None));
    }
    if size.width.max(size.height) > MOST_PIXELS {
        return Err(Fault::Pixels(size));
    }
    if has_metadata(bytes) { Err(Fault::Metadata) } else { Ok(size) }
}

/// Whether there is EXIF in it: in JPEG and WebP behind this mark, in PNG in a part of this name.
fn has_metadata(bytes: &[u8]) -> bool {
    let holds = |mark: &[u8]| bytes.windows(mark.len()).any(|window| window == mark);
    holds(b"Exif\0\0")
        || bytes.starts_with(b"RIFF") && holds(b"EXIF")
        || bytes.starts_with(b"\x89PNG") && holds(b"eXIf")
}
