//! The memo: results of earlier work, by a digest of everything that they are a function of. Keys
//! come in; bytes go out, or nothing: a missing entry costs time and nothing else. Where entries are
//! stored is the business of `disk/cache`.

use crate::digest::Digest;
use crate::inputs::Inputs;

/// Stores bytes by key. Any thread may call it at any time.
pub trait Memo: Sync {
    /// Returns the bytes under a key, exactly as they were put there.
    fn get(&self, table: Table, key: Digest) -> Option<Vec<u8>>;

    /// Stores bytes under a key, if it can.
    fn put(&self, table: Table, key: Digest, value: &[u8]);
}

/// What the entries of a table are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// Articles, by their files and how Markdown is read.
    Articles,
    /// Roles, by everything that they are a function of; and what their files say to the rest of the
    /// site, by these files.
    Roles,
    /// What is known of rendered pages, by everything that their bytes are a function of.
    Pages,
    /// The keys of all outputs of a site and what was asked for them, by what is asked by nobody.
    OutputKeys,
    /// What is known of whole builds, by all inputs.
    Builds,
    /// The words of pages that search finds, some pages together, by their own bytes.
    Words,
    /// Digests of the files of search indexes, by everything that an index is a function of.
    Search,
    /// Digests of pictures, by what they are drawn from; zero for one that was checked and not yet
    /// drawn.
    Pictures,
    /// Minified stylesheets and scripts, by their texts.
    Minified,
}

/// Where the contents of source files come from: from the files, or from what an earlier build
/// remembered of them.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    pub inputs: &'a Inputs,
    pub memo: &'a dyn Memo,
}

/// A memo that remembers nothing.
pub struct Forgetful;

impl Memo for Forgetful {
    fn get(&self, _: Table, _: Digest) -> Option<Vec<u8>> {
        None
    }

    fn put(&self, _: Table, _: Digest, _: &[u8]) {}
}
