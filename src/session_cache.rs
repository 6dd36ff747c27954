//! The session cache: values that a process made come in, each with a digest of everything that it
//! is a function of; they go out again as long as that digest stays the same. What outlives the
//! process is in the memo.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::diag::Diagnostics;
use crate::digest::Digest;

/// Values of one kind, one for each key.
pub struct SessionCache<K, T> {
    /// None where nothing is kept, because nothing will be asked for again.
    entries: Option<Mutex<Entries<K, T>>>,
}

type Entries<K, T> = BTreeMap<K, Entry<T>>;

/// A value, and the digest of everything that it is a function of.
struct Entry<T> {
    digest: Digest,
    made: Made<T>,
}

/// A value, if it could be made, and the diagnostics of making it.
pub struct Made<T> {
    pub value: Option<Arc<T>>,
    pub diagnostics: Diagnostics,
}

impl<T> Made<T> {
    /// Makes a value with a collector of its own, so that many can be made in parallel.
    pub fn new(make: impl FnOnce(&mut Diagnostics) -> Option<T>) -> Self {
        let mut diagnostics = Diagnostics::default();
        let value = make(&mut diagnostics).map(Arc::new);
        Self { value, diagnostics }
    }

    /// Hands over the diagnostics, and returns the value.
    pub fn take(self, diagnostics: &mut Diagnostics) -> Option<Arc<T>> {
        diagnostics.extend(self.diagnostics);
        self.value
    }
}

impl<T> Clone for Made<T> {
    fn clone(&self) -> Self {
        let Self { value, diagnostics } = self;
        Self {
            value: value.clone(),
            diagnostics: diagnostics.clone(),
        }
    }
}

impl<K: Ord + Clone, T> SessionCache<K, T> {
    /// A cache that keeps nothing.
    pub const DISABLED: Self = Self { entries: None };

    /// Returns the value of a key that was made with the same digest, or makes it.
    pub fn get(
        &self,
        key: &K,
        digest: Digest,
        make: impl FnOnce(&mut Diagnostics) -> Option<T>,
    ) -> Made<T> {
        if let Some(entries) = self.lock()
            && let Some(entry) = entries.get(key)
            && entry.digest == digest
        {
            return entry.made.clone();
        }
        let made = Made::new(make);
        if let Some(mut entries) = self.lock() {
            let made = made.clone();
            entries.insert(key.clone(), Entry { digest, made });
        }
        made
    }

    /// Drops the values of keys that the site does not have any more.
    pub fn retain(&self, is_there: impl Fn(&K) -> bool) {
        if let Some(mut entries) = self.lock() {
            entries.retain(|key, _| is_there(key));
        }
    }

    fn lock(&self) -> Option<MutexGuard<'_, Entries<K, T>>> {
        let entries = self.entries.as_ref()?;
        Some(entries.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<K, T> Default for SessionCache<K, T> {
    fn default() -> Self {
        Self {
            entries: Some(Mutex::default()),
        }
    }
}
