//! Memoized values, each kept with its input: it is made again only if that has changed.

use crate::check::facts::FactMemo;
use crate::markdown::images::Pictures;
use model::catalog::{BadCatalog, Catalog, CatalogParts};
use std::borrow::Borrow;
use std::sync::{Mutex, PoisonError};

/// Values that take long and depend on little.
#[derive(Default)]
pub(crate) struct Memos {
    /// The catalog, whose version is a hash of all that is in it.
    pub(crate) catalog: Memo<CatalogParts, Result<Catalog, Vec<BadCatalog>>>,
    /// The facts of each file.
    pub(crate) facts: FactMemo,
    /// The versions of each image.
    pub(crate) pictures: Pictures,
}

/// The last values, each with the key that it was made of: for what takes long and depends on that alone.
pub(crate) struct Memo<K, V>(Mutex<Vec<(K, V)>>);

impl<K, V> Memo<K, V> {
    /// Several sites are built in turn by tests, and by a preview that shows two editions.
    const MOST: usize = 4;

    pub(crate) const fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    /// The value for `key`, which `make` makes of the key and of nothing else.
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
        // Not while it is locked: a thread that waits for others meanwhile may build another site, and come here again.
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
    fn a_value_is_made_again_only_when_its_key_has_not_been_among_the_last() {
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
