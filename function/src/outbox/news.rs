//! Mails to a kreds about its citizen's act: other hours, a corrected telephone number, or a withdrawal.

use super::attempt::Attempt;
use super::mails::mailbox_of;
use super::{Done, Failure};
use crate::case_link::link;
use crate::content::{form_title, kreds_name};
use crate::message::Audience;
use crate::store::{MailName, Overview, Recipient, read_again};
use model::case::{Act, Case, Event};
use model::names::{KredsSlug, Language, Nonce, SubmissionId};
use model::submission::Receipt;
use pages::{NewsOfCitizen as News, View};

/// Mails the kreds that has a request. If the request's own mail is still to come, that mail has the change already.
pub(super) async fn send(attempt: Attempt<'_>, id: &SubmissionId, nonce: &Nonce) -> Result<Done, Failure> {
    let (service, catalog) = (attempt.service, attempt.catalog);
    let now = service.clock.now();
    let file = service.store.case(id, now).await?.ok_or(Failure::Missing("submission"))?;
    let (receipt, case) = (&file.receipt, &file.case);
    let Some((event, news)) = case.event(nonce).and_then(|event| Some((event, news_of(event)?))) else {
        return Ok(Done::Withheld);
    };
    if is_outdated(case, event) {
        return Ok(Done::Withheld);
    }
    let overview = service.store.overview(id, now).await?.ok_or(Failure::Missing("submission"))?;
    let visible = case.visible_to_citizen(now);
    let (kreds, recipient) = match news {
        // The withdrawal determined the kreds, and left nothing of a mail that may have gone out.
        News::Withdrawn => {
            let kreds = attempt.leased.kreds.clone();
            let holder = overview.holder_at(&kreds).unwrap_or_else(|| first_mailbox(receipt, &kreds));
            (kreds, holder)
        }
        News::Hours | News::Phone => {
            let kreds = visible.kreds(&receipt.kreds);
            let holder = overview.holder_at(kreds).filter(|holder| !says_so(&overview, *holder, event));
            let Some(holder) = holder else { return Ok(Done::Withheld) };
            (kreds.clone(), holder)
        }
    };
    let danish = Language::danish();
    let view = View::new(catalog, &danish, now);
    let names = [form_title(catalog, &receipt.form), kreds_name(catalog, &kreds)];
    let case = link(service, receipt, recipient, &kreds, catalog.base_url());
    let mail = service.pages.news_mail(&view, receipt, names, news, case.as_deref())?;
    let to = mailbox_of(catalog, &kreds, recipient, &receipt.form).unwrap_or(catalog.fallback());
    let name = MailName::News(receipt.reference.clone(), nonce.clone());
    attempt.hand_over(mail, Audience::Kreds, to, &name).await
}

const fn news_of(event: &Event) -> Option<News> {
    match event.act {
        Act::HoursChanged => Some(News::Hours),
        Act::PhoneChanged => Some(News::Phone),
        Act::Withdrawn => Some(News::Withdrawn),
        _ => None,
    }
}

/// True if nobody calls any more, or if the same was changed again since: the later mail covers both.
fn is_outdated(case: &Case, event: &Event) -> bool {
    let again = || case.by_citizen().any(|other| other.act == event.act && other.at > event.at);
    event.act != Act::Withdrawn && (case.is_over() || again())
}

/// True if the mail that a mailbox has went out so long after an event that it includes the change. After a
/// point-in-time restore that forgot a mail, that is unknown.
fn says_so(overview: &Overview, holder: Recipient, event: &Event) -> bool {
    let Some(mail) = overview.mail_to(holder) else { return false };
    mail.time("sent_at").is_some_and(|sent| {
        sent >= read_again(event) && mail.time("restored_at").is_none_or(|restored| restored < sent)
    })
}

fn first_mailbox(receipt: &Receipt, kreds: &KredsSlug) -> Recipient {
    if receipt.kreds == *kreds { Recipient::Kreds } else { Recipient::Forwarded }
}
