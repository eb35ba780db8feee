//! Mails that a call is owed: to the kreds before the deadline, to its leader after it, and the question to the citizen.

use super::calls::{Reader, owed};
use super::citizens::{Reach, language, reach};
use super::mails::{hand_over, name_of};
use super::{Done, Failure, Sweep};
use crate::Service;
use crate::case_link::link;
use crate::message::Audience;
use crate::store::{Leased, MailName, OwedCall, Recipient};
use model::catalog::Catalog;
use model::email::EmailAddress;
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
    let name = MailName::Notice(call.receipt.reference.clone(), notice);
    match notice {
        Notice::Reminder(_) => remind(service, catalog, leased, &call, &name).await,
        Notice::Overdue(_) => tell_leader(service, catalog, leased, &call, &name, swept).await,
        Notice::Question => ask(service, catalog, leased, &call, &name).await,
    }
}

/// Where the kreds reads it, or whoever reads what no kreds does.
fn mailbox<'a>(catalog: &'a Catalog, leased: &Leased, call: &OwedCall) -> &'a EmailAddress {
    let kreds = catalog.atlas().kreds(&leased.kreds);
    kreds.and_then(|kreds| kreds.mailboxes.get(&call.receipt.form)).unwrap_or(catalog.fallback())
}

async fn remind(
    service: &Service,
    catalog: &Catalog,
    leased: &mut Leased,
    call: &OwedCall,
    name: &MailName,
) -> Result<Done, Failure> {
    let (receipt, danish) = (&call.receipt, Language::danish());
    let recipient = if call.case.forwarded().is_some() { Recipient::Forwarded } else { Recipient::Kreds };
    let form = catalog.form(&receipt.form, &danish);
    let reminder = ReminderMail {
        receipt,
        kreds_name: &name_of(catalog, &leased.kreds),
        form_title: form.map_or(receipt.form.as_str(), |form| form.title()),
        tried: call.case.not_reached().count(),
        link: &link(service, receipt, recipient, &leased.kreds, catalog.base_url()).unwrap_or_default(),
    };
    let view = View::new(catalog, &danish, service.clock.now());
    let mail = service.pages.reminder_mail(&view, &reminder)?;
    let to = mailbox(catalog, leased, call);
    hand_over(service, catalog, leased, mail, Audience::Kreds, to, name).await
}

/// Tells the leader of a kreds of a call that is overdue now, with all others that are.
async fn tell_leader(
    service: &Service,
    catalog: &Catalog,
    leased: &mut Leased,
    call: &OwedCall,
    name: &MailName,
    swept: &mut Sweep,
) -> Result<Done, Failure> {
    let mut calls = owed(service, catalog, &leased.kreds, Reader::Leader, |_| true, swept).await?;
    calls.retain(|call| call.is_overdue);
    let danish = Language::danish();
    let overdue = OverdueCalls { receipt: &call.receipt, kreds_name: &name_of(catalog, &leased.kreds), calls: &calls };
    let view = View::new(catalog, &danish, service.clock.now());
    let mail = service.pages.overdue_mail(&view, &overdue)?;
    let leader = catalog.atlas().kreds(&leased.kreds).and_then(|kreds| kreds.leader_mailbox.as_ref());
    let to = leader.unwrap_or_else(|| mailbox(catalog, leased, call));
    hand_over(service, catalog, leased, mail, Audience::Kreds, to, name).await
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
    let email = match reach(service, &receipt.id, name).await? {
        Reach::To(email) => email,
        Reach::Not(done) => return Ok(done),
    };
    let language = language(catalog, &receipt.language);
    let view = View::new(catalog, &language, service.clock.now());
    let kreds = name_of(catalog, call.case.kreds(&receipt.kreds));
    let page = format!("{}{}", catalog.base_url(), address::question(&receipt.id));
    let mail = service.pages.case_mail(&view, receipt, &kreds, &CaseNews::Asked(&page))?;
    hand_over(service, catalog, leased, mail, Audience::Citizen, &email, name).await
}
