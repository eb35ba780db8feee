//! The list of code words, refused where two of them could be taken for each other on the telephone.

mod likeness;

use super::lists::entries;
use crate::flaw::Flaw;
use crate::problem::{Blame, Spot};
use likeness::{Likeness, Word, near_pairs};
use model::code_words::{CodeWordList, LEAST};
use std::collections::{BTreeSet, HashSet};

/// The code words; none if the list cannot be used, which has been reported.
///
/// The model reads any list of enough words: content that is in force stays in force. What the file promises beyond that is
/// checked here, before it is published.
pub(super) fn code_words(blame: Blame<'_>) -> Option<CodeWordList> {
    let entries: Vec<(Spot, &str)> = entries(blame.text).collect();
    let mut is_sound = entries.len() >= LEAST;
    if !is_sound {
        let count = entries.len();
        let message = format!("Der er {count} kodeord. Der skal være mindst {LEAST}, så ingen kan gætte dem.");
        blame.file(Flaw::CodeWords, message);
    }
    let mut refuse = |spot: Spot, flaw: Flaw, message: String| {
        is_sound = false;
        blame.at(spot, flaw, message);
    };
    let mut words: Vec<(Spot, Word<'_>)> = Vec::with_capacity(entries.len());
    let mut seen = HashSet::with_capacity(entries.len());
    for (spot, text) in &entries {
        let Some(word) = Word::parse(text) else {
            let message =
                format!("»{text}« kan ikke være et kodeord. Brug 4-9 små bogstaver fra a til å, ét ord på linjen.");
            refuse(*spot, Flaw::CodeWords, message);
            continue;
        };
        if !seen.insert(*text) {
            refuse(*spot, Flaw::Twice, format!("»{text}« står to gange. Slet den ene linje."));
            continue;
        }
        if let Some((before, other)) = words.last().filter(|(_, other)| word.is_before(other)) {
            let (other, line) = (other.text, before.line);
            let message = format!(
                "»{text}« står ikke i alfabetisk orden. Sæt ordet på sin plads før »{other}«, som står på linje {line}."
            );
            refuse(*spot, Flaw::CodeWords, message);
        }
        words.push((*spot, word));
    }
    let (spots, words): (Vec<Spot>, Vec<Word<'_>>) = words.into_iter().unzip();
    let near = near_pairs(&words).into_iter().map(|(first, last)| (last, first)).collect::<BTreeSet<_>>();
    for (place, before) in near {
        let (word, other) = (&words[place], &words[before]);
        if let Some(likeness) = Likeness::of(word, other) {
            let (text, other, line, because) = (word.text, other.text, spots[before].line, because(likeness));
            let message =
                format!("»{text}« kan forveksles med »{other}« på linje {line}: {because}. Slet det ene ord.");
            refuse(spots[place], Flaw::CloseCodeWords, message);
        }
    }
    is_sound.then(|| CodeWordList::new(entries.iter().map(|(_, word)| (*word).to_owned()).collect()).ok()).flatten()
}

const fn because(likeness: Likeness) -> &'static str {
    match likeness {
        Likeness::Beginning => "De begynder med de samme fire bogstaver",
        Likeness::Spelling => "Højst to bogstaver skiller dem",
        Likeness::Sound => "De lyder næsten ens",
    }
}
