//! Roles and frameworks: records come in, checked `Role`s with ladders and claims go out.
//!
//! `read` decodes one role's files and looks at nothing else; `resolve` holds what they say against the lists, the other
//! roles and the frameworks. `record` declares the keys, `model` the result.

mod bulk;
mod claim;
mod faq;
mod few;
mod figure;
mod framework;
mod ladder;
mod model;
mod money;
mod plausible;
mod position;
mod read;
pub mod record;
mod related;
mod repeated;
mod resolve;
mod table;
#[cfg(test)]
mod tests;
mod titles;

pub use claim::check_inherited_dates;
pub use faq::generated_faq_ids;
pub use ladder::raise;
pub use model::*;
pub use read::{Written, WrittenFramework, declare, may_declare, read, read_framework};
pub use resolve::{World, ahead, resolve, resolve_framework};
