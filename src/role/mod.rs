//! Roles and frameworks: records come in, checked `Role`s with ladders and claims go out.

mod model;
pub mod record;

pub use model::*;
