//! Reads the UI messages and the texts that appear on many pages.

use super::privacy;
use super::translations::Translations;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::{hint, list};
use crate::diagnostics::diagnostic::{Location, Reporter};
use crate::markdown::render::{Body, Headings, render};
use crate::source::map::Map;
use crate::source::yaml;
use model::html::SafeHtml;
use model::keys::KEYS;
use model::privacy::PrivacyNotice;
use model::words::{BadWords, Words};
use std::collections::{BTreeMap, BTreeSet};

/// A text that appears on many pages, and its file.
pub(super) struct TextDraft<'a> {
    pub(super) body: Body,
    pub(super) reporter: Reporter<'a>,
}

/// The file names of the texts shared by all kredse. Pages show them without a placeholder.
pub(super) const NO_GUARANTEE: &str = "ingen-garanti";
pub(super) const PRIVACY: &str = "persondata";
pub(super) const NOT_URGENT: &str = "haster-ikke";
pub(super) const MISSED_CALL: &str = "opkald";
/// Cannot be replaced by a kreds.
pub(super) const HELPERS: &str = "andre-der-hjaelper";

/// The texts that appear on many pages in one language: those shared by all kredse, or those of one kreds.
#[derive(Default)]
pub(super) struct Texts<'a> {
    /// The texts, keyed by name.
    all: BTreeMap<&'static str, TextDraft<'a>>,
    /// The privacy notice. `None` if there is no such text, or if it is incomplete, which is reported.
    pub(super) privacy_notice: Option<PrivacyNotice>,
}

impl<'a> Texts<'a> {
    /// Reads the texts in the given files.
    pub(super) fn read(files: impl IntoIterator<Item = (&'static str, Reporter<'a>)>) -> Self {
        let mut texts = Self::default();
        for (name, reporter) in files {
            let read = if name == PRIVACY {
                let (text, notice) = privacy::notice(reporter);
                texts.privacy_notice = notice;
                text
            } else {
                text(reporter)
            };
            texts.all.insert(name, read);
        }
        texts
    }

    /// Reads the same texts in another language, and reports missing ones.
    pub(super) fn translated<'b>(&self, translations: &Translations<'b>) -> Texts<'b> {
        let translated = |(name, danish): (&&'static str, &TextDraft<'_>)| {
            Some((*name, translations.needed(danish.reporter, "Skriv den.")?))
        };
        Texts::read(self.all.iter().filter_map(translated))
    }

    /// Iterates over the texts.
    pub(super) fn all(&self) -> impl Iterator<Item = &TextDraft<'a>> {
        self.all.values()
    }

    /// The text with this name, as pages show it.
    pub(super) fn html(&self, name: &str) -> Option<SafeHtml> {
        self.all.get(name).map(|text| text.body.html.clone())
    }
}

/// Reads the UI messages. `None` if they are incomplete or invalid, which is reported.
pub(super) fn words(reporter: Reporter<'_>) -> Option<Words> {
    let node = yaml::load(reporter.text, reporter)?;
    let entries = Map::read(node.as_mapping(), reporter, Map::entries);
    let table: BTreeMap<String, String> = entries
        .iter()
        .map(|(key, text)| (key.text.to_owned(), text.map_or_else(String::new, |text| text.text.to_owned())))
        .collect();
    let faults = match Words::new(table) {
        Ok(words) => {
            for (key, wanted, what) in [("maaneder", 12, "måneder"), ("ugedage", 7, "ugedage")] {
                let entry = entries.iter().find(|(name, _)| name.text == key).and_then(|(_, text)| *text);
                let names: BTreeSet<&str> =
                    words.get(key).split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
                if let Some(text) = entry.filter(|_| names.len() != wanted) {
                    let advice = "Ellers får borgerne forkerte datoer. Skriv dem i rækkefølge med komma imellem.";
                    let message =
                        format!("Der skal være {wanted} forskellige {what}. Her er {}. {advice}", names.len());
                    reporter.at(text.at, DiagnosticCode::WrongValue, message);
                }
            }
            return Some(words);
        }
        Err(faults) => faults,
    };
    // A map, because a file may have many unknown keys to look up.
    let places: BTreeMap<&str, _> = entries.iter().rev().map(|(name, text)| (name.text, (name.at, *text))).collect();
    let place = |key: &str| places.get(key).copied().unwrap_or((Location::START, None));
    let missing: Vec<&str> =
        faults.iter().filter_map(|fault| if let BadWords::Missing(key) = fault { Some(*key) } else { None }).collect();
    let mut hinted = Vec::new();
    for fault in &faults {
        match fault {
            BadWords::Unknown(key) => {
                hinted.extend(crate::diagnostics::danish::suggestion(key, missing.iter().copied()));
                let hint = hint(key, missing.iter().copied());
                let advice = "Navnet før kolon må ikke ændres; kun teksten efter.";
                reporter.at(
                    place(key).0,
                    DiagnosticCode::UnknownKey,
                    format!("»{key}« bruges ikke noget sted.{hint} {advice}"),
                );
            }
            BadWords::Placeholders { key, placeholders } => {
                // An empty text has been reported already.
                if let (_, Some(text)) = place(key) {
                    let rule = match placeholders.as_str() {
                        "" => "Teksten må ikke have krøllede parenteser.".to_owned(),
                        all => format!("Disse ord skal stå i teksten, og ingen andre i krøllede parenteser: {all}."),
                    };
                    reporter.at(
                        text.at,
                        DiagnosticCode::UnknownPlaceholder,
                        format!("Teksten til »{key}« kan ikke udfyldes. {rule}"),
                    );
                }
            }
            BadWords::Missing(_) => {}
        }
    }
    let missing: Vec<&str> = missing.into_iter().filter(|key| !hinted.contains(key)).collect();
    if !missing.is_empty() {
        let all = if missing.len() == KEYS.len() { "alle".to_owned() } else { list(missing) };
        reporter.file(
            DiagnosticCode::MissingWord,
            format!("Der mangler tekster: {all}. Tilføj en linje for hver: navn, kolon, mellemrum og tekst."),
        );
    }
    None
}

/// Reads a text without front matter.
pub(super) fn text(reporter: Reporter<'_>) -> TextDraft<'_> {
    if reporter.text.trim().is_empty() {
        reporter.file(DiagnosticCode::EmptyFile, "Filen er tom. Skriv den tekst, der skal vises.");
    }
    TextDraft { body: render(reporter, 0, Headings::Refused), reporter }
}
