//! Reading: a site folder on disk comes in, `Inputs` go out, and a fault for all that cannot be taken.
//! Nothing is skipped in silence but what `names` says. Symbolic links are followed inside the site folder only.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::SiteFolder;
use super::names::{FOLDERS, LARGEST_TEXT, is_ignored, is_text};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::digest::Digest;
use crate::inputs::{self, Inputs};
use crate::path::{SourcePath, check_segment};

/// Reads the names and digests of all files of a site. `output` is where its pages go, which no link may lead into.
pub fn read(site: &SiteFolder, output: &Path) -> (Inputs, Diagnostics) {
    let output = output.canonicalize().unwrap_or_else(|_| output.to_owned());
    let mut walk = Walk { site: site.path(), output: &output, found: BTreeMap::new(), faults: Diagnostics::default() };
    for name in ["site.toml"].into_iter().chain(FOLDERS) {
        walk.top(name);
    }
    let Walk { site, found, mut faults, .. } = walk;
    let measured: Vec<_> = found.par_iter().map(|(path, file)| measure(path, file).map(|known| (path.clone(), known))).collect();
    let files: BTreeMap<_, _> = measured.into_iter().filter_map(|file| faults.take(file)).collect();
    // A path in Unicode NFC mostly is the file's name; only for the others is the name remembered.
    let renamed = found.into_iter().filter(|(path, file)| site.join(path.as_str()) != *file).collect();
    (Inputs::new(files, Box::new(Disk { site: site.to_owned(), renamed })), faults)
}

/// Reads files again.
struct Disk {
    site: PathBuf,
    /// Files whose names on disk are not in Unicode NFC.
    renamed: BTreeMap<SourcePath, PathBuf>,
}

impl inputs::Read for Disk {
    fn read(&self, path: &SourcePath) -> Result<Arc<[u8]>, String> {
        let file = self.renamed.get(path).cloned().unwrap_or_else(|| self.site.join(path.as_str()));
        fs::read(file).map(Into::into).map_err(|error| error.to_string())
    }
}

/// The digest and size of a file. Text is held to a limit; other files may be of any size.
fn measure(path: &SourcePath, file: &Path) -> Result<inputs::File, Diagnostic> {
    let limit = if is_text(&path.extension().to_ascii_lowercase()) { LARGEST_TEXT } else { u64::MAX };
    let read = || File::open(file).and_then(|file| Digest::of_stream(file.take(limit.saturating_add(1))));
    match read() {
        Err(error) => Err(unreadable(path, &error)),
        Ok((_, size)) if size > limit => {
            let message = format!("this text file is larger than {} MiB, the most that Rungs reads", LARGEST_TEXT / 1024 / 1024);
            Err(Diagnostic::error(Code::TooLarge, message)
                .at_file(path)
                .help("split it into several files; what visitors shall download goes to static/ in a compressed form"))
        }
        Ok((digest, size)) => Ok(inputs::File { digest, size }),
    }
}

/// The walk through the folders of a site.
struct Walk<'a> {
    site: &'a Path,
    output: &'a Path,
    found: BTreeMap<SourcePath, PathBuf>,
    faults: Diagnostics,
}

impl Walk<'_> {
    /// Walks one of the names that a site's folder may have; it need not be there.
    fn top(&mut self, name: &str) {
        let top = self.site.join(name);
        let wanted = if name == "site.toml" { "a file" } else { "a folder" };
        if let (Ok(path), Some(found)) = (SourcePath::new(name), top.metadata().ok().and_then(|it| kind(it.file_type())).filter(|found| *found != wanted)) {
            return self.faults.push(Diagnostic::error(Code::UnreadableFile, format!("`{name}` must be {wanted}, and is {found}")).at_file(&path));
        }
        if top.symlink_metadata().is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
            return;
        }
        let mut entries = WalkDir::new(&top).follow_links(true).sort_by_file_name().into_iter();
        while let Some(entry) = entries.next() {
            match entry {
                Ok(entry) => {
                    if !self.visit(&entry) && entry.file_type().is_dir() {
                        entries.skip_current_dir();
                    }
                }
                Err(error) => self.not_walked(&error),
            }
        }
    }

    /// Takes a file; answers whether the walk may go into it when it is a folder.
    fn visit(&mut self, entry: &DirEntry) -> bool {
        let Some(path) = self.name(entry.path()) else { return false };
        if let Some(fault) = entry.path_is_symlink().then(|| self.leaves(entry.path())).flatten() {
            self.faults.push(fault.at_file(&path));
            return false;
        }
        match kind(entry.file_type()) {
            Some("a file") => self.take(path, entry.path()),
            Some(_) => {}
            None => {
                let message = "this is neither a file nor a folder, but a pipe, a socket or a device";
                self.faults.push(Diagnostic::error(Code::NotAFile, message).at_file(&path).help("move it out of the site's folder"));
            }
        }
        true
    }

    /// The path of a file or folder in the site, unless its name is ignored or cannot stand.
    fn name(&mut self, file: &Path) -> Option<SourcePath> {
        let relative = file.strip_prefix(self.site).ok()?;
        let shown = shown(relative)?;
        if is_ignored(shown.name(), shown.folder()) {
            return None;
        }
        let help = "rename it: letters, digits, `-`, `_` and `.` are safe on every system";
        self.faults.take(source_path(relative).map_err(|message| Diagnostic::error(Code::FileName, message).at_file(&shown).help(help)))
    }

    /// Keeps a file, unless another one has the same name in another Unicode form.
    fn take(&mut self, path: SourcePath, file: &Path) {
        match self.found.get(&path) {
            None => {
                self.found.insert(path, file.to_owned());
            }
            Some(other) => {
                let message = format!("two files have this name, once as \"{}\" and once as \"{}\": in an address they are the same", form(other), form(file));
                self.faults.push(Diagnostic::error(Code::SameUrl, message).at_file(&path).help("delete or rename one of them"));
            }
        }
    }

    /// Why a symbolic link cannot be followed, if it cannot.
    fn leaves(&self, link: &Path) -> Option<Diagnostic> {
        let fault = |message: String, help: &str| Some(Diagnostic::error(Code::LinkLeavesSite, message).help(help));
        match link.canonicalize() {
            Ok(target) if target.starts_with(self.output) => {
                fault("this symbolic link leads into the output folder".into(), "link to the source of the file instead")
            }
            Ok(target) if target.starts_with(self.site) => None,
            Ok(_) => {
                let target = fs::read_link(link).unwrap_or_default();
                fault(format!("this symbolic link leads out of the site, to `{}`", target.display()), "copy the file or folder into the site")
            }
            Err(error) => Some(dead_link(&error)),
        }
    }

    /// Says why a file or folder could not be looked at.
    fn not_walked(&mut self, error: &walkdir::Error) {
        let Some(path) = error.path().and_then(|file| self.name(file)) else { return };
        let is_link = error.path().is_some_and(Path::is_symlink);
        let fault = match (error.loop_ancestor(), error.io_error()) {
            (Some(_), _) => Diagnostic::error(Code::LinkLeavesSite, "this symbolic link leads to a folder that it stands in: a circle")
                .at_file(&path)
                .help("delete the link"),
            (None, Some(error)) if is_link => dead_link(error).at_file(&path),
            (None, Some(error)) => unreadable(&path, error),
            (None, None) => Diagnostic::error(Code::UnreadableFile, error.to_string()).at_file(&path),
        };
        self.faults.push(fault);
    }
}

/// What can be taken; everything else is a pipe, a socket, a device.
fn kind(it: fs::FileType) -> Option<&'static str> {
    match it {
        it if it.is_file() => Some("a file"),
        it if it.is_dir() => Some("a folder"),
        _ => None,
    }
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

fn unreadable(path: &SourcePath, error: &io::Error) -> Diagnostic {
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

/// A file's name with all that is not ASCII written out, because the forms of Unicode look the same.
fn form(file: &Path) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    name.chars().map(|c| if c.is_ascii() { c.to_string() } else { c.escape_unicode().to_string() }).collect()
}
