//! The day's digest: everything that a mailbox of a kreds should have got, so that it can see what is missing.

use super::mails::{again, hand_over};
use super::{Done, Failure, Sweep};
use crate::Service;
use crate::alarm::Alarm;
use crate::message::Audience;
use crate::store::{Leased, MailName, Mailbox, Overview, Progress, Recipient, StoreError, Task};
use jiff::Timestamp;
use jiff::civil::Date;
use model::atlas::Kreds;
use model::catalog::Catalog;
use model::deadline::danish_day;
use model::names::{FormId, KredsSlug, Language, SubmissionId};
use model::submission::Receipt;
use pages::{Digest, DigestLine, DigestSeries, DigestState, Holder, View};
use std::collections::BTreeSet;

/// Mails the mailbox of a form what it should have got on a day.
pub(super) async fn send(
    service: &Service,
    catalog: &Catalog,
    leased: &mut Leased,
    (kreds, day, form): (&KredsSlug, Date, &FormId),
    swept: &mut Sweep,
) -> Result<Done, Failure> {
    let now = service.clock.now();
    let known = catalog.atlas().kreds(kreds);
    let digest = gather(service, catalog, &Concerns { known, form }, kreds, day, swept).await?;
    let danish = Language::danish();
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
        let is_nobodys = overview.is_withdrawn && overview.serial_at(slug).is_none();
        if !concerns.include(&receipt.form) || is_nobodys {
            continue;
        }
        of_day.insert(id);
        let form_title = title(&receipt.form);
        let line = DigestLine {
            reference: receipt.reference.clone(),
            received: receipt.received,
            serial: overview.serial_at(slug),
            state: if overview.is_withdrawn { DigestState::Withdrawn } else { state(overview.progress_at(slug)) },
            holder: holder(concerns, slug, &overview),
        };
        match series.iter_mut().find(|series| series.form_title == form_title) {
            Some(series) => series.lines.push(line),
            None => series.push(DigestSeries { form_title, begins: None, lost: Vec::new(), lines: vec![line] }),
        }
    }
    let mut held = Vec::new();
    for id in service.store.held(slug).await? {
        let receipt = readable(service, &id, now).await?.filter(|receipt| concerns.include(&receipt.form));
        held.extend(receipt.map(|receipt| receipt.reference));
    }
    let mut owed_before = 0;
    for id in service.store.unfinished(slug).await?.difference(&of_day) {
        let receipt = readable(service, id, now).await?.filter(|receipt| concerns.include(&receipt.form));
        owed_before += usize::from(receipt.is_some_and(|receipt| danish_day(receipt.received) < day));
    }
    let again = again(service, &Task::Digest(slug.clone(), day, concerns.form.clone())).await?;
    Ok(Digest { day, series, held, owed_before, unreadable, again })
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
