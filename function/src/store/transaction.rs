//! Transactions: several writes at once, all or none; a refused one names the writes whose conditions failed.

use super::change::Change;
use super::items::{Item, number};
use super::{Store, StoreError, failed};
use aws_sdk_dynamodb::error::{BuildError, ProvideErrorMetadata};
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::builders::TransactWriteItemBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, Delete, Put, TransactWriteItem, Update};
use std::time::Duration;

/// The result of a transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Everything is written.
    Done,
    /// Nothing is written: the conditions of the writes with these indices failed.
    Refused(Vec<usize>),
}

/// The writes of one transaction, in order.
#[derive(Clone, Default)]
pub(super) struct Transaction {
    writes: Vec<TransactWriteItem>,
    incomplete: bool,
}

/// The maximum number of attempts at a transaction that conflicts with another one.
const MEETINGS: u32 = 6;

impl Transaction {
    pub(super) fn len(&self) -> usize {
        self.writes.len()
    }

    /// Appends the writes of another transaction.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.incomplete |= other.incomplete;
        self.writes.extend(other.writes);
        self
    }

    /// Puts an item, replacing any existing one.
    pub(super) fn put(self, table: &str, item: Item) -> Self {
        self.add(Put::builder().table_name(table).set_item(Some(item)).build(), TransactWriteItemBuilder::put)
    }

    /// Puts an item whose key must be free.
    pub(super) fn put_new(self, table: &str, item: Item) -> Self {
        let put =
            Put::builder().table_name(table).set_item(Some(item)).condition_expression("attribute_not_exists(pk)");
        self.add(put.build(), TransactWriteItemBuilder::put)
    }

    /// Puts an item if a condition on the existing item holds.
    pub(super) fn put_if(
        self,
        table: &str,
        item: Item,
        condition: &str,
        (name, value): (&str, AttributeValue),
    ) -> Self {
        let put = Put::builder().table_name(table).set_item(Some(item)).condition_expression(condition);
        self.add(put.expression_attribute_values(name, value).build(), TransactWriteItemBuilder::put)
    }

    pub(super) fn update(self, table: &str, key: Item, change: Change) -> Self {
        let update = Update::builder()
            .table_name(table)
            .set_key(Some(key))
            .update_expression(change.expression)
            .set_condition_expression(change.condition)
            .set_expression_attribute_names(change.names)
            .set_expression_attribute_values(change.values);
        self.add(update.build(), TransactWriteItemBuilder::update)
    }

    /// Deletes an item, if it exists.
    pub(super) fn delete(self, table: &str, key: Item) -> Self {
        self.add(Delete::builder().table_name(table).set_key(Some(key)).build(), TransactWriteItemBuilder::delete)
    }

    /// Deletes an item if a condition on it holds.
    pub(super) fn delete_if(
        self,
        table: &str,
        key: Item,
        condition: &str,
        (name, value): (&str, AttributeValue),
    ) -> Self {
        let delete = Delete::builder().table_name(table).set_key(Some(key)).condition_expression(condition);
        self.add(delete.expression_attribute_values(name, value).build(), TransactWriteItemBuilder::delete)
    }

    /// Deletes an owed task that no run has begun.
    pub(super) fn delete_untouched(self, table: &str, key: Item) -> Self {
        let untouched = "attribute_exists(due_for) AND attribute_not_exists(lease) AND begun = :none";
        self.delete_if(table, key, untouched, (":none", number(0)))
    }

    fn add<T>(
        mut self,
        write: Result<T, BuildError>,
        kind: impl FnOnce(TransactWriteItemBuilder, T) -> TransactWriteItemBuilder,
    ) -> Self {
        self.incomplete |= write.is_err();
        self.writes.extend(write.map(|write| kind(TransactWriteItem::builder(), write).build()));
        self
    }
}

impl Store {
    /// Changes one item if its condition holds, and returns whether it did. `UpdateItem` would not do: if its answer is
    /// lost, the SDK's retry is refused by its own first write, and a change that was made counts as refused.
    pub(super) async fn changed(&self, operation: &'static str, key: Item, change: Change) -> Result<bool, StoreError> {
        self.written(operation, Transaction::default().update(&self.table, key, change)).await
    }

    /// Writes all or nothing. Returns true if everything was written.
    pub(super) async fn written(&self, operation: &'static str, changes: Transaction) -> Result<bool, StoreError> {
        self.transact(operation, changes).await.map(|outcome| outcome == Outcome::Done)
    }

    /// Writes all or nothing. A retry by the SDK is idempotent, because the SDK gives each transaction a token. One
    /// that conflicts with another transaction did nothing, and is retried with backoff.
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
                        those.map(|(index, _)| index).collect::<Vec<_>>()
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
