//! What a site says of itself: `site.toml` and the lists come in, a `Config` goes out.

mod address;
mod area;
mod check;
mod declare;
mod file;
mod lists;
mod model;
mod read;
mod reference;
mod site;
#[cfg(test)]
pub(crate) mod tests;

pub use crate::data::country;
pub use check::check_lists;
pub use declare::{duplicate, id_or_slug, of_names};
pub use file::{RowCounts, file, remembered};
pub use lists::*;
pub use model::*;
pub use read::{LISTS, read};
pub use site::*;
