//! Writes feeds for news readers: Atom (RFC 4287).

use jiff::Timestamp;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io;

/// The launch of the service on 22 November 2026, for feeds that have never had an entry: a feed requires a time.
const BEGAN: Timestamp = Timestamp::constant(1_795_305_600, 0);

/// A feed with its entries.
pub(crate) struct Feed {
    /// The feed's own address, which is also its id.
    pub(crate) address: String,
    /// The address of the page with the same content.
    pub(crate) page: String,
    /// The language code.
    pub(crate) language: String,
    pub(crate) title: String,
    /// The author.
    pub(crate) author: String,
    /// The last change that is not an entry's, if known.
    pub(crate) changed: Option<Timestamp>,
    pub(crate) entries: Vec<FeedEntry>,
}

/// An entry of a feed.
pub(crate) struct FeedEntry {
    /// The address of the subject, which is also the entry's id: stable and unique.
    pub(crate) address: String,
    pub(crate) title: String,
    pub(crate) updated: Timestamp,
    pub(crate) summary: String,
}

impl Feed {
    /// Formats the feed as a file.
    pub(crate) fn to_xml(&self) -> io::Result<Vec<u8>> {
        let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let feed = [("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", &self.language)];
        let updated = self.entries.iter().map(|entry| entry.updated).chain(self.changed).max();
        xml.create_element("feed").with_attributes(feed).write_inner_content(|xml| {
            text(xml, "id", &self.address)?;
            text(xml, "title", &self.title)?;
            text(xml, "updated", &updated.unwrap_or(BEGAN).to_string())?;
            link(xml, [("rel", "self"), ("type", "application/atom+xml"), ("href", &self.address)])?;
            link(xml, [("rel", "alternate"), ("type", "text/html"), ("href", &self.page)])?;
            xml.create_element("author").write_inner_content(|xml| text(xml, "name", &self.author))?;
            self.entries.iter().try_for_each(|entry| entry.write(xml))
        })?;
        let mut bytes = xml.into_inner();
        bytes.push(b'\n');
        Ok(bytes)
    }
}

impl FeedEntry {
    fn write(&self, xml: &mut Writer<Vec<u8>>) -> io::Result<()> {
        let entry = xml.create_element("entry").write_inner_content(|xml| {
            text(xml, "id", &self.address)?;
            text(xml, "title", &self.title)?;
            text(xml, "updated", &self.updated.to_string())?;
            link(xml, [("rel", "alternate"), ("type", "text/html"), ("href", &self.address)])?;
            text(xml, "summary", &self.summary)
        });
        entry.map(drop)
    }
}

fn text(xml: &mut Writer<Vec<u8>>, name: &str, value: &str) -> io::Result<()> {
    xml.create_element(name).write_text_content(BytesText::new(&readable(value))).map(drop)
}

fn link(xml: &mut Writer<Vec<u8>>, attributes: [(&str, &str); 3]) -> io::Result<()> {
    xml.create_element("link").with_attributes(attributes).write_empty().map(drop)
}

/// Replaces the characters that XML cannot represent: most control characters, and two noncharacters.
fn readable(text: &str) -> String {
    let is_lost = |c: char| (c.is_control() && !['\n', '\t'].contains(&c)) || matches!(c, '\u{fffe}' | '\u{ffff}');
    text.chars().map(|c| if is_lost(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}
