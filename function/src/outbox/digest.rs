//! The day's digest: everything that a kreds got, so that it can see what is missing.

use super::mails::hand_over;
use super::{Done, Failure};
use crate::Service;
use crate::message::Audience;
use crate::store::{MailName, Progress};
use jiff::civil::Date;
use model::catalog::Catalog;
use model::names::{FormId, KredsSlug, Language};
use pages::{Digest, DigestLine, DigestState, View};

/// Mails a kreds what it got on a day, to the mailbox of a form.
pub(super) async fn send(
    service: &Service,
    catalog: &Catalog,
    kreds: &KredsSlug,
    day: Date,
    form: &FormId,
) -> Result<Done, Failure> {
    let now = service.clock.now();
    let digest = gather(service, catalog, kreds, day).await?;
    let danish = Language::danish();
    let view = View::new(catalog, &danish, now);
    let known = catalog.atlas().kreds(kreds);
    let mail = service.pages.digest_mail(&view, known.map_or(kreds.as_str(), |kreds| &kreds.name), &digest)?;
    let to = known.and_then(|kreds| kreds.mailboxes.get(form)).unwrap_or(catalog.fallback());
    let name = MailName::Digest(kreds.clone(), day, form.clone());
    hand_over(service, catalog, mail, Audience::Kreds, to, &name).await
}

async fn gather(service: &Service, catalog: &Catalog, kreds: &KredsSlug, day: Date) -> Result<Digest, Failure> {
    let now = service.clock.now();
    let mut lines = Vec::new();
    for id in service.store.of_day(kreds, day).await? {
        // One that was deleted since, because its citizen asked, is not there any more.
        let Some(overview) = service.store.overview(&id, now).await? else { continue };
        let receipt = &overview.receipt;
        let form = catalog.form(&receipt.form, &Language::danish());
        lines.push(DigestLine {
            reference: receipt.reference.clone(),
            form_title: form.map_or(receipt.form.as_str(), |form| form.title()).to_owned(),
            received: receipt.received,
            serial: overview.serial(),
            state: state(overview.progress()),
        });
    }
    lines.sort_by_key(|line| line.received);
    let mut held = Vec::new();
    for id in service.store.held(kreds).await? {
        held.extend(service.store.receipt(&id, now).await?.map(|receipt| receipt.reference));
    }
    let in_lines = lines.iter().filter(|line| line.state != DigestState::Delivered && line.state != DigestState::Sent);
    let owed = service.store.unfinished(kreds).await?;
    let owed_before = owed.saturating_sub(in_lines.count());
    Ok(Digest { day, lines, held, owed_before })
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
