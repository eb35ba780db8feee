//! Sentences that promise by when the police call or come. Only a kreds's deadline may: it is a date on each receipt.
//!
//! Nobody can keep a promise that stands in a text: the text stays when the deadline changes. A sentence is one if it has
//! somebody of the police, what they do, and a time by when, and does not deny it.

use super::spans;

/// Who acts.
const POLICE: [&str; 16] = [
    "vi",
    "betjent",
    "betjenten",
    "betjente",
    "betjentene",
    "politiet",
    "kredsen",
    "politikredsen",
    "patrulje",
    "patruljen",
    "we",
    "officer",
    "officers",
    "police",
    "district",
    "patrol",
];

/// What they do, in Danish: there it may stand before who does it.
const DANISH_ACTS: [&str; 8] = ["ringer", "kontakter", "besøger", "kommer", "rykker", "vender", "opsøger", "sender"];

/// The same in English.
const ENGLISH_ACTS: [&str; 14] = [
    "call", "calls", "phone", "phones", "ring", "rings", "contact", "contacts", "visit", "visits", "come", "comes",
    "arrive", "arrives",
];

/// What may be promised to others than those who wait for a call, as on a page about the website: only `altid` makes it one.
const ANSWERS: [&str; 6] = ["svarer", "answer", "reply", "replies", "respond", "responds"];

/// What happens to a citizen, after `du` or `you`.
const HAPPENS: [&str; 16] = [
    "ringet",
    "kontaktet",
    "besøgt",
    "opkald",
    "opringning",
    "svar",
    "besøg",
    "hører",
    "called",
    "phoned",
    "contacted",
    "visited",
    "call",
    "answer",
    "visit",
    "hear",
];

/// Words that make it happen to them.
const GETS: [&str; 10] = ["bliver", "får", "modtager", "hører", "will", "get", "receive", "are", "be", "hear"];

/// The same as a promise of its own: `Svar garanteret inden for et døgn`.
const NOUNS: [&str; 8] = ["opkald", "opringning", "svar", "besøg", "call", "callback", "answer", "reply"];

/// Words that make a promise of what would else be a plan.
const ALWAYS: [&str; 12] = [
    "altid",
    "garanteret",
    "garanterer",
    "garanti",
    "lover",
    "love",
    "always",
    "guarantee",
    "guaranteed",
    "guarantees",
    "promise",
    "promised",
];

/// Words of a limit, wherever they stand.
const LIMITS: [&str; 12] = [
    "inden",
    "indenfor",
    "senest",
    "højst",
    "maks",
    "maksimalt",
    "løbet",
    "within",
    "latest",
    "most",
    "maximum",
    "under",
];

/// Words of a limit just before the time.
const JUST_BEFORE: [&str; 8] = ["på", "om", "efter", "af", "in", "after", "by", "than"];

/// Times without a number.
const SOON: [&str; 14] = [
    "samme dag",
    "samme døgn",
    "dagen efter",
    "næste dag",
    "næste hverdag",
    "med det samme",
    "straks",
    "omgående",
    "same day",
    "next day",
    "next working day",
    "immediately",
    "right away",
    "straight away",
];

/// Words that deny what stands near.
const NOT: [&str; 13] =
    ["ikke", "aldrig", "ingen", "næppe", "hverken", "uden", "not", "never", "no", "cannot", "t", "nobody", "without"];

/// Whether a sentence promises by when the police call or come.
pub(crate) fn is_promised(sentence: &str) -> bool {
    let line = sentence.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    // These deny nothing.
    let line =
        line.replace("no later than", "within").replace("no more than", "within").replace("ikke senere end", "inden");
    let words: Vec<&str> = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
    !line.trim_end().ends_with('?') && is_limited(&line, has(&ALWAYS) || has(&LIMITS)) && is_acted(&words, has(&ALWAYS))
}

/// Whether the line has a time by when something happens.
fn is_limited(line: &str, has_limit: bool) -> bool {
    let padded = format!(" {} ", line.replace(|c: char| !c.is_alphanumeric(), " "));
    if SOON.iter().any(|soon| padded.contains(&format!(" {soon} "))) {
        return true;
    }
    let last_before = |start: usize| line[..start].split(|c: char| !c.is_alphanumeric()).rfind(|word| !word.is_empty());
    spans::places(line)
        .into_iter()
        .any(|start| has_limit || last_before(start).is_some_and(|word| JUST_BEFORE.contains(&word)))
}

/// Whether somebody of the police does something, or it happens to the reader.
fn is_acted(words: &[&str], is_always: bool) -> bool {
    let is = |place: usize, list: &[&str]| words.get(place).is_some_and(|word| list.contains(word));
    let is_reader = |place: usize| is(place, &["du", "man", "dig", "you", "borgeren", "citizen"]);
    let is_joint = |place: &usize| is(*place, &["og", "men", "så", "and", "but", "so"]);
    let is_denied = |place: usize| {
        let mut before = (place.saturating_sub(6)..place).rev().take_while(|near| !is_joint(near));
        let mut after = (place + 1..place + 4).take_while(|near| !is_joint(near));
        before.any(|near| is(near, &NOT)) || after.any(|near| is(near, &NOT))
    };
    let before = |place: usize, list: &[&str], far: usize| {
        let from = (place.saturating_sub(far)..place).rev().find(|near| is(*near, list));
        from.is_some_and(|from| !(from + 1..place).any(is_reader))
    };
    (0..words.len()).filter(|place| !is_denied(*place)).any(|place| {
        let is_danish = is(place, &DANISH_ACTS);
        let acts = is_danish || is(place, &ENGLISH_ACTS) || (is_always && is(place, &ANSWERS));
        let follows = is(place + 1, &POLICE) || (is(place + 1, &["en", "et", "altid"]) && is(place + 2, &POLICE));
        let is_turned = is_danish && follows && !(place > 0 && is_reader(place - 1));
        let between = |from: usize| from + 1..=place;
        let reader = (place.saturating_sub(6)..place).rev().find(|near| is(*near, &["du", "you"]));
        let happens = is(place, &HAPPENS)
            && reader.is_some_and(|from| {
                between(from).any(|near| is(near, &GETS)) && !between(from).any(|near| is(near, &["to", "at"]))
            });
        (acts && (before(place, &POLICE, 4) || is_turned)) || happens || (is_always && is(place, &NOUNS))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_by_when_the_police_call_or_come_is_a_promise() {
        for sentence in [
            "Vi ringer altid inden 2 dage.",
            "Vi ringer altid inden 2 dage",
            "Vi ringer inden for to dage.",
            "En betjent ringer til dig senest efter 24 timer.",
            "En betjent kontakter dig garanteret inden for et døgn!",
            "Inden tre hverdage ringer vi til dig.",
            "Inden for 48 timer ringer en betjent.",
            "Senest efter fem arbejdsdage vender vi tilbage.",
            "Politiet kommer altid inden for ti minutter.",
            "En patrulje kommer på 10 minutter.",
            "Du bliver ringet op inden 2 døgn.",
            "Du får altid svar inden for enogtyve dage.",
            "Du hører fra os inden en uge.",
            "Vi svarer altid inden 14 dage.",
            "Svar garanteret inden for et døgn.",
            "Opkald inden 2 dage garanteret",
            "Vi lover, at en betjent ringer inden 2dage.",
            "En betjent ringer samme dag.",
            "Vi ringer straks.",
            "Det tager højst halvanden dag, før vi ringer.",
            "Vi ringer i løbet af et par dage.",
            "We always call within 2 days.",
            "An officer will call you within twenty-four hours.",
            "The police will come within ten minutes.",
            "You will be called within three working days.",
            "You will hear from us in 48 hours at the latest.",
            "We will contact you no later than 2 days after you write.",
            "An officer calls you the same day.",
            "Guaranteed call within two days",
            "Det koster ikke noget, og vi ringer inden 2 dage.",
            "En betjent ringer ikke senere end to dage efter.",
        ] {
            assert!(is_promised(sentence), "{sentence}");
        }
    }

    #[test]
    fn what_is_denied_asked_or_about_others_is_none() {
        for sentence in [
            "Vi kan ikke love, at en betjent ringer inden 2 dage.",
            "Har du ikke hørt fra os inden 14 dage, så ring 114.",
            "Ringer vi inden 2 dage?",
            "Ring til politiet inden 2 dage.",
            "Når du ringer til politiet inden 2 dage, er det en fordel.",
            "Politiet beder om, at du ringer inden 2 dage.",
            "Vi svarer inden 14 dage.",
            "Kommunen svarer inden 14 dage.",
            "Fristen står på din kvittering.",
            "En betjent ringer til dig og vurderer, hvad politiet kan gøre.",
            "En bestilling er ikke en garanti for, at politiet kommer, og slet ikke for, at politiet kommer med det samme.",
            "Hjemmesiden sletter dine svar 30 dage efter den sidste frist.",
            "En betjent ringer til dig inden {dage} dage.",
            "Mødet varer 2 timer, og en betjent kommer.",
            "Call the police within 2 days.",
            "Call 112 immediately.",
            "When you call the police, it takes up to 10 minutes.",
            "We ask you to call within 24 hours.",
            "We will not call within 2 days.",
            "We can't always call within 2 days.",
            "The officer says the code words first.",
        ] {
            assert!(!is_promised(sentence), "{sentence}");
        }
    }
}
