//! Delivery notifications: mails that were delivered, returned or complained about after they were sent.
//!
//! Amazon SES notifies an SNS topic, which calls the function. Anybody who may call the function could send it
//! anything, so an event counts only if SNS signed it for our topic.

mod certificate;
mod event;
mod notification;
mod reputation;
#[cfg(test)]
mod tests;

use crate::settings::MailEvents;
use crate::store::DeliveryStatus;
use certificate::Certificates;
use jiff::Timestamp;
use notification::Notification;
use serde::Deserialize;
use thiserror::Error;

/// A delivery notification: one mail and its status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The mail's name, `K7F-M2X-P9T.kreds`.
    pub name: String,
    /// The delivery status.
    pub status: DeliveryStatus,
    /// The time by the mail service's clock, to recognise news: events may come late, in any order, and repeatedly.
    pub at: Timestamp,
}

/// The content of a notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    /// The delivery status of a mail.
    Mail(Event),
    /// An alarm: too many receipts to citizens bounce or are marked as spam.
    ReceiptsComeBack,
}

/// The reason for refusing a notification. It quotes nothing of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Rejected {
    /// It is from another topic.
    #[error("it is of another topic")]
    Topic,
    /// It is not signed by SNS, or only with the old signature version.
    #[error("it is not signed, or not as it should be")]
    Signature,
    /// The certificate is not where it should be, or cannot be read.
    #[error("its certificate is not where it should be, or cannot be read")]
    Certificate,
    /// The certificate cannot be fetched now. The notification may be genuine: fail, so that it is sent again.
    #[error("its certificate cannot be fetched now")]
    Unreachable,
    /// It is no notification, or no event about one of our mails.
    #[error("it cannot be read")]
    Unreadable,
    /// It is genuine but irrelevant: a mail is on its way.
    #[error("it is of no interest")]
    Ignored,
}

/// A reader of delivery notifications.
pub struct Listener {
    topic: String,
    certificates: Certificates,
}

impl Listener {
    /// Creates a listener to the settings' topic. It connects to nothing yet.
    #[must_use]
    pub fn new(settings: &MailEvents) -> Self {
        Self { topic: settings.topic.clone(), certificates: Certificates::new(&settings.certificates) }
    }

    /// Reads the events in a call by SNS; an error is the reason why one does not count.
    ///
    /// They do not expire: SNS tries for 23 days to reach a function ("Amazon SNS message delivery retries" in its
    /// developer guide), and a late event is still true. A replayed event does no harm as long as the caller goes by
    /// [`Event::at`].
    pub async fn read(&self, body: &str) -> Vec<Result<Report, Rejected>> {
        let Ok(call) = serde_json::from_str::<Call>(body) else { return vec![Err(Rejected::Unreadable)] };
        let mut events = Vec::with_capacity(call.records.len());
        for record in call.records {
            events.push(self.read_one(record).await);
        }
        events
    }

    async fn read_one(&self, record: serde_json::Value) -> Result<Report, Rejected> {
        let notification = Notification::read(record)?;
        if notification.topic_arn != self.topic {
            return Err(Rejected::Topic);
        }
        let certificate = self.certificates.get(notification.certificate()?).await?;
        notification.verify(&certificate)?;
        let alarm = reputation::parse(&notification.message);
        alarm.unwrap_or_else(|| event::parse(&notification.message).map(Report::Mail))
    }
}

/// True if SNS calls the function with notifications, rather than the schedule. This does not prove them genuine.
#[must_use]
pub fn is_mail_event(body: &str) -> bool {
    let source = |record: &serde_json::Value| record["EventSource"] == notification::SOURCE;
    serde_json::from_str::<Call>(body).is_ok_and(|call| call.records.iter().any(source))
}

#[derive(Deserialize)]
struct Call {
    #[serde(rename = "Records")]
    records: Vec<serde_json::Value>,
}
