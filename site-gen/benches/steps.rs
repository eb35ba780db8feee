//! Measures the steps of a build: reading, assembling, rendering, a full build, and a rebuild after one edit.
//!
//! Uses the real content, or the content in `CONTENT`, such as a corpus of `tests/bench`:
//! `CONTENT=target/bench/corpora/1000/site-gen/content cargo bench --features site-gen/bench --bench steps`.

#![allow(clippy::unwrap_used, missing_docs, reason = "a measurement that cannot be made may panic")]

use divan::{AllocProfiler, Bencher};
use jiff::Timestamp;
use site_gen::build::incremental::Builder;
use site_gen::check::assemble::{Assembled, assemble};
use site_gen::check::build_profile::BuildProfile;
use site_gen::output::render::{RenderError, Renderer};
use site_gen::source::read::{Content, read};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Measures memory as well.
#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

fn folder() -> PathBuf {
    std::env::var_os("CONTENT").map_or_else(|| root().join("content"), |folder| root().join(folder))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A fixed time, so that runs are comparable.
fn profile() -> BuildProfile {
    BuildProfile::published("2026-12-01T12:00:00Z".parse::<Timestamp>().unwrap())
}

fn assembled(content: &Content) -> Assembled {
    assemble(&content.sources, &content.images, profile()).ok().unwrap()
}

#[divan::bench]
fn reading() -> Content {
    read(&folder())
}

#[divan::bench]
fn assembling(bencher: Bencher<'_, '_>) {
    let content = read(&folder());
    bencher.bench(|| assembled(&content));
}

#[divan::bench]
fn checking() -> Assembled {
    site_gen::check(&folder(), profile().now).ok().unwrap()
}

/// Uses a new renderer each time, since a used one caches the pages.
#[divan::bench]
fn rendering(bencher: Bencher<'_, '_>) {
    let site = assembled(&read(&folder())).site;
    bencher
        .with_inputs(|| Renderer::new().unwrap())
        .bench_values(|mut renderer| renderer.render(&site, &Ok::<_, RenderError>).unwrap().made);
}

#[divan::bench]
fn building() -> usize {
    site_gen::build(&folder(), None, profile().now).unwrap().files.len()
}

/// A save under `site-gen serve`: the builder has built before.
#[divan::bench]
fn one_edit(bencher: Bencher<'_, '_>) {
    let copy = TempDir::new().unwrap();
    lay(&folder(), copy.path());
    let file = copy.path().join("sider/forside.md");
    let text = fs::read_to_string(&file).unwrap();
    let mut builder = Builder::new(copy.path());
    builder.build(profile()).unwrap();
    let mut count = 0;
    bencher.bench_local(|| {
        count += 1;
        fs::write(&file, format!("{text}\nEn linje mere.{}\n", "!".repeat(1 + count % 2))).unwrap();
        builder.build(profile()).unwrap().rendered
    });
}

fn lay(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            lay(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
