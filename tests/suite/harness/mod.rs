//! The harness: a site from a text block or a folder, edits to it, builds of it in memory or by the
//! program.

#![allow(
    dead_code,
    reason = "a harness offers more than the tests of today use"
)]

mod flow;
mod folder;
mod html;
mod serve;
mod site;

pub use flow::flow;
pub use folder::{BASE, BUILD_DATE, Folder, Ran, blocks, files_in};
pub use html::{Dom, Element, xml};
pub use serve::{Answer, Served};
pub use site::{Built, Site};
