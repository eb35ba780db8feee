//! The files that pages need besides their HTML: stylesheets, fonts, the favicon and scripts.
//!
//! Each file name contains a hash of the content, so browsers may cache it forever: a changed file has a new path.

use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A file to publish beside the pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// The path that pages link to, such as `/assets/site-1a2b3c4d5e.css`.
    pub path: String,
    /// The file's content.
    pub bytes: Cow<'static, [u8]>,
}

macro_rules! style {
    ($($name:literal)*) => { concat!($(include_str!(concat!("../style/", $name, ".css"))),*) };
}

macro_rules! file {
    ($include:ident, $name:literal) => {
        $include!(concat!("../assets/", $name))
    };
}

/// Every file to publish.
pub static ALL: [&LazyLock<Asset>; 9] = [
    &FONT_REGULAR,
    &FONT_SEMIBOLD,
    &FAVICON,
    &SCRIPT,
    &SEARCH_SCRIPT,
    &EXIT_SCRIPT,
    &FORM_SHEET,
    &CASE_SHEET,
    &SITE_SHEET,
];

/// The font for running text. Pages preload it.
pub static FONT_REGULAR: LazyLock<Asset> = LazyLock::new(|| {
    let font: &[u8] = file!(include_bytes, "fonts/IBMPlexSans-Regular-Latin1.woff2");
    Asset::new("IBMPlexSans-Regular-Latin1", "woff2", font)
});

/// The font for headings. Pages preload it.
pub static FONT_SEMIBOLD: LazyLock<Asset> = LazyLock::new(|| {
    let font: &[u8] = file!(include_bytes, "fonts/IBMPlexSans-SemiBold-Latin1.woff2");
    Asset::new("IBMPlexSans-SemiBold-Latin1", "woff2", font)
});

/// The favicon.
pub static FAVICON: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("favicon", "svg", file!(include_str, "favicon.svg").as_bytes()));

/// The script of forms and of the pages that lead to them.
pub static SCRIPT: LazyLock<Asset> = LazyLock::new(|| Asset::code("form", "js", file!(include_str, "form.js")));

/// The script of the search page.
pub static SEARCH_SCRIPT: LazyLock<Asset> =
    LazyLock::new(|| Asset::code("search", "js", file!(include_str, "search.js")));

/// The script of the quick exit.
pub static EXIT_SCRIPT: LazyLock<Asset> = LazyLock::new(|| Asset::code("exit", "js", file!(include_str, "exit.js")));

/// The stylesheet of forms, without rules that only other pages use.
static FORM_SHEET: LazyLock<Asset> =
    LazyLock::new(|| Asset::code("form", "css", &linked(style!("base" "frame" "parts" "form" "preferences"))));

/// The stylesheet of the pages of a case, which show facts and a form.
static CASE_SHEET: LazyLock<Asset> = LazyLock::new(|| {
    Asset::code("case", "css", &linked(style!("base" "frame" "parts" "text" "form" "case" "preferences")))
});

/// The stylesheet of all other pages, without rules that only forms use.
static SITE_SHEET: LazyLock<Asset> = LazyLock::new(|| {
    Asset::code("site", "css", &linked(style!("base" "frame" "parts" "text" "cards" "map" "preferences")))
});

/// Paths of the assets that templates link to by name.
pub(crate) fn addresses() -> BTreeMap<&'static str, &'static str> {
    BTreeMap::from([
        ("favicon", FAVICON.path.as_str()),
        ("script", &SCRIPT.path),
        ("search_script", &SEARCH_SCRIPT.path),
        ("exit_script", &EXIT_SCRIPT.path),
        ("font_regular", &FONT_REGULAR.path),
        ("font_semibold", &FONT_SEMIBOLD.path),
    ])
}

/// The path of the stylesheet for the page that a template renders.
#[must_use]
pub fn stylesheet(template: &str) -> &'static str {
    match template {
        "form.html" => &FORM_SHEET.path,
        "case.html" | "receipt.html" | "question.html" => &CASE_SHEET.path,
        _ => &SITE_SHEET.path,
    }
}

impl Asset {
    fn new(stem: &str, extension: &str, bytes: impl Into<Cow<'static, [u8]>>) -> Self {
        let bytes = bytes.into();
        let hash: String = Sha256::digest(&bytes).iter().take(5).map(|byte| format!("{byte:02x}")).collect();
        Self { path: format!("/assets/{stem}-{hash}.{extension}"), bytes }
    }

    fn code(stem: &str, extension: &str, source: &str) -> Self {
        Self::new(stem, extension, without_comments(source).into_bytes())
    }
}

/// Points a stylesheet at the published fonts.
fn linked(css: &str) -> String {
    css.replace("../assets/fonts/IBMPlexSans-Regular-Latin1.woff2", &FONT_REGULAR.path)
        .replace("../assets/fonts/IBMPlexSans-SemiBold-Latin1.woff2", &FONT_SEMIBOLD.path)
}

/// Drops comments, blank lines and indentation from a stylesheet, or from a script with comments on separate lines.
///
/// It does not parse either language: strings that span lines or contain `/*` would need a real minifier.
fn without_comments(source: &str) -> String {
    let code: String = source.split("*/").filter_map(|part| part.split("/*").next()).collect();
    let lines = code.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.map(|line| format!("{line}\n")).collect()
}

#[cfg(test)]
#[path = "assets_tests.rs"]
mod tests;
