//! The day's digest: everything that a mailbox of a kreds should have got, so that it can see what is missing.

use super::calls::{Reader, owed};
use super::ghosts::Restored;
use super::mails::{again, hand_over, name_of};
use super::{Done, Failure, Sweep};
use crate::Service;
use crate::alarm::Alarm;
use crate::message::Audience;
use crate::neighbours;
use crate::store::{Leased, MailName, Mailbox, Overview, Progress, Recipient, StoreError, Task};
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

/// Mails the mailbox of a form what it should have got on a day.
pub(super) async fn send(
    service: &Service,
    catalog: &Catalog,
    leased: &mut Leased,
    (kreds, day, form): (&KredsSlug, Date, &FormId),
    restored: Restored,
    swept: &mut Sweep,
) -> Result<Done, Failure> {
    let now = service.clock.now();
    let known = catalog.atlas().kreds(kreds);
    let concerns = Concerns { known, form };
    let mut digest = gather(service, catalog, &concerns, kreds, day, swept).await?;
    let danish = Language::danish();
    let has_roads = concerns.forms().filter_map(|form| catalog.form(form, &danish)).any(|form| form.week().is_some());
    // It comes on Monday morning, when the week is planned.
    if has_roads && day.weekday() == Weekday::Sunday && restored == Restored::No {
        digest.stretches = neighbours::most_asked_about(service, catalog, kreds, |form| concerns.include(form)).await;
    }
    let view = View::new(catalog, &danish, now);
    let mail = service.pages.digest_mail(&view, known.map_or(kreds.as_str(), |kreds| &kreds.name), &digest)?;
    let to = known.and_then(|kreds| kreds.mailboxes.get(form)).unwrap_or(catalog.fallback());
    let name = MailName::Digest(kreds.clone(), day, form.clone());
    hand_over(service, catalog, leased, mail, Audience::Kreds, to, &name).await
}

/// The requests that concern the mailbox of a form: its own, and those that no mailbox of the kreds is for, in one of
/// its digests.
struct Concerns<'a> {
    known: Option<&'a Kreds>,
    form: &'a FormId,
}

impl Concerns<'_> {
    fn include(&self, form: &FormId) -> bool {
        let Some(kreds) = self.known else { return true };
        match kreds.mailboxes.get(form) {
            // Two forms may have one mailbox, and it has one digest.
            Some(mailbox) => kreds.mailboxes.get(self.form) == Some(mailbox),
            None => kreds.mailboxes.keys().next() == Some(self.form),
        }
    }

    /// Its forms, each of which has a series of numbers.
    fn forms(&self) -> impl Iterator<Item = &FormId> {
        let own = self.known.is_none().then_some(self.form);
        self.known.into_iter().flat_map(|kreds| kreds.mailboxes.keys()).filter(|form| self.include(form)).chain(own)
    }
}

async fn gather(
    service: &Service,
    catalog: &Catalog,
    concerns: &Concerns<'_>,
    slug: &KredsSlug,
    day: Date,
    swept: &mut Sweep,
) -> Result<Digest, Failure> {
    let now = service.clock.now();
    let title = |form: &FormId| {
        let known = catalog.form(form, &Language::danish());
        known.map_or(form.as_str(), |form| form.title()).to_owned()
    };
    let mut series: Vec<DigestSeries> = Vec::new();
    for form in concerns.forms() {
        let known = service.store.series(slug, form, day.year()).await?;
        let (begins, lost) = known.map_or((None, Vec::new()), |known| (Some(known.first), known.lost));
        series.push(DigestSeries { form_title: title(form), begins, lost, lines: Vec::new() });
    }
    let mut of_day = BTreeSet::new();
    let mut unreadable = 0;
    for id in service.store.of_day(slug, day).await? {
        // One that was deleted since, because its citizen asked, is not there any more.
        let overview = match service.store.overview(&id, now).await {
            Ok(Some(overview)) => overview,
            Ok(None) => continue,
            // One that a newer release wrote must not keep a whole day from the kreds.
            Err(StoreError::Unreadable(kind)) => {
                swept.raise(Alarm::Unreadable, slug, kind);
                unreadable += 1;
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        let receipt = &overview.receipt;
        // What was withdrawn before its turn was mailed to nobody.
        let is_nobodys = overview.is_withdrawn() && overview.serial_at(slug).is_none();
        if !concerns.include(&receipt.form) || is_nobodys {
            continue;
        }
        of_day.insert(id);
        let form_title = title(&receipt.form);
        let line = DigestLine {
            reference: receipt.reference.clone(),
            received: receipt.received,
            serial: overview.serial_at(slug),
            state: if overview.is_withdrawn() { DigestState::Withdrawn } else { state(overview.progress_at(slug)) },
            holder: holder(concerns, slug, &overview),
            sent_on_to: sent_on_to(catalog, slug, &overview),
        };
        match series.iter_mut().find(|series| series.form_title == form_title) {
            Some(series) => series.lines.push(line),
            None => series.push(DigestSeries { form_title, begins: None, lost: Vec::new(), lines: vec![line] }),
        }
    }
    let ended = ended(service, catalog, concerns, slug, day).await?;
    let mut calls = owed(service, catalog, slug, Reader::Kreds, |form| concerns.include(form), swept).await?;
    let mut held = Vec::new();
    for id in service.store.held(slug).await? {
        let receipt = readable(service, &id, now).await?.filter(|receipt| concerns.include(&receipt.form));
        held.extend(receipt.map(|receipt| receipt.reference));
    }
    // The kreds has not got what is held.
    calls.retain(|call| !held.contains(&call.reference));
    let mut owed_before = 0;
    for id in service.store.unfinished(slug).await?.difference(&of_day) {
        let receipt = readable(service, id, now).await?.filter(|receipt| concerns.include(&receipt.form));
        owed_before += usize::from(receipt.is_some_and(|receipt| danish_day(receipt.received) < day));
    }
    let again = again(service, &Task::Digest(slug.clone(), day, concerns.form.clone())).await?;
    Ok(Digest { calls, ended, stretches: Vec::new(), day, series, held, owed_before, unreadable, again })
}

/// The requests that the kreds closed or sent on that day.
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
            Act::Forwarded { to } => Some(format!("Sendt videre til {}", name_of(catalog, to))),
            _ => None,
        });
        let reference = file.receipt.reference.clone();
        ended.extend(how.last().map(|how| DigestEnd { reference, how }));
    }
    ended.sort_by(|one, other| one.reference.cmp(&other.reference));
    Ok(ended)
}

/// The kreds that has a request now, where that is another one.
fn sent_on_to(catalog: &Catalog, kreds: &KredsSlug, overview: &Overview) -> Option<String> {
    let now_at = overview.case.kreds(&overview.receipt.kreds);
    (now_at != kreds).then(|| name_of(catalog, now_at))
}

async fn readable(service: &Service, id: &SubmissionId, now: Timestamp) -> Result<Option<Receipt>, StoreError> {
    match service.store.receipt(id, now).await {
        Err(StoreError::Unreadable(_)) => Ok(None),
        read => read,
    }
}

/// Whose mailbox a request went to.
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
