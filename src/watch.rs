//! Watching a build: its stages and outputs come in as they happen. What a watcher makes of them (a bar, a table of times)
//! is `cli/`'s; the build asks no clock.

use crate::path::OutPath;

/// A stage of a build, in the order in which they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Names and digests of all files.
    Read,
    /// Articles, records, templates.
    Parse,
    /// Pages, their addresses and Views.
    Plan,
    /// The search index, where texts changed that are in it.
    Search,
    /// HTML, while what is finished is written.
    Render,
    /// Links across pages.
    Check,
    /// The exchange of the old site for the new one.
    Publish,
}

/// Told of what a build does. Any thread may tell.
pub trait Watch: Sync {
    /// A stage begins, and the one before it has ended.
    fn stage(&self, _: Stage) {}

    /// So many outputs will be made.
    fn total(&self, _: usize) {}

    /// So many more outputs are made.
    fn made(&self, _: usize) {}

    /// Runs what makes a page, around which times can be taken.
    fn page(&self, _: &OutPath, make: &mut dyn FnMut()) {
        make();
    }

    /// Runs what draws a picture. It is in the stage of rendering, and dear enough to be told apart.
    fn picture(&self, draw: &mut dyn FnMut()) {
        draw();
    }
}

/// Looks away.
pub struct Nobody;

impl Watch for Nobody {}
