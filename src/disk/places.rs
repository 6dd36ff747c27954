//! What to watch: the folders of a walk come in; which folders to watch, and which events matter,
//! goes out.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::names::is_ignored;
use super::real::real_path;
use super::source_tree::{Folder, TOP_NAMES};

/// The places that a site was read from, by their real paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// The site's own folder, of which only some names matter.
    pub site: PathBuf,
    /// Folders that were read.
    folders: BTreeSet<PathBuf>,
    /// Single files and folders that matter, wherever they are, and whether or not they exist.
    single: BTreeSet<PathBuf>,
}

/// Folders to watch.
pub struct Watched {
    /// Those to watch with all that is in them.
    pub trees: BTreeSet<PathBuf>,
    /// Those to watch by themselves.
    pub alone: BTreeSet<PathBuf>,
}

impl Places {
    /// Returns the places of a walk.
    pub fn of(site: &Path, folders: &[Folder]) -> Self {
        let read = folders
            .iter()
            .map(|folder| &folder.place.real)
            .filter(|real| *real != site)
            .cloned()
            .collect();
        let links = folders
            .iter()
            .flat_map(|folder| &folder.links)
            .filter(|target| target.starts_with(site))
            .cloned();
        let single = TOP_NAMES
            .into_iter()
            .map(|name| site.join(name))
            .chain(links)
            .chain([site.to_owned()])
            .collect();
        Self {
            site: site.to_owned(),
            folders: read,
            single,
        }
    }

    /// Returns the folders to watch, each by itself. They need not exist.
    pub fn each(&self) -> BTreeSet<PathBuf> {
        // A file that does not exist yet will be seen from the nearest folder above it that does.
        // Watch that folder by its real path: systems know a folder by one name only, the last one
        // that they were given.
        let above = |file: &PathBuf| {
            file.ancestors()
                .skip(1)
                .find_map(|folder| real_path(folder).ok())
        };
        let inside = self
            .single
            .iter()
            .filter(|file| **file != self.site)
            .filter_map(above)
            .filter(|folder| folder.starts_with(&self.site));
        self.folders.iter().cloned().chain(inside).collect()
    }

    /// Returns the folders to watch, where the system can watch a folder with all that is in it.
    pub fn trees(&self) -> Watched {
        let is_top = |folder: &Path| {
            !folder
                .ancestors()
                .skip(1)
                .any(|above| self.folders.contains(above))
        };
        let trees: BTreeSet<PathBuf> = self
            .folders
            .iter()
            .filter(|folder| is_top(folder))
            .cloned()
            .collect();
        let alone = self
            .each()
            .into_iter()
            .filter(|folder| !folder.ancestors().any(|above| trees.contains(above)))
            .collect();
        Watched { trees, alone }
    }

    /// Returns true if what happened at a path can matter to the site.
    pub fn concern(&self, path: &Path) -> bool {
        let is_single = || {
            self.single
                .range::<Path, _>((std::ops::Bound::Included(path), std::ops::Bound::Unbounded))
                .next()
                .is_some_and(|it| it.starts_with(path))
        };
        is_single() || self.is_inside(path)
    }

    /// Returns true if folders that were read stood at a path or below it.
    pub fn stood_in(&self, path: &Path) -> bool {
        path == self.site
            || self
                .folders
                .range::<Path, _>((std::ops::Bound::Included(path), std::ops::Bound::Unbounded))
                .next()
                .is_some_and(|it| it.starts_with(path))
    }

    /// Returns true if a path is in a folder that was read, with no ignored name on the way.
    fn is_inside(&self, path: &Path) -> bool {
        for above in path.ancestors() {
            if self.folders.contains(above) {
                return true;
            }
            // Which hidden names are published is decided by the walk.
            if above
                .file_name()
                .is_some_and(|name| is_ignored(&name.to_string_lossy(), "static"))
            {
                return false;
            }
        }
        false
    }
}
