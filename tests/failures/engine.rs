//! The embedded DynamoDB, called in process: the wire's requests and answers without a wire.

use dynoxide::{Database, DynoxideError};
use function::store::{DUE_INDEX, OWED_SINCE};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Creates the tables as they are in the cloud. A change there needs the same change here.
pub(crate) fn make_tables(database: &Database, table: &str, keys_table: &str) {
    let text = |name: &str| json!({ "AttributeName": name, "AttributeType": "S" });
    let key = |name: &str, kind: &str| json!({ "AttributeName": name, "KeyType": kind });
    let due = json!({
        "IndexName": DUE_INDEX,
        "KeySchema": [key("due_for", "HASH"), key("due_at", "RANGE")],
        "Projection": { "ProjectionType": "INCLUDE", "NonKeyAttributes": [OWED_SINCE] },
    });
    let main = json!({
        "TableName": table,
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions":
            [text("pk"), text("sk"), text("due_for"), { "AttributeName": "due_at", "AttributeType": "N" }],
        "KeySchema": [key("pk", "HASH"), key("sk", "RANGE")],
        "GlobalSecondaryIndexes": [due],
    });
    let keys = json!({
        "TableName": keys_table,
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [text("pk")],
        "KeySchema": [key("pk", "HASH")],
    });
    for request in [main, keys] {
        ask(database, "CreateTable", request.to_string().as_bytes()).unwrap();
    }
}

/// Answers one request as the service would: its status, and its body.
pub(crate) fn answer(database: &Database, operation: &str, body: &[u8]) -> (u16, String) {
    match ask(database, operation, body) {
        Ok(body) => (200, body),
        Err(error) => (error.status_code(), error.to_json()),
    }
}

/// Returns the keys of all items in a table.
pub(crate) fn places(database: &Database, table: &str) -> Vec<Value> {
    scan(database, &json!({ "TableName": table, "ProjectionExpression": "pk, sk" }))
}

/// Returns the queue of each item that waits in one, except foreign ones.
pub(crate) fn queues(database: &Database, table: &str) -> Vec<String> {
    let standing =
        scan(database, &json!({ "TableName": table, "IndexName": DUE_INDEX, "ProjectionExpression": "pk, due_for" }));
    let ours = standing.iter().filter(|item| !is_foreign(item));
    ours.map(|item| item["due_for"]["S"].as_str().unwrap().to_owned()).collect()
}

/// Puts foreign items into queues: a release that cannot read them must skip them.
pub(crate) fn put_foreign(database: &Database, table: &str, queues: &[String]) {
    for (number, queue) in queues.iter().enumerate() {
        let item = json!({
            "pk": { "S": format!("{FOREIGN}{number}") },
            "sk": { "S": "task#mail#sms" },
            "due_for": { "S": queue },
            "due_at": { "N": "1000" },
        });
        assert_eq!(
            answer(database, "PutItem", json!({ "TableName": table, "Item": item }).to_string().as_bytes()).0,
            200
        );
    }
}

const FOREIGN: &str = "FOREIGN#";

fn is_foreign(item: &Value) -> bool {
    item["pk"]["S"].as_str().is_some_and(|pk| pk.starts_with(FOREIGN))
}

/// Restores a table to its earlier items.
pub(crate) fn put_back(database: &Database, table: &str, before: &[Value]) {
    let write = |operation: &str, name: &str, value: &Value| {
        let request = json!({ "TableName": table, name: value }).to_string();
        assert_eq!(answer(database, operation, request.as_bytes()).0, 200);
    };
    places(database, table).iter().for_each(|key| write("DeleteItem", "Key", key));
    before.iter().for_each(|item| write("PutItem", "Item", item));
}

/// Returns all items of a table in the wire's format.
pub(crate) fn items(database: &Database, table: &str) -> Vec<Value> {
    scan(database, &json!({ "TableName": table }))
}

fn scan(database: &Database, request: &Value) -> Vec<Value> {
    let found = ask(database, "Scan", request.to_string().as_bytes()).unwrap();
    let mut found: Value = serde_json::from_str(&found).unwrap();
    assert!(found.get("LastEvaluatedKey").is_none_or(Value::is_null), "more than one page of items");
    serde_json::from_value(found["Items"].take()).unwrap()
}

fn ask(database: &Database, operation: &str, body: &[u8]) -> Result<String, DynoxideError> {
    match operation {
        "CreateTable" => run(body, |request| database.create_table(request)),
        "GetItem" => run(body, |request| database.get_item(request)),
        "PutItem" => run(body, |request| database.put_item(request)),
        "UpdateItem" => run(body, |request| database.update_item(request)),
        "DeleteItem" => run(body, |request| database.delete_item(request)),
        "Query" => run(body, |request| database.query(request)),
        "Scan" => run(body, |request| database.scan(request)),
        "BatchGetItem" => run(body, |request| database.batch_get_item(request)),
        "BatchWriteItem" => run(body, |request| database.batch_write_item(request)),
        "TransactGetItems" => run(body, |request| database.transact_get_items(request)),
        "TransactWriteItems" => run(body, |request| database.transact_write_items(request)),
        other => panic!("the harness does not know the operation {other}: add it above"),
    }
}

fn run<Q: DeserializeOwned, A: Serialize>(
    body: &[u8],
    operation: impl FnOnce(Q) -> Result<A, DynoxideError>,
) -> Result<String, DynoxideError> {
    let bad = |error: serde_json::Error| DynoxideError::SerializationException(error.to_string());
    let answer = operation(serde_json::from_slice(body).map_err(bad)?)?;
    serde_json::to_string(&answer).map_err(bad)
}
