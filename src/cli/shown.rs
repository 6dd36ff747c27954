//! Paths for people: an absolute path comes in; the shortest way to type it in the current folder
//! goes out.

use std::path::{Component, Path, PathBuf};

use crate::disk::{real_path, shown};
use crate::path::SourcePath;
use crate::theme;

/// Returns the path of a file.
pub fn file(path: &Path) -> String {
    shown(&relative(path, &current_folder()))
}

/// Returns the path of a folder, with a final `/`.
pub fn folder(path: &Path) -> String {
    format!("{}/", file(path))
}

fn current_folder() -> PathBuf {
    real_path(Path::new(".")).unwrap_or_default()
}

/// How messages name the files of a site.
#[derive(Debug, Default)]
pub struct SitePaths {
    /// The folder of site.toml, and the folder that paths are counted from; `None` as long as there
    /// is no site.
    folders: Option<SiteFolders>,
}

#[derive(Debug)]
struct SiteFolders {
    site: PathBuf,
    from: PathBuf,
}

impl SitePaths {
    /// Returns the names of the files of the site in a folder, counted from the folder `from`, or
    /// else from the current folder.
    pub fn of(site: &Path, from: Option<&Path>) -> Self {
        let from = from.and_then(|from| real_path(from).ok());
        let from = from.unwrap_or_else(current_folder);
        let site = site.to_owned();
        Self {
            folders: Some(SiteFolders { site, from }),
        }
    }

    /// Returns the path of a file with `/`; `None` for a file that is inside
    /// the program.
    pub fn path(&self, path: &SourcePath) -> Option<String> {
        let Some(SiteFolders { site, from }) = &self.folders else {
            return Some(path.as_str().to_owned());
        };
        let file = without_steps_up(&site.join(path.as_str()));
        let is_built_in = theme::builtin().contains_key(path) && !file.exists();
        (!is_built_in).then(|| shown(&relative(&file, from)))
    }

    /// Returns the name of a file for people.
    pub fn name(&self, path: &SourcePath) -> String {
        self.path(path)
            .unwrap_or_else(|| format!("{path} (built in)"))
    }
}

/// Returns a path without `..`. There are no links in the folder of a site, so that the folder above
/// one is the one that its path names.
fn without_steps_up(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        if part == Component::ParentDir {
            plain.pop();
        } else {
            plain.push(part);
        }
    }
    plain
}

/// Returns the way from the folder `here` to a path, unless they have nothing in common.
pub fn relative(path: &Path, here: &Path) -> PathBuf {
    let parts = || path.components();
    let common = parts()
        .zip(here.components())
        .take_while(|(a, b)| a == b)
        .count();
    let is_folder = |part| matches!(part, Component::Normal(_));
    if !parts().take(common).any(is_folder) {
        return path.to_owned();
    }
    if path == here {
        return ".".into();
    }
    let up = here.components().skip(common).map(|_| "..".as_ref());
    up.chain(parts().skip(common).map(Component::as_os_str))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_outside_the_site_is_named_from_the_current_folder() {
        let paths = SitePaths {
            folders: Some(SiteFolders {
                site: "/home/a/site".into(),
                from: "/home/a".into(),
            }),
        };
        let outside = |text| paths.path(&SourcePath::outside(text)).unwrap();
        if cfg!(unix) {
            assert_eq!(outside("../old.xml"), "old.xml");
            assert_eq!(outside("../../b/old.xml"), "../b/old.xml");
            assert_eq!(outside("/srv/old.xml"), "/srv/old.xml");
        }
    }

    #[test]
    fn the_way_is_short_where_there_is_one() {
        let root = if cfg!(windows) { "C:" } else { "" };
        let way = |path: &str, here: &str| {
            let (path, here) = (format!("{root}{path}"), format!("{root}{here}"));
            shown(&relative(Path::new(&path), Path::new(&here)))
        };
        assert_eq!(way("/home/a/site/public", "/home/a/site"), "public");
        assert_eq!(
            way("/home/a/site/public", "/home/a/site/content/roles"),
            "../../public"
        );
        assert_eq!(way("/home/a/site", "/home/a/site"), ".");
        assert_eq!(way("/srv/www", "/home/a"), format!("{root}/srv/www"));
    }
}
