//! The spare tree: the previous site, or what a killed build made of it. Files come in in the order
//! of their paths; a file that is there already stays, the rest is linked from the published tree
//! or written, and what is left over is deleted.
//!
//! Both trees share their files by hard links, so no file is ever written to: it is deleted and
//! made anew. A path that the manifest does not list is noted in the log before it comes into the
//! tree, so that after a kill it is known to be ours.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io;
use std::ops::Bound;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::error::DiskError;
use super::files::Files;
use super::listings::Listing;
use super::manifest::{Content, Manifest, Written};
use super::output::{Output, Refusal};
use super::output_tree::{self, Found};
use super::stamp::Stamp;
use super::survey::{PublishedFile, Survey};
use crate::digest::Digest;
use crate::path::OutPath;

/// The tree that becomes the published one.
pub struct Spare<'a> {
    output: &'a Output,
    files: &'a Files,
    root: PathBuf,
    /// Opened with the first path that is noted.
    log: Option<File>,
    /// The inodes of files that are in the tree and that nobody asked for yet. What stays here is
    /// deleted.
    left: BTreeMap<OutPath, u64>,
    folders: BTreeSet<String>,
    /// Whether an inode of this tree can be that of a published file.
    shares_inodes: bool,
    /// What its folders held. A folder that is changed has another stamp then, and so another key.
    pub listings: Vec<Listing>,
    /// What was asked for, in the order of the paths.
    pub wanted: Vec<(OutPath, Written)>,
}

/// Makes a spare tree of links to the published files whose content is certain.
pub(super) fn link_all(output: &Output, survey: &Survey) -> Result<Found<u64>, DiskError> {
    let (root, files) = (output.spare_tree(), &output.files);
    files.make_folder(&root)?;
    // Folders come with those above them first.
    for folder in &survey.folders {
        files.make_folder(&root.join(folder))?;
    }
    let link = |PublishedFile { path, stamp, .. }: &PublishedFile| {
        files.link(&output.tree.join(path.as_str()), &root.join(path.as_str()))?;
        Ok((path.clone(), stamp.inode))
    };
    let ours = survey
        .published
        .par_iter()
        .filter(|file| file.digest.is_some());
    Ok(Found {
        files: ours.map(link).collect::<Result<_, DiskError>>()?,
        folders: survey.folders.clone(),
        odd: vec![],
        listings: vec![],
    })
}

impl<'a> Spare<'a> {
    /// Takes the tree with what was found in it, and refuses when there is anything that Rungs did
    /// not write.
    pub fn open(output: &'a Output, found: Found<u64>, known: &Manifest) -> Result<Self, Refusal> {
        let root = output.spare_tree();
        let foreign: Vec<String> = found
            .files
            .iter()
            .filter(|(path, _)| !known.has(path) && !output_tree::is_litter(path))
            .map(|(path, _)| path.as_str().to_owned())
            .chain(found.odd)
            .collect();
        output.refuse_foreign_in_spare(&root, &foreign)?;
        output.files.make_folder(&root)?;
        Ok(Self {
            output,
            files: &output.files,
            shares_inodes: is_one_device(&output.tree, &root),
            root,
            log: None,
            left: found.files.into_iter().collect(),
            folders: found.folders.into_iter().collect(),
            listings: found.listings,
            wanted: vec![],
        })
    }

    /// Brings a file into the tree as it is in the published tree.
    pub fn keep(
        &mut self,
        path: &OutPath,
        published: Written,
        known: &Manifest,
    ) -> Result<(), DiskError> {
        let Written { digest, stamp } = published;
        self.clear_way(path)?;
        if let Some(inode) = self.left.remove(path) {
            if let Some(stamp) = self.stamp_if_same(path, inode, published, known) {
                self.wanted.push((path.clone(), Written { digest, stamp }));
                return Ok(());
            }
            self.files.remove_file(&self.root.join(path.as_str()))?;
        }
        self.make_folder_of(path)?;
        self.note(path, known)?;
        let file = self.root.join(path.as_str());
        let from = self.output.tree.join(path.as_str());
        let stamp = match self.files.link(&from, &file) {
            Ok(()) => stamp,
            Err(error) if is_link_refused(&error.source) => self.files.copy(&from, &file)?,
            Err(error) => return Err(error),
        };
        self.wanted.push((path.clone(), Written { digest, stamp }));
        Ok(())
    }

    /// Returns the stamp of a file of this tree, if it is the published file or a copy of it.
    fn stamp_if_same(
        &self,
        path: &OutPath,
        inode: u64,
        published: Written,
        known: &Manifest,
    ) -> Option<Stamp> {
        let Written { digest, stamp } = published;
        if self.shares_inodes && inode != 0 && inode == stamp.inode {
            return Some(stamp).filter(|stamp| stamp.modified > 0);
        }
        let metadata = self.root.join(path.as_str()).symlink_metadata().ok()?;
        let there = Stamp::of(&metadata).without_change_time();
        // A copy has its own inode; its time is that of the published file.
        let is_copy = there.size == stamp.size
            && there.modified == stamp.modified
            && known.content(path, &there) == Content::Certain(digest);
        Some(there).filter(|there| is_copy || there.is_same_content(&stamp))
    }

    /// Brings a new file into the tree.
    pub fn write(
        &mut self,
        path: &OutPath,
        digest: Digest,
        bytes: &[u8],
        known: &Manifest,
    ) -> Result<(), DiskError> {
        self.clear_way(path)?;
        let file = self.root.join(path.as_str());
        if self.left.remove(path).is_some() {
            self.files.remove_file(&file)?;
        }
        self.make_folder_of(path)?;
        self.note(path, known)?;
        let stamp = self.files.write_new(&file, bytes)?;
        self.wanted.push((path.clone(), Written { digest, stamp }));
        Ok(())
    }

    /// Deletes what nobody asked for, and the folders that are empty then.
    pub fn finish(&mut self) -> Result<(), DiskError> {
        while let Some((old, _)) = self.left.pop_first() {
            self.files.remove_file(&self.root.join(old.as_str()))?;
        }
        for folder in self.folders.iter().rev() {
            let inside = format!("{folder}/");
            let first = self
                .wanted
                .partition_point(|(path, _)| path.as_str() < inside.as_str());
            if !self
                .wanted
                .get(first)
                .is_some_and(|(path, _)| path.as_str().starts_with(&inside))
            {
                self.files.remove_folder(&self.root.join(folder))?;
            }
        }
        Ok(())
    }

    /// Deletes files that come before a path and were not asked for, and what is in a folder of its
    /// name.
    fn clear_way(&mut self, path: &OutPath) -> Result<(), DiskError> {
        while let Some(first) = self.left.first_entry().filter(|first| first.key() < path) {
            let old = first.remove_entry().0;
            self.files.remove_file(&self.root.join(old.as_str()))?;
        }
        if !self.folders.contains(path.as_str()) {
            return Ok(());
        }
        let inside = format!("{}/", path.as_str());
        let below: Vec<OutPath> = self
            .left
            .keys()
            .filter(|old| old.as_str().starts_with(&inside))
            .cloned()
            .collect();
        for old in below {
            self.left.remove(&old);
            self.files.remove_file(&self.root.join(old.as_str()))?;
        }
        let below =
            |folder: &&String| folder.as_str() == path.as_str() || folder.starts_with(&inside);
        let folders: Vec<String> = self
            .folders
            .range::<str, _>((Bound::Included(path.as_str()), Bound::Unbounded))
            .filter(below)
            .cloned()
            .collect();
        for folder in folders.into_iter().rev() {
            self.files.remove_folder(&self.root.join(&folder))?;
            self.folders.remove(&folder);
        }
        Ok(())
    }

    fn make_folder_of(&mut self, path: &OutPath) -> Result<(), DiskError> {
        let Some((folder, _)) = path
            .as_str()
            .rsplit_once('/')
            .filter(|(folder, _)| !self.folders.contains(*folder))
        else {
            return Ok(());
        };
        let ends = folder
            .match_indices('/')
            .map(|(at, _)| at)
            .chain([folder.len()]);
        for part in ends.map(|end| &folder[..end]) {
            if !self.folders.contains(part) {
                self.files.make_folder(&self.root.join(part))?;
                self.folders.insert(part.to_owned());
            }
        }
        Ok(())
    }

    /// Notes in the log that a path is ours, unless that is known.
    fn note(&mut self, path: &OutPath, known: &Manifest) -> Result<(), DiskError> {
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

/// Returns true if two folders are on one file system, as far as the system tells.
fn is_one_device(one: &Path, other: &Path) -> bool {
    let device = |folder: &Path| folder.metadata().map_or(0, |it| Stamp::of(&it).device);
    device(one) != 0 && device(one) == device(other)
}

/// Returns true if an error says that a file cannot have a second name here. A copy does as well.
pub(super) fn is_link_refused(error: &io::Error) -> bool {
    use io::ErrorKind::{
        CrossesDevices, InvalidInput, PermissionDenied, TooManyLinks, Unsupported,
    };
    matches!(
        error.kind(),
        CrossesDevices | InvalidInput | PermissionDenied | TooManyLinks | Unsupported
    )
}
