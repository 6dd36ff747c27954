//! Listings: what output folders held comes in by their stamps; the names that a folder holds come
//! out without opening it. The manifest stores them.
//!
//! A folder whose stamp is as it was holds the names that it held, because a name that comes or
//! goes changes the folder's time. What is in its files is not told by that. A folder that was
//! written just before it was listed proves nothing: the clock may not have moved since.

use std::fmt::Write as _;
use std::sync::Arc;

use super::stamp::Stamp;
use crate::digest::Digest;
use crate::ordered;

/// How a line of a listing begins and ends in a text. No path ends so.
const START: &str = "folder\t";
const END: &str = "\t//";

/// The names that folders held, by the digest of each folder's path and stamp.
#[derive(Debug, Default)]
pub struct Listings(ordered::Map<Digest, Arc<str>>);

/// The names that one folder held.
#[derive(Clone, Debug)]
pub struct Listing {
    pub key: Digest,
    /// The text of [`Names`].
    pub names: Arc<str>,
}

/// The names in a folder, as one line of text: its files, a tab and its folders, each list with `/`
/// between the names. Before the name of a file stand its inode and `=`.
#[derive(Debug, Default)]
pub struct Names {
    files: String,
    folders: String,
}

/// A file in [`Names`].
pub struct NamedFile<'a> {
    pub name: &'a str,
    /// 0 where there are none.
    pub inode: u64,
}

impl Listings {
    /// Reads what [`Listing::write`] wrote; other lines are passed over.
    pub fn from_lines(text: &str) -> Self {
        let listing = |line: &str| {
            let (key, names) = line
                .strip_prefix(START)?
                .strip_suffix(END)?
                .split_once('\t')?;
            Some(Listing {
                key: key.parse().ok()?,
                names: names.into(),
            })
        };
        text.lines().filter_map(listing).collect()
    }

    /// Returns the names of the folder that has this key.
    pub fn get(&self, key: Digest) -> Option<&Arc<str>> {
        self.0.get(&key)
    }

    /// Returns each listing, in the order in which folders were found.
    pub fn iter(&self) -> impl Iterator<Item = Listing> {
        self.0.iter().map(|(key, names)| Listing {
            key: *key,
            names: names.clone(),
        })
    }
}

impl FromIterator<Listing> for Listings {
    fn from_iter<I: IntoIterator<Item = Listing>>(all: I) -> Self {
        let pair = |Listing { key, names }| (key, names);
        Self(all.into_iter().map(pair).collect())
    }
}

impl Listing {
    /// Returns the key of a folder: the digest of its path in the tree and its stamp.
    ///
    /// The time at which a folder was renamed does not count, because trees are renamed.
    pub fn key(inner: &str, stamp: &Stamp) -> Digest {
        stamp.without_change_time().digest(inner)
    }

    /// Adds the line of this listing. It does not end like a line about a file.
    pub fn write(&self, lines: &mut String) {
        let Self { key, names } = self;
        let _ = writeln!(lines, "{START}{key}\t{names}{END}");
    }
}

impl Names {
    pub fn add_file(&mut self, name: &str, inode: u64) {
        add(&mut self.files, &format!("{inode}={name}"));
    }

    pub fn add_folder(&mut self, name: &str) {
        add(&mut self.folders, name);
    }

    /// Returns the names as one line of text.
    pub fn into_text(self) -> Arc<str> {
        format!("{}\t{}", self.files, self.folders).into()
    }

    /// Returns the files of a text that [`Names::into_text`] made.
    pub fn files(text: &str) -> impl Iterator<Item = NamedFile<'_>> {
        let (files, _) = text.split_once('\t').unwrap_or_default();
        each(files)
            .filter_map(|file| file.split_once('='))
            .map(|(inode, name)| NamedFile {
                name,
                inode: inode.parse().unwrap_or(0),
            })
    }

    /// Returns the folders of a text that [`Names::into_text`] made.
    pub fn folders(text: &str) -> impl Iterator<Item = &str> {
        let (_, folders) = text.split_once('\t').unwrap_or_default();
        each(folders)
    }
}

fn add(names: &mut String, name: &str) {
    if !names.is_empty() {
        names.push('/');
    }
    names.push_str(name);
}

fn each(names: &str) -> impl Iterator<Item = &str> {
    names.split('/').filter(|name| !name.is_empty())
}
