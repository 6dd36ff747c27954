//! Watching: what the system says about a site's folder comes in, hints for the next reading go
//! out.
//!
//! An event is never believed: it says when to look, and where. The folders that were read are
//! watched one by one, links followed. Where the system cannot watch, the site is read again and
//! again.

mod pending;
mod system;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use notify::{Config, Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use self::pending::Pending;
use super::hints::Hints;
use super::places::Places;
use super::read::Reader;
use super::stamp::Stamp;

/// How often a site that cannot be watched is read.
const POLL: Duration = Duration::from_millis(500);
/// How often to look whether the site's own folder is still the same one.
const ROOT: Duration = Duration::from_millis(250);

/// How to know when to read again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// The system tells of edits. If it cannot, the site is polled.
    Events,
    /// The site is read twice a second: for network folders, whose events do not arrive.
    Poll,
}

/// Waits until a site may have changed.
pub struct Watcher {
    /// `None` if the site is polled.
    system: Option<RecommendedWatcher>,
    shared: Arc<Shared>,
    watched: BTreeMap<PathBuf, RecursiveMode>,
    /// The stamp of the site's own folder when it was last looked at.
    root: Option<Stamp>,
    rest: Rest,
    note: Option<String>,
}

/// A time in which nothing happened.
struct Rest {
    since: Instant,
    /// Whether everything was hashed again since then.
    is_hashed: bool,
}

/// Wakes or stops a [`Watcher`] from another thread. Outside of tests, a preview ends with its
/// process.
#[cfg(test)]
#[derive(Clone)]
pub struct Waker(Arc<Shared>);

#[derive(Default)]
struct Shared {
    pending: Mutex<Pending>,
    woken: Condvar,
}

impl Watcher {
    /// Begins to watch. A reading must follow, because what happened before is not seen.
    pub fn start(method: Method) -> Self {
        let mut watcher = Self {
            system: None,
            shared: Arc::default(),
            watched: BTreeMap::new(),
            root: None,
            rest: Rest {
                since: Instant::now(),
                is_hashed: false,
            },
            note: None,
        };
        if method == Method::Poll {
            return watcher;
        }
        let shared = watcher.shared.clone();
        let config = Config::default().with_follow_symlinks(false);
        match RecommendedWatcher::new(move |event| shared.take(event), config) {
            Ok(system) => watcher.system = Some(system),
            Err(error) => watcher.give_up(&error),
        }
        watcher
    }

    /// Returns what other threads wake this watcher with.
    #[cfg(test)]
    pub fn waker(&self) -> Waker {
        Waker(self.shared.clone())
    }

    /// Returns once what a person should know about how the site is watched.
    pub fn note(&mut self) -> Option<String> {
        self.note.take()
    }

    /// Waits until something may have changed and a burst of events is over.
    ///
    /// Hints that name nothing mean: look at all stamps. When nothing happened for `idle`,
    /// everything is hinted at, once. Returns `None` once the watcher was stopped.
    pub fn wait(&mut self, reader: &Reader, idle: Duration) -> Option<Hints> {
        let look_again = self.follow(reader.places());
        let (begun, shared) = (Instant::now(), self.shared.clone());
        let mut pending = shared.lock();
        loop {
            let now = Instant::now();
            if pending.is_stopped {
                return None;
            }
            if let Some(hints) = self.due(&mut pending, now, idle) {
                return Some(hints);
            }
            if look_again || (self.system.is_none() && now >= begun + POLL) {
                return Some(Hints::default());
            }
            let next = self.next_look(&pending, begun, now, idle);
            pending = shared
                .woken
                .wait_timeout(pending, next.saturating_duration_since(now))
                .unwrap_or_else(PoisonError::into_inner)
                .0;
            self.look_at_root(&mut pending, &reader.places().site);
        }
    }

    /// Returns when to look whether anything is due, if no event comes before.
    fn next_look(
        &self,
        pending: &Pending,
        begun: Instant,
        now: Instant,
        idle: Duration,
    ) -> Instant {
        let mut next = now + ROOT;
        if let Some(due) = pending.due() {
            next = next.min(due);
        }
        if self.system.is_none() {
            next = next.min(begun + POLL);
        }
        if !self.rest.is_hashed {
            next = next.min(self.rest.since + idle);
        }
        next
    }

    /// Returns what to read because of what happened, or because nothing did.
    fn due(&mut self, pending: &mut Pending, now: Instant, idle: Duration) -> Option<Hints> {
        if let Some(error) = pending.broken.take() {
            self.give_up(&error);
            pending.hints = Hints::everything();
            pending.is_woken = true;
        }
        if pending.is_woken || pending.due().is_some_and(|due| now >= due) {
            self.rest = Rest {
                since: now,
                is_hashed: false,
            };
            return Some(pending.take());
        }
        let is_idle = !self.rest.is_hashed
            && pending.burst.is_none()
            && now.saturating_duration_since(self.rest.since) >= idle;
        if !is_idle {
            return None;
        }
        self.rest.is_hashed = true;
        Some(Hints::everything())
    }

    /// Notices a site's folder that was deleted and made anew, which is not seen from inside.
    fn look_at_root(&mut self, pending: &mut Pending, site: &Path) {
        if self.system.is_none() {
            self.root = None;
            return;
        }
        let root = stamp_of(site);
        let is_same = match (&root, &self.root) {
            (Some(new), Some(old)) => new.is_same_inode(old),
            (None, None) => true,
            _ => false,
        };
        self.root = root;
        if !is_same {
            pending.lost.insert(site.to_owned());
            pending.happened();
        }
    }

    /// Watches the places of the last reading. Returns true if some are new, so that what happened
    /// there before was not seen, or are gone already.
    fn follow(&mut self, places: &Arc<Places>) -> bool {
        let mut pending = self.shared.lock();
        pending.places = places.clone();
        let lost = std::mem::take(&mut pending.lost);
        drop(pending);
        let Some(system) = &mut self.system else {
            return false;
        };
        // Before anything else: a folder that comes back in between is then seen to be another one.
        self.root = stamp_of(&places.site);
        let wanted = system::wanted(places);
        // A folder that was renamed is watched under its old name until that is given up.
        let is_lost = |folder: &Path| folder.ancestors().any(|above| lost.contains(above));
        self.watched.retain(|folder, mode| {
            let stays = wanted.get(folder) == Some(&*mode) && !is_lost(folder);
            if !stays {
                // Mostly the system knows already.
                let _ = system.unwatch(folder);
            }
            stays
        });
        self.watch_new(wanted)
    }

    /// Watches folders that are not watched yet. Returns true if there were any that could be.
    fn watch_new(&mut self, wanted: BTreeMap<PathBuf, RecursiveMode>) -> bool {
        let mut look_again = false;
        for (folder, mode) in wanted {
            if self.watched.contains_key(&folder) {
                continue;
            }
            let Some(system) = &mut self.system else {
                break;
            };
            match system.watch(&folder, mode) {
                Ok(()) => {
                    self.watched.insert(folder, mode);
                }
                Err(error) if system::is_gone(&error) => {}
                Err(error) if system::is_closed(&error) => continue,
                Err(error) => self.give_up(&error),
            }
            look_again = true;
        }
        look_again
    }

    /// Polls from now on.
    fn give_up(&mut self, error: &notify::Error) {
        (self.system, self.root) = (None, None);
        self.watched.clear();
        self.note = Some(format!(
            "{}. Until the next start, the site is read twice a second instead, as with --poll",
            system::why(error)
        ));
    }
}

#[cfg(test)]
impl Waker {
    /// Makes [`Watcher::wait`] return these hints, with all others that there are.
    pub fn wake(&self, hints: Hints) {
        let mut pending = self.0.lock();
        pending.hints.merge(hints);
        pending.is_woken = true;
        self.0.woken.notify_all();
    }

    /// Makes [`Watcher::wait`] return `None`, now and always.
    pub fn stop(&self) {
        self.0.lock().is_stopped = true;
        self.0.woken.notify_all();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Pending> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes what the system says.
    fn take(&self, event: notify::Result<Event>) {
        let mut pending = self.lock();
        if pending.add(event) {
            pending.happened();
            self.woken.notify_all();
        }
    }
}

fn stamp_of(folder: &Path) -> Option<Stamp> {
    Some(Stamp::of(&folder.metadata().ok()?))
}
