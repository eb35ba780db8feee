//! Misplaced asterisks and similar characters, which are shown literally and make nothing bold.

use super::Slip;
use super::literal::Literal;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::excerpt;
use std::ops::Range;

pub(super) fn check(literal: &Literal, found: &mut Vec<Slip>) {
    for sign in [b'*', b'_'].into_iter().filter(|sign| literal.has([*sign])) {
        check_bold(literal, sign, found);
        check_italic(literal, sign, found);
    }
    for sign in [b'~', b'='].into_iter().filter(|sign| literal.has([*sign])) {
        check_foreign(literal, sign, found);
    }
}

/// The runs of a character that could mark emphasis.
fn runs(text: &str, sign: u8) -> Vec<Range<usize>> {
    let (bytes, mut runs, mut at) = (text.as_bytes(), Vec::new(), 0);
    while let Some(begin) = bytes[at..].iter().position(|byte| *byte == sign).map(|found| at + found) {
        at = begin + bytes[begin..].iter().take_while(|byte| **byte == sign).count();
        runs.push(begin..at);
    }
    runs
}

fn before(text: &str, run: &Range<usize>) -> Option<char> {
    text[..run.start].chars().next_back().filter(|sign| !sign.is_whitespace())
}

fn after(text: &str, run: &Range<usize>) -> Option<char> {
    text[run.end..].chars().next().filter(|sign| !sign.is_whitespace())
}

fn is_word(sign: Option<char>) -> bool {
    sign.is_some_and(char::is_alphanumeric)
}

/// Checks bold: two characters on each side. More than three are a line to write on, or stars.
fn check_bold(literal: &Literal, sign: u8, found: &mut Vec<Slip>) {
    let text = literal.text();
    let mut runs = runs(text, sign);
    runs.retain(|run| {
        let (before, after) = (before(text, run), after(text, run));
        match sign {
            b'*' => (2..=3).contains(&run.len()) && (before.is_some() || after.is_some() || run.start == 0),
            // Within a name or alone, underscores are literal.
            _ => run.len() == 2 && is_word(before) != is_word(after),
        }
    });
    // The closing mark may have spaces around it: `**Vigtigt ** at`.
    if runs.len() % 2 == 1 && sign == b'*' {
        let all = self::runs(text, sign).into_iter().filter(|run| (2..=3).contains(&run.len())).collect::<Vec<_>>();
        if all.len() % 2 == 0 {
            runs = all;
        }
    }
    let marks = if sign == b'*' { "**" } else { "__" };
    let escaped = if sign == b'*' { "\\*\\*" } else { "\\_\\_" };
    for pair in runs.chunks(2) {
        let advice = match pair {
            [first, second] if !text[first.end..second.start].trim().is_empty() => {
                let words = excerpt(&text[first.end..second.start]);
                format!("Skriv »**{words}**« uden mellemrum lige inden for tegnene og med mellemrum uden om.")
            }
            [_, _] => "Slet dem.".to_owned(),
            _ => format!(
                "Der skal stå {marks} både før og efter det, der skal være fedt. Skal borgeren læse tegnene, så skriv \
                 {escaped}."
            ),
        };
        let message = format!("Tegnene {marks} bliver vist på siden, og teksten bliver ikke fed. {advice}");
        found.push(Slip::mistake(literal.source(pair[0].start), DiagnosticCode::BadEmphasis, message));
    }
}

/// Checks `*Vigtigt *at`: one character on each side, the second in a position that is only ever a mistake.
fn check_italic(literal: &Literal, sign: u8, found: &mut Vec<Slip>) {
    let text = literal.text();
    let mut open: Option<Range<usize>> = None;
    for run in runs(text, sign).into_iter().filter(|run| run.len() == 1) {
        let (left, right) = (before(text, &run), after(text, &run));
        let Some(first) = open.take() else {
            open = (left.is_none() && is_word(right)).then_some(run);
            continue;
        };
        let words = &text[first.end..run.start];
        // A note below a table may start like this, and contain a multiplication.
        let is_product = words.trim_end().ends_with(|sign: char| sign.is_ascii_digit());
        if left.is_none() && words.ends_with(' ') && !words.contains('\n') && !is_product {
            let (mark, words) = (char::from(sign), excerpt(words));
            let message = format!(
                "Tegnene {mark} bliver vist på siden. Skriv »**{words}**«, hvis det skal være fedt, eller slet dem. Skal \
                 borgeren læse tegnet, så skriv \\{mark}."
            );
            found.push(Slip::mistake(literal.source(first.start), DiagnosticCode::BadEmphasis, message));
        }
    }
}

/// Finds a single asterisk directly before or after an emphasised text: `**Vigtigt* nu`.
pub(super) fn leftover(text: &str, range: &Range<usize>) -> Option<Slip> {
    let (before, after) = (&text.as_bytes()[..range.start], &text.as_bytes()[range.end..]);
    // Two or more are reported as marks of bold, and an escaped one is intentional.
    let is_before = before.ends_with(b"*") && !before.ends_with(b"**") && !before.ends_with(b"\\*");
    let is_after = after.starts_with(b"*") && !after.starts_with(b"**");
    let byte = if is_before { range.start - 1 } else { range.end };
    (is_before || is_after).then(|| {
        let message = "Tegnet * bliver vist på siden. Skriv lige mange * før og efter det, der skal være fedt: »**Vigtigt**«. \
                       Skal borgeren læse tegnet, så skriv \\*.";
        Slip::mistake(byte, DiagnosticCode::BadEmphasis, message)
    })
}

/// Checks `~~x~~` and `==x==`, which other programs support.
fn check_foreign(literal: &Literal, sign: u8, found: &mut Vec<Slip>) {
    let text = literal.text();
    let (marks, what) = if sign == b'~' { ("~~", "streget over") } else { ("==", "markeret") };
    let runs: Vec<_> = runs(text, sign).into_iter().filter(|run| run.len() == 2).collect();
    let mut pairs = runs.chunks_exact(2);
    for pair in pairs.by_ref() {
        let [first, second] = pair else { continue };
        if after(text, first).is_none() && before(text, second).is_none() {
            continue;
        }
        let words = excerpt(&text[first.end..second.start]);
        let message =
            format!("»{marks}{words}{marks}« bliver vist, som det står: tekst kan ikke være {what} her. Slet tegnene.");
        found.push(Slip::mistake(literal.source(first.start), DiagnosticCode::ForeignMarkdown, message));
    }
    if let ([run], b'~') = (pairs.remainder(), sign)
        && is_word(before(text, run)) != is_word(after(text, run))
    {
        let message =
            format!("Tegnene {marks} bliver vist, som de står: tekst kan ikke være {what} her. Slet tegnene.");
        found.push(Slip::mistake(literal.source(run.start), DiagnosticCode::ForeignMarkdown, message));
    }
}
