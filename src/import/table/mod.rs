//! `rungs import table`: tables and a map come in, layers go out.
//!
//! The map is checked and becomes a [`plan::Plan`]. Then each table is read once, from the first row to
//! the last ([`run`]); what is kept of a row waits in [`rows`] until all tables were read, to be sorted,
//! grouped and limited ([`finish`]).

mod check;
mod files;
mod finish;
mod from;
mod lookup;
mod make;
pub mod map;
mod number;
mod plan;
mod preset;
mod register;
mod rows;
mod run;
mod shape;
mod test;
#[cfg(test)]
mod tests;

pub use preset::Preset;

use super::roles::SiteRoles;
use super::{Fault, Imported, Request};
use crate::diag::Diagnostics;
use crate::source::Source;
use lookup::Lookups;
use register::Register;
use run::Run;

/// Why nothing is imported.
#[derive(Debug)]
pub enum Refused {
    /// A table is to blame.
    Upstream(Fault),
    /// The map, or a record of the site, is.
    Here(Diagnostics),
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        Self::Upstream(fault)
    }
}

impl From<Diagnostics> for Refused {
    fn from(diagnostics: Diagnostics) -> Self {
        Self::Here(diagnostics)
    }
}

/// Imports tables as a map says.
pub fn import(request: &Request<'_>, map: &Source) -> Result<Imported, Refused> {
    let plan = check::read(map)?;
    let site = SiteRoles::read(request.site)?;
    let lookups = Lookups::read(&plan, request.upstream)?;
    let register = Register::new(site, &plan.roles);
    let run = Run::new(request, &plan, &lookups, register);
    Ok(run.tables()?)
}
