//! Watching real folders: whatever is saved, and however, the preview comes to show what a fresh
//! reading gives. `BURSTS=1000 cargo test --lib bursts` makes as many bursts of edits; `SEED=7`
//! repeats one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::super::watch::Waker;
use super::super::{Hints, Method, Reader, Reading, SiteFolder, Watcher, read};
use super::edits::{Dice, edit};
use super::saving::{WAYS, write};
use crate::diag::Diagnostic;
use crate::inputs;
use crate::path::SourcePath;

/// How many bursts of edits a run of the tests makes.
const BURSTS: u64 = 40;
/// Longer than any machine needs.
const DEADLINE: Duration = Duration::from_secs(30);
/// Longer than any test: no edit may be found only because everything is read when nothing happens.
const NEVER: Duration = Duration::from_secs(3600);

/// What a reading gives.
pub type Said = (BTreeMap<SourcePath, inputs::File>, Vec<Diagnostic>);

/// A site that is read again after each event, as in a preview.
pub struct Preview {
    folder: tempfile::TempDir,
    site: SiteFolder,
    shown: Arc<Mutex<Said>>,
    waker: Waker,
    thread: Option<JoinHandle<()>>,
    longest: Duration,
}

impl Preview {
    pub fn new(method: Method) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap().join("site");
        for number in 0..6 {
            write(
                &root.join(format!("content/articles/a{number}.md")),
                &format!("article {number}"),
            );
            write(
                &root.join(format!("content/roles/r{number}/role.toml")),
                &format!("title = {number}"),
            );
        }
        for (path, text) in [
            ("site.toml", "title"),
            ("static/a.css", "p {}"),
            ("themes/own/templates/page.html", "page"),
            ("shared/a.md", "shared"),
        ] {
            write(&root.join(path), text);
        }
        let site = SiteFolder::at(&root).unwrap().unwrap();
        let mut reader = Reader::new(&site, &root.join("public"));
        let mut watcher = Watcher::start(method);
        let shown = Arc::new(Mutex::new(said(reader.read(&Hints::default()))));
        let (waker, seen) = (watcher.waker(), shown.clone());
        let thread = thread::spawn(move || {
            while let Some(hints) = watcher.wait(&reader, NEVER) {
                let reading = reader.read(&hints);
                let changed = reading.changed.clone();
                let new = said(reading);
                let mut shown = seen.lock().unwrap();
                assert_eq!(changed, differences(&shown, &new), "what changed");
                *shown = new;
            }
        });
        Self {
            folder,
            site,
            shown,
            waker,
            thread: Some(thread),
            longest: Duration::ZERO,
        }
    }

    pub fn root(&self) -> PathBuf {
        self.folder.path().canonicalize().unwrap().join("site")
    }

    fn fresh(&self) -> Said {
        said_of(read(&self.site, &self.root().join("public"), None))
    }

    /// Waits until the preview shows what is on the disk.
    #[track_caller]
    fn settles(&mut self, after: &str) {
        let (begun, fresh) = (Instant::now(), self.fresh());
        while *self.shown.lock().unwrap() != fresh {
            assert!(
                !self.thread.as_ref().unwrap().is_finished(),
                "the watcher died after {after}"
            );
            let differ = || differences(&self.shown.lock().unwrap(), &fresh);
            assert!(
                begun.elapsed() < DEADLINE,
                "stale after {after}: {:?}",
                differ()
            );
            thread::sleep(Duration::from_millis(2));
        }
        self.longest = self.longest.max(begun.elapsed());
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        self.waker.stop();
        let ended = self.thread.take().unwrap().join();
        assert!(thread::panicking() || ended.is_ok());
    }
}

pub fn said(reading: Reading) -> Said {
    let Reading {
        inputs,
        diagnostics,
        changed: _,
        hashed: _,
    } = reading;
    (
        inputs
            .iter()
            .map(|(path, file)| (path.clone(), *file))
            .collect(),
        diagnostics.into_sorted(),
    )
}

fn differences(one: &Said, other: &Said) -> BTreeSet<SourcePath> {
    let paths: BTreeSet<_> = one
        .0
        .keys()
        .chain(other.0.keys())
        .filter(|path| one.0.get(*path) != other.0.get(*path))
        .cloned()
        .collect();
    let diagnostics = one
        .1
        .iter()
        .filter(|it| !other.1.contains(it))
        .chain(other.1.iter().filter(|it| !one.1.contains(it)));
    paths
        .into_iter()
        .chain(diagnostics.map(|it| it.place.clone().unwrap().path))
        .collect()
}

#[test]
fn every_way_of_saving_is_seen() {
    let mut preview = Preview::new(Method::Events);
    for way in WAYS {
        for path in [
            "content/articles/a1.md",
            "content/roles/r1/role.toml",
            "site.toml",
            "themes/own/templates/page.html",
            "content/articles/new.md",
        ] {
            let name = way.name;
            (way.save)(&preview.root().join(path), &format!("{name} {path}"));
            preview.settles(&format!("{name} of {path}"));
        }
        fs::remove_file(preview.root().join("content/articles/new.md")).unwrap_or_default();
        preview.settles("deletion");
    }
}

/// Makes bursts of edits, with pauses in and between them.
fn burst(preview: &mut Preview, seed: u64) {
    let mut dice = Dice(seed);
    for _ in 0..3 {
        let mut edits = vec![format!("seed {seed}")];
        for _ in 0..=dice.below(8) {
            edits.push(edit(&preview.root(), &mut dice));
            thread::sleep(Duration::from_millis([0, 0, 0, 1, 9, 30][dice.below(6)]));
        }
        preview.settles(&edits.join("\n"));
    }
}

#[test]
fn bursts_of_edits_are_seen_to_their_end() {
    let number = |name: &str| {
        std::env::var(name)
            .ok()
            .map(|number| number.parse::<u64>().unwrap())
    };
    let seeds = number("SEED").map_or(0..number("BURSTS").unwrap_or(BURSTS), |seed| seed..seed + 1);
    let mut longest = Duration::ZERO;
    for seed in seeds {
        let mut preview = Preview::new(Method::Events);
        burst(&mut preview, seed);
        longest = longest.max(preview.longest);
    }
    eprintln!("the longest took {longest:?}");
}

#[test]
fn a_polled_site_is_seen_as_well() {
    let mut preview = Preview::new(Method::Poll);
    burst(&mut preview, 1);
}

pub fn said_of((inputs, diagnostics): (inputs::Inputs, crate::diag::Diagnostics)) -> Said {
    said(Reading {
        inputs,
        diagnostics,
        changed: BTreeSet::new(),
        hashed: 0,
    })
}
