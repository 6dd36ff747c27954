//! The memo of a preview: the cache of the site comes in; a memo that keeps new entries in memory
//! goes out. Entries are added to the cache only until all pages were checked once, so that a build
//! beside the preview can add to it from then on.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use crate::digest::Digest;
use crate::disk::{Cache, DiskError, StatCache};
use crate::memo::{Memo, Table};

/// How many bytes of entries are kept in memory at most.
const LIMIT: usize = 32 << 20;

/// Opens the cache of the site, unless it is not wanted.
pub type Open = dyn Fn() -> Option<Cache> + Send + Sync;

/// A cache, and entries in memory.
pub struct MemoryCache {
    open: Box<Open>,
    /// The cache while entries are added to it.
    adding: Mutex<Option<Arc<Cache>>>,
    /// The cache once it is only read.
    reading: OnceLock<Option<Cache>>,
    own: Mutex<Own>,
}

#[derive(Default)]
struct Own {
    entries: BTreeMap<(Table, Digest), Vec<u8>>,
    bytes: usize,
}

impl MemoryCache {
    /// Opens the cache.
    pub fn new(open: Box<Open>) -> Self {
        let adding = Mutex::new(open().map(Arc::new));
        Self {
            open,
            adding,
            reading: OnceLock::new(),
            own: Mutex::default(),
        }
    }

    /// Returns the stamps and digests of the site's files when the cache was saved.
    pub fn stat_cache(&self) -> StatCache {
        lock(&self.adding)
            .as_deref()
            .map(Cache::stat_cache)
            .unwrap_or_default()
    }

    /// Saves the cache once all pages were checked. From now on it is only read. The error says why
    /// nothing was saved.
    pub fn settle(&self) -> Result<(), DiskError> {
        let mut adding = lock(&self.adding);
        let saved = match adding.take().map(Arc::try_unwrap) {
            Some(Ok(cache)) => cache.save(),
            // Another thread is asking it for something: it is saved after the next check.
            Some(Err(shared)) => {
                *adding = Some(shared);
                return Ok(());
            }
            None => return Ok(()),
        };
        self.reading.get_or_init(|| (self.open)());
        saved
    }
}

impl Memo for MemoryCache {
    fn get(&self, table: Table, key: Digest) -> Option<Vec<u8>> {
        if let Some(entry) = lock(&self.own).entries.get(&(table, key)) {
            return Some(entry.clone());
        }
        let adding = lock(&self.adding).clone();
        adding
            .as_deref()
            .or_else(|| self.reading.get()?.as_ref())?
            .get(table, key)
    }

    fn put(&self, table: Table, key: Digest, value: &[u8]) {
        let adding = lock(&self.adding).clone();
        match (adding, table) {
            (Some(cache), _) => cache.put(table, key, value),
            // The session cache keeps articles and roles, and nobody asks for whole builds.
            (None, Table::Articles | Table::Roles | Table::Builds) => {}
            (
                None,
                Table::Pages
                | Table::OutputKeys
                | Table::Pictures
                | Table::Words
                | Table::Search
                | Table::Minified,
            ) => lock(&self.own).put(table, key, value),
        }
    }
}

impl Own {
    fn put(&mut self, table: Table, key: Digest, value: &[u8]) {
        if self.bytes + value.len() > LIMIT {
            *self = Self::default();
        }
        self.bytes += value.len();
        self.bytes -= self
            .entries
            .insert((table, key), value.to_owned())
            .map_or(0, |old| old.len());
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
