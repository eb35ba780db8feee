//! Single reads and writes of items. Reads are consistent, and errors quote nothing.

use super::change::Change;
use super::items::{Item, text};
use super::{Store, StoreError};
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;

impl Store {
    /// Reads an item of the main table.
    pub(super) async fn item(&self, key: Item, operation: &'static str) -> Result<Option<Item>, StoreError> {
        let get = self.client.get_item().table_name(&self.table).set_key(Some(key)).consistent_read(true);
        get.send().await.map(|found| found.item).map_err(|error| failed(operation, &error))
    }

    /// Reads an item of the table of keys.
    pub(super) async fn kept(&self, key: Item) -> Result<Option<Item>, StoreError> {
        let get = self.client.get_item().table_name(&self.keys_table).set_key(Some(key)).consistent_read(true);
        get.send().await.map(|found| found.item).map_err(|error| failed("reading a key", &error))
    }

    /// Reads all items of a partition.
    pub(super) async fn partition(&self, pk: &str, operation: &'static str) -> Result<Vec<Item>, StoreError> {
        let query = self.client.query().table_name(&self.table).consistent_read(true);
        let query = query.key_condition_expression("pk = :pk").expression_attribute_values(":pk", text(pk));
        all(query, operation).await
    }

    /// Puts an item, replacing any existing one.
    pub(super) async fn put(&self, operation: &'static str, item: Item) -> Result<(), StoreError> {
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item));
        put.send().await.map(|_| ()).map_err(|error| failed(operation, &error))
    }

    /// Changes an item. A condition that fails is an error.
    pub(super) async fn change(&self, operation: &'static str, key: Item, change: Change) -> Result<(), StoreError> {
        self.update(key, change).send().await.map(|_| ()).map_err(|error| failed(operation, &error))
    }

    /// An update of one item that is not sent yet.
    pub(super) fn update(&self, key: Item, change: Change) -> UpdateItemFluentBuilder {
        self.client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(key))
            .update_expression(change.expression)
            .set_condition_expression(change.condition)
            .set_expression_attribute_names(change.names)
            .set_expression_attribute_values(change.values)
    }
}

/// Reads all pages of a query.
pub(super) async fn all(query: QueryFluentBuilder, operation: &'static str) -> Result<Vec<Item>, StoreError> {
    let mut pages = query.into_paginator().items().send();
    let mut items = Vec::new();
    while let Some(item) = pages.next().await {
        items.push(item.map_err(|error| failed(operation, &error))?);
    }
    Ok(items)
}

/// The answer to a conditional write; `None` if its condition failed.
pub(super) fn conditional<T, E: ProvideErrorMetadata, R>(
    answer: Result<T, SdkError<E, R>>,
    operation: &'static str,
) -> Result<Option<T>, StoreError> {
    match answer {
        Ok(written) => Ok(Some(written)),
        Err(error) if error.code() == Some("ConditionalCheckFailedException") => Ok(None),
        Err(error) => Err(failed(operation, &error)),
    }
}

/// An SDK error reduced to its code, or to the kind of missing answer, since its text may quote an item.
pub(super) fn failed<E: ProvideErrorMetadata, R>(operation: &'static str, error: &SdkError<E, R>) -> StoreError {
    let silence = match error {
        SdkError::TimeoutError(_) => "no answer in time",
        SdkError::DispatchFailure(_) => "no connection",
        SdkError::ResponseError(_) => "an answer that cannot be read",
        _ => "refused",
    };
    StoreError::Failed { operation, reason: error.code().unwrap_or(silence).to_owned() }
}
