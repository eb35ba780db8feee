//! Gathers every word of the templates, as the names the stylesheet may refer to.
//!
//! Class names stand in attributes, in macros and in expressions. Taking every word finds all of them without
//! understanding the template language; the few it keeps needlessly cost less than one that goes missing.

use std::{collections::HashSet, fs, path::Path};

use crate::failure::{Failure, because};

/// The words of all templates, or nothing while there are no templates at all.
pub(crate) fn in_templates(directory: &Path) -> Result<Option<HashSet<String>>, Failure> {
    if !directory.exists() {
        return Ok(None);
    }
    let mut names = HashSet::new();
    gather(directory, &mut names)?;
    Ok((!names.is_empty()).then_some(names))
}

fn gather(directory: &Path, names: &mut HashSet<String>) -> Result<(), Failure> {
    let doing = || format!("reading templates in {}", directory.display());
    for entry in fs::read_dir(directory).map_err(because(doing()))? {
        let path = entry.map_err(because(doing()))?.path();
        if path.is_dir() {
            gather(&path, names)?;
        } else if path.extension().is_some_and(|extension| extension == "html") {
            let text = fs::read_to_string(&path).map_err(because(format!("reading {}", path.display())))?;
            names.extend(words(&text).map(str::to_owned));
        }
    }
    Ok(())
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))
        .filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()))
}
