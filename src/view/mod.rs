//! What templates see: records, pages and wording come in; the fields of [`types`] go out. Nothing
//! here renders.
//!
//! Every function takes a [`ViewContext`], or the part of it that it needs.

pub mod article;
pub mod card;
pub mod compare;
pub mod context;
pub mod crumbs;
pub mod entry;
pub mod faq;
pub mod figures;
pub mod framework;
pub mod head;
pub mod image;
pub mod index;
pub mod jsonld;
pub mod ladder;
pub mod lists;
mod matrix;
pub mod menu;
pub mod needs;
pub mod page;
pub mod parts;
pub mod position;
pub mod role;
pub mod role_parts;
pub mod search;
pub mod section;
pub mod share;
pub mod shared;
pub mod site;
pub mod skill;
pub mod source;
pub mod survey;
pub mod text;
pub mod texts;
pub mod titles;
pub mod types;
pub mod variable;

pub use context::ViewContext;
