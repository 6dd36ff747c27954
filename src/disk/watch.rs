//! Watching: what the system says about a site's folder comes in, hints for the next reading go out. An event is never
//! believed: it says when to look, and where. What was read is what is watched, folder by folder, links followed.
//! Where the system cannot watch, the site is read again and again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Config, ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::hints::Hints;
use super::places::Places;
use super::read::Reader;

/// A burst is over when nothing happened for so long.
const QUIET: Duration = Duration::from_millis(8);
/// A burst that goes on is answered after so long.
const LONGEST: Duration = Duration::from_millis(100);
/// How often a site is read that cannot be watched.
const POLL: Duration = Duration::from_millis(500);
/// How often is looked whether the site's own folder is still the same one.
const ROOT: Duration = Duration::from_millis(250);

/// What Linux says when a user has too many watchers.
const EMFILE: i32 = 24;

/// Whether a folder is watched with all that is in it at once, or each by itself.
const TREES: bool = cfg!(any(target_os = "macos", target_os = "windows"));

/// How to know when to read again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// The system tells; if it cannot, by asking.
    Events,
    /// By asking twice a second: for folders of other machines, whose events do not arrive.
    Poll,
}

/// Waits until a site may have changed.
pub struct Watcher {
    /// None: the folder is asked.
    system: Option<RecommendedWatcher>,
    shared: Arc<Shared>,
    watched: BTreeMap<PathBuf, RecursiveMode>,
    root: Option<(u64, u64)>,
    /// Since when nothing happened, and whether everything was hashed since.
    still: (Instant, bool),
    note: Option<String>,
}

/// Wakes a `Watcher` from another thread.
#[derive(Clone)]
pub struct Waker(Arc<Shared>);

#[derive(Default)]
struct Shared {
    pending: Mutex<Pending>,
    bell: Condvar,
}

/// What happened since the last time somebody waited.
#[derive(Default)]
struct Pending {
    hints: Hints,
    /// When the first and the last event of a burst came.
    burst: Option<(Instant, Instant)>,
    /// Folders that are not there any more under this name: they are no longer watched.
    lost: BTreeSet<PathBuf>,
    /// Why the system cannot watch any longer.
    broken: Option<notify::Error>,
    is_woken: bool,
    is_stopped: bool,
    places: Arc<Places>,
}

impl Watcher {
    /// Begins to watch what was read; a reading must follow, because what happened before is not seen.
    pub fn start(how: How) -> Self {
        let shared = Arc::<Shared>::default();
        let mut watcher = Self { system: None, shared, watched: BTreeMap::new(), root: None, still: (Instant::now(), false), note: None };
        if how == How::Events {
            let shared = watcher.shared.clone();
            match RecommendedWatcher::new(move |event| shared.take(event), Config::default().with_follow_symlinks(false)) {
                Ok(system) => watcher.system = Some(system),
                Err(error) => watcher.give_up(&error),
            }
        }
        watcher
    }

    /// For other threads.
    pub fn waker(&self) -> Waker {
        Waker(self.shared.clone())
    }

    /// What a person should know about how the site is watched, once.
    pub fn note(&mut self) -> Option<String> {
        self.note.take()
    }

    /// Waits until something may have changed and the burst is over. None: somebody stopped it.
    /// Hints that name nothing say: look. When nothing happened for `idle`, everything is hinted at, once.
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
            let poll = self.system.is_none().then(|| begun + POLL);
            let rest = (!self.still.1).then(|| self.still.0 + idle);
            let next = [pending.due(), poll, rest].into_iter().flatten().min().unwrap_or(now + ROOT).min(now + ROOT);
            pending = shared.bell.wait_timeout(pending, next.saturating_duration_since(now)).unwrap_or_else(PoisonError::into_inner).0;
            self.look_at_root(&mut pending, &reader.places().site);
        }
    }

    /// What to read because of what happened, or because nothing did.
    fn due(&mut self, pending: &mut Pending, now: Instant, idle: Duration) -> Option<Hints> {
        if let Some(error) = pending.broken.take() {
            self.give_up(&error);
            pending.hints = Hints::everything();
            pending.is_woken = true;
        }
        if pending.is_woken || pending.due().is_some_and(|due| now >= due) {
            self.still = (now, false);
            (pending.is_woken, pending.burst) = (false, None);
            return Some(std::mem::take(&mut pending.hints));
        }
        let is_idle = !self.still.1 && pending.burst.is_none() && now.saturating_duration_since(self.still.0) >= idle;
        self.still.1 |= is_idle;
        is_idle.then(Hints::everything)
    }

    /// Whoever deletes the site's folder and makes it anew is not seen from inside.
    fn look_at_root(&mut self, pending: &mut Pending, site: &Path) {
        let root = self.system.as_ref().and_then(|_| identity(site));
        if root != self.root {
            self.root = root;
            pending.lost.insert(site.to_owned());
            pending.happened();
        }
    }

    /// Watches the places of the last reading. Answers whether some are new, so that what happened there before was not
    /// seen, or are gone already.
    fn follow(&mut self, places: &Arc<Places>) -> bool {
        let mut pending = self.shared.lock();
        pending.places = places.clone();
        let lost = std::mem::take(&mut pending.lost);
        drop(pending);
        let Some(system) = &mut self.system else { return false };
        // Before anything else: a folder that comes back in between is then seen to be another one.
        self.root = identity(&places.site);
        let wanted = wanted(places);
        // First those that go: a folder that was renamed is watched under its old name until then.
        let is_lost = |folder: &Path| folder.ancestors().any(|above| lost.contains(above));
        self.watched.retain(|folder, mode| {
            let stays = wanted.get(folder) == Some(mode) && !is_lost(folder);
            if !stays {
                // Mostly the system knows already.
                let _ = system.unwatch(folder);
            }
            stays
        });
        let mut look_again = false;
        for (folder, mode) in wanted {
            if self.watched.contains_key(&folder) {
                continue;
            }
            let Some(system) = &mut self.system else { break };
            match system.watch(&folder, mode) {
                Ok(()) => _ = self.watched.insert(folder, mode),
                Err(error) if is_gone(&error) => {}
                Err(error) if is_closed(&error) => continue,
                Err(error) => self.give_up(&error),
            }
            look_again = true;
        }
        look_again
    }

    /// Asks from now on.
    fn give_up(&mut self, error: &notify::Error) {
        (self.system, self.root) = (None, None);
        self.watched.clear();
        let many = |error: &std::io::Error| error.raw_os_error() == Some(EMFILE);
        let why = match &error.kind {
            ErrorKind::MaxFilesWatch => "the system watches no more folders for you: `sudo sysctl fs.inotify.max_user_watches=524288` allows more".to_owned(),
            ErrorKind::Io(error) if many(error) => "too many programs watch folders: `sudo sysctl fs.inotify.max_user_instances=1024` allows more".to_owned(),
            _ => format!("the system cannot watch the site's folder: {error}"),
        };
        self.note = Some(format!("{why}. Until the next start the site is read twice a second instead, as with --poll"));
    }
}

impl Waker {
    /// Makes `wait` return these hints, with all others that there are.
    pub fn wake(&self, hints: Hints) {
        let mut pending = self.0.lock();
        pending.hints.merge(hints);
        pending.is_woken = true;
        self.0.bell.notify_all();
    }

    /// Makes `wait` return none, now and always.
    pub fn stop(&self) {
        self.0.lock().is_stopped = true;
        self.0.bell.notify_all();
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
            self.bell.notify_all();
        }
    }
}

impl Pending {
    fn happened(&mut self) {
        let now = Instant::now();
        self.burst = Some((self.burst.map_or(now, |(first, _)| first), now));
    }

    /// When the burst is over.
    fn due(&self) -> Option<Instant> {
        self.burst.map(|(first, last)| (last + QUIET).min(first + LONGEST))
    }

    /// Answers whether it is a reason to look.
    fn add(&mut self, event: notify::Result<Event>) -> bool {
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
        if matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write)) {
            return false;
        }
        let may_be_gone = matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) | EventKind::Any | EventKind::Other);
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

/// The folders to watch, and how deep.
fn wanted(places: &Places) -> BTreeMap<PathBuf, RecursiveMode> {
    let mode = |mode| move |folder| (folder, mode);
    if !TREES {
        return places.each().into_iter().map(mode(RecursiveMode::NonRecursive)).collect();
    }
    let (trees, alone) = places.trees();
    trees.into_iter().map(mode(RecursiveMode::Recursive)).chain(alone.into_iter().map(mode(RecursiveMode::NonRecursive))).collect()
}

/// Whether a folder was there when it was read, and now is not.
fn is_gone(error: &notify::Error) -> bool {
    let gone = |error: &std::io::Error| matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory);
    matches!(&error.kind, ErrorKind::PathNotFound) || matches!(&error.kind, ErrorKind::Io(error) if gone(error))
}

/// Whether a folder may not be looked into. That it may again is an event of the folder above.
fn is_closed(error: &notify::Error) -> bool {
    matches!(&error.kind, ErrorKind::Io(error) if error.kind() == std::io::ErrorKind::PermissionDenied)
}

/// What tells one folder from another of the same path.
fn identity(folder: &Path) -> Option<(u64, u64)> {
    let about = fs::metadata(folder).ok()?;
    #[cfg(unix)]
    return Some((std::os::unix::fs::MetadataExt::dev(&about), std::os::unix::fs::MetadataExt::ino(&about)));
    #[cfg(not(unix))]
    return Some((0, about.created().ok()?.duration_since(std::time::UNIX_EPOCH).map_or(0, |it| it.as_secs())));
}

#[cfg(test)]
mod tests {
    use notify::event::{CreateKind, Flag, RemoveKind};

    use super::*;

    const SOON: Duration = Duration::from_secs(30);

    fn watcher() -> (tempfile::TempDir, Reader, Watcher) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("site.toml"), "").unwrap();
        let site = super::super::SiteFolder::at(folder.path()).unwrap().unwrap();
        let mut reader = Reader::new(&site, &folder.path().join("public"));
        reader.read(&Hints::default());
        let mut watcher = Watcher::start(How::Events);
        assert_eq!(watcher.wait(&reader, SOON), Some(Hints::default()), "what happened before was not seen");
        (folder, reader, watcher)
    }

    #[test]
    fn overflow_and_errors_lead_to_everything() {
        let (_folder, reader, mut watcher) = watcher();
        watcher.shared.take(Ok(Event::new(EventKind::Other).set_flag(Flag::Rescan)));
        assert_eq!(watcher.wait(&reader, SOON), Some(Hints::everything()));
        watcher.shared.take(Err(notify::Error::generic("odd")));
        assert_eq!(watcher.wait(&reader, SOON), Some(Hints::everything()));
        assert!(watcher.note().is_none() && watcher.system.is_some());
    }

    #[test]
    fn a_limit_of_the_system_leads_to_asking() {
        let (_folder, reader, mut watcher) = watcher();
        watcher.shared.take(Err(notify::Error::new(ErrorKind::MaxFilesWatch)));
        assert_eq!(watcher.wait(&reader, SOON), Some(Hints::everything()));
        assert!(watcher.note().is_some_and(|note| note.contains("max_user_watches")) && watcher.note().is_none());
        assert_eq!(watcher.wait(&reader, SOON), Some(Hints::default()));
    }

    #[test]
    fn everything_is_hinted_at_once_when_nothing_happens() {
        let (_folder, reader, mut watcher) = watcher();
        assert_eq!(watcher.wait(&reader, Duration::ZERO), Some(Hints::everything()));
        let waker = watcher.waker();
        let other = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(300));
            waker.wake(Hints::of(["/a/b".into()]));
            waker
        });
        assert_eq!(watcher.wait(&reader, Duration::ZERO), Some(Hints::of(["/a/b".into()])));
        assert_eq!(watcher.wait(&reader, Duration::ZERO), Some(Hints::everything()));
        other.join().unwrap().stop();
        assert_eq!(watcher.wait(&reader, Duration::ZERO), None);
    }

    #[test]
    fn what_is_none_of_the_site_wakes_nobody() {
        let (folder, reader, watcher) = watcher();
        let root = folder.path().canonicalize().unwrap();
        let wakes = |path: &str, kind| {
            let mut pending = Pending { places: reader.places().clone(), ..Pending::default() };
            pending.add(Ok(Event::new(kind).add_path(root.join(path))))
        };
        for path in ["public", "public/index.html", ".rungs/cache/x", ".git/index", "node_modules", "notes.md", ".public.rungs"] {
            assert!(!wakes(path, EventKind::Create(CreateKind::Any)), "{path} wakes");
        }
        for path in ["content", "site.toml", "i18n"] {
            assert!(wakes(path, EventKind::Remove(RemoveKind::Any)), "{path} does not wake");
            assert!(!wakes(path, EventKind::Access(AccessKind::Open(AccessMode::Any))), "opening {path} wakes");
        }
        drop(watcher);
    }
}
