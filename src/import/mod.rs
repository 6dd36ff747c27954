//! Data of other people comes in; layers of the site, which Rungs writes beside the author's files, go
//! out, with a report of what was lost on the way. Nothing here reads a disk or writes to one: files
//! come through [`Upstream`], and [`Files`] says which are to be written.
//!
//! An import is a function from a site and its upstream files to [`Layers`] and a [`LossReport`].
//! [`Layers::files`] makes files of them.

pub mod content;
mod copies;
pub mod fault;
mod html;
pub mod jobs;
pub mod ladder;
pub mod layers;
mod markdown;
pub mod name;
pub mod output;
pub mod read;
pub mod report;
pub mod roles;
pub mod salary;
pub mod table;
#[cfg(test)]
mod testing;
pub mod upstream;

pub use copies::Copies;
pub use fault::{Fault, Where};
pub use layers::{Layers, RoleLayer, SiteList};
pub use name::ImportName;
pub use output::{About, Files, Gone, Moment};
pub use report::LossReport;
pub use roles::SiteRoles;
pub use salary::SalaryRows;
pub use upstream::Upstream;

use crate::inputs::Inputs;

/// What every import is handed.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// What the import is called.
    pub name: &'a ImportName,
    /// The site as it is.
    pub site: &'a Inputs,
    /// The files that are imported.
    pub upstream: &'a dyn Upstream,
}

/// What an import makes.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    pub layers: Layers,
    pub report: LossReport,
}
