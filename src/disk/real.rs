//! Real paths: a path comes in; the path without links of what stands there, or the text that
//! people read, goes out.
//!
//! Windows answers with paths that begin with `\\?\`, which means: take every letter as it is.
//! Nobody types them, and most programs do not take them. So Rungs has the plain form of a path
//! from the start, and all comparisons are of plain paths. (The standard library adds the prefix
//! by itself where a path is too long without it.)

use std::ffi::OsString;
use std::io;
use std::path::{Component, Path, PathBuf, Prefix};

use crate::path::{PathFault, check_segment};

/// ERROR_MORE_DATA of Windows.
const MORE_DATA: i32 = 234;

/// Returns the absolute path of what stands at a path, without links in it.
pub fn real_path(path: &Path) -> io::Result<PathBuf> {
    match path.canonicalize() {
        // Wine says this of paths that are longer than 260 letters.
        Err(error) if cfg!(windows) && error.raw_os_error() == Some(MORE_DATA) => {
            path.metadata()?;
            std::path::absolute(path)
        }
        found => found.map(plain),
    }
}

/// Returns a path as messages show it: with `/` on every system, and without `\\?\`.
pub fn shown(path: &Path) -> String {
    let text = path.display().to_string();
    if cfg!(windows) {
        with_slashes(&text)
    } else {
        text
    }
}

/// Returns a path of Windows without `\\?\`, unless it would mean another place then.
fn plain(path: PathBuf) -> PathBuf {
    let mut parts = path.components();
    let Some(Component::Prefix(prefix)) = parts.next() else {
        return path;
    };
    let root = match prefix.kind() {
        Prefix::VerbatimDisk(letter) => format!("{}:\\", char::from(letter)).into(),
        Prefix::VerbatimUNC(server, share) => {
            let mut root = OsString::from("\\\\");
            root.extend([server, "\\".as_ref(), share, "\\".as_ref()]);
            root
        }
        _ => return path,
    };
    if parts.clone().any(|part| is_read_otherwise(&part)) {
        return path;
    }
    let mut plain = PathBuf::from(root);
    plain.extend(parts.filter(|part| *part != Component::RootDir));
    plain
}

/// Returns true for the names of devices, and for names at whose end Windows drops letters.
fn is_read_otherwise(part: &Component<'_>) -> bool {
    let name = part.as_os_str().to_string_lossy();
    matches!(
        check_segment(&name),
        Err(PathFault::Reserved(_) | PathFault::TrailingDotOrSpace(_))
    )
}

fn with_slashes(text: &str) -> String {
    let text = match text.strip_prefix(r"\\?\UNC\") {
        Some(rest) => format!(r"\\{rest}"),
        None => text.strip_prefix(r"\\?\").unwrap_or(text).to_owned(),
    };
    text.replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_read_slashes() {
        for (text, wanted) in [
            (r"\\?\C:\Users\a\site", "C:/Users/a/site"),
            (r"\\?\UNC\server\share\site", "//server/share/site"),
            (r"public\roles\", "public/roles/"),
        ] {
            assert_eq!(with_slashes(text), wanted);
        }
    }

    #[test]
    #[cfg(windows)]
    fn paths_have_no_prefix_that_nobody_types() {
        let long = format!(r"{}\{}", "a".repeat(200), "b".repeat(200));
        for (path, wanted) in [
            (r"\\?\C:\", r"C:\"),
            (r"\\?\C:\a\b", r"C:\a\b"),
            (r"\\?\UNC\server\share\a", r"\\server\share\a"),
            (&*format!(r"\\?\C:\{long}"), &*format!(r"C:\{long}")),
            (r"D:\a", r"D:\a"),
            // The plain form would be another folder, or none.
            (r"\\?\C:\a.\b", r"\\?\C:\a.\b"),
            (r"\\?\C:\aux\b", r"\\?\C:\aux\b"),
        ] {
            assert_eq!(plain(path.into()).as_os_str(), wanted);
        }
    }
}
