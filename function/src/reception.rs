//! Reception of a form: judge it, show a summary, store it once, and redirect to the receipt.

use crate::Service;
use crate::automated::held;
use crate::figures;
use crate::metrics::Reason;
use crate::post::{Post, Step};
use crate::probe::{self, Sender};
use crate::route::Rule;
use crate::store::StoreError;
use crate::storing::{Received, Stored, store};
use jiff::civil::Date;
use model::answers::Answers;
use model::atlas::Kreds;
use model::catalog::Catalog;
use model::danger::Tidings;
use model::deadline::danish_day;
use model::field::Field;
use model::field_names::{ABOUT, DESPITE_DANGER, REMOVE_CPR};
use model::form::Form;
use model::names::{FormId, KredsSlug, Language, SubmissionId};
use model::parse::{CprNumber, FieldError};
use model::signpost::{Instead, Signpost};
use model::submission::Held;
use model::words::fill;
use pages::{BadPage, DESPITE_112, Failure, Filled, MAILBOXES_CLOSED, Notice, Summary, View};
use std::net::IpAddr;
use thiserror::Error;

/// The response to a form.
pub enum Reply {
    /// A page with an HTTP status.
    Page(u16, String),
    /// A page that explains why the form was not received, with an HTTP status and the reason for the metric.
    NotReceived(u16, String, Reason),
    /// A redirect to the receipt of the received request.
    Receipt(SubmissionId),
    /// The form does not exist.
    NoSuchForm,
}

/// The reason why a form cannot be answered.
#[derive(Debug, Error)]
pub enum ReceptionError {
    /// The table does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A page cannot be rendered.
    #[error(transparent)]
    Page(#[from] BadPage),
    /// The answers cannot be written for the store.
    #[error(transparent)]
    Answers(#[from] model::answers::Unreadable),
    /// The system provides no random numbers.
    #[error("no random numbers")]
    Random,
    /// All references that were drawn are taken.
    #[error("no free reference was found")]
    NoReference,
}

/// Answers a submitted form.
pub(crate) async fn receive(
    service: &Service,
    catalog: &Catalog,
    language: &Language,
    form: &FormId,
    post: &Post,
    address: Option<IpAddr>,
) -> Result<Reply, ReceptionError> {
    let now = service.clock.now();
    let Some(current) = catalog.form(form, language) else { return Ok(Reply::NoSuchForm) };
    let Some(page) = page_of(catalog, post) else { return Ok(Reply::NoSuchForm) };
    // The view has no URL: a link to the same form in another language would lose what was typed.
    let view = View::new(catalog, language, now);
    if let Some(signpost) = signpost(catalog, language, post) {
        return Ok(Reply::Page(422, service.pages.signpost(&view, signpost, current, page)?));
    }
    let filled = Filled { raw: post.answers.clone(), ..Filled::empty() };
    let show = |filled: Filled| service.pages.form(&view, current, page, &filled);
    if post.step == Step::Change {
        return Ok(Reply::Page(200, show(filled)?));
    }
    if post.step == Step::Danger {
        let page = service.pages.danger(&view, current, catalog.version(), &post.answers, page, Instead::Emergency)?;
        return Ok(Reply::Page(200, page));
    }
    let outdated = post.version.as_ref().is_some_and(|version| version != catalog.version());
    let older = match &post.version {
        Some(version) if outdated => match service.catalogs.version(version).await {
            Ok(older) => older,
            Err(error) => {
                tracing::error!(%error, %form, "the catalog of a page cannot be read; the citizen's page says so");
                let page = show(Filled { notice: Some(Notice::NotReceived), ..filled })?;
                return Ok(Reply::NotReceived(503, page, Reason::Unavailable));
            }
        },
        _ => None,
    };
    let today = danish_day(now);
    let numbers = cpr_errors(catalog, language, current, post, today);
    let asked_about_cpr = !numbers.is_empty() || !post.answers.first(REMOVE_CPR).is_empty();
    let Judged { catalog: judge, places, answers, rule } =
        match judged(catalog, older.as_deref(), language, form, post, today) {
            Some(judged) if numbers.is_empty() => judged,
            _ => {
                let mut errors = current.parse(&post.answers, catalog.atlas(), today).err().unwrap_or_default();
                errors.extend(numbers);
                errors.sort_by_key(|error| current.fields().position(|field| field.name == error.field));
                figures::count(service, form, &page.slug, post, &errors, now).await;
                let page =
                    show(Filled { errors, notice: outdated.then_some(Notice::Outdated), asked_about_cpr, ..filled })?;
                return Ok(Reply::NotReceived(422, page, Reason::Invalid));
            }
        };
    let shown = judge.form(form, language).unwrap_or(current);
    let Some(kreds) = places.atlas().kreds(&answers.place.kreds) else { return Ok(Reply::NoSuchForm) };
    figures::count(service, form, &page.slug, post, &[], now).await;
    let summary = Summary {
        form: shown,
        version: judge.version(),
        answers: &answers,
        raw: &post.answers,
        page,
        kreds,
        promise: kreds.deadline.promise(now),
        failure: None,
    };
    if let Some(message) = closed(service, catalog, language, form, &kreds.slug).await {
        return Ok(Reply::NotReceived(503, service.pages.closed(&view, &summary, &message)?, Reason::Closed));
    }
    let tidings = shown.tidings(&post.answers, &catalog.danger_rules());
    if let Some(instead) = instead_of(tidings, post.answers.first(DESPITE_DANGER)) {
        let html = service.pages.danger(&view, shown, judge.version(), &post.answers, page, instead)?;
        return Ok(Reply::Page(200, html));
    }
    if post.step == Step::Review {
        return Ok(Reply::Page(200, service.pages.summary(&view, &summary)?));
    }
    // Officers read Danish, so parse the same answers again with the Danish form's questions and choices.
    let danish =
        judge.form(form, &Language::danish()).and_then(|form| form.parse(&post.answers, places.atlas(), today).ok());
    let stored = danish.unwrap_or_else(|| answers.clone());
    let sender = probe::sender(service, &post.answers, form, &kreds.slug);
    let held = match sender {
        // A pretender fills in a field that no page has.
        Sender::Pretender => Some(Held::Honeypot),
        Sender::Somebody => held(&post.answers),
        Sender::Probe => None,
    };
    let topic = shown.chosen_topic(&post.answers).map(|topic| topic.code.clone());
    let hours = shown.week().map(|(field, _)| post.answers.all(field.as_str()));
    let received = Received {
        form: current.id(),
        language,
        kreds,
        places: places.version(),
        rule,
        answers: stored,
        hours,
        topic,
        danger: tidings == Tidings::Danger,
        held,
        is_probe: sender == Sender::Probe,
        from: address,
    };
    match store(service, catalog, received, now).await {
        Ok(Stored::Receipt(id)) => Ok(Reply::Receipt(id)),
        Ok(Stored::TooMany) => {
            let page = service.pages.summary(&view, &Summary { failure: Some(Failure::TooMany), ..summary })?;
            Ok(Reply::NotReceived(429, page, Reason::TooMany))
        }
        Err(error) => {
            tracing::error!(%error, form = %form, kreds = %kreds.slug, "a submission was not stored; the citizen's page says so");
            let page = service.pages.summary(&view, &Summary { failure: Some(Failure::Unavailable), ..summary })?;
            Ok(Reply::NotReceived(503, page, Reason::Unavailable))
        }
    }
}

/// The service to turn to instead, unless the citizen has seen that already. After 114, 112 is still shown.
fn instead_of(tidings: Tidings, despite: &str) -> Option<Instead> {
    match tidings {
        Tidings::Danger if despite != DESPITE_112 => Some(Instead::Emergency),
        Tidings::Report if despite.is_empty() => Some(Instead::Police),
        _ => None,
    }
}

/// The signpost for a form that is about another matter; `None` if there is none.
fn signpost<'a>(catalog: &'a Catalog, language: &Language, post: &Post) -> Option<&'a Signpost> {
    catalog.texts(language)?.signposts.iter().find(|signpost| signpost.is_for(post.answers.first(ABOUT)))
}

/// Valid answers, the catalog that judged them, the catalog of their places, and the rule that led to their kreds.
struct Judged<'a> {
    catalog: &'a Catalog,
    places: &'a Catalog,
    answers: Answers,
    rule: Rule,
}

/// Judges by the older catalog of the page, if there is one, or by the one in force.
///
/// Places are those of today's catalog. Only where it does not know the place does the older one decide: a request is
/// not lost because a kommune disappeared while a page was open.
fn judged<'a>(
    catalog: &'a Catalog,
    older: Option<&'a Catalog>,
    language: &Language,
    form: &FormId,
    post: &Post,
    today: Date,
) -> Option<Judged<'a>> {
    let by = |judge: &'a Catalog, places: &'a Catalog| {
        let answers = judge.form(form, language)?.parse(&post.answers, places.atlas(), today).ok()?;
        let is_chosen = !post.answers.first("kommune").is_empty();
        let rule = if is_chosen || answers.place.postcode.is_none() { Rule::Kommune } else { Rule::Postcode };
        Some(Judged { catalog: judge, places, answers, rule })
    };
    let today = older.into_iter().chain([catalog]).find_map(|judge| by(judge, catalog));
    let as_it_was = || older.and_then(|older| by(older, older));
    today.or_else(|| as_it_was().map(|judged| Judged { rule: Rule::OlderCatalog, ..judged }))
}

/// Asks once about each civil registration number. If the form is sent anyway, those beyond doubt are removed; from an
/// address nothing can be removed, so the question is repeated until the number is gone.
fn cpr_errors(catalog: &Catalog, language: &Language, form: &Form, post: &Post, today: Date) -> Vec<FieldError> {
    let Some(texts) = catalog.texts(language) else { return Vec::new() };
    let is_asked = post.answers.first(REMOVE_CPR).is_empty();
    let numbers = form.with_cpr_number(&post.answers, today).into_iter();
    let error = |(field, number): (&Field, CprNumber)| {
        let key = match number {
            CprNumber::InText => "cpr_fundet",
            CprNumber::InAddress => "cpr_i_kontakt",
            CprNumber::Perhaps => "cpr_maaske",
        };
        FieldError { field: field.name.clone(), message: fill(texts.words.get(key), &[("felt", &field.short)]) }
    };
    numbers.filter(|(_, number)| is_asked || *number == CprNumber::InAddress).map(error).collect()
}

/// The reason why a kreds takes no requests with a form now, in the citizen's language: the content closes the form, or
/// both mailboxes refuse mail. If the table does not answer, they count as working.
async fn closed(
    service: &Service,
    catalog: &Catalog,
    language: &Language,
    form: &FormId,
    kreds: &KredsSlug,
) -> Option<String> {
    if let Some(message) = catalog.closed(kreds, form, language) {
        return Some(message.to_owned());
    }
    let refuse = service.store.do_mailboxes_refuse(kreds, form).await.unwrap_or_default();
    let words = refuse.then(|| catalog.texts(language)).flatten()?;
    Some(words.words.get(MAILBOXES_CLOSED).to_owned())
}

/// The kreds whose page the form was sent from. A form without one is not from our pages, but its place is enough.
fn page_of<'a>(catalog: &'a Catalog, post: &Post) -> Option<&'a Kreds> {
    let atlas = catalog.atlas();
    let by_page = post.page.as_ref().and_then(|slug| atlas.kreds(slug));
    let by_place = || atlas.locate(post.answers.first("kommune"), post.answers.first("postnr")).ok();
    by_page.or_else(|| by_place().and_then(|place| atlas.kreds(&place.kreds))).or_else(|| atlas.kredse().first())
}
