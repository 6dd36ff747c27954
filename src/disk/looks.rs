//! Looks, from one command to the next: what each source file looked like when it was hashed, and its digest, come in and go
//! out as bytes. Whether a look proves anything is `look`'s; where the bytes are kept is `memo`'s.

use super::look::{Look, Moment};
use super::read::Known;
use crate::digest::Digest;
use crate::inputs;
use crate::path::SourcePath;

/// Files that need not be opened again as long as they look as they did: 32 bytes each, for a site has many.
#[derive(Debug, Default)]
pub struct Looks {
    /// When they were taken.
    at: Moment,
    /// The digest of a path and a look, and that of the file's bytes; sorted.
    files: Vec<(Digest, Digest)>,
}

impl Looks {
    /// What is known of a file that looks so now.
    pub(super) fn get(&self, path: &SourcePath, look: Look) -> Option<Known> {
        let key = look.digest(path);
        let found = self.files.binary_search_by_key(&key, |(key, _)| *key).ok()?;
        Some(Known { bytes: Ok(inputs::File { digest: self.files[found].1, size: look.size() }), look, at: self.at })
    }

    /// Files as they were found, after the moment. Those that will be opened again in any case are left out.
    pub(super) fn to_bytes<'f>(files: impl Iterator<Item = (&'f SourcePath, &'f Known)>, now: Moment) -> Vec<u8> {
        let entry = |(path, Known { bytes, look, at }): (&SourcePath, &Known)| {
            let file = bytes.as_ref().ok().filter(|_| look.proves(*at, now))?;
            Some((look.digest(path), file.digest))
        };
        let mut files: Vec<(Digest, Digest)> = files.filter_map(entry).collect();
        files.sort_unstable();
        let mut bytes = Vec::with_capacity(16 + 32 * files.len());
        bytes.extend(now.to_le_bytes());
        files.iter().flat_map(|(key, digest)| [key, digest]).for_each(|digest| bytes.extend(digest.as_bytes()));
        bytes
    }

    /// None for bytes that no `to_bytes` made.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (at, rest) = bytes.split_first_chunk()?;
        let digest = |bytes: &[u8]| bytes.try_into().ok().map(Digest::from_bytes);
        let files = rest.chunks(32).map(|row| row.split_at_checked(16).and_then(|(key, file)| Some((digest(key)?, digest(file)?))));
        Some(Self { at: Moment::from_le_bytes(*at), files: files.collect::<Option<_>>()? })
    }
}
