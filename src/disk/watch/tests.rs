//! Watching: events that a system may send, and those that it must not wake anybody with.

use std::fs;

use notify::event::{AccessKind, AccessMode, CreateKind, Flag, RemoveKind};
use notify::{ErrorKind, EventKind};

use super::super::real::real_path;
use super::*;

const SOON: Duration = Duration::from_secs(30);

fn watcher() -> (tempfile::TempDir, Reader, Watcher) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("site.toml"), "").unwrap();
    let site = crate::disk::SiteFolder::at(folder.path()).unwrap().unwrap();
    let mut reader = Reader::new(&site, &folder.path().join("public"));
    reader.read(&Hints::default());
    let mut watcher = Watcher::start(Method::Events);
    assert_eq!(
        watcher.wait(&reader, SOON),
        Some(Hints::default()),
        "what happened before was not seen"
    );
    (folder, reader, watcher)
}

#[test]
fn overflow_and_errors_lead_to_everything() {
    let (_folder, reader, mut watcher) = watcher();
    watcher
        .shared
        .take(Ok(Event::new(EventKind::Other).set_flag(Flag::Rescan)));
    assert_eq!(watcher.wait(&reader, SOON), Some(Hints::everything()));
    watcher.shared.take(Err(notify::Error::generic("odd")));
    assert_eq!(watcher.wait(&reader, SOON), Some(Hints::everything()));
    assert!(watcher.note().is_none() && watcher.system.is_some());
}

#[test]
fn a_limit_of_the_system_leads_to_asking() {
    let (_folder, reader, mut watcher) = watcher();
    watcher
        .shared
        .take(Err(notify::Error::new(ErrorKind::MaxFilesWatch)));
    assert_eq!(watcher.wait(&reader, SOON), Some(Hints::everything()));
    assert!(
        watcher
            .note()
            .is_some_and(|note| note.contains("max_user_watches"))
            && watcher.note().is_none()
    );
    assert_eq!(watcher.wait(&reader, SOON), Some(Hints::default()));
}

#[test]
fn everything_is_hinted_at_once_when_nothing_happens() {
    let (_folder, reader, mut watcher) = watcher();
    assert_eq!(
        watcher.wait(&reader, Duration::ZERO),
        Some(Hints::everything())
    );
    let waker = watcher.waker();
    let other = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(300));
        waker.wake(Hints::of(["/a/b".into()]));
        waker
    });
    assert_eq!(
        watcher.wait(&reader, Duration::ZERO),
        Some(Hints::of(["/a/b".into()]))
    );
    assert_eq!(
        watcher.wait(&reader, Duration::ZERO),
        Some(Hints::everything())
    );
    other.join().unwrap().stop();
    assert_eq!(watcher.wait(&reader, Duration::ZERO), None);
}

#[test]
fn what_is_none_of_the_site_wakes_nobody() {
    let (folder, reader, watcher) = watcher();
    let root = real_path(folder.path()).unwrap();
    let wakes = |path: &str, kind| {
        let mut pending = Pending {
            places: reader.places().clone(),
            ..Pending::default()
        };
        pending.add(Ok(Event::new(kind).add_path(root.join(path))))
    };
    for path in [
        "public",
        "public/index.html",
        ".rungs/cache/x",
        ".git/index",
        "node_modules",
        "notes.md",
        ".public.rungs",
    ] {
        assert!(
            !wakes(path, EventKind::Create(CreateKind::Any)),
            "{path} wakes"
        );
    }
    for path in ["content", "site.toml", "i18n"] {
        assert!(
            wakes(path, EventKind::Remove(RemoveKind::Any)),
            "{path} does not wake"
        );
        assert!(
            !wakes(path, EventKind::Access(AccessKind::Open(AccessMode::Any))),
            "opening {path} wakes"
        );
    }
    drop(watcher);
}
