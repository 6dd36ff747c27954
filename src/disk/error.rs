//! The error of this folder: what was tried, on which path, and what the system answered.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::real::shown;

/// An operation that the system refused.
#[derive(Debug)]
pub struct DiskError {
    /// What was tried, in words before the path: `cannot write`.
    pub action: &'static str,
    /// The file or folder that it was tried on.
    pub path: PathBuf,
    /// What the system answered.
    pub source: io::Error,
}

impl DiskError {
    /// Returns a function that adds an action and a path to the system's error.
    pub(super) fn at(action: &'static str, path: &Path) -> impl Fn(io::Error) -> Self + Copy {
        move |source| Self {
            action,
            path: path.to_owned(),
            source,
        }
    }

    /// Returns what kind of error the system gave.
    pub(super) fn kind(&self) -> io::ErrorKind {
        self.source.kind()
    }
}

impl fmt::Display for DiskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            action,
            path,
            source,
        } = self;
        write!(f, "{action} {}: {source}", shown(path))
    }
}

impl Error for DiskError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.source)
    }
}
