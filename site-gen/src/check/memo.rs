//! Memoized values, each kept with its input: it is made again only if that has changed.

use crate::check::facts::FactMemo;
use crate::markdown::images::Pictures;
use model::catalog::{BadCatalog, Catalog, CatalogParts};
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

/// The last value, and all that it was made of.
pub(crate) struct Memo<K, V>(Mutex<Option<(K, V)>>);

impl<K: PartialEq, V: Clone> Memo<K, V> {
    /// The value for `key`, which `make` makes of the key and of nothing else.
    pub(crate) fn get(&self, key: K, make: fn(&K) -> V) -> V {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*kept {
            Some((last, value)) if *last == key => value.clone(),
            _ => {
                let value = make(&key);
                kept.insert((key, value)).1.clone()
            }
        }
    }
}

/// The last values of the whole program, with the texts that they were made of: for what takes long and depends on one file
/// alone.
pub(crate) struct Latest<V>(Mutex<Vec<(String, V)>>);

impl<V: Clone> Latest<V> {
    /// Several sites are built in turn by tests, and by a preview that shows two editions.
    const MOST: usize = 4;

    pub(crate) const fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    /// The value for `text`, which `make` makes of the text and of nothing else.
    pub(crate) fn get(&self, text: &str, make: impl FnOnce() -> V) -> V {
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, value)) = lock().iter().find(|(last, _)| last == text) {
            return value.clone();
        }
        // Not while it is locked: a thread that waits for others meanwhile may build another site, and come here again.
        let value = make();
        let mut latest = lock();
        if latest.len() == Self::MOST {
            latest.remove(0);
        }
        latest.push((text.to_owned(), value.clone()));
        value
    }
}

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    thread_local! { static MADE: Cell<usize> = const { Cell::new(0) } }

    #[test]
    fn a_value_is_made_again_only_for_another_key() {
        let kept = Memo::default();
        let make = |key: &i32| {
            MADE.set(MADE.get() + 1);
            key * 2
        };
        for (key, value, made) in [(1, 2, 1), (1, 2, 1), (2, 4, 2), (1, 2, 3)] {
            assert_eq!((kept.get(key, make), MADE.get()), (value, made));
        }
    }
}
