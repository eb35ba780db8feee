//! Matches the files of one other language with the Danish files they translate, and reports missing ones.

use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::{hint, list, suggestion};
use crate::diagnostics::diagnostic::Reporter;
use crate::source::front_matter::split;
use crate::source::paths::parts;
use model::names::Language;
use std::collections::BTreeMap;

/// The files of one language other than Danish.
pub(super) struct Translations<'a> {
    pub(super) language: Language,
    /// The file of UI messages, which makes it a language of the site.
    pub(super) words: Reporter<'a>,
    /// The translations, keyed by the path of the Danish file.
    files: BTreeMap<String, Reporter<'a>>,
}

impl<'a> Translations<'a> {
    /// Creates a language that has only its UI messages so far.
    pub(super) const fn new(language: Language, words: Reporter<'a>) -> Self {
        Self { language, words, files: BTreeMap::new() }
    }

    /// The translation of a Danish file, if there is one.
    pub(super) fn find(&self, danish: &str) -> Option<Reporter<'a>> {
        self.files.get(danish).copied()
    }

    /// The translation of a Danish file. Reports a missing one with advice, and a mere copy of the Danish text.
    pub(super) fn needed(&self, danish: Reporter<'_>, advice: &str) -> Option<Reporter<'a>> {
        let found = self.find(danish.path);
        if let Some(found) = found.filter(|found| is_copy(text_of(danish), text_of(*found))) {
            let message = format!("Teksten er den danske fra {}. Oversæt den.", danish.path);
            found.at_byte(
                found.text.len() - text_of(found).trim_start().len(),
                DiagnosticCode::MissingTranslation,
                message,
            );
        }
        if found.is_none() {
            danish.file(
                DiagnosticCode::MissingTranslation,
                format!("Oversættelsen {} mangler. {advice}", name_in(&self.language, danish.path)),
            );
        }
        found
    }

    /// Reports each translation of a missing file. `sources` are the sorted paths of all files.
    pub(super) fn report_orphans(&self, sources: &[&str], is_reported: impl Fn(&str) -> bool) {
        for (danish, reporter) in &self.files {
            if sources.binary_search(&danish.as_str()).is_ok() || is_reported(danish) {
                continue;
            }
            let folder = danish.rsplit_once('/').map_or("", |(folder, _)| folder);
            let others = sources.iter().filter(|path| parts(path).is_none());
            let names = others.filter_map(|path| path.strip_prefix(folder)?.strip_prefix('/')?.strip_suffix(".md"));
            let written = danish[folder.len()..].trim_start_matches('/').trim_end_matches(".md");
            let hint = suggestion(written, names)
                .map_or_else(String::new, |name| format!(" Mente du »{name}.{}.md«?", self.language));
            reporter.file(
                DiagnosticCode::StrayTranslation,
                format!("Der er ingen dansk fil {danish} at oversætte.{hint} Ret filens navn, eller slet den."),
            );
        }
    }
}

/// The text of a file below its front matter.
fn text_of(reporter: Reporter<'_>) -> &str {
    let body = if reporter.text.starts_with("---") { split(reporter.text).map_or(0, |(_, body)| body) } else { 0 };
    reporter.text.get(body..).unwrap_or_default()
}

/// True if the text is a copy of the Danish one. Up to 19 words, such as names or links, may be equal in both.
fn is_copy(danish: &str, translated: &str) -> bool {
    danish.trim() == translated.trim() && danish.split_whitespace().nth(19).is_some()
}

/// Adds a translation to its language, or reports why it belongs to none.
pub(super) fn place<'a>(all: &mut [Translations<'a>], danish: String, code: &str, reporter: Reporter<'a>) {
    if code == Language::danish().as_str() {
        let name = danish.rsplit('/').next().unwrap_or_default();
        return reporter.file(
            DiagnosticCode::FileName,
            format!("Den danske fil har intet sprog i navnet. Omdøb den til »{name}«."),
        );
    }
    if let Some(language) = all.iter_mut().find(|language| language.language.as_str() == code) {
        language.files.insert(danish, reporter);
        return;
    }
    let known = || all.iter().map(|language| language.language.as_str());
    let (hint, all) = (hint(code, known()), list(known()));
    let allowed = if all.is_empty() { String::new() } else { format!(" Sprogene her er: {all}.") };
    reporter.file(DiagnosticCode::UnknownLanguage, format!(
        "Filen er en oversættelse til »{code}«, men sprog/{code}.yaml er der ikke.{hint}{allowed} Lav den fil, omdøb \
         denne, eller slet den."
    ));
}

/// The file name of a Danish file's translation, without the folder.
fn name_in(language: &Language, danish: &str) -> String {
    let name = danish.rsplit('/').next().unwrap_or_default();
    format!("{}.{language}.md", name.trim_end_matches(".md"))
}
