//! Mailboxes that refuse mail: the forms of a kreds whose mail nobody there takes.

use super::items::{Item, mailbox_key, mailbox_pk, seconds, text_of, time_of};
use super::leases::is_refused;
use super::{Store, StoreError, failed};
use aws_sdk_dynamodb::types::ReturnValue;
use jiff::Timestamp;
use model::names::{FormId, KredsSlug};

const KIND: &str = "mailbox";

/// When both mailboxes of a kreds last refused a form's mail.
const REFUSED: &str = "refused_at";

/// When one of them last took it.
const TAKEN: &str = "taken_at";

impl Store {
    /// Notes that both mailboxes of a kreds refused a form's mail `at` a time.
    pub async fn mailboxes_refuse(&self, kreds: &KredsSlug, form: &FormId, at: Timestamp) -> Result<(), StoreError> {
        self.note_mailbox(kreds, form, REFUSED, at).await.map(|_| ())
    }

    /// Notes that a kreds's mailbox took a form's mail `at` a time; whether its mailboxes were thought to refuse it until
    /// then, and are not any more.
    pub async fn mailboxes_take(&self, kreds: &KredsSlug, form: &FormId, at: Timestamp) -> Result<bool, StoreError> {
        let before = self.note_mailbox(kreds, form, TAKEN, at).await?;
        let refused = before.as_ref().map(refused_since).transpose()?.flatten();
        Ok(refused.is_some_and(|refused| refused < at))
    }

    /// Whether both mailboxes of a kreds refuse a form's mail: what happened last counts, whenever it was told.
    pub async fn do_mailboxes_refuse(&self, kreds: &KredsSlug, form: &FormId) -> Result<bool, StoreError> {
        let item = self.item(mailbox_key(kreds, form), "asking about a mailbox").await?;
        Ok(item.as_ref().map(refused_since).transpose()?.flatten().is_some())
    }

    /// The forms of a kreds whose mail both mailboxes refuse, and since when.
    pub async fn refusing(&self, kreds: &KredsSlug) -> Result<Vec<(FormId, Timestamp)>, StoreError> {
        let mut refusing = Vec::new();
        for item in self.partition(&mailbox_pk(kreds), "asking about mailboxes").await? {
            let form = FormId::parse(text_of(&item, KIND, "sk")?).map_err(|_| StoreError::Unreadable(KIND))?;
            refusing.extend(refused_since(&item)?.map(|since| (form, since)));
        }
        Ok(refusing)
    }

    /// The item as it was before; none if there was none, or if something later was noted.
    async fn note_mailbox(
        &self,
        kreds: &KredsSlug,
        form: &FormId,
        what: &str,
        at: Timestamp,
    ) -> Result<Option<Item>, StoreError> {
        let update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(mailbox_key(kreds, form)))
            .update_expression("SET #what = :at")
            .condition_expression("attribute_not_exists(#what) OR #what < :at")
            .expression_attribute_names("#what", what)
            .expression_attribute_values(":at", seconds(at))
            .return_values(ReturnValue::AllOld);
        match update.send().await {
            Ok(noted) => Ok(noted.attributes),
            Err(error) if is_refused(&error) => Ok(None),
            Err(error) => Err(failed("noting a mailbox", &error)),
        }
    }
}

/// Since when a form's mail is refused, if it is: what happened last counts, whenever it was told.
fn refused_since(item: &Item) -> Result<Option<Timestamp>, StoreError> {
    let (refused, taken) = (time_of(item, KIND, REFUSED)?, time_of(item, KIND, TAKEN)?);
    Ok(refused.filter(|_| refused >= taken))
}
