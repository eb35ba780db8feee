//! The language that a request is answered in: its own if its address says one, else that of the page it came from, else Danish.

use crate::{Service, urlencoded};
use lambda_http::Request;
use lambda_http::http::header;
use model::catalog::Catalog;
use model::names::Language;

/// The language of a request as far as it is known without its body: by its own address, or by the page it came from, if
/// that is one of ours.
pub(crate) fn of_request(service: &Service, catalog: &Catalog, request: &Request) -> Language {
    let referer = request.headers().get(header::REFERER).and_then(|referer| referer.to_str().ok());
    let ours = || ours(service, catalog);
    // An address goes on with a slash, or it is another one that only begins like ours.
    let page =
        referer.and_then(|page| ours().find_map(|ours| page.strip_prefix(ours).filter(|path| path.starts_with('/'))));
    let in_query = || Language::parse(&of_query(request.uri().query()?, "sprog")?).ok();
    let asked = in_path(request.uri().path()).or_else(in_query).or_else(|| page.and_then(in_path));
    known(catalog, asked.as_ref())
}

/// The text of a name in a query.
pub(crate) fn of_query(query: &str, wanted: &str) -> Option<String> {
    urlencoded::pairs(query.as_bytes(), None).into_iter().find(|(name, _)| name == wanted).map(|(_, text)| text)
}

/// `wanted` if the site has it, else Danish.
pub(crate) fn known(catalog: &Catalog, wanted: Option<&Language>) -> Language {
    wanted.filter(|language| catalog.texts(language).is_some()).cloned().unwrap_or_else(Language::danish)
}

/// The addresses that our own pages stand at, without a slash at the end.
pub(crate) fn ours<'a>(service: &'a Service, catalog: &'a Catalog) -> impl Iterator<Item = &'a str> {
    service.settings.extra_origins.iter().map(String::as_str).chain([catalog.base_url()])
}

fn in_path(path: &str) -> Option<Language> {
    Language::parse(path.split(['/', '?']).nth(1)?).ok()
}
