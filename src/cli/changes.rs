//! `rungs build --changes FILE`: the changes of a publication come in; two files of plain lines go
//! out, for programs that upload or that clear caches.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf, absolute};

use super::exit::Failure;
use super::shown;
use crate::disk::{FileChanges, Output};
use crate::path::OutPath;

/// The files for the lists of what changed. They are empty until the site is published: a build that
/// fails changes nothing.
pub struct ChangeLists {
    changed: List,
    removed: List,
}

/// One list, which is a file.
struct List {
    path: PathBuf,
    file: File,
}

impl ChangeLists {
    /// Creates both files, so that one that cannot be written stops the command before it publishes
    /// anything.
    pub fn create(path: &Path, output: &Output) -> Result<Self, Failure> {
        let mut removed = path.as_os_str().to_owned();
        removed.push(".removed");
        let lists = Self {
            changed: List::create(path, output)?,
            removed: List::create(Path::new(&removed), output)?,
        };
        Ok(lists)
    }

    /// Writes the paths that changed and those that are gone, each with its line end.
    pub fn write(self, changes: &FileChanges) -> Result<(), Failure> {
        let Self { changed, removed } = self;
        changed.write(&changes.written)?;
        removed.write(&changes.removed)
    }
}

impl List {
    fn create(path: &Path, output: &Output) -> Result<Self, Failure> {
        let is_inside = |path: &Path| {
            let whole = absolute(path).ok()?;
            let folder = whole.parent()?.canonicalize().ok()?;
            let tree = output.path().canonicalize().ok()?;
            Some(folder.starts_with(tree))
        };
        if is_inside(path) == Some(true) {
            return Err(Failure::usage(
                format!("{} is in the output folder", path.display()),
                "name a file elsewhere: everything in the output folder is published",
            ));
        }
        let file = File::create(path).map_err(|error| failure(path, &error))?;
        Ok(Self {
            path: path.to_owned(),
            file,
        })
    }

    fn write(self, paths: &[OutPath]) -> Result<(), Failure> {
        let mut to = BufWriter::new(&self.file);
        let mut lines = paths.iter();
        lines
            .try_for_each(|path| writeln!(to, "{}", path.as_str()))
            .and_then(|()| to.flush())
            .map_err(|error| failure(&self.path, &error))
    }
}

fn failure(path: &Path, error: &std::io::Error) -> Failure {
    let whole = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    Failure::machine(format!("cannot write {}: {error}", shown::file(&whole)))
}
