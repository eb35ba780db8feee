//! Mailboxes that refuse mail: a form closes while both mailboxes of its kreds refuse its mail.

use super::access::conditional;
use super::change::Change;
use super::items::{Item, mailbox_key, mailbox_pk, seconds, text_of, time_of};
use super::{Store, StoreError};
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue};
use jiff::Timestamp;
use model::names::{FormId, KredsSlug};
use model::reference::Reference;
use std::collections::BTreeSet;

const KIND: &str = "mailbox";

const NOTING: &str = "noting a mailbox";

/// The attribute with the last time at which both mailboxes refused, once [`DIFFERENT`] requests were refused.
const REFUSED: &str = "refused_at";

/// The attribute with the requests refused since a mailbox last accepted a mail, each with the second of its refusal.
const REQUESTS: &str = "refused_requests";

/// The number of different requests that both mailboxes must refuse before the form closes. A single one may be refused
/// for its text: filters do not always say so.
const DIFFERENT: usize = 2;

/// The attribute with the last time at which a mailbox accepted a mail.
const TAKEN: &str = "taken_at";

impl Store {
    /// Notes that both mailboxes of a kreds refused the mail of a request at `at`. Returns true if the form is now
    /// closed.
    pub async fn mailboxes_refuse(
        &self,
        kreds: &KredsSlug,
        form: &FormId,
        request: &Reference,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let change = Change::new("ADD #requests :request")
            // A refusal from before a mailbox last accepted a mail is outdated.
            .when("attribute_not_exists(#taken) OR #taken < :at")
            .names([("#requests", REQUESTS), ("#taken", TAKEN)])
            .values([
                (":request", AttributeValue::Ss(vec![format!("{request} {}", at.as_second())])),
                (":at", seconds(at)),
            ]);
        let update = self.update(mailbox_key(kreds, form), change).return_values(ReturnValue::AllNew);
        let Some(noted) = conditional(update.send().await, NOTING)? else { return Ok(false) };
        let item = noted.attributes.unwrap_or_default();
        let different: BTreeSet<&str> = refused_requests(&item).map(|(request, _)| request).collect();
        if different.len() < DIFFERENT {
            return Ok(false);
        }
        self.note_mailbox(kreds, form, REFUSED, at).await.map(|_| true)
    }

    /// Notes that a mailbox of a kreds accepted a form's mail at `at`. Returns true if this opens the form again.
    pub async fn mailboxes_take(&self, kreds: &KredsSlug, form: &FormId, at: Timestamp) -> Result<bool, StoreError> {
        let before = self.note_mailbox(kreds, form, TAKEN, at).await?;
        if let Some(before) = &before {
            self.forget_refusals(kreds, form, before, at).await?;
        }
        let refused = before.as_ref().map(refused_since).transpose()?.flatten();
        Ok(refused.is_some_and(|refused| refused < at))
    }

    /// True if both mailboxes of a kreds refuse a form's mail: the latest event counts, whenever it was reported.
    pub async fn do_mailboxes_refuse(&self, kreds: &KredsSlug, form: &FormId) -> Result<bool, StoreError> {
        let item = self.item(mailbox_key(kreds, form), "asking about a mailbox").await?;
        Ok(item.as_ref().map(refused_since).transpose()?.flatten().is_some())
    }

    /// The forms of a kreds whose mail both mailboxes refuse, each with the time of the last refusal.
    pub async fn refusing(&self, kreds: &KredsSlug) -> Result<Vec<(FormId, Timestamp)>, StoreError> {
        let read = |item: &Item| {
            let form = FormId::parse(text_of(item, KIND, "sk")?).map_err(|_| StoreError::Unreadable(KIND))?;
            Ok::<_, StoreError>(refused_since(item)?.map(|since| (form, since)))
        };
        let items = self.partition(&mailbox_pk(kreds), "asking about mailboxes").await?;
        // An unreadable item does not hide the others.
        Ok(items.iter().filter_map(|item| read(item).ok().flatten()).collect())
    }

    /// Forgets the refusals from before a mailbox accepted a mail.
    async fn forget_refusals(
        &self,
        kreds: &KredsSlug,
        form: &FormId,
        before: &Item,
        taken: Timestamp,
    ) -> Result<(), StoreError> {
        let over = refused_requests(before).filter(|(_, at)| *at < taken.as_second());
        let over: Vec<String> = over.map(|(request, at)| format!("{request} {at}")).collect();
        if over.is_empty() {
            return Ok(());
        }
        let change = Change::new("DELETE #requests :over")
            .names([("#requests", REQUESTS)])
            .values([(":over", AttributeValue::Ss(over))]);
        self.change(NOTING, mailbox_key(kreds, form), change).await
    }

    /// Returns the item as it was before; `None` if there was none, or if something later is noted.
    async fn note_mailbox(
        &self,
        kreds: &KredsSlug,
        form: &FormId,
        what: &str,
        at: Timestamp,
    ) -> Result<Option<Item>, StoreError> {
        let change = Change::new("SET #what = :at")
            .when("attribute_not_exists(#what) OR #what <= :at")
            .names([("#what", what)])
            .values([(":at", seconds(at))]);
        let update = self.update(mailbox_key(kreds, form), change).return_values(ReturnValue::AllOld);
        Ok(conditional(update.send().await, NOTING)?.and_then(|noted| noted.attributes))
    }
}

fn refused_requests<'a>(item: &'a Item) -> impl Iterator<Item = (&'a str, i64)> {
    let noted = item.get(REQUESTS).and_then(|value| value.as_ss().ok());
    let read = |noted: &'a String| noted.split_once(' ').and_then(|(request, at)| Some((request, at.parse().ok()?)));
    noted.into_iter().flatten().filter_map(read)
}

/// The time of the last refusal, if a form's mail is refused: the latest event counts, whenever it was reported.
fn refused_since(item: &Item) -> Result<Option<Timestamp>, StoreError> {
    let (refused, taken) = (time_of(item, KIND, REFUSED)?, time_of(item, KIND, TAKEN)?);
    Ok(refused.filter(|_| refused >= taken))
}
