//! Placeholders: words in curly brackets, replaced by a value of the kreds or by a text shared by many pages.

use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::{did_you_mean, excerpt, suggestion};
use crate::diagnostics::diagnostic::{Location, Reporter};
use crate::markdown::includes::Includes;
use crate::markdown::render::Headings;
use crate::source::item::Text;
use memchr::memchr2;
use model::html::SafeHtml;
use model::names::KredsSlug;
use std::borrow::Cow;

/// The placeholders that are available in a text.
#[derive(Clone, Copy)]
pub(crate) enum Placeholders<'a> {
    /// They are filled in later, and checked then.
    Kept,
    /// No placeholder is available.
    Nothing,
    /// In an included text: the values of the page's kreds; `None` on a national page.
    Block(Option<&'a Values>),
    /// On a page: the values of its kreds, if any, and included texts on a line of their own.
    Page(&'a Includes<'a>, Option<&'a Values>),
}

/// The values available on pages of a kreds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Values {
    pub(crate) slug: KredsSlug,
    pub(crate) name: String,
    pub(crate) main_station: String,
}

/// The placeholders for a value of the kreds.
pub(crate) const VALUES: [&str; 2] = [KREDS, "hovedstation"];

/// The name of the kreds; in a link its folder.
const KREDS: &str = "kreds";

/// The names in curly brackets in a plain text.
pub(crate) fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}

/// An error at a byte offset of a text.
type Fault = (usize, DiagnosticCode, String);

impl<'a> Placeholders<'a> {
    /// Only a page may have headings and images.
    pub(crate) const fn headings(self) -> Headings<'a> {
        match self {
            Self::Page(blocks, _) => Headings::Allowed(blocks.images),
            Self::Kept | Self::Nothing | Self::Block(_) => Headings::Refused,
        }
    }

    /// Fills in the values in a line of front matter.
    pub(crate) fn line(self, written: Text<'_>, reporter: Reporter<'_>) -> String {
        let (filled, faults) = self.fill(written.text, |_| false);
        for (byte, code, message) in faults {
            let column = written.at.column + written.text[..byte].chars().count();
            reporter.at(Location { column, ..written.at }, code, message);
        }
        filled.into_owned()
    }

    /// Fills in the values in a text event that starts at byte `start` of the file.
    pub(crate) fn text<'t>(self, written: &'t str, start: usize, reporter: Reporter<'_>) -> Cow<'t, str> {
        if memchr2(b'{', b'}', written.as_bytes()).is_none() {
            return Cow::Borrowed(written);
        }
        // An entity or an escaped character differs from the source text.
        let stands_there = reporter.text.get(start..).is_some_and(|text| text.starts_with(written));
        let is_escaped = |byte: usize| {
            let before = reporter.text.get(..start + byte).filter(|_| stands_there);
            before.is_none_or(|before| (before.len() - before.trim_end_matches('\\').len()) % 2 == 1)
        };
        let (filled, faults) = self.fill(written, is_escaped);
        for (byte, code, message) in faults {
            reporter.at_byte(start + if stands_there { byte } else { 0 }, code, message);
        }
        filled
    }

    /// Fills in the folder of the kreds in a link's destination, or returns an error message.
    pub(crate) fn destination(self, written: &str) -> Result<String, String> {
        let (Self::Page(_, Some(kreds)) | Self::Block(Some(kreds))) = self else {
            return if written.contains('{') && !matches!(self, Self::Kept) {
                let advice = "Krøllede parenteser kan kun bruges i links på sider, der hører til en kreds.";
                Err(format!("Linket »{}« kan ikke udfyldes. {advice} Skriv hele stien.", excerpt(written)))
            } else {
                Ok(written.to_owned())
            };
        };
        let filled = written.replace(&format!("{{{KREDS}}}"), kreds.slug.as_str());
        if filled.contains('{') {
            let advice = format!("I et link kan kun »{{{KREDS}}}« bruges. Det bliver til kredsens mappe.");
            return Err(format!("Linket »{}« kan ikke udfyldes. {advice}", excerpt(written)));
        }
        Ok(filled)
    }

    /// The included text that replaces a paragraph, if the paragraph is only its name.
    pub(crate) fn paragraph(self, written: &str) -> Option<(String, SafeHtml)> {
        let Self::Page(blocks, kreds) = self else { return None };
        let name = written.trim().strip_prefix('{')?.strip_suffix('}')?;
        Some((name.to_owned(), blocks.insert(name, kreds)?))
    }

    /// Fills in the values in `written`, and collects the errors.
    fn fill(self, written: &str, is_escaped: impl Fn(usize) -> bool) -> (Cow<'_, str>, Vec<Fault>) {
        if matches!(self, Self::Kept) || !written.contains(['{', '}']) {
            return (Cow::Borrowed(written), Vec::new());
        }
        let (mut filled, mut faults, mut done) = (String::new(), Vec::new(), 0);
        while let Some(place) = written[done..].find(['{', '}']).map(|place| done + place) {
            filled.push_str(&written[done..place]);
            let end = end_of_word(written, place);
            let word = &written[place..end];
            done = end;
            if is_escaped(place) {
                filled.push_str(word);
            } else if let Some(value) = self.value(word) {
                filled.push_str(value);
            } else {
                let (code, message) = self.fault(word);
                faults.push((place, code, message));
                filled.push_str(word);
            }
        }
        filled.push_str(&written[done..]);
        (Cow::Owned(filled), faults)
    }

    /// The value of `{word}`.
    fn value(self, word: &str) -> Option<&'a str> {
        let (Self::Page(_, Some(values)) | Self::Block(Some(values))) = self else { return None };
        match word.strip_prefix('{')?.strip_suffix('}')? {
            KREDS => Some(&values.name),
            "hovedstation" => Some(&values.main_station),
            _ => None,
        }
    }

    /// The error for `{word}`, which has no meaning here.
    fn fault(self, word: &str) -> (DiagnosticCode, String) {
        let name = word.trim_matches(['{', '}', ' ']);
        let shown = excerpt(word);
        let is_value = VALUES.contains(&name) && word == format!("{{{name}}}");
        let escape = "Skal borgeren læse tegnet, så skriv \\{ i stedet for {.";
        let is_misplaced = |blocks: &Includes<'_>| word == format!("{{{name}}}") && blocks.has(name);
        let message = match self {
            Self::Page(_, None) | Self::Block(None) if is_value => {
                format!("»{shown}« kan ikke bruges her, for siden hører ikke til en kreds. Skriv det med ord.")
            }
            Self::Page(blocks, _) if is_misplaced(blocks) => {
                let message = format!("»{shown}« skal stå på en linje for sig selv, med en tom linje før og efter.");
                return (DiagnosticCode::MisplacedText, message);
            }
            Self::Page(blocks, values) => {
                let values = VALUES.iter().copied().filter(|_| values.is_some());
                let known: Vec<&str> = values.chain(blocks.names()).collect();
                unknown(&shown, name, &known, escape)
            }
            Self::Block(values) => {
                let known: Vec<&str> = VALUES.iter().copied().filter(|_| values.is_some()).collect();
                unknown(
                    &shown,
                    name,
                    &known,
                    "En tekst fra tekster/ kan kun sættes ind på en side, ikke i en anden tekst.",
                )
            }
            Self::Kept | Self::Nothing => {
                format!("»{shown}« kan ikke bruges i denne fil. Krøllede parenteser bruges kun på sider. {escape}")
            }
        };
        (DiagnosticCode::UnknownPlaceholder, message)
    }
}

fn unknown(shown: &str, name: &str, known: &[&str], advice: &str) -> String {
    let in_brackets = |name: &str| format!("{{{name}}}");
    let hint = did_you_mean(suggestion(name, known.iter().copied()).map(in_brackets).as_deref());
    let words: Vec<String> = known.iter().copied().map(in_brackets).collect();
    let allowed = if words.is_empty() { String::new() } else { format!(" Her kan bruges: {}.", words.join(", ")) };
    format!("»{shown}« kendes ikke her.{hint}{allowed} {advice}")
}

/// The end of the placeholder that starts at `place`: after its last closing bracket, or before the next one opens.
fn end_of_word(text: &str, place: usize) -> usize {
    let is_open = |c: char| c == '{';
    let inner = place + text[place..].chars().take_while(|c| is_open(*c)).count();
    let stop = inner + text[inner..].find(['{', '}', '\n']).unwrap_or(text.len() - inner);
    stop + text[stop..].chars().take_while(|c| *c == '}').count()
}
