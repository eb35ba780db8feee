//! A picture on a page: the addresses of its versions, and the tag that lets the browser choose one.

use crate::diagnostics::danish::slug;
use crate::source::text::{escaped, short_hash};
use pictures::{Picture, Version};
use std::sync::Arc;

/// A picture that pages may show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shown {
    picture: Arc<Picture>,
    /// The address of each version.
    addresses: Vec<String>,
}

/// The maximum width of a picture in a text, in CSS pixels: the width of a line of text.
const COLUMN: u32 = 697;

/// The space on both sides of it on a narrow screen.
const MARGINS: u32 = 32;

/// The maximum width of the version for a browser that cannot choose.
const PLAIN: u32 = 960;

impl Shown {
    /// The picture in the file of this name.
    pub(super) fn of(name: &str, picture: Arc<Picture>) -> Self {
        let stem = name.rsplit('/').next().unwrap_or_default();
        let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
        let stem = match slug(stem) {
            empty if empty.is_empty() => "billede".to_owned(),
            stem => stem.chars().take(40).collect(),
        };
        let stem = stem.trim_end_matches('-');
        let address = |version: &Version| {
            let hash = short_hash(&version.bytes);
            format!("/billeder/{stem}-{hash}-{}.{}", version.width, version.format.ending())
        };
        let addresses = picture.versions.iter().map(address).collect();
        Self { picture, addresses }
    }

    /// Each published file: its address and its bytes.
    pub(super) fn files(&self) -> impl Iterator<Item = (&str, &Arc<[u8]>)> {
        self.addresses.iter().map(String::as_str).zip(self.picture.versions.iter().map(|version| &version.bytes))
    }

    /// The tag with its alternative text, sized so that loading the picture does not shift the page.
    pub(super) fn tag(&self, text: &str) -> String {
        let text = escaped(text);
        let versions = || self.picture.versions.iter().zip(&self.addresses);
        let Some((largest, _)) = versions().next_back() else { return String::new() };
        let plain = versions().rfind(|(version, _)| version.width <= PLAIN).or_else(|| versions().next());
        let plain = plain.map_or("", |(_, address)| address);
        let choice = if self.addresses.len() > 1 {
            let all: Vec<String> =
                versions().map(|(version, address)| format!("{address} {}w", version.width)).collect();
            let width = COLUMN.min(largest.width);
            let from = width + MARGINS;
            format!(
                " srcset=\"{}\" sizes=\"(min-width: {from}px) {width}px, calc(100vw - {MARGINS}px)\"",
                all.join(", ")
            )
        } else {
            String::new()
        };
        format!(
            "<img src=\"{plain}\"{choice} alt=\"{text}\" width=\"{}\" height=\"{}\" loading=\"lazy\" decoding=\"async\">",
            largest.width, largest.height
        )
    }
}
