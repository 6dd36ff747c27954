//! The output folder: a path comes in, and a folder that is surely ours to replace goes out, or a refusal that says
//! why not. What may be replaced is decided here; `publish` does it.
//!
//! Beside the output folder `public` stands `.public.rungs`: the manifest (which files Rungs wrote), a lock, and the spare
//! tree, which is the site before. It is no cache: without it nobody knows whose files these are, and Rungs refuses.

use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::SiteFolder;
use super::files::{Fault, Files};
use super::manifest::Manifest;
use super::names::FOLDERS;

/// How many foreign files a message names.
const NAMED: usize = 5;

/// A folder that may hold the output, as far as its place tells.
#[derive(Clone, Debug)]
pub struct Output {
    pub(super) tree: PathBuf,
    pub(super) beside: PathBuf,
    pub(super) files: Files,
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
        Ok(Self { beside: parent.join(hidden), tree, files: Files::default() })
    }

    /// The folder that visitors see.
    pub fn path(&self) -> &Path {
        &self.tree
    }

    /// Refuses when there is anything `foreign` in the folder. Without a record, all of it is.
    pub(super) fn refuse(&self, foreign: Vec<String>, has_record: bool) -> Result<(), Refusal> {
        let shown = self.tree.display();
        let message = match (foreign.as_slice(), has_record) {
            ([], _) => return Ok(()),
            (_, false) => format!("{shown} is not empty, and Rungs has no record of having written it"),
            (_, true) => format!("{shown} holds files that Rungs did not write: {}", listed(&foreign)),
        };
        Err(Refusal::not_ours(message, "move them away (files that belong to the site go to static/), or choose another folder with --output-dir"))
    }

    /// Refuses a tree that is a git repository.
    pub(super) fn refuse_git(&self, tree: &Path) -> Result<(), Refusal> {
        if tree.join(".git").symlink_metadata().is_err() {
            return Ok(());
        }
        let message = format!("{} is a git repository: Rungs does not write into it", self.tree.display());
        Err(Refusal::not_ours(message, "choose another folder with --output-dir, and copy its files"))
    }

    /// Refuses when there is anything `foreign` in a tree beside the folder. It was published once, so somebody may have been
    /// in it.
    pub(super) fn refuse_at(&self, tree: &Path, foreign: Vec<String>) -> Result<(), Refusal> {
        if foreign.is_empty() {
            return Ok(());
        }
        let message = format!("{} holds files that Rungs did not write: {}", tree.display(), listed(&foreign));
        Err(Refusal::not_ours(message, "move them away: Rungs keeps the site before the published one in this folder"))
    }

    /// The files that Rungs wrote, or may have written when it was killed; none when there is no record.
    pub(super) fn manifest(&self) -> Option<Manifest> {
        Manifest::read(&self.manifest_path(), &self.log_path())
    }

    /// What is true of the site when it was not replaced, in words that follow a message.
    pub(super) fn as_it_was(&self) -> String {
        if self.tree.exists() { format!("; {} is as it was", self.tree.display()) } else { String::new() }
    }

    /// The tree that becomes the published one; after an exchange, the old one.
    pub(super) fn spare_tree(&self) -> PathBuf {
        self.beside.join("next")
    }

    /// Where the old tree waits on file systems that cannot exchange two folders.
    pub(super) fn previous_tree(&self) -> PathBuf {
        self.beside.join("previous")
    }

    /// Who writes.
    pub(super) fn lock_path(&self) -> PathBuf {
        self.beside.join("lock")
    }

    /// Lists the files of both trees, with what is known of them.
    pub(super) fn manifest_path(&self) -> PathBuf {
        self.beside.join("manifest")
    }

    /// Lists the files that are new in the spare tree while it is written.
    pub(super) fn log_path(&self) -> PathBuf {
        self.beside.join("log")
    }

    /// Lists what is to be done where trees cannot be exchanged.
    pub(super) fn journal_path(&self) -> PathBuf {
        self.beside.join("journal")
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

    fn machine(doing: &str, path: &Path, error: &io::Error) -> Self {
        Self { reason: Reason::Machine, message: super::fault(doing, path, error), help: None }
    }

    pub(super) fn bug(message: String) -> Self {
        Self { reason: Reason::Machine, message, help: None }
    }

    /// Adds to the message of a fault of the machine what is true of the site.
    pub(super) fn and(mut self, rest: String) -> Self {
        if self.reason == Reason::Machine {
            self.message += &rest;
        }
        self
    }
}

impl From<Fault> for Refusal {
    fn from(Fault { doing, path, error }: Fault) -> Self {
        Self::machine(doing, &path, &error)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
