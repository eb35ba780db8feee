//! The addresses of the site, and whether every link leads to one of them.

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

/// Every address of the site, whose page it is, and the headings a link may lead to.
pub(crate) struct Addresses {
    pages: HashMap<String, Page, FixedState>,
    /// Places where a link has been reported already: a text that many kredse show has one link there, which leads to many places.
    reported: RefCell<BTreeSet<(String, Location)>>,
    /// Earlier addresses of pages, below the language prefix.
    old: BTreeMap<String, Old>,
    /// Times of the pages that are not there always, and the files that say so.
    times: BTreeMap<String, (Published, String)>,
    /// The addresses to guess from in each language, once one was guessed.
    guesses: RefCell<BTreeMap<Language, Rc<Guesses>>>,
    /// The address of the site itself, if it is known.
    base_url: Option<String>,
    profile: BuildProfile,
}

struct Old {
    owner: String,
    /// The address of the page now.
    path: String,
}

struct Page {
    owner: String,
    /// None where they are not known, and so not checked.
    headings: Option<Ids>,
}

/// First parts of addresses that the function and the assets stand under. Languages have two letters.
const TAKEN: [&str; 5] = ["assets", "find-kreds", "indsend", "kvittering", "sag"];

impl Addresses {
    /// No addresses yet.
    pub(crate) fn new(profile: BuildProfile, base_url: Option<&str>) -> Self {
        let (pages, reported, old, times, guesses) = Default::default();
        Self { pages, reported, old, times, guesses, base_url: base_url.map(str::to_owned), profile }
    }

    /// The target of a link: a page of this site also where its whole address is written.
    fn target<'l>(&self, link: &'l Link) -> Cow<'l, Target> {
        let within = self.base_url.as_deref().and_then(|base_url| link.target.within(base_url));
        within.map_or(Cow::Borrowed(&link.target), Cow::Owned)
    }

    /// Sets when the page at an address is there, as the file at the path `danish` says.
    pub(crate) fn publish(&mut self, address: &str, published: Published, danish: &str) {
        if published != Published::ALWAYS {
            self.times.insert(address.to_owned(), (published, danish.to_owned()));
        }
    }

    /// Reports a link that can be seen, at some time from now on, when the page it leads to cannot. `published` is when
    /// the text with the link can be seen.
    pub(crate) fn check_time(&self, published: Published, link: &Link, reporter: Reporter<'_>) {
        let target = self.target(link);
        let Target::Page { path, .. } = &*target else { return };
        let path = path.split('?').next().unwrap_or_default();
        if let Some((time, danish)) = self.times.get(path)
            && let Some(gap) = time.gap(published, self.profile)
        {
            let page = format!("Siden »{}«", excerpt(path));
            reporter.at(link.at, DiagnosticCode::UnpublishedPage, gap.message(&page, "Fjern linket så længe", danish));
        }
    }

    /// Adds an author's Danish page, and reports its file if the address is not free.
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

    /// Adds a page as it is written; of one that is empty, which is reported elsewhere, the headings are not known.
    pub(crate) fn written(&mut self, address: String, headings: &[String], reporter: Reporter<'_>) {
        if reporter.text.trim().is_empty() {
            self.expect(address, reporter.path);
        } else {
            self.insert(address, reporter.path, headings);
        }
    }

    /// Adds a page whose address nobody chose: a translation, or one that is made of other things than one file.
    pub(crate) fn insert(&mut self, address: String, owner: &str, headings: &[String]) {
        let headings = Ids::new(headings);
        self.pages.insert(address, Page { owner: owner.to_owned(), headings: Some(headings) });
    }

    /// Adds a page that is still missing, which is reported elsewhere: links to it are right.
    pub(crate) fn expect(&mut self, address: String, owner: &str) {
        self.pages.entry(address).or_insert_with(|| Page { owner: owner.to_owned(), headings: None });
    }

    /// Adds an address at which the page at `path` was before, and reports it if it cannot lead on to it. To be called when
    /// all pages are there: an old address leads to a page and never to another old one, so none can lead in a circle.
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

    /// Reports a link of a text in `language` that leads nowhere, or to a Danish page that has a twin in it.
    /// `own` is the address of the page it stands on, if it stands on one only.
    pub(crate) fn check(&self, language: &Language, own: Option<&str>, link: &Link, reporter: Reporter<'_>) {
        let heading_fault = |path: &str, heading: &str| self.pages.get(path)?.headings.as_ref()?.fault(path, heading);
        let fault = match &*self.target(link) {
            // While an author looks at it, that machine is where the site is.
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
        // Paths by people who think of files: `privatliv.md`, `../privatliv/`, `/privatliv`.
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

    /// The addresses in a language. No page is added any more when the first is guessed.
    fn guesses(&self, language: &Language) -> Rc<Guesses> {
        let is_own =
            |address: &&str| Language::parse(first(address)).unwrap_or_else(|_| Language::danish()) == *language;
        let all = || Rc::new(Guesses::new(self.pages.keys().map(String::as_str).filter(is_own)));
        Rc::clone(self.guesses.borrow_mut().entry(language.clone()).or_insert_with(all))
    }

    /// The address now of the page that was at this one.
    fn new_path(&self, path: &str) -> Option<String> {
        let prefix = Language::parse(first(path)).map_or_else(|_| String::new(), |language| language.prefix());
        let old = self.old.get(path.strip_prefix(&prefix)?)?;
        let twin = format!("{prefix}{}", old.path);
        Some(if self.pages.contains_key(&twin) { twin } else { old.path.clone() })
    }
}

/// The first part of an address.
fn first(address: &str) -> &str {
    address.trim_start_matches('/').split('/').next().unwrap_or_default()
}
