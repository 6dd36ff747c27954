//! What a site says of itself: `site.toml` and the lists come in, a `Config` goes out.

mod address;
mod area;
mod check;
mod config;
mod country;
mod declare;
mod file;
mod lists;
mod read;
mod reference;
mod site;

pub use check::check_lists;
pub use config::*;
pub use country::country;
pub use declare::{duplicate, id_or_slug};
pub use file::{Rows, file};
pub use lists::*;
pub use read::{LISTS, read};
pub use site::*;

#[cfg(test)]
mod tests;
