//! A pack: entries of the memo in one file, found by an index beside it. A folder and a name come in, bytes by key go out.
//!
//!   NAME.index   mark, generator, number of the pack, its length, then key, offset and length of each entry; checksum
//!   NAME.N.pack  the bytes of each entry and a checksum, one after the other
//!
//! Entries are appended as they come. Only a new index makes them count: without one, the pack is cut to its old length
//! by `discard`, or by the next who appends. When more than half of a pack is of no use any more, what is left
//! goes into a new one.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::hash::BuildHasher;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use foldhash::quality::FixedState;

use crate::digest::Digest;

/// What every index begins with; another format has another mark.
const MARK: &[u8; 16] = b"rungs memo 1\n\0\0\0";
/// Bytes of an entry's checksum.
const SUM: usize = 8;
/// Smaller packs are not worth compacting, in bytes.
const SMALL: u64 = 1 << 20;

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
    /// Which of them were asked for.
    used: Vec<AtomicBool>,
    added: Mutex<Added>,
}

/// Where an entry stands, its checksum at its end.
#[derive(Clone, Copy)]
struct Entry {
    key: Digest,
    offset: u64,
    length: u32,
}

/// What this process has appended.
#[derive(Default)]
struct Added {
    file: Option<BufWriter<File>>,
    end: u64,
    entries: BTreeMap<Digest, Entry>,
    failed: Option<io::Error>,
}

impl Pack {
    /// Opens a pack; one that is not there, or cannot be trusted, is empty.
    pub fn open(folder: &Path, name: &'static str) -> Self {
        let empty = || Index { number: highest(folder, name) + 1, length: 0, entries: vec![] };
        let index = read_index(folder, name);
        let file = index.as_ref().and_then(|index| open_pack(folder, name, index));
        let Index { number, length, entries } = index.filter(|_| file.is_some()).unwrap_or_else(empty);
        let used = entries.iter().map(|_| AtomicBool::new(false)).collect();
        let added = Mutex::new(Added { end: length, ..Added::default() });
        Self { folder: folder.to_owned(), name, number, length, file, entries, used, added }
    }

    /// Whether nobody has saved another index since this one was read.
    pub fn is_current(&self) -> bool {
        read_index(&self.folder, self.name).filter(|index| open_pack(&self.folder, self.name, index).is_some()).map_or(0, |index| index.length) == self.length
    }

    /// The bytes of an entry.
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

    /// Appends an entry, unless there is one. What goes wrong is said by `save`.
    pub fn put(&self, key: Digest, value: &[u8]) {
        let mut added = self.added();
        if added.failed.is_none()
            && let Err(error) = self.append(&mut added, key, value)
        {
            added.failed = Some(error);
        }
    }

    fn append(&self, added: &mut Added, key: Digest, value: &[u8]) -> io::Result<()> {
        let Ok(length) = u32::try_from(value.len()) else { return Ok(()) };
        let file = match &mut added.file {
            Some(file) => file,
            none => {
                let file = OpenOptions::new().create(true).read(true).append(true).open(self.pack())?;
                file.set_len(self.length)?;
                none.insert(BufWriter::with_capacity(1 << 16, file))
            }
        };
        write(file, key, value)?;
        added.entries.insert(key, Entry { key, offset: added.end, length });
        added.end += (SUM + value.len()) as u64;
        Ok(())
    }

    /// Makes what was added count, for whoever opens the pack next.
    pub fn save(&self) -> io::Result<()> {
        let Added { file, end, entries, failed } = std::mem::take(&mut *self.added());
        if let Some(error) = failed {
            return Err(error);
        }
        let Some(mut file) = file else { return Ok(()) };
        file.flush()?;
        let added: Vec<Entry> = entries.into_values().collect();
        let is_used = |at: &usize| self.used[*at].load(Ordering::Relaxed);
        let is_renewed = |entry: &Entry| added.binary_search_by_key(&entry.key, |added| added.key).is_ok();
        let kept: Vec<Entry> = (0..self.entries.len()).filter(is_used).map(|at| self.entries[at]).filter(|entry| !is_renewed(entry)).collect();
        let live: u64 = kept.iter().chain(&added).map(|entry| SUM as u64 + u64::from(entry.length)).sum();
        let index = if end > SMALL && live < end / 2 {
            self.compact(kept.iter().chain(&added), file.get_ref())?
        } else {
            Index { number: self.number, length: end, entries: self.entries.iter().chain(&added).copied().collect() }
        };
        let number = index.number;
        replace(&self.folder, &format!("{}.index", self.name), &index.into_bytes())?;
        remove_others(&self.folder, self.name, number);
        Ok(())
    }

    /// Takes back what was added and not saved.
    pub fn discard(&self) {
        let Some(file) = self.added().file.take() else { return };
        let _ = match self.length {
            0 => fs::remove_file(self.pack()),
            length => file.into_parts().0.set_len(length),
        };
    }

    /// Writes what is of use into a new pack.
    fn compact<'e>(&self, kept: impl Iterator<Item = &'e Entry>, file: &File) -> io::Result<Index> {
        let mut index = Index { number: self.number + 1, length: 0, entries: vec![] };
        let mut to = BufWriter::new(File::create(self.folder.join(pack_name(self.name, index.number)))?);
        for (entry, value) in kept.filter_map(|entry| Some((entry, read(file, *entry)?))) {
            write(&mut to, entry.key, &value)?;
            index.entries.push(Entry { offset: index.length, ..*entry });
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

struct Index {
    number: u64,
    length: u64,
    entries: Vec<Entry>,
}

impl Index {
    fn into_bytes(mut self) -> Vec<u8> {
        // Of two entries with one key (the first was damaged) the later counts.
        self.entries.sort_by_key(|entry| (entry.key, std::cmp::Reverse(entry.offset)));
        self.entries.dedup_by_key(|entry| entry.key);
        let mut bytes = [self.number.to_le_bytes(), self.length.to_le_bytes()].concat();
        for Entry { key, offset, length } in &self.entries {
            bytes.extend([&key.as_bytes()[..], &offset.to_le_bytes(), &length.to_le_bytes()].concat());
        }
        sealed(&bytes)
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (number, rest) = unsealed(bytes)?.split_first_chunk()?;
        let (length, rest) = rest.split_first_chunk()?;
        let entry = |bytes: &[u8]| {
            let (key, rest) = bytes.split_first_chunk()?;
            let (offset, length) = rest.split_first_chunk()?;
            Some(Entry { key: Digest::from_bytes(*key), offset: u64::from_le_bytes(*offset), length: u32::from_le_bytes(length.try_into().ok()?) })
        };
        let entries = rest.chunks(28).map(entry).collect::<Option<_>>()?;
        Some(Self { number: u64::from_le_bytes(*number), length: u64::from_le_bytes(*length), entries })
    }
}

/// The content of a small file, between what tells the format and the program, and a checksum.
pub(super) fn sealed(content: &[u8]) -> Vec<u8> {
    let mut bytes = [&MARK[..], generator().as_bytes(), content].concat();
    bytes.extend(Digest::of(&bytes).as_bytes());
    bytes
}

/// What was sealed; none when it is damaged, or of another format or program.
pub(super) fn unsealed(bytes: &[u8]) -> Option<&[u8]> {
    let (rest, sum) = bytes.split_last_chunk::<16>()?;
    Some(rest).filter(|rest| Digest::of(rest).as_bytes() == sum)?.strip_prefix(MARK)?.strip_prefix(generator().as_bytes())
}

/// Puts a file in the place of another, whole.
pub(super) fn replace(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let beside = folder.join(format!("{name}.new"));
    fs::write(&beside, bytes)?;
    fs::rename(&beside, folder.join(name))
}

/// The program that an entry was made by: another one may make other bytes of the same key.
fn generator() -> Digest {
    Digest::of(concat!(env!("CARGO_PKG_VERSION"), " ", env!("RUNGS_SOURCES")).as_bytes())
}

/// Tells the value from what damage makes of it, and from the same one under another key. Thousands are asked for by a small
/// build, so a quick hash does it.
fn checksum(key: Digest, value: &[u8]) -> [u8; SUM] {
    FixedState::default().hash_one((key, value)).to_le_bytes()
}

fn write(to: &mut impl Write, key: Digest, value: &[u8]) -> io::Result<()> {
    to.write_all(value)?;
    to.write_all(&checksum(key, value))
}

fn read(file: &File, Entry { key, offset, length }: Entry) -> Option<Vec<u8>> {
    let length = usize::try_from(length).ok()?;
    let mut bytes = vec![0; length + SUM];
    read_at(file, &mut bytes, offset).ok()?;
    let is_whole = bytes[length..] == checksum(key, &bytes[..length]);
    bytes.truncate(length);
    is_whole.then_some(bytes)
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

fn read_index(folder: &Path, name: &str) -> Option<Index> {
    Index::from_bytes(&fs::read(folder.join(format!("{name}.index"))).ok()?)
}

fn pack_name(name: &str, number: u64) -> String {
    format!("{name}.{number}.pack")
}

fn open_pack(folder: &Path, name: &str, index: &Index) -> Option<File> {
    let file = File::open(folder.join(pack_name(name, index.number))).ok()?;
    let is_whole = file.metadata().is_ok_and(|it| it.len() >= index.length) && index.entries.iter().all(|entry| entry.offset < index.length);
    is_whole.then_some(file)
}

/// The numbers of the packs of a name that are in a folder.
fn numbers(folder: &Path, name: &str) -> Vec<u64> {
    let number = |entry: fs::DirEntry| entry.file_name().to_str()?.strip_prefix(name)?.strip_prefix('.')?.strip_suffix(".pack")?.parse().ok();
    fs::read_dir(folder).into_iter().flatten().flatten().filter_map(number).collect()
}

fn highest(folder: &Path, name: &str) -> u64 {
    numbers(folder, name).into_iter().max().unwrap_or(0)
}

/// Deletes packs that no index names any more. One that cannot be deleted, because it is being read, goes the next time.
fn remove_others(folder: &Path, name: &str, number: u64) {
    for other in numbers(folder, name).into_iter().filter(|other| *other != number) {
        let _ = fs::remove_file(folder.join(pack_name(name, other)));
    }
}
