//! The catalog in force, cached for a while, and older ones for pages that were cached.

use crate::store::{Store, StoreError};
use jiff::{SignedDuration, Timestamp};
use model::catalog::Catalog;
use model::names::CatalogVersion;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A cache of the catalogs in the table.
pub struct Catalogs {
    store: Store,
    fresh: SignedDuration,
    known: Mutex<Known>,
}

/// The most catalogs that are cached. A page that is still open may need any published one, and each takes some
/// megabytes.
const MOST: usize = 6;

#[derive(Default)]
struct Known {
    current: Option<(Arc<Catalog>, Timestamp)>,
    by_version: Recent<CatalogVersion, Arc<Catalog>>,
}

/// The most recently used entries, latest first, at most [`MOST`].
struct Recent<K, V>(Vec<(K, V)>);

impl<K, V> Default for Recent<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: PartialEq, V: Clone> Recent<K, V> {
    fn get(&mut self, wanted: &K) -> Option<V> {
        let index = self.0.iter().position(|(key, _)| key == wanted)?;
        self.0[..=index].rotate_right(1);
        self.0.first().map(|(_, value)| value.clone())
    }

    fn insert(&mut self, key: K, value: V) {
        self.0.retain(|(known, _)| *known != key);
        self.0.insert(0, (key, value));
        self.0.truncate(MOST);
    }
}

impl Catalogs {
    /// Creates an empty cache. The answer to which catalog is in force is reused for the duration `fresh`.
    #[must_use]
    pub fn new(store: Store, fresh: SignedDuration) -> Self {
        Self { store, fresh, known: Mutex::default() }
    }

    /// The catalog in force at `now`. If the table does not answer, the last known one.
    pub async fn current(&self, now: Timestamp) -> Result<Arc<Catalog>, StoreError> {
        let before = self.known().current.clone();
        if let Some((catalog, asked)) = &before
            && now.duration_since(*asked) < self.fresh
        {
            return Ok(Arc::clone(catalog));
        }
        match self.ask().await {
            Ok(catalog) => {
                self.known().current = Some((Arc::clone(&catalog), now));
                Ok(catalog)
            }
            Err(error) => match before {
                Some((catalog, _)) => {
                    tracing::warn!(%error, "the table does not say which catalog is in force; the last one known is used");
                    Ok(catalog)
                }
                None => Err(error),
            },
        }
    }

    /// The catalog of a version; `None` if it was never published or this release cannot read it.
    pub async fn version(&self, version: &CatalogVersion) -> Result<Option<Arc<Catalog>>, StoreError> {
        match self.read(version).await {
            Err(StoreError::Unreadable(_)) => {
                tracing::warn!(
                    catalog = version.as_str(),
                    "a catalog of another release cannot be read; it is as unknown"
                );
                Ok(None)
            }
            read => read,
        }
    }

    async fn read(&self, version: &CatalogVersion) -> Result<Option<Arc<Catalog>>, StoreError> {
        if let Some(catalog) = self.known().by_version.get(version) {
            return Ok(Some(catalog));
        }
        let Some(catalog) = self.store.catalog(version).await? else { return Ok(None) };
        let catalog = Arc::new(catalog);
        self.known().by_version.insert(version.clone(), Arc::clone(&catalog));
        Ok(Some(catalog))
    }

    async fn ask(&self) -> Result<Arc<Catalog>, StoreError> {
        let version = self.store.current_version().await?.ok_or(StoreError::NoCatalog)?;
        self.read(&version).await?.ok_or(StoreError::NoCatalog)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_most_recently_used_catalogs_are_kept() {
        let mut recent = Recent::default();
        for number in 0..100 {
            recent.insert(number, number);
            // The catalog in force is read all the time.
            assert_eq!(recent.get(&0), Some(0));
            assert!(recent.0.len() <= MOST);
        }
        let kept: Vec<i32> = recent.0.iter().map(|(key, _)| *key).collect();
        assert_eq!(kept, [0, 99, 98, 97, 96, 95]);
        assert_eq!(recent.get(&94), None);
        recent.insert(95, 950);
        assert_eq!((recent.get(&95), recent.0.len()), (Some(950), MOST));
    }
}
