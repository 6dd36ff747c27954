//! Watching on real folders: whatever is saved, and however, what is shown comes to be what a fresh reading gives.
//! `BURSTS=1000 cargo test --lib bursts` makes as many bursts of edits; `SEED=7` makes one again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions};
use std::io::{Read as _, Seek as _, Write as _};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::super::{Hints, How, Looks, Reader, Reading, SiteFolder, Waker, Watcher, read};
use crate::diag::Diagnostic;
use crate::inputs;
use crate::path::SourcePath;

/// How many bursts every run of the tests makes.
const BURSTS: u64 = 40;
/// So long no machine needs.
const DEADLINE: Duration = Duration::from_secs(30);
/// Longer than any test: nothing may be found only because everything is read when nothing happens.
const NEVER: Duration = Duration::from_secs(3600);

/// What a reading says.
type Said = (BTreeMap<SourcePath, inputs::File>, Vec<Diagnostic>);

/// A site that is shown, as a preview does it.
struct Preview {
    folder: tempfile::TempDir,
    site: SiteFolder,
    shown: Arc<Mutex<Said>>,
    waker: Waker,
    thread: Option<JoinHandle<()>>,
    longest: Duration,
}

impl Preview {
    fn new(how: How) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap().join("site");
        for number in 0..6 {
            write(&root.join(format!("content/articles/a{number}.md")), &format!("article {number}"));
            write(&root.join(format!("content/roles/r{number}/role.toml")), &format!("title = {number}"));
        }
        for (path, text) in [("site.toml", "title"), ("static/a.css", "p {}"), ("themes/own/templates/page.html", "page"), ("shared/a.md", "shared")] {
            write(&root.join(path), text);
        }
        let site = SiteFolder::at(&root).unwrap().unwrap();
        let mut reader = Reader::new(&site, &root.join("public"));
        let mut watcher = Watcher::start(how);
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
        Self { folder, site, shown, waker, thread: Some(thread), longest: Duration::ZERO }
    }

    fn root(&self) -> PathBuf {
        self.folder.path().canonicalize().unwrap().join("site")
    }

    fn fresh(&self) -> Said {
        said_of(read(&self.site, &self.root().join("public"), None))
    }

    /// Waits until what is shown is what is there.
    #[track_caller]
    fn settles(&mut self, after: &str) {
        let (begun, fresh) = (Instant::now(), self.fresh());
        while *self.shown.lock().unwrap() != fresh {
            assert!(!self.thread.as_ref().unwrap().is_finished(), "the watcher died after {after}");
            let differ = || differences(&self.shown.lock().unwrap(), &fresh);
            assert!(begun.elapsed() < DEADLINE, "stale after {after}: {:?}", differ());
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

fn said(reading: Reading) -> Said {
    let Reading { inputs, faults, changed: _, hashed: _ } = reading;
    (inputs.iter().map(|(path, file)| (path.clone(), *file)).collect(), faults.into_sorted())
}

fn differences(one: &Said, other: &Said) -> BTreeSet<SourcePath> {
    let paths: BTreeSet<_> = one.0.keys().chain(other.0.keys()).filter(|path| one.0.get(*path) != other.0.get(*path)).cloned().collect();
    let faults = one.1.iter().filter(|it| !other.1.contains(it)).chain(other.1.iter().filter(|it| !one.1.contains(it)));
    paths.into_iter().chain(faults.map(|fault| fault.place.clone().unwrap().path)).collect()
}

/// Writes a file as `>` does, with the folders above it.
fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// A name, and what writes a text into a file.
type Way = (&'static str, fn(&Path, &str));

/// The ways of saving. Each gets a file and a new text; the file may be missing.
#[allow(clippy::type_complexity, reason = "a table of names and functions")]
const WAYS: [Way; 12] = [
    ("truncate and write", write),
    ("in place", |file, text| {
        let mut open = OpenOptions::new().write(true).create(true).truncate(false).open(file).unwrap();
        open.write_all(text.as_bytes()).unwrap();
        open.set_len(text.len() as u64).unwrap();
    }),
    ("append", |file, text| OpenOptions::new().append(true).create(true).open(file).unwrap().write_all(text.as_bytes()).unwrap()),
    ("vim: the old one is a backup", |file, text| {
        let (probe, backup) = (file.with_file_name("4913"), beside(file, "~"));
        write(&probe, "");
        fs::remove_file(probe).unwrap();
        let _ = fs::rename(file, &backup);
        write(file, text);
        let _ = fs::remove_file(backup);
    }),
    ("VS Code: another one is renamed over it", |file, text| {
        let temporary = beside(file, ".tmp");
        write(&temporary, text);
        fs::rename(temporary, file).unwrap();
    }),
    ("JetBrains: three names", |file, text| {
        let (temporary, old) = (beside(file, "___jb_tmp___"), beside(file, "___jb_old___"));
        write(&temporary, text);
        let _ = fs::rename(file, &old);
        fs::rename(temporary, file).unwrap();
        let _ = fs::remove_file(old);
    }),
    ("deleted and made again", |file, text| {
        let _ = fs::remove_file(file);
        write(file, text);
    }),
    ("copied over with the old time", |file, text| {
        let time = file.metadata().and_then(|about| about.modified()).ok();
        write(file, text);
        time.inspect(|time| File::options().write(true).open(file).unwrap().set_modified(*time).unwrap());
    }),
    ("renamed over with the old time", |file, text| {
        let time = file.metadata().and_then(|about| about.modified()).ok();
        let temporary = beside(file, ".tmp");
        write(&temporary, text);
        time.inspect(|time| File::options().write(true).open(&temporary).unwrap().set_modified(*time).unwrap());
        fs::rename(temporary, file).unwrap();
    }),
    ("another of the same size, with the old time", |file, _| {
        let Ok(mut open) = OpenOptions::new().read(true).write(true).open(file) else { return };
        let (time, mut text) = (open.metadata().unwrap().modified().unwrap(), vec![]);
        open.read_to_end(&mut text).unwrap();
        text.reverse();
        open.rewind().unwrap();
        open.write_all(&text).unwrap();
        open.set_modified(time).unwrap();
    }),
    ("a link to another file of old", |file, text| {
        let other = file.ancestors().find(|folder| folder.ends_with("site")).unwrap().join("other");
        write(&other, text);
        File::options().write(true).open(&other).unwrap().set_modified(std::time::UNIX_EPOCH + Duration::from_secs(1_000_000_000)).unwrap();
        let _ = fs::remove_file(file);
        fs::hard_link(&other, file).unwrap();
        fs::remove_file(other).unwrap();
    }),
    ("two writes of the same size", |file, text| {
        write(file, text);
        write(file, &text.chars().rev().collect::<String>());
    }),
];

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.file_name().unwrap().to_owned();
    name.push(ending);
    file.with_file_name(name)
}

#[test]
fn every_way_of_saving_is_seen() {
    let mut preview = Preview::new(How::Events);
    for (way, save) in WAYS {
        for path in ["content/articles/a1.md", "content/roles/r1/role.toml", "site.toml", "themes/own/templates/page.html", "content/articles/new.md"] {
            save(&preview.root().join(path), &format!("{way} {path}"));
            preview.settles(&format!("{way} of {path}"));
        }
        fs::remove_file(preview.root().join("content/articles/new.md")).unwrap_or_default();
        preview.settles("deletion");
    }
}

/// Numbers that a seed decides (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % end as u64).unwrap()
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// A file of the site that may be there.
    fn file(&mut self) -> String {
        let number = self.below(8);
        match self.below(7) {
            0 | 1 => format!("content/articles/a{number}.md"),
            2 => format!("content/roles/r{number}/role.toml"),
            3 => format!("content/new{}/deep/er/a{number}.md", number % 3),
            4 => format!("i18n/{}.toml", number % 2),
            5 => format!("static/{}/a{number}.css", number % 2),
            _ => ["site.toml", "themes/own/templates/page.html", "shared/a.md", "shared/deep/b.md"][number % 4].to_owned(),
        }
    }

    fn folder(&mut self) -> String {
        let all =
            ["content", "content/articles", "content/roles/r1", "content/new1", "content/new1/deep", "i18n", "static", "themes", "shared", "shared/deep", "."];
        (*self.one(&all)).to_owned()
    }
}

/// One random edit; its words are for the message of a failure.
fn edit(root: &Path, dice: &mut Dice) -> String {
    let (file, folder, number) = (dice.file(), dice.folder(), dice.below(1000));
    let (path, place) = (root.join(&file), root.join(&folder));
    let away = root.with_file_name("away");
    match dice.below(30) {
        0 | 1 => {
            let _ = fs::remove_file(path);
            format!("{file} is deleted")
        }
        2 | 3 => {
            let to = root.join(dice.folder()).join(format!("b{}", number % 3));
            let _ = fs::rename(&place, &to);
            format!("{folder} becomes {}", to.display())
        }
        4 => {
            let name = path.file_name().unwrap().to_str().unwrap();
            let other = if name.starts_with('a') { name.replace('a', "A") } else { name.to_uppercase() };
            let _ = fs::rename(&path, path.with_file_name(&other));
            let _ = if number % 2 == 0 { fs::rename(path.with_file_name(other), &path) } else { Ok(()) };
            format!("{file} in capitals")
        }
        5 => {
            let _ = fs::remove_dir_all(&place);
            format!("{folder} is deleted")
        }
        6 => {
            let _ = fs::remove_dir_all(&place);
            for number in 0..number % 5 {
                save(&place.join(format!("x/y{number}.md")), "again", &WAYS[0]);
            }
            format!("{folder} is made again")
        }
        7 => {
            for number in 0..60 {
                save(&root.join(format!("content/articles/a{number}.md")), &format!("branch {number}"), &WAYS[number % 2 * 6]);
            }
            "another branch".to_owned()
        }
        8 => {
            (0..60).step_by(dice.below(3) + 1).for_each(|number| _ = fs::remove_file(root.join(format!("content/articles/a{number}.md"))));
            "back to the old branch".to_owned()
        }
        9 => {
            let _ = fs::remove_dir_all(&away).and_then(|()| fs::rename(root, &away)).or_else(|_| fs::rename(root, &away));
            thread::sleep(Duration::from_millis([0, 5, 50, 400][number % 4]));
            let _ = if number % 3 == 0 { copy(&away, root) } else { fs::rename(&away, root) };
            "the site goes and comes".to_owned()
        }
        10 => {
            let to = *dice.one(&["../shared/a.md", "../shared", "../shared/deep", "a0.md", "../nowhere", "/etc", "..", "."]);
            let link = root.join("content").join(["link", "link.md"][number % 2]);
            let _ = fs::remove_file(&link);
            let _ = symlink(to, link);
            format!("a link to {to}")
        }
        11 => {
            let _ = fs::remove_file(&path);
            let _ = fs::create_dir_all(&path);
            format!("{file} is a folder")
        }
        12 => {
            let _ = fs::remove_dir_all(&path);
            format!("{file} is no folder")
        }
        13 => {
            save(&place.join("e\u{301}.md"), "one form", &WAYS[0]);
            save(&place.join(["\u{e9}.md", "x.md"][number % 2]), "another form", &WAYS[0]);
            format!("forms in {folder}")
        }
        14 => {
            save(&place.join([".a.md.swp", "a.md~", ".git/index", "nul\u{1}"][number % 4]), "litter", &WAYS[0]);
            format!("litter in {folder}")
        }
        _ => {
            let way = dice.one(&WAYS);
            save(&path, &format!("text {number}"), way);
            format!("{file}: {}", way.0)
        }
    }
}

/// Saves what can be saved: a folder may stand where the file was, or a file where the folder was.
fn save(path: &Path, text: &str, (_, way): &Way) {
    if fs::create_dir_all(path.parent().unwrap()).is_ok() && !path.is_dir() && !path.is_symlink() {
        way(path, text);
    }
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)?.map(Result::unwrap) {
        let to = to.join(entry.file_name());
        match entry.file_type()? {
            it if it.is_dir() => copy(&entry.path(), &to)?,
            it if it.is_symlink() => symlink(fs::read_link(entry.path())?, to)?,
            _ => fs::copy(entry.path(), to).map(drop)?,
        }
    }
    Ok(())
}

/// Bursts of edits, with pauses in and between them.
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
    let number = |name: &str| std::env::var(name).ok().map(|number| number.parse::<u64>().unwrap());
    let seeds = number("SEED").map_or(0..number("BURSTS").unwrap_or(BURSTS), |seed| seed..seed + 1);
    let mut longest = Duration::ZERO;
    for seed in seeds {
        let mut preview = Preview::new(How::Events);
        burst(&mut preview, seed);
        longest = longest.max(preview.longest);
    }
    eprintln!("the longest took {longest:?}");
}

#[test]
fn a_site_that_is_asked_is_seen_as_well() {
    let mut preview = Preview::new(How::Poll);
    burst(&mut preview, 1);
}

#[test]
fn what_looks_the_same_is_not_opened() {
    let preview = Preview::new(How::Poll);
    let site = SiteFolder::at(&preview.root()).unwrap().unwrap();
    let mut reader = Reader::new(&site, &preview.root().join("public"));
    let all = reader.read(&Hints::default()).hashed;
    assert_eq!(reader.read(&Hints::default()).hashed, all, "young files are opened again");
    thread::sleep(Duration::from_millis(2100));
    assert_eq!(reader.read(&Hints::default()).hashed, all, "they were hashed when they were young");
    assert_eq!(reader.read(&Hints::default()).hashed, 0);
    assert_eq!(reader.read(&Hints::of([preview.root().join("content/articles")])).hashed, 6);
    assert_eq!(reader.read(&Hints::of([preview.root().join("content/articles/a1.md"), preview.root().join("none")])).hashed, 1);
    assert_eq!(reader.read(&Hints::everything()).hashed, all);
    write(&preview.root().join("content/articles/a1.md"), "new");
    let reading = reader.read(&Hints::default());
    assert_eq!((reading.hashed, reading.changed.len()), (1, 1));
    assert_eq!(said(reading), said_of(read(&site, &preview.root().join("public"), None)));
}

#[test]
fn what_looks_as_it_did_to_another_process_is_not_opened() {
    let preview = Preview::new(How::Poll);
    let (root, site) = (preview.root(), SiteFolder::at(&preview.root()).unwrap().unwrap());
    let reader = || Reader::new(&site, &root.join("public"));
    let article = |number: usize| root.join(format!("content/articles/a{number}.md"));
    (1..4).for_each(|number| write(&article(number), &format!("text {number}")));
    let mut first = reader();
    first.read(&Hints::default());
    assert_eq!(first.looks().len(), 16, "of young files nothing is known");
    thread::sleep(Duration::from_millis(2100));
    first.read(&Hints::default());
    let read = |looks: &[u8]| {
        let mut next = reader();
        next.recall(Looks::from_bytes(looks).unwrap());
        let reading = next.read(&Hints::default());
        let hashed = reading.hashed;
        assert_eq!(said(reading), said_of(read(&site, &root.join("public"), None)));
        (hashed, next.looks())
    };
    let (hashed, looks) = read(&first.looks());
    assert_eq!((hashed, &looks[16..]), (0, &first.looks()[16..]));
    // Neither another text of the same size and time nor two files that change places is taken for what was there.
    let old = fs::metadata(article(1)).unwrap().modified().unwrap();
    write(&article(1), "TEXT 1");
    File::options().write(true).open(article(1)).unwrap().set_modified(old).unwrap();
    assert_eq!(read(&looks).0, 1);
    [(2, 9), (3, 2), (9, 3)].into_iter().for_each(|(from, to)| fs::rename(article(from), article(to)).unwrap());
    assert_eq!(read(&looks).0, 3);
    // A clock that went back proves nothing.
    let late = [&i128::MAX.to_le_bytes(), &looks[16..]].concat();
    assert_eq!(read(&late).0, looks.len() / 32);
    // Of looks that were cut short, the whole ones are known: those three files are opened and those that are missing.
    let cuts: Vec<usize> = (0..looks.len()).filter(|cut| Looks::from_bytes(&looks[..*cut]).is_some()).collect();
    assert_eq!(cuts, Vec::from_iter((16..looks.len()).step_by(32)));
    for cut in cuts {
        let missing = (looks.len() - cut) / 32;
        assert!((missing.max(3)..=missing + 3).contains(&read(&looks[..cut]).0), "{missing}");
    }
}

fn said_of((inputs, faults): (inputs::Inputs, crate::diag::Diagnostics)) -> Said {
    said(Reading { inputs, faults, changed: BTreeSet::new(), hashed: 0 })
}
