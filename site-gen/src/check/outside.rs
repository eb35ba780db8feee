//! The links that lead out of the site: only a machine with a network can find out whether they live.

use crate::diagnostics::diagnostic::Location;
use crate::markdown::render::Link;
use crate::markdown::target::{Target, own_path};
use serde::Serialize;

/// A link that leads to another site, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct OutsideLink {
    /// The address, as it is written.
    pub address: String,
    /// The file, below the content folder.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl OutsideLink {
    /// The link, if it leads to another site than that at `base_url`.
    pub(crate) fn of(link: &Link, file: &str, base_url: Option<&str>) -> Option<Self> {
        let Target::Web(address) = &link.target else { return None };
        let is_own = base_url.is_some_and(|base_url| own_path(address, base_url).is_some());
        let Location { line, column } = link.at;
        (!is_own).then(|| Self { address: address.clone(), file: file.to_owned(), line, column })
    }
}
