//! Watching a build: its stages and outputs come in as they happen. What a watcher makes of them (a
//! progress bar, a table of times) is the business of `cli/`: the build asks no clock.

use crate::path::OutPath;

/// A stage of a build, in the order in which they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Listing and hashing all files.
    Read,
    /// Reading articles, records and templates.
    Parse,
    /// Laying out pages and their addresses.
    Plan,
    /// Making the search index, where texts changed that are in it.
    Search,
    /// Rendering pages, while finished ones are written.
    Render,
    /// Checking links across pages.
    Check,
    /// Exchanging the published site for the new one.
    Publish,
}

/// Is called as a build goes on. Any thread may call it.
pub trait Watch: Sync {
    /// Called when a stage begins; the one before it has ended.
    fn stage(&self, _: Stage) {}

    /// Called once with the number of outputs that will be made.
    fn total(&self, _: usize) {}

    /// Called with the number of outputs that are made since the last call.
    fn made(&self, _: usize) {}

    /// Calls `render`, which renders a page, so that it can be timed.
    fn page(&self, _: &OutPath, render: &mut dyn FnMut()) {
        render();
    }

    /// Called when a page keeps its markup although `minify` is `"full"`: shorter markup would show
    /// something else, or would not be shorter.
    fn kept(&self) {}

    /// Calls `draw`, which draws a picture. It runs in the stage of rendering, and takes long enough
    /// to be timed apart.
    fn picture(&self, draw: &mut dyn FnMut()) {
        draw();
    }
}

/// A watcher that does nothing.
pub struct Unwatched;

impl Watch for Unwatched {}
