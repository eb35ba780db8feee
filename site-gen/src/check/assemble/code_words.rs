//! Reads the list of code words, and refuses words that could be confused on the telephone.

mod likeness;

use crate::check::entries::entries;
use crate::check::memo::Memo;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::excerpt;
use crate::diagnostics::diagnostic::{Location, Reporter};
use likeness::{Likeness, Word, near_pairs};
use model::code_words::{CodeWordList, LEAST};
use std::collections::HashSet;
use std::sync::Arc;

/// The indices of two words that are too close, the later one first.
type Close = (usize, usize, Likeness);

/// Reads the code words. `None` if the list is invalid, which is reported.
///
/// The model is more lenient about a list with enough words, so that content in use stays valid. The stricter rules are
/// checked here, before the list is published.
pub(super) fn code_words(reporter: Reporter<'_>) -> Option<CodeWordList> {
    static JUDGED: Memo<String, Arc<Judged>> = Memo::new();
    let judged = JUDGED.get(reporter.text, || Arc::new(judge(reporter.text)));
    for (spot, code, message) in &judged.0 {
        match spot {
            Some(spot) => reporter.at(*spot, *code, message.clone()),
            None => reporter.file(*code, message.clone()),
        }
    }
    judged.1.clone()
}

/// A mistake in the list. A mistake that concerns the whole file has no location.
type Fault = (Option<Location>, DiagnosticCode, String);

/// The mistakes in a list, and its words if there are none.
type Judged = (Vec<Fault>, Option<CodeWordList>);

fn judge(text: &str) -> Judged {
    let entries: Vec<(Location, &str)> = entries(text).collect();
    let mut faults: Vec<Fault> = Vec::new();
    if entries.len() < LEAST {
        let count = entries.len();
        let advice = "Hent listen fra en tidligere udgave, hvis der mangler ord i den.";
        let message = format!("Der er {count} kodeord. Der skal være mindst {LEAST}, så ingen kan gætte dem. {advice}");
        faults.push((None, DiagnosticCode::CodeWords, message));
    }
    let mut refuse = |spot: Location, code: DiagnosticCode, message: String| faults.push((Some(spot), code, message));
    let mut words: Vec<(Location, Word<'_>)> = Vec::with_capacity(entries.len());
    let mut seen = HashSet::with_capacity(entries.len());
    for (spot, text) in &entries {
        let Some(word) = Word::parse(text) else {
            refuse(*spot, DiagnosticCode::CodeWords, no_word(text));
            continue;
        };
        if !seen.insert(*text) {
            refuse(*spot, DiagnosticCode::Twice, format!("»{text}« står to gange. Slet den ene linje."));
            continue;
        }
        if let Some((before, other)) = words.last().filter(|(_, other)| word.is_before(other)) {
            let (other, line) = (other.text, before.line);
            let message = format!(
                "»{text}« står ikke i alfabetisk orden. Sæt ordet på sin plads før »{other}«, som står på linje {line}."
            );
            refuse(*spot, DiagnosticCode::CodeWords, message);
        }
        words.push((*spot, word));
    }
    let (spots, words): (Vec<Location>, Vec<Word<'_>>) = words.into_iter().unzip();
    let mut reported = HashSet::new();
    for (index, before, likeness) in close(&words).into_iter().filter(|(index, ..)| reported.insert(*index)) {
        let (text, other, line) = (words[index].text, words[before].text, spots[before].line);
        let because = because(likeness);
        let message = format!("»{text}« kan forveksles med »{other}« på linje {line}: {because}. Slet det ene ord.");
        refuse(spots[index], DiagnosticCode::CloseCodeWords, message);
    }
    let list = || CodeWordList::new(entries.iter().map(|(_, word)| (*word).to_owned()).collect()).ok();
    let list = faults.is_empty().then(list).flatten();
    (faults, list)
}

/// The message about a line that is not a code word, with the word that was probably intended.
fn no_word(line: &str) -> String {
    let lower = line.to_lowercase();
    let bare = lower.trim_matches(|sign: char| !sign.is_alphanumeric());
    let hint = match line {
        _ if line.contains('#') => " Skriv noten på sin egen linje med # først.".to_owned(),
        _ if line.contains(|sign: char| sign.is_whitespace() || ",;/".contains(sign))
            && bare.contains([' ', ',', ';', '/']) =>
        {
            " Skriv hvert ord på sin egen linje.".to_owned()
        }
        _ if bare != line && Word::parse(bare).is_some() => format!(" Mente du »{bare}«?"),
        _ => String::new(),
    };
    let shown = excerpt(line);
    format!("»{shown}« kan ikke være et kodeord.{hint} Brug 4-9 små bogstaver fra a til å, ét ord på linjen.")
}

fn close(words: &[Word<'_>]) -> Vec<Close> {
    let pairs = near_pairs(words).into_iter();
    let mut close: Vec<Close> =
        pairs.filter_map(|(first, last)| Some((last, first, Likeness::of(&words[last], &words[first])?))).collect();
    close.sort_by_key(|(last, first, _)| (*last, *first));
    close
}

const fn because(likeness: Likeness) -> &'static str {
    match likeness {
        Likeness::Beginning => "De begynder med de samme fire bogstaver",
        Likeness::Spelling => "Højst to bogstaver skiller dem",
        Likeness::Sound => "De lyder næsten ens",
    }
}
