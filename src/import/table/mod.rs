//! `rungs import table`: tables and a map come in, layers go out.

mod preset;

pub use preset::Preset;

use super::{Fault, Imported, Request};
use crate::diag::Diagnostics;
use crate::source::Source;

/// Why nothing is imported.
#[derive(Debug)]
pub enum Refused {
    /// A table is to blame.
    Upstream(Fault),
    /// The map, or a record of the site, is.
    Here(Diagnostics),
}

/// Imports tables as a map says.
pub fn import(_request: &Request<'_>, _map: &Source) -> Result<Imported, Refused> {
    Ok(Imported::default())
}
