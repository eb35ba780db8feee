//! Whether a text promises by when the police call or come, as only a kreds's deadline may.

use crate::danish::excerpt;
use crate::flaw::Flaw;
use crate::kept::KeptEach;
use crate::language;
use crate::problem::{Blame, Problem, Problems};
use crate::promises::is_promised;
use crate::read::Source;

/// Blames each sentence that does, in every language.
pub(super) fn check(sources: &[Source], kept: &KeptEach<(), Vec<Problem>>, problems: &Problems) {
    sources.iter().flat_map(|source| kept.get(source, &(), faults)).for_each(|problem| problems.add(problem));
}

fn faults(source: &Source, (): &()) -> Vec<Problem> {
    let problems = Problems::default();
    let blame = Blame::new(source, &problems);
    for (sentence, at) in language::told(source).iter().filter(|(sentence, _)| is_promised(sentence)) {
        let message = format!(
            "»{}« lover, hvornår politiet ringer eller kommer. Det må kun kredsens »frist« love: Den giver datoen på \
             kvitteringen. Slet tiden her, eller ret fristen i kredsens kreds.md.",
            excerpt(sentence)
        );
        blame.at(*at, Flaw::PromisedTime, message);
    }
    problems.into_sorted()
}
