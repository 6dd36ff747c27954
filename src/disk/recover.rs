//! Recovery and the end: what a killed command left beside the output folder is put right; `clean` deletes all of it.
//!
//! Most of what a kill leaves needs no recovery: a spare tree is looked at before it is used, whatever is in it.

use std::io;

use super::files::temporary;
use super::lock::Lock;
use super::output::{Output, Refusal};
use super::staging::survey;
use super::{journal, tree};

/// Puts right what a killed command left behind.
pub fn recover(output: &Output) -> Result<(), Refusal> {
    let Output { tree, files, .. } = output;
    let (spare, previous) = (output.spare_tree(), output.previous_tree());
    if previous.exists() {
        if !tree.exists() || spare.exists() {
            // Killed between two renames: the old site is the site. A folder that somebody made since goes if it is empty.
            files.remove_folder(tree)?;
            files.rename(&previous, tree)?;
        } else {
            files.rename(&previous, &spare)?;
        }
    }
    journal::complete(output)?;
    for half in [temporary(&output.manifest_path()), temporary(&output.journal_path())] {
        if half.exists() {
            files.remove_file(&half)?;
        }
    }
    Ok(())
}

impl Output {
    /// Deletes the output folder and what stands beside it. Answers how many files visitors could see in it.
    pub fn clean(&self, say: &mut dyn FnMut(&str)) -> Result<usize, Refusal> {
        if !self.tree.exists() && !self.beside.exists() {
            return Ok(0);
        }
        let _lock = Lock::take(self, say)?;
        recover(self)?;
        let survey = survey(self)?;
        self.remove_spare()?;
        match self.files.rename(&self.tree, &self.spare_tree()) {
            Err(fault) if journal::is_needed(&fault.error) => self.remove_ours(&self.tree)?,
            Err(fault) if fault.error.kind() == io::ErrorKind::NotFound => {}
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

    /// Deletes the spare tree, as far as Rungs wrote it.
    pub(super) fn remove_spare(&self) -> Result<(), Refusal> {
        let root = self.spare_tree();
        self.remove_ours(&root)?;
        Ok(self.files.remove_folder(&root)?)
    }

    /// Deletes what is in a tree, and leaves its folder.
    fn remove_ours(&self, root: &std::path::Path) -> Result<(), Refusal> {
        let known = self.manifest().unwrap_or_default();
        let tree::Found { files, folders, odd, .. } = tree::names(root, &known.listings)?;
        let (ours, foreign): (Vec<_>, Vec<_>) = files.into_iter().partition(|(path, _)| known.has(path) || tree::is_litter(path));
        self.refuse_at(root, foreign.iter().map(|(path, _)| path.as_str().to_owned()).chain(odd).collect())?;
        for (path, _) in ours {
            self.files.remove_file(&root.join(path.as_str()))?;
        }
        for folder in folders.iter().rev() {
            self.files.remove_folder(&root.join(folder))?;
        }
        Ok(())
    }

    /// Deletes what is noted about the trees, once there are none.
    pub(super) fn remove_records(&self) -> Result<(), Refusal> {
        let (manifest, journal) = (self.manifest_path(), self.journal_path());
        let records = [temporary(&manifest), temporary(&journal), self.log_path(), journal, manifest];
        records.iter().filter(|path| path.exists()).try_for_each(|path| Ok(self.files.remove_file(path)?))
    }
}
