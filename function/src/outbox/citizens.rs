//! Mails to citizens about their cases: within the limits of receipts, and in the language of the request.

use super::attempt::Attempt;
use super::{Done, Failure};
use crate::Service;
use crate::clock::after;
use crate::content::kreds_name;
use crate::hashes::Hashed;
use crate::language::known_or_danish;
use crate::message::Audience;
use crate::store::{BETWEEN_RECEIPTS, MailName};
use jiff::SignedDuration;
use model::email::EmailAddress;
use model::names::{KredsSlug, SubmissionId};
use model::submission::Receipt;
use pages::{CaseNews, View};

/// The time that a mail waits when the daily number is reached, or when receipts are paused.
const WHILE_RESTING: SignedDuration = SignedDuration::from_hours(1);

/// The address of a citizen who may be mailed now, within the limits of receipts; otherwise the outcome of the task. A
/// mail over a limit waits for its turn: it is never dropped, since nothing else says the same.
pub(super) async fn may_mail(
    service: &Service,
    id: &SubmissionId,
    name: &MailName,
) -> Result<Result<EmailAddress, Done>, Failure> {
    let now = service.clock.now();
    let submission = service.store.submission(id, now).await?.ok_or(Failure::Missing("submission"))?;
    let Some(email) = submission.answers.contact.email else { return Ok(Err(Done::Withheld)) };
    let email = email.reveal();
    if service.settings.receipts.a_day == 0 {
        return Ok(Err(Done::Rested));
    }
    let later = |wait| Ok(Err(Done::Waits(after(now, wait))));
    let hash = service.hash(&Hashed::Email(email));
    if !service.store.may_mail_receipt(&hash, &name.to_string(), now).await? {
        return later(BETWEEN_RECEIPTS);
    }
    if !service.may_mail_a_receipt().await? {
        return later(WHILE_RESTING);
    }
    Ok(Ok(email.clone()))
}

/// Mails a citizen the news about their request. `kreds` is the one that the mail names.
pub(super) async fn send(
    attempt: Attempt<'_>,
    receipt: &Receipt,
    kreds: &KredsSlug,
    news: &CaseNews<'_>,
    (to, name): (&EmailAddress, &MailName),
) -> Result<Done, Failure> {
    let (service, catalog) = (attempt.service, attempt.catalog);
    let language = known_or_danish(catalog, Some(&receipt.language));
    let view = View::new(catalog, &language, service.clock.now());
    let mail = service.pages.case_mail(&view, receipt, kreds_name(catalog, kreds), news)?;
    attempt.hand_over(mail, Audience::Citizen, to, name).await
}
