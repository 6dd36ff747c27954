//! Reading: a site folder on disk comes in, `Inputs` go out, and a fault for all that cannot be taken. A `Reader` reads
//! again and again, and opens only files that may have other bytes than before. The walk itself is `walk`'s.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::Cache;
use super::SiteFolder;
use super::hints::Hints;
use super::look::{self, Look, Moment};
use super::looks::Looks;
use super::names::{LARGEST_TEXT, is_text};
use super::places::Places;
use super::walk::{Entry, File, Folder, Kind, Walk, unreadable};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::digest::Digest;
use crate::inputs::{self, Inputs};
use crate::path::SourcePath;

/// Reads the names and digests of all files of a site. `output` is where its pages go, which no link may lead into. Files that
/// look as they did when the cache was saved are not opened.
pub fn read(site: &SiteFolder, output: &Path, cache: Option<&Cache>) -> (Inputs, Diagnostics) {
    let mut reader = Reader::new(site, output);
    reader.recall(cache.map(Cache::looks).unwrap_or_default());
    let Reading { inputs, faults, changed: _, hashed } = reader.read(&Hints::default());
    // Where no file was opened, what the cache knows of them is all that there is to know.
    if let Some(cache) = cache.filter(|_| hashed > 0) {
        cache.keep_looks(reader.looks());
    }
    (inputs, faults)
}

/// What a site's folder holds at a moment.
pub struct Reading {
    pub inputs: Inputs,
    pub faults: Diagnostics,
    /// Files that are new, gone or have other bytes than at the reading before, and places of faults that came or went.
    pub changed: BTreeSet<SourcePath>,
    /// How many files were opened.
    pub hashed: usize,
}

/// Reads a site again and again, by its path: the folder may go and come back.
pub struct Reader {
    site: PathBuf,
    output: PathBuf,
    /// What another process found, until this one has looked.
    looks: Looks,
    /// What stood in each folder at the last reading.
    folders: BTreeMap<PathBuf, Vec<Entry>>,
    files: Arc<Files>,
    faults: BTreeSet<Diagnostic>,
    places: Arc<Places>,
    disk: Arc<Disk>,
}

type Files = BTreeMap<SourcePath, inputs::File>;

impl Reader {
    /// Nothing is read yet.
    pub fn new(site: &SiteFolder, output: &Path) -> Self {
        let (site, output) = (site.path().to_owned(), output.to_owned());
        let disk = Arc::new(Disk { site: site.clone(), renamed: BTreeMap::new() });
        Self { site, output, looks: Looks::default(), folders: BTreeMap::new(), files: Arc::default(), faults: BTreeSet::new(), places: Arc::default(), disk }
    }

    /// Takes what another process found for known: files that look the same need not be opened.
    pub fn recall(&mut self, looks: Looks) {
        self.looks = looks;
    }

    /// What the files of the last reading looked like, as bytes for the next process.
    pub fn looks(&self) -> Vec<u8> {
        Looks::to_bytes(self.folders.values().flatten().filter_map(|entry| Some((&entry.path, entry.known()?))), look::now())
    }

    /// What `read` gives at this moment. Hashed are files that look new or are too young to be known by their looks, and
    /// those that are hinted at.
    pub fn read(&mut self, hints: &Hints) -> Reading {
        let now = look::now();
        let output = self.output.canonicalize().unwrap_or_else(|_| self.output.clone());
        let mut folders = Walk { site: &self.site, output: &output }.folders(&self.folders);
        let hashed = hash(&mut folders, &std::mem::take(&mut self.looks), hints, now);
        let Whole { files, renamed, faults } = Whole::of(&folders);
        let said = faults.symmetric_difference(&self.faults).filter_map(|fault| fault.place.as_ref().map(|place| place.path.clone()));
        let mut changed = differences(&self.files, &files);
        changed.extend(said);
        let places = Places::of(&self.site, &folders);
        if places != *self.places {
            self.places = Arc::new(places);
        }
        (self.files, self.faults) = (Arc::new(files), faults.clone());
        self.folders = folders.into_iter().map(|folder| (folder.place.path.clone(), folder.entries)).collect();
        self.disk = Arc::new(Disk { site: self.site.clone(), renamed });
        let inputs = Inputs::new(self.files.clone(), self.disk.clone());
        Reading { inputs, faults: Vec::from_iter(faults).into(), changed, hashed }
    }

    /// The last reading with the bytes of the files that are hinted at, as long as these are the files that they were: a few
    /// files are looked at instead of all. What else may have happened is not seen, so that a `read` must follow.
    pub fn glance(&mut self, hints: &Hints) -> Option<Reading> {
        let mut seen = vec![];
        for (folder, name) in hints.single()? {
            let place = folder.join(name);
            let about = place.symlink_metadata();
            let entry = self.folders.get(folder).and_then(|entries| entries.iter().position(|entry| entry.name == *name));
            let Some(index) = entry else {
                // What editors write beside a file is mostly gone again.
                if about.is_ok() { return None } else { continue }
            };
            let entry = &self.folders.get(folder)?[index];
            let Kind::File(File { target: None, known: Some(Known { bytes: Ok(old), .. }), .. }) = &entry.kind else { return None };
            let (about, at) = (about.ok().filter(fs::Metadata::is_file)?, look::now());
            let file = measure(&entry.path, &place)?.ok()?;
            if file != *old {
                seen.push((folder.to_owned(), index, entry.path.clone(), Known { bytes: Ok(file), look: Look::of(&about), at }));
            }
        }
        let mut changed = BTreeSet::new();
        let hashed = seen.len();
        for (folder, index, path, known) in seen {
            let Kind::File(file) = &mut self.folders.get_mut(&folder)?[index].kind else { return None };
            Arc::make_mut(&mut self.files).insert(path.clone(), known.bytes.clone().ok()?);
            (file.look, file.known) = (known.look, Some(known));
            changed.insert(path);
        }
        let inputs = Inputs::new(self.files.clone(), self.disk.clone());
        Some(Reading { inputs, faults: Vec::from_iter(self.faults.clone()).into(), changed, hashed })
    }

    /// What must be watched to know when to read again.
    pub fn places(&self) -> &Arc<Places> {
        &self.places
    }
}

/// What the bytes of a file were when they were hashed.
#[derive(Clone, Debug)]
pub struct Known {
    pub(super) bytes: Result<inputs::File, Arc<Diagnostic>>,
    pub(super) look: Look,
    pub(super) at: Moment,
}

impl Known {
    /// Whether the file need not be opened. What could not be read is tried again each time.
    fn holds(&self, look: Look, now: Moment) -> bool {
        self.look == look && look.proves(self.at, now) && !self.bytes.as_ref().is_err_and(|fault| fault.code == Code::UnreadableFile)
    }
}

/// Hashes all files whose bytes may be others than before; answers how many these are.
fn hash(folders: &mut [Folder], looks: &Looks, hints: &Hints, now: Moment) -> usize {
    let doubtful = folders.iter_mut().flat_map(|Folder { place, entries, .. }| {
        let covered = hints.cover(&place.real);
        let named = hints.names_in(&place.real);
        entries.iter_mut().filter_map(move |Entry { name, path, kind }| {
            let Kind::File(file) = kind else { return None };
            let hinted = covered || named.is_some_and(|names| names.contains(name)) || file.target.as_ref().is_some_and(|target| hints.cover(target));
            file.known = file.known.take().or_else(|| looks.get(path, file.look));
            let sure = !hinted && file.known.as_ref().is_some_and(|known| known.holds(file.look, now));
            (!sure).then(|| (place.path.join(name), path, file))
        })
    });
    let doubtful: Vec<_> = doubtful.collect();
    let count = doubtful.len();
    doubtful.into_par_iter().for_each(|(place, path, file)| {
        file.known = measure(path, &place).map(|bytes| Known { bytes: bytes.map_err(Arc::new), look: file.look, at: now });
    });
    count
}

/// What a walk amounts to.
struct Whole {
    files: Files,
    /// Files whose names on disk are not in Unicode NFC.
    renamed: BTreeMap<SourcePath, PathBuf>,
    faults: BTreeSet<Diagnostic>,
}

impl Whole {
    fn of(folders: &[Folder]) -> Self {
        let mut found: Vec<_> = folders.iter().flat_map(|folder| folder.entries.iter().map(move |entry| (entry, &*folder.place))).collect();
        // Those of the same path stay in the order of the walk.
        found.sort_by(|(a, _), (b, _)| a.path.cmp(&b.path));
        let mut faults: BTreeSet<_> = folders.iter().flat_map(|folder| &folder.faults).cloned().collect();
        let (mut files, mut renamed) = (Vec::with_capacity(found.len()), BTreeMap::new());
        let mut last: Option<&Entry> = None;
        for (entry, place) in found {
            let Kind::File(File { known: Some(known), .. }) = &entry.kind else { continue };
            if let Some(last) = last.filter(|last| last.path == entry.path) {
                faults.insert(same_name(last, entry));
                continue;
            }
            last = Some(entry);
            match &known.bytes {
                Ok(file) => files.push((entry.path.clone(), *file)),
                Err(fault) => _ = faults.insert((**fault).clone()),
            }
            if !place.is_plain || entry.name.to_str() != Some(entry.path.name()) {
                renamed.insert(entry.path.clone(), place.path.join(&entry.name));
            }
        }
        Self { files: files.into_iter().collect(), renamed, faults }
    }
}

/// The paths of which two maps differ.
fn differences(old: &Files, new: &Files) -> BTreeSet<SourcePath> {
    let (mut old, mut new) = (old.iter().peekable(), new.iter().peekable());
    let mut found = BTreeSet::new();
    loop {
        let order = match (old.peek(), new.peek()) {
            (Some((a, _)), Some((b, _))) => a.cmp(b),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => return found,
        };
        let (one, other) = (old.next_if(|_| order.is_le()), new.next_if(|_| order.is_ge()));
        if one != other {
            found.extend(one.or(other).map(|(path, _)| path.clone()));
        }
    }
}

/// Reads files again.
struct Disk {
    site: PathBuf,
    renamed: BTreeMap<SourcePath, PathBuf>,
}

impl inputs::Read for Disk {
    fn read(&self, path: &SourcePath) -> Result<Vec<u8>, String> {
        let file = self.renamed.get(path).cloned().unwrap_or_else(|| self.site.join(path.as_str()));
        fs::read(file).map_err(|error| error.to_string())
    }
}

/// The digest and size of a file; none when it is gone. Text is held to a limit; other files may be of any size.
fn measure(path: &SourcePath, file: &Path) -> Option<Result<inputs::File, Diagnostic>> {
    let limit = if is_text(&path.extension().to_ascii_lowercase()) { LARGEST_TEXT } else { u64::MAX };
    let read = || fs::File::open(file).and_then(|file| Digest::of_stream(file.take(limit.saturating_add(1))));
    Some(match read() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
        Err(error) => Err(unreadable(path, &error)),
        Ok((_, size)) if size > limit => {
            let message = format!("this text file is larger than {} MiB, the most that Rungs reads", LARGEST_TEXT / 1024 / 1024);
            Err(Diagnostic::error(Code::TooLarge, message)
                .at_file(path)
                .help("split it into several files; what visitors shall download goes to static/ in a compressed form"))
        }
        Ok((digest, size)) => Ok(inputs::File { digest, size }),
    })
}

/// Two files that have one name in two Unicode forms: in an address they are the same.
fn same_name(one: &Entry, other: &Entry) -> Diagnostic {
    let message = format!("two files have this name, once as \"{}\" and once as \"{}\": in an address they are the same", form(&one.name), form(&other.name));
    Diagnostic::error(Code::SameUrl, message).at_file(&one.path).help("delete or rename one of them")
}

/// A file's name with all that is not ASCII written out, because the forms of Unicode look the same.
fn form(name: &OsStr) -> String {
    name.to_string_lossy().chars().map(|c| if c.is_ascii() { c.to_string() } else { c.escape_unicode().to_string() }).collect()
}
