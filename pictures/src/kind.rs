//! Detection of a file's format by its first bytes, since its name may say anything.

use crate::Fault;
use std::fmt;

/// A format that is decoded here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Jpeg,
    Png,
    Webp,
}

/// A known format that is not decoded here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foreign {
    /// The format of many telephones.
    Heic,
    /// A successor of HEIC.
    Avif,
    /// Few colours, and often animated.
    Gif,
    /// A drawing, which could hold scripts.
    Svg,
    /// The format of scanners.
    Tiff,
    /// The old bitmap format of Windows.
    Bmp,
    /// A recent successor of JPEG.
    JpegXl,
    /// An older successor of JPEG.
    Jpeg2000,
    /// A Windows icon.
    Icon,
    /// The file format of a picture editor.
    Photoshop,
    /// A document.
    Pdf,
    /// A video.
    Video,
}

impl fmt::Display for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Heic => "HEIC",
            Self::Avif => "AVIF",
            Self::Gif => "GIF",
            Self::Svg => "SVG",
            Self::Tiff => "TIFF",
            Self::Bmp => "BMP",
            Self::JpegXl => "JPEG XL",
            Self::Jpeg2000 => "JPEG 2000",
            Self::Icon => "ICO",
            Self::Photoshop => "Photoshop",
            Self::Pdf => "PDF",
            Self::Video => "video",
        })
    }
}

/// Detects the format of a file.
pub(crate) fn kind(bytes: &[u8]) -> Result<Kind, Fault> {
    if bytes.is_empty() {
        return Err(Fault::Empty);
    }
    let begins = |signature: &[u8]| bytes.starts_with(signature);
    if begins(b"\xff\xd8\xff") {
        return Ok(Kind::Jpeg);
    }
    if begins(b"\x89PNG\r\n\x1a\n") {
        return Ok(Kind::Png);
    }
    if begins(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Ok(Kind::Webp);
    }
    // A file cut within the signature of a format that is decoded here.
    let signatures: [&[u8]; 3] = [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF"];
    if signatures
        .iter()
        .any(|signature| bytes.len() < 12 && signature.starts_with(&bytes[..bytes.len().min(signature.len())]))
    {
        return Err(Fault::Cut);
    }
    Err(foreign(bytes).map_or(Fault::Unknown, Fault::Foreign))
}

fn foreign(bytes: &[u8]) -> Option<Foreign> {
    let signatures: [(&[u8], Foreign); 11] = [
        (b"GIF8", Foreign::Gif),
        (b"II*\0", Foreign::Tiff),
        (b"MM\0*", Foreign::Tiff),
        (b"BM", Foreign::Bmp),
        (b"\xff\x0a", Foreign::JpegXl),
        (b"\0\0\0\x0cJXL ", Foreign::JpegXl),
        (b"\0\0\0\x0cjP  ", Foreign::Jpeg2000),
        (b"\xff\x4f\xff\x51", Foreign::Jpeg2000),
        (b"\0\0\x01\0", Foreign::Icon),
        (b"8BPS", Foreign::Photoshop),
        (b"%PDF-", Foreign::Pdf),
    ];
    if let Some((_, foreign)) = signatures.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return Some(*foreign);
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some(match bytes.get(8..12)? {
            b"avif" | b"avis" => Foreign::Avif,
            b"heic" | b"heix" | b"hevc" | b"hevx" | b"heim" | b"heis" | b"mif1" | b"msf1" => Foreign::Heic,
            _ => Foreign::Video,
        });
    }
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_lowercase();
    let start = start.trim_start_matches('\u{feff}').trim_start();
    (start.starts_with("<svg") || start.starts_with('<') && start.contains("<svg")).then_some(Foreign::Svg)
}
