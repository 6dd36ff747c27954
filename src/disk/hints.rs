//! Hints: what may have changed comes in from a watcher; what to hash again goes out. A hint says
//! nothing about a file but that it must be looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// With more paths than this it is quicker to hash everything.
const MOST: usize = 10_000;

/// The files that must be hashed again although their stamps are as they were.
///
/// By default there are none: the reader looks at all stamps, and hashes files with new ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    everything: bool,
    /// Files and folders by the folder that holds them. A folder stands for all that is below it.
    paths: BTreeMap<PathBuf, BTreeSet<OsString>>,
    count: usize,
}

impl Hints {
    /// Returns hints to hash every file again.
    pub fn everything() -> Self {
        Self {
            everything: true,
            ..Self::default()
        }
    }

    /// Returns hints at files and folders, by their real paths.
    #[cfg(test)]
    pub fn of(paths: impl IntoIterator<Item = PathBuf>) -> Self {
        let mut hints = Self::default();
        paths.into_iter().for_each(|path| hints.add(&path));
        hints
    }

    /// Adds a file or folder.
    pub fn add(&mut self, path: &Path) {
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
            return self.merge(Self::everything());
        };
        if self.everything {
            return;
        }
        let is_new = match self.paths.get_mut(folder) {
            Some(names) => names.insert(name.to_owned()),
            None => self
                .paths
                .insert(folder.to_owned(), BTreeSet::from([name.to_owned()]))
                .is_none(),
        };
        self.count += usize::from(is_new);
        if self.count > MOST {
            *self = Self::everything();
        }
    }

    /// Adds all hints of another value.
    pub fn merge(&mut self, other: Self) {
        let Self {
            everything,
            paths,
            count: _,
        } = other;
        if everything {
            *self = Self::everything();
        }
        for (folder, names) in paths {
            names.iter().for_each(|name| self.add(&folder.join(name)));
        }
    }

    /// Returns true if a file or folder, or a folder that it is in, is hinted at.
    pub fn cover(&self, path: &Path) -> bool {
        self.everything
            || (!self.paths.is_empty()
                && path.ancestors().any(|path| {
                    path.parent()
                        .zip(path.file_name())
                        .is_some_and(|(folder, name)| self.has(folder, name))
                }))
    }

    /// Returns the names in a folder that are hinted at, when the folder itself is not.
    pub fn names_in(&self, folder: &Path) -> Option<&BTreeSet<OsString>> {
        self.paths.get(folder)
    }

    /// Returns the single paths that are hinted at, by their folders; `None` when everything is.
    pub fn single(&self) -> Option<impl Iterator<Item = (&Path, &OsString)>> {
        if self.everything {
            return None;
        }
        let each = self
            .paths
            .iter()
            .flat_map(|(folder, names)| names.iter().map(|name| (folder.as_path(), name)));
        Some(each)
    }

    fn has(&self, folder: &Path, name: &OsStr) -> bool {
        self.paths
            .get(folder)
            .is_some_and(|names| names.contains(name))
    }
}
