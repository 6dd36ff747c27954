//! The configuration of a site: `site.toml` and the lists come in, a [`Config`] goes out.

mod address;
mod area;
mod check;
mod declare;
mod file;
mod layers;
mod lists;
mod model;
mod read;
mod references;
mod site;
#[cfg(test)]
pub(crate) mod tests;

pub use crate::data::country;
pub use check::check_lists;
pub use declare::{digest_of_rows, duplicate, id_or_slug, of_names};
pub use file::{Layering, RowCounts, file, layered, table};
pub use layers::{Layer, Layered, STEP, import_of, is_import, place_in_layers};
pub use lists::*;
pub use model::*;
pub use read::{LISTS, placeholder, read};
pub use references::{ListedArea, ListedSource, Lists};
pub use site::*;
