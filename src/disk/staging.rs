//! Staging: finished files come in one by one, in the order of their paths; the spare tree is
//! brought to hold them.
//!
//! The published tree is not touched before the first file that differs from it. Once a build is
//! known not to be a no-op, the spare tree is prepared while the site is planned; a no-op build
//! writes nothing. What makes the spare tree the published one is in [`super::publish`].

use super::error::DiskError;
use super::lock::Lock;
use super::manifest::Written;
use super::output::{Output, Refusal};
use super::output_tree;
use super::recover::recover;
use super::spare::{self, Spare};
use super::survey::{PublishedFile, Survey, survey};
use crate::digest::Digest;
use crate::ordered;
use crate::path::OutPath;
use crate::pipeline::Sink;

/// A site that is being written, while the lock is held. Dropped before it is published, the old
/// site is as it was.
pub struct Staging<'a> {
    pub(super) output: &'a Output,
    pub(super) survey: Survey,
    /// How many of the published files come before the last file that came in.
    passed: usize,
    /// What the spare tree holds, when it was prepared before it was needed.
    prepared: Option<Result<output_tree::Found<u64>, DiskError>>,
    pub(super) spare: Option<Spare<'a>>,
    /// What the finished spare tree holds.
    pub(super) wanted: Vec<(OutPath, Written)>,
    pub(super) changes: FileChanges,
    /// Whether there was nothing before: a first build that fails leaves nothing.
    pub(super) is_first: bool,
    _lock: Lock<'a>,
}

/// What a publication did. Paths are in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileChanges {
    /// Files that are new or have new bytes.
    pub written: Vec<OutPath>,
    /// How many files are as they were.
    pub kept: usize,
    /// Files that went with the old site.
    pub removed: Vec<OutPath>,
}

impl Output {
    /// Begins a new site: waits for the lock, completes or undoes what a killed build left, and
    /// refuses a folder that holds anything that Rungs did not write.
    ///
    /// `say` is called with what a person should know while waiting.
    pub fn stage(&self, say: &mut dyn FnMut(&str)) -> Result<Staging<'_>, Refusal> {
        let lock = Lock::take(self, say)?;
        recover(self)?;
        let survey = survey(self)?;
        let is_first = !self.tree.exists() || !self.manifest_path().exists();
        Ok(Staging {
            output: self,
            survey,
            passed: 0,
            prepared: None,
            spare: None,
            wanted: vec![],
            changes: FileChanges::default(),
            is_first,
            _lock: lock,
        })
    }
}

impl Sink for Staging<'_> {
    type Error = Refusal;

    fn prepare(&mut self) {
        self.prepared = Some(self.prepare_spare());
    }

    fn file(
        &mut self,
        path: &OutPath,
        digest: Digest,
        bytes: Option<&[u8]>,
    ) -> Result<(), Refusal> {
        self.take(path, digest, bytes)
            .map_err(|refusal| refusal.and(self.output.as_it_was()))
    }
}

impl Staging<'_> {
    /// Returns the files of the published tree of which the content is certain.
    pub fn held(&self) -> ordered::Map<OutPath, Digest> {
        self.survey
            .published
            .iter()
            .filter_map(|file| Some((file.path.clone(), file.digest?)))
            .collect()
    }

    fn take(
        &mut self,
        path: &OutPath,
        digest: Digest,
        bytes: Option<&[u8]>,
    ) -> Result<(), Refusal> {
        let is_same = |file: &PublishedFile| file.path == *path && file.digest == Some(digest);
        if self.spare.is_none() && self.survey.published.get(self.passed).is_some_and(is_same) {
            self.passed += 1;
            self.changes.kept += 1;
            return Ok(());
        }
        self.begin()?;
        self.pass_before(path);
        let old = self.survey.published.get(self.passed);
        let old = old.filter(|file| file.path == *path);
        self.passed += usize::from(old.is_some());
        let (Some(spare), known) = (&mut self.spare, &self.survey.known) else {
            return Ok(());
        };
        if let Some(file) = old.filter(|file| is_same(file)) {
            let stamp = file.stamp;
            self.changes.kept += 1;
            return Ok(spare.keep(path, Written { digest, stamp }, known)?);
        }
        let Some(bytes) = bytes else {
            return Err(Refusal::bug(format!(
                "{} was taken for published, and is not",
                path.as_str()
            )));
        };
        self.changes.written.push(path.clone());
        Ok(spare.write(path, digest, bytes, known)?)
    }

    /// Notes that the published files that come before a path are gone.
    fn pass_before(&mut self, path: &OutPath) {
        let rest = &self.survey.published[self.passed..];
        self.pass(rest.partition_point(|file| file.path < *path));
    }

    /// Looks into the spare tree. Where there is none, it is made of links to the published files,
    /// most of which will stay.
    fn prepare_spare(&self) -> Result<output_tree::Found<u64>, DiskError> {
        if !self.is_first && !self.output.spare_tree().exists() {
            match spare::link_all(self.output, &self.survey) {
                Err(error) if spare::is_link_refused(&error.source) => {}
                linked => return linked,
            }
        }
        output_tree::names(&self.output.spare_tree(), &self.survey.known.listings)
    }

    /// Opens the spare tree, and has it keep the files that were passed as unchanged.
    pub(super) fn begin(&mut self) -> Result<(), Refusal> {
        if self.spare.is_some() {
            return Ok(());
        }
        let found = self
            .prepared
            .take()
            .unwrap_or_else(|| self.prepare_spare())?;
        let mut spare = Spare::open(self.output, found, &self.survey.known)?;
        for file in &self.survey.published[..self.passed] {
            if let Some(digest) = file.digest {
                let stamp = file.stamp;
                spare.keep(&file.path, Written { digest, stamp }, &self.survey.known)?;
            }
        }
        self.spare = Some(spare);
        Ok(())
    }

    /// Returns true if the published tree is what came in.
    pub(super) fn is_unchanged(&self) -> bool {
        self.spare.is_none()
            && self.passed == self.survey.published.len()
            && self.output.tree.is_dir()
    }

    /// Notes that the published files after the last file that came in are gone.
    pub(super) fn pass_rest(&mut self) {
        self.pass(self.survey.published.len() - self.passed);
    }

    fn pass(&mut self, count: usize) {
        let end = self.passed + count;
        let gone = self.survey.published[self.passed..end].iter();
        let paths = gone.map(|file| file.path.clone());
        self.changes.removed.extend(paths);
        self.passed = end;
    }
}

impl Drop for Staging<'_> {
    /// Leaves an unfinished spare tree to the next build, which brings it to what is wanted then. A
    /// first build leaves nothing.
    fn drop(&mut self) {
        if self.is_first {
            let _ = remove_traces(self.output);
        }
    }
}

fn remove_traces(output: &Output) -> Result<(), Refusal> {
    output.remove_spare()?;
    output.remove_records()
}
