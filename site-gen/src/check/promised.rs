//! Sentences that promise when the police call or come. Only a kreds's deadline may do so: each receipt shows its date.
//!
//! A promise in a text would stay when the deadline changes. A sentence is a promise if it contains the police as the
//! agent, an act, and a time limit, and does not deny it.

mod numbers;
pub(crate) mod spans;

use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::{MONTHS, excerpt, is_among};
use crate::diagnostics::diagnostic::Reporter;
use crate::markdown::passages::Passage;
use spans::{Beginnings, unit_beginnings};

/// Reports each promise, in every language.
pub(crate) fn check(passages: &[Passage], reporter: Reporter<'_>) {
    for passage in passages.iter().filter(|passage| may_promise(&passage.text)) {
        for (sentence, at) in passage.sentences().filter(|(sentence, _)| may_promise(sentence) && is_promised(sentence))
        {
            let message = format!(
                "»{}« lover, hvornår politiet ringer eller kommer. Det må kun kredsens »frist« love: Den giver datoen på \
                 kvitteringen. Slet tiden her, eller ret fristen i kredsens kreds.md.",
                excerpt(sentence)
            );
            reporter.at(passage.spot(at), DiagnosticCode::PromisedTime, message);
        }
    }
}

/// The agents. All word lists here are lowercase and separated by spaces.
const POLICE: &str = "vi betjent betjenten betjente betjentene politiet kredsen politikredsen patrulje patruljen we officer officers \
     police district patrol";

/// Acts of the police in Danish, where the verb may precede its subject.
const DANISH_ACTS: &str = "ringer kontakter besøger kommer rykker vender opsøger sender";

/// The same acts as infinitives, after one of [`WILL`].
const TO_ACT: &str = "ringe kontakte besøge komme rykke vende";

/// Words that turn an infinitive into a promise.
const WILL: &str = "vil skal når lover garanterer";

/// Acts of the police in English.
const ENGLISH_ACTS: &str =
    "call calls phone phones ring rings contact contacts visit visits come comes arrive arrives respond responds";

/// Verbs that count as a promise only with one of [`ALWAYS`]: they may concern other people than those who wait for a
/// call, as on a page about the website.
const ANSWERS: &str = "svarer answer reply replies";

/// Words after `du` or `you` that promise a call, a visit or an answer.
const HAPPENS: &str = "ringet kontaktet besøgt opkald opringning svar besøg hører called phoned contacted visited call answer visit \
     hear";

/// Passive verbs with the citizen as their subject.
const PASSIVE: &str = "kontaktes besøges opsøges ringes";

/// Words that connect a citizen with one of [`HAPPENS`].
const GETS: &str = "bliver blive får modtager hører will get receive are be hear regne forvente expect";

/// Nouns that are a promise with one of [`ALWAYS`]: `Svar garanteret inden for et døgn`.
const NOUNS: &str = "opkald opringning svar besøg call callback answer reply";

/// Words that turn a plan into a promise.
const ALWAYS: &str =
    "altid garanteret garanterer garanti lover love always guarantee guaranteed guarantees promise promised";

/// Words of a time limit, anywhere in the sentence.
const LIMITS: &str = "inden indenfor senest højst maks maksimalt løbet within latest most maximum under";

/// Words of a time limit directly before the time.
const JUST_BEFORE: &str = "på om efter af in after by than";

/// Times without a number.
const SOON: &str = "i dag, i morgen, i aften, today, tonight, tomorrow, same evening, same week, samme aften, samme dag, samme døgn, \
     dagen efter, næste dag, næste hverdag, med det samme, straks, omgående, same day, next day, next working day, \
     immediately, right away, straight away";

/// Times without a number that count only with a word of a limit.
const FEW: &str = "få minutter, få timer, få dage, nogle timer, nogle dage, few minutes, few hours, few days, some days, dagen, \
     ugen, aftenen, weekenden, mandag, tirsdag, onsdag, torsdag, fredag, lørdag, søndag, the week, the weekend, \
     monday, tuesday, wednesday, thursday, friday, saturday, sunday";

/// The months of a date without a year, in English; the Danish ones are [`MONTHS`].
const ENGLISH_MONTHS: &str = "january february march may june july october";

/// Words that start a clause about who is called or what a citizen does first: a time in it does not limit the police.
const CONDITIONS: &str = "hvis når der som skriv skriver bestil bestiller send if when who write";

/// Verbs that do so in the first clause only: in a later one, Danish puts the verb of the main clause first, too.
const FIRST_CONDITIONS: &str = "vil skal har får bliver";

/// Words that negate the words near them.
const NOT: &str = "ikke aldrig ingen næppe hverken uden not never no cannot t nobody without";

/// Prefixes of the words of a time: units, weekdays, months, and one word of each other phrase in [`SOON`].
const TIMES: Beginnings = Beginnings::of(concat!(
    unit_beginnings!(),
    " samme straks omgående immediately away morgen aften today tonight tomorrow evening mandag tirsdag onsdag torsdag fredag lørdag søndag \
     monday tuesday wednesday thursday friday saturday sunday jan feb mar apr maj may jun jul aug sep okt oct nov dec"
));

/// Prefixes of all words of an act or an event.
const ACTS: Beginnings = Beginnings::of(
    "ring kontakt besøg komme rykke vende opsøg sende svar opkald opring hører hear call phone contact visit come arrive \
     respond answer repl",
);

/// True if a text may contain both a time and an act. Most do not, and are skipped.
fn may_promise(text: &str) -> bool {
    (TIMES.may_be_in(text) || text.contains("kl") || text.contains("Kl")) && ACTS.may_be_in(text)
}

/// True if a sentence promises when the police call or come.
fn is_promised(sentence: &str) -> bool {
    let line = sentence.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    // These are not negations.
    let line =
        line.replace("no later than", "within").replace("no more than", "within").replace("ikke senere end", "inden");
    let line = without_conditions(&line);
    let words: Vec<&str> = words(&line).collect();
    let has = |list: &str| words.iter().any(|word| is_among(word, list));
    let is_always = has(ALWAYS);
    !line.trim_end().ends_with('?') && is_acted(&words, is_always) && is_limited(&line, is_always || has(LIMITS))
}

fn words(line: &str) -> impl DoubleEndedIterator<Item = &str> {
    line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Removes the clauses that only say for whom or when the rest applies, unless nothing else is left.
fn without_conditions(line: &str) -> String {
    let is_kept = |(index, clause): &(usize, &str)| {
        let first = words(clause).next().unwrap_or_default();
        match index {
            0 => first == "der" || !(is_among(first, CONDITIONS) || is_among(first, FIRST_CONDITIONS)),
            _ => !is_among(first, CONDITIONS),
        }
    };
    let clauses: Vec<&str> = line.split(", ").enumerate().filter(is_kept).map(|(_, clause)| clause).collect();
    if clauses.is_empty() { line.to_owned() } else { clauses.join(", ") }
}

/// True if the line contains a time limit.
fn is_limited(line: &str, has_limit: bool) -> bool {
    let padded = format!(" {} ", line.replace(|c: char| !c.is_alphanumeric(), " "));
    let has = |times: &str| times.split(", ").any(|time| padded.contains(&format!(" {time} ")));
    // `senest kl. 16`
    let has_clock = || {
        padded
            .match_indices(" kl ")
            .any(|(at, kl)| padded[at + kl.len()..].trim_start().starts_with(|c: char| c.is_ascii_digit()))
    };
    // `senest den 5. december`, `by December 5`
    let has_date = || {
        let is_day = |word: &str| word.parse::<u8>().is_ok();
        let is_month = |word: &str| MONTHS.contains(&word) || is_among(word, ENGLISH_MONTHS);
        let words: Vec<&str> = words(line).collect();
        words.windows(2).any(|pair| (is_day(pair[0]) && is_month(pair[1])) || (is_month(pair[0]) && is_day(pair[1])))
    };
    if has(SOON) || (has_limit && (has(FEW) || has_clock() || has_date())) {
        return true;
    }
    let last_before = |start: usize| words(&line[..start]).next_back();
    spans::spans(line)
        .into_iter()
        .any(|(start, _)| has_limit || last_before(start).is_some_and(|word| is_among(word, JUST_BEFORE)))
}

/// True if the police do something, or something happens to the reader.
fn is_acted(words: &[&str], is_always: bool) -> bool {
    let is = |index: usize, list: &str| words.get(index).is_some_and(|word| is_among(word, list));
    let is_reader = |index: usize| is(index, "du man dig you borgeren citizen");
    let is_joint = |index: &usize| is(*index, "og men så and but so");
    let is_denied = |index: usize| {
        let mut before = (index.saturating_sub(8)..index).rev().take_while(|near| !is_joint(near));
        let mut after = (index + 1..index + 4).take_while(|near| !is_joint(near));
        before.any(|near| is(near, NOT)) || after.any(|near| is(near, NOT))
    };
    let before = |index: usize, list: &str, far: usize| {
        let from = (index.saturating_sub(far)..index).rev().find(|near| is(*near, list));
        from.is_some_and(|from| !(from + 1..index).any(is_reader))
    };
    (0..words.len()).any(|index| {
        let is_danish = is(index, DANISH_ACTS);
        let acts = is_danish || is(index, ENGLISH_ACTS) || (is_always && is(index, ANSWERS));
        let follows = is(index + 1, POLICE) || (is(index + 1, "en et altid") && is(index + 2, POLICE));
        let is_turned = is_danish && follows && !(index > 0 && is_reader(index - 1));
        // Including the word before, as in `så bliver du ringet op`.
        let between = |from: usize| from.saturating_sub(1)..=index;
        let reader = (index.saturating_sub(6)..index)
            .rev()
            .find(|near| is(*near, "du you borgeren") || (*near == 0 && is(0, "der")));
        let will = is(index, TO_ACT) && before(index, WILL, 4) && before(index, POLICE, 6);
        let happens = is(index, HAPPENS)
            && reader.is_some_and(|from| {
                between(from).any(|near| is(near, GETS)) && !between(from).any(|near| is(near, "to at"))
            });
        let is_passive = is(index, PASSIVE) && reader.is_some();
        let is_it = is_passive || (acts && (before(index, POLICE, 4) || is_turned)) || will || happens;
        (is_it || (is_always && is(index, NOUNS))) && !is_denied(index)
    })
}

#[cfg(test)]
mod tests;
