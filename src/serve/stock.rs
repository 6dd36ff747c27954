//! The memo of a preview: the cache of the site comes in; it is added to until all pages were checked once, and only read
//! from then on, so that a build beside the preview can add to it. What later edits add is kept in memory, up to a limit.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use crate::digest::Digest;
use crate::disk::{Cache, Looks};
use crate::memo::{Memo, Shelf};

/// How many bytes of entries are kept in memory at most.
const LIMIT: usize = 32 << 20;

/// Opens the cache of the site, if there is to be one.
pub type Open = dyn Fn() -> Option<Cache> + Send + Sync;

pub struct Stock {
    open: Box<Open>,
    /// The cache while it is added to.
    adding: Mutex<Option<Arc<Cache>>>,
    /// The cache when it is only read.
    reading: OnceLock<Option<Cache>>,
    own: Mutex<Own>,
}

#[derive(Default)]
struct Own {
    entries: BTreeMap<(Shelf, Digest), Vec<u8>>,
    bytes: usize,
}

impl Stock {
    pub fn new(open: Box<Open>) -> Self {
        let adding = Mutex::new(open().map(Arc::new));
        Self { open, adding, reading: OnceLock::new(), own: Mutex::default() }
    }

    /// How the site's files looked when the cache was saved.
    pub fn looks(&self) -> Looks {
        lock(&self.adding).as_deref().map(Cache::looks).unwrap_or_default()
    }

    /// Keeps what was added, when everything was: from now on the cache is only read. The error says why nothing was kept.
    pub fn settle(&self) -> Result<(), String> {
        let mut adding = lock(&self.adding);
        let saved = match adding.take().map(Arc::try_unwrap) {
            Some(Ok(cache)) => cache.save(),
            // Another thread is asking it for something: the next time, then.
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

impl Memo for Stock {
    fn get(&self, shelf: Shelf, key: Digest) -> Option<Vec<u8>> {
        if let Some(entry) = lock(&self.own).entries.get(&(shelf, key)) {
            return Some(entry.clone());
        }
        let adding = lock(&self.adding).clone();
        adding.as_deref().or_else(|| self.reading.get()?.as_ref())?.get(shelf, key)
    }

    fn put(&self, shelf: Shelf, key: Digest, value: &[u8]) {
        let adding = lock(&self.adding).clone();
        match (adding, shelf) {
            (Some(cache), _) => cache.put(shelf, key, value),
            // Articles and records are kept as they are, and nobody asks for a build.
            (None, Shelf::Facts | Shelf::Tables | Shelf::Builds) => {}
            (None, Shelf::Pages | Shelf::Outlines | Shelf::Pictures | Shelf::Words | Shelf::Search) => lock(&self.own).put(shelf, key, value),
        }
    }
}

impl Own {
    fn put(&mut self, shelf: Shelf, key: Digest, value: &[u8]) {
        if self.bytes + value.len() > LIMIT {
            *self = Self::default();
        }
        self.bytes += value.len();
        self.bytes -= self.entries.insert((shelf, key), value.to_owned()).map_or(0, |old| old.len());
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
