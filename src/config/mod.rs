//! What a site says of itself: `site.toml` and the lists come in, a `Config` goes out.

mod config;
mod lists;
mod site;

pub use config::*;
pub use lists::*;
pub use site::*;
