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
use std::collections::{BTreeMap, BTreeSet, HashMap};
use words::Words;

/// All pages of one language that can be found.
pub(crate) struct Listing {
    pages: Vec<Listed>,
    /// The page of each kreds, and its own pages.
    kredse: Vec<(Listed, Vec<Listed>)>,
}

/// A page, and its texts by how much they tell of it.
struct Listed {
    entry: SearchEntry,
    texts: Vec<(Weight, Text)>,
}

/// A text whose words are found. Those of a page are taken out of its HTML only when the index is made.
#[derive(PartialEq, Eq)]
enum Text {
    Plain(String),
    Html(SafeHtml),
}

impl Text {
    /// The words. Cells of a table stand side by side without a space.
    fn words(&self) -> String {
        match self {
            Self::Plain(text) => text.clone(),
            Self::Html(html) => SafeHtml::from_renderer(html.as_str().replace('<', " <")).text(),
        }
    }
}

/// Makes the index of one language, and reads again only those pages whose texts are others than before.
pub(crate) struct Indexer {
    words: Words,
    /// By address and title, what was read last.
    read: HashMap<(String, String), Read>,
}

/// The texts of a page, and each stem and ending of their words with the weight that it has there.
struct Read {
    texts: Vec<(Weight, Text)>,
    stems: Vec<(Weight, String, String)>,
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
                front.says(Weight::Title, word("forside"));
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
}

impl Indexer {
    /// Nothing is read yet.
    pub(crate) fn new(language: &Language) -> Self {
        Self { words: Words::of(language), read: HashMap::new() }
    }

    /// The words of all pages as JSON, by the order of the list.
    pub(crate) fn index(&mut self, listing: Listing) -> String {
        let own = |(kreds, own): (Listed, Vec<Listed>)| [kreds].into_iter().chain(own);
        let pages: Vec<Listed> = listing.pages.into_iter().chain(listing.kredse.into_iter().flat_map(own)).collect();
        let count = pages.len();
        let mut last = std::mem::take(&mut self.read);
        let mut endings: BTreeSet<String> = self.words.endings().map(str::to_owned).collect();
        let mut stems: BTreeMap<String, BTreeMap<usize, Weight>> = BTreeMap::new();
        for (place, Listed { entry, texts }) in pages.into_iter().enumerate() {
            let name = (entry.href, entry.title);
            let read = match last.remove(&name) {
                Some(read) if read.texts == texts => read,
                _ => Read::new(&self.words, texts),
            };
            for (weight, stem, ending) in &read.stems {
                let places = match stems.get_mut(stem) {
                    Some(places) => places,
                    None => stems.entry(stem.clone()).or_default(),
                };
                let found = places.entry(place).or_insert(*weight);
                *found = (*found).max(*weight);
                if !endings.contains(ending) {
                    endings.insert(ending.clone());
                }
            }
            self.read.insert(name, read);
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

impl Read {
    fn new(words: &Words, texts: Vec<(Weight, Text)>) -> Self {
        let of = |(weight, text): &(Weight, Text)| {
            let weight = *weight;
            words.stems(&text.words()).into_iter().map(move |(stem, ending)| (weight, stem, ending))
        };
        Self { stems: texts.iter().flat_map(of).collect(), texts }
    }
}

impl Listed {
    fn says(&mut self, weight: Weight, text: impl Into<String>) {
        self.texts.push((weight, Text::Plain(text.into())));
    }
}

fn listed(title: &str, text: &str, href: String) -> Listed {
    let mut listed =
        Listed { entry: SearchEntry { title: title.to_owned(), text: text.to_owned(), href }, texts: Vec::new() };
    listed.says(Weight::Title, title);
    listed.says(Weight::Description, text);
    listed
}

fn written(page: &Page, href: &str) -> Listed {
    let mut listed = listed(&page.listed_title(), &page.description, href.to_owned());
    listed.texts.push((Weight::Text, Text::Html(page.body.clone())));
    listed
}

/// The page of a kreds, with the kommuner, towns and postcodes it is responsible for.
fn of_kreds(site: &Site, kreds: &Kreds, page: &Page, href: &str) -> Listed {
    let atlas = site.catalog().atlas();
    let mut kommuner: Vec<&str> = atlas.kommuner_of(&kreds.slug).map(|kommune| kommune.name.as_str()).collect();
    kommuner.sort_by_cached_key(|name| order(name));
    let mut listed = listed(&page.title, &kommuner.join(", "), href.to_owned());
    listed.texts.push((Weight::Text, Text::Html(page.body.clone())));
    listed.says(Weight::Description, page.description.as_str());
    let is_own = |area: &&PostalArea| atlas.kredse_of(area).contains(&kreds.slug);
    let places = atlas.postal_areas().iter().filter(is_own).map(|area| format!("{} {}", area.code, area.name));
    let places = kommuner.iter().map(|name| (*name).to_owned()).chain(places).collect::<Vec<_>>();
    listed.says(Weight::Place, places.join(" "));
    listed
}

/// A form, with what it asks and what may be answered.
fn of_form(form: &Form, href: String) -> Listed {
    let mut listed = listed(form.title(), form.summary(), href);
    listed.texts.push((Weight::Text, Text::Html(form.introduction().clone())));
    let mut asked = Vec::new();
    for field in form.fields() {
        asked.push(field.question.clone());
        asked.extend(field.hint.clone());
        asked.extend(field.kind.choices().into_iter().flatten().map(|choice| choice.label.clone()));
    }
    listed.says(Weight::Text, asked.join(" "));
    listed
}
