//! Finding the site: a folder comes in; the folder of the nearest `site.toml` goes out.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::real::real_path;

/// The folder of a site: absolute, without symbolic links in it.
#[derive(Clone, Debug)]
pub struct SiteFolder {
    path: PathBuf,
}

impl SiteFolder {
    /// Returns the nearest folder with a `site.toml`, from `start` upwards.
    pub fn find(start: &Path) -> io::Result<Option<Self>> {
        let start = real_path(start)?;
        Ok(start
            .ancestors()
            .find(|folder| has_site(folder))
            .map(|folder| Self {
                path: folder.to_owned(),
            }))
    }

    /// Returns the folder itself, if it has a `site.toml`.
    pub fn at(folder: &Path) -> io::Result<Option<Self>> {
        let path = real_path(folder)?;
        Ok(Some(Self { path }).filter(|it| has_site(&it.path)))
    }

    /// Returns the folder's path.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Returns a file that was probably meant to be `site.toml`, in a folder or one above.
pub fn like_site_file(start: &Path) -> Option<PathBuf> {
    let is_like = |name: &str| {
        crate::suggest::nearest(name.strip_suffix(".txt").unwrap_or(name), ["site.toml"]).is_some()
    };
    let in_folder = |folder: &Path| {
        let names = fs::read_dir(folder)
            .ok()?
            .flatten()
            .filter(|entry| entry.file_name().to_str().is_some_and(is_like));
        names
            .map(|entry| entry.path())
            .filter(|path| path.is_file())
            .min()
    };
    real_path(start).ok()?.ancestors().find_map(in_folder)
}

/// Returns true if a folder has a `site.toml`, whatever it is: a link to nowhere is a mistake in
/// this site, not a reason to look for another one.
fn has_site(folder: &Path) -> bool {
    folder.join("site.toml").symlink_metadata().is_ok()
}
