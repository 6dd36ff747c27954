//! The memo: what was made before, by a digest of all that it was made of. Keys come in, bytes go out, or nothing: an entry
//! that is missing or cannot be read costs time and nothing else. Where entries are kept is `disk/memo`'s.

use crate::digest::Digest;

/// Remembers bytes by key. Any thread may ask and tell at any time.
pub trait Memo: Sync {
    /// What is remembered under a key, exactly as it was told.
    fn get(&self, shelf: Shelf, key: Digest) -> Option<Vec<u8>>;

    /// Remembers bytes under a key, if it can.
    fn put(&self, shelf: Shelf, key: Digest, value: &[u8]);
}

/// What an entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shelf {
    /// Articles as they were read, by their files.
    Facts,
    /// The tables of records, by their files.
    Tables,
    /// What became of pages, by all that their bytes are a function of.
    Pages,
    /// The keys of all pages of a site, by all that the site is but for the bodies of its articles.
    Outlines,
    /// What became of whole builds, by all inputs.
    Builds,
    /// The words of articles for the search index, by their files.
    Words,
    /// The digests of the files of search indexes, by all that an index is a function of.
    Search,
    /// Digests of pictures, by what they are drawn from; zero while one was checked and not yet drawn.
    Pictures,
}

/// Remembers nothing.
pub struct Forgetful;

impl Memo for Forgetful {
    fn get(&self, _: Shelf, _: Digest) -> Option<Vec<u8>> {
        None
    }

    fn put(&self, _: Shelf, _: Digest, _: &[u8]) {}
}
