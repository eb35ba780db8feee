//! Leaves out of a script what is for its readers.

/// Drops the lines that are only a comment, the blank ones, and the indentation.
///
/// It does not understand the language: a text over several lines, or a comment behind code, would need a real minifier.
pub(crate) fn without_comments(script: &str) -> String {
    let lines = script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.map(|line| format!("{line}\n")).collect()
}
