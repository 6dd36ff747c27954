//! The spare tree: the site before the published one, or what a killed build made of it. Files come in in the order of their
//! paths; what is there already stays, the rest is linked from the published tree or written, and what is left over goes.
//!
//! Trees share their files, so no file is ever written to: it is deleted and made anew. Before a path of which the manifest
//! knows nothing comes into the tree, it is noted in the log: after a kill it is known to be ours.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io;
use std::ops::Bound;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::files::{Fault, Files};
use super::manifest::{Fact, Manifest, Stat, Verdict};
use super::output::{Output, Refusal};
use super::staging::Entry;
use super::tree::{self, Found, Listing};
use crate::digest::Digest;
use crate::path::OutPath;

pub struct Spare<'a> {
    output: &'a Output,
    files: &'a Files,
    root: PathBuf,
    log: Option<File>,
    /// What is in the tree and was not asked for yet, with its inodes: what stays here goes.
    left: BTreeMap<OutPath, u64>,
    folders: BTreeSet<String>,
    /// Whether an inode of this tree is that of the published one.
    shares_inodes: bool,
    /// What its folders held; those that are changed look otherwise then.
    pub listings: Vec<Listing>,
    /// What was asked for, in the order of the paths.
    pub wanted: Vec<(OutPath, Fact)>,
}

/// Makes a spare tree of the files that are published, as far as they are ours. Folders come with those above them first.
pub(super) fn link_all(output: &Output, folders: &[String], published: &[Entry]) -> Result<Found<u64>, Fault> {
    let (root, files) = (output.spare_tree(), &output.files);
    files.make_folder(&root)?;
    folders.iter().try_for_each(|folder| files.make_folder(&root.join(folder)))?;
    let ours = published.par_iter().filter(|entry| entry.digest.is_some());
    let link = |Entry { path, stat, .. }: &Entry| {
        files.link(&output.tree.join(path.as_str()), &root.join(path.as_str()))?;
        Ok((path.clone(), stat.inode))
    };
    Ok(Found { files: ours.map(link).collect::<Result<_, Fault>>()?, folders: folders.to_vec(), odd: vec![], listings: vec![] })
}

impl<'a> Spare<'a> {
    /// Takes the tree as it was found, any or none; refuses when there is anything in it that Rungs did not write.
    pub fn open(output: &'a Output, found: Found<u64>, known: &Manifest) -> Result<Self, Refusal> {
        let root = output.spare_tree();
        let Found { files, folders, odd, listings } = found;
        let foreign = files.iter().filter(|(path, _)| !known.has(path) && !tree::is_litter(path)).map(|(path, _)| path.as_str().to_owned());
        output.refuse_at(&root, foreign.chain(odd).collect())?;
        output.files.make_folder(&root)?;
        let (left, folders) = (files.into_iter().collect(), folders.into_iter().collect());
        let shares_inodes = is_one_device(&output.tree, &root);
        Ok(Self { output, files: &output.files, root, log: None, left, folders, shares_inodes, listings, wanted: vec![] })
    }

    /// Has a file as it is in the published tree.
    pub fn keep(&mut self, path: &OutPath, fact: Fact, known: &Manifest) -> Result<(), Fault> {
        let Fact { digest, stat } = fact;
        self.clear_way(path)?;
        let file = self.root.join(path.as_str());
        if let Some(inode) = self.left.remove(path) {
            let is_same = self.shares_inodes && inode != 0 && inode == stat.inode;
            let there = if is_same { stat } else { file.symlink_metadata().map_or(Stat::NONE, |about| Stat::of(&about)) };
            // A copy has its own inode; its time is that of the published file.
            let is_copy = there.size == stat.size && there.modified == stat.modified && known.verdict(path, &there) == Verdict::Sure(digest);
            if there.is(&stat) || is_copy {
                self.wanted.push((path.clone(), Fact { digest, stat: there }));
                return Ok(());
            }
            self.files.remove_file(&file)?;
        }
        self.make_folder_of(path)?;
        self.note(path, known)?;
        let from = self.output.tree.join(path.as_str());
        let stat = match self.files.link(&from, &file) {
            Ok(()) => stat,
            Err(fault) if no_link(&fault.error) => self.files.copy(&from, &file)?,
            Err(fault) => return Err(fault),
        };
        self.wanted.push((path.clone(), Fact { digest, stat }));
        Ok(())
    }

    /// Has a new file.
    pub fn write(&mut self, path: &OutPath, digest: Digest, bytes: &[u8], known: &Manifest) -> Result<(), Fault> {
        self.clear_way(path)?;
        let file = self.root.join(path.as_str());
        if self.left.remove(path).is_some() {
            self.files.remove_file(&file)?;
        }
        self.make_folder_of(path)?;
        self.note(path, known)?;
        let stat = self.files.write_new(&file, bytes)?;
        self.wanted.push((path.clone(), Fact { digest, stat }));
        Ok(())
    }

    /// Deletes what nobody asked for, and the folders that are empty then.
    pub fn finish(&mut self) -> Result<(), Fault> {
        while let Some((old, _)) = self.left.pop_first() {
            self.files.remove_file(&self.root.join(old.as_str()))?;
        }
        for folder in self.folders.iter().rev() {
            let inside = format!("{folder}/");
            let first = self.wanted.partition_point(|(path, _)| path.as_str() < inside.as_str());
            if !self.wanted.get(first).is_some_and(|(path, _)| path.as_str().starts_with(&inside)) {
                self.files.remove_folder(&self.root.join(folder))?;
            }
        }
        Ok(())
    }

    /// Deletes what comes before a path, and what is below a folder of its name.
    fn clear_way(&mut self, path: &OutPath) -> Result<(), Fault> {
        while let Some(first) = self.left.first_entry().filter(|first| first.key() < path) {
            let old = first.remove_entry().0;
            self.files.remove_file(&self.root.join(old.as_str()))?;
        }
        if !self.folders.contains(path.as_str()) {
            return Ok(());
        }
        let inside = format!("{}/", path.as_str());
        let below: Vec<OutPath> = self.left.keys().filter(|old| old.as_str().starts_with(&inside)).cloned().collect();
        for old in below {
            self.left.remove(&old);
            self.files.remove_file(&self.root.join(old.as_str()))?;
        }
        let below = |folder: &&String| folder.as_str() == path.as_str() || folder.starts_with(&inside);
        let folders: Vec<String> = self.folders.range::<str, _>((Bound::Included(path.as_str()), Bound::Unbounded)).filter(below).cloned().collect();
        for folder in folders.into_iter().rev() {
            self.files.remove_folder(&self.root.join(&folder))?;
            self.folders.remove(&folder);
        }
        Ok(())
    }

    fn make_folder_of(&mut self, path: &OutPath) -> Result<(), Fault> {
        let Some((folder, _)) = path.as_str().rsplit_once('/').filter(|(folder, _)| !self.folders.contains(*folder)) else { return Ok(()) };
        let ends = folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]);
        for part in ends.map(|end| &folder[..end]) {
            if !self.folders.contains(part) {
                self.files.make_folder(&self.root.join(part))?;
                self.folders.insert(part.to_owned());
            }
        }
        Ok(())
    }

    /// Notes in the log that a path is ours, unless that is known.
    fn note(&mut self, path: &OutPath, known: &Manifest) -> Result<(), Fault> {
        if known.has(path) {
            return Ok(());
        }
        let name = self.output.log_path();
        let log = match &mut self.log {
            Some(log) => log,
            None => {
                let mut log = self.files.open_log(&name)?;
                // The last line of a killed build may be torn.
                self.files.append(&mut log, &name, "\n")?;
                self.log.insert(log)
            }
        };
        self.files.append(log, &name, &Manifest::log_line(path))
    }
}

#[cfg(unix)]
fn is_one_device(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let device = |folder: &Path| folder.metadata().ok().map(|about| about.dev());
    device(one).is_some() && device(one) == device(other)
}

#[cfg(not(unix))]
fn is_one_device(_: &Path, _: &Path) -> bool {
    false
}

/// Whether an error says that a file cannot have a second name here, which a copy can do without.
pub(super) fn no_link(error: &io::Error) -> bool {
    use io::ErrorKind::{CrossesDevices, InvalidInput, PermissionDenied, TooManyLinks, Unsupported};
    matches!(error.kind(), CrossesDevices | InvalidInput | PermissionDenied | TooManyLinks | Unsupported)
}
