//! Web requests: what is asked for, whether it may be, and the answer with its headers.

use crate::Service;
use crate::asked::{Asked, asked};
use crate::citizen::{self, Shown};
use crate::client_ip;
use crate::language::{known, of_query, of_request};
use crate::metrics::Reason;
use crate::officer::{self, Answer};
use crate::origin::{is_not_foreign, is_ours};
use crate::post::Post;
use crate::question;
use crate::reception::{self, Reply};
use crate::store::WINDOW;
use crate::urlencoded::{encoding, pairs};
use lambda_http::http::{HeaderMap, Method, header};
use lambda_http::{Body, Request, Response};
use model::atlas::PlaceMatch;
use model::catalog::Catalog;
use model::names::{FormId, KredsSlug, Language};
use model::raw::RawAnswers;
use pages::{BadPage, FindResult, HEADERS, NoCase, PRIVATE_HEADERS, Refusal, View, address, found_at};

/// The most bytes that a form may have. Each letter of some scripts is twelve on the wire, and who writes far too much is told
/// by the form how much, with all of it kept.
const LARGEST: usize = 256 * 1024;

/// When to ask again while the service is down, in seconds.
const DOWN_FOR: i64 = 60;

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
    let to_citizen = |shown| citizens(service, &catalog, &language, shown);
    let answered = match (request.method(), asked(request.uri().path())) {
        (&Method::POST, Asked::Nothing) => refused(service, &catalog, &language, Refusal::NoSuchForm),
        (_, Asked::Nothing) => refused(service, &catalog, &language, Refusal::NotFound),
        (&Method::POST, Asked::Submit(form)) => submit(service, &catalog, &language, request, &form).await,
        (&Method::GET | &Method::HEAD, Asked::Question(id)) => to_citizen(question::show(service, &catalog, &id).await),
        (&Method::POST, Asked::Question(id)) => to_citizen(match sent(service, &catalog, request) {
            Ok(sent) => question::answer(service, &catalog, &id, &sent).await,
            Err(refusal) => Ok(Shown::Refused(refusal)),
        }),
        (&Method::GET | &Method::HEAD, Asked::Receipt(id)) => {
            to_citizen(citizen::show(service, &catalog, &language, id.as_ref()).await)
        }
        (&Method::POST, Asked::Receipt(id)) => to_citizen(match sent(service, &catalog, request) {
            Ok(sent) => citizen::change(service, &catalog, &language, id.as_ref(), sent).await,
            Err(refusal) => Ok(Shown::Refused(refusal)),
        }),
        (&Method::GET | &Method::HEAD, Asked::Case(end)) => officer::show(service, &catalog, &end).await.map(case),
        (&Method::POST, Asked::Case(end)) => note(service, &catalog, &language, request, &end).await,
        (&Method::GET | &Method::HEAD, Asked::Submit(form)) => {
            back_to_form(service, &catalog, &language, request, &form)
        }
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

/// The page that says that nothing was received: the one that gateway and distribution answer with, too.
pub(crate) fn not_received(status: u16) -> Response<Body> {
    html(status, pages::NOT_RECEIVED.to_owned())
}

/// An answer without a page, for those who are not citizens.
pub(crate) fn status_only(status: u16) -> Response<Body> {
    let mut response = Response::new(Body::Empty);
    if let Ok(status) = status.try_into() {
        *response.status_mut() = status;
    }
    response
}

/// Leads to the page of a form. A browser that restores what a form was answered with may ask for it without the form.
fn back_to_form(
    service: &Service,
    catalog: &Catalog,
    language: &Language,
    request: &Request,
    form: &FormId,
) -> Result<Response<Body>, BadPage> {
    if catalog.form(form, language).is_none() {
        return refused(service, catalog, language, Refusal::NotFound);
    }
    let named = request.uri().query().and_then(|query| of_query(query, "kreds"));
    let kreds = named.and_then(|slug| catalog.atlas().kreds(&KredsSlug::parse(&slug).ok()?));
    let path = kreds.map_or_else(address::front, |kreds| address::form(&kreds.slug, form));
    Ok(see_other(&address::in_language(language, &path)))
}

/// Answers a form, in its own language; until that is read, in that of the page it came from.
async fn submit(
    service: &Service,
    catalog: &Catalog,
    page: &Language,
    request: &Request,
    form: &FormId,
) -> Result<Response<Body>, BadPage> {
    if !is_ours(service, catalog, request.headers()) {
        return refused(service, catalog, page, Refusal::Foreign);
    }
    let post = match fields(request) {
        Ok(fields) => Post::new(fields),
        Err(refusal) => return refused(service, catalog, page, refusal),
    };
    let language = known(catalog, post.language.as_ref().or(Some(page)));
    let from = client_ip::address(&service.settings, request);
    match reception::receive(service, catalog, &language, form, &post, from).await {
        Ok(Reply::Page(status, page)) => Ok(html(status, page)),
        Ok(Reply::NotReceived(status, page, reason)) => {
            service.count_refused(reason);
            Ok(html(status, page))
        }
        Ok(Reply::Receipt(id)) => Ok(see_other(&address::receipt(&id))),
        Ok(Reply::NoSuchForm) => refused(service, catalog, &language, Refusal::NoSuchForm),
        Err(error) => {
            tracing::error!(%error, %form, "a form could not be answered");
            refused(service, catalog, &language, Refusal::Unavailable)
        }
    }
}

/// Notes what an officer has chosen.
async fn note(
    service: &Service,
    catalog: &Catalog,
    page: &Language,
    request: &Request,
    end: &str,
) -> Result<Response<Body>, BadPage> {
    if !is_not_foreign(service, catalog, request.headers()) {
        return officer::none(service, catalog, NoCase::Foreign).map(case);
    }
    match fields(request) {
        Ok(fields) => officer::note(service, catalog, end, &RawAnswers::new(fields)).await.map(case),
        Err(refusal) => refused(service, catalog, page, refusal),
    }
}

/// The fields that a citizen sends from a page of ours.
fn sent(service: &Service, catalog: &Catalog, request: &Request) -> Result<RawAnswers, Refusal> {
    match is_not_foreign(service, catalog, request.headers()) {
        true => fields(request).map(RawAnswers::new),
        false => Err(Refusal::ForeignChange),
    }
}

/// The answer to a citizen who has a receipt's address.
fn citizens(
    service: &Service,
    catalog: &Catalog,
    page: &Language,
    shown: Result<Shown, BadPage>,
) -> Result<Response<Body>, BadPage> {
    Ok(private(match shown? {
        Shown::Page(status, page) => html(status, page),
        Shown::SeeOther(path) => see_other(&path),
        Shown::Refused(refusal) => refused(service, catalog, page, refusal)?,
    }))
}

/// The same answer, so that whoever follows a link from it does not carry its address along.
fn private(mut response: Response<Body>) -> Response<Body> {
    response.headers_mut().insert(header::REFERRER_POLICY, header::HeaderValue::from_static("no-referrer"));
    response
}

/// The answer to an officer.
fn case(answer: Answer) -> Response<Body> {
    private(match answer {
        Answer::Page(status, page) => html(status, page),
        Answer::Noted(token) => see_other(&address::case(&token)),
    })
}

/// The names and texts of a form.
fn fields(request: &Request) -> Result<Vec<(String, String)>, Refusal> {
    let encoding = encoding(media_type(request.headers())).map_err(|_| Refusal::MediaType)?;
    let body: &[u8] = request.body();
    if body.len() > LARGEST { Err(Refusal::TooLarge) } else { Ok(pairs(body, encoding)) }
}

/// Leads to the kreds of a place, or to its form if one is asked for.
fn find(service: &Service, catalog: &Catalog, query: &str) -> Result<Response<Body>, BadPage> {
    let asked = |wanted: &str| Some(of_query(query, wanted)?.chars().take(200).collect::<String>());
    let language = known(catalog, asked("sprog").and_then(|code| Language::parse(&code).ok()).as_ref());
    let form = asked("form").and_then(|form| catalog.form(&FormId::parse(&form).ok()?, &language));
    let typed = asked("sted");
    let view = View::new(catalog, &language, service.clock.now());
    let found = catalog.atlas().find(typed.as_deref().unwrap_or_default());
    if let Some(kreds) = found.kreds() {
        return Ok(see_other(&found_at(&view, kreds, form, found.query().as_deref())));
    }
    let result = match &found {
        PlaceMatch::One(_) | PlaceMatch::Several(_) => FindResult::Several(found.candidates()),
        PlaceMatch::Similar(all) | PlaceMatch::Conflict(all) => FindResult::Similar(all),
        PlaceMatch::Nothing => match &typed {
            None if form.is_some() => FindResult::Asked,
            Some(typed) if !typed.trim().is_empty() => FindResult::Unknown,
            _ => FindResult::Empty,
        },
    };
    let typed = typed.as_deref().unwrap_or_default().trim();
    Ok(html(200, service.pages.found(&view, typed, form, &result)?))
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
        Refusal::NotFound | Refusal::NoSuchForm | Refusal::Method => None,
        Refusal::Foreign | Refusal::ForeignChange => Some(Reason::ForeignOrigin),
        Refusal::TooLarge => Some(Reason::TooLarge),
        Refusal::MediaType => Some(Reason::WrongType),
        Refusal::Unavailable | Refusal::NoReceiptNow | Refusal::NoChangeNow => Some(Reason::Unavailable),
    }
}

fn media_type(headers: &HeaderMap) -> &str {
    headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn html(status: u16, page: String) -> Response<Body> {
    let mut response = status_only(status);
    *response.body_mut() = Body::Text(page);
    let media_type = [("content-type", "text/html; charset=utf-8")];
    for (name, value) in HEADERS.into_iter().chain(PRIVATE_HEADERS).chain(media_type) {
        response.headers_mut().insert(name, header::HeaderValue::from_static(value));
    }
    let wait = match status {
        429 => Some(WINDOW.as_secs()),
        503 => Some(DOWN_FOR),
        _ => None,
    };
    if let Some(seconds) = wait {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
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
