//! What stands in a tree: a folder comes in, its files and folders go out. Nothing is followed, nothing is judged.

use std::ffi::OsStr;
use std::fs::{self, DirEntry};
use std::io;
use std::path::Path;

use rayon::prelude::*;

use super::files::Fault;
use super::manifest::Stat;
use crate::path::OutPath;

/// Files that systems drop into every folder that somebody looks at.
const LITTER: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// What is in a folder and below it, in the order of the paths.
#[derive(Debug)]
pub struct Found<T> {
    pub files: Vec<(OutPath, T)>,
    pub folders: Vec<String>,
    /// What Rungs cannot have written: links, pipes, and names that no output has.
    pub odd: Vec<String>,
}

/// The files of a tree, as they look. A tree that does not exist is empty.
pub fn files(tree: &Path) -> Result<Found<Stat>, Fault> {
    walk(tree, |entry| entry.metadata().map(|about| Stat::of(&about)))
}

/// The names of the files of a tree.
pub fn names(tree: &Path) -> Result<Found<()>, Fault> {
    walk(tree, |_| Ok(()))
}

/// Whether a file is one that nobody misses.
pub fn is_litter(path: &OutPath) -> bool {
    LITTER.contains(&path.as_str().rsplit('/').next().unwrap_or_default())
}

fn walk<T: Send>(tree: &Path, look: fn(&DirEntry) -> io::Result<T>) -> Result<Found<T>, Fault> {
    let mut found = match visit(tree, "", look) {
        Err(fault) if fault.path == tree && fault.error.kind() == io::ErrorKind::NotFound => Found::nothing(),
        found => found?,
    };
    found.files.sort_by(|a, b| a.0.cmp(&b.0));
    found.folders.sort();
    found.odd.sort();
    Ok(found)
}

/// One folder; those in it are visited on all cores. `inner` is its path in the tree.
fn visit<T: Send>(folder: &Path, inner: &str, look: fn(&DirEntry) -> io::Result<T>) -> Result<Found<T>, Fault> {
    let fault = |error| Fault { doing: "cannot look into", path: folder.to_owned(), error };
    let mut found = Found::nothing();
    let mut below = vec![];
    for entry in fs::read_dir(folder).map_err(fault)? {
        let entry = entry.map_err(fault)?;
        let (name, kind) = (entry.file_name(), entry.file_type().map_err(fault)?);
        let path = if inner.is_empty() { name.to_string_lossy().into_owned() } else { format!("{inner}/{}", name.to_string_lossy()) };
        match out_path(&name, &path) {
            _ if kind.is_dir() && name.to_str().is_some() => below.push((entry.path(), path)),
            Some(path) if kind.is_file() => found.files.push((path, look(&entry).map_err(fault)?)),
            _ => found.odd.push(path),
        }
    }
    let visited: Vec<_> = match below.as_slice() {
        [(folder, inner)] => vec![visit(folder, inner, look)],
        _ => below.par_iter().map(|(folder, inner)| visit(folder, inner, look)).collect(),
    };
    for (inside, (_, path)) in visited.into_iter().zip(below) {
        let Found { files, folders, odd } = inside?;
        found.files.extend(files);
        found.folders.extend(folders);
        found.odd.extend(odd);
        found.folders.push(path);
    }
    Ok(found)
}

/// The path as output knows it, when it is written so. Apple's systems may answer with another Unicode form.
fn out_path(name: &OsStr, path: &str) -> Option<OutPath> {
    let clean = name.to_str().and_then(|_| OutPath::new(path).ok())?;
    (cfg!(target_vendor = "apple") || clean.as_str() == path).then_some(clean)
}

impl<T> Found<T> {
    fn nothing() -> Self {
        Self { files: vec![], folders: vec![], odd: vec![] }
    }
}
