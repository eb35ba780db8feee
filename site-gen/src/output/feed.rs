//! Feeds for news readers: Atom (RFC 4287).

use jiff::Timestamp;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
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
    pub(crate) entries: Vec<Entry>,
}

/// One entry of it.
pub(crate) struct Entry {
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
        xml.write_event(Event::Start(BytesStart::new("feed").with_attributes(feed)))?;
        text(&mut xml, "id", &self.address)?;
        text(&mut xml, "title", &self.title)?;
        let updated = self.entries.iter().map(|entry| entry.updated).chain(self.changed).max();
        text(&mut xml, "updated", &updated.unwrap_or(BEGAN).to_string())?;
        link(&mut xml, &[("rel", "self"), ("type", "application/atom+xml"), ("href", &self.address)])?;
        link(&mut xml, &[("rel", "alternate"), ("type", "text/html"), ("href", &self.page)])?;
        xml.write_event(Event::Start(BytesStart::new("author")))?;
        text(&mut xml, "name", &self.author)?;
        xml.write_event(Event::End(BytesEnd::new("author")))?;
        self.entries.iter().try_for_each(|entry| entry.write(&mut xml))?;
        xml.write_event(Event::End(BytesEnd::new("feed")))?;
        let mut bytes = xml.into_inner();
        bytes.push(b'\n');
        Ok(bytes)
    }
}

impl Entry {
    fn write(&self, xml: &mut Writer<Vec<u8>>) -> io::Result<()> {
        xml.write_event(Event::Start(BytesStart::new("entry")))?;
        text(xml, "id", &self.address)?;
        text(xml, "title", &self.title)?;
        text(xml, "updated", &self.updated.to_string())?;
        link(xml, &[("rel", "alternate"), ("type", "text/html"), ("href", &self.address)])?;
        text(xml, "summary", &self.summary)?;
        xml.write_event(Event::End(BytesEnd::new("entry")))
    }
}

fn text(xml: &mut Writer<Vec<u8>>, name: &str, value: &str) -> io::Result<()> {
    xml.write_event(Event::Start(BytesStart::new(name)))?;
    xml.write_event(Event::Text(BytesText::new(&readable(value))))?;
    xml.write_event(Event::End(BytesEnd::new(name)))
}

fn link(xml: &mut Writer<Vec<u8>>, attributes: &[(&str, &str)]) -> io::Result<()> {
    xml.write_event(Event::Empty(BytesStart::new("link").with_attributes(attributes.iter().copied())))
}

/// The text without what XML has no way to write: it may hold few control characters, and two that are none at all.
fn readable(text: &str) -> String {
    let is_lost = |c: char| (c.is_control() && !['\n', '\t'].contains(&c)) || matches!(c, '\u{fffe}' | '\u{ffff}');
    text.chars().map(|c| if is_lost(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}
