//! The only code that touches files: the site folder becomes `Inputs`, finished pages become the output folder.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "this folder is where the file system is used")]

mod folder;
mod memo;
mod names;
mod output;
mod pack;
mod publish;
mod read;

pub use folder::SiteFolder;
pub use memo::Cache;
pub use output::{Output, Reason, Refusal};
pub use publish::Staging;
pub use read::read;

use std::path::Path;

/// A fault of the machine, with the path that it is about.
pub(crate) fn fault(doing: &str, path: &Path, error: &std::io::Error) -> String {
    format!("{doing} {}: {error}", path.display())
}
