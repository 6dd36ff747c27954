//! The index of a pack: entries come in and go out as the bytes of a small file, sealed with the
//! format, the program that wrote it and a checksum.

use std::fs;
use std::io;
use std::path::Path;

use super::Entry;
use crate::digest::Digest;

/// The first bytes of a sealed file; another format has another mark.
const MARK: &[u8; 16] = b"rungs memo 1\n\0\0\0";
/// Bytes of one entry: key, offset and length.
const ENTRY: usize = 16 + 8 + 4;

/// Where each entry of a pack is.
pub struct Index {
    /// Which file holds the entries.
    pub number: u64,
    /// How many bytes of that file count.
    pub length: u64,
    /// Sorted by key.
    pub entries: Vec<Entry>,
}

impl Index {
    /// Reads the index of a pack.
    pub fn read(folder: &Path, name: &str) -> Option<Self> {
        Self::from_bytes(&fs::read(folder.join(format!("{name}.index"))).ok()?)
    }

    pub fn into_bytes(mut self) -> Vec<u8> {
        // If two entries have one key, the first was damaged: the later one counts.
        self.entries
            .sort_by_key(|entry| (entry.key, std::cmp::Reverse(entry.offset)));
        self.entries.dedup_by_key(|entry| entry.key);
        let mut bytes = [self.number.to_le_bytes(), self.length.to_le_bytes()].concat();
        for Entry {
            key,
            offset,
            length,
        } in &self.entries
        {
            bytes.extend(key.as_bytes());
            bytes.extend(offset.to_le_bytes());
            bytes.extend(length.to_le_bytes());
        }
        sealed(&bytes)
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (number, rest) = unsealed(bytes)?.split_first_chunk()?;
        let (length, rest) = rest.split_first_chunk()?;
        let entry = |bytes: &[u8]| {
            let (key, rest) = bytes.split_first_chunk()?;
            let (offset, length) = rest.split_first_chunk()?;
            Some(Entry {
                key: Digest::from_bytes(*key),
                offset: u64::from_le_bytes(*offset),
                length: u32::from_le_bytes(length.try_into().ok()?),
            })
        };
        Some(Self {
            number: u64::from_le_bytes(*number),
            length: u64::from_le_bytes(*length),
            entries: rest.chunks(ENTRY).map(entry).collect::<Option<_>>()?,
        })
    }
}

/// Returns the content of a small file between a header (format and program) and a checksum.
pub fn sealed(content: &[u8]) -> Vec<u8> {
    let mut bytes = [&MARK[..], generator().as_bytes(), content].concat();
    bytes.extend(Digest::of(&bytes).as_bytes());
    bytes
}

/// Returns what was sealed, or `None` if it is damaged, or of another format or program.
pub fn unsealed(bytes: &[u8]) -> Option<&[u8]> {
    let (rest, sum) = bytes.split_last_chunk::<16>()?;
    if Digest::of(rest).as_bytes() != sum {
        return None;
    }
    rest.strip_prefix(MARK)?
        .strip_prefix(generator().as_bytes())
}

/// Replaces a file as a whole.
pub fn replace(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let new = folder.join(format!("{name}.new"));
    fs::write(&new, bytes)?;
    fs::rename(&new, folder.join(name))
}

/// Returns the digest of this program: another one may make other bytes of the same key.
fn generator() -> Digest {
    Digest::of(concat!(env!("CARGO_PKG_VERSION"), " ", env!("RUNGS_SOURCES")).as_bytes())
}
