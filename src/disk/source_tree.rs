//! The walk through a site's folder: what was found before comes in; what stands there now, and the
//! diagnostics of names and links, go out. No file is opened here. Only names that [`super::names`]
//! ignores are skipped without a word.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::ffi::{OsStr, OsString};
use std::fs::{DirEntry, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::hash::Hashed;
use super::held;
use super::misplaced;
use super::names::{FOLDERS, is_ignored};
use super::stamp::Stamp;
use super::symlink;
use super::walk::{self, Visited, walk};
use crate::diag::{Code, Diagnostic};
use crate::path::{SourcePath, check_segment};

/// The names in a site's own folder that are read.
pub const TOP_NAMES: [&str; 6] = [
    "site.toml",
    FOLDERS[0],
    FOLDERS[1],
    FOLDERS[2],
    FOLDERS[3],
    FOLDERS[4],
];

/// Which folder to walk through, and where no link may lead.
pub struct SourceTree<'a> {
    pub site: &'a Path,
    pub output: &'a Path,
    /// What stood in each folder at the walk before.
    pub before: &'a BTreeMap<PathBuf, Vec<Entry>>,
}

/// What stands in one folder.
#[derive(Debug)]
pub struct Folder {
    pub place: Arc<Place>,
    /// In the order of their names on disk.
    pub entries: Vec<Entry>,
    pub diagnostics: Vec<Diagnostic>,
    /// Where its symbolic links lead: both the path that is written in the link and the one where
    /// it ends.
    pub links: Vec<PathBuf>,
}

/// Where a folder is.
#[derive(Debug)]
pub struct Place {
    /// Its path below the site, in which links may stand.
    pub path: PathBuf,
    /// Its path without links.
    pub real: PathBuf,
    /// Whether its names on disk, from the site down, are those that the site knows it by.
    pub is_plain: bool,
    /// The folder that it stands in.
    pub parent: Option<Arc<Place>>,
}

/// A file or folder that belongs to the site.
#[derive(Clone, Debug)]
pub struct Entry {
    pub name: OsString,
    pub path: SourcePath,
    pub kind: Kind,
}

#[derive(Clone, Debug)]
pub enum Kind {
    File(File),
    Folder(Arc<Place>),
}

#[derive(Clone, Debug)]
pub struct File {
    pub stamp: Stamp,
    /// Its path without links, when it is behind one.
    pub target: Option<PathBuf>,
    /// What its bytes were at a walk before.
    pub known: Option<Hashed>,
}

/// What a name in a folder stands for, links followed.
pub struct Target {
    pub metadata: Metadata,
    /// The path without links; `None` for what is not a link.
    pub path: Option<PathBuf>,
}

/// A name in a folder, and what the system says about it.
struct Listed {
    name: OsString,
    metadata: io::Result<Metadata>,
}

impl SourceTree<'_> {
    /// Lists the site's folder and all folders in it, those above first.
    pub fn folders(&self) -> Vec<Folder> {
        let visited = |folder: Folder| Visited {
            below: folder.entries.iter().filter_map(Entry::folder).collect(),
            found: folder,
        };
        let top = visited(self.top());
        let below = walk(top.below, |place: Arc<Place>| {
            Ok::<_, Infallible>(visited(self.list(place)))
        });
        let Ok(below) = below;
        let mut all = vec![top.found];
        all.extend(below);
        all
    }

    /// Lists the site's own folder, of which only a few names are ours. They need not be there.
    fn top(&self) -> Folder {
        let mut found = Folder::at(Arc::new(Place {
            path: self.site.to_owned(),
            real: self.site.to_owned(),
            is_plain: true,
            parent: None,
        }));
        let before = self.entries_before(self.site);
        for name in TOP_NAMES {
            let file = self.site.join(name);
            match misplaced::wrong_kind(name, &file) {
                Some(diagnostic) => found.diagnostics.push(diagnostic),
                None => {
                    let (name, metadata) = (name.into(), file.symlink_metadata());
                    self.visit(&mut found, before, Listed { name, metadata });
                }
            }
        }
        found.entries.sort_by(|a, b| a.name.cmp(&b.name));
        found.diagnostics.extend(misplaced::misnamed(self.site));
        found
    }

    fn list(&self, place: Arc<Place>) -> Folder {
        let before = self.entries_before(&place.path);
        let listed = walk::entries(&place.path);
        let mut found = Folder::at(place);
        let relative = found.place.path.strip_prefix(self.site).ok();
        let path = relative.and_then(shown);
        match listed {
            Ok(entries) => {
                for listed in looked_at(entries) {
                    self.visit(&mut found, before, listed);
                }
                let is_empty = found.entries.is_empty() && found.diagnostics.is_empty();
                if let Some(path) = path.filter(|_| is_empty) {
                    found.diagnostics.extend(misplaced::empty_record(&path));
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => found
                .diagnostics
                .extend(path.map(|path| unreadable(&path, &error))),
        }
        found
    }

    /// Takes what belongs to the site and can be read. What is not there, or went away while we
    /// looked, is not a mistake.
    fn visit(&self, found: &mut Folder, before: &[Entry], listed: Listed) {
        let Listed { name, metadata } = listed;
        if matches!(&metadata, Err(error) if error.kind() == io::ErrorKind::NotFound) {
            return;
        }
        let before = before
            .binary_search_by(|entry| entry.name.cmp(&name))
            .ok()
            .and_then(|at| before.get(at));
        let path = match before {
            Some(entry) => Some(entry.path.clone()),
            None => self.path_of(found, &name),
        };
        let Some(path) = path else { return };
        match self.target(found, &name, &path, metadata) {
            Ok(target) => self.add(found, name, path, target, before),
            Err(diagnostic) => found.diagnostics.push(diagnostic),
        }
    }

    /// Adds a file or folder.
    fn add(
        &self,
        found: &mut Folder,
        name: OsString,
        path: SourcePath,
        target: Target,
        before: Option<&Entry>,
    ) {
        let Target {
            metadata,
            path: target,
        } = target;
        let kind = if metadata.is_file() {
            Kind::File(File {
                stamp: Stamp::of(&metadata),
                target,
                known: before.and_then(Entry::hashed).cloned(),
            })
        } else if metadata.is_dir() {
            Kind::Folder(Arc::new(Place {
                path: found.place.path.join(&name),
                real: target.unwrap_or_else(|| found.place.real.join(&name)),
                is_plain: found.place.is_plain && name.to_str() == Some(path.name()),
                parent: Some(found.place.clone()),
            }))
        } else {
            found.diagnostics.push(misplaced::not_a_file(&path));
            return;
        };
        found.entries.push(Entry { name, path, kind });
    }

    /// Returns what a name stands for, links followed.
    fn target(
        &self,
        found: &mut Folder,
        name: &OsStr,
        path: &SourcePath,
        metadata: io::Result<Metadata>,
    ) -> Result<Target, Diagnostic> {
        let metadata = metadata.map_err(|error| unreadable(path, &error))?;
        if metadata.is_symlink() {
            return symlink::follow(self, found, name).map_err(|it| it.at_file(path));
        }
        Ok(Target {
            metadata,
            path: None,
        })
    }

    /// Returns what stood in a folder at the walk before.
    fn entries_before(&self, folder: &Path) -> &[Entry] {
        self.before.get(folder).map_or(&[], Vec::as_slice)
    }

    /// Returns the path of a file or folder in the site, unless its name is ignored or cannot be
    /// used.
    fn path_of(&self, found: &mut Folder, name: &OsStr) -> Option<SourcePath> {
        let file = found.place.path.join(name);
        let relative = file.strip_prefix(self.site).ok()?;
        let shown = shown(relative)?;
        if is_ignored(shown.name(), shown.folder()) {
            return None;
        }
        match source_path(relative) {
            Ok(path) => Some(path),
            Err(message) => {
                let diagnostic = Diagnostic::error(Code::FileName, message).at_file(&shown);
                found.diagnostics.push(
                    diagnostic.help(
                        "rename it: letters, digits, `-`, `_` and `.` are safe on every system",
                    ),
                );
                None
            }
        }
    }
}

/// Asks the system about each entry of a folder, on all cores, and sorts them by name.
fn looked_at(entries: Vec<DirEntry>) -> Vec<Listed> {
    let mut listed: Vec<_> = entries
        .into_par_iter()
        .with_min_len(128)
        .map(|entry| Listed {
            name: entry.file_name(),
            metadata: entry.metadata(),
        })
        .collect();
    listed.sort_unstable_by(|a, b| a.name.cmp(&b.name));
    listed
}

impl Folder {
    fn at(place: Arc<Place>) -> Self {
        Self {
            place,
            entries: vec![],
            diagnostics: vec![],
            links: vec![],
        }
    }
}

impl Place {
    /// Returns this folder and those that it stands in.
    pub fn chain(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |place| place.parent.as_deref())
    }
}

impl Entry {
    /// Returns what is known of a file's bytes.
    pub fn hashed(&self) -> Option<&Hashed> {
        match &self.kind {
            Kind::File(file) => file.known.as_ref(),
            Kind::Folder(_) => None,
        }
    }

    fn folder(&self) -> Option<Arc<Place>> {
        match &self.kind {
            Kind::Folder(place) => Some(place.clone()),
            Kind::File(_) => None,
        }
    }
}

/// Returns the diagnostic for a file or folder that is there and cannot be read.
pub fn unreadable(path: &SourcePath, error: &io::Error) -> Diagnostic {
    let help = if held::is_open_elsewhere(error) {
        held::HELP
    } else if cfg!(windows) {
        "check who may read it (`icacls`)"
    } else {
        "check who may read it (`ls -l`)"
    };
    let message = format!("this cannot be read: {error}");
    Diagnostic::error(Code::UnreadableFile, message)
        .at_file(path)
        .help(help)
}

/// Returns a relative path as the site knows it, or why its name cannot be used. The folders above
/// were looked at already.
fn source_path(relative: &Path) -> Result<SourcePath, String> {
    let name = relative.file_name().unwrap_or_default();
    let parts: Option<Vec<&str>> = relative.iter().map(|part| part.to_str()).collect();
    let parts = parts.ok_or_else(|| format!("the file name {name:?} is not UTF-8 text"))?;
    let path = SourcePath::new(&parts.join("/"))
        .and_then(|path| check_segment(path.name()).map(|()| path));
    path.map_err(|why| format!("the file name {name:?} cannot be used: {why}"))
}

/// Returns a relative path as a message can show it, also when the site cannot use it.
fn shown(relative: &Path) -> Option<SourcePath> {
    let parts: Vec<String> = relative
        .iter()
        .map(|part| part.to_string_lossy().replace('\\', "\u{FFFD}"))
        .collect();
    SourcePath::new(&parts.join("/")).ok()
}
