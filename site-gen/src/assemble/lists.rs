//! Reads the word lists: one word or phrase a line, and comments behind `#`.

use crate::flaw::Flaw;
use crate::problem::{Blame, Spot};
use model::code_words::{BadCodeWords, CodeWordList, LEAST};
use model::danger::DangerWords;

/// The code words; none if the list cannot be used, which has been reported.
pub(super) fn code_words(blame: Blame<'_>) -> Option<CodeWordList> {
    let entries: Vec<(Spot, &str)> = entries(blame.text).collect();
    let faults = match CodeWordList::new(entries.iter().map(|(_, word)| (*word).to_owned()).collect()) {
        Ok(list) => return Some(list),
        Err(faults) => faults,
    };
    let at =
        |wanted: &str| entries.iter().rev().find(|(_, word)| *word == wanted).map_or(Spot::START, |(spot, _)| *spot);
    for fault in faults {
        match fault {
            BadCodeWords::TooFew(count) => {
                blame.file(
                    Flaw::CodeWords,
                    format!("Der er {count} kodeord. Der skal være mindst {LEAST}, så ingen kan gætte dem."),
                );
            }
            BadCodeWords::NotClear(word) => {
                blame.at(
                    at(&word),
                    Flaw::CodeWords,
                    format!(
                        "»{word}« kan ikke være et kodeord. Brug 3-12 små bogstaver fra a til å, ét ord på linjen."
                    ),
                );
            }
            BadCodeWords::Twice(word) => {
                blame.at(at(&word), Flaw::Twice, format!("»{word}« står to gange. Slet den ene linje."));
            }
        }
    }
    None
}

/// The words that tell of danger.
pub(super) fn danger_words(blame: Blame<'_>) -> DangerWords {
    DangerWords::new(entries(blame.text).map(|(_, phrase)| phrase.to_owned()))
}

fn entries(text: &str) -> impl Iterator<Item = (Spot, &str)> {
    let lines = text.lines().enumerate().map(|(number, line)| (Spot { line: number + 1, column: 1 }, line.trim()));
    lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}
