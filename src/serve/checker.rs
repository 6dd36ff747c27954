//! The check in the background: sites come in as they are shown; all their pages are made, and what they say is reported.
//! It stops as soon as there is a later site.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvError};
use std::time::{Duration, Instant};

use super::http::Bell;
use super::preview::{Preview, Snapshot};
use super::stock::Stock;
use super::{Rebuilt, Speaker};
use crate::build::Sink;
use crate::digest::Digest;
use crate::path::{OutPath, SourcePath};

/// After this long, what is known already is reported.
const PATIENCE: Duration = Duration::from_millis(300);

/// A site to check.
pub struct Job {
    pub snapshot: Arc<Snapshot>,
    /// The site that was shown before: it is large, and here is time to let it go.
    pub old: Option<Arc<Snapshot>>,
    pub changed: Vec<SourcePath>,
    /// From the edit to the first page that could be asked for.
    pub took: Duration,
}

/// What the check needs besides sites.
pub struct Checker<'a> {
    pub preview: &'a Preview,
    pub stock: &'a Stock,
    pub bell: Bell,
    pub speaker: &'a dyn Speaker,
}

impl Checker<'_> {
    /// Checks what comes, until nothing can come any more. Only the last of those that wait is checked.
    pub fn run(&self, jobs: &Receiver<Job>) -> Result<(), RecvError> {
        // Half of the cores: the other half is for who edits and looks.
        let threads = rayon::current_num_threads().div_ceil(2);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(super::STACK).build();
        loop {
            let job = jobs.recv()?;
            match &pool {
                Ok(pool) => pool.install(|| self.check(job)),
                Err(_) => self.check(job),
            }
        }
    }

    fn check(&self, job: Job) {
        let Job { snapshot, old, changed, took } = job;
        drop(old);
        let mut patience = Patience { checker: self, snapshot: &snapshot, start: Instant::now(), spoke: false };
        let checked = self.preview.check(&snapshot, self.stock, &mut patience);
        if checked.is_some() {
            self.bell.ring();
            if let Err(error) = self.stock.settle() {
                self.speaker.note(&format!("note: {error}; the next start begins anew"));
            }
        }
        let left_out = checked.as_ref().map(|checked| checked.left_out.clone());
        self.speaker.rebuilt(&Rebuilt { changed, pages: checked.as_ref().map(|checked| checked.rendered), left_out, took });
        if let Some(checked) = checked {
            self.speaker.reports(&checked.reports);
        }
    }
}

/// Lets pages pass, and stops them when nobody waits for them any more.
struct Patience<'a> {
    checker: &'a Checker<'a>,
    snapshot: &'a Snapshot,
    start: Instant,
    spoke: bool,
}

impl Sink for Patience<'_> {
    fn file(&mut self, _: &OutPath, _: Digest, _: Option<&[u8]>) -> Result<(), String> {
        let preview = self.checker.preview;
        if !preview.is_latest(self.snapshot) {
            return Err("there is a later site".to_owned());
        }
        if !self.spoke && self.start.elapsed() > PATIENCE {
            self.spoke = true;
            preview.report_so_far(self.snapshot);
            self.checker.bell.ring();
        }
        Ok(())
    }
}
