//! Whether a text promises by when the police call or come, as only a kreds's deadline may.

use crate::check::kept::KeptEach;
use crate::check::language;
use crate::check::promised::is_promised;
use crate::diagnostics::danish::excerpt;
use crate::diagnostics::flaw::Flaw;
use crate::diagnostics::problem::{Problem, Problems};
use crate::source::read::Source;

/// Blames each sentence that does, in every language.
pub(super) fn check(sources: &[Source], kept: &KeptEach<(), Vec<Problem>>, problems: &Problems) {
    sources.iter().flat_map(|source| kept.get(source, &(), faults)).for_each(|problem| problems.add(problem));
}

fn faults(source: &Source, (): &()) -> Vec<Problem> {
    let problems = Problems::default();
    let blame = source.blame(&problems);
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
