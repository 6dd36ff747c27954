//! The output folder: a path comes in, and a folder that is surely ours to replace goes out, or a refusal that says
//! why not. What may be replaced is decided here; `publish` does it.
//!
//! Beside the output folder `public` stands `.public.rungs`: the manifest (which files Rungs wrote), a lock, and the tree
//! that is being written. It is no cache: without it nobody knows whose files these are, and Rungs refuses.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use walkdir::WalkDir;

use super::SiteFolder;
use super::names::FOLDERS;
use crate::path::OutPath;

/// Files that systems drop into every folder that somebody looks at.
const LITTER: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// How many foreign files a message names.
const NAMED: usize = 5;

/// A folder that may hold the output, as far as its place tells.
#[derive(Clone, Debug)]
pub struct Output {
    pub(super) tree: PathBuf,
    pub(super) beside: PathBuf,
}

/// Why a folder is not taken for output.
#[derive(Debug)]
pub struct Refusal {
    pub reason: Reason,
    pub message: String,
    pub help: Option<String>,
}

/// Who can do something about a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// No output belongs at this place: another argument is needed.
    Place,
    /// There is something that Rungs did not write.
    NotOurs,
    /// The machine did not do as it was asked.
    Machine,
}

impl Output {
    /// Takes a folder, which need not exist, unless output must never be there.
    pub fn at(site: &SiteFolder, folder: &Path) -> Result<Self, Refusal> {
        let folder: PathBuf = folder.components().collect();
        if folder.is_symlink() {
            let target = fs::read_link(&folder).unwrap_or_default();
            let message = format!("the output folder {} is a symbolic link to {}", folder.display(), target.display());
            return Err(Refusal::place(message, "name the folder itself with --output-dir, or delete the link"));
        }
        let tree = resolve(&folder)?;
        if tree.exists() && !tree.is_dir() {
            return Err(Refusal::place(format!("{} is a file, not a folder for output", tree.display()), "choose another folder with --output-dir"));
        }
        if let Some(what) = forbidden(site.path(), &tree) {
            let message = format!("{} {what}: output never goes there, because Rungs replaces the whole folder", tree.display());
            return Err(Refusal::place(message, "choose a folder of its own with --output-dir, such as `public`"));
        }
        let (Some(parent), Some(name)) = (tree.parent(), tree.file_name()) else { return Err(Refusal::place("/ is no folder for output", "choose another")) };
        let mut hidden = OsString::from(".");
        hidden.push(name);
        hidden.push(".rungs");
        Ok(Self { beside: parent.join(hidden), tree })
    }

    /// The folder that visitors see.
    pub fn path(&self) -> &Path {
        &self.tree
    }

    /// Refuses when the folder holds anything that Rungs did not write. Changes nothing.
    pub fn check(&self) -> Result<(), Refusal> {
        self.refuse_foreign(&self.tree)
    }

    /// The same for another folder that stands for this one, such as the old tree after the exchange.
    pub(super) fn refuse_foreign(&self, tree: &Path) -> Result<(), Refusal> {
        let shown = self.tree.display();
        if tree.join(".git").symlink_metadata().is_ok() {
            let message = format!("{shown} is a git repository: Rungs does not write into it");
            return Err(Refusal::not_ours(message, "choose another folder with --output-dir, and copy its files"));
        }
        let ours = self.manifest();
        let foreign = foreign_files(tree, ours.as_ref().unwrap_or(&BTreeSet::new()))?;
        let message = match (foreign.as_slice(), ours) {
            ([], _) => return Ok(()),
            (_, None) => format!("{shown} is not empty, and Rungs has no record of having written it"),
            (_, Some(_)) => format!("{shown} holds files that Rungs did not write: {}", listed(&foreign)),
        };
        Err(Refusal::not_ours(message, "move them away (files that belong to the site go to static/), or choose another folder with --output-dir"))
    }

    /// The files that Rungs wrote, or may have written when it was killed; none when there is no record.
    pub(super) fn manifest(&self) -> Option<BTreeSet<String>> {
        let read = |path: PathBuf| fs::read_to_string(path).ok();
        let known = [read(self.manifest_path()), read(self.next_manifest_path())];
        if known == [None, None] {
            return None;
        }
        Some(known.iter().flatten().flat_map(|text| text.lines()).map(str::to_owned).collect())
    }

    /// Lists the files of the published tree, one path a line.
    pub(super) fn manifest_path(&self) -> PathBuf {
        self.beside.join("manifest")
    }

    /// Lists the files of the tree that is about to be published.
    pub(super) fn next_manifest_path(&self) -> PathBuf {
        self.beside.join("manifest.next")
    }
}

/// The absolute path, with links resolved, of a folder of which the last parts may not exist yet.
fn resolve(folder: &Path) -> Result<PathBuf, Refusal> {
    let mut missing = vec![];
    let mut there = std::path::absolute(folder).map_err(|error| Refusal::machine("cannot find", folder, &error))?;
    loop {
        match there.canonicalize() {
            Ok(found) => return Ok(missing.iter().rev().fold(found, |path: PathBuf, part: &OsString| path.join(part))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => match there.components().next_back() {
                Some(Component::Normal(name)) => missing.push(name.to_owned()),
                _ => return Err(Refusal::place(format!("{} leads through a folder that does not exist", folder.display()), "name the folder without `..`")),
            },
            Err(error) => return Err(Refusal::machine("cannot find", folder, &error)),
        }
        there.pop();
    }
}

/// What is wrong with a place, in words that follow its path.
fn forbidden(site: &Path, tree: &Path) -> Option<String> {
    let home = std::env::home_dir().and_then(|home| home.canonicalize().ok());
    if tree.parent().is_none() {
        return Some("is the root of the file system".into());
    }
    if home.as_deref() == Some(tree) {
        return Some("is your home folder".into());
    }
    if tree == site {
        return Some("is the folder of the site itself".into());
    }
    if site.starts_with(tree) || home.is_some_and(|home| home.starts_with(tree)) {
        return Some("holds more than the site".into());
    }
    let sources = FOLDERS.into_iter().chain([".git", ".rungs"]);
    let inside = |name: &&str| {
        let folder = site.join(name);
        tree.starts_with(&folder) || folder.canonicalize().is_ok_and(|folder| tree.starts_with(folder))
    };
    sources.into_iter().find(inside).map(|name| format!("is in {name}/, a folder that the site is made of"))
}

/// The paths below a folder that are not among `ours`: files, and links, pipes and the like in any case.
fn foreign_files(tree: &Path, ours: &BTreeSet<String>) -> Result<Vec<String>, Refusal> {
    let mut foreign = vec![];
    for entry in WalkDir::new(tree).min_depth(1).sort_by_file_name() {
        let entry = match entry {
            Ok(entry) if entry.file_type().is_dir() => continue,
            Ok(entry) => entry,
            Err(error) if error.depth() == 0 && error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::NotFound) => break,
            Err(error) => {
                let error = io::Error::from(error);
                return Err(Refusal { reason: Reason::Machine, message: format!("cannot look into {}: {error}", tree.display()), help: None });
            }
        };
        let parts: Vec<_> = entry.path().strip_prefix(tree).unwrap_or(entry.path()).iter().map(|part| part.to_string_lossy()).collect();
        let path = parts.join("/");
        let known = entry.file_type().is_file() && OutPath::new(&path).is_ok_and(|path| ours.contains(path.as_str()));
        if !known && !LITTER.iter().any(|litter| entry.file_name() == *litter) {
            foreign.push(path);
        }
    }
    Ok(foreign)
}

fn listed(paths: &[String]) -> String {
    let named = paths.iter().take(NAMED).map(|path| path.escape_debug().to_string()).collect::<Vec<_>>().join(", ");
    match paths.len() {
        0..=NAMED => named,
        more => format!("{named} and {} more", more - NAMED),
    }
}

impl Refusal {
    fn place(message: impl Into<String>, help: &str) -> Self {
        Self { reason: Reason::Place, message: message.into(), help: Some(help.into()) }
    }

    fn not_ours(message: String, help: &str) -> Self {
        Self { reason: Reason::NotOurs, message, help: Some(help.into()) }
    }

    pub(super) fn machine(doing: &str, path: &Path, error: &io::Error) -> Self {
        Self { reason: Reason::Machine, message: super::fault(doing, path, error), help: None }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
