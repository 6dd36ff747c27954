//! What stands in a tree: a folder comes in, its files and folders go out. Nothing is followed, nothing is judged.
//!
//! A folder that looks as it did when it was listed holds the names that it held, and is not opened, unless it had been written
//! just before: then the clock may not have moved since. What is in its files is not told by that. The time at which a folder was
//! renamed does not count, for trees are.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::fs::{self, DirEntry};
use std::io;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::files::Fault;
use super::look::{self, Moment};
use super::manifest::Stat;
use crate::digest::Digest;
use crate::ordered;
use crate::path::OutPath;

/// Files that systems drop into every folder that somebody looks at.
const LITTER: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// Around a listing in a text: no path ends so.
const START: &str = "folder\t";
const END: &str = "\t//";

/// What is in a folder and below it, in the order of the paths.
#[derive(Debug)]
pub struct Found<T> {
    pub files: Vec<(OutPath, T)>,
    pub folders: Vec<String>,
    /// What Rungs cannot have written: links, pipes, and names that no output has.
    pub odd: Vec<String>,
    /// What its folders held, as long as they look so.
    pub listings: Vec<Listing>,
}

/// What folders held. Only what proves something is here.
#[derive(Debug, Default)]
pub struct Listings(ordered::Map<Digest, Arc<str>>);

/// What a folder held, by how it looked: its files, a tab and its folders, each list with `/` between the names, and before the
/// name of a file its inode and `=`.
pub type Listing = (Digest, Arc<str>);

/// One walk through a tree.
struct Walk<'a, T> {
    before: &'a Listings,
    at: Moment,
    /// What is wanted of a file.
    look: Look<T>,
}

/// What becomes of the name of a file in a folder, with its inode.
type Look<T> = fn(&Path, &str, u64) -> io::Result<T>;

/// Its inode, which the name comes with.
const INODE: Look<u64> = |_, _, inode| Ok(inode);

/// The files and folders of a tree, with how its files look. A tree that does not exist is empty.
pub fn files(tree: &Path, before: &Listings) -> Result<Found<Stat>, Fault> {
    walk(tree, before, |folder, name, _| folder.join(name).symlink_metadata().map(|about| Stat::of(&about)))
}

/// The names in a tree, with the inodes of its files: 0 where there are none.
pub fn names(tree: &Path, before: &Listings) -> Result<Found<u64>, Fault> {
    walk(tree, before, INODE)
}

/// The names in those of a tree's folders that look otherwise than before, and below folders that are not among these. The tree
/// may have been renamed. `folders` are sorted.
pub fn names_since(tree: &Path, folders: &[String], before: &Listings) -> Result<Found<u64>, Fault> {
    let walk = Walk { before, at: look::now(), look: INODE };
    let all: Vec<&str> = std::iter::once("").chain(folders.iter().map(String::as_str)).collect();
    // A link in the place of a folder is odd, and its own folder says so.
    let is_other = |inner: &&str| {
        let about = tree.join(inner).symlink_metadata();
        about.is_ok_and(|about| (inner.is_empty() || about.is_dir()) && before.get(Stat::of(&about).digest(inner)).is_none())
    };
    let others: Vec<&str> = all.into_par_iter().filter(is_other).collect();
    let mut found = Found::nothing();
    for inner in others {
        let is_new = |folder: &str| folders.binary_search_by(|known| known.as_str().cmp(folder)).is_err();
        match walk.visit_if(&tree.join(inner), inner, is_new) {
            Err(fault) if fault.error.kind() == io::ErrorKind::NotFound => {}
            inside => found.add(inside?),
        }
    }
    Ok(found)
}

/// Whether a file is one that nobody misses.
pub fn is_litter(path: &OutPath) -> bool {
    LITTER.contains(&path.as_str().rsplit('/').next().unwrap_or_default())
}

fn walk<T: Send>(tree: &Path, before: &Listings, look: Look<T>) -> Result<Found<T>, Fault> {
    let walk = Walk { before, at: look::now(), look };
    let mut found = match walk.visit(tree, "") {
        Err(fault) if fault.path == tree && fault.error.kind() == io::ErrorKind::NotFound => Found::nothing(),
        found => found?,
    };
    found.files.sort_by(|a, b| a.0.cmp(&b.0));
    found.folders.sort();
    found.odd.sort();
    Ok(found)
}

impl<T: Send> Walk<'_, T> {
    /// One folder; those in it are visited on all cores. `inner` is its path in the tree.
    fn visit(&self, folder: &Path, inner: &str) -> Result<Found<T>, Fault> {
        self.visit_if(folder, inner, |_| true)
    }

    /// The same for some of the folders in it.
    fn visit_if(&self, folder: &Path, inner: &str, is_visited: impl Fn(&str) -> bool) -> Result<Found<T>, Fault> {
        let fault = |error| Fault { doing: "cannot look into", path: folder.to_owned(), error };
        let mut found = Found::nothing();
        let listed = self.list(folder, inner, &mut found).map_err(fault)?;
        let (files, folders) = listed.split_once('\t').unwrap_or_default();
        for (inode, name) in each(files).filter_map(|file| file.split_once('=')) {
            let path = path_of(inner, name);
            match out_path(&path) {
                Some(path) => found.files.push((path, (self.look)(folder, name, inode.parse().unwrap_or(0)).map_err(fault)?)),
                None => found.odd.push(path),
            }
        }
        let below = each(folders).map(|name| (folder.join(name), path_of(inner, name)));
        let below: Vec<_> = below.filter(|(_, inner)| is_visited(inner)).collect();
        let visited: Vec<_> = match below.as_slice() {
            [(folder, inner)] => vec![self.visit(folder, inner)],
            _ => below.par_iter().map(|(folder, inner)| self.visit(folder, inner)).collect(),
        };
        for (inside, (_, path)) in visited.into_iter().zip(below) {
            found.add(inside?);
            found.folders.push(path);
        }
        Ok(found)
    }

    /// The names in a folder. What is neither a file nor a folder, or has no name that can be written in a line, is odd.
    fn list(&self, folder: &Path, inner: &str, found: &mut Found<T>) -> io::Result<Cow<'_, str>> {
        let stat = Stat::of(&folder.symlink_metadata()?);
        let key = stat.digest(inner);
        if let Some(names) = self.before.get(key) {
            found.listings.push((key, names.clone()));
            return Ok(Cow::Borrowed(names));
        }
        let (mut files, mut folders) = (String::new(), String::new());
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let (name, kind) = (entry.file_name(), entry.file_type()?);
            match name.to_str().filter(|name| !name.contains(char::is_control)) {
                Some(name) if kind.is_dir() => add(&mut folders, name),
                Some(name) if kind.is_file() => add(&mut files, &format!("{}={name}", inode(&entry))),
                _ => found.odd.push(path_of(inner, &name.to_string_lossy())),
            }
        }
        let names = files + "\t" + &folders;
        let is_settled = look::is_settled(Moment::from(stat.modified), self.at);
        if found.odd.is_empty() && is_settled {
            found.listings.push((key, names.as_str().into()));
        }
        Ok(Cow::Owned(names))
    }
}

impl Listings {
    /// Those of a text that `write` made; other lines are passed over.
    pub fn from_lines(text: &str) -> Self {
        let listing = |line: &str| {
            let (key, names) = line.strip_prefix(START)?.strip_suffix(END)?.split_once('\t')?;
            Some((key.parse().ok()?, names.into()))
        };
        text.lines().filter_map(listing).collect()
    }

    fn get(&self, key: Digest) -> Option<&Arc<str>> {
        self.0.get(&key)
    }

    /// Each with its key, in the order in which folders were found.
    pub fn iter(&self) -> impl Iterator<Item = (&Digest, &Arc<str>)> {
        self.0.iter()
    }
}

impl FromIterator<Listing> for Listings {
    fn from_iter<I: IntoIterator<Item = Listing>>(all: I) -> Self {
        Self(all.into_iter().collect())
    }
}

/// The line of a listing. It does not end like one about a file.
pub fn write(lines: &mut String, key: &Digest, names: &str) {
    let _ = writeln!(lines, "{START}{key}\t{names}{END}");
}

impl<T> Found<T> {
    fn nothing() -> Self {
        Self { files: vec![], folders: vec![], odd: vec![], listings: vec![] }
    }

    fn add(&mut self, Self { files, folders, odd, listings }: Self) {
        self.files.extend(files);
        self.folders.extend(folders);
        self.odd.extend(odd);
        self.listings.extend(listings);
    }
}

fn path_of(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// The path as output knows it, when it is written so. Apple's systems may answer with another Unicode form.
fn out_path(path: &str) -> Option<OutPath> {
    let clean = OutPath::new(path).ok()?;
    (cfg!(target_vendor = "apple") || clean.as_str() == path).then_some(clean)
}

/// Adds a name to a list.
fn add(names: &mut String, name: &str) {
    if !names.is_empty() {
        names.push('/');
    }
    names.push_str(name);
}

/// The names of a list.
fn each(names: &str) -> impl Iterator<Item = &str> {
    names.split('/').filter(|name| !name.is_empty())
}

#[cfg(unix)]
fn inode(entry: &DirEntry) -> u64 {
    std::os::unix::fs::DirEntryExt::ino(entry)
}

#[cfg(not(unix))]
fn inode(_: &DirEntry) -> u64 {
    0
}
