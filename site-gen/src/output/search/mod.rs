//! Collects the input of the search: every page that citizens may find, and the texts on it.

mod index;
mod words;

pub(crate) use index::index;

use crate::check::site::{Page, Site};
use crate::diagnostics::danish::order;
use crate::output::page_spec::PageKind;
use model::atlas::{Atlas, Kreds, PostalArea};
use model::form::Form;
use model::html::SafeHtml;
use model::names::{KredsSlug, Language};
use pages::{SearchEntry, SearchKreds, address};
use std::collections::BTreeMap;

/// All pages of one language that the search can find.
pub(crate) struct Listing {
    /// The national pages, as listed.
    pub(crate) pages: Vec<SearchEntry>,
    /// The kredse, as listed.
    pub(crate) kredse: Vec<SearchKreds>,
    /// The searchable texts besides titles and descriptions, in list order.
    texts: Vec<Texts>,
}

/// The texts of a page, with their weights.
type Texts = Vec<(Weight, Text)>;

struct Listed {
    entry: SearchEntry,
    /// Besides the title and the description.
    texts: Texts,
}

/// A searchable text. The words of HTML are only extracted when the index is made.
enum Text {
    Plain(String),
    Html(SafeHtml),
}

impl Text {
    /// Passes on each word in lower case.
    fn words(&self, with: impl FnMut(&str)) {
        match self {
            Self::Plain(text) => words::words(text, false, with),
            Self::Html(html) => words::words(html.as_str(), true, with),
        }
    }
}

/// The weight of a word for its page, as in the index.
#[derive(Debug, Clone, Copy)]
enum Weight {
    Text = 1,
    Description = 4,
    /// A place in a kreds.
    Place = 6,
    Title = 8,
}

/// Equal if the lists are: the other texts only affect the index.
impl PartialEq for Listing {
    fn eq(&self, other: &Self) -> bool {
        (&self.pages, &self.kredse) == (&other.pages, &other.kredse)
    }
}

impl Eq for Listing {}

/// Lists the pages of one language, of all that are rendered: those that search engines may find, each form once.
pub(crate) fn listing<'a>(site: &Site, language: &Language, kinds: impl Iterator<Item = &'a PageKind<'a>>) -> Listing {
    let at = |path: &str| address::in_language(language, path);
    let words = site.catalog().texts(language).map(|texts| &texts.words);
    let word = |key| words.map_or("", |words| words.get(key));
    let areas = areas(site.catalog().atlas());
    let (mut forms, mut all) = (Vec::<Listed>::new(), Vec::<Listed>::new());
    let mut kredse = Vec::<(Listed, Vec<Listed>)>::new();
    for kind in kinds {
        match kind {
            // Its own title is a form's.
            PageKind::Front(page) => {
                let mut front = written(page, &at(&page.path));
                let title = std::mem::replace(&mut front.entry.title, word("forside").to_owned());
                front.says(Weight::Title, title);
                all.push(front);
            }
            PageKind::Page(page) => all.push(written(page, &at(&page.path))),
            PageKind::Kreds(kreds, page, ..) => {
                let areas = areas.get(&kreds.slug).map(Vec::as_slice).unwrap_or_default();
                kredse.push((of_kreds(site, kreds, areas, page, &at(&page.path)), Vec::new()));
            }
            PageKind::KredsPage(_, page) | PageKind::Tour(_, page) => {
                if let Some((_, own)) = kredse.last_mut() {
                    own.push(written(page, &at(&page.path)));
                }
            }
            PageKind::Controls(kreds, controls) => {
                let at = at(&address::controls(&kreds.slug));
                let mut page = listed(word("kontrol_titel"), word("kontrol_beskrivelse"), at);
                for control in controls {
                    page.says(Weight::Text, control.held.road.as_str());
                    page.texts.push((Weight::Text, Text::Html(control.body.clone())));
                }
                if let Some((_, own)) = kredse.last_mut() {
                    own.push(page);
                }
            }
            PageKind::Places => {
                all.push(listed(word("liste_overskrift"), word("liste_indledning"), at(&address::places())));
            }
            PageKind::AllTours => {
                all.push(listed(word("tur"), word("tur_indledning"), at(&address::tour(None))));
            }
            PageKind::Figures(None) => {
                all.push(listed(word("tal_land"), word("tal_beskrivelse"), at(&address::figures(None))));
            }
            // A form is listed without a kreds, which is asked for first.
            PageKind::Form(_, form) if forms.len() < site.catalog().forms(language).count() => {
                forms.push(of_form(form, format!("{}#find-kreds", at(&address::front()))));
            }
            PageKind::Figures(Some(_))
            | PageKind::Start(..)
            | PageKind::Form(..)
            | PageKind::Signpost(..)
            | PageKind::Search(..)
            | PageKind::Moved(_)
            | PageKind::Statement
            | PageKind::NotFound => {}
        }
    }
    all.sort_by_cached_key(|page| order(&page.entry.title));
    let mut texts = Vec::new();
    let mut entry = |listed: Listed| {
        texts.push(listed.texts);
        listed.entry
    };
    let pages = forms.into_iter().chain(all).map(&mut entry).collect();
    let mut of_kreds = |(kreds, own): (Listed, Vec<Listed>)| {
        let entry_of_kreds = entry(kreds);
        SearchKreds { entry: entry_of_kreds, own: own.into_iter().map(&mut entry).collect() }
    };
    let kredse = kredse.into_iter().map(&mut of_kreds).collect();
    Listing { pages, kredse, texts }
}

impl Listing {
    /// All pages in list order.
    fn in_order(&self) -> Vec<(&SearchEntry, &Texts)> {
        let of_kreds = self.kredse.iter().flat_map(|kreds| [&kreds.entry].into_iter().chain(&kreds.own));
        self.pages.iter().chain(of_kreds).zip(&self.texts).collect()
    }
}

impl Listed {
    fn says(&mut self, weight: Weight, text: impl Into<String>) {
        self.texts.push((weight, Text::Plain(text.into())));
    }
}

fn listed(title: &str, text: &str, href: String) -> Listed {
    Listed { entry: SearchEntry { title: title.to_owned(), text: text.to_owned(), href }, texts: Vec::new() }
}

fn written(page: &Page, href: &str) -> Listed {
    let mut listed = listed(&page.listed_title(), &page.description, href.to_owned());
    listed.texts.push((Weight::Text, Text::Html(page.body.clone())));
    listed
}

/// The postcodes of every kreds, found in one pass.
fn areas(atlas: &Atlas) -> BTreeMap<&KredsSlug, Vec<&PostalArea>> {
    let mut areas: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for area in atlas.postal_areas() {
        atlas.kredse_of(area).into_iter().for_each(|kreds| areas.entry(kreds).or_default().push(area));
    }
    areas
}

/// The page of a kreds, with its kommuner, towns and postcodes.
fn of_kreds(site: &Site, kreds: &Kreds, areas: &[&PostalArea], page: &Page, href: &str) -> Listed {
    let atlas = site.catalog().atlas();
    let mut kommuner: Vec<&str> = atlas.kommuner_of(&kreds.slug).map(|kommune| kommune.name.as_str()).collect();
    kommuner.sort_by_cached_key(|name| order(name));
    let mut listed = listed(&page.title, &kommuner.join(", "), href.to_owned());
    listed.texts.push((Weight::Text, Text::Html(page.body.clone())));
    listed.says(Weight::Description, page.description.as_str());
    let places = areas.iter().map(|area| format!("{} {}", area.code, area.name));
    let places = kommuner.iter().map(|name| (*name).to_owned()).chain(places).collect::<Vec<_>>();
    listed.says(Weight::Place, places.join(" "));
    listed
}

/// A form, with its questions and choices.
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
