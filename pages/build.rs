//! Makes the files a browser fetches: the stylesheet, its fonts, the icons and the script, each named after its content.
//!
//! The result is `assets.rs` in `OUT_DIR`, which `src/assets.rs` includes.

#[path = "build/emit.rs"]
mod emit;
#[path = "build/failure.rs"]
mod failure;
#[path = "build/fingerprint.rs"]
mod fingerprint;
#[path = "build/purge.rs"]
mod purge;
#[path = "build/stylesheet.rs"]
mod stylesheet;
#[path = "build/used_names.rs"]
mod used_names;

use std::{env, fs, path::PathBuf};

use failure::{Failure, because};

/// Fonts stay apart from the rest: the stylesheet refers to them, so their names must be known first.
const FONTS: [(&str, &str); 2] = [
    ("FONT_REGULAR", "fonts/IBMPlexSans-Regular-Latin1.woff2"),
    ("FONT_SEMIBOLD", "fonts/IBMPlexSans-SemiBold-Latin1.woff2"),
];
const FILES: [(&str, &str); 2] = [("FAVICON", "favicon.svg"), ("SCRIPT", "form.js")];
const ICONS: (&str, &str) = ("ICONS", "icons.svg");

fn main() -> Result<(), Failure> {
    let root = PathBuf::from(variable("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(variable("OUT_DIR")?);
    for watched in ["build.rs", "build", "style", "assets", "templates"] {
        println!("cargo:rerun-if-changed={watched}");
    }

    let mut assets = Vec::new();
    for (constant, source) in FONTS.iter().chain(&FILES) {
        assets.push(fingerprint::file(constant, &root.join("assets"), source)?);
    }
    let used = used_names::in_templates(&root.join("templates"))?;
    let icons = root.join("assets").join(ICONS.1);
    let icons = fs::read_to_string(&icons).map_err(because(format!("reading {}", icons.display())))?;
    let icons = used.as_ref().map_or_else(|| icons.clone(), |used| purge::icons(&icons, used));
    assets.push(fingerprint::bytes(ICONS.0, ICONS.1, icons.into_bytes())?);
    let css = stylesheet::build(&root.join("style/site.scss"), used.as_ref(), &assets)?;
    assets.push(fingerprint::bytes("STYLESHEET", "site.css", css.into_bytes())?);
    emit::write(&out, &assets)
}

fn variable(name: &str) -> Result<String, Failure> {
    env::var(name).map_err(because(format!("reading {name}, which Cargo sets")))
}
