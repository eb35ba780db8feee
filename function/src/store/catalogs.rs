//! Catalogs in the table: every version that was published, and a pointer to the one in force.

use super::audit::Book;
use super::change::Change;
use super::items::{bytes, bytes_of, catalog_key, current_key, kredse_key, text, text_of, with};
use super::{Store, StoreError, failed};
use aws_sdk_dynamodb::types::AttributeValue;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use model::catalog::Catalog;
use model::names::{CatalogVersion, KredsSlug};
use std::io::{Read, Write};

/// The maximum uncompressed size of a catalog, in bytes; a catalog has a few hundred kilobytes.
pub const LARGEST_CATALOG: u64 = 16 * 1024 * 1024;

/// The partition key of every item that publishing writes: the catalogs (`v#…`), the pointer (`current`), the list of
/// kredse (`kredse`) and the audit lines about content (`audit#…`). A publisher needs no other key, so a policy can
/// restrict it with `dynamodb:LeadingKeys`. Within the partition, a policy cannot tell adding from overwriting.
pub const PUBLISHING: &str = "CATALOG";

impl Store {
    /// Puts a catalog into force: first the version, then the pointer, so that the pointer never dangles.
    pub async fn publish(&self, catalog: &Catalog) -> Result<(), StoreError> {
        self.keep_catalog(catalog).await?;
        self.put_into_force(catalog.version()).await
    }

    /// Stores a catalog without putting it into force: requests from pages built from it are now checked against it.
    pub async fn keep_catalog(&self, catalog: &Catalog) -> Result<(), StoreError> {
        let item = with(catalog_key(catalog.version()), [("catalog", bytes(packed(catalog)?))]);
        self.put("publishing a catalog", item).await?;
        // Before it is in force, so that nothing is ever owed to a kreds that is missing from the list.
        let kredse = catalog.atlas().kredse().iter().map(|kreds| kreds.slug.to_string()).collect();
        let list = Change::new("ADD kredse :kredse").values([(":kredse", AttributeValue::Ss(kredse))]);
        self.change("listing the kredse", kredse_key(), list).await
    }

    /// Puts a stored catalog into force.
    pub async fn put_into_force(&self, version: &CatalogVersion) -> Result<(), StoreError> {
        let pointer = with(current_key(), [("version", text(version.as_str()))]);
        self.put("putting a catalog into force", pointer).await
    }

    /// Adds an audit line about a version of the content.
    pub async fn audit_content(
        &self,
        what: &str,
        version: &CatalogVersion,
        by: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.add_line(Book::Content, what, version, by, now).await
    }

    /// Every kreds that was ever in force, since a removed one may still be owed something.
    pub async fn kredse(&self) -> Result<Vec<KredsSlug>, StoreError> {
        let Some(item) = self.item(kredse_key(), "asking for the kredse").await? else { return Ok(Vec::new()) };
        let unreadable = || StoreError::Unreadable("list of kredse");
        let slugs = item.get("kredse").and_then(|value| value.as_ss().ok()).ok_or_else(unreadable)?;
        // An unreadable slug does not hide the others.
        Ok(slugs.iter().filter_map(|slug| KredsSlug::parse(slug).ok()).collect())
    }

    /// The version in force; `None` if none was published.
    pub async fn current_version(&self) -> Result<Option<CatalogVersion>, StoreError> {
        let Some(item) = self.item(current_key(), "asking for the catalog in force").await? else { return Ok(None) };
        let version = text_of(&item, "catalog pointer", "version")?;
        CatalogVersion::parse(version).map(Some).map_err(|_| StoreError::Unreadable("catalog pointer"))
    }

    /// Reads a published catalog; [`StoreError::Unreadable`] if this release cannot read it, or if its version differs.
    pub async fn catalog(&self, version: &CatalogVersion) -> Result<Option<Catalog>, StoreError> {
        let get = self.client.get_item().table_name(&self.table).set_key(Some(catalog_key(version)));
        let found = get.send().await.map_err(|error| failed("reading a catalog", &error))?;
        let Some(item) = found.item else { return Ok(None) };
        let unreadable = || StoreError::Unreadable("catalog");
        let packed = bytes_of(&item, "catalog", "catalog")?;
        let mut json = Vec::new();
        GzDecoder::new(packed).take(LARGEST_CATALOG).read_to_end(&mut json).map_err(|_| unreadable())?;
        let catalog = Catalog::from_json(&json).map_err(|_| unreadable())?;
        if catalog.version() == version { Ok(Some(catalog)) } else { Err(unreadable()) }
    }
}

fn packed(catalog: &Catalog) -> Result<Vec<u8>, StoreError> {
    let unreadable = |_| StoreError::Unreadable("catalog");
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(catalog.to_json()).map_err(unreadable)?;
    gzip.finish().map_err(unreadable)
}
