//! Paths for people: an absolute path comes in, and goes out as it is best typed in the current folder.

use std::path::{Component, Path, PathBuf};

/// A file.
pub fn file(path: &Path) -> String {
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).unwrap_or_default();
    relative(path, &here).display().to_string()
}

/// A folder, with a final `/`.
pub fn folder(path: &Path) -> String {
    format!("{}/", file(path))
}

/// The way from one folder to a path, unless they have nothing in common.
fn relative(path: &Path, here: &Path) -> PathBuf {
    let common = path.components().zip(here.components()).take_while(|(a, b)| a == b).count();
    if common <= 1 {
        return path.to_owned();
    }
    let up = here.components().skip(common).map(|_| "..".as_ref());
    up.chain(path.components().skip(common).map(Component::as_os_str)).collect()
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    #[test]
    fn the_way_is_short_where_there_is_one() {
        let way = |path: &str, here: &str| relative(Path::new(path), Path::new(here)).display().to_string();
        assert_eq!(way("/home/a/site/public", "/home/a/site"), "public");
        assert_eq!(way("/home/a/site/public", "/home/a/site/content/roles"), "../../public");
        assert_eq!(way("/srv/www", "/home/a"), "/srv/www");
    }
}
