//! The files that a server sends packed, for hosts that do not pack by themselves.

use crate::packing;
use crate::render::File;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use std::io;

/// What is worth packing, by how its name ends: text. Fonts are packed already.
const TEXTS: [&str; 9] = ["atom", "css", "html", "ics", "js", "json", "svg", "txt", "xml"];

/// The part of a file that must be saved at the least: less is not worth a second file.
const LEAST_SAVED: usize = 10;

/// A way of packing: how the file's name ends, and what makes it.
type Packing = (&'static str, fn(&[u8]) -> io::Result<Vec<u8>>);

const PACKINGS: [Packing; 2] = [("br", packing::brotli), ("gz", packing::gzip)];

/// The text files of the website, each packed in every way that pays: `index.html.br` and `index.html.gz`.
///
/// Equal files give equal bytes: there is no time and no name in them.
pub fn packed(files: &[File]) -> io::Result<Vec<File>> {
    let texts: Vec<&File> = files.iter().filter(|file| is_text(&file.path)).collect();
    let pack = |file: &&File| {
        let one = |(end, pack): &Packing| Ok(File { path: format!("{}.{end}", file.path), bytes: pack(&file.bytes)? });
        let packed = PACKINGS.iter().map(one).collect::<io::Result<Vec<File>>>()?;
        let pays = |packed: &File| packed.bytes.len() + file.bytes.len() / LEAST_SAVED <= file.bytes.len();
        Ok(packed.into_iter().filter(pays).collect::<Vec<File>>())
    };
    let packed = texts.par_iter().map(pack).collect::<io::Result<Vec<_>>>()?;
    Ok(packed.into_iter().flatten().collect())
}

/// Whether the file is text that citizens are sent.
fn is_text(path: &str) -> bool {
    path.starts_with("public/") && path.rsplit_once('.').is_some_and(|(_, end)| TEXTS.contains(&end))
}
