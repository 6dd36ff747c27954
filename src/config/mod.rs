//! What a site says of itself: `site.toml` and the lists come in, a `Config` goes out.

mod country;
mod lists;
mod model;
mod read;
mod site;

pub use country::country;
pub use lists::*;
pub use model::*;
pub use read::{LISTS, file, read};
pub use site::*;

pub(crate) use read::{check_ids, duplicate, id_or_slug};
