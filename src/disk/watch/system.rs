//! What differs between systems that watch folders: places come in, folders to watch go out; the
//! errors of `notify` come in, what they mean goes out.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

use notify::{Error, ErrorKind, RecursiveMode};

use super::super::places::{Places, Watched};

/// The error number with which Linux says that a user has too many watchers.
const EMFILE: i32 = 24;

/// Whether the system watches a folder with all that is in it at once.
const WATCHES_TREES: bool = cfg!(any(target_os = "macos", target_os = "windows"));

/// Returns the folders to watch, and whether with all that is in them.
pub fn wanted(places: &Places) -> BTreeMap<PathBuf, RecursiveMode> {
    let mode = |mode| move |folder| (folder, mode);
    if !WATCHES_TREES {
        return places
            .each()
            .into_iter()
            .map(mode(RecursiveMode::NonRecursive))
            .collect();
    }
    let Watched { trees, alone } = places.trees();
    trees
        .into_iter()
        .map(mode(RecursiveMode::Recursive))
        .chain(alone.into_iter().map(mode(RecursiveMode::NonRecursive)))
        .collect()
}

/// Returns true if a folder was there when it was read, and now is not.
pub fn is_gone(error: &Error) -> bool {
    let is_missing = |error: &io::Error| {
        matches!(
            error.kind(),
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
        )
    };
    match &error.kind {
        ErrorKind::PathNotFound => true,
        ErrorKind::Io(error) => is_missing(error),
        _ => false,
    }
}

/// Returns true if a folder may not be looked into. When that changes, the folder above has an
/// event.
pub fn is_closed(error: &Error) -> bool {
    matches!(&error.kind, ErrorKind::Io(error) if error.kind() == io::ErrorKind::PermissionDenied)
}

/// Returns why the system cannot watch, and what allows it to.
pub fn why(error: &Error) -> String {
    match &error.kind {
        ErrorKind::MaxFilesWatch => "this system has reached its limit of watched folders: `sudo sysctl fs.inotify.max_user_watches=524288` raises it".to_owned(),
        ErrorKind::Io(error) if error.raw_os_error() == Some(EMFILE) => "too many programs watch folders: `sudo sysctl fs.inotify.max_user_instances=1024` raises the limit".to_owned(),
        _ => format!("the system cannot watch the site's folder: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_of_the_system_are_told_apart() {
        let io = |kind: io::ErrorKind| Error::io(kind.into());
        assert!(is_gone(&Error::path_not_found()) && is_gone(&io(io::ErrorKind::NotFound)));
        assert!(!is_gone(&io(io::ErrorKind::PermissionDenied)));
        assert!(is_closed(&io(io::ErrorKind::PermissionDenied)));
        assert!(why(&Error::new(ErrorKind::MaxFilesWatch)).contains("max_user_watches"));
        let too_many = io::Error::from_raw_os_error(EMFILE);
        assert!(why(&Error::io(too_many)).contains("max_user_instances"));
    }
}
