//! Hints: what may have changed comes in from a watcher, what to hash again goes out. A hint is never believed, only looked into.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// With more paths than these it is quicker to hash everything.
const MOST: usize = 10_000;

/// What must be hashed again although it looks as it did. The default is nothing: look at everything, hash what looks new.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    everything: bool,
    /// Files and folders by the folder that holds them. A folder stands for all that is below it.
    paths: BTreeMap<PathBuf, BTreeSet<OsString>>,
    count: usize,
}

impl Hints {
    /// Hash every file again.
    pub fn everything() -> Self {
        Self { everything: true, ..Self::default() }
    }

    /// These files and folders, by their real paths.
    pub fn of(paths: impl IntoIterator<Item = PathBuf>) -> Self {
        let mut hints = Self::default();
        paths.into_iter().for_each(|path| hints.add(&path));
        hints
    }

    /// Adds a file or folder.
    pub fn add(&mut self, path: &Path) {
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return self.merge(Self::everything()) };
        if self.everything {
            return;
        }
        let is_new = match self.paths.get_mut(folder) {
            Some(names) => names.insert(name.to_owned()),
            None => self.paths.insert(folder.to_owned(), BTreeSet::from([name.to_owned()])).is_none(),
        };
        self.count += usize::from(is_new);
        if self.count > MOST {
            *self = Self::everything();
        }
    }

    /// Adds all of other hints.
    pub fn merge(&mut self, other: Self) {
        let Self { everything, paths, count: _ } = other;
        if everything {
            *self = Self::everything();
        }
        for (folder, names) in paths {
            names.iter().for_each(|name| self.add(&folder.join(name)));
        }
    }

    /// Whether a file or folder, or a folder that it is in, is hinted at.
    pub fn cover(&self, path: &Path) -> bool {
        self.everything
            || (!self.paths.is_empty() && path.ancestors().any(|path| path.parent().zip(path.file_name()).is_some_and(|(folder, name)| self.has(folder, name))))
    }

    /// The names in a folder that are hinted at, when the folder itself is not.
    pub fn names_in(&self, folder: &Path) -> Option<&BTreeSet<OsString>> {
        self.paths.get(folder)
    }

    /// The single paths that are hinted at, by their folders; none when everything is.
    pub fn single(&self) -> Option<impl Iterator<Item = (&Path, &OsString)>> {
        let each = self.paths.iter().flat_map(|(folder, names)| names.iter().map(|name| (folder.as_path(), name)));
        (!self.everything).then_some(each)
    }

    fn has(&self, folder: &Path, name: &OsStr) -> bool {
        self.paths.get(folder).is_some_and(|names| names.contains(name))
    }
}
