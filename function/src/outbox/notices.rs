//! Mails that a call is owed: to the kreds before the deadline, to its leader after it, and the question to the citizen.

use super::calls::{Reader, owed};
use super::citizens::{MayMail, language, may_mail};
use super::mails::{hand_over, name_of};
use super::{Done, Failure, Sweep};
use crate::Service;
use crate::case_link::link;
use crate::message::Audience;
use crate::store::{Leased, MailName, OwedCall, Recipient};
use model::catalog::Catalog;
use model::names::{Language, SubmissionId};
use model::notice::{Holder, Notice, Still};
use pages::{CaseNews, OverdueCalls, ReminderMail, View, address};

/// Sends one of them, if it is still due: somebody may have called since it was planned.
pub(super) async fn send(
    service: &Service,
    catalog: &Catalog,
    leased: &mut Leased,
    (id, notice): (&SubmissionId, Notice),
    swept: &mut Sweep,
) -> Result<Done, Failure> {
    let now = service.clock.now();
    // Deleted or withdrawn: nobody need hear of it.
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
    let kreds_name = &name_of(catalog, &leased.kreds);
    let kreds = catalog.atlas().kreds(&leased.kreds);
    let mailbox = kreds.and_then(|kreds| kreds.mailboxes.get(&receipt.form));
    let (mail, mailbox) = match notice {
        Notice::Reminder(_) => {
            let recipient = if call.case.forwarded().is_some() { Recipient::Forwarded } else { Recipient::Kreds };
            let form = catalog.form(&receipt.form, &danish);
            let reminder = ReminderMail {
                receipt,
                kreds_name,
                form_title: form.map_or(receipt.form.as_str(), |form| form.title()),
                tried: call.case.not_reached().count(),
                link: &link(service, receipt, recipient, &leased.kreds, catalog.base_url()).unwrap_or_default(),
            };
            (service.pages.reminder_mail(&view, &reminder)?, mailbox)
        }
        // The one that is overdue now, with all others that are.
        Notice::Overdue(_) => {
            let mut calls = owed(service, catalog, &leased.kreds, Reader::Leader, |_| true, swept).await?;
            calls.retain(|call| call.is_overdue);
            let overdue = OverdueCalls { receipt, kreds_name, calls: &calls };
            let leader = kreds.and_then(|kreds| kreds.leader_mailbox.as_ref());
            (service.pages.overdue_mail(&view, &overdue)?, leader.or(mailbox))
        }
        Notice::Question => return ask(service, catalog, leased, &call, &name).await,
    };
    // Somebody reads what no kreds does.
    let to = mailbox.unwrap_or(catalog.fallback());
    hand_over(service, catalog, leased, mail, Audience::Kreds, to, &name).await
}

/// Asks a citizen who gave an address whether somebody has called.
async fn ask(
    service: &Service,
    catalog: &Catalog,
    leased: &mut Leased,
    call: &OwedCall,
    name: &MailName,
) -> Result<Done, Failure> {
    let receipt = &call.receipt;
    let email = match may_mail(service, &receipt.id, name).await? {
        MayMail::Yes(email) => email,
        MayMail::No(done) => return Ok(done),
    };
    let language = language(catalog, &receipt.language);
    let view = View::new(catalog, &language, service.clock.now());
    let kreds = name_of(catalog, call.case.kreds(&receipt.kreds));
    let page = format!("{}{}", catalog.base_url(), address::question(&receipt.id));
    let mail = service.pages.case_mail(&view, receipt, &kreds, &CaseNews::Asked(&page))?;
    hand_over(service, catalog, leased, mail, Audience::Citizen, &email, name).await
}
