//! Decodes the bytes of a file, and guesses their encoding.

use memchr::{memchr, memchr3};
use std::borrow::Cow;

/// A text, and its encoding error.
pub(super) struct Decoded<'b> {
    pub(super) text: Cow<'b, str>,
    pub(super) fault: Option<Fault>,
}

/// The encoding of a file that should be UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// The whole file is in UTF-16.
    Utf16,
    /// Some bytes are in a single-byte encoding.
    OneByte,
    /// The file was decoded as a single-byte encoding and saved as UTF-8; the first such letter is at this byte.
    Twice(usize),
}

/// Danish letters and typographic characters after double encoding, and the replacement character of another program.
/// No word has them.
const TWICE: [&str; 12] = ["\u{fffd}", "Ãƒ", "Ã¦", "Ã¸", "Ã¥", "Ã†", "Ã˜", "Ã…", "Ã\u{86}", "Ã\u{98}", "Ã\u{85}", "â€"];

/// Decodes the text, with a replacement character for each unreadable byte.
pub(super) fn decode(bytes: &[u8]) -> Decoded<'_> {
    let pair: fn([u8; 2]) -> u16 = match bytes {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        _ if is_mostly_zero(bytes, 1) => u16::from_le_bytes,
        _ if is_mostly_zero(bytes, 0) => u16::from_be_bytes,
        _ => {
            return match std::str::from_utf8(bytes) {
                Ok(text) => Decoded { text: text.into(), fault: twice(text).map(Fault::Twice) },
                Err(_) => Decoded { text: String::from_utf8_lossy(bytes), fault: Some(Fault::OneByte) },
            };
        }
    };
    let (pairs, _) = bytes.as_chunks::<2>();
    let signs: Vec<u16> = pairs.iter().copied().map(pair).collect();
    Decoded { text: String::from_utf16_lossy(&signs).into(), fault: Some(Fault::Utf16) }
}

/// The first doubly encoded byte.
fn twice(text: &str) -> Option<usize> {
    if text.starts_with("ï»¿") {
        return Some(0);
    }
    // Hardly any text has one of the last bytes of `Ã`, `â` and the replacement character at all.
    let may_be = memchr3(0x83, 0xa2, 0xbd, text.as_bytes()).is_some();
    TWICE.iter().filter(|_| may_be).filter_map(|sign| text.find(sign)).min()
}

/// In UTF-16, most texts have a zero in every other byte; in any other encoding, hardly any.
fn is_mostly_zero(bytes: &[u8], odd: usize) -> bool {
    if memchr(0, bytes).is_none() {
        return false;
    }
    let zeros = bytes.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    zeros > 0 && zeros * 4 > bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_detected_with_and_without_a_byte_order_mark() {
        let text = "---\ntitel: Søen\n";
        let little = || text.encode_utf16().flat_map(u16::to_le_bytes);
        let big = || text.encode_utf16().flat_map(u16::to_be_bytes);
        let marked = |mark: [u8; 2], rest: Vec<u8>| mark.into_iter().chain(rest).collect::<Vec<u8>>();
        for bytes in [
            little().collect(),
            big().collect(),
            marked([0xff, 0xfe], little().collect()),
            marked([0xfe, 0xff], big().collect()),
        ] {
            let decoded = decode(&bytes);
            assert_eq!(decoded.fault, Some(Fault::Utf16));
            assert_eq!(decoded.text.trim_start_matches('\u{feff}'), text);
        }
        assert_eq!(decode(b"r\xf8d").fault, Some(Fault::OneByte));
        assert_eq!(decode("FÃ¦rdsel og sÃ¸gning".as_bytes()).fault, Some(Fault::Twice(1)));
        assert_eq!(decode("ræv â€“ rÃ¸d".as_bytes()).fault, Some(Fault::Twice(5)));
        assert_eq!(decode("ï»¿---\n".as_bytes()).fault, Some(Fault::Twice(0)));
        assert_eq!(decode("SÃƒÂ¸g".as_bytes()).fault, Some(Fault::Twice(1)));
        assert_eq!(decode("s\u{fffd}g".as_bytes()).fault, Some(Fault::Twice(1)));
        for good in ["", "rød", "a\0b c d e", "São Paulo, Ã"] {
            assert_eq!((decode(good.as_bytes()).fault, &*decode(good.as_bytes()).text), (None, good));
        }
    }
}
