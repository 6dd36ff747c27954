//! Diagnostics of a site: they come in as they are found; sorted reports with lines, columns and
//! excerpts go out. Nothing is printed here; `cli/report` does that.

mod code;
mod collector;
mod diagnostic;
mod locate;

pub use code::Code;
pub use collector::Diagnostics;
pub use diagnostic::{Diagnostic, HelpText, Place, Scope, Severity, Shared, SpanKey};
pub use locate::{Located, Report, locate};
