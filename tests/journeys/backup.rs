//! Backup and restore of the main table, like a point-in-time restore. The table of keys has no backup.

use crate::journeys::lab::Lab;
use aws_sdk_dynamodb::types::AttributeValue;
use function::store::Store;
use std::collections::HashMap;

/// All items of the main table, at one moment.
pub(crate) struct Backup(Vec<HashMap<String, AttributeValue>>);

impl Backup {
    pub(crate) fn of(lab: &Lab) -> Self {
        Self(lab.service.run(items(lab.function.store())))
    }

    /// Restores the main table; everything written to it since is gone.
    pub(crate) fn restore(&self, lab: &Lab) {
        let store = lab.function.store();
        lab.service.run(async {
            for item in items(store).await {
                let key = ["pk", "sk"].map(|name| (name.to_owned(), item[name].clone()));
                let delete = store.client().delete_item().table_name(store.table()).set_key(Some(key.into()));
                delete.send().await.unwrap();
            }
            for item in &self.0 {
                let put = store.client().put_item().table_name(store.table()).set_item(Some(item.clone()));
                put.send().await.unwrap();
            }
        });
    }
}

async fn items(store: &Store) -> Vec<HashMap<String, AttributeValue>> {
    let pages = store.client().scan().table_name(store.table()).into_paginator();
    pages.items().send().collect::<Result<Vec<_>, _>>().await.unwrap()
}
