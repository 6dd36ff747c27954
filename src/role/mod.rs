//! Roles and frameworks: records come in, checked `Role`s with ladders and claims go out.

mod bulk;
mod framework;
mod ladder;
mod model;
mod money;
mod read;
pub mod record;
mod resolve;

pub use model::*;
pub use read::{Written, WrittenFramework, read, read_framework};
pub use resolve::{World, generated_faq_ids, resolve, resolve_framework};
