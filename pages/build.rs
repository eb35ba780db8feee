//! Makes the files a browser fetches: the stylesheets, their fonts, the favicon and the scripts, each named after its content.
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
#[path = "build/script.rs"]
mod script;
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
const FAVICON: (&str, &str) = ("FAVICON", "favicon.svg");
const SCRIPTS: [(&str, &str); 3] = [("SCRIPT", "form.js"), ("SEARCH_SCRIPT", "search.js"), ("EXIT_SCRIPT", "exit.js")];

/// The stylesheets, and the templates of the pages that each is for. What these extend or include belongs to them.
const SHEETS: [(&str, &str, &[&str]); 2] = [
    ("FORM_SHEET", "form.css", &["form.html"]),
    (
        "SITE_SHEET",
        "site.css",
        &[
            "all_tours.html",
            "closed.html",
            "danger.html",
            "exit.html",
            "found.html",
            "front.html",
            "information.html",
            "kreds.html",
            "last_resort.html",
            "moved.html",
            "places.html",
            "receipt.html",
            "refusal.html",
            "search.html",
            "start.html",
            "statement.html",
            "summary.html",
            "tour.html",
        ],
    ),
];

fn main() -> Result<(), Failure> {
    let root = PathBuf::from(variable("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(variable("OUT_DIR")?);
    for watched in ["build.rs", "build", "style", "assets", "templates"] {
        println!("cargo:rerun-if-changed={watched}");
    }

    let mut assets = Vec::new();
    for (constant, source) in FONTS.iter().chain([&FAVICON]) {
        assets.push(fingerprint::file(constant, &root.join("assets"), source)?);
    }
    for (constant, name) in SCRIPTS {
        let script = root.join("assets").join(name);
        let script = fs::read_to_string(&script).map_err(because(format!("reading {}", script.display())))?;
        assets.push(fingerprint::bytes(constant, name, script::without_comments(&script).into_bytes())?);
    }
    let css = stylesheet::compile(&root.join("style/site.scss"))?;
    let mut sheets = Vec::new();
    for (constant, name, templates) in SHEETS {
        let used = used_names::in_templates(&root.join("templates"), templates)?;
        let css = stylesheet::fit(&css, &used, &assets)?;
        assets.push(fingerprint::bytes(constant, name, css.into_bytes())?);
        sheets.extend(templates.iter().map(|template| (*template, constant)));
    }
    emit::write(&out, &assets, &sheets)
}

fn variable(name: &str) -> Result<String, Failure> {
    env::var(name).map_err(because(format!("reading {name}, which Cargo sets")))
}
