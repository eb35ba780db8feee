//! Feeds for news readers: Atom (RFC 4287).

use jiff::Timestamp;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io;

/// When the service came to be, on 22 November 2026. A feed must say when it last changed, also one that has never had an entry.
const BEGAN: Timestamp = Timestamp::constant(1_795_305_600, 0);

/// A feed.
pub(crate) struct Feed {
    /// Its own address, which is also its name.
    pub(crate) address: String,
    /// The address of the page that has the same.
    pub(crate) page: String,
    /// The code of its language.
    pub(crate) language: String,
    pub(crate) title: String,
    /// Who writes it.
    pub(crate) author: String,
    /// When it last changed without one of its entries, as far as that is known.
    pub(crate) changed: Option<Timestamp>,
    pub(crate) entries: Vec<FeedEntry>,
}

/// One entry of it.
pub(crate) struct FeedEntry {
    /// The address of what it is about, which is also its name: it stays the same, and no other entry has it.
    pub(crate) address: String,
    pub(crate) title: String,
    pub(crate) updated: Timestamp,
    pub(crate) summary: String,
}

impl Feed {
    /// The file.
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

/// The text without what XML has no way to write: it may hold few control characters, and two that are none at all.
fn readable(text: &str) -> String {
    let is_lost = |c: char| (c.is_control() && !['\n', '\t'].contains(&c)) || matches!(c, '\u{fffe}' | '\u{ffff}');
    text.chars().map(|c| if is_lost(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}
