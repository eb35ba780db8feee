//! The embedded database: a DynamoDB API over HTTP, stored in a file.

use crate::StartError;
use crate::secret::DATABASE;
use crate::start::fault;
use aws_sdk_dynamodb::operation::create_table::CreateTableError;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection, ProjectionType,
    ScalarAttributeType, TimeToLiveSpecification,
};
use dynoxide::{Database, server};
use function::store::{DUE_INDEX, OWED_SINCE, Store};
use std::path::Path;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// Serves the database of a folder, and returns its URL.
pub(crate) async fn serve(folder: &Path, tasks: &mut JoinSet<()>) -> Result<String, StartError> {
    let file = folder.join(DATABASE);
    let unusable = |reason: String| StartError::Data { folder: folder.to_owned(), reason };
    let path = file.to_str().ok_or_else(|| unusable("its name is not UTF-8".to_owned()))?;
    let database = Database::new(path).map_err(|error| unusable(error.to_string()))?;
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(fault)?;
    let address = listener.local_addr().map_err(fault)?;
    tasks.spawn(expire(database.clone()));
    tasks.spawn(server::serve_on(listener, database));
    Ok(format!("http://{address}"))
}

/// Removes expired items every minute. DynamoDB does it by itself, within days; the embedded engine only on request.
async fn expire(database: Database) {
    let mut ticks = tokio::time::interval(Duration::from_secs(60));
    loop {
        ticks.tick().await;
        if let Err(error) = database.sweep_ttl() {
            tracing::warn!(%error, "expired items were not removed");
        }
    }
}

/// Creates the tables as `infra` does in the cloud, unless they exist.
pub async fn make_tables(store: &Store) -> Result<(), StartError> {
    make_table(store, store.keys_table(), TableKind::Keys).await?;
    make_table(store, store.table(), TableKind::Main).await
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum TableKind {
    Main,
    Keys,
}

async fn make_table(store: &Store, name: &str, kind: TableKind) -> Result<(), StartError> {
    let attribute = |name: &str, kind: ScalarAttributeType| {
        AttributeDefinition::builder().attribute_name(name).attribute_type(kind).build().map_err(fault)
    };
    let key = |name: &str, kind: KeyType| {
        KeySchemaElement::builder().attribute_name(name).key_type(kind).build().map_err(fault)
    };
    let create = store
        .client()
        .create_table()
        .table_name(name)
        .billing_mode(BillingMode::PayPerRequest)
        .attribute_definitions(attribute("pk", ScalarAttributeType::S)?)
        .key_schema(key("pk", KeyType::Hash)?);
    let create = if kind == TableKind::Main {
        let since = Projection::builder().projection_type(ProjectionType::Include).non_key_attributes(OWED_SINCE);
        let due = GlobalSecondaryIndex::builder()
            .index_name(DUE_INDEX)
            .key_schema(key("due_for", KeyType::Hash)?)
            .key_schema(key("due_at", KeyType::Range)?)
            .projection(since.build())
            .build()
            .map_err(fault)?;
        create
            .attribute_definitions(attribute("sk", ScalarAttributeType::S)?)
            .attribute_definitions(attribute("due_for", ScalarAttributeType::S)?)
            .attribute_definitions(attribute("due_at", ScalarAttributeType::N)?)
            .key_schema(key("sk", KeyType::Range)?)
            .global_secondary_indexes(due)
    } else {
        create
    };
    match create.send().await {
        Ok(_) => {}
        Err(error) => match error.into_service_error() {
            CreateTableError::ResourceInUseException(_) => return Ok(()),
            other => return Err(fault(other)),
        },
    }
    let expiry =
        TimeToLiveSpecification::builder().enabled(true).attribute_name("expires_at").build().map_err(fault)?;
    let update = store.client().update_time_to_live().table_name(name).time_to_live_specification(expiry);
    update.send().await.map(|_| ()).map_err(|error| fault(error.into_service_error()))
}
