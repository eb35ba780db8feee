//! Mails to citizens about their cases: whether one may go out now, and in which language.

use super::{Done, Failure};
use crate::Service;
use crate::hashes::{Hashed, hash};
use crate::store::{BETWEEN_RECEIPTS, MailName};
use jiff::SignedDuration;
use model::catalog::Catalog;
use model::email::EmailAddress;
use model::names::{Language, SubmissionId};

/// Time that a mail waits when as many went out today as may, or when none may go out now.
const WHILE_RESTING: SignedDuration = SignedDuration::from_hours(1);

/// The address for a mail to a citizen, or the reason against it.
pub(super) enum MayMail {
    Yes(EmailAddress),
    No(Done),
}

/// Finds out whether a citizen gave an address and may be mailed now, within the limits of receipts. What is over a limit
/// waits for its turn: it is never dropped, for nothing else says it.
pub(super) async fn may_mail(service: &Service, id: &SubmissionId, name: &MailName) -> Result<MayMail, Failure> {
    let now = service.clock.now();
    let submission = service.store.submission(id, now).await?.ok_or(Failure::Missing("submission"))?;
    let Some(email) = submission.answers.contact.email else { return Ok(MayMail::No(Done::Withheld)) };
    let email = email.reveal();
    if service.settings.receipts.a_day == 0 {
        return Ok(MayMail::No(Done::Rested));
    }
    let later = |wait| Ok(MayMail::No(Done::Waits(now.saturating_add(wait).unwrap_or(now))));
    let hash = hash(&service.settings.secret, &Hashed::Email(email));
    if !service.store.may_mail_receipt(&hash, &name.to_string(), now).await? {
        return later(BETWEEN_RECEIPTS);
    }
    if !service.may_mail_a_receipt().await? {
        return later(WHILE_RESTING);
    }
    Ok(MayMail::Yes(email.clone()))
}

/// The language of a request where the content still has it, else Danish.
pub(super) fn language(catalog: &Catalog, wanted: &Language) -> Language {
    if catalog.texts(wanted).is_some() { wanted.clone() } else { Language::danish() }
}
