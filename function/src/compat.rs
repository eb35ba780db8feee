//! Compatibility of catalogs with this release, which scripts check before deploying content or the function.
//!
//! Content and function are released independently, and either may be older. A release ignores what another adds to a
//! catalog, but a change of its shape may make it unreadable, and then every form would get 503.

use crate::store::{Store, StoreError};
use model::names::CatalogVersion;
use serde::Deserialize;
use serde_json::{Value, json};

/// The query: `{"task":"read"}` for the catalog in force, or with `"catalog":"<version>"` for another one.
#[derive(Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Query {
    task: Task,
    catalog: Option<String>,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Task {
    Read,
}

/// Parses the payload of an invocation; `None` if it is no query.
pub(crate) fn query(body: &str) -> Option<Query> {
    serde_json::from_str(body).ok()
}

/// The payload formats of API Gateway that this release understands: those of REST APIs and of HTTP APIs.
const PAYLOADS: [&str; 2] = ["1.0", "2.0"];

/// Answers `{"catalog":"<version>","payloads":["1.0","2.0"],"reads":true}`. Fails if the table does not answer.
pub(crate) async fn answer(store: &Store, query: &Query) -> Result<Value, StoreError> {
    let version = match &query.catalog {
        Some(text) => CatalogVersion::parse(text).ok(),
        None => store.current_version().await?,
    };
    let reads = match &version {
        Some(version) => is_read(store, version).await?,
        None => false,
    };
    Ok(json!({ "catalog": version.as_ref().map(CatalogVersion::as_str), "payloads": PAYLOADS, "reads": reads }))
}

/// True if this release can read a catalog in the table.
pub async fn is_read(store: &Store, version: &CatalogVersion) -> Result<bool, StoreError> {
    match store.catalog(version).await {
        Ok(found) => Ok(found.is_some()),
        Err(StoreError::Unreadable(_)) => Ok(false),
        Err(error) => Err(error),
    }
}
