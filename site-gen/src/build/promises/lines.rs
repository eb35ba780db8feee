//! The text of a finished page, line by line as a reader meets it, with where its links to call and to write lead.

use html5gum::{Token, Tokenizer};

/// Elements that do not end a line.
const INLINE: [&[u8]; 10] = [b"a", b"abbr", b"b", b"code", b"em", b"i", b"small", b"span", b"strong", b"time"];

/// Attributes whose values are read or heard.
const HEARD: [&[u8]; 4] = [b"alt", b"aria-label", b"content", b"title"];

/// The lines of `html`. A link to call or to write is a line of its own.
pub(super) fn lines(html: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut links = Vec::new();
    for token in Tokenizer::new(html).flatten() {
        let (name, attributes) = match &token {
            Token::String(text) => {
                if let Some(line) = lines.last_mut() {
                    line.push_str(&String::from_utf8_lossy(&text.value));
                }
                continue;
            }
            Token::StartTag(tag) => (&tag.name, Some(&tag.attributes)),
            Token::EndTag(tag) => (&tag.name, None),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => continue,
        };
        for (name, value) in attributes.into_iter().flatten() {
            let value = String::from_utf8_lossy(&value.value).into_owned();
            let is_contact = name.as_slice() == b"href" && (value.starts_with("tel:") || value.starts_with("mailto:"));
            if is_contact || HEARD.contains(&name.as_slice()) {
                links.push(value);
            }
        }
        if !INLINE.contains(&name.as_slice()) {
            lines.push(String::new());
        }
    }
    lines.into_iter().chain(links).filter(|line| !line.trim().is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_where_a_reader_sees_them_end_and_links_to_call_are_lines_of_their_own() {
        let html = "<title>Ring</title><p>Ring <strong>1</strong>14,\neller <a href=\"tel:+4596301448\">skriv &amp; vent</a>.</p>\
                    <ul><li>3700<li>5000</ul><!-- 115 --><img alt=\"116\" src=\"117\"><a href=\"mailto:a@b.example\">x</a>";
        assert_eq!(
            lines(html),
            [
                "Ring",
                "Ring 114,\neller skriv & vent.",
                "3700",
                "5000",
                "x",
                "tel:+4596301448",
                "116",
                "mailto:a@b.example"
            ]
        );
    }
}
