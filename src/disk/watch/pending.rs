//! Events that nobody has asked for yet: what the system says comes in; hints, and when they are
//! due, go out.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Error, ErrorKind, Event, EventKind};

use super::super::hints::Hints;
use super::super::places::Places;

/// A burst is over when no event came for so long.
const QUIET: Duration = Duration::from_millis(8);
/// A burst that goes on is answered after so long.
const LONGEST: Duration = Duration::from_millis(100);

/// What happened since the last time somebody waited.
#[derive(Default)]
pub struct Pending {
    pub hints: Hints,
    pub burst: Option<Burst>,
    /// Folders that no longer have this name: they are watched anew.
    pub lost: BTreeSet<PathBuf>,
    /// Why the system cannot watch any longer.
    pub broken: Option<Error>,
    pub is_woken: bool,
    pub is_stopped: bool,
    pub places: Arc<Places>,
}

/// Events that come closely one after the other.
#[derive(Clone, Copy)]
pub struct Burst {
    first: Instant,
    last: Instant,
}

impl Pending {
    /// Notes that something happened just now.
    pub fn happened(&mut self) {
        let last = Instant::now();
        let first = self.burst.map_or(last, |burst| burst.first);
        self.burst = Some(Burst { first, last });
    }

    /// Returns when the burst is over.
    pub fn due(&self) -> Option<Instant> {
        let Burst { first, last } = self.burst?;
        Some((last + QUIET).min(first + LONGEST))
    }

    /// Returns the hints, and waits for the next burst.
    pub fn take(&mut self) -> Hints {
        self.is_woken = false;
        self.burst = None;
        std::mem::take(&mut self.hints)
    }

    /// Notes an event. Returns true if it is a reason to look.
    pub fn add(&mut self, event: notify::Result<Event>) -> bool {
        let event = match event {
            Ok(event) => event,
            Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => {
                self.broken = Some(error);
                return true;
            }
            Err(_) => {
                self.hints = Hints::everything();
                return true;
            }
        };
        if event.need_rescan() {
            self.hints = Hints::everything();
            return true;
        }
        // Reading a file is no change, and we read them all.
        if matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write))
        {
            return false;
        }
        let may_be_gone = matches!(
            event.kind,
            EventKind::Remove(_)
                | EventKind::Modify(ModifyKind::Name(_))
                | EventKind::Any
                | EventKind::Other
        );
        let mut matters = event.paths.is_empty();
        for path in event.paths.iter().filter(|path| self.places.concern(path)) {
            matters = true;
            self.hints.add(path);
            if may_be_gone && self.places.stood_in(path) {
                self.lost.insert(path.clone());
            }
        }
        matters
    }
}
