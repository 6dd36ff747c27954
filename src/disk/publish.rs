//! Publishing: a spare tree that is finished becomes the published one, all at once.
//!
//! The order of the steps is what makes a killed build harmless. At every instant the output folder
//! is one finished site, and what is in either tree is known to be ours:
//!   1. the spare tree is brought to what is wanted (`staging`, `spare`)
//!   2. the manifest is replaced by one that lists the files of both trees, whichever of them is
//!      published
//!   3. the two trees are exchanged
//!   4. the old tree, now the spare one, is looked at: when somebody put a file into it meanwhile,
//!      all is exchanged back
//!
//! Where trees cannot be exchanged, `journal` does the third step.

use std::collections::BTreeMap;
use std::io;

use super::error::DiskError;
use super::journal;
use super::listings::Listings;
use super::manifest::{Manifest, Written};
use super::output::{Output, Refusal};
use super::output_tree;
use super::staging::{FileChanges, Staging};
use super::survey::digest_of;
use crate::path::OutPath;

impl Staging<'_> {
    /// Makes what came in the published site. When that is what it was, nothing is touched. When
    /// something foreign came into the output folder meanwhile, the old site stays.
    pub fn publish(mut self) -> Result<FileChanges, Refusal> {
        if !self.is_unchanged() {
            self.replace()?;
        }
        Ok(std::mem::take(&mut self.changes))
    }

    fn replace(&mut self) -> Result<(), Refusal> {
        let output = self.output;
        let as_it_was = |refusal: Refusal| refusal.and(output.as_it_was());
        self.finish().map_err(as_it_was)?;
        if !output.tree.exists() {
            match output.files.rename(&output.spare_tree(), &output.tree) {
                Err(error) if journal::is_needed(&error.source) => return self.install(),
                renamed => renamed?,
            }
            self.is_first = false;
            return Ok(());
        }
        match exchange(output) {
            Err(error) if journal::is_needed(&error.source) => return self.install(),
            exchanged => exchanged.map_err(|error| as_it_was(error.into()))?,
        }
        let was_first = std::mem::take(&mut self.is_first);
        if let Err(refusal) = self.survey.refuse_strangers(output, &output.spare_tree()) {
            exchange(output)?;
            self.is_first = was_first;
            self.give_up()?;
            return Err(refusal);
        }
        Ok(())
    }

    /// Does the first two steps.
    fn finish(&mut self) -> Result<(), Refusal> {
        self.begin()?;
        self.pass_rest();
        let Some(spare) = &mut self.spare else {
            return Ok(());
        };
        spare.finish()?;
        let wanted = std::mem::take(&mut spare.wanted);
        self.write_manifest(&wanted)?;
        self.output.files.remove_file(&self.output.log_path())?;
        self.wanted = wanted;
        Ok(())
    }

    /// Forgets the new site: a file that somebody put where one of its files would be is theirs.
    fn give_up(&self) -> Result<(), Refusal> {
        self.output.remove_spare()?;
        Ok(self.write_manifest(&[])?)
    }

    /// Lists the files of the new site, and those of the published tree where they differ. With no
    /// new site, the published tree is the site.
    fn write_manifest(&self, wanted: &[(OutPath, Written)]) -> Result<(), DiskError> {
        let mut old = vec![];
        for file in &self.survey.published {
            let digest = match file.digest {
                Some(digest) => digest,
                None => digest_of(self.output, &file.path)?,
            };
            let stamp = file.stamp;
            let written = Written { digest, stamp };
            if find(wanted, &file.path) != Some(&written) {
                old.push((&file.path, written));
            }
        }
        let old = old.iter().map(|(path, written)| (*path, written));
        let of_spare = self.spare.iter().flat_map(|spare| &spare.listings).cloned();
        let listings = self.survey.listings.iter().chain(of_spare);
        let text = if wanted.is_empty() {
            Manifest::text(old, std::iter::empty(), listings)
        } else {
            let wanted = wanted.iter().map(|(path, written)| (path, written));
            Manifest::text(wanted, old, listings)
        };
        self.output
            .files
            .replace(&self.output.manifest_path(), text.as_bytes())
    }

    /// Installs the new files one by one, and then tells the manifest their stamps.
    fn install(&mut self) -> Result<(), Refusal> {
        let output = self.output;
        if let Err(refusal) = self.survey.refuse_strangers(output, &output.tree) {
            self.give_up()?;
            return Err(refusal);
        }
        self.is_first = false;
        let install = self
            .wanted
            .iter()
            .filter(|(path, written)| {
                let old = self.survey.find(path).and_then(|file| file.digest);
                old != Some(written.digest)
            })
            .map(|(path, _)| path);
        let delete = self
            .survey
            .published
            .iter()
            .map(|file| &file.path)
            .filter(|path| find(&self.wanted, path).is_none());
        journal::install(output, install, delete)?;
        Ok(self.note_installed()?)
    }

    /// Writes a manifest with the stamps of installed files, which are copies.
    fn note_installed(&self) -> Result<(), DiskError> {
        let output = self.output;
        let found = output_tree::files(&output.tree, &Listings::default())?;
        let stamps: BTreeMap<_, _> = found.files.into_iter().collect();
        let installed: Vec<_> = self
            .wanted
            .iter()
            .filter_map(|(path, written)| {
                let digest = written.digest;
                let stamp = *stamps.get(path)?;
                Some((path, Written { digest, stamp }))
            })
            .collect();
        let text = Manifest::text(
            installed.iter().map(|(path, written)| (*path, written)),
            self.wanted.iter().map(|(path, written)| (path, written)),
            std::iter::empty(),
        );
        output
            .files
            .replace(&output.manifest_path(), text.as_bytes())
    }
}

/// Returns what was written to a path. `all` is in the order of the paths.
fn find<'w>(all: &'w [(OutPath, Written)], path: &OutPath) -> Option<&'w Written> {
    let at = all.binary_search_by(|(other, _)| other.cmp(path)).ok()?;
    all.get(at).map(|(_, written)| written)
}

/// Exchanges the output folder and the spare tree, in one step where the system can.
fn exchange(output: &Output) -> Result<(), DiskError> {
    match output.files.exchange(&output.tree, &output.spare_tree()) {
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput
            ) =>
        {
            exchange_in_steps(output)
        }
        exchanged => exchanged,
    }
}

/// Exchanges them by renaming, on file systems that cannot exchange: for an instant there is no
/// output folder. `recover` knows that state.
fn exchange_in_steps(output: &Output) -> Result<(), DiskError> {
    let Output { tree, files, .. } = output;
    let (spare, previous) = (&output.spare_tree(), &output.previous_tree());
    files.rename(tree, previous)?;
    if let Err(error) = files.rename(spare, tree) {
        files.rename(previous, tree)?;
        return Err(error);
    }
    // The new site is published; where the old one waits does not matter.
    let _ = files.rename(previous, spare);
    Ok(())
}
