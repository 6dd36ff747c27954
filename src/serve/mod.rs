//! The live preview.

mod changes;
mod pages;
mod preview;
mod report;
mod site;

pub use preview::{Preview, Snapshot, Update};
pub use report::{Editor, Reported};
pub use site::{Answer, Body, Event, News, Site};

fn content_type(_: &str) -> &'static str {
    ""
}
