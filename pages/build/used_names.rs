//! Gathers the words of templates, as the names that a stylesheet for their pages may refer to.
//!
//! Class names stand in attributes, in macros and in expressions. Taking every word finds all of them without
//! understanding the template language; the few it keeps needlessly cost less than one that goes missing.

use std::{
    collections::{BTreeSet, HashSet},
    fs,
    path::Path,
};

use crate::failure::{Failure, because};

/// The elements that the Markdown of the content becomes, which no template need name.
const OF_MARKDOWN: [&str; 18] = [
    "a",
    "blockquote",
    "br",
    "code",
    "em",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Texts that are a page's own may have headings, too; those that stand inside a page may not.
const HEADINGS: [&str; 5] = ["h2", "h3", "h4", "h5", "h6"];

/// How a template shows a text that is the page's own.
const OWN_TEXT: &str = "{{ body | safe }}";

/// What the browser sets without a template.
const OF_BROWSERS: [&str; 1] = ["open"];

/// The words of these templates and of all that they extend or include.
pub(crate) fn in_templates(directory: &Path, roots: &[&str]) -> Result<HashSet<String>, Failure> {
    let mut names: HashSet<String> = OF_MARKDOWN.iter().chain(&OF_BROWSERS).map(|name| (*name).to_owned()).collect();
    let mut read = BTreeSet::new();
    let mut left: Vec<String> = roots.iter().map(|root| (*root).to_owned()).collect();
    while let Some(name) = left.pop() {
        let path = directory.join(&name);
        let text = fs::read_to_string(&path).map_err(because(format!("reading {}", path.display())))?;
        if !read.insert(name) {
            continue;
        }
        names.extend(words(&text).map(str::to_owned));
        if text.contains(OWN_TEXT) {
            names.extend(HEADINGS.map(str::to_owned));
        }
        left.extend(["{% extends \"", "{% include \""].iter().flat_map(|tag| targets(&text, tag)));
    }
    Ok(names)
}

/// The names of templates after each such tag.
fn targets<'a>(text: &'a str, tag: &'a str) -> impl Iterator<Item = String> + 'a {
    text.split(tag).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))
        .filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()))
}
