//! The background check: sites come in as they are shown; all their pages are made, and their
//! diagnostics go out. A check stops as soon as there is a later site.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvError};
use std::time::{Duration, Instant};

use super::http::Notifier;
use super::memory_cache::MemoryCache;
use super::preview::{Preview, Snapshot};
use super::{Rebuilt, Reporter};
use crate::digest::Digest;
use crate::path::{OutPath, SourcePath};
use crate::pipeline::Sink;
use crate::render::STACK_SIZE;

/// After this long, the diagnostics that are known already are reported.
const REPORT_AFTER: Duration = Duration::from_millis(300);

/// A site to check.
pub struct Job {
    pub snapshot: Arc<Snapshot>,
    /// The site that was shown before. It is large, and is dropped here, where nobody waits.
    pub old: Option<Arc<Snapshot>>,
    pub changed: Vec<SourcePath>,
    /// From the edit to the first page that could be asked for.
    pub took: Duration,
}

/// What the check needs besides sites.
pub struct Checker<'a> {
    pub preview: &'a Preview,
    pub memory_cache: &'a MemoryCache,
    pub notifier: Notifier,
    pub reporter: &'a dyn Reporter,
}

impl Checker<'_> {
    /// Checks sites until no more can come. A site that is not the latest any more is given up at
    /// its first file.
    pub fn run(&self, jobs: &Receiver<Job>) -> Result<(), RecvError> {
        // The other half of the cores is for the person who edits and looks.
        let threads = rayon::current_num_threads().div_ceil(2);
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .stack_size(STACK_SIZE)
            .build();
        loop {
            let job = jobs.recv()?;
            match &pool {
                Ok(pool) => pool.install(|| self.check(job)),
                Err(_) => self.check(job),
            }
        }
    }

    fn check(&self, job: Job) {
        let Job {
            snapshot,
            old,
            changed,
            took,
        } = job;
        drop(old);
        let mut sink = CheckSink {
            checker: self,
            snapshot: &snapshot,
            start: Instant::now(),
            has_reported: false,
        };
        let checked = self.preview.check(&snapshot, self.memory_cache, &mut sink);
        if checked.is_some() {
            self.notifier.notify();
            if let Err(error) = self.memory_cache.settle() {
                self.reporter.note(&format!(
                    "note: {error}; the next start makes all pages again"
                ));
            }
        }
        let left_out = checked.as_ref().map(|checked| checked.left_out.clone());
        self.reporter.rebuilt(&Rebuilt {
            changed,
            pages: checked.as_ref().map(|checked| checked.rendered),
            left_out,
            took,
        });
        if let Some(checked) = checked {
            self.reporter.reports(&checked.reports);
        }
    }
}

/// There are later inputs: nobody waits for the rest of this check.
struct Superseded;

/// Drops pages, and stops the check once there is a later site.
struct CheckSink<'a> {
    checker: &'a Checker<'a>,
    snapshot: &'a Snapshot,
    start: Instant,
    has_reported: bool,
}

impl Sink for CheckSink<'_> {
    type Error = Superseded;

    fn file(&mut self, _: &OutPath, _: Digest, _: Option<&[u8]>) -> Result<(), Superseded> {
        let preview = self.checker.preview;
        if !preview.is_latest(self.snapshot) {
            return Err(Superseded);
        }
        if !self.has_reported && self.start.elapsed() > REPORT_AFTER {
            self.has_reported = true;
            preview.report_so_far(self.snapshot);
            self.checker.notifier.notify();
        }
        Ok(())
    }
}
