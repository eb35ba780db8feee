//! Assigns every content file to its part of the site, by its path.

use super::figures;
use super::map::{self, MAP, OUTLINES};
use super::phone_numbers;
use super::texts::{HELPERS, MISSED_CALL, NO_GUARANTEE, NOT_URGENT, PRIVACY};
use super::translations::{self, Translations};
use crate::check::basis;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::{hint, slug};
use crate::diagnostics::diagnostic::{Diagnostics, Reporter};
use crate::source::paths;
use crate::source::read::Source;
use ::pages::address::CONTROLS;
use model::names::{BadName, FormId, KredsSlug, Language, PageSlug, ReasonSlug};
use std::collections::BTreeMap;

/// All content files, by the part of the site that they belong to.
#[derive(Default)]
pub(super) struct Layout<'a> {
    /// The files with a fixed path, keyed by it.
    files: BTreeMap<&'a str, Reporter<'a>>,
    /// The texts shared by all kredse, keyed by name. Two are optional: without them, the page about 112 names
    /// nobody else, and the UI messages explain a missed call.
    pub(super) texts: BTreeMap<&'static str, Reporter<'a>>,
    pub(super) pages: Vec<(PageSlug, Reporter<'a>)>,
    /// The pages of every kreds, unless it has its own with the same name.
    pub(super) shared: Vec<(PageSlug, Reporter<'a>)>,
    /// The texts that pages show by placeholder.
    pub(super) blocks: Vec<(PageSlug, Reporter<'a>)>,
    pub(super) kredse: BTreeMap<KredsSlug, Folder<'a>>,
    pub(super) forms: Vec<(FormId, Reporter<'a>)>,
    pub(super) signposts: Vec<(PageSlug, Reporter<'a>)>,
    pub(super) reasons: Vec<(ReasonSlug, Reporter<'a>)>,
    /// The other languages, by code.
    pub(super) translations: Vec<Translations<'a>>,
}

/// The files of one kreds.
#[derive(Default)]
pub(super) struct Folder<'a> {
    pub(super) facts: Option<Reporter<'a>>,
    pub(super) tour: Option<Reporter<'a>>,
    pub(super) pages: Vec<(PageSlug, Reporter<'a>)>,
    /// The controls that it has carried out.
    pub(super) controls: Vec<(PageSlug, Reporter<'a>)>,
    /// Its own texts, with the names of the shared ones they replace.
    pub(super) texts: Vec<(PageSlug, Reporter<'a>)>,
}

/// The paths of the required files.
const NEEDED: [&str; 13] = [
    "indstillinger.md",
    "data/kommuner.csv",
    "data/postnumre.csv",
    OUTLINES,
    MAP,
    phone_numbers::FILE,
    "sprog/da.yaml",
    "tekster/ingen-garanti.md",
    "tekster/persondata.md",
    "tekster/haster-ikke.md",
    "ord/kodeord.txt",
    "ord/fareord.txt",
    "sider/forside.md",
];

/// The paths of the optional files: other place names, figures, words that are hard to read, the versions that
/// translations were last compared with, and the approved commitments.
const OPTIONAL: [&str; 5] =
    ["data/stednavne.csv", figures::FILE, "ord/klart-sprog.txt", basis::FILE, paths::COMMITMENTS];

impl<'a> Layout<'a> {
    /// Assigns every file to its part, and reports unused and missing files.
    pub(super) fn of(sources: &'a [Source], diagnostics: &'a Diagnostics) -> Self {
        let translations = sources.iter().filter_map(|source| {
            let code = source.path.strip_prefix("sprog/")?.strip_suffix(".yaml")?;
            let language = Language::parse(code).ok().filter(|language| *language != Language::danish())?;
            Some(Translations::new(language, source.reporter(diagnostics)))
        });
        let mut layout = Self { translations: translations.collect(), ..Self::default() };
        for source in sources {
            layout.place(source.reporter(diagnostics));
        }
        let paths: Vec<&str> = sources.iter().map(|source| source.path.as_str()).collect();
        for path in NEEDED {
            if paths.binary_search(&path).is_err() {
                let earlier = "Den skal være der; hent den eventuelt fra en tidligere udgave.";
                let advice = if path == MAP { map::ADVICE } else { earlier };
                diagnostics.missing(path, DiagnosticCode::MissingFile, &format!("Filen mangler. {advice}"));
            }
        }
        for (slug, folder) in &layout.kredse {
            if folder.facts.is_none() {
                let path = format!("kredse/{slug}/kreds.md");
                diagnostics.missing(
                    &path,
                    DiagnosticCode::MissingFile,
                    "Filen mangler. Hver mappe i kredse/ skal have en kreds.md med kredsens oplysninger.",
                );
            }
        }
        for language in &layout.translations {
            language.report_orphans(&paths, |path| diagnostics.is_reported(path));
        }
        layout
    }

    fn place(&mut self, reporter: Reporter<'a>) {
        if let Some((danish, code)) = paths::parts(reporter.path) {
            return translations::place(&mut self.translations, danish, code, reporter);
        }
        let parts: Vec<&str> = reporter.path.split('/').collect();
        match parts.as_slice() {
            ["tekster", name] => match shared_text(name) {
                Some(text) => drop(self.texts.insert(text, reporter)),
                None => self.blocks.extend(named(name, reporter, PageSlug::parse)),
            },
            _ if NEEDED.contains(&reporter.path) || OPTIONAL.contains(&reporter.path) => {
                self.files.insert(reporter.path, reporter);
            }
            ["sider", name] => self.pages.extend(named(name, reporter, PageSlug::parse)),
            ["sprog", name] => {
                let is_language = name.strip_suffix(".yaml").is_some_and(|code| Language::parse(code).is_ok());
                if !is_language {
                    let rule = "Et sprogs fil hedder to små bogstaver og .yaml, for eksempel »en.yaml«.";
                    reporter.file(
                        DiagnosticCode::UnusedFile,
                        format!("Filen »{name}« bruges ikke til noget. {rule} Omdøb filen, eller slet den."),
                    );
                }
            }
            ["formularer", name] => self.forms.extend(named(name, reporter, FormId::parse)),
            ["udgange", name] => self.signposts.extend(named(name, reporter, PageSlug::parse)),
            ["grunde", name] => self.reasons.extend(named(name, reporter, ReasonSlug::parse)),
            ["faelles", name] => self.shared.extend(named(name, reporter, PageSlug::parse)),
            ["kredse", folder, place @ ..] if matches!(place, [_] | ["tekster" | CONTROLS, _]) => {
                let Ok(kreds) = KredsSlug::parse(folder) else {
                    return reporter.file(
                        DiagnosticCode::FileName,
                        format!("Mappen »{folder}« kan ikke hedde sådan. {}", advice(folder, "")),
                    );
                };
                let folder = self.kredse.entry(kreds).or_default();
                match place {
                    ["kreds.md"] => folder.facts = Some(reporter),
                    ["tur.md"] => folder.tour = Some(reporter),
                    [name] => folder.pages.extend(named(name, reporter, PageSlug::parse)),
                    [CONTROLS, name] => folder.controls.extend(named(name, reporter, PageSlug::parse)),
                    [.., name] => folder.texts.extend(named(name, reporter, PageSlug::parse)),
                    [] => {}
                }
            }
            _ => {
                let hint = hint(reporter.path, NEEDED);
                reporter.file(DiagnosticCode::UnusedFile, format!("Filen bruges ikke til noget.{hint} Flyt den til sider/, faelles/, kredse/, formularer/, udgange/, grunde/ eller tekster/, eller slet den."));
            }
        }
    }

    /// The file at one of the [`NEEDED`] or [`OPTIONAL`] paths.
    pub(super) fn file(&self, path: &str) -> Option<Reporter<'a>> {
        debug_assert!(NEEDED.contains(&path) || OPTIONAL.contains(&path), "{path}");
        self.files.get(path).copied()
    }
}

/// The name of a text shared by all kredse, by its file name.
fn shared_text(file: &str) -> Option<&'static str> {
    let name = file.strip_suffix(".md")?;
    [NO_GUARANTEE, PRIVACY, NOT_URGENT, MISSED_CALL, HELPERS].into_iter().find(|text| *text == name)
}

/// Parses the name that a Markdown file has in addresses.
fn named<'a, T>(
    name: &str,
    reporter: Reporter<'a>,
    parse: fn(&str) -> Result<T, BadName>,
) -> Option<(T, Reporter<'a>)> {
    let Some(stem) = name.strip_suffix(".md") else {
        reporter.file(
            DiagnosticCode::UnusedFile,
            format!("Filen »{name}« bruges ikke til noget. En side skal ende på .md. Omdøb filen, eller slet den."),
        );
        return None;
    };
    let parsed = parse(stem).ok();
    if parsed.is_none() {
        reporter
            .file(DiagnosticCode::FileName, format!("Filen »{name}« kan ikke hedde sådan. {}", advice(stem, ".md")));
    }
    parsed.map(|parsed| (parsed, reporter))
}

fn advice(name: &str, end: &str) -> String {
    let example = match slug(name) {
        empty if empty.is_empty() => String::new(),
        slug => format!(", for eksempel »{}{end}«", slug.chars().take(60).collect::<String>()),
    };
    let lower = name.to_lowercase();
    let is_copy = ["kopi", "copy", "conflict", "backup", "("].iter().any(|part| lower.contains(part));
    let copy = if is_copy { "Er det en kopi, så slet den. Ellers: " } else { "" };
    format!("{copy}Brug kun a-z, tal og enkelte bindestreger (æ er ae, ø er oe, å er aa){example}.")
}
