//! Recovery and cleaning: what a killed command left beside the output folder is completed or
//! undone; `clean` deletes all of it.
//!
//! Most of what a kill leaves needs no recovery, because a spare tree is looked at before it is
//! used, whatever is in it.

use std::io;
use std::path::Path;

use super::files::temporary;
use super::lock::Lock;
use super::output::{Output, Refusal};
use super::survey::survey;
use super::{journal, output_tree};

/// Completes or undoes what a killed command began.
pub fn recover(output: &Output) -> Result<(), Refusal> {
    let Output { tree, files, .. } = output;
    let (spare, previous) = (output.spare_tree(), output.previous_tree());
    if previous.exists() {
        if !tree.exists() || spare.exists() {
            // The command was killed between two renames: the old site is the site. A folder that
            // somebody made since is deleted if it is empty.
            files.remove_folder(tree)?;
            files.rename(&previous, tree)?;
        } else {
            files.rename(&previous, &spare)?;
        }
    }
    journal::complete(output)?;
    for half in [
        temporary(&output.manifest_path()),
        temporary(&output.journal_path()),
    ] {
        if half.exists() {
            files.remove_file(&half)?;
        }
    }
    Ok(())
}

impl Output {
    /// Deletes the output folder and what stands beside it. Returns how many published files it
    /// held.
    pub fn clean(&self, say: &mut dyn FnMut(&str)) -> Result<usize, Refusal> {
        if !self.tree.exists() && !self.beside.exists() {
            return Ok(0);
        }
        let _lock = Lock::take(self, say)?;
        recover(self)?;
        let survey = survey(self)?;
        self.remove_spare()?;
        match self.files.rename(&self.tree, &self.spare_tree()) {
            Err(error) if journal::is_needed(&error.source) => self.remove_ours(&self.tree)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            renamed => renamed?,
        }
        if let Err(refusal) = survey.refuse_strangers(self, &self.spare_tree()) {
            self.files.rename(&self.spare_tree(), &self.tree)?;
            return Err(refusal);
        }
        self.remove_spare()?;
        self.remove_records()?;
        Ok(survey.published.len())
    }

    /// Deletes the spare tree, and refuses when it holds files that Rungs did not write.
    pub(super) fn remove_spare(&self) -> Result<(), Refusal> {
        let root = self.spare_tree();
        self.remove_ours(&root)?;
        Ok(self.files.remove_folder(&root)?)
    }

    /// Deletes what is in a tree, and leaves its folder.
    fn remove_ours(&self, root: &Path) -> Result<(), Refusal> {
        let known = self.manifest().unwrap_or_default();
        let found = output_tree::names(root, &known.listings)?;
        let (ours, others): (Vec<_>, Vec<_>) = found
            .files
            .into_iter()
            .partition(|(path, _)| known.has(path) || output_tree::is_litter(path));
        let foreign: Vec<String> = others
            .into_iter()
            .map(|(path, _)| path.as_str().to_owned())
            .chain(found.odd)
            .collect();
        self.refuse_foreign_in_spare(root, &foreign)?;
        for (path, _) in ours {
            self.files.remove_file(&root.join(path.as_str()))?;
        }
        for folder in found.folders.iter().rev() {
            self.files.remove_folder(&root.join(folder))?;
        }
        Ok(())
    }

    /// Deletes the manifest, the log and the journal, once there are no trees.
    pub(super) fn remove_records(&self) -> Result<(), Refusal> {
        let (manifest, journal) = (self.manifest_path(), self.journal_path());
        let records = [
            temporary(&manifest),
            temporary(&journal),
            self.log_path(),
            journal,
            manifest,
        ];
        for path in records.iter().filter(|path| path.exists()) {
            self.files.remove_file(path)?;
        }
        Ok(())
    }
}
