//! The language of a response: that of the requested URL, else that of the referring page, else Danish.

use crate::{Service, urlencoded};
use lambda_http::Request;
use lambda_http::http::header;
use model::catalog::Catalog;
use model::names::Language;

/// The language of an HTTP request as far as it is known without the body: from its own URL, or from the referring page
/// if that is one of ours.
pub(crate) fn of_request(service: &Service, catalog: &Catalog, request: &Request) -> Language {
    let referer = request.headers().get(header::REFERER).and_then(|referer| referer.to_str().ok());
    let ours = || ours(service, catalog);
    // Unless a slash follows, it is another address that only begins like ours.
    let page =
        referer.and_then(|page| ours().find_map(|ours| page.strip_prefix(ours).filter(|path| path.starts_with('/'))));
    let in_query = || Language::parse(&of_query(request.uri().query()?, "sprog")?).ok();
    let asked = in_path(request.uri().path()).or_else(in_query).or_else(|| page.and_then(in_path));
    known_or_danish(catalog, asked.as_ref())
}

/// The value of a parameter in a query.
pub(crate) fn of_query(query: &str, wanted: &str) -> Option<String> {
    urlencoded::pairs(query.as_bytes(), None).into_iter().find(|(name, _)| name == wanted).map(|(_, text)| text)
}

/// `wanted` if the site has it, otherwise Danish.
pub(crate) fn known_or_danish(catalog: &Catalog, wanted: Option<&Language>) -> Language {
    wanted.filter(|language| catalog.texts(language).is_some()).cloned().unwrap_or_else(Language::danish)
}

/// The base URLs of our own pages, without a trailing slash.
pub(crate) fn ours<'a>(service: &'a Service, catalog: &'a Catalog) -> impl Iterator<Item = &'a str> {
    service.settings.extra_origins.iter().map(String::as_str).chain([catalog.base_url()])
}

fn in_path(path: &str) -> Option<Language> {
    Language::parse(path.split(['/', '?']).nth(1)?).ok()
}
