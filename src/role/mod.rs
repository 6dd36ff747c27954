//! Roles and frameworks: records come in, checked `Role`s with ladders and claims go out.
//!
//! `read` decodes one role's files and looks at nothing else; `resolve` holds what they say against
//! the lists, the other roles and the frameworks. `record` declares the keys, `model` the result.

mod ahead;
mod claim;
mod context;
mod csv;
mod faq;
mod few;
mod figure;
mod framework;
mod headline;
mod ladder;
mod layers;
mod level_pay;
mod listed;
mod model;
mod money;
mod names;
mod plausible;
mod position;
mod publication;
mod read;
pub mod record;
mod related;
mod repeated;
mod resolve;
mod resolver;
mod salary_csv;
mod survey;
#[cfg(test)]
mod tests;
mod titles;
mod worded;

pub use ahead::ahead;
pub use claim::check_inherited_dates;
pub use context::{RoleContext, RoleSettings};
pub use faq::generated_faq_ids;
pub use ladder::raise;
pub use listed::{ListedRole, RoleDigests, WantedOfLevel, WantedOfRole};
pub use model::*;
pub use position::{Positions, positions_of_site};
pub use read::{
    Declared, DeclaredRole, RoleFiles, WrittenFramework, WrittenPositions, declare,
    declared_or_recall, may_declare, read_framework, read_positions,
};
pub use resolve::{resolve_framework, resolve_or_recall};
pub use salary_csv::COLUMNS as SALARY_COLUMNS;
