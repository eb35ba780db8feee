//! Writing several items at once: all of them, or none, and then which of them was in the way.

use super::items::Item;
use super::{Store, StoreError, failed};
use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::builders::{DeleteBuilder, PutBuilder, UpdateBuilder};
use aws_sdk_dynamodb::types::{Delete, Put, TransactWriteItem, Update};
use std::time::Duration;

/// Result of a transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// All is written.
    Done,
    /// Nothing is written: the conditions of these writes, by their place, did not hold.
    Refused(Vec<usize>),
}

/// The writes of one transaction, in order.
#[derive(Clone, Default)]
pub(super) struct Transaction {
    writes: Vec<TransactWriteItem>,
    incomplete: bool,
}

/// Most times that a transaction that met another one is tried again.
const MEETINGS: u32 = 6;

impl Transaction {
    /// Puts an item where `condition` lets it.
    pub(super) fn put(mut self, table: &str, item: Item, condition: impl FnOnce(PutBuilder) -> PutBuilder) -> Self {
        let put = condition(Put::builder().table_name(table).set_item(Some(item))).build();
        self.incomplete |= put.is_err();
        self.writes.extend(put.map(|put| TransactWriteItem::builder().put(put).build()));
        self
    }

    /// The number of writes.
    pub(super) fn len(&self) -> usize {
        self.writes.len()
    }

    /// The writes of another one, too.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.incomplete |= other.incomplete;
        self.writes.extend(other.writes);
        self
    }

    /// Puts an item where none is.
    pub(super) fn put_new(self, table: &str, item: Item) -> Self {
        self.put(table, item, |put| put.condition_expression("attribute_not_exists(pk)"))
    }

    /// Changes an item.
    pub(super) fn update(
        mut self,
        table: &str,
        key: Item,
        change: impl FnOnce(UpdateBuilder) -> UpdateBuilder,
    ) -> Self {
        let update = change(Update::builder().table_name(table).set_key(Some(key))).build();
        self.incomplete |= update.is_err();
        self.writes.extend(update.map(|update| TransactWriteItem::builder().update(update).build()));
        self
    }

    /// Deletes an item, if it is there.
    pub(super) fn delete(self, table: &str, key: Item) -> Self {
        self.delete_if(table, key, |delete| delete)
    }

    /// Deletes an item where `condition` lets it.
    pub(super) fn delete_if(
        mut self,
        table: &str,
        key: Item,
        condition: impl FnOnce(DeleteBuilder) -> DeleteBuilder,
    ) -> Self {
        let delete: Result<Delete, _> =
            condition(DeleteBuilder::default().table_name(table).set_key(Some(key))).build();
        self.incomplete |= delete.is_err();
        self.writes.extend(delete.map(|delete| TransactWriteItem::builder().delete(delete).build()));
        self
    }
}

impl Store {
    /// Changes one item where its condition holds, and says whether it did. Not as an `UpdateItem`: when its answer is lost,
    /// the SDK's retry is refused by its own first write, and a change that was made counts as none.
    pub(super) async fn changed(
        &self,
        operation: &'static str,
        key: Item,
        change: impl FnOnce(UpdateBuilder) -> UpdateBuilder,
    ) -> Result<bool, StoreError> {
        self.written(operation, Transaction::default().update(&self.table, key, change)).await
    }

    /// Writes all or nothing, and says whether all was written.
    pub(super) async fn written(&self, operation: &'static str, changes: Transaction) -> Result<bool, StoreError> {
        self.transact(operation, changes).await.map(|outcome| outcome == Outcome::Done)
    }

    /// Writes all or nothing. A retry by the SDK is the same transaction, because the SDK gives each a token; one that
    /// met another transaction at some item did nothing, and is tried again after a moment.
    pub(super) async fn transact(
        &self,
        operation: &'static str,
        transaction: Transaction,
    ) -> Result<Outcome, StoreError> {
        if transaction.incomplete {
            return Err(StoreError::Unreadable("transaction"));
        }
        for meeting in 1.. {
            let write = self.client.transact_write_items().set_transact_items(Some(transaction.writes.clone()));
            let Err(error) = write.send().await else { return Ok(Outcome::Done) };
            let met = match error.as_service_error() {
                Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) => {
                    let reasons = cancelled.cancellation_reasons().iter().enumerate();
                    let with = |code: &'static str| {
                        let those = reasons.clone().filter(move |(_, reason)| reason.code() == Some(code));
                        those.map(|(place, _)| place).collect::<Vec<_>>()
                    };
                    let refused = with("ConditionalCheckFailed");
                    if !refused.is_empty() {
                        return Ok(Outcome::Refused(refused));
                    }
                    !with("TransactionConflict").is_empty()
                }
                Some(TransactWriteItemsError::TransactionInProgressException(_)) => true,
                Some(_) | None => false,
            };
            if !met || meeting >= MEETINGS {
                let service = error.as_service_error();
                let refused = |code: &str| StoreError::Failed { operation, reason: code.to_owned() };
                return Err(service.map_or_else(
                    || failed(operation, &error),
                    |service| refused(service.code().unwrap_or("refused")),
                ));
            }
            tokio::time::sleep(Duration::from_millis(20 << meeting)).await;
        }
        Err(StoreError::Unreadable("transaction"))
    }
}
