//! Reads the word lists: one word or phrase a line, and comments behind `#`.

use crate::problem::{Blame, Spot};
use model::danger::DangerWords;

/// The words that tell of danger.
pub(super) fn danger_words(blame: Blame<'_>) -> DangerWords {
    DangerWords::new(entries(blame.text).map(|(_, phrase)| phrase.to_owned()))
}

pub(super) fn entries(text: &str) -> impl Iterator<Item = (Spot, &str)> {
    let lines = text.lines().enumerate().map(|(number, line)| (Spot { line: number + 1, column: 1 }, line.trim()));
    lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}
