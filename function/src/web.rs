//! Web requests: what is asked for, whether it may be, and the answer with its headers.

use crate::Service;
use crate::client;
use crate::language::{known, of_request, ours};
use crate::metrics::Reason;
use crate::post::Post;
use crate::reception::{self, Reply};
use lambda_http::http::{HeaderMap, Method, header};
use lambda_http::{Body, Request, Response};
use model::catalog::Catalog;
use model::form::Form;
use model::names::{FormId, Language, SubmissionId};
use model::search::Found;
use pages::{BadPage, FindResult, HEADERS, PRIVATE_HEADERS, ReceiptMail, Refusal, View, address};

/// The most bytes that a form may have.
const LARGEST: usize = 32 * 1024;

/// What a path asks for.
enum Asked {
    Submit(FormId),
    Receipt(SubmissionId),
    Find,
    Nothing,
}

/// Answers a web request; whatever goes wrong, the answer is a page.
pub(crate) async fn answer(service: &Service, request: &Request) -> Response<Body> {
    let catalog = match service.catalogs.current(service.clock.now()).await {
        Ok(catalog) => catalog,
        Err(error) => {
            tracing::error!(%error, "there is no catalog to answer with");
            return last_resort(service, request.method() == Method::POST);
        }
    };
    let language = of_request(service, &catalog, request);
    let answered = match (request.method(), asked(request.uri().path())) {
        (_, Asked::Nothing) => refused(service, &catalog, &language, Refusal::NotFound),
        (&Method::POST, Asked::Submit(form)) => submit(service, &catalog, &language, request, &form).await,
        (&Method::GET | &Method::HEAD, Asked::Receipt(id)) => receipt(service, &catalog, &language, &id).await,
        (&Method::GET | &Method::HEAD, Asked::Find) => {
            find(service, &catalog, request.uri().query().unwrap_or_default())
        }
        _ => refused(service, &catalog, &language, Refusal::Method),
    };
    answered.unwrap_or_else(|error| {
        tracing::error!(%error, "a page could not be made");
        last_resort(service, request.method() == Method::POST)
    })
}

/// The page that needs nothing, for when nothing else is left.
pub(crate) fn last_resort(service: &Service, is_post: bool) -> Response<Body> {
    service.count_refused(Reason::Unavailable);
    html(503, pages::last_resort(is_post))
}

/// An answer without a page, for those who are not citizens.
pub(crate) fn status_only(status: u16) -> Response<Body> {
    let mut response = Response::new(Body::Empty);
    if let Ok(status) = status.try_into() {
        *response.status_mut() = status;
    }
    response
}

fn asked(path: &str) -> Asked {
    let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    match parts.as_slice() {
        ["indsend", form] => FormId::parse(form).map_or(Asked::Nothing, Asked::Submit),
        ["kvittering", id] => SubmissionId::parse(id).map_or(Asked::Nothing, Asked::Receipt),
        ["find-kreds"] => Asked::Find,
        _ => Asked::Nothing,
    }
}

/// Answers a form, in its own language; until that is read, in that of the page it came from.
async fn submit(
    service: &Service,
    catalog: &Catalog,
    page: &Language,
    request: &Request,
    form: &FormId,
) -> Result<Response<Body>, BadPage> {
    if !same_origin(service, catalog, request.headers()) {
        return refused(service, catalog, page, Refusal::Foreign);
    }
    if !is_form(request.headers()) {
        return refused(service, catalog, page, Refusal::MediaType);
    }
    let body: &[u8] = request.body();
    if body.len() > LARGEST {
        return refused(service, catalog, page, Refusal::TooLarge);
    }
    let post = Post::parse(body);
    let language = known(catalog, post.language.as_ref().or(Some(page)));
    let from = client::address(&service.settings, request);
    match reception::receive(service, catalog, &language, form, &post, from).await {
        Ok(Reply::Page(status, page)) => Ok(html(status, page)),
        Ok(Reply::NotReceived(status, page, reason)) => {
            service.count_refused(reason);
            Ok(html(status, page))
        }
        Ok(Reply::Receipt(id)) => Ok(see_other(&address::receipt(&id))),
        Ok(Reply::Refused(refusal)) => refused(service, catalog, &language, refusal),
        Ok(Reply::NoSuchForm) => refused(service, catalog, &language, Refusal::NotFound),
        Err(error) => {
            tracing::error!(%error, %form, "a form could not be answered");
            refused(service, catalog, &language, Refusal::Unavailable)
        }
    }
}

/// Shows a receipt in the language that the form was filled in; until that is known, in that of the page before.
async fn receipt(
    service: &Service,
    catalog: &Catalog,
    page: &Language,
    id: &SubmissionId,
) -> Result<Response<Body>, BadPage> {
    let receipt = match service.store.receipt(id, service.clock.now()).await {
        Ok(Some(receipt)) => receipt,
        Ok(None) => return refused(service, catalog, page, Refusal::NotFound),
        Err(error) => {
            tracing::error!(%error, "a receipt could not be read");
            return refused(service, catalog, page, Refusal::NoReceiptNow);
        }
    };
    let language = known(catalog, Some(&receipt.language));
    // The kreds or the form may be gone since; the receipt stays what it was.
    let has_topic = |form: &Form| receipt.topic.as_ref().is_none_or(|topic| form.advice(topic).is_some());
    let is_known = catalog.form(&receipt.form, &language).is_some_and(has_topic)
        && catalog.atlas().kreds(&receipt.kreds).is_some();
    let older = if is_known { None } else { service.catalogs.version(&receipt.catalog).await.ok().flatten() };
    let catalogs = || [Some(catalog), older.as_deref()].into_iter().flatten();
    let forms = || catalogs().filter_map(|catalog| catalog.form(&receipt.form, &language));
    // The form in force, but where it has dropped the topic, the one that had it: its advice still helps.
    let form = forms().find(|form| has_topic(form)).or_else(|| forms().next());
    let kreds = catalogs().find_map(|catalog| catalog.atlas().kreds(&receipt.kreds));
    let (Some(form), Some(kreds)) = (form, kreds) else {
        return refused(service, catalog, &language, Refusal::NotFound);
    };
    let view = View::new(catalog, &language, service.clock.now());
    // Nobody's receipt is kept back because this cannot be said.
    let mail = match service.store.receipt_mail_failed(id).await {
        Ok(true) => ReceiptMail::CouldNotBeSent,
        Ok(false) | Err(_) => ReceiptMail::None,
    };
    let mut response = html(200, service.pages.receipt(&view, &receipt, form, kreds, mail)?);
    // Whoever follows a link from a receipt must not carry its address along.
    response.headers_mut().insert(header::REFERRER_POLICY, header::HeaderValue::from_static("no-referrer"));
    Ok(response)
}

fn find(service: &Service, catalog: &Catalog, query: &str) -> Result<Response<Body>, BadPage> {
    let asked = |wanted: &str| {
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        pairs.find(|(name, _)| name == wanted).map(|(_, text)| text.chars().take(100).collect::<String>())
    };
    let language = known(catalog, asked("sprog").and_then(|code| Language::parse(&code).ok()).as_ref());
    let typed = asked("sted").unwrap_or_default();
    let view = View::new(catalog, &language, service.clock.now());
    let result = match catalog.atlas().search(&typed) {
        Found::Kreds(kommune) => {
            return Ok(see_other(&address::in_language(&language, &address::kreds(&kommune.kreds))));
        }
        Found::Several(kommuner) => FindResult::Several(kommuner),
        Found::Nothing if typed.trim().is_empty() => FindResult::Empty,
        Found::Nothing => FindResult::Unknown,
    };
    Ok(html(200, service.pages.found(&view, typed.trim(), &result)?))
}

fn refused(
    service: &Service,
    catalog: &Catalog,
    language: &Language,
    refusal: Refusal,
) -> Result<Response<Body>, BadPage> {
    tracing::info!(refused = refusal.status(), "a request was refused");
    if let Some(reason) = reason(refusal) {
        service.count_refused(reason);
    }
    let view = View::new(catalog, language, service.clock.now());
    let mut response = html(refusal.status(), service.pages.refusal(&view, refusal)?);
    if refusal == Refusal::Method {
        response.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static("GET, HEAD, POST"));
    }
    Ok(response)
}

/// Why, for those who watch whether ordinary people are refused. Whoever asks for what is not there is of no interest.
const fn reason(refusal: Refusal) -> Option<Reason> {
    match refusal {
        Refusal::NotFound | Refusal::Method => None,
        Refusal::Foreign => Some(Reason::ForeignOrigin),
        Refusal::TooLarge => Some(Reason::TooLarge),
        Refusal::MediaType => Some(Reason::WrongType),
        Refusal::TooMany => Some(Reason::TooMany),
        Refusal::Unavailable | Refusal::NoReceiptNow => Some(Reason::Unavailable),
    }
}

/// A browser says where a form stands; our own pages stand at the site's address. Clients that do not say may post.
fn same_origin(service: &Service, catalog: &Catalog, headers: &HeaderMap) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    origin.to_str().is_ok_and(|origin| ours(service, catalog).any(|ours| ours == origin))
}

fn is_form(headers: &HeaderMap) -> bool {
    let media_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = media_type.and_then(|value| value.split(';').next()).map(str::trim);
    essence.is_some_and(|essence| essence.eq_ignore_ascii_case("application/x-www-form-urlencoded"))
}

fn html(status: u16, page: String) -> Response<Body> {
    let mut response = status_only(status);
    *response.body_mut() = Body::Text(page);
    let media_type = [("content-type", "text/html; charset=utf-8")];
    for (name, value) in HEADERS.into_iter().chain(PRIVATE_HEADERS).chain(media_type) {
        response.headers_mut().insert(name, header::HeaderValue::from_static(value));
    }
    response
}

fn see_other(path: &str) -> Response<Body> {
    let mut response = html(303, String::new());
    if let Ok(location) = header::HeaderValue::from_str(path) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}
