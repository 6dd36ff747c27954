//! Staging: finished files come in one by one, in the order of their paths; the spare tree is brought to hold them.
//!
//! The published tree is not touched before the first file that differs from it. When a build is known not to be the same as
//! the one before, the spare tree is readied while the site is planned; of a build that is the same, nothing is written. What
//! makes the spare tree the published one is in `publish`.

use std::path::Path;

use rayon::prelude::*;

use super::files::Fault;
use super::lock::Lock;
use super::manifest::{Fact, Manifest, Stat, Verdict};
use super::output::{Output, Refusal};
use super::recover::recover;
use super::spare::{self, Spare};
use super::tree::{self, Listings};
use crate::build::Sink;
use crate::digest::Digest;
use crate::ordered;
use crate::path::OutPath;

/// A site that is being written, while the lock is held. Dropped before it is published, the old site is as it was.
pub struct Staging<'a> {
    pub(super) output: &'a Output,
    pub(super) survey: Survey,
    /// How many of the published files were passed.
    passed: usize,
    /// The spare tree as it was found, when there was time to look before it is needed.
    found: Option<Result<tree::Found<u64>, Fault>>,
    pub(super) spare: Option<Spare<'a>>,
    /// What the finished spare tree holds.
    pub(super) wanted: Vec<(OutPath, Fact)>,
    pub(super) counts: Published,
    /// Whether there was nothing before: a first build that fails leaves nothing.
    pub(super) is_first: bool,
    _lock: Lock<'a>,
}

/// A published file.
pub(super) struct Entry {
    pub path: OutPath,
    pub stat: Stat,
    /// What is surely in it; none when somebody changed it.
    pub digest: Option<Digest>,
}

/// What a publication did, in files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// New ones, and ones with new bytes.
    pub written: usize,
    /// As they were.
    pub kept: usize,
    /// Gone with the old site.
    pub removed: usize,
}

/// What is published when a command begins, all of it ours.
pub(super) struct Survey {
    pub known: Manifest,
    pub published: Vec<Entry>,
    /// Its folders, those above first.
    folders: Vec<String>,
    /// What these and the tree itself hold.
    pub listings: Listings,
}

impl Output {
    /// Begins a new site: waits for the lock, puts right what a killed build left, and refuses a folder that holds anything
    /// that Rungs did not write. `say` gets what a person should know while waiting.
    pub fn stage(&self, say: &mut dyn FnMut(&str)) -> Result<Staging<'_>, Refusal> {
        let lock = Lock::take(self, say)?;
        recover(self)?;
        let survey = survey(self)?;
        let is_first = !self.tree.exists() || !self.manifest_path().exists();
        let (counts, wanted) = (Published::default(), vec![]);
        Ok(Staging { output: self, survey, passed: 0, found: None, spare: None, wanted, counts, is_first, _lock: lock })
    }
}

/// Looks at the published tree, and refuses when there is anything in it that Rungs did not write.
pub(super) fn survey(output: &Output) -> Result<Survey, Refusal> {
    output.refuse_git(&output.tree)?;
    let manifest = output.manifest();
    let has_record = manifest.is_some();
    let known = manifest.unwrap_or_default();
    let found = tree::files(&output.tree, &known.listings)?;
    let (ours, others): (Vec<_>, Vec<_>) = look(output, &known, found.files)?.into_iter().partition(|entry| is_ours(&known, entry));
    let foreign = others.into_iter().filter(|entry| !tree::is_litter(&entry.path)).map(|entry| entry.path.as_str().to_owned());
    output.refuse(foreign.chain(found.odd).collect(), has_record)?;
    Ok(Survey { known, published: ours, folders: found.folders, listings: found.listings.into_iter().collect() })
}

impl Survey {
    /// Refuses when a tree, the published one or what it became, holds what was not in it when the command began.
    pub fn refuse_strangers(&self, output: &Output, tree: &Path) -> Result<(), Refusal> {
        output.refuse_git(tree)?;
        let is_known = |path: &OutPath| self.published.binary_search_by(|entry| entry.path.cmp(path)).is_ok() || tree::is_litter(path);
        let tree::Found { files, odd, .. } = tree::names_since(tree, &self.folders, &self.listings)?;
        let files = files.into_iter().filter(|(path, _)| !is_known(path)).map(|(path, _)| path.as_str().to_owned());
        output.refuse(files.chain(odd).collect(), true)
    }
}

/// Finds out what is in the files of the published tree. Only those are read of which size and time leave it open.
fn look(output: &Output, known: &Manifest, files: Vec<(OutPath, Stat)>) -> Result<Vec<Entry>, Fault> {
    let look = |(path, stat): (OutPath, Stat)| {
        let digest = match known.verdict(&path, &stat) {
            Verdict::Sure(digest) => Some(digest),
            Verdict::Look => Some(digest_of(output, &path)?).filter(|digest| known.knows(&path, *digest)),
            Verdict::Changed => None,
        };
        Ok(Entry { path, stat, digest })
    };
    files.into_par_iter().map(look).collect()
}

/// The bytes of a published file, as their digest.
pub(super) fn digest_of(output: &Output, path: &OutPath) -> Result<Digest, Fault> {
    let file = output.tree.join(path.as_str());
    let digest = std::fs::File::open(&file).and_then(Digest::of_stream);
    digest.map(|(digest, _)| digest).map_err(|error| Fault { doing: "cannot read", path: file, error })
}

/// A path of the site is ours whatever is in the file. A path of the tree before is ours as far as the file is: somebody may
/// have put one of their own there.
fn is_ours(known: &Manifest, entry: &Entry) -> bool {
    known.is_of_site(&entry.path) || entry.digest.is_some()
}

impl Sink for Staging<'_> {
    fn prepare(&mut self) {
        self.found = Some(self.ready_spare());
    }

    fn file(&mut self, path: &OutPath, digest: Digest, bytes: Option<&[u8]>) -> Result<(), String> {
        self.take(path, digest, bytes).map_err(|refusal| format!("{refusal}{}", self.output.as_it_was()))
    }
}

impl Staging<'_> {
    /// The files of the published tree of which the content is surely known.
    pub fn held(&self) -> ordered::Map<OutPath, Digest> {
        self.survey.published.iter().filter_map(|entry| Some((entry.path.clone(), entry.digest?))).collect()
    }

    fn take(&mut self, path: &OutPath, digest: Digest, bytes: Option<&[u8]>) -> Result<(), Refusal> {
        let is_same = |entry: &Entry| entry.path == *path && entry.digest == Some(digest);
        if self.spare.is_none() && self.survey.published.get(self.passed).is_some_and(is_same) {
            self.passed += 1;
            self.counts.kept += 1;
            return Ok(());
        }
        self.begin()?;
        let Self { survey: Survey { published, known, .. }, passed, spare: Some(spare), counts, .. } = self else { return Ok(()) };
        while published.get(*passed).is_some_and(|entry| entry.path < *path) {
            *passed += 1;
            counts.removed += 1;
        }
        let old = published.get(*passed).filter(|entry| entry.path == *path);
        *passed += usize::from(old.is_some());
        match (old.filter(|entry| is_same(entry)), bytes) {
            (Some(entry), _) => {
                counts.kept += 1;
                spare.keep(path, Fact { digest, stat: entry.stat }, known)?;
            }
            (None, Some(bytes)) => {
                counts.written += 1;
                spare.write(path, digest, bytes, known)?;
            }
            (None, None) => return Err(Refusal::bug(format!("{} was taken for published, and is not", path.as_str()))),
        }
        Ok(())
    }

    /// The spare tree as it stands there; where there is none, it becomes one of the published files, most of which will stay.
    fn ready_spare(&self) -> Result<tree::Found<u64>, Fault> {
        let Survey { known, published, folders, .. } = &self.survey;
        if !self.is_first && !self.output.spare_tree().exists() {
            match spare::link_all(self.output, folders, published) {
                Err(fault) if spare::no_link(&fault.error) => {}
                linked => return linked,
            }
        }
        tree::names(&self.output.spare_tree(), &known.listings)
    }

    /// Opens the spare tree, with the files in it that were passed as unchanged.
    pub(super) fn begin(&mut self) -> Result<(), Refusal> {
        if self.spare.is_some() {
            return Ok(());
        }
        let found = self.found.take().unwrap_or_else(|| self.ready_spare())?;
        let mut spare = Spare::open(self.output, found, &self.survey.known)?;
        for Entry { path, stat, digest } in &self.survey.published[..self.passed] {
            if let Some(digest) = *digest {
                spare.keep(path, Fact { digest, stat: *stat }, &self.survey.known)?;
            }
        }
        self.spare = Some(spare);
        Ok(())
    }

    /// Whether the published tree is what came in.
    pub(super) fn is_unchanged(&self) -> bool {
        self.spare.is_none() && self.passed == self.survey.published.len() && self.output.tree.is_dir()
    }

    /// Counts the published files after the last one that came in: they are gone.
    pub(super) fn pass_rest(&mut self) {
        self.counts.removed += self.survey.published.len() - self.passed;
        self.passed = self.survey.published.len();
    }
}

impl Drop for Staging<'_> {
    /// A spare tree that was not finished waits for the next build, which brings it to what is wanted then. A first build has
    /// none to wait for.
    fn drop(&mut self) {
        if self.is_first {
            let _ = self.output.remove_spare().and_then(|()| self.output.remove_records());
        }
    }
}
