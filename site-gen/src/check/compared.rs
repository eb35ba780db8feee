//! Records that translations have been compared with the current Danish files.

use crate::check::basis::{self, Basis};
use crate::diagnostics::danish::hint;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::system::reason;
use crate::source::paths::real;
use crate::source::read::{self, Content};
use crate::source::replace::replace;
use std::io;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// The files that have been compared.
#[derive(Debug, Clone, Copy)]
pub enum Files<'a> {
    /// All files.
    All,
    /// The files at these paths, relative to the content folder or to the working directory.
    These(&'a [String]),
}

/// A reason why nothing was written.
#[derive(Debug, Error)]
pub enum CompareError {
    /// The content cannot be read.
    #[error("{} problems in the content", .0.len())]
    Content(Vec<Diagnostic>),
    /// A file without a base.
    #[error(
        "{path} er ikke en fil, der skal sammenlignes med en anden.{hint} En oversættelse hedder for eksempel sider/privatliv.en.md."
    )]
    NoSuchFile {
        /// The path as given.
        path: String,
        /// The path that was probably intended.
        hint: String,
    },
    /// The file could not be written.
    #[error("data/grundlag.txt kan ikke skrives ({}).", reason(.0))]
    Io(#[from] io::Error),
}

/// Records the comparison of these files, and returns their number.
pub fn compare(content: &Path, files: Files<'_>) -> Result<usize, CompareError> {
    let Content { sources, diagnostics, .. } = read::read(content);
    if sources.is_empty() {
        return Err(CompareError::Content(diagnostics));
    }
    let pairs = basis::pairs(&sources);
    let known = || pairs.iter().map(|pair| pair.file.path.as_str());
    let named: Vec<&str> = match files {
        Files::All => known().collect(),
        Files::These(paths) => paths
            .iter()
            .map(|path| {
                let inside = below(content, path);
                known().find(|known| inside.iter().any(|inside| inside == known)).ok_or_else(|| {
                    let hint = inside.last().map_or_else(String::new, |inside| hint(inside, known()));
                    CompareError::NoSuchFile { path: path.clone(), hint }
                })
            })
            .collect::<Result<_, _>>()?,
    };
    // Unreadable lines are dropped.
    let text = Basis::of(&sources).compared(&pairs, |path| named.contains(&path));
    replace(&content.join(basis::FILE), text.as_bytes())?;
    Ok(named.len())
}

/// The possible readings of a path as one below the content folder, with `/`: as the shell completes it, and as
/// messages show it.
fn below(content: &Path, path: &str) -> Vec<String> {
    let path = path.replace('\\', "/");
    let content = real(content);
    let inside = |path: PathBuf| Some(real(&path).strip_prefix(&content).ok()?.to_string_lossy().replace('\\', "/"));
    [PathBuf::from(&path), content.join(&path)].into_iter().filter_map(inside).collect()
}
