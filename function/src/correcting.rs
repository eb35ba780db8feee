//! Corrections by a citizen: other hours, another number, or a withdrawal. Each is written once, or not at all.

use crate::Service;
use crate::case_link::nonce_of;
use crate::citizen::Contents;
use crate::hashes::Hashed;
use crate::language::known_or_danish;
use crate::officer::audit_text;
use crate::store::{CaseFile, Correction, Hit, RateLimit, Step, Stepped, StoreError, Window};
use jiff::{SignedDuration, Timestamp};
use model::answers::Answers;
use model::case::{Act, By, Case, Event};
use model::catalog::Catalog;
use model::field::Field;
use model::form::Form;
use model::names::{Language, Nonce, SubmissionId};
use model::parse::{CprNumber, FieldError};
use model::phone::Phone;
use model::raw::RawAnswers;
use model::words::fill;
use pages::{CONFIRM, CitizenProblem, WISHES};

/// The most changes by a citizen to one request: officers must have room to record what was done.
const AT_MOST: usize = 10;

/// The most changes within [`WITHIN`], since each sends a mail to the kreds.
const AT_ONCE: usize = 4;

/// The period in which [`AT_ONCE`] applies.
const WITHIN: SignedDuration = SignedDuration::from_hours(1);

/// The most attempts at a change that conflicts with another one.
const TRIES: u32 = 5;

/// The audit's name for anybody with the URL of a receipt.
const CITIZEN: &str = "receipt";

/// The reason why nothing was changed.
pub(crate) enum NotChanged {
    Wrong(Vec<FieldError>),
    Problem(CitizenProblem),
    Store(StoreError),
}

/// A change that a citizen asks for.
enum Wish {
    Hours(Vec<String>),
    Number(Phone),
    Withdraw,
}

impl From<StoreError> for NotChanged {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<CitizenProblem> for NotChanged {
    fn from(problem: CitizenProblem) -> Self {
        Self::Problem(problem)
    }
}

impl From<FieldError> for NotChanged {
    fn from(error: FieldError) -> Self {
        Self::Wrong(vec![error])
    }
}

/// Makes the change that was sent. The same button pressed twice makes it once.
pub(crate) async fn correct(
    service: &Service,
    catalog: &Catalog,
    contents: &Contents<'_>,
    mut file: CaseFile,
    sent: &RawAnswers,
) -> Result<SubmissionId, NotChanged> {
    let now = service.clock.now();
    let id = file.receipt.id.clone();
    let nonce = nonce_of(&service.settings.secret, id.as_str(), sent.first("nonce")).ok_or(CitizenProblem::Old)?;
    if file.case.event(&nonce).is_some() {
        return Ok(id);
    }
    // Officers read Danish, so their copy of the answers is in Danish.
    let danish = contents.form(&file.receipt, &Language::danish()).ok_or(CitizenProblem::Old)?;
    let language = known_or_danish(catalog, Some(&file.receipt.language));
    let shown = contents.form(&file.receipt, &language).unwrap_or(danish);
    let wish = wish(catalog, shown, danish, sent, now)?;
    for _ in 0..TRIES {
        let stepped = step(service, danish, &file, &wish, &nonce).await?;
        if stepped != Stepped::Changed {
            return Ok(id);
        }
        file = service.store.case(&id, now).await?.ok_or(CitizenProblem::Old)?;
    }
    // Others keep changing it, or it has all the events that it may have.
    Err(CitizenProblem::TooMany.into())
}

/// Parses the wish that was sent; fails if it is incomplete.
fn wish(catalog: &Catalog, shown: &Form, danish: &Form, sent: &RawAnswers, now: Timestamp) -> Result<Wish, NotChanged> {
    let [hours, number, withdraw] = WISHES;
    match sent.first("handling") {
        wish if wish == hours => {
            let field = shown.call_times().ok_or(CitizenProblem::Old)?;
            field.hours(sent)?;
            Ok(Wish::Hours(danish.call_times().ok_or(CitizenProblem::Old)?.hours(sent)?))
        }
        wish if wish == number => {
            let field = shown.phone().ok_or(CitizenProblem::Old)?;
            let has_cpr = shown
                .with_cpr_number(sent, model::deadline::danish_day(now))
                .iter()
                .any(|(asked, number)| asked.name == field.name && *number == CprNumber::InAddress);
            if has_cpr { Err(cpr_error(catalog, shown, field).into()) } else { Ok(Wish::Number(field.number(sent)?)) }
        }
        wish if wish == withdraw && sent.first(CONFIRM).is_empty() => Err(CitizenProblem::NotConfirmed.into()),
        wish if wish == withdraw => Ok(Wish::Withdraw),
        _ => Err(CitizenProblem::Old.into()),
    }
}

fn cpr_error(catalog: &Catalog, form: &Form, field: &Field) -> FieldError {
    let text = catalog.texts(form.language()).map_or("", |texts| texts.words.get("cpr_i_kontakt"));
    FieldError { field: field.name.clone(), message: fill(text, &[("felt", &field.short)]) }
}

/// Writes a wish to a request, provided that the request has not changed since it was read.
async fn step(
    service: &Service,
    danish: &Form,
    file: &CaseFile,
    wish: &Wish,
    nonce: &Nonce,
) -> Result<Stepped, NotChanged> {
    let (receipt, now) = (&file.receipt, service.clock.now());
    if file.case.event(nonce).is_some() {
        return Ok(Stepped::Before);
    }
    // As on the citizen's page: a closing that can still be undone refuses nobody, and stays unknown to the citizen.
    if file.case.visible_to_citizen(now).is_over() {
        return Err(CitizenProblem::Old.into());
    }
    let act = match wish {
        Wish::Hours(_) => Act::HoursChanged,
        Wish::Number(_) => Act::PhoneChanged,
        Wish::Withdraw => Act::Withdrawn,
    };
    if act != Act::Withdrawn && is_too_much(&file.case, now) {
        return Err(CitizenProblem::TooMany.into());
    }
    let what = audit_text(&act);
    let event = Event { nonce: nonce.clone(), at: now, by: By::Citizen, act };
    let (seen, audit) = (Some(file.count), (what.as_str(), CITIZEN));
    let step = Step { receipt, case: &file.case, event: &event, takes_back: None, seen, note: None, audit };
    let stepped = if let Wish::Withdraw = wish {
        service.store.withdraw(&step, &service.traces(&receipt.id).await?).await?
    } else {
        let submission = service.store.submission(&receipt.id, now).await?;
        let Some(submission) = submission else { return Ok(Stepped::Changed) };
        let answers = changed(danish, submission.answers.clone(), wish).ok_or(CitizenProblem::Old)?;
        let phone = answers.contact.phone.reveal();
        let is_new = phone != submission.answers.contact.phone.reveal();
        // Officers who read of a new number distrust the old one, so the old one in another notation is no change.
        if !is_new && (matches!(wish, Wish::Number(_)) || answers == submission.answers) {
            return Err(CitizenProblem::Same.into());
        }
        let limits = if is_new { rate_limit(service, phone, now).await? } else { Vec::new() };
        let hash = service.hash(&Hashed::Phone(phone));
        service.store.correct(&step, &Correction { answers: &answers, phone: &hash, limits: &limits }).await?
    };
    if stepped == Stepped::Done {
        tracing::info!(reference = %receipt.reference, kreds = %receipt.kreds, what, "a citizen has changed a request");
    }
    Ok(stepped)
}

fn changed(danish: &Form, answers: Answers, wish: &Wish) -> Option<Answers> {
    match wish {
        Wish::Hours(hours) => Some(answers.with_hours(danish.call_times()?, hours.clone())),
        Wish::Number(phone) => Some(answers.with_number(danish.phone()?, phone.clone())),
        Wish::Withdraw => None,
    }
}

fn is_too_much(case: &Case, now: Timestamp) -> bool {
    let lately = case.by_citizen().filter(|event| now.duration_since(event.at) < WITHIN).count();
    case.by_citizen().count() >= AT_MOST || lately >= AT_ONCE
}

/// Checks the limit on requests per number, which a change must not evade. A counter that does not answer refuses
/// nobody.
async fn rate_limit(service: &Service, phone: &Phone, now: Timestamp) -> Result<Vec<Hit>, NotChanged> {
    let Some(limit) = service.settings.brakes.per_phone else { return Ok(Vec::new()) };
    let hash = service.hash(&Hashed::PhoneDay(phone));
    match service.store.rate_limit(Window::Day, &hash, limit, now).await {
        Ok(RateLimit::Within(entry)) => Ok(vec![entry]),
        Ok(RateLimit::Reached) => Err(CitizenProblem::TooMany.into()),
        Err(error) => {
            tracing::warn!(%error, "a count could not be asked; the change is let through");
            Ok(Vec::new())
        }
    }
}
