//! Compiles the Sass, and makes of it one small stylesheet for each group of templates.

use std::{collections::HashSet, path::Path};

use grass::OutputStyle;
use lightningcss::{
    stylesheet::{MinifyOptions, ParserOptions, PrinterOptions, StyleSheet},
    targets::{Browsers, Features, Targets},
};

use crate::{
    failure::{Failure, because},
    fingerprint::Published,
    purge,
};

/// The oldest browsers the stylesheet is written for; without them the minifier uses the newest notations.
const BROWSERS: Browsers = Browsers {
    android: None,
    chrome: Some(90 << 16),
    edge: Some(90 << 16),
    firefox: Some(90 << 16),
    ie: None,
    ios_saf: Some(14 << 16),
    opera: None,
    safari: Some(14 << 16),
    samsung: Some(15 << 16),
};

/// Compiles `entry` to CSS, with all that any page may use.
pub(crate) fn compile(entry: &Path) -> Result<String, Failure> {
    let options = grass::Options::default().style(OutputStyle::Expanded).allows_charset(false);
    grass::from_path(entry, &options).map_err(because(format!("compiling {}", entry.display())))
}

/// Drops what the templates that name `used` cannot use, and points each `url()` at its published file.
pub(crate) fn fit(css: &str, used: &HashSet<String>, assets: &[Published]) -> Result<String, Failure> {
    link(&minify(css, used)?, assets)
}

fn minify(css: &str, used: &HashSet<String>) -> Result<String, Failure> {
    let failed = |doing: &str| format!("{doing} the compiled stylesheet");
    let options = ParserOptions { filename: "site.css".to_owned(), ..ParserOptions::default() };
    let mut sheet = StyleSheet::parse(css, options).map_err(because(failed("reading")))?;
    purge::selectors(&mut sheet.rules, used);
    // Of `light-dark()` we use nothing; the minifier would prepare for it.
    let targets = Targets { browsers: Some(BROWSERS), exclude: Features::LightDark, ..Targets::default() };
    let mut text = String::new();
    // Dropping one custom property may leave another without a reader, so this goes on until nothing changes.
    loop {
        let unused_symbols = purge::unused_symbols(&text);
        sheet.minify(MinifyOptions { targets, unused_symbols }).map_err(because(failed("minifying")))?;
        let options = PrinterOptions { minify: true, targets, ..PrinterOptions::default() };
        let printed = sheet.to_css(options).map_err(because(failed("writing")))?.code;
        if printed == text {
            return Ok(printed);
        }
        text = printed;
    }
}

/// Replaces the names of asset files in `url()` by their published paths.
fn link(css: &str, assets: &[Published]) -> Result<String, Failure> {
    let mut linked = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("url(") {
        let Some((target, after)) = after.split_once(')') else {
            return Err(Failure("the stylesheet has a url( that does not end".to_owned()));
        };
        let name = target.trim_matches(['"', '\'']);
        let Some(asset) = assets.iter().find(|asset| asset.source == name) else {
            return Err(Failure(format!("the stylesheet refers to {name}, which is not among the assets")));
        };
        linked.push_str(before);
        linked.push_str("url(");
        linked.push_str(&asset.path());
        linked.push(')');
        rest = after;
    }
    linked.push_str(rest);
    Ok(linked)
}
