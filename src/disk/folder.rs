//! Which folder is the site: a folder or `--root` comes in, the folder of the nearest `site.toml` goes out.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The folder of a site: absolute, without symbolic links in it.
#[derive(Clone, Debug)]
pub struct SiteFolder {
    path: PathBuf,
}

impl SiteFolder {
    /// The nearest folder with a `site.toml`, from `start` upwards.
    pub fn find(start: &Path) -> io::Result<Option<Self>> {
        let start = start.canonicalize()?;
        Ok(start.ancestors().find(|folder| has_site(folder)).map(|folder| Self { path: folder.to_owned() }))
    }

    /// The folder itself, if it has a `site.toml`.
    pub fn at(folder: &Path) -> io::Result<Option<Self>> {
        let path = folder.canonicalize()?;
        Ok(has_site(&path).then_some(Self { path }))
    }

    /// The folder's path.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// The name of a file that was meant to be `site.toml`, in a folder or one above.
pub fn like_site_file(start: &Path) -> Option<PathBuf> {
    let is_like = |name: &str| crate::suggest::nearest(name.strip_suffix(".txt").unwrap_or(name), ["site.toml"]).is_some();
    let in_folder = |folder: &Path| {
        let names = fs::read_dir(folder).ok()?.flatten().filter(|entry| entry.file_name().to_str().is_some_and(is_like));
        names.map(|entry| entry.path()).filter(|path| path.is_file()).min()
    };
    start.canonicalize().ok()?.ancestors().find_map(in_folder)
}

/// Whatever `site.toml` is: a link to nowhere is a mistake in this site, not a reason to look for another one.
fn has_site(folder: &Path) -> bool {
    folder.join("site.toml").symlink_metadata().is_ok()
}
