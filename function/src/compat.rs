//! Compatibility of catalogs with this release, which scripts ask for before content or a function comes into force.
//!
//! Content and function are released apart from each other, and either may be older. A release ignores what another
//! adds to a catalog; but a change of its shape may make it unreadable, and then every form would be answered with 503.

use crate::store::{Store, StoreError};
use model::names::CatalogVersion;
use serde::Deserialize;
use serde_json::{Value, json};

/// The call that asks for it: `{"task":"read"}` for the catalog in force, or with `"catalog":"<version>"`.
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

/// Reads the call of the function, if it is this one.
pub(crate) fn query(body: &str) -> Option<Query> {
    serde_json::from_str(body).ok()
}

/// The payload formats of API Gateway that this release understands: those of REST APIs and of HTTP APIs.
const PAYLOADS: [&str; 2] = ["1.0", "2.0"];

/// `{"catalog":"<version>","payloads":["1.0","2.0"],"reads":true}`. It fails if the table does not answer.
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

/// Returns true if this release reads a catalog in the table.
pub async fn is_read(store: &Store, version: &CatalogVersion) -> Result<bool, StoreError> {
    match store.catalog(version).await {
        Ok(found) => Ok(found.is_some()),
        Err(StoreError::Unreadable(_)) => Ok(false),
        Err(error) => Err(error),
    }
}
