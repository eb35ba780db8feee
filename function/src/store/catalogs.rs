//! Catalogs in the table: every version that was published, and a pointer to the one in force.

use super::audit::Book;
use super::items::{catalog_key, current_key, kredse_key, text, text_of};
use super::{Store, StoreError, failed};
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use model::catalog::Catalog;
use model::names::{CatalogVersion, KredsSlug};
use std::io::{Read, Write};

/// The most that a catalog may unpack to; it is a few hundred kilobytes.
pub const LARGEST_CATALOG: u64 = 16 * 1024 * 1024;

/// The partition key of every item that publishing writes: the catalogs (`v#…`), the pointer (`current`), the list of kredse
/// (`kredse`) and the lines of the audit about content (`audit#…`). Whoever publishes needs no other key, so a policy can
/// hold them to it with `dynamodb:LeadingKeys`. Within it, a policy cannot tell adding from overwriting.
pub const PUBLISHING: &str = "CATALOG";

impl Store {
    /// Puts a catalog into force: first the version, then the pointer, so that the pointer never leads to nothing.
    pub async fn publish(&self, catalog: &Catalog) -> Result<(), StoreError> {
        self.keep_catalog(catalog).await?;
        self.put_into_force(catalog.version()).await
    }

    /// Keeps a catalog without putting it into force: pages that were made from it are judged by it from now on.
    pub async fn keep_catalog(&self, catalog: &Catalog) -> Result<(), StoreError> {
        let mut item = catalog_key(catalog.version());
        item.insert("catalog".to_owned(), AttributeValue::B(Blob::new(packed(catalog)?)));
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item));
        put.send().await.map_err(|error| failed("publishing a catalog", &error))?;
        // Before it is in force, so that nothing is ever owed to a kreds that is not in the list.
        let kredse = catalog.atlas().kredse().iter().map(|kreds| kreds.slug.to_string()).collect();
        let list = self.client.update_item().table_name(&self.table).set_key(Some(kredse_key()));
        let list = list.update_expression("ADD kredse :kredse");
        let list = list.expression_attribute_values(":kredse", AttributeValue::Ss(kredse));
        list.send().await.map_err(|error| failed("listing the kredse", &error))?;
        Ok(())
    }

    /// Puts a catalog that is kept into force.
    pub async fn put_into_force(&self, version: &CatalogVersion) -> Result<(), StoreError> {
        let mut pointer = current_key();
        pointer.insert("version".to_owned(), text(version.as_str()));
        let put = self.client.put_item().table_name(&self.table).set_item(Some(pointer));
        put.send().await.map_err(|error| failed("putting a catalog into force", &error))?;
        Ok(())
    }

    /// Adds a line about a version of the content to the audit.
    pub async fn audit_content(
        &self,
        what: &str,
        version: &CatalogVersion,
        by: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.add_line(Book::Content, what, version, by, now).await
    }

    /// Every kreds that was ever in force: something may still be owed to one that is not any more.
    pub async fn kredse(&self) -> Result<Vec<KredsSlug>, StoreError> {
        let Some(item) = self.item(kredse_key(), "asking for the kredse").await? else { return Ok(Vec::new()) };
        let unreadable = || StoreError::Unreadable("list of kredse");
        let slugs = item.get("kredse").and_then(|value| value.as_ss().ok()).ok_or_else(unreadable)?;
        // One that this release cannot read hides no other.
        Ok(slugs.iter().filter_map(|slug| KredsSlug::parse(slug).ok()).collect())
    }

    /// The version in force, if any was published.
    pub async fn current_version(&self) -> Result<Option<CatalogVersion>, StoreError> {
        let get = self.client.get_item().table_name(&self.table).set_key(Some(current_key())).consistent_read(true);
        let found = get.send().await.map_err(|error| failed("asking for the catalog in force", &error))?;
        let Some(item) = found.item else { return Ok(None) };
        let version = text_of(&item, "catalog pointer", "version")?;
        CatalogVersion::parse(version).map(Some).map_err(|_| StoreError::Unreadable("catalog pointer"))
    }

    /// A published catalog; [`StoreError::Unreadable`] if this release cannot read it, or it is not what was published.
    pub async fn catalog(&self, version: &CatalogVersion) -> Result<Option<Catalog>, StoreError> {
        let get = self.client.get_item().table_name(&self.table).set_key(Some(catalog_key(version)));
        let found = get.send().await.map_err(|error| failed("reading a catalog", &error))?;
        let Some(item) = found.item else { return Ok(None) };
        let unreadable = || StoreError::Unreadable("catalog");
        let packed = item.get("catalog").and_then(|value| value.as_b().ok()).ok_or_else(unreadable)?;
        let mut json = Vec::new();
        GzDecoder::new(packed.as_ref()).take(LARGEST_CATALOG).read_to_end(&mut json).map_err(|_| unreadable())?;
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
