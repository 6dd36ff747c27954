//! The walk through a site's folder: what was found before comes in, what stands there now and the faults of names and
//! links go out. No file is opened here. Nothing is skipped in silence but what `names` says. Symbolic links are followed
//! inside the site folder only.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs::{self, DirEntry, Metadata};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::look::Look;
use super::names::{FOLDERS, is_ignored};
use super::read::Known;
use crate::diag::{Code, Diagnostic};
use crate::path::{SourcePath, check_segment};
use crate::suggest;

/// The names that the folder of a site may have and that are read.
pub const TOPS: [&str; 6] = ["site.toml", FOLDERS[0], FOLDERS[1], FOLDERS[2], FOLDERS[3], FOLDERS[4]];

/// Where to walk, and where no link may lead.
pub struct Walk<'a> {
    pub site: &'a Path,
    pub output: &'a Path,
}

/// What stands in one folder.
#[derive(Debug)]
pub struct Folder {
    pub place: Arc<Place>,
    /// In the order of their names on disk.
    pub entries: Vec<Entry>,
    pub faults: Vec<Diagnostic>,
    /// Where its symbolic links lead, as they are written and as they end.
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
    above: Option<Arc<Place>>,
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
    pub look: Look,
    /// Its path without links, when it is behind one.
    pub target: Option<PathBuf>,
    /// What was found in it at a walk before.
    pub known: Option<Known>,
}

impl Walk<'_> {
    /// Lists the site's folder and all folders in it, those above first. Level by level, so that no depth is too deep.
    pub fn folders(&self, before: &BTreeMap<PathBuf, Vec<Entry>>) -> Vec<Folder> {
        let top = self.top(before.get(self.site).map_or(&[], Vec::as_slice));
        let below = |folders: &[Folder]| -> Vec<Arc<Place>> { folders.iter().flat_map(|it| &it.entries).filter_map(Entry::folder).cloned().collect() };
        let mut level = below(std::slice::from_ref(&top));
        let mut all = vec![top];
        while !level.is_empty() {
            let found: Vec<_> = level.into_par_iter().map(|place| self.list(place.clone(), before.get(&place.path).map_or(&[], Vec::as_slice))).collect();
            level = below(&found);
            all.extend(found);
        }
        all
    }

    /// The site's own folder, of which only a few names are ours; they need not be there.
    fn top(&self, before: &[Entry]) -> Folder {
        let mut found = Folder::at(Arc::new(Place { path: self.site.to_owned(), real: self.site.to_owned(), is_plain: true, above: None }));
        for name in TOPS {
            let file = self.site.join(name);
            let wanted = if name == "site.toml" { "a file" } else { "a folder" };
            match file.metadata().ok().and_then(|about| kind(&about)).filter(|it| *it != wanted) {
                Some(it) => {
                    let message = format!("`{name}` must be {wanted}, and is {it}");
                    found.faults.push(Diagnostic::error(Code::UnreadableFile, message).at_file(&SourcePath::known(name)));
                }
                None => self.visit(&mut found, before, (name.into(), file.symlink_metadata())),
            }
        }
        found.entries.sort_by(|a, b| a.name.cmp(&b.name));
        found.faults.extend(self.misnamed());
        found
    }

    fn list(&self, place: Arc<Place>, before: &[Entry]) -> Folder {
        let listed: io::Result<Vec<DirEntry>> = fs::read_dir(&place.path).and_then(Iterator::collect);
        let mut found = Folder::at(place);
        match listed {
            Ok(listed) => {
                let mut seen: Vec<_> = listed.into_par_iter().with_min_len(128).map(|entry| (entry.file_name(), entry.metadata())).collect();
                seen.sort_unstable_by(|a, b| a.0.cmp(&b.0));
                seen.into_iter().for_each(|it| self.visit(&mut found, before, it));
                let fault = self.without_record(&found);
                found.faults.extend(fault);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => {
                let path = found.place.path.strip_prefix(self.site).ok().and_then(shown);
                found.faults.extend(path.map(|path| unreadable(&path, &error)));
            }
        }
        found
    }

    /// A folder that was made for a record and holds nothing.
    fn without_record(&self, found: &Folder) -> Option<Diagnostic> {
        let path = found.place.path.strip_prefix(self.site).ok().and_then(shown)?;
        let file = match path.folder() {
            "content/roles" => "role.toml",
            "content/frameworks" => "framework.toml",
            _ => return None,
        };
        let is_empty = found.entries.is_empty() && found.faults.is_empty();
        let fault = || Diagnostic::warning(Code::Empty, format!("this folder is empty: it has no {file}")).at_file(&path);
        is_empty.then(|| fault().help(format!("write {path}/{file}, or delete the folder")))
    }

    /// Folders beside site.toml whose names are slips of those that are read, where the right one is not there.
    fn misnamed(&self) -> Vec<Diagnostic> {
        let mut names: Vec<String> = fs::read_dir(self.site).into_iter().flatten().flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.sort();
        let is_missing = |name: &str| names.iter().all(|other| other != name);
        let is_folder = |name: &str| self.site.join(name).is_dir();
        let fault = |name: &String| {
            if TOPS.contains(&name.as_str()) || name.starts_with('.') || !is_folder(name) {
                return None;
            }
            let (meant, help) = match suggest::nearest(name, FOLDERS.into_iter().filter(|wanted| is_missing(wanted))) {
                Some(wanted) => (wanted.to_owned(), format!("rename it to `{wanted}`")),
                None if matches!(name.as_str(), "roles" | "frameworks") && !is_folder(&format!("content/{name}")) => {
                    (format!("content/{name}"), "move it into `content`".to_owned())
                }
                None => return None,
            };
            let fault = Diagnostic::warning(Code::UnusedFile, format!("the folder `{name}` is not read: did you mean `{meant}`?"));
            Some(fault.at_file(&SourcePath::new(name).ok()?).help(help))
        };
        names.iter().filter_map(fault).collect()
    }

    /// Takes what belongs to the site and can be taken. What is not there, or went away while we looked, is no fault.
    fn visit(&self, found: &mut Folder, before: &[Entry], (name, about): (OsString, io::Result<Metadata>)) {
        if about.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
            return;
        }
        let known = before.binary_search_by(|entry| entry.name.cmp(&name)).ok().and_then(|at| before.get(at));
        let Some(path) = known.map_or_else(|| self.name(found, &name), |entry| Some(entry.path.clone())) else { return };
        let looked = about.map_err(|error| unreadable(&path, &error)).and_then(|about| match about.is_symlink() {
            true => self.follow(found, &name).map(|(about, target)| (about, Some(target))).map_err(|fault| fault.at_file(&path)),
            false => Ok((about, None)),
        });
        match looked.map(|(about, target)| (kind(&about), about, target)) {
            Ok((Some("a file"), about, target)) => {
                let file = File { look: Look::of(&about), target, known: known.and_then(Entry::known).cloned() };
                found.entries.push(Entry { name, path, kind: Kind::File(file) });
            }
            Ok((Some(_), _, target)) => {
                let real = target.unwrap_or_else(|| found.place.real.join(&name));
                let is_plain = found.place.is_plain && name.to_str() == Some(path.name());
                let place = Place { path: found.place.path.join(&name), real, is_plain, above: Some(found.place.clone()) };
                found.entries.push(Entry { name, path, kind: Kind::Folder(Arc::new(place)) });
            }
            Ok((None, ..)) => {
                let message = "this is neither a file nor a folder, but a pipe, a socket or a device";
                found.faults.push(Diagnostic::error(Code::NotAFile, message).at_file(&path).help("move it out of the site's folder"));
            }
            Err(fault) => found.faults.push(fault),
        }
    }

    /// The path of a file or folder in the site, unless its name is ignored or cannot stand.
    fn name(&self, found: &mut Folder, name: &OsStr) -> Option<SourcePath> {
        let file = found.place.path.join(name);
        let relative = file.strip_prefix(self.site).ok()?;
        let shown = shown(relative)?;
        if is_ignored(shown.name(), shown.folder()) {
            return None;
        }
        let help = "rename it: letters, digits, `-`, `_` and `.` are safe on every system";
        let path = source_path(relative).map_err(|message| Diagnostic::error(Code::FileName, message).at_file(&shown).help(help));
        path.map_err(|fault| found.faults.push(fault)).ok()
    }

    /// What a symbolic link leads to, and where that is; or why it cannot be followed.
    fn follow(&self, found: &mut Folder, name: &OsStr) -> Result<(Metadata, PathBuf), Diagnostic> {
        let link = found.place.path.join(name);
        let written = fs::read_link(&link).unwrap_or_default();
        found.links.push(lexical(&found.place.real.join(&written)));
        let reached = fs::metadata(&link).and_then(|about| Ok((about, link.canonicalize()?)));
        let (about, target) = reached.map_err(|error| dead_link(&error))?;
        found.links.push(target.clone());
        let fault = |message: &str, help: &str| Err(Diagnostic::error(Code::LinkLeavesSite, message).help(help));
        if about.is_dir() && found.place.chain().any(|place| place.real == target) {
            fault("this symbolic link leads to a folder that it stands in: a circle", "delete the link")
        } else if target.starts_with(self.output) {
            fault("this symbolic link leads into the output folder", "link to the source of the file instead")
        } else if !target.starts_with(self.site) {
            let message = format!("this symbolic link leads out of the site, to `{}`", written.display());
            fault(&message, "copy the file or folder into the site")
        } else {
            Ok((about, target))
        }
    }
}

impl Folder {
    fn at(place: Arc<Place>) -> Self {
        Self { place, entries: vec![], faults: vec![], links: vec![] }
    }
}

impl Place {
    /// This folder and those that it stands in.
    fn chain(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |place| place.above.as_deref())
    }
}

impl Entry {
    /// What was found in a file.
    pub(super) fn known(&self) -> Option<&Known> {
        match &self.kind {
            Kind::File(file) => file.known.as_ref(),
            Kind::Folder(_) => None,
        }
    }

    fn folder(&self) -> Option<&Arc<Place>> {
        match &self.kind {
            Kind::Folder(place) => Some(place),
            Kind::File(_) => None,
        }
    }
}

/// What can be taken; everything else is a pipe, a socket, a device.
fn kind(about: &Metadata) -> Option<&'static str> {
    match about.file_type() {
        it if it.is_file() => Some("a file"),
        it if it.is_dir() => Some("a folder"),
        _ => None,
    }
}

/// Where a path leads if no folder in it is a link, as far as can be said without looking.
fn lexical(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(clean.pop()),
            Component::CurDir => {}
            part => clean.push(part),
        }
    }
    clean
}

/// A symbolic link that cannot be followed. Systems number their errors differently, so only plain ones are passed on.
fn dead_link(error: &io::Error) -> Diagnostic {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "leads to nothing",
        io::ErrorKind::PermissionDenied => "leads to where you may not read",
        _ => "leads to itself",
    };
    let help = "point it at a file of the site, or delete it";
    Diagnostic::error(Code::LinkLeavesSite, format!("this symbolic link {why}")).help(help)
}

/// A file or folder that is there and cannot be looked into.
pub fn unreadable(path: &SourcePath, error: &io::Error) -> Diagnostic {
    Diagnostic::error(Code::UnreadableFile, format!("this cannot be read: {error}")).at_file(path).help("check who may read it (`ls -l`)")
}

/// A relative path as the site knows it. The folders above were looked at already.
fn source_path(relative: &Path) -> Result<SourcePath, String> {
    let name = relative.file_name().unwrap_or_default();
    let parts: Option<Vec<&str>> = relative.iter().map(|part| part.to_str()).collect();
    let parts = parts.ok_or_else(|| format!("the file name {name:?} is not UTF-8 text"))?;
    let path = SourcePath::new(&parts.join("/")).and_then(|path| check_segment(path.name()).map(|()| path));
    path.map_err(|fault| format!("the file name {name:?} cannot be used: {fault}"))
}

/// A relative path as a message can show it, also when the site cannot take it.
fn shown(relative: &Path) -> Option<SourcePath> {
    let parts: Vec<String> = relative.iter().map(|part| part.to_string_lossy().replace('\\', "\u{FFFD}")).collect();
    SourcePath::new(&parts.join("/")).ok()
}
