//! Reports misplaced files: names in capitals, which no address has and macOS does not distinguish, and images outside their folder.

use super::IMAGES;
use crate::diagnostics::code::DiagnosticCode;
use crate::source::paths::{is_of_content, is_picture};

/// A file that was found.
pub(super) struct File {
    /// The correct path below the content folder.
    pub(super) path: String,
    /// The actual path.
    pub(super) written: String,
    /// The path down to the wrong name, and the message about it.
    pub(super) reported: Option<(String, DiagnosticCode, String)>,
}

/// Determines the correct path of a file: addresses and folder names are lower-case. Images keep the names that cameras
/// give them, in a folder of their own.
pub(super) fn in_its_place(written: String) -> File {
    let is_image = written.get(..IMAGES.len()).is_some_and(|folder| folder.eq_ignore_ascii_case(IMAGES));
    if is_picture(&written) && !is_image {
        let name = written.rsplit('/').next().unwrap_or_default();
        let message = format!("Et billede skal ligge i mappen billeder/. Flyt filen »{name}« dertil.");
        let reported = Some((written.clone(), DiagnosticCode::UnusedFile, message));
        return File { path: format!("{IMAGES}{name}"), written, reported };
    }
    let parts = written.split('/').enumerate();
    let right = parts.map(|(place, part)| if is_image && place > 0 { part.to_owned() } else { small(part) });
    let path = right.collect::<Vec<_>>().join("/");
    if path == written || !is_of_content(&path) {
        return File { path: written.clone(), written, reported: None };
    }
    let mut end = 0;
    let part = path.split('/').zip(written.split('/')).find(|(right, wrong)| {
        end += wrong.len() + 1;
        right != wrong
    });
    let reported = part.map(|(right, wrong)| {
        let place = &written[..end - 1];
        let (what, name) = if place == written { ("Filens", "filen") } else { ("Mappens", "mappen") };
        let message = format!("{what} navn »{wrong}« må ikke have store bogstaver. Omdøb {name} til »{right}«.");
        (place.to_owned(), DiagnosticCode::FileName, message)
    });
    File { path, written, reported }
}

/// The name in lower case, unless it is invalid in other ways too.
fn small(name: &str) -> String {
    let lower = name.to_lowercase();
    let is_plain =
        lower.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(&byte));
    let is_known = lower.rsplit_once('.').is_none_or(|(_, end)| ["md", "yaml", "csv", "txt", "geojson"].contains(&end));
    if is_plain && is_known { lower } else { name.to_owned() }
}
