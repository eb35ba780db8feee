//! Probes: requests that the service sends to itself, as a browser would, to check that the whole chain works.
//!
//! They reveal within half an hour that it is broken, even at night and where nobody has asked for a call. The cloud's
//! second schedule starts a probe. It goes over the network to the site's own URL, and comes back through distribution
//! and gateway; the same code as for everybody receives, stores and mails it. Its mark (`mark.rs`) identifies it: its
//! mail goes to the sink and to no kreds, and it counts nowhere. The arrival of its mail is measured
//! (`probe-delivered`), and if nothing is measured for long, an alarm is raised.

mod filled;
pub(crate) mod last;
mod mark;

use crate::Service;
use crate::fetch::{Answer, NoAnswer, ask};
use crate::metrics::Metric;
use crate::settings::Probing;
use crate::store::StoreError;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use filled::{filled, open};
use jiff::{SignedDuration, Timestamp};
use model::field_names::PROBE;
use model::names::{FormId, KredsSlug, SubmissionId};
use model::raw::RawAnswers;
use serde_json::Value;
use std::time::Duration;
use thiserror::Error;

/// The time between two scheduled probes. Each is for the next open form.
pub const EVERY: SignedDuration = SignedDuration::from_mins(15);

/// The time for which a probe is stored.
pub(crate) const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// The longest wait for an answer. The gateway gives up after 29 seconds.
const PATIENCE: Duration = Duration::from_secs(30);

/// The largest accepted answer in bytes. None of our pages is larger.
const LARGEST: usize = 512 * 1024;

/// The state of a probe, as far as its sender knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Probed {
    /// No probe was sent: the settings name no site, or no sink.
    Off,
    /// The probe was received; the schedule mails it.
    Received,
    /// The probe was not received. The log states the reason.
    Failed,
}

/// The sender of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sender {
    /// Anybody: the request has no mark.
    Somebody,
    /// The service itself.
    Probe,
    /// Somebody with an invalid mark. None of our pages sends one.
    Pretender,
}

/// The reason why a probe was not received.
#[derive(Debug, Error)]
enum NotReceived {
    #[error("the content cannot be read: {0}")]
    Content(#[from] StoreError),
    #[error("no form is open, or none can be filled in")]
    NothingOpen,
    #[error("the site's address cannot be asked")]
    Address,
    #[error("the site gave {0}")]
    Silence(#[from] NoAnswer),
    #[error("the form was answered with {0}")]
    Form(u16),
    #[error("the receipt was answered with {0}")]
    Receipt(u16),
}

/// True if the function is called to send a probe.
pub(crate) fn is_asked_for(body: &str) -> bool {
    serde_json::from_str::<Value>(body).is_ok_and(|call| call["task"] == "probe")
}

/// Sends a probe. It never fails: the cloud would repeat it, and what matters is that nothing arrives.
pub(crate) async fn send(service: &Service) -> Probed {
    let Some(probing) = &service.settings.probing else {
        tracing::warn!("no probe is sent: SITE_URL or SINK is not set");
        return Probed::Off;
    };
    match sent(service, probing).await {
        Ok((kreds, form)) => {
            tracing::info!(%kreds, %form, "a probe was received");
            Probed::Received
        }
        Err(error) => {
            tracing::error!(%error, "a probe was not received");
            Probed::Failed
        }
    }
}

async fn sent(service: &Service, probing: &Probing) -> Result<(KredsSlug, FormId), NotReceived> {
    let now = service.clock.now();
    let catalog = service.catalogs.current(now).await?;
    let open = open(&catalog);
    let turn = usize::try_from(now.as_second() / EVERY.as_secs()).unwrap_or(0) % open.len().max(1);
    let chosen = open.get(turn).ok_or(NotReceived::NothingOpen)?;
    let (kreds, form) = (&chosen.kreds.slug, chosen.form.id());
    let mut pairs = filled(&catalog, chosen, now).ok_or(NotReceived::NothingOpen)?;
    pairs.push((PROBE.to_owned(), mark::mark(&service.settings.secret, form, kreds, now)));
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&pairs).finish();
    let answer = request(&probing.site, "POST", &format!("/indsend/{form}"), body).await?;
    let receipt = answer.location.filter(|path| answer.status == 303 && path.starts_with("/kvittering/"));
    let receipt = receipt.ok_or(NotReceived::Form(answer.status))?;
    match request(&probing.site, "GET", &receipt, String::new()).await?.status {
        200 => Ok((kreds.clone(), form.clone())),
        status => Err(NotReceived::Receipt(status)),
    }
}

async fn request(site: &str, method: &'static str, path: &str, body: String) -> Result<Answer, NotReceived> {
    let mut request = HttpRequest::new(SdkBody::from(body));
    request.set_method(method).map_err(|_| NotReceived::Address)?;
    request.set_uri(format!("{site}{path}")).map_err(|_| NotReceived::Address)?;
    let headers = request.headers_mut();
    // A firewall may reject clients without a user agent.
    headers.insert("user-agent", "Mozilla/5.0 (compatible; bestil-en-betjent probe)");
    if method == "POST" {
        headers.insert("content-type", "application/x-www-form-urlencoded");
        headers.insert("origin", site.to_owned());
    }
    Ok(ask(request, PATIENCE, LARGEST).await?)
}

/// Determines the sender of a request with these answers.
pub(crate) fn sender(service: &Service, raw: &RawAnswers, form: &FormId, kreds: &KredsSlug) -> Sender {
    let mark = raw.first(PROBE);
    let is_ours = || mark::is_ours(&service.settings.secret, mark, form, kreds, service.clock.now());
    if mark.is_empty() {
        Sender::Somebody
    } else if service.settings.probing.is_some() && is_ours() {
        Sender::Probe
    } else {
        Sender::Pretender
    }
}

/// Records that a probe's mail has arrived, so the chain works, and measures how long it took.
pub(crate) async fn arrived(service: &Service, id: &SubmissionId, at: Timestamp) -> Result<(), StoreError> {
    if let Some(receipt) = service.store.receipt(id, service.clock.now()).await? {
        let seconds = at.duration_since(receipt.received).as_secs();
        service.measure(Metric::ProbeDelivered, u64::try_from(seconds).unwrap_or(0));
        service.store.probe_arrived(at).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_its_own_event_starts_a_probe() {
        assert!(is_asked_for(r#"{"task":"probe"}"#));
        for other in [
            "",
            "{}",
            "probe",
            r#"{"task":"sweep"}"#,
            r#"{"source":"aws.scheduler"}"#,
            r#"{"task":{}}"#,
            r#"["probe"]"#,
        ] {
            assert!(!is_asked_for(other), "{other}");
        }
    }
}
