//! Relates the paths of content files to each other, and resolves paths on the disk.

use crate::source::read::IMAGES;
use model::names::Language;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// The file of approved commitments.
pub(crate) const COMMITMENTS: &str = "data/loefter.txt";

/// The folders whose files are translated.
const FOLDERS: [&str; 7] = ["sider/", "faelles/", "kredse/", "formularer/", "tekster/", "udgange/", "grunde/"];

/// True if the path is in a content folder, or is the settings.
pub(crate) fn is_of_content(path: &str) -> bool {
    let folders = FOLDERS.iter().chain(&["sprog/", "data/", "ord/", IMAGES]);
    path == "indstillinger.md" || folders.into_iter().any(|folder| path.starts_with(folder))
}

/// True if a file name has the extension of a picture.
pub(crate) fn is_picture(name: &str) -> bool {
    let end = name.rsplit_once('.').map_or("", |(_, end)| end);
    ["jpg", "jpeg", "png", "webp", "gif", "heic"].iter().any(|picture| end.eq_ignore_ascii_case(picture))
}

/// The path of the Danish file that the file at `path` translates.
pub(crate) fn danish_path(path: &str) -> Option<String> {
    if let Some(code) = path.strip_prefix("sprog/").and_then(|name| name.strip_suffix(".yaml")) {
        let is_other = Language::parse(code).is_ok_and(|language| language != Language::danish());
        return is_other.then(|| format!("sprog/{}.yaml", Language::danish()));
    }
    parts(path).map(|(danish, _)| danish)
}

/// The Danish path and the language code in the path of a translation: `sider/privatliv.en.md`.
pub(crate) fn parts(path: &str) -> Option<(String, &str)> {
    let (stem, code) = path.strip_suffix(".md")?.rsplit_once('.')?;
    let is_translated = FOLDERS.iter().any(|folder| path.starts_with(folder)) && Language::parse(code).is_ok();
    is_translated.then(|| (format!("{stem}.md"), code))
}

/// The path of the shared file that a kreds's file replaces, if any.
pub(crate) fn shared_path(path: &str) -> Option<String> {
    let (_, rest) = path.strip_prefix("kredse/")?.split_once('/')?;
    match rest.split_once('/') {
        Some(("tekster", name)) => Some(format!("tekster/{name}")),
        Some(_) => None,
        None => Some(format!("faelles/{rest}")),
    }
}

/// The absolute path without links and dots, even if its end does not exist yet.
pub(crate) fn real(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut real = PathBuf::new();
    for part in whole.components() {
        match part {
            Component::ParentDir => drop(real.pop()),
            part => real.push(part),
        }
        real = fs::canonicalize(&real).unwrap_or(real);
    }
    real
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn translations_are_recognised_by_their_language_code() {
        assert_eq!(parts("sider/privatliv.en.md"), Some(("sider/privatliv.md".to_owned(), "en")));
        assert_eq!(parts("kredse/fyn/kreds.de.md"), Some(("kredse/fyn/kreds.md".to_owned(), "de")));
        for other in ["sider/privatliv.md", "sider/a.eng.md", "indstillinger.en.md", "sider/a.en.txt", "sider/en.md"] {
            assert_eq!(parts(other), None, "{other}");
        }
    }
}
