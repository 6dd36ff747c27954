//! The live preview: a site folder comes in, and its pages are served as they would be built, again
//! after every edit.
//!
//! ```text
//! wait ─ read ─ plan ─ swap        one thread, in `run`; nothing knows what kind of edit it was
//!                      └─ check    a second thread makes all pages, for their diagnostics
//! http ─ preview                   a page is made when it is asked for
//! ```
//!
//! Nothing is written to the output folder, and no lock of a build is held.

#![allow(
    clippy::disallowed_methods,
    reason = "the report says how long an edit took"
)]

mod address;
mod answers;
mod changes;
mod checker;
pub mod client;
mod headers;
mod http;
mod memory_cache;
mod pages;
mod preview;
mod report;
mod session;
mod site;

use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

pub use http::{Listen, Server, ServerError};
pub use memory_cache::Open;
pub use preview::{Preview, Snapshot, Update};
pub use report::Editor;
pub use site::{Answer, Body, Event, News, Site};

use crate::calendar::LeftOut;
use crate::diag::Report;
use crate::disk::{Hints, Method, Reader, SiteFolder, Watcher};
use crate::path::SourcePath;
use crate::render::STACK_SIZE;
use crate::site::Options;
use checker::Checker;
use memory_cache::MemoryCache;
use session::{Latest, Session};

/// What is previewed, and how.
pub struct Serve {
    pub site: SiteFolder,
    /// The output folder of builds, which does not belong to the site.
    pub output: PathBuf,
    /// Returns the options of a build on the current day.
    pub options: Box<dyn Fn() -> Options + Send + Sync>,
    pub cache: Box<Open>,
    pub editor: Editor,
    pub listen: Listen,
    pub method: Method,
    /// Whether to open the preview in a browser.
    pub opens_browser: bool,
}

/// Is told what a preview does.
pub trait Reporter: Sync {
    /// Says that pages can be asked for at this address.
    fn serving(&self, address: &str);
    /// Says that the site was read again after edits.
    fn rebuilt(&self, rebuilt: &Rebuilt);
    /// Shows all diagnostics of the site that is shown.
    fn reports(&self, reports: &[Report]);
    /// Says what somebody may want to know.
    fn note(&self, text: &str);
}

/// What an edit led to.
pub struct Rebuilt {
    pub changed: Vec<SourcePath>,
    /// How many pages are new; `None` when a later edit came before they were counted.
    pub pages: Option<usize>,
    /// What even the preview does not show; `None` when a later edit came before it was known.
    pub left_out: Option<LeftOut>,
    pub took: Duration,
}

impl Serve {
    /// Serves until the process ends. The error says why it cannot begin.
    pub fn run(self, reporter: &dyn Reporter) -> Result<(), ServerError> {
        let watcher = Watcher::start(self.method);
        let mut reader = Reader::new(&self.site, &self.output);
        let memory_cache = MemoryCache::new(self.cache);
        reader.recall(memory_cache.stat_cache());
        let preview = Arc::new(Preview::new(first_generation(), self.editor));
        let start = Instant::now();
        let latest = Latest::of(reader.read(&Hints::default()), (self.options)());
        let update = latest.show(&preview, &memory_cache);
        let server = Server::start(&self.listen, preview.clone())?;
        let address = server.address(update.base_path());
        reporter.serving(&address);
        if self.opens_browser && opener::open_browser(&address).is_err() {
            reporter.note("note: no browser could be started");
        }
        let checker = Checker {
            preview: &preview,
            memory_cache: &memory_cache,
            notifier: server.notifier(),
            reporter,
        };
        thread::scope(|scope| {
            let (jobs, queue) = mpsc::channel();
            let _ = thread::Builder::new()
                .stack_size(STACK_SIZE)
                .spawn_scoped(scope, move || checker.run(&queue));
            let session = Session {
                preview: &preview,
                memory_cache: &memory_cache,
                notifier: server.notifier(),
                jobs,
                reporter,
                options: &*self.options,
            };
            session.hand_on(&latest, update, start);
            session.follow(watcher, reader, latest);
        });
        Ok(())
    }
}

/// Returns a generation above all those of earlier previews, whose pages may still be open.
fn first_generation() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(1, |since| u64::try_from(since.as_millis()).unwrap_or(1))
}
