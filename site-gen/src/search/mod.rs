//! What the search of the site knows: every page that citizens may find, and the words on it.

mod words;

use crate::danish::order;
use crate::sheet::Kind;
use crate::site::{Page, Site};
use model::atlas::{Kreds, PostalArea};
use model::form::Form;
use model::html::SafeHtml;
use model::names::Language;
use pages::{SearchEntry, SearchKreds, address};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use words::Words;

/// All pages of one language that can be found.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Listing {
    pages: Vec<Listed>,
    /// The page of each kreds, and its own pages.
    kredse: Vec<(Listed, Vec<Listed>)>,
}

/// A page, and its words by how much they tell of it.
#[derive(Clone, PartialEq, Eq)]
struct Listed {
    entry: SearchEntry,
    words: Vec<(Weight, String)>,
}

/// How much a word tells of the page it stands on, in the numbers of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    Text = 1,
    Description = 4,
    /// A place that a kreds is responsible for.
    Place = 6,
    Title = 8,
}

/// The index, as the script reads it.
#[derive(Serialize)]
struct Index {
    /// What is written instead of some letters, in this order.
    folds: &'static [(&'static str, &'static str)],
    /// What words may end with beyond their stem: what is usual in the language, and what words of the site do.
    endings: BTreeSet<String>,
    /// By stem: the number of a page on the list, and how much the word tells of it, in turn.
    stems: BTreeMap<String, Vec<usize>>,
}

/// The pages of one language, of all that are rendered: those that search engines may find, each form once.
pub(crate) fn listing<'a>(site: &Site, language: &Language, kinds: impl Iterator<Item = &'a Kind<'a>>) -> Listing {
    let at = |path: &str| address::in_language(language, path);
    let words = site.catalog().texts(language).map(|texts| &texts.words);
    let word = |key| words.map_or("", |words| words.get(key));
    let mut listing = Listing { pages: Vec::new(), kredse: Vec::new() };
    let mut forms: Vec<Listed> = Vec::new();
    for kind in kinds {
        match kind {
            // Its own title is that of a form.
            Kind::Front(page) => {
                let mut front = written(page, &at(&page.path));
                front.entry.title = word("forside").to_owned();
                front.words.push((Weight::Title, front.entry.title.clone()));
                listing.pages.push(front);
            }
            Kind::Page(page) => listing.pages.push(written(page, &at(&page.path))),
            Kind::Kreds(kreds, page, ..) => {
                listing.kredse.push((of_kreds(site, kreds, page, &at(&page.path)), Vec::new()));
            }
            Kind::KredsPage(_, page) | Kind::Tour(_, page) => {
                if let Some((_, own)) = listing.kredse.last_mut() {
                    own.push(written(page, &at(&page.path)));
                }
            }
            Kind::Places => {
                listing.pages.push(listed(word("liste_overskrift"), word("liste_indledning"), at(&address::places())));
            }
            Kind::AllTours => {
                listing.pages.push(listed(word("tur"), word("tur_indledning"), at(&address::tour(None))));
            }
            // Which kreds it is for is asked first.
            Kind::Form(_, form) if forms.len() < site.catalog().forms(language).count() => {
                forms.push(of_form(form, format!("{}#find-kreds", at(&address::front()))));
            }
            Kind::Start(..)
            | Kind::Form(..)
            | Kind::Exit(..)
            | Kind::Search(..)
            | Kind::Moved(_)
            | Kind::Statement
            | Kind::NotFound => {}
        }
    }
    listing.pages.sort_by_cached_key(|page| order(&page.entry.title));
    listing.pages.splice(0..0, forms);
    listing
}

impl Listing {
    /// The national pages, as the list shows them.
    pub(crate) fn pages(&self) -> Vec<SearchEntry> {
        self.pages.iter().map(|page| page.entry.clone()).collect()
    }

    /// The kredse, as the list shows them.
    pub(crate) fn kredse(&self) -> Vec<SearchKreds> {
        let shown = |(kreds, own): &(Listed, Vec<Listed>)| SearchKreds {
            entry: kreds.entry.clone(),
            own: own.iter().map(|page| page.entry.clone()).collect(),
        };
        self.kredse.iter().map(shown).collect()
    }

    /// The words of all pages as JSON, by the order of the list.
    pub(crate) fn index(&self, language: &Language) -> String {
        let words = Words::of(language);
        let pages = self.pages.iter().chain(self.kredse.iter().flat_map(|(kreds, own)| [kreds].into_iter().chain(own)));
        let mut endings: BTreeSet<String> = words.endings().map(str::to_owned).collect();
        let mut stems: BTreeMap<String, BTreeMap<usize, Weight>> = BTreeMap::new();
        let mut count = 0;
        for (place, page) in pages.enumerate() {
            count = place + 1;
            for (weight, text) in &page.words {
                for (stem, ending) in words.stems(text) {
                    let found = stems.entry(stem).or_default().entry(place).or_insert(*weight);
                    *found = (*found).max(*weight);
                    endings.insert(ending);
                }
            }
        }
        // What three of four pages say tells of none, but where it is a page's name: that is `og` and `du`.
        for places in stems.values_mut().filter(|places| 4 * places.len() > 3 * count) {
            places.retain(|_, weight| *weight > Weight::Description);
        }
        stems.retain(|_, places| !places.is_empty());
        endings.remove("");
        let flat = |places: BTreeMap<usize, Weight>| {
            places.into_iter().flat_map(|(place, weight)| [place, weight as usize]).collect()
        };
        let stems = stems.into_iter().map(|(stem, places)| (stem, flat(places))).collect();
        serde_json::json!(Index { folds: words::FOLDS, endings, stems }).to_string()
    }
}

fn listed(title: &str, text: &str, href: String) -> Listed {
    let entry = SearchEntry { title: title.to_owned(), text: text.to_owned(), href };
    Listed { words: vec![(Weight::Title, title.to_owned()), (Weight::Description, text.to_owned())], entry }
}

fn written(page: &Page, href: &str) -> Listed {
    let mut listed = listed(&page.listed_title(), &page.description, href.to_owned());
    listed.words.push((Weight::Text, text(&page.body)));
    listed
}

/// The page of a kreds, with the kommuner, towns and postcodes it is responsible for.
fn of_kreds(site: &Site, kreds: &Kreds, page: &Page, href: &str) -> Listed {
    let atlas = site.catalog().atlas();
    let mut kommuner: Vec<&str> = atlas.kommuner_of(&kreds.slug).map(|kommune| kommune.name.as_str()).collect();
    kommuner.sort_by_cached_key(|name| order(name));
    let mut listed = listed(&page.title, &kommuner.join(", "), href.to_owned());
    listed.words.push((Weight::Text, text(&page.body)));
    listed.words.push((Weight::Description, page.description.clone()));
    let is_own = |area: &&PostalArea| atlas.kredse_of(area).contains(&kreds.slug);
    let places = atlas.postal_areas().iter().filter(is_own).map(|area| format!("{} {}", area.code, area.name));
    let places = kommuner.iter().map(|name| (*name).to_owned()).chain(places).collect::<Vec<_>>();
    listed.words.push((Weight::Place, places.join(" ")));
    listed
}

/// A form, with what it asks and what may be answered.
fn of_form(form: &Form, href: String) -> Listed {
    let mut listed = listed(form.title(), form.summary(), href);
    let mut asked = vec![text(form.introduction())];
    for field in form.fields() {
        asked.push(field.question.clone());
        asked.extend(field.hint.clone());
        asked.extend(field.kind.choices().into_iter().flatten().map(|choice| choice.label.clone()));
    }
    listed.words.push((Weight::Text, asked.join(" ")));
    listed
}

/// The words of a text. Cells of a table stand side by side without a space.
fn text(html: &SafeHtml) -> String {
    SafeHtml::from_renderer(html.as_str().replace('<', " <")).text()
}
