//! The citizen's page at the receipt's URL: opening it changes nothing; each of its forms adds one event.
//!
//! Anybody with the URL can see the page, so it shows no answers. Unknown, expired and deleted requests look the same.

use crate::Service;
use crate::case_link::form_nonce;
use crate::correcting::{NotChanged, correct};
use crate::language::known_or_danish;
use crate::shown::{NotShown, Shown};
use crate::store::CaseFile;
use model::atlas::Kreds;
use model::catalog::Catalog;
use model::form::Form;
use model::names::{KredsSlug, Language, Nonce, SubmissionId};
use model::raw::RawAnswers;
use model::submission::Receipt;
use pages::{CitizenPage, CitizenProblem, CitizenTried, Refusal, View, address};
use std::sync::Arc;

/// The content for showing a request: the one in force and, where that lacks something, the one that it was judged by.
pub(crate) struct Contents<'a> {
    current: &'a Catalog,
    older: Option<Arc<Catalog>>,
}

/// Shows the page in the language in which the form was filled in.
pub(crate) async fn show(
    service: &Service,
    catalog: &Catalog,
    page: &Language,
    id: Option<&SubmissionId>,
) -> Result<Shown, NotShown> {
    let file = open(service, id, Refusal::NoReceiptNow).await?;
    shown(service, catalog, page, &file, CitizenTried::default()).await
}

/// Records the citizen's change, once.
pub(crate) async fn change(
    service: &Service,
    catalog: &Catalog,
    page: &Language,
    id: Option<&SubmissionId>,
    sent: RawAnswers,
) -> Result<Shown, NotShown> {
    let file = open(service, id, Refusal::NoChangeNow).await?;
    let contents = Contents::of(service, catalog, &file.receipt).await;
    let (problem, errors) = match correct(service, catalog, &contents, file, &sent).await {
        Ok(id) => return Ok(Shown::SeeOther(address::receipt(&id))),
        Err(NotChanged::Wrong(errors)) => (CitizenProblem::Wrong, errors),
        Err(NotChanged::Problem(problem)) => (problem, Vec::new()),
        Err(NotChanged::Store(error)) => return Err(NotShown::to_citizen(&error, Refusal::NoChangeNow)),
    };
    // The page also shows events that happened meanwhile.
    let file = open(service, id, Refusal::NoChangeNow).await?;
    shown(service, catalog, page, &file, CitizenTried { raw: sent, errors, problem: Some(problem) }).await
}

/// Looks up the request at a URL; a URL without an id gets the same refusal as an unknown one. `down` is the refusal
/// when the store does not answer.
pub(crate) async fn open(service: &Service, id: Option<&SubmissionId>, down: Refusal) -> Result<CaseFile, NotShown> {
    let file = service.store.case(id.ok_or(Refusal::NotFound)?, service.clock.now()).await;
    let file = file.map_err(|error| NotShown::to_citizen(&error, down))?;
    file.ok_or(NotShown::Refused(Refusal::NotFound))
}

async fn shown(
    service: &Service,
    catalog: &Catalog,
    page: &Language,
    file: &CaseFile,
    tried: CitizenTried,
) -> Result<Shown, NotShown> {
    let (receipt, now) = (&file.receipt, service.clock.now());
    let language = known_or_danish(catalog, Some(&receipt.language));
    let contents = Contents::of(service, catalog, receipt).await;
    let visible = file.case.visible_to_citizen(now);
    let kreds = contents.kreds(visible.kreds(&receipt.kreds)).or_else(|| contents.kreds(&receipt.kreds));
    let (Some(form), Some(kreds)) = (contents.form(receipt, &language), kreds) else {
        return Err(Refusal::NotFound.into());
    };
    let reason = service.reason(catalog, &visible).await;
    let reason = reason.map_err(|error| NotShown::to_citizen(&error, Refusal::NoReceiptNow))?;
    let mut random = [[0; 8]; 3];
    if let Err(error) = getrandom::fill(random.as_flattened_mut()) {
        tracing::error!(%error, language = %page, "no random numbers");
        return Err(Refusal::NoReceiptNow.into());
    }
    let status = tried.problem.map_or(200, CitizenProblem::status);
    let nonce = |random| form_nonce(&service.settings.secret, receipt.id.as_str(), &Nonce::from_random(random));
    let page = CitizenPage {
        receipt,
        form,
        kreds,
        note: service.receipt_note(&receipt.id).await,
        case: &file.case,
        reason: reason.as_ref(),
        nonces: random.map(nonce),
        tried,
    };
    let view = View::new(catalog, &language, now);
    Ok(Shown::Page(status, service.pages.citizen(&view, &page)?))
}

impl<'a> Contents<'a> {
    pub(crate) async fn of(service: &Service, current: &'a Catalog, receipt: &Receipt) -> Self {
        let language = known_or_danish(current, Some(&receipt.language));
        // The content may have lost the kreds or the form since; the receipt stays as it was.
        let has_topic = |form: &Form| has_topic(form, receipt);
        let is_known = current.form(&receipt.form, &language).is_some_and(has_topic)
            && current.atlas().kreds(&receipt.kreds).is_some();
        let older = if is_known { None } else { service.catalogs.version(&receipt.catalog).await.ok().flatten() };
        Self { current, older }
    }

    fn all(&self) -> impl Iterator<Item = &Catalog> {
        [Some(self.current), self.older.as_deref()].into_iter().flatten()
    }

    /// The form in force or, if it has dropped the topic, the older one that has it: its advice still helps.
    pub(crate) fn form(&self, receipt: &Receipt, language: &Language) -> Option<&Form> {
        let forms = || self.all().filter_map(|catalog| catalog.form(&receipt.form, language));
        forms().find(|form| has_topic(form, receipt)).or_else(|| forms().next())
    }

    pub(crate) fn kreds(&self, slug: &KredsSlug) -> Option<&Kreds> {
        self.all().find_map(|catalog| catalog.atlas().kreds(slug))
    }
}

fn has_topic(form: &Form, receipt: &Receipt) -> bool {
    receipt.topic.as_ref().is_none_or(|topic| form.advice(topic).is_some())
}
