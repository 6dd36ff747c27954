//! The only code that touches files: the site folder becomes `Inputs`, finished pages become the output folder.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "this folder is where the file system is used")]

mod files;
mod folder;
mod hints;
mod journal;
mod lock;
mod look;
mod looks;
mod manifest;
mod memo;
mod names;
mod output;
mod pack;
mod places;
mod publish;
mod read;
mod recover;
mod spare;
mod staging;
mod tree;
mod walk;
mod watch;

#[cfg(test)]
#[cfg(unix)]
mod tests;

pub use folder::{SiteFolder, like_site_file};
pub use hints::Hints;
pub use looks::Looks;
pub use memo::Cache;
pub use output::{Output, Reason, Refusal};
pub use read::{Reader, Reading, read};
pub use staging::{Published, Staging};
pub use watch::{How, Waker, Watcher};

use std::path::Path;

/// A fault of the machine, with the path that it is about.
pub(crate) fn fault(doing: &str, path: &Path, error: &std::io::Error) -> String {
    format!("{doing} {}: {error}", path.display())
}
