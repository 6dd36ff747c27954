//! The live preview: a site folder comes in, and its pages are served as they would be built, anew after every edit.
//!
//! ```text
//! wait ─ read ─ plan ─ swap        one thread, in `run`; nothing knows what kind of edit it was
//!                      └─ check    another one makes all pages, for what they say
//! http ─ preview                   pages are made when they are asked for
//! ```
//!
//! Nothing is written to the output folder, and no lock of a build is held.

#![allow(clippy::disallowed_methods, reason = "how long an edit took is said")]

mod changes;
mod checker;
pub mod client;
mod http;
mod pages;
mod preview;
mod report;
mod site;
mod stock;

use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

pub use http::{Fault, Listen, PORT, Server};
pub use preview::{Preview, Snapshot, Update};
pub use report::{Editor, Reported};
pub use site::{Answer, Body, Event, News, Site};
pub use stock::Open;

use crate::calendar::LeftOut;
use crate::diag::{Diagnostic, Diagnostics, Report};
use crate::disk::{Hints, How, Reader, Reading, SiteFolder, Watcher};
use crate::inputs::Inputs;
use crate::path::SourcePath;
use crate::site::Options;
use checker::{Checker, Job};
use stock::Stock;

/// Stack of a thread that renders.
pub const STACK: usize = 16 * 1024 * 1024;
/// After this long without an edit, all files are read once more, whatever their times say.
const IDLE: Duration = Duration::from_secs(5);

/// What is previewed, and how.
pub struct Serve {
    pub site: SiteFolder,
    /// The output folder of builds, which is no part of the site.
    pub output: PathBuf,
    /// The options of a build, today.
    pub options: Box<dyn Fn() -> Options + Send + Sync>,
    pub cache: Box<Open>,
    pub editor: Editor,
    pub listen: Listen,
    pub watching: How,
    /// Whether the browser is to show it.
    pub opens: bool,
}

/// Told what a preview does.
pub trait Speaker: Sync {
    /// Pages can be asked for at this address.
    fn serving(&self, address: &str);
    /// A site is shown after edits.
    fn rebuilt(&self, rebuilt: &Rebuilt);
    /// All that is to be said of the site that is shown.
    fn reports(&self, reports: &[Report]);
    /// What somebody may want to know.
    fn note(&self, text: &str);
}

/// What an edit led to.
pub struct Rebuilt {
    pub changed: Vec<SourcePath>,
    /// How many pages are new; none when a later edit came before they could be counted.
    pub pages: Option<usize>,
    /// What is not shown even here; none when a later edit came before it was known.
    pub left_out: Option<LeftOut>,
    pub took: Duration,
}

impl Serve {
    /// Serves until the process ends. The error says why it cannot begin.
    pub fn run(self, speaker: &dyn Speaker) -> Result<(), Fault> {
        let Self { site, output, options, cache, editor, listen, watching, opens } = self;
        let mut watcher = Watcher::start(watching);
        let mut reader = Reader::new(&site, &output);
        let stock = Stock::new(cache);
        reader.recall(stock.looks());
        let preview = Arc::new(Preview::new(epoch(), editor));
        let start = Instant::now();
        let mut last = Last::of(reader.read(&Hints::default()), options());
        let update = last.show(&preview, &stock);
        let server = Server::start(&listen, preview.clone())?;
        let base = update.snapshot.as_ref().map_or("/", |snapshot| &snapshot.plan.site.config.base_path);
        let address = server.address(base);
        speaker.serving(&address);
        if opens && opener::open_browser(&address).is_err() {
            speaker.note("note: no browser could be started");
        }
        let checker = Checker { preview: &preview, stock: &stock, bell: server.bell(), speaker };
        thread::scope(|scope| {
            let (jobs, queue) = mpsc::channel();
            let _ = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, move || checker.run(&queue));
            last.hand_on(&preview, update, (&jobs, speaker), start);
            while let Some(hints) = watcher.wait(&reader, IDLE) {
                watcher.note().iter().for_each(|note| speaker.note(note));
                // First the files that somebody named, then all: what was not named is seen a little later.
                for reads in [Reader::glance, |reader: &mut Reader, hints: &Hints| Some(reader.read(hints))] {
                    let start = Instant::now();
                    let Some(reading) = reads(&mut reader, &hints) else { continue };
                    let now = Last::of(reading, options());
                    if now.differs(&last) {
                        last = now;
                        let update = last.show(&preview, &stock);
                        server.bell().ring();
                        last.hand_on(&preview, update, (&jobs, speaker), start);
                    }
                }
            }
        });
        Ok(())
    }
}

/// The last inputs.
struct Last {
    inputs: Arc<Inputs>,
    faults: Diagnostics,
    changed: Vec<SourcePath>,
    options: Options,
}

impl Last {
    fn of(Reading { inputs, faults, changed, .. }: Reading, options: Options) -> Self {
        Self { inputs: Arc::new(inputs), faults, changed: changed.into_iter().collect(), options }
    }

    fn differs(&self, old: &Self) -> bool {
        let faults = |last: &Self| -> Vec<Diagnostic> { last.faults.clone().into_sorted() };
        !self.changed.is_empty() || self.options.build_date != old.options.build_date || faults(self) != faults(old)
    }

    fn show(&self, preview: &Preview, stock: &Stock) -> Update {
        preview.update(self.inputs.clone(), &self.options, self.faults.clone(), stock)
    }

    /// Has the rest of a site checked; of one that cannot be shown, all is said.
    fn hand_on(&self, preview: &Preview, update: Update, (jobs, speaker): (&mpsc::Sender<Job>, &dyn Speaker), start: Instant) {
        let Update { snapshot, old, .. } = update;
        let (changed, took) = (self.changed.clone(), start.elapsed());
        match snapshot {
            Some(snapshot) => drop(jobs.send(Job { snapshot, old, changed, took })),
            None => {
                speaker.rebuilt(&Rebuilt { changed, pages: None, left_out: None, took });
                speaker.reports(&preview.reported().reports);
            }
        }
    }
}

/// Above the generations of any preview before this one, whose pages may still be open.
fn epoch() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |since| u64::try_from(since.as_millis()).unwrap_or(1))
}
