//! Markdown in a text that is shown verbatim.

use std::ops::Range;

/// Markup that an author expected to work, and its range.
pub(crate) struct Sign {
    pub(crate) range: Range<usize>,
    /// The text without the markup.
    pub(crate) intended: String,
    /// True if no other meaning is possible.
    pub(crate) is_sure: bool,
}

impl Sign {
    fn sure(range: Range<usize>, intended: &str) -> Self {
        Self { range, intended: intended.trim().to_owned(), is_sure: true }
    }

    fn unsure(self) -> Self {
        Self { is_sure: false, ..self }
    }
}

/// The first Markdown or HTML in a plain text, if any.
pub(crate) fn sign_in_plain_text(text: &str) -> Option<Sign> {
    if !text
        .bytes()
        .fold(false, |any, byte| any | matches!(byte, b'*' | b'_' | b'[' | b'~' | b'<' | b'&' | b'`' | b'#'))
    {
        return None;
    }
    let pairs = |marks: [&str; 3]| marks.iter().find_map(|mark| pair(text, mark));
    pairs(["**", "__", "~~"])
        .or_else(|| link(text))
        .or_else(|| heading(text))
        .or_else(|| pairs(["*", "_", "`"]).or_else(|| html(text)).or_else(|| entity(text)).map(Sign::unsure))
}

/// Finds `## Words`.
fn heading(text: &str) -> Option<Sign> {
    let marks = text.bytes().take_while(|byte| *byte == b'#').count();
    (marks > 0 && text[marks..].starts_with(' ')).then(|| Sign::sure(0..text.len(), &text[marks..]))
}

/// Finds words with a mark on both sides.
fn pair(text: &str, mark: &str) -> Option<Sign> {
    let sign = mark.chars().next();
    let is_run = |at: usize| text[..at].chars().next_back() != sign && text[at + mark.len()..].chars().next() != sign;
    let mut marks = text.match_indices(mark).map(|(at, _)| at).filter(|at| is_run(*at));
    let mut first = marks.next()?;
    for second in marks {
        let words = &text[first + mark.len()..second];
        let is_outside = |sign: Option<char>| sign.is_none_or(|sign| !sign.is_alphanumeric());
        let begins = is_outside(text[..first].chars().next_back());
        let ends = is_outside(text[second + mark.len()..].chars().next());
        let is_close = !words.starts_with(char::is_whitespace) || !words.ends_with(char::is_whitespace);
        let is_single =
            mark.len() == 1 && (words.starts_with(char::is_whitespace) || words.ends_with(char::is_whitespace));
        if (begins || ends) && is_close && !is_single && !words.is_empty() && !(mark.len() == 1 && !(begins && ends)) {
            return Some(Sign::sure(first..second + mark.len(), words));
        }
        first = second;
    }
    None
}

/// Finds `[words](address)`, with or without a space between.
fn link(text: &str) -> Option<Sign> {
    text.match_indices(']').find_map(|(close, _)| {
        let open = text[..close].rfind('[')?;
        let rest = &text[close + 1..];
        let inside = rest.trim_start().strip_prefix('(')?;
        let address = inside.split(')').next().unwrap_or_default();
        let begins = ["/", "#", "http", "www.", "mailto:", "tel:"].iter().any(|begin| address.starts_with(begin));
        let is_address = address.len() > 1 && begins && !address.contains(' ');
        let end = text.len() - inside.len() + inside.find(')')? + 1;
        is_address.then(|| Sign::sure(open..end, &text[open + 1..close]))
    })
}

/// HTML elements that authors may know.
const ELEMENTS: [&str; 16] =
    ["a", "b", "br", "p", "i", "u", "em", "strong", "span", "div", "ul", "ol", "li", "img", "h2", "h3"];

/// Finds `<b>`, `<br>`, `<a@b.example>`.
fn html(text: &str) -> Option<Sign> {
    text.match_indices('<').find_map(|(open, _)| {
        let (inside, _) = text[open + 1..].split_once('>')?;
        let name = inside.strip_prefix('/').unwrap_or(inside);
        let element = &name[..name.bytes().take_while(u8::is_ascii_alphanumeric).count()];
        let is_element = ELEMENTS.contains(&element.to_ascii_lowercase().as_str());
        let is_address = !inside.contains(' ') && (inside.contains('@') || inside.contains("://"));
        let intended = if is_address { inside } else { "" };
        (is_element || is_address).then(|| Sign::sure(open..open + inside.len() + 2, intended))
    })
}

/// Finds `&amp;`, `&#8211;`.
fn entity(text: &str) -> Option<Sign> {
    text.match_indices('&').find_map(|(at, _)| {
        let (name, _) = text[at + 1..].split_once(';')?;
        let is_name = name.len() > 1 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#');
        is_name.then(|| Sign::sure(at..at + name.len() + 2, ""))
    })
}
