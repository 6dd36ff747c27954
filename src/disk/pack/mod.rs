//! A pack: the entries of one memo table in one file, found by an index beside it. A folder and a
//! name come in, bytes by key go out.
//!
//! - `NAME.index` holds a header, the number of the pack, its length, then key, offset and length
//!   of each entry, and a checksum ([`index`]).
//! - `NAME.N.pack` holds the bytes and the checksum of each entry, one after the other.
//!
//! Entries are appended as they come. They count only once a new index is saved: without one, the
//! pack is cut to its old length by [`Pack::discard`], or by the next process that appends. When
//! less than half of a pack was asked for or added, these entries are copied into a new pack.
//!
//! It is our own because it is measurably cheaper: with 10,000 entries of 400 bytes, `redb` took 13
//! times as long to write, 4 times to read, 12 times for a warm build that adds 40 entries, and
//! twice the space; a file for each entry took 32, 8 and 14 times as long and 9 times the space,
//! and `cacache` 19 times the space.

mod index;

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::hash::BuildHasher;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use foldhash::quality::FixedState;

use self::index::Index;
pub use self::index::{replace, sealed, unsealed};
use crate::digest::Digest;

/// Bytes of an entry's checksum.
const SUM: usize = 8;
/// Packs up to this size are not compacted, in bytes.
const SMALL: u64 = 1 << 20;

/// One pack, opened for reading and appending.
pub(super) struct Pack {
    folder: PathBuf,
    name: &'static str,
    /// Which file holds the entries.
    number: u64,
    /// How much of it counts, in bytes.
    length: u64,
    file: Option<File>,
    /// Sorted by key.
    entries: Vec<Entry>,
    /// Which of the entries were asked for.
    used: Vec<AtomicBool>,
    added: Mutex<Added>,
}

/// Where the bytes of an entry are. Its checksum follows them.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    key: Digest,
    offset: u64,
    length: u32,
}

/// What this process has appended and not saved.
#[derive(Default)]
struct Added {
    file: Option<BufWriter<File>>,
    end: u64,
    entries: BTreeMap<Digest, Entry>,
    failed: Option<io::Error>,
}

impl Pack {
    /// Opens a pack. One that does not exist, or is damaged, is empty.
    pub fn open(folder: &Path, name: &'static str) -> Self {
        let empty = || Index {
            number: highest(folder, name) + 1,
            length: 0,
            entries: vec![],
        };
        let index = Index::read(folder, name);
        let file = index
            .as_ref()
            .and_then(|index| open_pack(folder, name, index));
        let Index {
            number,
            length,
            entries,
        } = index.filter(|_| file.is_some()).unwrap_or_else(empty);
        let used = entries.iter().map(|_| AtomicBool::new(false)).collect();
        let added = Mutex::new(Added {
            end: length,
            ..Added::default()
        });
        Self {
            folder: folder.to_owned(),
            name,
            number,
            length,
            file,
            entries,
            used,
            added,
        }
    }

    /// Returns true if no other process has saved an index since this one was read.
    pub fn is_current(&self) -> bool {
        Index::read(&self.folder, self.name)
            .filter(|index| open_pack(&self.folder, self.name, index).is_some())
            .map_or(0, |index| index.length)
            == self.length
    }

    /// Returns the bytes of an entry.
    pub fn get(&self, key: Digest) -> Option<Vec<u8>> {
        if let Ok(at) = self.entries.binary_search_by_key(&key, |entry| entry.key) {
            self.used[at].store(true, Ordering::Relaxed);
            return read(self.file.as_ref()?, self.entries[at]);
        }
        let mut added = self.added();
        let entry = *added.entries.get(&key)?;
        let file = added.file.as_mut()?;
        file.flush().ok()?;
        read(file.get_ref(), entry)
    }

    /// Appends an entry. An error is returned by [`Pack::save`].
    pub fn put(&self, key: Digest, value: &[u8]) {
        let mut added = self.added();
        if added.failed.is_none()
            && let Err(error) = self.append(&mut added, key, value)
        {
            added.failed = Some(error);
        }
    }

    fn append(&self, added: &mut Added, key: Digest, value: &[u8]) -> io::Result<()> {
        let Ok(length) = u32::try_from(value.len()) else {
            return Ok(());
        };
        let file = match &mut added.file {
            Some(file) => file,
            none => {
                let file = OpenOptions::new()
                    .create(true)
                    .read(true)
                    .append(true)
                    .open(self.pack())?;
                file.set_len(self.length)?;
                none.insert(BufWriter::with_capacity(1 << 16, file))
            }
        };
        write(file, key, value)?;
        added.entries.insert(
            key,
            Entry {
                key,
                offset: added.end,
                length,
            },
        );
        added.end += (SUM + value.len()) as u64;
        Ok(())
    }

    /// Saves an index with what was added, for the next process that opens the pack.
    pub fn save(&self) -> io::Result<()> {
        let Added {
            file,
            end,
            entries,
            failed,
        } = std::mem::take(&mut *self.added());
        if let Some(error) = failed {
            return Err(error);
        }
        let Some(mut file) = file else { return Ok(()) };
        file.flush()?;
        let added: Vec<Entry> = entries.into_values().collect();
        let kept = self.used_entries(&added);
        let useful = || kept.iter().chain(&added);
        let live: u64 = useful().map(Entry::size).sum();
        let index = if end > SMALL && live < end / 2 {
            self.compact(useful(), file.get_ref())?
        } else {
            Index {
                number: self.number,
                length: end,
                entries: self.entries.iter().chain(&added).copied().collect(),
            }
        };
        let number = index.number;
        let name = format!("{}.index", self.name);
        replace(&self.folder, &name, &index.into_bytes())?;
        remove_others(&self.folder, self.name, number);
        Ok(())
    }

    /// Returns the entries that were asked for and not added anew. `added` is sorted by key.
    fn used_entries(&self, added: &[Entry]) -> Vec<Entry> {
        let is_added = |entry: &Entry| {
            added
                .binary_search_by_key(&entry.key, |added| added.key)
                .is_ok()
        };
        self.entries
            .iter()
            .zip(&self.used)
            .filter(|(entry, used)| used.load(Ordering::Relaxed) && !is_added(entry))
            .map(|(entry, _)| *entry)
            .collect()
    }

    /// Removes what was added and not saved.
    pub fn discard(&self) {
        let Some(file) = self.added().file.take() else {
            return;
        };
        let _ = match self.length {
            0 => fs::remove_file(self.pack()),
            length => file.into_parts().0.set_len(length),
        };
    }

    /// Copies entries into a new pack.
    fn compact<'e>(&self, kept: impl Iterator<Item = &'e Entry>, file: &File) -> io::Result<Index> {
        let mut index = Index {
            number: self.number + 1,
            length: 0,
            entries: vec![],
        };
        let mut to = BufWriter::new(File::create(
            self.folder.join(pack_name(self.name, index.number)),
        )?);
        for (entry, value) in kept.filter_map(|entry| Some((entry, read(file, *entry)?))) {
            write(&mut to, entry.key, &value)?;
            index.entries.push(Entry {
                offset: index.length,
                ..*entry
            });
            index.length += (SUM + value.len()) as u64;
        }
        to.flush()?;
        Ok(index)
    }

    fn pack(&self) -> PathBuf {
        self.folder.join(pack_name(self.name, self.number))
    }

    fn added(&self) -> MutexGuard<'_, Added> {
        self.added.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entry {
    /// Returns how many bytes the entry takes in the pack.
    fn size(&self) -> u64 {
        SUM as u64 + u64::from(self.length)
    }
}

/// Returns a checksum that shows damage, and a value that belongs to another key. A small build
/// asks for thousands of entries, so this is a quick hash.
fn checksum(key: Digest, value: &[u8]) -> [u8; SUM] {
    FixedState::default().hash_one((key, value)).to_le_bytes()
}

fn write(to: &mut impl Write, key: Digest, value: &[u8]) -> io::Result<()> {
    to.write_all(value)?;
    to.write_all(&checksum(key, value))
}

fn read(
    file: &File,
    Entry {
        key,
        offset,
        length,
    }: Entry,
) -> Option<Vec<u8>> {
    let length = usize::try_from(length).ok()?;
    let mut bytes = vec![0; length + SUM];
    read_at(file, &mut bytes, offset).ok()?;
    let is_whole = bytes[length..] == checksum(key, &bytes[..length]);
    bytes.truncate(length);
    if !is_whole {
        return None;
    }
    Some(bytes)
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, offset)
}

#[cfg(windows)]
fn read_at(file: &File, mut bytes: &mut [u8], mut offset: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        match std::os::windows::fs::FileExt::seek_read(file, bytes, offset)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            count => (bytes, offset) = (&mut bytes[count..], offset + count as u64),
        }
    }
    Ok(())
}

fn pack_name(name: &str, number: u64) -> String {
    format!("{name}.{number}.pack")
}

fn open_pack(folder: &Path, name: &str, index: &Index) -> Option<File> {
    let file = File::open(folder.join(pack_name(name, index.number))).ok()?;
    let is_whole = file.metadata().is_ok_and(|it| it.len() >= index.length)
        && index
            .entries
            .iter()
            .all(|entry| entry.offset < index.length);
    if !is_whole {
        return None;
    }
    Some(file)
}

/// Returns the numbers of all packs of a name in a folder.
fn numbers(folder: &Path, name: &str) -> Vec<u64> {
    let number = |entry: fs::DirEntry| {
        entry
            .file_name()
            .to_str()?
            .strip_prefix(name)?
            .strip_prefix('.')?
            .strip_suffix(".pack")?
            .parse()
            .ok()
    };
    fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(number)
        .collect()
}

fn highest(folder: &Path, name: &str) -> u64 {
    numbers(folder, name).into_iter().max().unwrap_or(0)
}

/// Deletes packs that no index names any more. One that cannot be deleted because another process
/// reads it is deleted the next time.
fn remove_others(folder: &Path, name: &str, number: u64) {
    for other in numbers(folder, name)
        .into_iter()
        .filter(|other| *other != number)
    {
        let _ = fs::remove_file(folder.join(pack_name(name, other)));
    }
}
