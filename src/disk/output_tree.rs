//! What an output tree holds: a folder comes in, its files and folders go out. Links are not
//! followed, and nothing is judged. A folder that is listed in [`Listings`] is not opened.

use std::fs::DirEntry;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::error::DiskError;
use super::listings::{Listing, Listings, NamedFile, Names};
use super::stamp::{self, Moment, Stamp};
use super::walk::{self, Visited, walk};
use crate::path::OutPath;

/// Files that systems drop into every folder that somebody looks at.
const LITTER: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// What is in a tree, in the order of the paths.
#[derive(Debug)]
pub struct Found<T> {
    pub files: Vec<(OutPath, T)>,
    pub folders: Vec<String>,
    /// What Rungs cannot have written: links, pipes, and names that no output has.
    pub odd: Vec<String>,
    /// What folders hold, as long as their stamps stay.
    pub listings: Vec<Listing>,
}

/// What is wanted to be known of each file, apart from its path.
type Describe<T> = fn(&Path, NamedFile<'_>) -> io::Result<T>;

/// Visits the folders of one tree.
struct Visitor<'a, T> {
    tree: &'a Path,
    known: &'a Listings,
    /// When the walk began.
    at: Moment,
    describe: Describe<T>,
}

/// Returns what is in a tree, with the stamp of each file. A tree that does not exist is empty.
pub fn files(tree: &Path, known: &Listings) -> Result<Found<Stamp>, DiskError> {
    let stamp = |folder: &Path, file: NamedFile<'_>| {
        let metadata = folder.join(file.name).symlink_metadata()?;
        Ok(Stamp::of(&metadata).without_change_time())
    };
    Visitor::new(tree, known, stamp).found(vec![String::new()], |_| true)
}

/// Returns the names in a tree, with the inode of each file: 0 where there are none.
pub fn names(tree: &Path, known: &Listings) -> Result<Found<u64>, DiskError> {
    Visitor::new(tree, known, inode_of).found(vec![String::new()], |_| true)
}

/// Returns the names in those of a tree's folders whose stamps changed, and below folders that are
/// not among these. The tree may have been renamed. `folders` are sorted.
pub fn names_since(
    tree: &Path,
    folders: &[String],
    known: &Listings,
) -> Result<Found<u64>, DiskError> {
    // A link in the place of a folder is odd, and the folder that holds the link says so.
    let has_changed = |inner: &&str| {
        let Ok(metadata) = folder_of(tree, inner).symlink_metadata() else {
            return false;
        };
        let is_folder = inner.is_empty() || metadata.is_dir();
        let key = Listing::key(inner, &Stamp::of(&metadata));
        is_folder && known.get(key).is_none()
    };
    let all: Vec<&str> = std::iter::once("")
        .chain(folders.iter().map(String::as_str))
        .collect();
    let changed = all
        .into_par_iter()
        .filter(has_changed)
        .map(str::to_owned)
        .collect();
    let is_new = |folder: &str| {
        folders
            .binary_search_by(|known| known.as_str().cmp(folder))
            .is_err()
    };
    Visitor::new(tree, known, inode_of).found(changed, is_new)
}

/// Returns true if nobody misses the file.
pub fn is_litter(path: &OutPath) -> bool {
    LITTER.contains(&path.as_str().rsplit('/').next().unwrap_or_default())
}

fn inode_of(_: &Path, file: NamedFile<'_>) -> io::Result<u64> {
    Ok(file.inode)
}

impl<'a, T: Send> Visitor<'a, T> {
    fn new(tree: &'a Path, known: &'a Listings, describe: Describe<T>) -> Self {
        Self {
            tree,
            known,
            at: stamp::now(),
            describe,
        }
    }

    /// Visits folders, and those below them that are wanted.
    fn found(
        &self,
        folders: Vec<String>,
        is_wanted: impl Fn(&str) -> bool + Sync,
    ) -> Result<Found<T>, DiskError> {
        let mut all = Found::nothing();
        for found in walk(folders, |inner| self.visit(&inner, &is_wanted))? {
            all.files.extend(found.files);
            all.folders.extend(found.folders);
            all.odd.extend(found.odd);
            all.listings.extend(found.listings);
        }
        all.files.sort_by(|a, b| a.0.cmp(&b.0));
        all.folders.sort();
        all.odd.sort();
        Ok(all)
    }

    /// Visits one folder, by its path in the tree. One that does not exist is empty.
    fn visit(
        &self,
        inner: &str,
        is_wanted: &impl Fn(&str) -> bool,
    ) -> Result<Visited<Found<T>, String>, DiskError> {
        let folder = folder_of(self.tree, inner);
        let mut found = Found::nothing();
        let names = match self.list(&folder, inner, &mut found) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Arc::default(),
            listed => listed.map_err(DiskError::at("cannot look into", &folder))?,
        };
        for file in Names::files(&names) {
            let path = path_of(inner, file.name);
            let Some(path) = out_path(&path) else {
                found.odd.push(path);
                continue;
            };
            let described = (self.describe)(&folder, file)
                .map_err(DiskError::at("cannot look into", &folder))?;
            found.files.push((path, described));
        }
        found.folders = Names::folders(&names)
            .map(|name| path_of(inner, name))
            .filter(|inner| is_wanted(inner))
            .collect();
        Ok(Visited {
            below: found.folders.clone(),
            found,
        })
    }

    /// Returns the names in a folder as a text of [`Names`]. What is neither a file nor a folder,
    /// or has no name that can be written in a line, is odd.
    fn list(&self, folder: &Path, inner: &str, found: &mut Found<T>) -> io::Result<Arc<str>> {
        let stamp = Stamp::of(&folder.symlink_metadata()?);
        let key = Listing::key(inner, &stamp);
        if let Some(names) = self.known.get(key) {
            let names = names.clone();
            found.listings.push(Listing {
                key,
                names: names.clone(),
            });
            return Ok(names);
        }
        let mut names = Names::default();
        for entry in walk::entries(folder)? {
            let (name, kind) = (entry.file_name(), entry.file_type()?);
            let writable = name
                .to_str()
                .filter(|name| !name.contains(char::is_control));
            match writable {
                Some(name) if kind.is_dir() => names.add_folder(name),
                Some(name) if kind.is_file() => names.add_file(name, inode(&entry)),
                _ => found.odd.push(path_of(inner, &name.to_string_lossy())),
            }
        }
        let names = names.into_text();
        if found.odd.is_empty() && stamp::is_older_than_tick(stamp.modified, self.at) {
            found.listings.push(Listing {
                key,
                names: names.clone(),
            });
        }
        Ok(names)
    }
}

impl<T> Found<T> {
    fn nothing() -> Self {
        Self {
            files: vec![],
            folders: vec![],
            odd: vec![],
            listings: vec![],
        }
    }
}

/// Returns the folder at a path in a tree; the tree itself has the empty path.
fn folder_of(tree: &Path, inner: &str) -> PathBuf {
    if inner.is_empty() {
        tree.to_owned()
    } else {
        tree.join(inner)
    }
}

fn path_of(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.to_owned()
    } else {
        format!("{folder}/{name}")
    }
}

/// Returns the path as output knows it, when it is written so. Apple's systems may answer with
/// another Unicode form.
fn out_path(path: &str) -> Option<OutPath> {
    OutPath::new(path)
        .ok()
        .filter(|clean| cfg!(target_vendor = "apple") || clean.as_str() == path)
}

#[cfg(unix)]
fn inode(entry: &DirEntry) -> u64 {
    std::os::unix::fs::DirEntryExt::ino(entry)
}

#[cfg(not(unix))]
fn inode(_: &DirEntry) -> u64 {
    0
}
