//! Lines that were meant as headings, lists or running text, but are parsed as something else.

use super::Slip;
use super::literal::Literal;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::excerpt;

/// Bullets that other programs put before list items.
const BULLETS: [char; 22] = [
    '☐', '☑', '☒', '❏', '▸', '❖', '•', '·', '●', '▪', '◦', '‣', '■', '○', '□', '➢', '➤', '►', '✓', '✔', '\u{f0b7}',
    '\u{f0a7}',
];

const DASHES: [char; 9] = ['–', '—', '−', '‐', '‑', '→', '➔', '➜', '⇒'];

/// Checks the lines of a paragraph; `dash` is the previous paragraph, if it started with a dash.
pub(super) fn check(literal: &Literal, begins_item: bool, dash: &mut Option<usize>, found: &mut Vec<Slip>) {
    let (mut is_reported, mut fakes, mut last_dash, mut last_step) = (false, 0, dash.take(), None);
    for (at, line) in literal.lines() {
        let byte = || literal.source(at);
        if let Some(message) = heading(line) {
            found.push(Slip::mistake(byte(), DiagnosticCode::BadHeading, message));
        }
        // Within a list item, a single such line is enough: it becomes part of that item.
        let goes_on = begins_item && at > 0;
        let this_step = step(line);
        if let (Some(last), Some(this)) = (last_step, &this_step)
            && this.follows(last)
            && !is_reported
        {
            is_reported = true;
            let message = format!(
                "Linjerne bliver ikke en liste, og borgeren læser dem ud i ét. Skriv »{}. {}«: tal, punktum og mellemrum, \
                 og en tom linje før det første trin.",
                this.number,
                excerpt(this.words)
            );
            found.push(Slip::mistake(byte(), DiagnosticCode::BadList, message));
        }
        last_step = this_step;
        let kind = list(line);
        let is_fake = match kind {
            Some(List::Sure) => true,
            Some(List::Dash) => {
                *dash = dash.or((at == 0).then(byte));
                last_dash.replace(byte()).is_some()
            }
            Some(List::Close) => {
                fakes += 1;
                fakes > 1 || goes_on
            }
            None => false,
        };
        if is_fake && !is_reported {
            is_reported = true;
            let words = line.strip_prefix("o ").unwrap_or(line);
            let words = words.trim_start_matches(|sign: char| !sign.is_alphanumeric());
            let (shown, rest) = line.split_at(line.len() - words.len());
            let message = format!(
                "Linjen bliver ikke et punkt på en liste. Skriv en bindestreg og et mellemrum først, »- {}«, og en tom linje \
                 før listen.{}",
                excerpt(rest),
                if shown.starts_with(['-', '*', '+']) {
                    " Mellemrummet mangler eller er et hårdt mellemrum."
                } else {
                    ""
                }
            );
            found.push(Slip::mistake(byte(), DiagnosticCode::BadList, message));
        }
    }
}

enum List {
    /// A single line is enough.
    Sure,
    /// A dash and a space: a list if there are several.
    Dash,
    /// A bullet without its space: a list if there are several.
    Close,
}

fn list(line: &str) -> Option<List> {
    let mut signs = line.chars();
    let (first, second) = (signs.next()?, signs.next()?);
    let is_space = second.is_whitespace();
    match first {
        'o' if is_space => Some(List::Sure),
        'a'..='z' | 'A'..='Z' => None,
        _ if BULLETS.contains(&first) && (is_space || first != '·') => Some(List::Sure),
        '§' if second == '\t' => Some(List::Sure),
        '-' | '*' | '+' if is_space && second != ' ' && second != '\t' => Some(List::Sure),
        _ if DASHES.contains(&first) && is_space => Some(List::Dash),
        '-' | '*' | '+' | '–' if second.is_alphabetic() => Some(List::Close),
        _ => None,
    }
}

/// A line meant as a step of a list with numbers or letters, but not parsed as one.
#[derive(Clone, Copy)]
struct Step<'l> {
    number: u32,
    /// The characters around the number.
    signs: (bool, char),
    words: &'l str,
}

impl Step<'_> {
    fn follows(&self, last: Step<'_>) -> bool {
        self.signs == last.signs && self.number == last.number + 1
    }
}

/// Parses `1.Ring`, `1 . Ring`, `1)Ring`, `(1) Ring`, `1: Ring`, `a) Ring`, `1.` and a no-break space, but not a date.
fn step(line: &str) -> Option<Step<'_>> {
    let inside = line.strip_prefix('(');
    let rest = inside.unwrap_or(line);
    let end = rest.find(|sign: char| !sign.is_ascii_digit() && !sign.is_ascii_lowercase())?;
    let (name, rest) = rest.split_at(end);
    let number = match name.as_bytes() {
        [letter @ b'a'..=b'z'] => u32::from(letter - b'a') + 1,
        _ => name.parse().ok()?,
    };
    let rest = rest.trim_start_matches(' ');
    let sign = rest.chars().next().filter(|sign| ".):".contains(*sign))?;
    let words = rest[1..].trim_start();
    words.starts_with(char::is_uppercase).then_some(Step { number, signs: (inside.is_some(), sign), words })
}

/// The error for a list item without words.
pub(super) fn empty_item(byte: usize) -> Slip {
    let message = "Punktet er tomt. Skriv en tekst efter tegnet, eller slet linjen.";
    Slip::mistake(byte, DiagnosticCode::BadList, message)
}

/// The message about a line that was meant as a heading.
fn heading(line: &str) -> Option<String> {
    let marks = line.bytes().take_while(|byte| *byte == b'#').count();
    let rest = &line[marks..];
    let first = rest.chars().next().filter(|_| marks > 0)?;
    let word = rest.split(|sign: char| !sign.is_alphanumeric()).next().unwrap_or_default();
    let is_meant = match marks {
        1 => {
            // `#MeToo` and `#1` are words.
            let is_title = first.is_uppercase() && !word.chars().skip(1).any(char::is_uppercase);
            is_title || (first.is_whitespace() && rest.trim_start().starts_with(char::is_alphabetic))
        }
        2..=6 => first != ' ' && first != '\t' && rest.trim_start().starts_with(char::is_alphanumeric),
        _ => false,
    };
    is_meant.then(|| {
        let (right, words) = ("#".repeat(marks.max(2)), excerpt(rest.trim().trim_end_matches('#')));
        format!(
            "Linjen bliver ikke en overskrift, og borgeren ser tegnet #. Skriv »{right} {words}« med et almindeligt mellemrum \
             efter #. Skal borgeren læse tegnet, så skriv \\#."
        )
    })
}

/// The error for a heading made by a line of hyphens below it.
pub(super) fn underlined(byte: usize) -> Slip {
    let message = "Linjen med --- gør teksten over den til en overskrift. Skriv ## foran en overskrift. Skal der være en \
                   streg, så sæt en tom linje over den.";
    Slip::mistake(byte, DiagnosticCode::BadHeading, message)
}

/// The error for a code block, which no text for citizens needs.
pub(super) fn code(byte: usize, is_fenced: bool) -> Slip {
    let message = if is_fenced {
        "Teksten bliver vist som programkode, for der står ``` eller ~~~ over den. Slet de linjer."
    } else {
        "Teksten bliver vist som programkode, for den er rykket ind. Slet mellemrummene først på linjen."
    };
    Slip::mistake(byte, DiagnosticCode::Code, message)
}
