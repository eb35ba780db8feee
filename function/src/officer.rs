//! The page behind the link in an officer's mail: opening it changes nothing; sending a choice adds one event.
//!
//! Mail programs open links, and some have been seen to send the forms that they find. So no choice is preselected, its
//! author can undo it for ten minutes, and nobody else is notified before that.

mod acts;

pub(crate) use acts::audit_text;

use crate::Service;
use crate::case_link::Token;
use crate::content::form_title;
use crate::shown::{NotShown, Shown};
use crate::store::{CaseFile, Step, Stepped, StoreError};
use acts::act;
use jiff::SignedDuration;
use model::case::{Act, By, Case, Event};
use model::catalog::Catalog;
use model::control::ControlField;
use model::names::{KredsSlug, Language, Nonce};
use model::pii::Pii;
use model::raw::RawAnswers;
use model::submission::Submission;
use pages::{CaseChoice, CasePage, CaseProblem, LONGEST_NOTE, NoCase, UNDO, View, address};

/// The most events that officers note about one request within [`WITHIN`]; beyond that, nothing more can be chosen.
const AT_MOST: usize = 10;

/// The period in which [`AT_MOST`] applies.
const WITHIN: SignedDuration = SignedDuration::from_mins(10);

/// The most characters of a control's number that are shown again.
const LONGEST_NUMBER: usize = 40;

/// A request opened through a link.
struct Opened {
    token: Token,
    file: CaseFile,
    /// The kreds that got the link.
    by: KredsSlug,
}

/// A choice that could not be recorded, and the problem with it; both empty if the page is only shown.
#[derive(Default)]
struct Tried {
    chosen: CaseChoice,
    problem: Option<CaseProblem>,
}

pub(crate) async fn show(service: &Service, catalog: &Catalog, end: &str) -> Result<Shown, NotShown> {
    page(service, catalog, &open(service, end).await?, Tried::default()).await
}

/// Records a choice, once.
pub(crate) async fn note(
    service: &Service,
    catalog: &Catalog,
    end: &str,
    sent: &RawAnswers,
) -> Result<Shown, NotShown> {
    let opened = open(service, end).await?;
    let chosen = CaseChoice {
        choice: sent.first(if is_call(sent) { "opkald" } else { "valg" }).to_owned(),
        to: sent.first("til").to_owned(),
        reason: sent.first("grund").to_owned(),
        note: Pii::new(sent.first("note").trim().to_owned()),
        control: ControlField::ALL.map(|field| sent.first(field.name()).trim().chars().take(LONGEST_NUMBER).collect()),
    };
    let problem = match change(service, catalog, &opened, &chosen, sent).await {
        Ok(()) => return Ok(Shown::SeeOther(address::case(&opened.token.to_string()))),
        Err(NotNoted::Problem(problem)) => problem,
        Err(NotNoted::Store(error)) => return Err(NotShown::to_officer(&error)),
    };
    // The page also shows events that happened meanwhile.
    page(service, catalog, &open(service, end).await?, Tried { chosen, problem: Some(problem) }).await
}

/// Opens the request behind a link, if the link is genuine and the request exists.
async fn open(service: &Service, end: &str) -> Result<Opened, NotShown> {
    let token = Token::copied(end).ok_or(NoCase::Unknown)?;
    let file = service.store.case(&token.id, service.clock.now()).await;
    let file = file.map_err(|error| NotShown::to_officer(&error))?.ok_or(NoCase::Unknown)?;
    let kreds = match token.recipient.is_forwarded() {
        true => file.case.forwarded().map(|(to, _)| to),
        false => Some(&file.receipt.kreds),
    };
    let by = kreds.cloned().ok_or(NoCase::Unknown)?;
    let is_genuine = token.is_genuine(&service.settings.secret, &by, &file.receipt.form);
    if is_genuine { Ok(Opened { token, file, by }) } else { Err(NoCase::Unknown.into()) }
}

async fn page(service: &Service, catalog: &Catalog, opened: &Opened, tried: Tried) -> Result<Shown, NotShown> {
    let Opened { token, file, by } = opened;
    let (submission, notes) = read(service, opened).await.map_err(|error| NotShown::to_officer(&error))?;
    let mut random = [[0; 8]; 2];
    getrandom::fill(random.as_flattened_mut()).map_err(|_| NoCase::Down)?;
    let nonces = random.map(|random| token.form_nonce(&service.settings.secret, &Nonce::from_random(random)));
    let danish = Language::danish();
    let page = CasePage {
        receipt: &file.receipt,
        submission: submission.as_ref(),
        form_title: form_title(catalog, &file.receipt.form),
        by,
        case: &file.case,
        notes: &notes,
        token: &token.to_string(),
        nonces: nonces.each_ref().map(String::as_str),
        seen: file.count,
        chosen: tried.chosen,
        problem: tried.problem,
    };
    let view = View::new(catalog, &danish, service.clock.now());
    let status = tried.problem.map_or(200, CaseProblem::status);
    Ok(Shown::Page(status, service.pages.case(&view, &page)?))
}

/// Reads the personal data of a request, for the responsible kreds only.
async fn read(
    service: &Service,
    opened: &Opened,
) -> Result<(Option<Submission>, Vec<(Nonce, Pii<String>)>), StoreError> {
    let receipt = &opened.file.receipt;
    if opened.file.case.kreds(&receipt.kreds) != &opened.by {
        return Ok((None, Vec::new()));
    }
    let submission = service.store.submission(&receipt.id, service.clock.now()).await?;
    Ok((submission, service.store.notes(&receipt.id).await?))
}

/// The reason why nothing was recorded.
enum NotNoted {
    Problem(CaseProblem),
    Store(StoreError),
}

impl From<CaseProblem> for NotNoted {
    fn from(problem: CaseProblem) -> Self {
        Self::Problem(problem)
    }
}

impl From<StoreError> for NotNoted {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

async fn change(
    service: &Service,
    catalog: &Catalog,
    opened: &Opened,
    chosen: &CaseChoice,
    sent: &RawAnswers,
) -> Result<(), NotNoted> {
    let (now, case, receipt) = (service.clock.now(), &opened.file.case, &opened.file.receipt);
    if chosen.choice.is_empty() {
        return Err(if is_call(sent) { CaseProblem::NoNumber } else { CaseProblem::NoChoice }.into());
    }
    let nonce = opened.token.nonce_of(&service.settings.secret, sent.first("nonce"));
    let nonce = nonce.ok_or(CaseProblem::Changed)?;
    if case.event(&nonce).is_some() {
        return Ok(());
    }
    let seen: u32 = sent.first("hidtil").parse().map_err(|_| CaseProblem::Changed)?;
    if chosen.note.reveal().chars().count() > LONGEST_NOTE {
        return Err(CaseProblem::TooLong.into());
    }
    if lately(case, now) >= AT_MOST {
        return Err(CaseProblem::TooMany.into());
    }
    let takes_back =
        if chosen.choice == UNDO { Some(case.undoable(&opened.by, now).ok_or(CaseProblem::Changed)?) } else { None };
    let act = match takes_back {
        Some(event) => Act::Undone { nonce: event.nonce.clone() },
        None => act(catalog, receipt, chosen, now)?,
    };
    if let Act::Forwarded { to } = &act
        && service.store.do_mailboxes_refuse(to, &receipt.form).await?
    {
        return Err(CaseProblem::ClosedKreds.into());
    }
    if takes_back.is_none() && !case.may(&act, &opened.by, &receipt.kreds) {
        return Err(CaseProblem::Changed.into());
    }
    let what = takes_back.map_or_else(|| audit_text(&act), |event| format!("taken back: {}", audit_text(&event.act)));
    let link = format!("link {} {}", opened.token.recipient.as_str(), opened.by);
    let event = Event { nonce, at: now, by: By::Officer(opened.by.clone()), act };
    let note = Some(&chosen.note).filter(|note| takes_back.is_none() && !note.reveal().is_empty());
    let step = Step { receipt, case, event: &event, takes_back, seen: Some(seen), note, audit: (&what, &link) };
    match service.store.step(&step).await? {
        Stepped::Done => {
            tracing::info!(reference = %receipt.reference, kreds = %opened.by, what, "a case has changed");
            Ok(())
        }
        Stepped::Before => Ok(()),
        Stepped::Changed => Err(CaseProblem::Changed.into()),
    }
}

/// True for the form that an officer sends before a call.
fn is_call(sent: &RawAnswers) -> bool {
    !sent.first("ringer").is_empty()
}

fn lately(case: &Case, now: jiff::Timestamp) -> usize {
    let is_recent = |event: &&Event| event.by != By::Citizen && now.duration_since(event.at) < WITHIN;
    case.events().iter().filter(is_recent).count()
}
