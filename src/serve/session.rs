//! One run of the preview: hints of the watcher come in; the site is read again, shown, and handed
//! on to be checked.

use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use super::checker::Job;
use super::http::Notifier;
use super::memory_cache::MemoryCache;
use super::preview::{Preview, Update};
use super::{Rebuilt, Reporter};
use crate::diag::{Diagnostic, Diagnostics};
use crate::disk::{Reader, Reading, Watcher};
use crate::inputs::Inputs;
use crate::path::SourcePath;
use crate::site::Options;

/// After this long without an edit, all files are hashed once more, whatever their stamps are.
const IDLE: Duration = Duration::from_secs(5);

/// What a run works with.
pub struct Session<'a> {
    pub preview: &'a Preview,
    pub memory_cache: &'a MemoryCache,
    pub notifier: Notifier,
    /// Where sites to check go.
    pub jobs: mpsc::Sender<Job>,
    pub reporter: &'a dyn Reporter,
    /// Returns the options of a build on the current day.
    pub options: &'a (dyn Fn() -> Options + Send + Sync),
}

/// The latest inputs.
pub struct Latest {
    inputs: Arc<Inputs>,
    diagnostics: Diagnostics,
    changed: Vec<SourcePath>,
    options: Options,
}

impl Session<'_> {
    /// Shows every edit until the watcher is stopped.
    pub fn follow(&self, mut watcher: Watcher, mut reader: Reader, mut latest: Latest) {
        while let Some(hints) = watcher.wait(&reader, IDLE) {
            if let Some(note) = watcher.note() {
                self.reporter.note(&note);
            }
            // First the files that an event named, and then all files: what no event named is seen
            // a little later.
            let start = Instant::now();
            if let Some(reading) = reader.glance(&hints) {
                self.take(&mut latest, reading, start);
            }
            let start = Instant::now();
            let reading = reader.read(&hints);
            self.take(&mut latest, reading, start);
        }
    }

    /// Shows a reading, if it differs from the latest inputs.
    fn take(&self, latest: &mut Latest, reading: Reading, start: Instant) {
        let new = Latest::of(reading, (self.options)());
        if !new.differs(latest) {
            return;
        }
        *latest = new;
        let update = latest.show(self.preview, self.memory_cache);
        if latest.inputs.is_stale() {
            return;
        }
        self.notifier.notify();
        self.hand_on(latest, update, start);
    }

    /// Has all pages of a site checked. If the inputs make no site, all there is to say is said
    /// now.
    pub fn hand_on(&self, latest: &Latest, update: Update, start: Instant) {
        let (changed, took) = (latest.changed.clone(), start.elapsed());
        let Some(snapshot) = update.snapshot else {
            self.reporter.rebuilt(&Rebuilt {
                changed,
                pages: None,
                left_out: None,
                took,
            });
            self.reporter.reports(&self.preview.reported().reports);
            return;
        };
        // The checker ends only when this session does.
        let _ = self.jobs.send(Job {
            snapshot,
            old: update.old,
            changed,
            took,
        });
    }
}

impl Latest {
    pub fn of(reading: Reading, options: Options) -> Self {
        Self {
            inputs: Arc::new(reading.inputs),
            diagnostics: reading.diagnostics,
            changed: reading.changed.into_iter().collect(),
            options,
        }
    }

    /// Returns true if these inputs may make another site than `old`.
    fn differs(&self, old: &Self) -> bool {
        let diagnostics =
            |latest: &Self| -> Vec<Diagnostic> { latest.diagnostics.clone().into_sorted() };
        !self.changed.is_empty()
            || old.inputs.is_stale()
            || self.options.build_date != old.options.build_date
            || diagnostics(self) != diagnostics(old)
    }

    /// Shows the site that these inputs make.
    pub fn show(&self, preview: &Preview, memory_cache: &MemoryCache) -> Update {
        preview.update(
            self.inputs.clone(),
            &self.options,
            self.diagnostics.clone(),
            memory_cache,
        )
    }
}
