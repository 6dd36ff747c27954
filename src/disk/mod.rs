//! The only code that touches files: the site folder becomes [`Inputs`](crate::inputs::Inputs),
//! finished files become the output folder, and what was made is remembered in a cache.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "this folder is where the file system is used"
)]

mod cache;
mod contents;
mod error;
mod files;
mod folder;
mod hash;
mod held;
mod hints;
mod journal;
mod layers;
mod listings;
mod lock;
mod manifest;
mod misplaced;
mod names;
mod output;
mod output_tree;
mod pack;
mod places;
mod publish;
mod read;
mod real;
mod recover;
mod source_tree;
mod spare;
mod staging;
mod stamp;
mod stat_cache;
mod survey;
mod symlink;
mod upstream;
mod walk;
mod watch;

#[cfg(test)]
#[cfg(unix)]
mod tests;

pub use cache::Cache;
pub use error::DiskError;
pub use folder::{SiteFolder, like_site_file};
pub use hints::Hints;
pub use layers::write_layers;
pub use output::{Output, Reason, Refusal};
pub use read::{Reader, Reading, read};
pub use real::{real_path, shown};
pub use staging::FileChanges;
pub use stat_cache::StatCache;
pub use upstream::Named;
pub use watch::{Method, Watcher};
