//! The memo on disk: a cache folder comes in, a `Memo` that reads it and adds to it goes out.
//!
//! Whatever in it is damaged, foreign or of another version of Rungs is as good as absent, and the folder can be deleted
//! at any time. One process at a time adds entries; others may read meanwhile.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::looks::Looks;
use super::pack::Pack;
use crate::digest::Digest;
use crate::memo::{Memo, Shelf};

/// The cache of a site.
pub struct Cache {
    folder: PathBuf,
    packs: [Pack; SHELVES.len()],
    /// Taken with the first entry that is added; none when another process adds, or the folder cannot be written.
    lock: OnceLock<Result<Option<Lock>, String>>,
    /// Whether, with the lock, nobody else had added since this was opened.
    is_current: OnceLock<bool>,
    /// How the site's files look now.
    looks: OnceLock<Vec<u8>>,
    is_saved: bool,
}

/// The right to add entries, and the folders that had to be made for it, the innermost first.
struct Lock {
    _file: File,
    made: Vec<PathBuf>,
}

/// The shelves in their order, and the names of their files.
const SHELVES: [(Shelf, &str); 8] = [
    (Shelf::Facts, "facts"),
    (Shelf::Tables, "tables"),
    (Shelf::Pages, "pages"),
    (Shelf::Outlines, "outlines"),
    (Shelf::Builds, "builds"),
    (Shelf::Words, "words"),
    (Shelf::Search, "search"),
    (Shelf::Pictures, "pictures"),
];

/// The file of `Looks`.
const LOOKS: &str = "looks.index";

/// A folder with this file is a cache, and not to be backed up (the Cache Directory Tagging Specification).
const TAG: &str = "CACHEDIR.TAG";
const TAG_TEXT: &str = "Signature: 8a477f597d28d172789f06886806bc55\n# This is a cache of Rungs. It can be deleted at any time.\n";

impl Cache {
    /// Opens the cache in a folder, which need not exist. What cannot be opened is empty.
    pub fn open(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            packs: SHELVES.map(|(_, name)| Pack::open(folder, name)),
            lock: OnceLock::new(),
            is_current: OnceLock::new(),
            looks: OnceLock::new(),
            is_saved: false,
        }
    }

    /// How the site's files looked when what is remembered was saved.
    pub fn looks(&self) -> Looks {
        let bytes = fs::read(self.folder.join(LOOKS)).unwrap_or_default();
        super::pack::unsealed(&bytes).and_then(Looks::from_bytes).unwrap_or_default()
    }

    /// Remembers how the site's files look, if anything else is saved.
    pub fn keep_looks(&self, looks: Vec<u8>) {
        self.looks.get_or_init(|| looks);
    }

    /// Keeps what was added. Without this, the cache stays as it was. The error says why nothing was kept.
    pub fn save(mut self) -> Result<(), String> {
        match self.lock.get() {
            None | Some(Ok(None)) => Ok(()),
            Some(Err(error)) => Err(error.clone()),
            Some(Ok(Some(_))) => {
                self.is_saved = true;
                let save = || {
                    self.packs.iter().try_for_each(Pack::save)?;
                    self.looks.get().map_or(Ok(()), |looks| super::pack::replace(&self.folder, LOOKS, &super::pack::sealed(looks)))
                };
                save().map_err(|error| super::fault("cannot write to the cache", &self.folder, &error))
            }
        }
    }

    /// Deletes a cache. A folder that is none stays, and so does what others put into it.
    pub fn delete(folder: &Path) -> Result<(), String> {
        if !folder.join(TAG).is_file() {
            return Ok(());
        }
        let ours = || SHELVES.iter().map(|(_, shelf)| *shelf).chain(["looks"]);
        let is_ours = |name: &str| name == TAG || ours().any(|ours| name.strip_prefix(ours).is_some_and(|rest| rest.starts_with('.')));
        let entries = fs::read_dir(folder).map_err(|error| super::fault("cannot look into", folder, &error))?;
        for entry in entries.flatten().filter(|entry| is_ours(&entry.file_name().to_string_lossy())) {
            fs::remove_file(entry.path()).map_err(|error| super::fault("cannot delete", &entry.path(), &error))?;
        }
        let _ = fs::remove_dir(folder);
        Ok(())
    }

    /// Whether this process may add entries.
    fn may_add(&self) -> bool {
        let lock = self.lock.get_or_init(|| prepare(&self.folder).map_err(|error| super::fault("cannot write to the cache", &self.folder, &error)));
        matches!(lock, Ok(Some(_))) && *self.is_current.get_or_init(|| self.packs.iter().all(Pack::is_current))
    }
}

/// Makes the folder and locks it, unless another process has the lock.
fn prepare(folder: &Path) -> std::io::Result<Option<Lock>> {
    let made: Vec<PathBuf> = folder.ancestors().take_while(|folder| !folder.exists()).map(Path::to_owned).collect();
    fs::create_dir_all(folder)?;
    let tag = folder.join(TAG);
    if !tag.exists() {
        fs::write(&tag, TAG_TEXT)?;
    }
    let file = File::open(&tag)?;
    Ok(file.try_lock().is_ok().then_some(Lock { _file: file, made }))
}

impl Drop for Cache {
    /// A failed build leaves the cache as it was, and where there was none, none.
    fn drop(&mut self) {
        let Some(Ok(Some(lock))) = self.lock.get() else { return };
        self.packs.iter().for_each(Pack::discard);
        if lock.made.first() == Some(&self.folder) && !self.is_saved {
            let _ = fs::remove_file(self.folder.join(TAG));
            lock.made.iter().for_each(|folder| drop(fs::remove_dir(folder)));
        }
    }
}

impl Memo for Cache {
    fn get(&self, shelf: Shelf, key: Digest) -> Option<Vec<u8>> {
        self.packs[shelf as usize].get(key)
    }

    fn put(&self, shelf: Shelf, key: Digest, value: &[u8]) {
        if self.may_add() {
            self.packs[shelf as usize].put(key, value);
        }
    }
}
