//! One attempt at a leased task: everything that its mail needs, and the handover to the mailer.

use super::ghosts::Restored;
use super::{Done, Failure, Sweep, case_update, controls, digest, mails, news, notices};
use crate::Service;
use crate::alarm::Alarm;
use crate::mailer::Handover;
use crate::message::{Audience, build};
use crate::settings::DeliveryPolicy;
use crate::store::{Leased, MailName, Task};
use model::catalog::Catalog;
use model::email::EmailAddress;
use pages::Mail;

/// An attempt at a task that this run has leased.
pub(super) struct Attempt<'a> {
    pub(super) service: &'a Service,
    /// The content in force.
    pub(super) catalog: &'a Catalog,
    pub(super) leased: &'a mut Leased,
    pub(super) restored: Restored,
    /// The counts of this run.
    pub(super) swept: &'a mut Sweep,
}

impl Attempt<'_> {
    /// Sends the mail of the task.
    pub(super) async fn run(self) -> Result<Done, Failure> {
        match &self.leased.task.clone() {
            Task::Mail(id, recipient) => mails::send(self, id, *recipient).await,
            Task::Digest(kreds, day, form) => digest::send(self, kreds, *day, form).await,
            Task::CaseUpdate(id, nonce) => case_update::send(self, id, nonce).await,
            Task::Control(id) => controls::send(self, id).await,
            Task::News(id, nonce) => news::send(self, id, nonce).await,
            Task::Notice(id, notice) => notices::send(self, id, *notice).await,
            Task::Call(..) | Task::Erase(_) => Err(Failure::Missing("mail")),
        }
    }

    /// Builds a mail and hands it to the mailer. Nothing comes between the mark and the mailer: whatever fails before
    /// the mark has sent nothing.
    pub(super) async fn hand_over(
        self,
        mail: Mail,
        audience: Audience,
        to: &EmailAddress,
        name: &MailName,
    ) -> Result<Done, Failure> {
        let Self { service, catalog, leased, .. } = self;
        let name = name.to_string();
        if audience == Audience::Kreds && !may_reach_the_police(service, to) {
            Alarm::WrongDomain.raise_for_all(&name);
            return Err(Failure::Missing("domain of the police"));
        }
        let mail = build(mail, &service.settings, catalog.site_name(), catalog.fallback(), audience, to, &name)?;
        service.store.mark_sending(leased, service.clock.now()).await?;
        let handover = service.mailer.send(&mail, &name).await?;
        tracing::info!(mail = name, "sent");
        Ok(match handover {
            Handover::Final => Done::Final,
            Handover::AwaitingReport => Done::AwaitingReport,
        })
    }
}

/// True if mail to the police may go to an address. Where mail reaches only the sink, it goes nowhere else anyway.
fn may_reach_the_police(service: &Service, to: &EmailAddress) -> bool {
    let settings = &service.settings;
    let is_sink = settings.probing.as_ref().is_some_and(|probing| probing.sink == *to);
    settings.delivery != DeliveryPolicy::Everyone || is_sink || settings.police_domains.allow(to)
}
