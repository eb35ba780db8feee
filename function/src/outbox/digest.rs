//! The digest of a day: all requests that a mailbox of a kreds should have got, so that it can see what is missing.

use super::attempt::Attempt;
use super::calls::{Reader, owed};
use super::ghosts::Restored;
use super::mails::again;
use super::{Done, Failure};
use crate::Service;
use crate::alarm::Alarm;
use crate::content::{form_title, kreds_name};
use crate::message::Audience;
use crate::neighbours;
use crate::store::{MailName, Mailbox, Overview, Progress, Recipient, StoreError, Task};
use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use model::atlas::Kreds;
use model::case::{Act, By};
use model::catalog::Catalog;
use model::deadline::danish_day;
use model::names::{FormId, KredsSlug, Language, SubmissionId};
use model::submission::Receipt;
use pages::{Digest, DigestEnd, DigestLine, DigestSeries, DigestState, Holder, View};
use std::collections::BTreeSet;

/// Mails the digest of a day to the mailbox of a form.
pub(super) async fn send(
    mut attempt: Attempt<'_>,
    kreds: &KredsSlug,
    day: Date,
    form: &FormId,
) -> Result<Done, Failure> {
    let (service, catalog) = (attempt.service, attempt.catalog);
    let now = service.clock.now();
    let known = catalog.atlas().kreds(kreds);
    let concerns = Concerns { known, form };
    let mut digest = gather(&mut attempt, &concerns, kreds, day).await?;
    let danish = Language::danish();
    let has_roads = concerns.forms().filter_map(|form| catalog.form(form, &danish)).any(|form| form.week().is_some());
    // It is sent on Monday morning, when the week is planned.
    if has_roads && day.weekday() == Weekday::Sunday && attempt.restored == Restored::No {
        digest.stretches = neighbours::most_asked_about(service, catalog, kreds, |form| concerns.include(form)).await;
    }
    let view = View::new(catalog, &danish, now);
    let mail = service.pages.digest_mail(&view, kreds_name(catalog, kreds), &digest)?;
    let to = known.and_then(|kreds| kreds.mailboxes.get(form)).unwrap_or(catalog.fallback());
    let name = MailName::Digest(kreds.clone(), day, form.clone());
    attempt.hand_over(mail, Audience::Kreds, to, &name).await
}

/// The requests that concern the mailbox of a form: its own, and for the first form of the kreds also those of forms
/// without a mailbox.
struct Concerns<'a> {
    known: Option<&'a Kreds>,
    form: &'a FormId,
}

impl Concerns<'_> {
    fn include(&self, form: &FormId) -> bool {
        let Some(kreds) = self.known else { return true };
        match kreds.mailboxes.get(form) {
            // Two forms may share a mailbox, which gets one digest.
            Some(mailbox) => kreds.mailboxes.get(self.form) == Some(mailbox),
            None => kreds.mailboxes.keys().next() == Some(self.form),
        }
    }

    /// The forms of the mailbox, each with its own series of numbers.
    fn forms(&self) -> impl Iterator<Item = &FormId> {
        let own = self.known.is_none().then_some(self.form);
        self.known.into_iter().flat_map(|kreds| kreds.mailboxes.keys()).filter(|form| self.include(form)).chain(own)
    }
}

async fn gather(
    attempt: &mut Attempt<'_>,
    concerns: &Concerns<'_>,
    slug: &KredsSlug,
    day: Date,
) -> Result<Digest, Failure> {
    let (service, catalog) = (attempt.service, attempt.catalog);
    let now = service.clock.now();
    let mut series: Vec<DigestSeries> = Vec::new();
    for form in concerns.forms() {
        let known = service.store.series(slug, form, day.year()).await?;
        let (begins, lost) = known.map_or((None, Vec::new()), |known| (Some(known.first), known.lost));
        series.push(DigestSeries { form_title: form_title(catalog, form).to_owned(), begins, lost, lines: Vec::new() });
    }
    let mut of_day = BTreeSet::new();
    let mut unreadable = 0;
    for id in service.store.of_day(slug, day).await? {
        // It may have been deleted since, because its citizen asked.
        let overview = match service.store.overview(&id, now).await {
            Ok(Some(overview)) => overview,
            Ok(None) => continue,
            // A request that a newer release wrote must not keep a whole day from the kreds.
            Err(StoreError::Unreadable(kind)) => {
                attempt.swept.raise(Alarm::Unreadable, slug, kind);
                unreadable += 1;
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        let receipt = &overview.receipt;
        // A request that was withdrawn before its first attempt was mailed to nobody.
        let is_nobodys = overview.is_withdrawn() && overview.serial_at(slug).is_none();
        if !concerns.include(&receipt.form) || is_nobodys {
            continue;
        }
        of_day.insert(id);
        let form_title = form_title(catalog, &receipt.form).to_owned();
        let line = DigestLine {
            reference: receipt.reference.clone(),
            received: receipt.received,
            serial: overview.serial_at(slug),
            state: if overview.is_withdrawn() { DigestState::Withdrawn } else { state(overview.progress_at(slug)) },
            holder: holder(concerns, slug, &overview),
            forwarded_to: forwarded_to(catalog, slug, &overview),
        };
        match series.iter_mut().find(|series| series.form_title == form_title) {
            Some(series) => series.lines.push(line),
            None => series.push(DigestSeries { form_title, begins: None, lost: Vec::new(), lines: vec![line] }),
        }
    }
    let ended = ended(service, catalog, concerns, slug, day).await?;
    let mut calls = owed(attempt, slug, Reader::Kreds, |form| concerns.include(form)).await?;
    let mut held = Vec::new();
    for id in service.store.held(slug).await? {
        let receipt = readable(service, &id, now).await?.filter(|receipt| concerns.include(&receipt.form));
        held.extend(receipt.map(|receipt| receipt.reference));
    }
    // The kreds has not got held requests.
    calls.retain(|call| !held.contains(&call.reference));
    let mut owed_before = 0;
    for id in service.store.unfinished(slug).await?.difference(&of_day) {
        let receipt = readable(service, id, now).await?.filter(|receipt| concerns.include(&receipt.form));
        owed_before += usize::from(receipt.is_some_and(|receipt| danish_day(receipt.received) < day));
    }
    let again = again(service, &Task::Digest(slug.clone(), day, concerns.form.clone())).await?;
    Ok(Digest { calls, ended, stretches: Vec::new(), day, series, held, owed_before, unreadable, again })
}

/// The requests that the kreds closed or forwarded that day.
async fn ended(
    service: &Service,
    catalog: &Catalog,
    concerns: &Concerns<'_>,
    kreds: &KredsSlug,
    day: Date,
) -> Result<Vec<DigestEnd>, StoreError> {
    let now = service.clock.now();
    let mut ended = Vec::new();
    for id in service.store.ended_on(kreds, day).await? {
        let file = match service.store.case(&id, now).await {
            Ok(Some(file)) if concerns.include(&file.receipt.form) => file,
            Ok(_) | Err(StoreError::Unreadable(_)) => continue,
            Err(error) => return Err(error),
        };
        let ours = |by: &By| *by == By::Officer(kreds.clone());
        let how = file.case.standing().filter(|event| ours(&event.by)).filter_map(|event| match &event.act {
            Act::Closed { reason, .. } => {
                let title = catalog.reason(reason).map_or(reason.as_str(), |reason| &reason.title);
                Some(format!("Afsluttet: {title}"))
            }
            Act::Forwarded { to } => Some(format!("Sendt videre til {}", kreds_name(catalog, to))),
            _ => None,
        });
        let reference = file.receipt.reference.clone();
        ended.extend(how.last().map(|how| DigestEnd { reference, how }));
    }
    ended.sort_by(|one, other| one.reference.cmp(&other.reference));
    Ok(ended)
}

/// The name of the kreds that has a request now, if it is another one.
fn forwarded_to(catalog: &Catalog, kreds: &KredsSlug, overview: &Overview) -> Option<String> {
    let now_at = overview.case.kreds(&overview.receipt.kreds);
    (now_at != kreds).then(|| kreds_name(catalog, now_at).to_owned())
}

async fn readable(service: &Service, id: &SubmissionId, now: Timestamp) -> Result<Option<Receipt>, StoreError> {
    match service.store.receipt(id, now).await {
        Err(StoreError::Unreadable(_)) => Ok(None),
        read => read,
    }
}

/// The mailbox that a request went to.
fn holder(concerns: &Concerns<'_>, kreds: &KredsSlug, overview: &Overview) -> Holder {
    let has_mailbox = concerns.known.is_some_and(|kreds| kreds.mailboxes.contains_key(&overview.receipt.form));
    match overview.holder_at(kreds).and_then(Recipient::mailbox) {
        Some(Mailbox::Second) => Holder::Second,
        Some(Mailbox::Fallback) => Holder::Fallback,
        Some(Mailbox::First) if !has_mailbox => Holder::Fallback,
        _ => Holder::First,
    }
}

const fn state(progress: Progress) -> DigestState {
    match progress {
        Progress::Delivered => DigestState::Delivered,
        Progress::Sent => DigestState::Sent,
        Progress::Waiting => DigestState::Waiting,
        Progress::Parked => DigestState::Parked,
        Progress::Held => DigestState::Held,
    }
}
