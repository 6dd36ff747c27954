//! The output folder: a path comes in; a folder that Rungs may replace, or a [`Refusal`] that says
//! why not, goes out. What may be replaced is decided here; `publish` does it.
//!
//! Beside the output folder `public` stands `.public.rungs`: the manifest (which files Rungs
//! wrote), a lock, and the spare tree, which is the previous site. It is not a cache: without it
//! nobody knows whose files these are, and Rungs refuses the folder.

use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::SiteFolder;
use super::error::DiskError;
use super::files::Files;
use super::held;
use super::manifest::Manifest;
use super::names::FOLDERS;
use super::real::{real_path, shown};

/// How many foreign files a message names.
const NAMED: usize = 5;
/// What to do about foreign files in the output folder.
const MOVE_AWAY: &str = "move them away (files that belong to the site go to static/), or choose another folder with --output-dir";

/// A folder at a place where output may be. What it holds is judged when a site is written.
#[derive(Clone, Debug)]
pub struct Output {
    pub(super) tree: PathBuf,
    pub(super) beside: PathBuf,
    pub(super) files: Files,
}

/// Why output is not written to a folder.
#[derive(Debug)]
pub struct Refusal {
    pub reason: Reason,
    pub message: String,
    pub help: Option<String>,
}

/// What kind of refusal it is, which decides who can do something about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Output must never be at this place: another argument is needed.
    Place,
    /// The folder holds something that Rungs did not write.
    NotOurs,
    /// The system refused an operation.
    Machine,
}

impl Output {
    /// Returns the folder at a path, which need not exist yet, unless output must never be there.
    pub fn at(site: &SiteFolder, folder: &Path) -> Result<Self, Refusal> {
        let folder: PathBuf = folder.components().collect();
        if folder.is_symlink() {
            let target = fs::read_link(&folder).unwrap_or_default();
            let message = format!(
                "the output folder {} is a symbolic link to {}",
                shown(&folder),
                shown(&target)
            );
            return Err(Refusal::place(
                message,
                "name the folder itself with --output-dir, or delete the link",
            ));
        }
        let tree = resolve(&folder)?;
        if tree.exists() && !tree.is_dir() {
            return Err(Refusal::place(
                format!("{} is a file, not a folder for output", shown(&tree)),
                "choose another folder with --output-dir",
            ));
        }
        if let Some(what) = forbidden(site.path(), &tree) {
            let message = format!(
                "{} {what}: output never goes there, because Rungs replaces the whole folder",
                shown(&tree)
            );
            return Err(Refusal::place(
                message,
                "choose a folder of its own with --output-dir, such as `public`",
            ));
        }
        let (Some(parent), Some(name)) = (tree.parent(), tree.file_name()) else {
            return Err(Refusal::place(
                "output cannot go to /",
                "choose a folder with --output-dir",
            ));
        };
        let mut hidden = OsString::from(".");
        hidden.push(name);
        hidden.push(".rungs");
        Ok(Self {
            beside: parent.join(hidden),
            tree,
            files: Files::default(),
        })
    }

    /// Returns the published folder.
    pub fn path(&self) -> &Path {
        &self.tree
    }

    /// Refuses when the folder holds `foreign` files, which Rungs did not write.
    pub(super) fn refuse_foreign(&self, foreign: &[String]) -> Result<(), Refusal> {
        if foreign.is_empty() {
            return Ok(());
        }
        let message = format!(
            "{} holds files that Rungs did not write: {}",
            shown(&self.tree),
            listed(foreign)
        );
        Err(Refusal::not_ours(message, MOVE_AWAY))
    }

    /// Refuses when the folder holds files, `foreign` all of them, and there is no record of what
    /// Rungs wrote.
    pub(super) fn refuse_unknown(&self, foreign: &[String]) -> Result<(), Refusal> {
        if foreign.is_empty() {
            return Ok(());
        }
        let message = format!(
            "{} is not empty, and Rungs has no record of having written it",
            shown(&self.tree)
        );
        Err(Refusal::not_ours(message, MOVE_AWAY))
    }

    /// Refuses a tree that is a git repository.
    pub(super) fn refuse_git(&self, tree: &Path) -> Result<(), Refusal> {
        if tree.join(".git").symlink_metadata().is_err() {
            return Ok(());
        }
        let message = format!(
            "{} is a git repository: Rungs does not write into it",
            shown(&self.tree)
        );
        Err(Refusal::not_ours(
            message,
            "choose another folder with --output-dir, and copy its files",
        ))
    }

    /// Refuses when a tree beside the folder holds `foreign` files. It was published once, so
    /// somebody may have been in it.
    pub(super) fn refuse_foreign_in_spare(
        &self,
        tree: &Path,
        foreign: &[String],
    ) -> Result<(), Refusal> {
        if foreign.is_empty() {
            return Ok(());
        }
        let message = format!(
            "{} holds files that Rungs did not write: {}",
            shown(tree),
            listed(foreign)
        );
        Err(Refusal::not_ours(
            message,
            "move them away: Rungs keeps the previous version of the site in this folder",
        ))
    }

    /// Returns the files that Rungs wrote, or may have written when it was killed; `None` when
    /// there is no record.
    pub(super) fn manifest(&self) -> Option<Manifest> {
        Manifest::read(&self.manifest_path(), &self.log_path())
    }

    /// Returns the words, to follow a message, that say that the old site was not replaced.
    pub(super) fn as_it_was(&self) -> String {
        if self.tree.exists() {
            format!("; {} is as it was", shown(&self.tree))
        } else {
            String::new()
        }
    }

    /// Returns the tree that becomes the published one; after an exchange, the old one.
    pub(super) fn spare_tree(&self) -> PathBuf {
        self.beside.join("next")
    }

    /// Returns where the old tree waits on file systems that cannot exchange two folders.
    pub(super) fn previous_tree(&self) -> PathBuf {
        self.beside.join("previous")
    }

    /// Returns the file that a process locks while it writes.
    pub(super) fn lock_path(&self) -> PathBuf {
        self.beside.join("lock")
    }

    /// Returns the file that lists the files of both trees, with what is known of them.
    pub(super) fn manifest_path(&self) -> PathBuf {
        self.beside.join("manifest")
    }

    /// Returns the file that lists new files of the spare tree while it is written.
    pub(super) fn log_path(&self) -> PathBuf {
        self.beside.join("log")
    }

    /// Returns the file that lists what is to be done where trees cannot be exchanged.
    pub(super) fn journal_path(&self) -> PathBuf {
        self.beside.join("journal")
    }
}

/// Returns the absolute path, with links resolved, of a folder of which the last parts may not
/// exist yet.
fn resolve(folder: &Path) -> Result<PathBuf, Refusal> {
    let mut missing = vec![];
    let failed = DiskError::at("cannot find", folder);
    let mut there = std::path::absolute(folder).map_err(failed)?;
    loop {
        match real_path(&there) {
            Ok(found) => {
                return Ok(missing
                    .iter()
                    .rev()
                    .fold(found, |path: PathBuf, part: &OsString| path.join(part)));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                match there.components().next_back() {
                    Some(Component::Normal(name)) => missing.push(name.to_owned()),
                    _ => {
                        return Err(Refusal::place(
                            format!(
                                "{} leads through a folder that does not exist",
                                shown(folder)
                            ),
                            "name the folder without `..`",
                        ));
                    }
                }
            }
            Err(error) => return Err(failed(error).into()),
        }
        there.pop();
    }
}

/// Returns what is wrong with a place, in words that follow its path.
fn forbidden(site: &Path, tree: &Path) -> Option<String> {
    let homes = homes();
    if tree.parent().is_none() {
        return Some("is the root of the file system".into());
    }
    if homes.iter().any(|home| home == tree) {
        return Some("is your home folder".into());
    }
    if tree == site {
        return Some("is the folder of the site itself".into());
    }
    if site.starts_with(tree) || homes.iter().any(|home| home.starts_with(tree)) {
        return Some("holds more than the site".into());
    }
    let sources = FOLDERS.into_iter().chain([".git", ".rungs"]);
    let inside = |name: &&str| {
        let folder = site.join(name);
        tree.starts_with(&folder) || real_path(&folder).is_ok_and(|folder| tree.starts_with(folder))
    };
    sources
        .into_iter()
        .find(inside)
        .map(|name| format!("is in {name}/, a folder that the site is made of"))
}

/// Returns the person's home folders. Shells on Windows may have one of their own, in `HOME`.
fn homes() -> Vec<PathBuf> {
    let of_shell = std::env::var_os("HOME").map(PathBuf::from);
    let homes = std::env::home_dir().into_iter().chain(of_shell);
    homes.filter_map(|home| real_path(&home).ok()).collect()
}

fn listed(paths: &[String]) -> String {
    let named = paths
        .iter()
        .take(NAMED)
        .map(|path| path.escape_debug().to_string())
        .collect::<Vec<_>>()
        .join(", ");
    match paths.len() {
        0..=NAMED => named,
        more => format!("{named} and {} more", more - NAMED),
    }
}

impl Refusal {
    fn place(message: impl Into<String>, help: &str) -> Self {
        Self {
            reason: Reason::Place,
            message: message.into(),
            help: Some(help.into()),
        }
    }

    fn not_ours(message: String, help: &str) -> Self {
        Self {
            reason: Reason::NotOurs,
            message,
            help: Some(help.into()),
        }
    }

    /// Returns the refusal for a state that no input should lead to.
    pub(super) fn bug(message: String) -> Self {
        Self {
            reason: Reason::Machine,
            message,
            help: None,
        }
    }

    /// Adds to the message of a system's error what is true of the site.
    pub(super) fn and(mut self, rest: String) -> Self {
        if self.reason == Reason::Machine {
            self.message += &rest;
        }
        self
    }
}

impl From<DiskError> for Refusal {
    fn from(error: DiskError) -> Self {
        let mut message = error.to_string();
        // Two names of which the file system makes one, such as `Roles` and `roles` after a page
        // was renamed.
        if matches!(
            error.kind(),
            io::ErrorKind::AlreadyExists | io::ErrorKind::DirectoryNotEmpty
        ) {
            message += "; run `rungs clean` and build again to repair it";
        }
        Self {
            reason: Reason::Machine,
            message,
            help: held::is_held(&error.source).then(|| held::HELP.to_owned()),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Refusal {}
