//! The addresses of the site's pages.

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

/// The path of the question before a form, below the language prefix: where links to the form lead.
#[must_use]
pub fn start(kreds: &KredsSlug, form: &FormId) -> String {
    format!("/{kreds}/{form}/")
}

/// The path of a form's page, below the language prefix.
#[must_use]
pub fn form(kreds: &KredsSlug, form: &FormId) -> String {
    format!("/{kreds}/{form}/{FORM}/")
}

/// The last part of a form's path; no signpost may have it.
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

/// The path of the mobile police station's tour, of one kreds or of the country, below the language prefix.
#[must_use]
pub fn tour(kreds: Option<&KredsSlug>) -> String {
    kreds.map_or_else(|| "/tur/".to_owned(), |kreds| format!("/{kreds}/tur/"))
}

/// The path of the figures, of one kreds or of the country, below the language prefix.
#[must_use]
pub fn figures(kreds: Option<&KredsSlug>) -> String {
    kreds.map_or_else(|| "/tal/".to_owned(), |kreds| format!("/{kreds}/tal/"))
}

/// The path of the controls that a kreds has held, below the language prefix.
#[must_use]
pub fn controls(kreds: &KredsSlug) -> String {
    format!("/{kreds}/{CONTROLS}/")
}

/// The last part of that path, and the folder of its content.
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

/// The path of the list of all pages, which can be searched, below the language prefix.
#[must_use]
pub fn search() -> String {
    "/soeg/".to_owned()
}

/// The path of the words of all pages as JSON, for the script that searches, below the language prefix.
#[must_use]
pub fn search_index() -> String {
    "/soeg/ord.json".to_owned()
}

/// The path that leads to the accessibility statement, below the language prefix; the short address that the law's
/// tool expects every site to have.
#[must_use]
pub fn accessibility_statement() -> String {
    "/was/".to_owned()
}

/// The path as it stands in a link of one language.
#[must_use]
pub fn in_language(language: &Language, path: &str) -> String {
    language.prefix() + path
}

/// Where a form is posted. The function answers there, for every language.
#[must_use]
pub fn submit(form: &FormId) -> String {
    format!("/indsend/{form}")
}

/// The same, with the page that it is posted from: a browser that restores an answer asks for its address without the form,
/// and is led back to that page.
#[must_use]
pub fn submit_from(kreds: &KredsSlug, form: &FormId, language: &Language) -> String {
    format!("{}?kreds={kreds}&sprog={language}", submit(form))
}

/// Where a place is looked up. The function answers there, for every language.
pub const FIND: &str = "/find-kreds";

/// The path of a lookup that leads to a form of the kreds that is found.
#[must_use]
pub fn find_for(language: &Language, form: &FormId) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    if *language != Language::danish() {
        query.append_pair("sprog", language.as_str());
    }
    format!("{FIND}?{}", query.append_pair("form", form.as_str()).finish())
}

/// A path with a place that the reader has named, for the script that fills it in on a form.
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

/// The last part of that path.
pub const QUESTION: &str = "blev-du-ringet-op";

/// A receipt's path.
#[must_use]
pub fn receipt(id: &SubmissionId) -> String {
    format!("/kvittering/{id}")
}
