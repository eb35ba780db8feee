//! Syntax of wikis, forums and other Markdown dialects, which is shown literally here.

use super::Slip;
use super::literal::Literal;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::excerpt;

/// Prefixes of lines, each with the advice.
const BEGINNINGS: [(&str, &str); 7] = [
    ("[ ] ", "Der kan ikke være felter til at krydse af. Skriv »- « og teksten."),
    ("[x] ", "Der kan ikke være felter til at krydse af. Skriv »- « og teksten."),
    ("[X] ", "Der kan ikke være felter til at krydse af. Skriv »- « og teksten."),
    ("[!", "Der kan ikke være bokse. Skriv teksten som et afsnit."),
    (":::", "Der kan ikke være bokse. Slet linjen."),
    ("!!! ", "Der kan ikke være bokse. Skriv teksten som et afsnit."),
    ("####### ", "En overskrift har to til seks #."),
];

/// Traces that other programs leave in copied text, in place of an element that could not be copied.
const LEFTOVERS: [&str; 5] = [
    "Fejl! Henvisningskilde ikke fundet",
    "Fejl! Bogmærke er ikke defineret",
    "Error! Reference source not found",
    "Error! Bookmark not defined",
    ":contentReference[oaicite",
];

/// Reports foreign syntax.
pub(super) fn check(literal: &Literal, found: &mut Vec<Slip>) {
    if !literal.has(b"[:!#=^~") {
        return;
    }
    for (at, line) in literal.lines() {
        let byte = literal.source(at);
        let begins = |(begin, _): &&(&str, &str)| line.starts_with(begin) || line == begin.trim_end();
        if let Some((begin, advice)) = BEGINNINGS.iter().find(begins) {
            found.push(slip(byte, begin.trim_end(), advice));
        } else if matches!(line.trim(), "[TOC]" | "[[TOC]]" | "[toc]") {
            found.push(slip(byte, line.trim(), "Siden kan ikke lave en indholdsfortegnelse. Slet linjen."));
        } else if is_wiki_heading(line) {
            found.push(slip(byte, excerpt(line).as_str(), "Skriv ## og et mellemrum først i en overskrift."));
        }
        if let Some((place, shown)) = shortcode(line) {
            let shown = excerpt(shown);
            found.push(slip(literal.source(at + place), &shown, "Et andet program har sat det ind. Slet det."));
        }
        for (leftover, place) in LEFTOVERS.iter().filter_map(|leftover| Some((leftover, line.find(leftover)?))) {
            found.push(slip(literal.source(at + place), leftover, "Et andet program har sat det ind. Slet det."));
        }
        for (place, word) in words(line) {
            if let Some(advice) = advice(word) {
                found.push(slip(literal.source(at + place), &excerpt(word), advice));
            }
        }
    }
}

/// Finds a `WordPress` shortcode: `[gallery ids="1"]`, `[/caption]`, `[vc_row]`.
fn shortcode(line: &str) -> Option<(usize, &str)> {
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let is_element = |inside: &str| {
        inside.strip_prefix('/').is_some_and(is_name)
            || inside.split_once(' ').is_some_and(|(name, rest)| is_name(name) && rest.contains('='))
            || (inside.contains('_') && is_name(inside))
    };
    // In a single pass, since a line may have many brackets.
    let mut open = None;
    line.bytes().enumerate().find_map(|(at, byte)| {
        match byte {
            b'[' => open = Some(at),
            b']' => {
                return open.take().filter(|open| is_element(&line[open + 1..at])).map(|open| (open, &line[open..=at]));
            }
            _ => {}
        }
        None
    })
}

fn slip(byte: usize, shown: &str, advice: &str) -> Slip {
    let message = format!("»{shown}« bliver vist, som det står. {advice}");
    Slip::mistake(byte, DiagnosticCode::ForeignMarkdown, message)
}

/// True for `= Overskrift` and `== Overskrift ==`, but not for a sum.
fn is_wiki_heading(line: &str) -> bool {
    let rest = line.trim_start_matches('=');
    let marks = line.len() - rest.len();
    let Some(words) = rest.strip_prefix(' ').map(str::trim_start) else { return false };
    let is_title = if marks == 1 { words.starts_with(char::is_uppercase) } else { words.contains(char::is_alphabetic) };
    (1..=6).contains(&marks) && is_title
}

fn words(line: &str) -> impl Iterator<Item = (usize, &str)> {
    line.split(' ').scan(0, |at, word| {
        let place = *at;
        *at += word.len() + 1;
        Some((place, word.trim_end_matches(['.', ',', '!', '?', ';'])))
    })
}

/// The advice for a word between such characters.
fn advice(word: &str) -> Option<&'static str> {
    let sign = word.chars().next().filter(|sign| ":^~".contains(*sign))?;
    let inside = word[1..].strip_suffix(sign).filter(|inside| !inside.is_empty())?;
    if !inside.chars().all(|sign| sign.is_alphanumeric() || "_-".contains(sign)) {
        return None;
    }
    if sign != ':' {
        return Some("Tekst kan ikke være hævet, sænket eller streget over her. Slet tegnene.");
    }
    // `kl. :30:` and the like are not names.
    let is_name = inside.contains(char::is_alphabetic) && inside.len() > 1 && inside.is_ascii();
    is_name.then_some("Skriv selve tegnet, eller slet det.")
}
