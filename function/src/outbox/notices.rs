//! Notices about owed calls: to the kreds before the deadline, to its leader after it, and the question to the citizen.

use super::attempt::Attempt;
use super::calls::{Reader, owed};
use super::citizens::{self, may_mail};
use super::{Done, Failure};
use crate::case_link::link;
use crate::content::{form_title, kreds_name};
use crate::message::Audience;
use crate::store::{MailName, OwedCall, Recipient};
use model::names::{Language, SubmissionId};
use model::notice::{Holder, Notice, Still};
use pages::{CaseNews, OverdueCalls, ReminderMail, View, address};

/// Sends a notice, if it is still due: somebody may have called since it was planned.
pub(super) async fn send(mut attempt: Attempt<'_>, id: &SubmissionId, notice: Notice) -> Result<Done, Failure> {
    let (service, catalog) = (attempt.service, attempt.catalog);
    let now = service.clock.now();
    // The request is deleted or withdrawn.
    let Some(call) = service.store.owed_call(id, now).await? else { return Ok(Done::Withheld) };
    let holder = notice.holder().unwrap_or_else(|| match call.case.forwarded() {
        Some(_) => Holder::Forwarded,
        None => Holder::First,
    });
    match call.of(holder).still(notice, now) {
        Still::Due => {}
        Still::Later(at) => return Ok(Done::Waits(at)),
        Still::Over => return Ok(Done::Withheld),
    }
    let (receipt, name) = (&call.receipt, MailName::Notice(call.receipt.reference.clone(), notice));
    let danish = Language::danish();
    let view = View::new(catalog, &danish, now);
    let slug = &attempt.leased.kreds.clone();
    let kreds_name = kreds_name(catalog, slug);
    let kreds = catalog.atlas().kreds(slug);
    let mailbox = kreds.and_then(|kreds| kreds.mailboxes.get(&receipt.form));
    let (mail, mailbox) = match notice {
        Notice::Reminder(_) => {
            let recipient = if call.case.forwarded().is_some() { Recipient::Forwarded } else { Recipient::Kreds };
            let reminder = ReminderMail {
                receipt,
                kreds_name,
                form_title: form_title(catalog, &receipt.form),
                tried: call.case.not_reached().count(),
                link: &link(service, receipt, recipient, slug, catalog.base_url()).unwrap_or_default(),
            };
            (service.pages.reminder_mail(&view, &reminder)?, mailbox)
        }
        // The call that is overdue now, with all others that are.
        Notice::Overdue(_) => {
            let mut calls = owed(&mut attempt, slug, Reader::Leader, |_| true).await?;
            calls.retain(|call| call.is_overdue);
            let overdue = OverdueCalls { receipt, kreds_name, calls: &calls };
            let leader = kreds.and_then(|kreds| kreds.leader_mailbox.as_ref());
            (service.pages.overdue_mail(&view, &overdue)?, leader.or(mailbox))
        }
        Notice::Question => return ask(attempt, &call, &name).await,
    };
    // The fallback mailbox is manned, so somebody reads the notice.
    let to = mailbox.unwrap_or(catalog.fallback());
    attempt.hand_over(mail, Audience::Kreds, to, &name).await
}

/// Asks a citizen who gave an address whether somebody has called.
async fn ask(attempt: Attempt<'_>, call: &OwedCall, name: &MailName) -> Result<Done, Failure> {
    let receipt = &call.receipt;
    let email = match may_mail(attempt.service, &receipt.id, name).await? {
        Ok(email) => email,
        Err(done) => return Ok(done),
    };
    let page = format!("{}{}", attempt.catalog.base_url(), address::question(&receipt.id));
    let kreds = call.case.kreds(&receipt.kreds);
    citizens::send(attempt, receipt, kreds, &CaseNews::Asked(&page), (&email, name)).await
}
