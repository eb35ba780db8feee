//! Receipts by mail: limited and paused, since too many bounces would stop the mail to the police, too.

use crate::Service;
use crate::clock::after;
use crate::store::{Recipient, StoreError, Task};
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use model::names::SubmissionId;
use pages::ReceiptNote;

/// The time for which receipts pause after too many bounces. The next alarm pauses them again.
pub(crate) const REST: SignedDuration = SignedDuration::from_hours(24);

impl Service {
    /// Pauses receipts for a day: an alarm says that too many bounce.
    pub(crate) async fn rest_receipts(&self) -> Result<(), StoreError> {
        let now = self.clock.now();
        tracing::warn!(hours = REST.as_hours(), "receipts to citizens rest");
        self.store.rest_receipts(now, after(now, REST)).await
    }

    /// Takes one receipt from today's quota; false if none is left. Mail to the police has no quota.
    pub(crate) async fn may_mail_a_receipt(&self) -> Result<bool, StoreError> {
        let (now, a_day) = (self.clock.now(), self.settings.receipts.a_day);
        if a_day == 0 || self.store.receipts_rest(now).await? {
            return Ok(false);
        }
        self.store.take_receipt(now.to_zoned(TimeZone::UTC).date(), a_day, now).await
    }

    /// The note on the page of a receipt. If it cannot be read, the receipt is shown without it.
    pub(crate) async fn receipt_note(&self, id: &SubmissionId) -> ReceiptNote {
        if self.store.is_held(id).await.unwrap_or_default() {
            return ReceiptNote::Held;
        }
        match self.store.task(&Task::Mail(id.clone(), Recipient::Citizen)).await.ok().flatten() {
            Some(mail) if mail.has("bounced_at") || mail.has("parked_at") || mail.is_given_up() => {
                ReceiptNote::MailFailed
            }
            Some(mail) if mail.has("rested_at") => ReceiptNote::MailNotNow,
            Some(mail) if mail.has("withheld_at") => ReceiptNote::MailWithheld,
            Some(mail) if !mail.has("sent_at") && !mail.has("done_at") && self.receipts_are_off().await => {
                ReceiptNote::MailNotNow
            }
            _ => ReceiptNote::None,
        }
    }

    async fn receipts_are_off(&self) -> bool {
        self.settings.receipts.a_day == 0 || self.store.receipts_rest(self.clock.now()).await.unwrap_or(false)
    }
}
