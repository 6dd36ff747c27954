//! The cache on disk: a folder comes in; a [`Memo`] that reads the folder and adds to it goes out.
//!
//! Whatever in the folder is damaged, foreign or of another version of Rungs counts as missing, and
//! the folder can be deleted at any time. One process at a time adds entries; others may read
//! meanwhile.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::error::DiskError;
use super::pack::{self, Pack};
use super::stat_cache::StatCache;
use crate::digest::Digest;
use crate::memo::{Memo, Table};

/// The cache of a site.
pub struct Cache {
    folder: PathBuf,
    packs: [Pack; TABLES.len()],
    /// Set with the first entry that is added.
    lock: OnceLock<Result<Option<Lock>, DiskError>>,
    /// Whether, once locked, no other process had added entries since this cache was opened.
    is_current: OnceLock<bool>,
    /// The bytes of the stat cache to save.
    stat_cache: OnceLock<Vec<u8>>,
    is_saved: bool,
}

/// The right to add entries.
struct Lock {
    file: File,
    /// The folders that had to be made, the innermost first.
    made: Vec<PathBuf>,
}

/// The memo tables in their order, and the names of their packs.
const TABLES: [(Table, &str); 9] = [
    (Table::Articles, "facts"),
    (Table::Roles, "roles"),
    (Table::Pages, "pages"),
    (Table::OutputKeys, "outlines"),
    (Table::Builds, "builds"),
    (Table::Words, "words"),
    (Table::Search, "search"),
    (Table::Pictures, "pictures"),
    (Table::Minified, "minified"),
];

/// The file of the stat cache.
const STAT_CACHE: &str = "stat.index";
/// What the files in the folder of a cache are named after, besides the tables. Earlier versions
/// called the stat cache `looks`.
const OTHER_FILES: [&str; 2] = ["stat", "looks"];

/// A folder with this file is a cache, and not to be backed up (the Cache Directory Tagging
/// Specification).
const TAG: &str = "CACHEDIR.TAG";
const TAG_TEXT: &str = "Signature: 8a477f597d28d172789f06886806bc55\n# This is a cache of Rungs. It can be deleted at any time.\n";

impl Cache {
    /// Opens the cache in a folder, which need not exist. What cannot be opened is empty.
    pub fn open(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            packs: TABLES.map(|(_, name)| Pack::open(folder, name)),
            lock: OnceLock::new(),
            is_current: OnceLock::new(),
            stat_cache: OnceLock::new(),
            is_saved: false,
        }
    }

    /// Returns the stamps and digests of the site's files when the cache was saved.
    pub fn stat_cache(&self) -> StatCache {
        let bytes = fs::read(self.folder.join(STAT_CACHE)).unwrap_or_default();
        pack::unsealed(&bytes)
            .and_then(StatCache::from_bytes)
            .unwrap_or_default()
    }

    /// Sets the stat cache that is saved if anything else is: a build that changes nothing writes
    /// nothing.
    pub fn keep_stat_cache(&self, bytes: Vec<u8>) {
        self.stat_cache.get_or_init(|| bytes);
    }

    /// Saves what was added. Otherwise the cache stays as it was. The error says why nothing was
    /// saved.
    pub fn save(mut self) -> Result<(), DiskError> {
        match self.lock.take() {
            None | Some(Ok(None)) => return Ok(()),
            Some(Err(error)) => return Err(error),
            Some(locked) => self.lock = locked.into(),
        }
        self.is_saved = true;
        self.save_all()
            .map_err(DiskError::at("cannot write to the cache", &self.folder))
    }

    fn save_all(&self) -> io::Result<()> {
        self.packs.iter().try_for_each(Pack::save)?;
        if let Some(bytes) = self.stat_cache.get() {
            pack::replace(&self.folder, STAT_CACHE, &pack::sealed(bytes))?;
        }
        Ok(())
    }

    /// Deletes a cache. A folder that is not a cache stays, and so does what others put into it.
    pub fn delete(folder: &Path) -> Result<(), DiskError> {
        if !folder.join(TAG).is_file() {
            return Ok(());
        }
        let entries = fs::read_dir(folder).map_err(DiskError::at("cannot look into", folder))?;
        for entry in entries.flatten() {
            if is_ours(&entry.file_name().to_string_lossy()) {
                let path = entry.path();
                fs::remove_file(&path).map_err(DiskError::at("cannot delete", &path))?;
            }
        }
        // This deletes an empty folder only.
        let _ = fs::remove_dir(folder);
        Ok(())
    }

    /// Returns true if this process may add entries.
    fn may_add(&self) -> bool {
        let lock = self.lock.get_or_init(|| {
            lock(&self.folder).map_err(DiskError::at("cannot write to the cache", &self.folder))
        });
        let is_current = || self.packs.iter().all(Pack::is_current);
        matches!(lock, Ok(Some(_))) && *self.is_current.get_or_init(is_current)
    }
}

/// Returns true if a file in the folder of a cache was written by this or an earlier version.
fn is_ours(name: &str) -> bool {
    let tables = TABLES.iter().map(|(_, table)| *table);
    let is_named_after =
        |stem: &str| matches!(name.strip_prefix(stem), Some(rest) if rest.starts_with('.'));
    name == TAG || tables.chain(OTHER_FILES).any(is_named_after)
}

/// Makes the folder and locks it. Returns `None` if another process has the lock.
fn lock(folder: &Path) -> io::Result<Option<Lock>> {
    let made: Vec<PathBuf> = folder
        .ancestors()
        .take_while(|folder| !folder.exists())
        .map(Path::to_owned)
        .collect();
    fs::create_dir_all(folder)?;
    let tag = folder.join(TAG);
    if !tag.exists() {
        fs::write(&tag, TAG_TEXT)?;
    }
    let file = File::open(&tag)?;
    if file.try_lock().is_err() {
        return Ok(None);
    }
    Ok(Some(Lock { file, made }))
}

impl Drop for Cache {
    /// Leaves the cache of a failed build as it was, and where there was none, none.
    fn drop(&mut self) {
        let Some(Ok(Some(Lock { file, made }))) = self.lock.take() else {
            return;
        };
        self.packs.iter().for_each(Pack::discard);
        if made.first() == Some(&self.folder) && !self.is_saved {
            let _ = fs::remove_file(self.folder.join(TAG));
            // Where an open file keeps its name, its folder is not empty before.
            drop(file);
            for folder in &made {
                let _ = fs::remove_dir(folder);
            }
        }
    }
}

impl Memo for Cache {
    fn get(&self, table: Table, key: Digest) -> Option<Vec<u8>> {
        self.packs[table as usize].get(key)
    }

    fn put(&self, table: Table, key: Digest, value: &[u8]) {
        if self.may_add() {
            self.packs[table as usize].put(key, value);
        }
    }
}
