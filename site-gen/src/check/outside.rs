//! The links to other sites: only a machine with network access can check that they work.

use crate::diagnostics::diagnostic::Location;
use crate::markdown::render::Link;
use crate::markdown::target::{Target, own_path};
use serde::Serialize;

/// A link to another site, and its location.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct OutsideLink {
    /// The address as written.
    pub address: String,
    /// The file, below the content folder.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl OutsideLink {
    /// The link, if it leads to a site other than the one at `base_url`.
    pub(crate) fn of(link: &Link, file: &str, base_url: Option<&str>) -> Option<Self> {
        let Target::Web(address) = &link.target else { return None };
        let is_own = base_url.is_some_and(|base_url| own_path(address, base_url).is_some());
        let Location { line, column } = link.at;
        (!is_own).then(|| Self { address: address.clone(), file: file.to_owned(), line, column })
    }
}
