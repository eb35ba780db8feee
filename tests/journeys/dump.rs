//! Everything in the tables, item by item, as somebody with a copy of them would see it.

use crate::journeys::lab::Lab;
use aws_sdk_dynamodb::types::AttributeValue;
use std::collections::BTreeMap;

/// The bytes of each attribute of an item.
pub(crate) type Item = BTreeMap<String, Vec<u8>>;

/// Returns every item of the main table and of the table of keys.
pub(crate) fn tables(lab: &Lab) -> [Vec<Item>; 2] {
    let store = lab.function.store();
    [store.table(), store.keys_table()].map(|table| {
        let pages = lab.service.running().service.store().client().scan().table_name(table).into_paginator();
        let items = lab.service.run(pages.items().send().collect::<Result<Vec<_>, _>>()).unwrap();
        items.iter().map(|item| item.iter().map(|(name, value)| (name.clone(), bytes(value))).collect()).collect()
    })
}

/// Returns an attribute's text.
pub(crate) fn text<'a>(item: &'a Item, name: &str) -> &'a str {
    item.get(name).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
}

/// Returns the items that contain one of these ids or references anywhere.
pub(crate) fn that_name<'a>(items: &'a [Item], names: &[&str]) -> Vec<&'a Item> {
    let has = |item: &&Item| {
        let values = item.values().map(|value| String::from_utf8_lossy(value));
        values.into_iter().any(|value| names.iter().any(|name| value.contains(name)))
    };
    items.iter().filter(has).collect()
}

fn bytes(value: &AttributeValue) -> Vec<u8> {
    match value {
        AttributeValue::S(text) | AttributeValue::N(text) => text.clone().into_bytes(),
        AttributeValue::B(bytes) => bytes.as_ref().to_vec(),
        AttributeValue::Bool(flag) => flag.to_string().into_bytes(),
        AttributeValue::Ss(list) => list.join(",").into_bytes(),
        other => panic!("an attribute of a type that nobody looked at: {other:?}"),
    }
}
