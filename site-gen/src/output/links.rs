//! Extracts the ids and references of a page.

use memchr::memchr;
use std::borrow::Cow;
use std::ops::Range;

/// The ids and references of a page, as written in the HTML.
#[derive(Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Links {
    /// All of them, concatenated: a site has hundreds of thousands.
    text: Box<[u8]>,
    /// The end of each: first the linkable ids, then the addresses that a browser may follow, fetch or send to.
    ends: Box<[u32]>,
    ids: usize,
}

/// The attributes that hold an address.
const ADDRESSES: [&str; 7] = ["href", "src", "action", "formaction", "poster", "data", "xlink:href"];

/// The entities that our templates and our Markdown write in attributes.
const ENTITIES: [(&str, &str); 6] =
    [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'")];

impl Links {
    /// Parses HTML as we write it: everything except tags is escaped. A test compares the result with a full parser on
    /// all pages of the real content.
    pub(crate) fn of(html: &str) -> Self {
        let (mut ids, mut references) = (Vec::with_capacity(8), Vec::with_capacity(40));
        let bytes = html.as_bytes();
        let mut at = 0;
        while let Some(open) = memchr(b'<', &bytes[at..]).map(|open| at + open + 1) {
            at = match bytes.get(open) {
                Some(b'!') if bytes[open..].starts_with(b"!--") => {
                    html[open..].find("-->").map_or(html.len(), |end| open + end)
                }
                Some(first) if first.is_ascii_alphabetic() => attributes(bytes, open, |name, value| {
                    let is = |known: &str| name.len() == known.len() && name.eq_ignore_ascii_case(known.as_bytes());
                    if is("id") {
                        ids.push(value);
                    } else if is("srcset") {
                        references.extend(addresses(html, value));
                    } else if ADDRESSES.into_iter().any(is) {
                        references.push(value);
                    }
                }),
                _ => open,
            };
        }
        let (mut text, mut ends) = (Vec::with_capacity(1024), Vec::with_capacity(ids.len() + references.len()));
        for value in ids.iter().chain(&references) {
            text.extend_from_slice(&bytes[value.clone()]);
            // No page is as large as four gigabytes.
            ends.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
        }
        Self { text: text.into(), ends: ends.into(), ids: ids.len() }
    }

    /// The ids that can be linked to.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.ids).filter_map(|index| self.value(index))
    }

    /// The addresses that a browser may follow, fetch or send to.
    pub(crate) fn references(&self) -> impl Iterator<Item = &[u8]> {
        (self.ids..self.ends.len()).filter_map(|index| self.value(index))
    }

    fn value(&self, index: usize) -> Option<&[u8]> {
        let start = index.checked_sub(1).map_or(Some(&0), |before| self.ends.get(before))?;
        self.text.get(*start as usize..*self.ends.get(index)? as usize)
    }
}

/// The value of an attribute with its entities decoded.
pub(crate) fn unescaped(value: &str) -> Cow<'_, str> {
    let mut rest = match value.find('&') {
        None => return Cow::Borrowed(value),
        Some(_) => value,
    };
    let mut plain = String::with_capacity(value.len());
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let (written, sign) = ENTITIES.iter().find(|(written, _)| rest.starts_with(written)).unwrap_or(&("&", "&"));
        plain.push_str(sign);
        rest = &rest[written.len()..];
    }
    Cow::Owned(plain + rest)
}

/// Passes each attribute of the tag at `at`, with its value's range, to `with`, and returns the end of the tag.
fn attributes<'h>(html: &'h [u8], at: usize, mut with: impl FnMut(&'h [u8], Range<usize>)) -> usize {
    let is_in_name = |byte: u8| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>' | b'=');
    let mut at = skip(html, at, is_in_name);
    loop {
        at = skip(html, at, |byte| byte.is_ascii_whitespace() || byte == b'/' || byte == b'=');
        let end = skip(html, at, is_in_name);
        let name = &html[at..end];
        if name.is_empty() {
            return end;
        }
        at = skip(html, end, |byte| byte.is_ascii_whitespace());
        if html.get(at) != Some(&b'=') {
            continue;
        }
        at = skip(html, at + 1, |byte| byte.is_ascii_whitespace());
        let value = match html.get(at) {
            Some(quote @ (b'"' | b'\'')) => {
                let rest = &html[at + 1..];
                at + 1..at + 1 + memchr(*quote, rest).unwrap_or(rest.len())
            }
            _ => at..skip(html, at, |byte| !byte.is_ascii_whitespace() && byte != b'>'),
        };
        at = value.end + usize::from(matches!(html.get(value.end), Some(b'"' | b'\'')));
        with(name, value);
    }
}

/// The first index from `at` on where a byte is not skipped.
fn skip(html: &[u8], at: usize, is_skipped: impl Fn(u8) -> bool) -> usize {
    html[at..].iter().position(|byte| !is_skipped(*byte)).map_or(html.len(), |skipped| at + skipped)
}

/// The addresses in a comma-separated value like `srcset`, each followed by a width.
fn addresses(html: &str, value: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    html[value.clone()].split(',').filter_map(move |one| {
        let address = one.split_whitespace().next()?;
        let start = address.as_ptr() as usize - html.as_ptr() as usize;
        Some(start..start + address.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::File;

    #[test]
    fn ids_and_addresses_are_read_in_every_spelling() {
        let page = File::page(
            "public/index.html",
            "<!doctype html><a HREF='/a/?b&amp;c' id=x>a</a><img src=/b.png srcset=\"/c.png 1x, /d.png 2x\">\
             <form action=\"/e#f\"><button formaction=/g id=\"y\" disabled></form><svg><a xlink:href=/h></a></svg>\
             <!-- <a href=/i> --><p title=\"<a href=/j>\">href=/k <br/>5 < 6 &lt;a href=/l&gt;</p><a href = \"\" a>",
        );
        assert_eq!(page.ids().collect::<Vec<_>>(), ["x", "y"]);
        let references: Vec<_> = page.references().map(unescaped).collect();
        assert_eq!(references, ["/a/?b&c", "/b.png", "/c.png", "/d.png", "/e#f", "/g", "/h", ""]);
    }

    #[test]
    fn a_truncated_page_is_read_as_far_as_it_goes() {
        for html in
            ["<", "<a", "<a ", "<a href", "<a href=", "<a href=\"", "<a href='/b", "<!--", "</", "<a href=\"/b\""]
        {
            assert!(Links::of(html).references().count() < 2, "{html}");
        }
    }

    #[test]
    fn entities_are_read_as_a_browser_does() {
        for (written, read) in
            [("a", "a"), ("/?a&amp;b", "/?a&b"), ("&amp;lt;&#x27;&", "&lt;'&"), ("&quot;&#39;", "\"'")]
        {
            assert_eq!(unescaped(written), read, "{written}");
        }
    }
}
