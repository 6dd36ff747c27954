//! The stat cache: the stamp and digest of each source file come in and go out as bytes, so that a
//! later command opens only files that changed. Whether a stamp proves anything is decided in
//! [`super::stamp`]; where the bytes are stored, in [`super::cache`].

use super::hash::Hashed;
use super::stamp::{Moment, Stamp};
use crate::digest::Digest;
use crate::inputs;
use crate::path::SourcePath;

/// Length of a digest in bytes.
const DIGEST: usize = 16;

/// The digests of files that need not be opened as long as their stamps stay.
///
/// An entry takes 32 bytes, because a site has many files.
#[derive(Debug, Default)]
pub struct StatCache {
    /// When the files were hashed.
    at: Moment,
    /// Sorted by `key`.
    entries: Vec<Entry>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    /// Digest of a path and its stamp.
    key: Digest,
    /// Digest of the file's bytes.
    content: Digest,
}

impl StatCache {
    /// Returns what is known of a file that has this stamp now.
    pub(super) fn get(&self, path: &SourcePath, stamp: Stamp) -> Option<Hashed> {
        let key = stamp.digest(path.as_str());
        let found = self
            .entries
            .binary_search_by_key(&key, |entry| entry.key)
            .ok()?;
        Some(Hashed {
            bytes: Ok(inputs::File {
                digest: self.entries[found].content,
                size: stamp.size,
            }),
            stamp,
            at: self.at,
        })
    }

    /// Writes files as they were found before the moment `now`. Files that will be opened again in
    /// any case are left out.
    pub(super) fn to_bytes<'f>(
        files: impl Iterator<Item = (&'f SourcePath, &'f Hashed)>,
        now: Moment,
    ) -> Vec<u8> {
        let mut entries: Vec<Entry> = files
            .filter(|(_, hashed)| hashed.stamp.proves(hashed.at, now))
            .filter_map(|(path, hashed)| {
                let content = hashed.bytes.as_ref().ok()?.digest;
                Some(Entry {
                    key: hashed.stamp.digest(path.as_str()),
                    content,
                })
            })
            .collect();
        entries.sort_unstable();
        let mut bytes = now.to_le_bytes().to_vec();
        for Entry { key, content } in &entries {
            bytes.extend(key.as_bytes());
            bytes.extend(content.as_bytes());
        }
        bytes
    }

    /// Reads what [`StatCache::to_bytes`] wrote. Returns `None` for any other bytes.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (at, rest) = bytes.split_first_chunk()?;
        let entry = |row: &[u8]| {
            let (key, content) = row.split_first_chunk::<DIGEST>()?;
            Some(Entry {
                key: Digest::from_bytes(*key),
                content: Digest::from_bytes(content.try_into().ok()?),
            })
        };
        Some(Self {
            at: Moment::from_le_bytes(*at),
            entries: rest.chunks(2 * DIGEST).map(entry).collect::<Option<_>>()?,
        })
    }
}
