//! Commitments of each file: telephone numbers, deadlines, mail domains, reservations, and the kreds of each kommune.
//!
//! They are extracted from the content alone, so they do not depend on the time. Each line of the list holds all values
//! of one kind in one file, in text order: changing, swapping, adding or removing a number changes its line. The
//! approved list is stored in the content as [`APPROVED`] and reviewed like a text.

use super::phone_numbers::text::Text;
use super::promised::spans;
use crate::source::read::Source;
use memchr::memchr3_iter;
use model::atlas::Kreds;
use model::deadline::Deadline;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write};
use thiserror::Error;

/// The approved list, below the content folder.
pub const APPROVED: &str = crate::source::paths::COMMITMENTS;

/// The kommuner and their kredse, below the content folder.
const KOMMUNER: &str = "data/kommuner.csv";

/// The kind of the kommuner's commitments, whose order is irrelevant.
pub(crate) const KOMMUNE: &str = "kommune";

/// The name of the list beside a build.
pub const FILE: &str = "loefter.txt";

const HEADER: &str = "\
# Det, hjemmesiden lover borgerne: telefonnumre, frister, maildomæner og forbehold, fil for fil, og hver kommunes kreds.
# Filen er lavet af: cargo run --bin site-gen -- commitments --approve
# Ret den ikke i hånden.
";

/// A commitment in the text of a file.
pub(crate) struct Commitment {
    /// The name of its kind in the list.
    pub(crate) kind: &'static str,
    pub(crate) value: String,
    /// The byte offset in the file.
    pub(crate) at: usize,
}

/// All commitments of a content folder, by file and kind.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Commitments(BTreeMap<(String, String), String>);

/// A line that cannot be parsed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("Linje {0} kan ikke læses. Er den rettet i hånden, eller er filen fra en anden udgave, så lav den igen.")]
pub struct UnreadableLine(pub usize);

/// A difference between two lists.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct CommitmentChange {
    /// The file, below the content folder.
    pub file: String,
    /// The kind: `telefon`, `frist`.
    pub kind: String,
    /// `None` if it is new.
    pub before: Option<String>,
    /// `None` if it was removed.
    pub now: Option<String>,
}

impl Commitments {
    /// The commitments of files, and of the facts of kredse.
    pub(crate) fn new<'a>(
        files: impl Iterator<Item = (&'a Source, &'a [Commitment])>,
        kredse: impl Iterator<Item = &'a Kreds>,
    ) -> Self {
        let mut all = Self::default();
        for (source, commitments) in files {
            commitments.iter().for_each(|found| all.add(&source.path, found.kind, &found.value));
        }
        for kreds in kredse {
            let file = format!("kredse/{}/kreds.md", kreds.slug);
            all.add(&file, "frist", &deadline(kreds.deadline));
            all.add(&file, "opbevaring", &days(kreds.retention.as_days()));
        }
        all
    }

    fn add(&mut self, file: &str, kind: &str, value: &str) {
        let values = self.0.entry((file.to_owned(), kind.to_owned())).or_default();
        if !values.is_empty() {
            values.push_str(", ");
        }
        values.push_str(value);
    }

    /// Parses a list.
    pub fn parse(text: &str) -> Result<Self, UnreadableLine> {
        let mut all = BTreeMap::new();
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty()) {
            let mut parts = line.splitn(3, ": ");
            let (Some(file), Some(kind), Some(value)) = (parts.next(), parts.next(), parts.next()) else {
                return Err(UnreadableLine(index + 1));
            };
            if all.insert((file.to_owned(), kind.to_owned()), value.to_owned()).is_some() {
                return Err(UnreadableLine(index + 1));
            }
        }
        Ok(Self(all))
    }

    /// All differences from an earlier list, sorted by file and kind.
    #[must_use]
    pub fn changes_since(&self, before: &Self) -> Vec<CommitmentChange> {
        let keys: BTreeSet<_> = before.0.keys().chain(self.0.keys()).collect();
        let change = |key: &(String, String)| {
            let (before, now) = (before.0.get(key).cloned(), self.0.get(key).cloned());
            let (file, kind) = key.clone();
            let is_same = before == now || (kind == KOMMUNE && sorted(before.as_deref()) == sorted(now.as_deref()));
            (!is_same).then_some(CommitmentChange { file, kind, before, now })
        };
        keys.into_iter().filter_map(change).collect()
    }
}

/// The values of one kind as a set, ignoring their order.
fn sorted(values: Option<&str>) -> BTreeSet<&str> {
    values.into_iter().flat_map(|values| values.split(", ")).collect()
}

impl fmt::Display for Commitments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HEADER)?;
        self.0.iter().try_for_each(|((file, kind), value)| writeln!(f, "{file}: {kind}: {value}"))
    }
}

impl fmt::Display for CommitmentChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}: ", self.file, self.kind)?;
        match (&self.before, &self.now) {
            (Some(before), Some(now)) => write!(f, "{before} -> {now}"),
            (None, Some(now)) => write!(f, "{now} er kommet til"),
            (Some(before), None) => write!(f, "{before} er væk"),
            (None, None) => Ok(()),
        }
    }
}

/// The commitments in the texts of one file.
pub(crate) fn of(source: &Source, texts: &[Text<'_>]) -> Vec<Commitment> {
    let mut all = Vec::new();
    let mut add = |kind, value, at| all.push(Commitment { kind, value, at });
    if source.path.starts_with("tekster/ingen-garanti.") {
        add("forbehold", format!("»{}«", source.text.split_whitespace().collect::<Vec<_>>().join(" ")), 0);
    }
    if source.path == KOMMUNER {
        kommuner(&source.text).for_each(|(at, value)| add(KOMMUNE, value, at));
    }
    for text in texts {
        for found in text.digits.iter().flat_map(|digits| digits.possible(&text.line)) {
            add("telefon", grouped(&found.plain), text.place(found.start));
        }
        // Most texts mention neither a time nor a mailbox.
        let (has_mailbox, has_time) = (has_mailbox(text.line.as_bytes()), spans::UNITS.may_be_in(&text.line));
        if !has_mailbox && !has_time {
            continue;
        }
        let lower = text.line.to_lowercase();
        // In a few scripts, lowercase changes the length: then use the start of the text.
        let place = |byte: usize| text.place(if lower.len() == text.line.len() { byte } else { 0 });
        if has_time {
            spans::spans(&lower).into_iter().for_each(|(start, span)| add("tid", span, place(start)));
        }
        if has_mailbox {
            domains(&lower).for_each(|(start, domain)| add("maildomæne", domain.to_owned(), place(start)));
        }
    }
    all
}

/// Each kommune with its kreds, which receives all its requests, and the start of its row.
fn kommuner<'t>(table: &'t str) -> impl Iterator<Item = (usize, String)> + 't {
    let begins =
        table.split_inclusive('\n').scan(0, |next, line| Some((std::mem::replace(next, *next + line.len()), line)));
    // Spreadsheets add quotation marks, which no name contains, and leave lines of commas.
    let field = |field: &'t str| field.trim().trim_matches('"');
    begins.skip(1).filter_map(move |(at, line)| match line.split(',').map(field).collect::<Vec<_>>().as_slice() {
        [code, name, kreds] if !code.is_empty() => Some((at, format!("{name} i {kreds}"))),
        _ => None,
    })
}

/// Spellings of the at sign: some hide the address from bots.
const SIGNS: [&str; 9] = ["@", "(a)", "[a]", "(at)", "[at]", "(snabel-a)", "[snabel-a]", "(snabela)", "[snabela]"];

/// True if a text contains an at sign in any of these spellings, ignoring case.
fn has_mailbox(text: &[u8]) -> bool {
    let begins =
        |rest: &[u8], sign: &str| rest.get(..sign.len()).is_some_and(|it| it.eq_ignore_ascii_case(sign.as_bytes()));
    memchr3_iter(b'@', b'(', b'[', text).any(|at| SIGNS.iter().any(|sign| begins(&text[at..], sign)))
}

/// The domains of the addresses in a text, each with its start.
fn domains(lower: &str) -> impl Iterator<Item = (usize, &str)> {
    let all = SIGNS.iter().flat_map(|sign| lower.match_indices(sign));
    all.filter_map(|(at, sign)| {
        let is_local = |c: char| c.is_ascii_alphanumeric() || "._%+-".contains(c);
        let is_domain = |c: char| c.is_alphanumeric() || ".-".contains(c);
        let start = at + sign.len();
        let rest = lower[start..].trim_start_matches(' ');
        let start = lower.len() - rest.len();
        let end = rest.find(|c: char| !is_domain(c)).unwrap_or(rest.len());
        let domain = rest[..end].trim_end_matches(['.', '-']);
        // A domain with a comma for its full stop, or not right after a name and `@`, must end like a domain.
        let is_close = start == at + 1 && lower[..at].ends_with(is_local);
        let comma = rest[end..].strip_prefix(',').filter(|_| is_close && !domain.contains('.'));
        let ends = |top: &str| (2..=3).contains(&top.len()) && top.bytes().all(|byte| byte.is_ascii_lowercase());
        let behind = comma.map(|rest| &rest[..rest.find(|c: char| !is_domain(c)).unwrap_or(rest.len())]);
        let domain = match behind.map(|top| top.trim_end_matches('.')).filter(|top| ends(top)) {
            Some(top) => rest.get(..end + 1 + top.len())?,
            None if is_close => domain,
            None => domain.rsplit_once('.').filter(|(name, top)| name.len() > 1 && ends(top)).map(|_| domain)?,
        };
        let is_address = lower[..at].trim_end_matches(' ').ends_with(is_local) && domain.contains(['.', ',']);
        is_address.then_some((start, domain))
    })
}

/// Formats `33141448` as `33 14 14 48`.
fn grouped(plain: &str) -> String {
    let mut grouped = String::new();
    for (at, digit) in plain.chars().enumerate() {
        if plain.len() == 8 && at > 0 && at % 2 == 0 {
            grouped.push(' ');
        }
        let _ = grouped.write_char(digit);
    }
    grouped
}

fn deadline(deadline: Deadline) -> String {
    match deadline {
        Deadline::Call { days: call } => format!("ring {}", days(call)),
        Deadline::CallWithin { hours } => format!("ring {}", spans::written(hours.into(), "timer")),
        Deadline::AnswerAndAct { answer_days, act_days } => {
            format!("svar {}, handling {}", days(answer_days), days(act_days))
        }
    }
}

fn days(days: u16) -> String {
    spans::written(days.into(), "dage")
}

#[cfg(test)]
mod tests;
