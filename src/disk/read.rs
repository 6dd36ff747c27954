//! Reading: a site folder on disk comes in; [`Inputs`] go out, with a diagnostic for everything
//! that cannot be read. A [`Reader`] reads again and again, and opens only files that may have
//! changed. The walk through the folder is in [`super::source_tree`].

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Cache;
use super::SiteFolder;
use super::contents::{Contents, Files};
use super::hash::{Hashed, hash_changed, measure};
use super::held::Patience;
use super::hints::Hints;
use super::places::Places;
use super::real::real_path;
use super::source_tree::{Entry, File, Kind, SourceTree};
use super::stamp::{self, Stamp};
use super::stat_cache::StatCache;
use crate::diag::{Diagnostic, Diagnostics};
use crate::inputs::{self, Inputs};
use crate::path::SourcePath;

/// Reads the names and digests of all files of a site.
///
/// `output` is the folder of the finished site, which no link may lead into. Files with the stamps
/// that the cache's stat cache has are not opened.
pub fn read(site: &SiteFolder, output: &Path, cache: Option<&Cache>) -> (Inputs, Diagnostics) {
    let mut reader = Reader::new(site, output);
    reader.recall(cache.map(Cache::stat_cache).unwrap_or_default());
    let reading = reader.read(&Hints::default());
    // Where no file was opened, the cache knows everything already.
    if let Some(cache) = cache.filter(|_| reading.hashed > 0) {
        cache.keep_stat_cache(reader.stat_cache());
    }
    (reading.inputs, reading.diagnostics)
}

/// What a site's folder holds at a moment.
pub struct Reading {
    pub inputs: Inputs,
    pub diagnostics: Diagnostics,
    /// Files that are new, gone or have other bytes than at the reading before, and files with
    /// diagnostics that came or went.
    pub changed: BTreeSet<SourcePath>,
    /// How many files were opened.
    pub hashed: usize,
}

/// Reads a site again and again, by its path: the folder may go and come back.
pub struct Reader {
    site: PathBuf,
    output: PathBuf,
    /// What another process found, until this one has looked.
    stat_cache: StatCache,
    /// What stood in each folder at the last reading.
    folders: BTreeMap<PathBuf, Vec<Entry>>,
    files: Arc<Files>,
    diagnostics: BTreeSet<Diagnostic>,
    places: Arc<Places>,
    disk: Arc<Disk>,
}

impl Reader {
    /// Returns a reader that has not read anything yet.
    pub fn new(site: &SiteFolder, output: &Path) -> Self {
        let (site, output) = (site.path().to_owned(), output.to_owned());
        let disk = Arc::new(Disk {
            site: site.clone(),
            renamed: BTreeMap::new(),
        });
        Self {
            site,
            output,
            stat_cache: StatCache::default(),
            folders: BTreeMap::new(),
            files: Arc::default(),
            diagnostics: BTreeSet::new(),
            places: Arc::default(),
            disk,
        }
    }

    /// Takes over what another process found: files with the same stamps need not be opened.
    pub fn recall(&mut self, stat_cache: StatCache) {
        self.stat_cache = stat_cache;
    }

    /// Returns the stamps and digests of the last reading, as bytes for the next process.
    pub fn stat_cache(&self) -> Vec<u8> {
        let hashed = self
            .folders
            .values()
            .flatten()
            .filter_map(|entry| Some((&entry.path, entry.hashed()?)));
        StatCache::to_bytes(hashed, stamp::now())
    }

    /// Reads the whole site as [`read`] does.
    ///
    /// Hashed are files with new stamps, files with stamps that prove nothing yet, and those that
    /// are hinted at.
    pub fn read(&mut self, hints: &Hints) -> Reading {
        let now = stamp::now();
        let output = real_path(&self.output);
        let tree = SourceTree {
            site: &self.site,
            output: output.as_deref().unwrap_or(&self.output),
            before: &self.folders,
        };
        let mut folders = tree.folders();
        let stat_cache = std::mem::take(&mut self.stat_cache);
        let hashed = hash_changed(&mut folders, &stat_cache, hints, now);
        let Contents {
            files,
            renamed,
            diagnostics,
        } = Contents::of(&folders);
        let mut changed = differences(&self.files, &files);
        changed.extend(
            diagnostics
                .symmetric_difference(&self.diagnostics)
                .filter_map(|diagnostic| Some(diagnostic.place.as_ref()?.path.clone())),
        );
        let places = Places::of(&self.site, &folders);
        if places != *self.places {
            self.places = Arc::new(places);
        }
        self.files = Arc::new(files);
        self.diagnostics = diagnostics;
        self.folders = folders
            .into_iter()
            .map(|folder| (folder.place.path.clone(), folder.entries))
            .collect();
        self.disk = Arc::new(Disk {
            site: self.site.clone(),
            renamed,
        });
        self.reading(changed, hashed)
    }

    /// Returns the last reading with the new bytes of the files that are hinted at: a few files are
    /// looked at instead of all.
    ///
    /// Returns `None` if a file is hinted at that was not read before, is gone or is no plain file.
    /// What else may have happened is not seen, so that a [`Reader::read`] must follow.
    pub fn glance(&mut self, hints: &Hints) -> Option<Reading> {
        let mut edits = vec![];
        for (folder, name) in hints.single()? {
            match self.glance_at(folder, name) {
                Glance::Same => {}
                Glance::Edited(edit) => edits.push(edit),
                Glance::Unclear => return None,
            }
        }
        let hashed = edits.len();
        let mut changed = BTreeSet::new();
        for edit in edits {
            let entry = &mut self.folders.get_mut(&edit.folder)?[edit.index];
            let Kind::File(file) = &mut entry.kind else {
                return None;
            };
            file.stamp = edit.hashed.stamp;
            file.known = Some(edit.hashed);
            Arc::make_mut(&mut self.files).insert(entry.path.clone(), edit.file);
            changed.insert(entry.path.clone());
        }
        Some(self.reading(changed, hashed))
    }

    fn glance_at(&self, folder: &Path, name: &OsString) -> Glance {
        let place = folder.join(name);
        let metadata = place.symlink_metadata();
        let entries = self.folders.get(folder).map_or(&[][..], Vec::as_slice);
        let Some(index) = entries.iter().position(|entry| entry.name == *name) else {
            // What editors write beside a file is mostly gone again.
            return match metadata {
                Ok(_) => Glance::Unclear,
                Err(_) => Glance::Same,
            };
        };
        let entry = &entries[index];
        let Kind::File(File {
            target: None,
            known: Some(Hashed { bytes: Ok(old), .. }),
            ..
        }) = &entry.kind
        else {
            return Glance::Unclear;
        };
        let Some(metadata) = metadata.ok().filter(fs::Metadata::is_file) else {
            return Glance::Unclear;
        };
        let at = stamp::now();
        let Some(Ok(file)) = measure(&Patience::to_read(), &entry.path, &place) else {
            return Glance::Unclear;
        };
        if file == *old {
            return Glance::Same;
        }
        Glance::Edited(Edit {
            folder: folder.to_owned(),
            index,
            file,
            hashed: Hashed {
                bytes: Ok(file),
                stamp: Stamp::of(&metadata),
                at,
            },
        })
    }

    fn reading(&self, changed: BTreeSet<SourcePath>, hashed: usize) -> Reading {
        Reading {
            inputs: Inputs::new(self.files.clone(), self.disk.clone()),
            diagnostics: Vec::from_iter(self.diagnostics.clone()).into(),
            changed,
            hashed,
        }
    }

    /// Returns what must be watched to know when to read again.
    pub fn places(&self) -> &Arc<Places> {
        &self.places
    }
}

/// What a glance at one file shows.
enum Glance {
    /// The bytes are as they were, or a file that was never read is gone again.
    Same,
    Edited(Edit),
    /// Only a reading of the whole site can tell.
    Unclear,
}

/// A file with new bytes.
struct Edit {
    folder: PathBuf,
    /// Which entry of the folder it is.
    index: usize,
    file: inputs::File,
    hashed: Hashed,
}

/// Returns the paths in which two maps differ.
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
        let one = old.next_if(|_| order.is_le());
        let other = new.next_if(|_| order.is_ge());
        if one != other {
            found.extend(one.or(other).map(|(path, _)| path.clone()));
        }
    }
}

/// Reads the bytes of a site's files.
struct Disk {
    site: PathBuf,
    /// Where files are whose names on disk are not those that the site knows them by.
    renamed: BTreeMap<SourcePath, PathBuf>,
}

impl inputs::Read for Disk {
    fn read(&self, path: &SourcePath) -> io::Result<Vec<u8>> {
        let file = self
            .renamed
            .get(path)
            .cloned()
            .unwrap_or_else(|| self.site.join(path.as_str()));
        fs::read(file)
    }
}
