//! Memoized values, each stored with its input and recomputed only when the input changes.

use crate::check::facts::FactMemo;
use crate::markdown::images::Pictures;
use model::catalog::{BadCatalog, Catalog, CatalogParts};
use std::borrow::Borrow;
use std::sync::{Mutex, PoisonError};

/// Values that are slow to compute and depend on little.
#[derive(Default)]
pub(crate) struct Memos {
    /// The catalog, whose version is a hash of its whole content.
    pub(crate) catalog: Memo<CatalogParts, Result<Catalog, Vec<BadCatalog>>>,
    /// The facts of each file.
    pub(crate) facts: FactMemo,
    /// The versions of each image.
    pub(crate) pictures: Pictures,
}

/// The most recent values, each with the key it was computed from. The key must be the only input.
pub(crate) struct Memo<K, V>(Mutex<Vec<(K, V)>>);

impl<K, V> Memo<K, V> {
    /// Enough for tests, which build several sites in turn, and for a preview of two editions.
    const MOST: usize = 4;

    pub(crate) const fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    /// The value for `key`; `make` computes it from the key alone.
    pub(crate) fn get<Q>(&self, key: &Q, make: impl FnOnce() -> V) -> V
    where
        K: Borrow<Q>,
        Q: PartialEq + ToOwned<Owned = K> + ?Sized,
        V: Clone,
    {
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, value)) = lock().iter().find(|(last, _)| last.borrow() == key) {
            return value.clone();
        }
        // Not under the lock: a thread that waits for others meanwhile may build another site and call this again.
        let value = make();
        let mut last = lock();
        if last.len() == Self::MOST {
            last.remove(0);
        }
        last.push((key.to_owned(), value.clone()));
        value
    }
}

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn a_value_is_recomputed_only_if_its_key_is_not_among_the_most_recent() {
        let (memo, made) = (Memo::new(), Cell::new(0));
        for (key, count) in [(1, 1), (1, 1), (2, 2), (1, 2), (3, 3), (4, 4), (5, 5), (2, 5), (1, 6)] {
            let value = memo.get(&key, || {
                made.set(made.get() + 1);
                key * 2
            });
            assert_eq!((value, made.get()), (key * 2, count));
        }
    }
}
