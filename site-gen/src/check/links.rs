//! The addresses of the site, and the check that every link leads to one of them.

mod ids;

use crate::check::build_profile::{BuildProfile, Reader};
use crate::check::published::Published;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::{Guesses, excerpt};
use crate::diagnostics::diagnostic::{Location, Reporter};
use crate::markdown::render::Link;
use crate::markdown::target::{Target, path_here};
use foldhash::fast::FixedState;
use ids::Ids;
use model::names::Language;
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

/// Every address of the site, with its owner and the headings that a link may target.
pub(crate) struct Addresses {
    pages: HashMap<String, Page, FixedState>,
    /// Locations of links that were reported already: a text shown by many kredse has one link with many targets.
    reported: RefCell<BTreeSet<(String, Location)>>,
    /// Old addresses of pages, without the language prefix.
    old: BTreeMap<String, Old>,
    /// Periods of the pages that are not always published, and the files that set them.
    times: BTreeMap<String, (Published, String)>,
    /// Candidates for suggestions in each language, created on first use.
    guesses: RefCell<BTreeMap<Language, Rc<Guesses>>>,
    /// The URL of the site, if it is known.
    base_url: Option<String>,
    profile: BuildProfile,
}

struct Old {
    owner: String,
    /// The current address of the page.
    path: String,
}

struct Page {
    owner: String,
    /// `None` if unknown, and therefore not checked.
    headings: Option<Ids>,
}

/// First path segments used by the function and the assets. Those of languages have two letters.
const TAKEN: [&str; 5] = ["assets", "find-kreds", "indsend", "kvittering", "sag"];

impl Addresses {
    /// Starts without addresses.
    pub(crate) fn new(profile: BuildProfile, base_url: Option<&str>) -> Self {
        let (pages, reported, old, times, guesses) = Default::default();
        Self { pages, reported, old, times, guesses, base_url: base_url.map(str::to_owned), profile }
    }

    /// The target of a link. A full URL of this site becomes a page.
    fn target<'l>(&self, link: &'l Link) -> Cow<'l, Target> {
        let within = self.base_url.as_deref().and_then(|base_url| link.target.within(base_url));
        within.map_or(Cow::Borrowed(&link.target), Cow::Owned)
    }

    /// Sets the period in which the page at an address is published, according to the file at the path `danish`.
    pub(crate) fn publish(&mut self, address: &str, published: Published, danish: &str) {
        if published != Published::ALWAYS {
            self.times.insert(address.to_owned(), (published, danish.to_owned()));
        }
    }

    /// Reports a link that is visible, at some time from now on, while the page it leads to is not. `published` is the
    /// period of the text with the link.
    pub(crate) fn check_time(&self, published: Published, link: &Link, reporter: Reporter<'_>) {
        let target = self.target(link);
        let Target::Page { path, .. } = &*target else { return };
        let path = path.split('?').next().unwrap_or_default();
        if let Some((time, danish)) = self.times.get(path)
            && let Some(gap) = time.gap(published, self.profile.now)
        {
            let page = format!("Siden »{}«", excerpt(path));
            reporter.at(link.at, DiagnosticCode::UnpublishedPage, gap.message(&page, "Fjern linket så længe", danish));
        }
    }

    /// Adds an author's Danish page, or reports its file if the address is taken.
    pub(crate) fn add(&mut self, address: &str, headings: &[String], reporter: Reporter<'_>) {
        if TAKEN.contains(&first(address)) || Language::parse(first(address)).is_ok() {
            reporter.file(
                DiagnosticCode::TakenAddress,
                format!("Adressen »{address}« bruges af systemet selv. Giv filen eller mappen et andet navn."),
            );
        } else if let Some(page) = self.pages.get(address) {
            let advice = "Giv filen eller mappen et andet navn.";
            reporter.file(
                DiagnosticCode::TakenAddress,
                format!("Adressen »{address}« bruges allerede af {}. {advice}", page.owner),
            );
        } else {
            self.written(address.to_owned(), headings, reporter);
        }
    }

    /// Adds a page with its headings. Those of an empty file, which is reported elsewhere, are unknown.
    pub(crate) fn written(&mut self, address: String, headings: &[String], reporter: Reporter<'_>) {
        if reporter.text.trim().is_empty() {
            self.expect(address, reporter.path);
        } else {
            self.insert(address, reporter.path, headings);
        }
    }

    /// Adds a page whose address nobody chose: a translation, or a page that is not made from a single file.
    pub(crate) fn insert(&mut self, address: String, owner: &str, headings: &[String]) {
        let headings = Ids::new(headings);
        self.pages.insert(address, Page { owner: owner.to_owned(), headings: Some(headings) });
    }

    /// Adds a missing page, which is reported elsewhere, so that links to it are valid.
    pub(crate) fn expect(&mut self, address: String, owner: &str) {
        self.pages.entry(address).or_insert_with(|| Page { owner: owner.to_owned(), headings: None });
    }

    /// Adds an old address of the page at `path`, or reports it if it cannot redirect there. All pages must have been
    /// added: an old address leads to a page and never to another old one, so redirects cannot loop.
    pub(crate) fn moved(&mut self, old: &str, at: Location, path: &str, reporter: Reporter<'_>) {
        let message = if old == path {
            "er sidens egen adresse nu. Her skal kun stå de adresser, siden havde før. Slet den.".to_owned()
        } else if TAKEN.contains(&first(old)) {
            "bruges af systemet selv. Den kan ikke føre videre til en side. Slet den.".to_owned()
        } else if let Ok(language) = Language::parse(first(old)) {
            let bare = old.strip_prefix(&language.prefix()).unwrap_or(old);
            format!(
                "begynder med to bogstaver, og det gør kun adresser på andre sprog. Skriv kun »{bare}«, så gælder den på \
                 alle sprog."
            )
        } else if let Some(page) = self.pages.get(old) {
            let owner = &page.owner;
            format!("er adressen på en anden side nu ({owner}), så den kan ikke føre hertil. Slet den ene.")
        } else if let Some(other) = self.old.get(old) {
            let owner = &other.owner;
            format!("står allerede i {owner}, og den kan kun føre ét sted hen. Slet den ene.")
        } else {
            self.old.insert(old.to_owned(), Old { owner: reporter.path.to_owned(), path: path.to_owned() });
            return;
        };
        reporter.at(at, DiagnosticCode::TakenAddress, format!("»{old}« {message}"));
    }

    /// Reports a link of a text in `language` that leads nowhere, or to a Danish page that is translated to that
    /// language. `own` is the address of the page with the link; `None` if the text is on several pages.
    pub(crate) fn check(&self, language: &Language, own: Option<&str>, link: &Link, reporter: Reporter<'_>) {
        let heading_fault = |path: &str, heading: &str| self.pages.get(path)?.headings.as_ref()?.fault(path, heading);
        let fault = match &*self.target(link) {
            // In a preview, the author's own machine serves the site.
            Target::Web(_) if self.profile.reader == Reader::Author => None,
            Target::Web(address) => path_here(address).map(|path| {
                let advice = format!("Skriv stien: »{}«.", excerpt(path));
                (DiagnosticCode::BadLink, format!("Linket »{}« fører til din egen maskine. {advice}", excerpt(address)))
            }),
            Target::Person => None,
            Target::Refused(message) => Some((DiagnosticCode::BadLink, message.clone())),
            Target::Here(heading) => match own {
                Some(own) => heading_fault(own, heading),
                None => {
                    let shown = excerpt(heading);
                    let why = "kan ikke bruges her, for teksten vises på flere sider";
                    let example = format!("Skriv hele stien, for eksempel »/privatliv/#{shown}«.");
                    Some((DiagnosticCode::BadLink, format!("Linket »#{shown}« {why}. {example}")))
                }
            },
            Target::Page { path, heading } => {
                let path = path.split('?').next().unwrap_or_default();
                let twin = language.prefix() + path;
                match heading {
                    _ if twin != path && self.pages.contains_key(&twin) => {
                        let (shown, twin) = (excerpt(path), excerpt(&twin));
                        let message = format!("Linket »{shown}« fører til den danske side. Skriv »{twin}«.");
                        Some((DiagnosticCode::LinkLanguage, message))
                    }
                    _ if !self.pages.contains_key(path) => Some(self.page_fault(language, path)),
                    Some(heading) => heading_fault(path, heading),
                    None => None,
                }
            }
        };
        let is_first = || self.reported.borrow_mut().insert((reporter.path.to_owned(), link.at));
        if let Some((code, message)) = fault.filter(|_| is_first()) {
            reporter.at(link.at, code, message);
        }
    }

    fn page_fault(&self, language: &Language, path: &str) -> (DiagnosticCode, String) {
        let shown = excerpt(path);
        if let Some(now) = self.new_path(path) {
            let why = "fører til en gammel adresse, for siden er flyttet";
            return (DiagnosticCode::DeadLink, format!("Linket »{shown}« {why}. Skriv »{now}«."));
        }
        // Paths in terms of files: `privatliv.md`, `../privatliv/`, `/privatliv`.
        let bare = path.trim_start_matches(['.', '/']).trim_end_matches("index.html").trim_end_matches('/');
        let bare = bare.strip_suffix(".md").or_else(|| bare.strip_suffix(".html")).unwrap_or(bare);
        let bare = bare.strip_prefix("sider/").or_else(|| bare.strip_prefix("kredse/")).unwrap_or(bare);
        let right = if bare.is_empty() { "/".to_owned() } else { format!("/{bare}/") };
        let danish = Language::parse(first(&right)).ok().and_then(|code| right.strip_prefix(&code.prefix()));
        let right = match danish {
            Some(danish) if self.pages.contains_key(danish) && !self.pages.contains_key(&right) => {
                let why = "fører ingen steder, for siden findes kun på dansk";
                return (DiagnosticCode::LinkLanguage, format!("Linket »{shown}« {why}. Skriv »{danish}«."));
            }
            Some(_) => right,
            None => format!("{}{right}", language.prefix()),
        };
        if self.pages.contains_key(&right) {
            let message = format!("Linket »{shown}« skal skrives »{right}«: hele stien med skråstreg først og sidst.");
            (DiagnosticCode::BadLink, message)
        } else if !path.starts_with('/') {
            let guesses = self.guesses(language);
            let example = guesses.suggestion(&right).unwrap_or("/privatliv/");
            let advice = format!("Skriv den med skråstreg først og sidst, for eksempel »{example}«.");
            (DiagnosticCode::BadLink, format!("Linket »{shown}« er ikke en hel sti. {advice}"))
        } else {
            let guesses = self.guesses(language);
            let hint = guesses.suggestion(&right).map(|path| format!("Mente du »{path}«?"));
            let advice = hint.unwrap_or_else(|| "Tjek stavningen, eller lav siden.".to_owned());
            (DiagnosticCode::DeadLink, format!("Linket »{shown}« fører ikke til en side her. {advice}"))
        }
    }

    /// The addresses in a language. All pages must have been added before the first suggestion.
    fn guesses(&self, language: &Language) -> Rc<Guesses> {
        let is_own =
            |address: &&str| Language::parse(first(address)).unwrap_or_else(|_| Language::danish()) == *language;
        let all = || Rc::new(Guesses::new(self.pages.keys().map(String::as_str).filter(is_own)));
        Rc::clone(self.guesses.borrow_mut().entry(language.clone()).or_insert_with(all))
    }

    /// The current address of the page whose old address this is.
    fn new_path(&self, path: &str) -> Option<String> {
        let prefix = Language::parse(first(path)).map_or_else(|_| String::new(), |language| language.prefix());
        let old = self.old.get(path.strip_prefix(&prefix)?)?;
        let twin = format!("{prefix}{}", old.path);
        Some(if self.pages.contains_key(&twin) { twin } else { old.path.clone() })
    }
}

/// The first segment of an address.
fn first(address: &str) -> &str {
    address.trim_start_matches('/').split('/').next().unwrap_or_default()
}
