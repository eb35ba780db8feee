//! Reads of a page what can be linked to, and what it links to.

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::ops::Bound;

/// What a page has to do with links.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Page {
    /// What can be linked to.
    pub(super) ids: BTreeSet<String>,
    /// What a browser may follow, fetch or send to, each once.
    pub(super) references: BTreeSet<String>,
}

/// The attributes that hold an address.
const ADDRESSES: [&[u8]; 7] = [b"href", b"src", b"action", b"formaction", b"poster", b"data", b"xlink:href"];

/// What an attribute is to links.
#[derive(Clone, Copy)]
enum Attribute {
    Id,
    Address,
    /// Some addresses with commas between them, each with a width behind it.
    Addresses,
    Other,
}

/// Reads it as a browser does, whatever is wrong with it.
pub(super) fn read(html: &[u8]) -> Page {
    let mut page = Page::default();
    let mut attribute = Attribute::Other;
    let emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
        match event {
            CallbackEvent::OpenStartTag { .. } => attribute = Attribute::Other,
            CallbackEvent::AttributeName { name } => attribute = Attribute::of(name),
            CallbackEvent::AttributeValue { value } => {
                let value = String::from_utf8_lossy(value);
                match attribute {
                    Attribute::Id => drop(page.ids.insert(value.into_owned())),
                    Attribute::Address => drop(page.references.insert(value.into_owned())),
                    Attribute::Addresses => {
                        let addresses = value.split(',').filter_map(|one| one.split_whitespace().next());
                        page.references.extend(addresses.map(str::to_owned));
                    }
                    Attribute::Other => {}
                }
            }
            _ => {}
        }
        None
    });
    // It reads from memory, which cannot fail.
    let Ok(()) = Tokenizer::new_with_emitter(html, emitter).finish();
    page
}

impl Page {
    /// The references that begin so.
    pub(super) fn below<'p>(&'p self, folder: &'p str) -> impl Iterator<Item = &'p str> {
        let from = self.references.range::<str, _>((Bound::Included(folder), Bound::Unbounded));
        from.map(String::as_str).take_while(move |reference| reference.starts_with(folder))
    }
}

impl Attribute {
    fn of(name: &[u8]) -> Self {
        match name {
            b"id" => Self::Id,
            b"srcset" => Self::Addresses,
            name if ADDRESSES.contains(&name) => Self::Address,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_addresses_are_read_however_they_are_written() {
        let page = read(
            "<!doctype html><a HREF='/a/?b&amp;c' id=x>a</a><img src=/b.png srcset=\"/c.png 1x, /d.png 2x\">\
             <form action=\"/e#f\"><button formaction=/g id=\"y\"></form><svg><a xlink:href=/h></a></svg>\
             <!-- <a href=/i> --><p title=\"<a href=/j>\">href=/k</p>"
                .as_bytes(),
        );
        let strings = |set: &BTreeSet<String>| set.iter().cloned().collect::<Vec<_>>();
        assert_eq!(strings(&page.ids), ["x", "y"]);
        assert_eq!(strings(&page.references), ["/a/?b&c", "/b.png", "/c.png", "/d.png", "/e#f", "/g", "/h"]);
    }
}
