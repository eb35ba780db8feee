//! HTTP requests: dispatch by method and path, access checks, and responses with their headers.

use crate::Service;
use crate::citizen;
use crate::client_ip;
use crate::language::{known_or_danish, of_query, of_request};
use crate::metrics::Reason;
use crate::officer;
use crate::origin::{is_not_foreign, is_ours};
use crate::path::{Target, target};
use crate::post::Post;
use crate::question;
use crate::reception::{self, Reply};
use crate::shown::{NotShown, Shown};
use crate::store::WINDOW;
use crate::urlencoded::{encoding, pairs};
use lambda_http::http::{HeaderMap, Method, header};
use lambda_http::{Body, Request, Response};
use model::atlas::PlaceMatch;
use model::catalog::Catalog;
use model::names::{FormId, KredsSlug, Language};
use model::raw::RawAnswers;
use pages::{BadPage, FindResult, HEADERS, NoCase, PRIVATE_HEADERS, Refusal, View, address, found_at};

/// The largest form in bytes. A letter of some scripts takes twelve bytes on the wire, and a citizen who writes far too
/// much gets the form back with all of it, and the excess stated.
const LARGEST: usize = 256 * 1024;

/// The time in seconds after which to try again while the service is down.
const DOWN_FOR: i64 = 60;

/// The refusals of a citizen's change from another site, too large, or of an unreadable type.
const NOT_CHANGED: [Refusal; 3] = [Refusal::ForeignChange, Refusal::LargeChange, Refusal::UnreadChange];

/// The same refusals of an officer's note.
const NOT_NOTED: [NoCase; 3] = [NoCase::Foreign, NoCase::TooLarge, NoCase::MediaType];

/// Answers an HTTP request; whatever goes wrong, the answer is a page.
pub(crate) async fn answer(service: &Service, request: &Request) -> Response<Body> {
    let catalog = match service.catalogs.current(service.clock.now()).await {
        Ok(catalog) => catalog,
        Err(error) => {
            tracing::error!(%error, "there is no catalog to answer with");
            return last_resort(service, request.method() == Method::POST);
        }
    };
    let language = of_request(service, &catalog, request);
    let private = |shown| private(service, &catalog, &language, shown);
    let answered = match (request.method(), target(request.uri().path())) {
        (&Method::POST, Target::Nothing) => refused(service, &catalog, &language, Refusal::NoSuchForm),
        (_, Target::Nothing) => refused(service, &catalog, &language, Refusal::NotFound),
        (&Method::POST, Target::Submit(form)) => submit(service, &catalog, &language, request, &form).await,
        (&Method::GET | &Method::HEAD, Target::Question(id)) => private(question::show(service, &catalog, &id).await),
        (&Method::POST, Target::Question(id)) => private(match sent(service, &catalog, request, NOT_CHANGED) {
            Ok(sent) => question::answer(service, &catalog, &id, &sent).await,
            Err(not_ours) => Err(not_ours),
        }),
        (&Method::GET | &Method::HEAD, Target::Receipt(id)) => {
            private(citizen::show(service, &catalog, &language, id.as_ref()).await)
        }
        (&Method::POST, Target::Receipt(id)) => private(match sent(service, &catalog, request, NOT_CHANGED) {
            Ok(sent) => citizen::change(service, &catalog, &language, id.as_ref(), sent).await,
            Err(not_ours) => Err(not_ours),
        }),
        (&Method::GET | &Method::HEAD, Target::Case(end)) => private(officer::show(service, &catalog, &end).await),
        (&Method::POST, Target::Case(end)) => private(match sent(service, &catalog, request, NOT_NOTED) {
            Ok(sent) => officer::note(service, &catalog, &end, &sent).await,
            Err(not_ours) => Err(not_ours),
        }),
        (&Method::GET | &Method::HEAD, Target::Submit(form)) => {
            back_to_form(service, &catalog, &language, request, &form)
        }
        (&Method::GET | &Method::HEAD, Target::Find) => {
            find(service, &catalog, request.uri().query().unwrap_or_default())
        }
        _ => refused(service, &catalog, &language, Refusal::Method),
    };
    answered.unwrap_or_else(|error| {
        tracing::error!(%error, "a page could not be made");
        last_resort(service, request.method() == Method::POST)
    })
}

/// The page that depends on nothing, for when all else fails.
pub(crate) fn last_resort(service: &Service, is_post: bool) -> Response<Body> {
    service.count_refused(Reason::Unavailable);
    html(503, pages::last_resort(is_post))
}

/// The page about a form that was not received. Gateway and distribution answer with the same one.
pub(crate) fn not_received(status: u16) -> Response<Body> {
    html(status, pages::NOT_RECEIVED.to_owned())
}

/// A response without a page, for clients that are not citizens.
pub(crate) fn status_only(status: u16) -> Response<Body> {
    let mut response = Response::new(Body::Empty);
    if let Ok(status) = status.try_into() {
        *response.status_mut() = status;
    }
    response
}

/// Redirects to a form's page. A browser that restores the response to a form may request its URL without the form.
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

/// Answers a form in its own language or, until that is read, in that of the page it came from.
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
    let language = known_or_danish(catalog, post.language.as_ref().or(Some(page)));
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

/// Reads the fields sent from a page at a secret URL. The request stands whatever is wrong with them, so each error has
/// a refusal of its own.
fn sent(
    service: &Service,
    catalog: &Catalog,
    request: &Request,
    [foreign, large, unread]: [impl Into<NotShown>; 3],
) -> Result<RawAnswers, NotShown> {
    if !is_not_foreign(service, catalog, request.headers()) {
        return Err(foreign.into());
    }
    match fields(request) {
        Ok(fields) => Ok(RawAnswers::new(fields)),
        Err(Refusal::TooLarge) => Err(large.into()),
        Err(_) => Err(unread.into()),
    }
}

/// The response at a URL that nobody can guess: links on the page do not carry that URL along.
fn private(
    service: &Service,
    catalog: &Catalog,
    page: &Language,
    shown: Result<Shown, NotShown>,
) -> Result<Response<Body>, BadPage> {
    let mut response = match shown {
        Ok(Shown::Page(status, page)) => html(status, page),
        Ok(Shown::SeeOther(path)) => see_other(&path),
        Err(NotShown::Refused(refusal)) => refused(service, catalog, page, refusal)?,
        Err(NotShown::NoCase(why)) => {
            let danish = Language::danish();
            let view = View::new(catalog, &danish, service.clock.now());
            html(why.status(), service.pages.no_case(&view, why)?)
        }
        Err(NotShown::Page(error)) => return Err(error),
    };
    response.headers_mut().insert(header::REFERRER_POLICY, header::HeaderValue::from_static("no-referrer"));
    Ok(response)
}

/// The names and values of a form.
fn fields(request: &Request) -> Result<Vec<(String, String)>, Refusal> {
    let encoding = encoding(media_type(request.headers())).map_err(|_| Refusal::MediaType)?;
    let body: &[u8] = request.body();
    if body.len() > LARGEST { Err(Refusal::TooLarge) } else { Ok(pairs(body, encoding)) }
}

/// Redirects to the kreds of a place, or to its form if one is asked for.
fn find(service: &Service, catalog: &Catalog, query: &str) -> Result<Response<Body>, BadPage> {
    let asked = |wanted: &str| Some(of_query(query, wanted)?.chars().take(200).collect::<String>());
    let language = known_or_danish(catalog, asked("sprog").and_then(|code| Language::parse(&code).ok()).as_ref());
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

/// The reason for the metric of refused citizens; `None` for requests for something that does not exist.
const fn reason(refusal: Refusal) -> Option<Reason> {
    match refusal {
        Refusal::NotFound | Refusal::NoSuchForm | Refusal::Method => None,
        Refusal::Foreign | Refusal::ForeignChange => Some(Reason::ForeignOrigin),
        Refusal::TooLarge | Refusal::LargeChange => Some(Reason::TooLarge),
        Refusal::MediaType | Refusal::UnreadChange => Some(Reason::WrongType),
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
