//! A mail service whose outcomes a test decides for each mail.

use crate::journeys::mailbox::{Mail, notice, read};
use function::mailer::{Handover, Mailer, NotSent, SendFailure};
use function::message::Audience;
use function::refusal::Refusal;
use std::sync::{Arc, Mutex};

/// A mail that was handed over.
#[derive(Clone)]
pub(crate) struct Posted {
    /// Its name, such as `K7F-M2X-P9T.kreds`.
    pub(crate) name: String,
    /// The address on the envelope.
    pub(crate) to: String,
    pub(crate) audience: Audience,
    pub(crate) bytes: Vec<u8>,
}

/// Decides the outcome of a mail.
type Rule = dyn Fn(&Posted) -> Result<Handover, NotSent> + Send + Sync;

/// The mail service.
#[derive(Clone)]
pub(crate) struct PostOffice {
    tried: Arc<Mutex<Vec<Posted>>>,
    out: Arc<Mutex<Vec<Posted>>>,
    rule: Arc<Mutex<Arc<Rule>>>,
}

impl Posted {
    pub(crate) fn mail(&self) -> Mail {
        read(&self.bytes)
    }

    pub(crate) fn is_digest(&self) -> bool {
        self.name.starts_with("dagens.")
    }
}

impl PostOffice {
    pub(crate) fn new() -> Self {
        let rule: Arc<Rule> = Arc::new(|_| Ok(Handover::Final));
        Self { tried: Arc::default(), out: Arc::default(), rule: Arc::new(Mutex::new(rule)) }
    }

    /// Sets the outcome of mails from now on.
    pub(crate) fn set(&self, rule: impl Fn(&Posted) -> Result<Handover, NotSent> + Send + Sync + 'static) {
        *self.rule.lock().unwrap() = Arc::new(rule);
    }

    /// Returns the mails about requests that went out, or may have, without notices about owed calls.
    pub(crate) fn mails(&self) -> Vec<Posted> {
        self.all().into_iter().filter(|mail| !mail.is_digest() && notice(&mail.name).is_none()).collect()
    }

    pub(crate) fn digests(&self) -> Vec<Posted> {
        self.all().into_iter().filter(Posted::is_digest).collect()
    }

    /// Returns everything that was handed over, whatever its outcome.
    pub(crate) fn tried(&self) -> Vec<Posted> {
        self.tried.lock().unwrap().clone()
    }

    pub(crate) fn all(&self) -> Vec<Posted> {
        self.out.lock().unwrap().clone()
    }

    /// Returns a mailer that hands its mails over here.
    pub(crate) fn mailer(&self) -> Mailer {
        let office = self.clone();
        Mailer::Memory(Arc::new(move |mail, name| {
            let posted = Posted {
                name: name.to_owned(),
                to: mail.to().as_str().to_owned(),
                audience: mail.audience(),
                bytes: mail.bytes().reveal().clone(),
            };
            office.tried.lock().unwrap().push(posted.clone());
            let rule = Arc::clone(&office.rule.lock().unwrap());
            let outcome = rule(&posted);
            let perhaps_out = match &outcome {
                Ok(_) => true,
                Err(error) => error.failure == SendFailure::Ambiguous,
            };
            if perhaps_out {
                office.out.lock().unwrap().push(posted);
            }
            outcome
        }))
    }
}

/// Fails for now: the mail may be sent later.
pub(crate) fn for_now() -> Result<Handover, NotSent> {
    Err(NotSent::for_now("the post office is closed"))
}

/// Fails for good: the mailbox refuses the mail.
pub(crate) fn for_good() -> Result<Handover, NotSent> {
    Err(NotSent::refused(Refusal::Mailbox, "550"))
}
