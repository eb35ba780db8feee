//! Names and values of `application/x-www-form-urlencoded`, in any encoding that a browser may use.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use percent_encoding::percent_decode;

/// The field in which a browser states the encoding that it used (HTML standard, "constructing the entry list").
const CHARSET: &[u8] = b"_charset_";

/// A body that is not a form, or is in an unknown encoding.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NotAForm;

/// The encoding that a form's media type names; `None` if it names none.
pub(crate) fn encoding(media_type: &str) -> Result<Option<&'static Encoding>, NotAForm> {
    let mut parts = media_type.split(';').map(str::trim);
    if !parts.next().is_some_and(|essence| essence.eq_ignore_ascii_case("application/x-www-form-urlencoded")) {
        return Err(NotAForm);
    }
    let mut parameters = parts.filter_map(|part| part.split_once('='));
    let charset = parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
    let label = charset.map(|(_, label)| label.trim().trim_matches(['"', '\'']));
    label.map(|label| Encoding::for_label(label.as_bytes()).ok_or(NotAForm)).transpose()
}

/// Parses the pairs of a body or query. A text that is invalid in its stated encoding is read as UTF-8 or, failing
/// that, as Windows-1252, in which every text is valid: so no letter becomes `�`.
pub(crate) fn pairs(body: &[u8], named: Option<&'static Encoding>) -> Vec<(String, String)> {
    let pairs: Vec<_> = body
        .split(|byte| *byte == b'&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let end = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
            (bytes(&pair[..end]), bytes(pair.get(end + 1..).unwrap_or_default()))
        })
        .collect();
    let by_browser =
        || pairs.iter().find(|(name, _)| name == CHARSET).and_then(|(_, label)| Encoding::for_label(label));
    // A page in UTF-16 sends UTF-8.
    let encoding = by_browser().or(named).unwrap_or(UTF_8).output_encoding();
    pairs.iter().map(|(name, value)| (text(name, encoding), text(value, encoding))).collect()
}

fn bytes(part: &[u8]) -> Vec<u8> {
    let spaced: Vec<u8> = part.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    percent_decode(&spaced).collect()
}

fn text(bytes: &[u8], encoding: &'static Encoding) -> String {
    let read = |encoding: &'static Encoding| encoding.decode_without_bom_handling_and_without_replacement(bytes);
    let text = read(encoding).or_else(|| read(UTF_8));
    text.unwrap_or_else(|| WINDOWS_1252.decode_without_bom_handling(bytes).0).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(body: &[u8], charset: &str) -> Vec<(String, String)> {
        pairs(body, encoding(&format!("application/x-www-form-urlencoded{charset}")).unwrap())
    }

    #[test]
    fn text_is_read_in_its_declared_or_detected_encoding() {
        for (body, charset, text) in [
            (&b"navn=J%C3%B8rgen+%C3%86"[..], "", "Jørgen Æ"),
            (b"navn=J%C3%B8rgen+%C3%86", "; charset=UTF-8", "Jørgen Æ"),
            (b"navn=J%C3%B8rgen+%C3%86", ";charset=\"utf-8\"", "Jørgen Æ"),
            (b"navn=J%F8rgen+%C6", "", "Jørgen Æ"),
            (b"navn=J\xf8rgen+\xc6", "", "Jørgen Æ"),
            (b"navn=J%F8rgen+%C6", "; charset=windows-1252", "Jørgen Æ"),
            (b"navn=J%F8rgen+%C6", "; Charset=ISO-8859-1", "Jørgen Æ"),
            (b"navn=J%F8rgen+%C6", "; charset=utf-8", "Jørgen Æ"),
            (b"navn=%80+%93+%85", "", "€ “ …"),
            (b"navn=%A4", "; charset=iso-8859-15", "€"),
            (b"_charset_=iso-8859-15&navn=%A4", "", "€"),
            (b"_charset_=windows-1252&navn=%C3%A6", "; charset=utf-8", "Ã¦"),
            (b"_charset_=UTF-8&navn=%C3%A6", "; charset=windows-1252", "æ"),
            (b"_charset_=findes-ikke&navn=%C3%A6", "", "æ"),
            (b"_charset_=utf-16&navn=%C3%A6", "", "æ"),
            (b"navn=%C3%A6", "; charset=us-ascii; boundary=x", "Ã¦"),
            (b"navn=%EF%BB%BFx", "", "\u{feff}x"),
            (b"navn=100%25+%zz+%", "", "100% %zz %"),
            (b"a&navn=x%3Dy=z&&b=", "", "x=y=z"),
            (b"navn", "", ""),
        ] {
            let pairs = read(body, charset);
            let found = pairs.iter().find(|(name, _)| name == "navn").map(|(_, text)| text.as_str());
            assert_eq!(found, Some(text), "{} {charset}", String::from_utf8_lossy(body));
        }
    }

    #[test]
    fn other_media_types_and_unknown_encodings_are_refused() {
        for media_type in [
            "",
            "text/plain",
            "multipart/form-data; boundary=x",
            "application/json",
            "application/x-www-form-urlencoded; charset=findes-ikke",
            "application/x-www-form-urlencodedx",
        ] {
            assert_eq!(encoding(media_type), Err(NotAForm), "{media_type}");
        }
        assert_eq!(encoding("Application/X-WWW-Form-Urlencoded ; x"), Ok(None));
    }

    proptest! {
        #[test]
        fn no_bytes_become_replacement_characters(body: Vec<u8>) {
            prop_assume!(!body.windows(3).any(|bytes| bytes == "\u{fffd}".as_bytes()));
            let encoded: String = form_urlencoded::byte_serialize(&body).collect();
            for (name, text) in pairs(format!("x={encoded}").as_bytes(), None) {
                let is_whole = |text: &str| !text.contains('\u{fffd}');
                prop_assert!(is_whole(&name) && is_whole(&text));
            }
        }

        #[test]
        fn utf_8_is_decoded_as_the_standard_requires(values: Vec<(String, String)>) {
            let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&values).finish();
            prop_assert_eq!(pairs(body.as_bytes(), None), values);
        }
    }
}
