//! Packs a file as servers send it: as small as it goes, and equal bytes to equal bytes.

use brotli::enc::BrotliEncoderParams;
use brotli::enc::backward_references::BrotliEncoderMode;
use flate2::{Compression, GzBuilder};
use std::io::{self, Write};

/// `text` as Brotli, which every browser in use understands.
pub(crate) fn brotli(text: &[u8]) -> io::Result<Vec<u8>> {
    let mode = BrotliEncoderMode::BROTLI_MODE_TEXT;
    let how = BrotliEncoderParams { quality: 11, lgwin: 22, mode, size_hint: text.len(), ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &*text, &mut packed, &how)?;
    Ok(packed)
}

/// `text` as gzip, for everybody else. There is no name and no time in it, and no word of the system that made it.
pub(crate) fn gzip(text: &[u8]) -> io::Result<Vec<u8>> {
    const UNKNOWN_SYSTEM: u8 = 255;
    let mut encoder = GzBuilder::new().operating_system(UNKNOWN_SYSTEM).write(Vec::new(), Compression::best());
    encoder.write_all(text)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn what_is_packed_is_unpacked_to_the_same_and_packed_again_to_the_same() {
        for text in [&b""[..], b"a", &"Bestil en betjent. ".repeat(900).into_bytes()] {
            let (brotli_packed, gzip_packed) = (brotli(text).unwrap(), gzip(text).unwrap());
            let mut unpacked = Vec::new();
            brotli::BrotliDecompress(&mut &*brotli_packed, &mut unpacked).unwrap();
            assert!(unpacked == text);
            unpacked.clear();
            flate2::read::GzDecoder::new(&*gzip_packed).read_to_end(&mut unpacked).unwrap();
            assert!(unpacked == text);
            assert!(brotli(text).unwrap() == brotli_packed && gzip(text).unwrap() == gzip_packed);
        }
    }

    #[test]
    fn a_gzip_file_says_nothing_of_when_where_and_of_what_it_was_made() {
        let packed = gzip(b"a").unwrap();
        // Method, flags, time, how well it is packed, system (RFC 1952).
        assert_eq!(packed[2..10], [8, 0, 0, 0, 0, 0, 2, 255]);
    }
}
