//! Amazon SES events, as contained in the message of a notification.

use super::{Event, Rejected};
use crate::mailer::{TAG, name_in};
use crate::message::NAME_HEADER;
use crate::refusal::{EnhancedStatus, Refusal};
use crate::store::DeliveryStatus;
use jiff::Timestamp;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The maximum length of a tag's value in SES, in characters.
const LONGEST: usize = 256;

/// An event as SES writes it. Its mail addresses are not read.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SesEvent {
    /// The alias is for notifications that are configured for a sender instead of a configuration set.
    #[serde(alias = "notificationType")]
    event_type: String,
    mail: Option<Mail>,
    delivery: Option<Moment>,
    bounce: Option<Bounce>,
    complaint: Option<Complaint>,
}

#[derive(Deserialize)]
struct Mail {
    timestamp: Timestamp,
    #[serde(default)]
    tags: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    headers: Vec<Header>,
}

#[derive(Deserialize)]
struct Header {
    name: String,
    value: String,
}

#[derive(Deserialize)]
struct Moment {
    timestamp: Timestamp,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Complaint {
    timestamp: Timestamp,
    complaint_sub_type: Option<String>,
    complaint_feedback_type: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Bounce {
    bounce_type: String,
    #[serde(default)]
    bounce_sub_type: String,
    #[serde(default)]
    bounced_recipients: Vec<BouncedRecipient>,
    timestamp: Timestamp,
}

/// The only recipient of a mail. Both fields contain more than a status, but only the status is read.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct BouncedRecipient {
    status: Option<String>,
    diagnostic_code: Option<String>,
}

/// Parses the event in a message.
pub(super) fn parse(message: &str) -> Result<Event, Rejected> {
    let event: SesEvent = serde_json::from_str(message).map_err(|_| Rejected::Unreadable)?;
    let mail = event.mail.as_ref();
    let (status, at) = match event.event_type.as_str() {
        "Delivery" => (DeliveryStatus::Delivered, event.delivery.map(|moment| moment.timestamp)),
        "Complaint" => {
            let complaint = event.complaint.as_ref().ok_or(Rejected::Unreadable)?;
            (complaint.status()?, Some(complaint.timestamp))
        }
        // SES suspects a virus and never sent the mail. The event has no time of its own, only that of the mail.
        "Reject" => (DeliveryStatus::Refused(Refusal::Message), mail.map(|mail| mail.timestamp)),
        "Bounce" => {
            let bounce = event.bounce.as_ref().ok_or(Rejected::Unreadable)?;
            (bounce.status()?, Some(bounce.timestamp))
        }
        // Send, DeliveryDelay, Open, and any future type.
        _ => return Err(Rejected::Ignored),
    };
    let name = mail.and_then(Mail::name).ok_or(Rejected::Unreadable)?;
    Ok(Event { name, status, at: at.ok_or(Rejected::Unreadable)? })
}

impl Complaint {
    /// Classifies a complaint. SES also reports as one that it did not send a mail because the address is on the
    /// account's suppression list ("Amazon SES event data: complaint object" in its developer guide), and that a
    /// recipient moved a mail out of the spam folder.
    fn status(&self) -> Result<DeliveryStatus, Rejected> {
        match (self.complaint_sub_type.as_deref(), self.complaint_feedback_type.as_deref()) {
            (Some("OnAccountSuppressionList"), _) => Ok(DeliveryStatus::Refused(Refusal::Mailbox)),
            (_, Some("not-spam")) => Err(Rejected::Ignored),
            _ => Ok(DeliveryStatus::Complained),
        }
    }
}

impl Bounce {
    /// Classifies a bounce ("Bounce types" in SES's developer guide). Out-of-office replies are transient bounces, too.
    fn status(&self) -> Result<DeliveryStatus, Rejected> {
        let refused = |refusal| Ok(DeliveryStatus::Refused(refusal));
        match (self.bounce_type.as_str(), self.bounce_sub_type.as_str()) {
            ("Permanent", "NoEmail" | "Suppressed" | "OnAccountSuppressionList" | "UnsubscribedRecipient") => {
                refused(Refusal::Mailbox)
            }
            ("Permanent", _) => refused(Refusal::of_bounce(self.enhanced_status())),
            // SES has tried for hours: nobody empties this mailbox.
            ("Transient", "MailboxFull") => refused(Refusal::Mailbox),
            ("Transient", "MessageTooLarge" | "ContentRejected" | "AttachmentRejected") => refused(Refusal::Message),
            ("Undetermined", _) if let Some(status) = self.enhanced_status() => {
                refused(Refusal::of_bounce(Some(status)))
            }
            ("Transient" | "Undetermined", _) => Ok(DeliveryStatus::GaveUp),
            _ => Err(Rejected::Unreadable),
        }
    }

    /// The status in the report (RFC 3464), or in the answer of the recipient's server: `smtp; 550 5.1.1 …`.
    fn enhanced_status(&self) -> Option<EnhancedStatus> {
        let recipient = self.bounced_recipients.first()?;
        let answer = || recipient.diagnostic_code.as_deref()?.split_whitespace().find_map(EnhancedStatus::parse);
        recipient.status.as_deref().and_then(EnhancedStatus::parse).or_else(answer)
    }
}

impl Mail {
    /// The name that we gave the mail: from its tag or, if SES sends no tags, from its header.
    fn name(&self) -> Option<String> {
        let tag = self.tags.get(TAG).and_then(|values| values.first()).map(|tag| name_in(tag));
        let header = || self.headers.iter().find(|header| header.name.eq_ignore_ascii_case(NAME_HEADER));
        tag.or_else(|| header().map(|header| header.value.clone())).filter(|name| is_name(name))
    }
}

/// True for a reference and a kind, or for the parts of a digest's name. The store checks later that there is such a
/// mail.
fn is_name(name: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|sign| sign.is_ascii_alphanumeric() || sign == b'-');
    name.len() <= LONGEST && name.contains('.') && name.split('.').all(plain)
}

#[cfg(test)]
mod tests;
