//! Addresses of the site's pages.

use model::names::{FormId, KredsSlug, Language, PageSlug, SubmissionId};

/// The front page's path below the language prefix.
#[must_use]
pub fn front() -> String {
    "/".to_owned()
}

/// A national page's path below the language prefix.
#[must_use]
pub fn page(slug: &PageSlug) -> String {
    format!("/{slug}/")
}

/// A kreds's path below the language prefix.
#[must_use]
pub fn kreds(kreds: &KredsSlug) -> String {
    format!("/{kreds}/")
}

/// The path of a kreds's own page, below the language prefix.
#[must_use]
pub fn kreds_page(kreds: &KredsSlug, page: &PageSlug) -> String {
    format!("/{kreds}/{page}/")
}

/// The path of the question before a form, below the language prefix. Links to the form lead there.
#[must_use]
pub fn start(kreds: &KredsSlug, form: &FormId) -> String {
    format!("/{kreds}/{form}/")
}

/// The path of a form's page, below the language prefix.
#[must_use]
pub fn form(kreds: &KredsSlug, form: &FormId) -> String {
    format!("/{kreds}/{form}/{FORM}/")
}

/// The last segment of a form's path; no signpost may use it.
pub const FORM: &str = "formular";

/// The path of a signpost from the question before a form, below the language prefix.
#[must_use]
pub fn signpost(kreds: &KredsSlug, form: &FormId, signpost: &PageSlug) -> String {
    format!("/{kreds}/{form}/{signpost}/")
}

/// The path of the list of all kommuner and postcodes, below the language prefix.
#[must_use]
pub fn places() -> String {
    "/kommuner-og-postnumre/".to_owned()
}

/// The path of the mobile police station's tour, for one kreds or the whole country, below the language prefix.
#[must_use]
pub fn tour(kreds: Option<&KredsSlug>) -> String {
    kreds.map_or_else(|| "/tur/".to_owned(), |kreds| format!("/{kreds}/tur/"))
}

/// The path of the figures, for one kreds or the whole country, below the language prefix.
#[must_use]
pub fn figures(kreds: Option<&KredsSlug>) -> String {
    kreds.map_or_else(|| "/tal/".to_owned(), |kreds| format!("/{kreds}/tal/"))
}

/// The path of the controls that a kreds has held, below the language prefix.
#[must_use]
pub fn controls(kreds: &KredsSlug) -> String {
    format!("/{kreds}/{CONTROLS}/")
}

/// The last segment of that path, and the name of its content folder.
pub const CONTROLS: &str = "her-var-vi";

/// The file of all figures beside the page at a path: `/tal.csv`. It is the same for every language.
#[must_use]
pub fn figures_file(figures: &str, ending: &str) -> String {
    format!("{}.{ending}", figures.trim_end_matches('/'))
}

/// The calendar beside the tour at a path: `/tur.ics`.
#[must_use]
pub fn calendar(tour: &str) -> String {
    format!("{}.ics", tour.trim_end_matches('/'))
}

/// The feed beside the page at a path: `/tur.atom`.
#[must_use]
pub fn feed(page: &str) -> String {
    format!("{}.atom", page.trim_end_matches('/'))
}

/// The path of a kreds's feed of news, below the language prefix.
#[must_use]
pub fn news(kreds: &KredsSlug) -> String {
    format!("/{kreds}/nyheder.atom")
}

/// The path of the searchable list of all pages, below the language prefix.
#[must_use]
pub fn search() -> String {
    "/soeg/".to_owned()
}

/// The path of the search index, the words of all pages as JSON, below the language prefix.
#[must_use]
pub fn search_index() -> String {
    "/soeg/ord.json".to_owned()
}

/// The path that leads to the accessibility statement, below the language prefix: the short address that the tool
/// required by law expects on every site.
#[must_use]
pub fn accessibility_statement() -> String {
    "/was/".to_owned()
}

/// The path with the prefix of a language, as links use it.
#[must_use]
pub fn in_language(language: &Language, path: &str) -> String {
    language.prefix() + path
}

/// The path that a form is posted to. The function answers it, in every language.
#[must_use]
pub fn submit(form: &FormId) -> String {
    format!("/indsend/{form}")
}

/// The same path with the page that the form is posted from. A browser that restores the response requests this
/// address without the form's data, and is redirected to that page.
#[must_use]
pub fn submit_from(kreds: &KredsSlug, form: &FormId, language: &Language) -> String {
    format!("{}?kreds={kreds}&sprog={language}", submit(form))
}

/// The path that looks up a place. The function answers it, in every language.
pub const FIND: &str = "/find-kreds";

/// The path of a lookup that leads to a form of the kreds it finds.
#[must_use]
pub fn find_for(language: &Language, form: &FormId) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    if *language != Language::danish() {
        query.append_pair("sprog", language.as_str());
    }
    format!("{FIND}?{}", query.append_pair("form", form.as_str()).finish())
}

/// Adds the place that the reader has named to a path; a script fills it in on the form.
#[must_use]
pub fn with_place(path: &str, place: Option<&str>) -> String {
    place.map_or_else(
        || path.to_owned(),
        |place| {
            let query = form_urlencoded::Serializer::new(String::new()).append_pair("sted", place).finish();
            format!("{path}?{query}")
        },
    )
}

/// The path of a request's page for officers.
#[must_use]
pub fn case(token: &str) -> String {
    format!("/sag/{token}")
}

/// The path of the page where a citizen says whether somebody has called.
#[must_use]
pub fn question(id: &SubmissionId) -> String {
    format!("{}/{QUESTION}", receipt(id))
}

/// The last segment of that path.
pub const QUESTION: &str = "blev-du-ringet-op";

/// A receipt's path.
#[must_use]
pub fn receipt(id: &SubmissionId) -> String {
    format!("/kvittering/{id}")
}
