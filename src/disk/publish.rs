//! Publishing: a spare tree that is finished becomes the published one, all at once.
//!
//! The order of the steps is what makes a killed build harmless. At every instant the output folder is one finished site, and
//! what is in either tree is known to be ours:
//!   1. the spare tree is brought to what is wanted (`staging`, `spare`)
//!   2. the manifest is replaced by one that lists the files of both trees, whichever of them is published
//!   3. the two trees are exchanged
//!   4. the old tree, now the spare one, is looked at: when somebody put a file into it meanwhile, all is exchanged back
//!
//! Where trees cannot be exchanged, `journal` does the third step.

use std::io;

use super::files::Fault;
use super::journal;
use super::manifest::{Fact, Manifest};
use super::output::{Output, Refusal};
use super::staging::{Entry, Published, Staging, digest_of};
use super::tree::{self, Listings};
use crate::path::OutPath;

impl Staging<'_> {
    /// Makes what came in the published site. When that is what it was, nothing is touched. When something foreign came into
    /// the output folder meanwhile, the old site stays.
    pub fn publish(mut self) -> Result<Published, Refusal> {
        if !self.is_unchanged() {
            self.replace()?;
        }
        Ok(self.counts)
    }

    fn replace(&mut self) -> Result<(), Refusal> {
        let output = self.output;
        let as_it_was = |refusal: Refusal| refusal.and(output.as_it_was());
        self.finish().map_err(as_it_was)?;
        if !output.tree.exists() {
            match output.files.rename(&output.spare_tree(), &output.tree) {
                Err(fault) if journal::is_needed(&fault.error) => return self.install(),
                renamed => renamed?,
            }
            self.is_first = false;
            return Ok(());
        }
        match exchange(output) {
            Err(fault) if journal::is_needed(&fault.error) => return self.install(),
            exchanged => exchanged.map_err(|fault| as_it_was(fault.into()))?,
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

    /// The first two steps.
    fn finish(&mut self) -> Result<(), Refusal> {
        self.begin()?;
        self.pass_rest();
        let Some(spare) = &mut self.spare else { return Ok(()) };
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

    /// Lists the files of the new site, and those of the published tree where they differ. With no new site, the published
    /// tree is the site.
    fn write_manifest(&self, wanted: &[(OutPath, Fact)]) -> Result<(), Fault> {
        let mut old = vec![];
        for Entry { path, stat, digest } in &self.survey.published {
            let digest = digest.map_or_else(|| digest_of(self.output, path), Ok)?;
            let fact = Fact { digest, stat: *stat };
            if !wanted.binary_search_by(|(other, _)| other.cmp(path)).is_ok_and(|at| wanted[at].1 == fact) {
                old.push((path, fact));
            }
        }
        let old = || old.iter().map(|(path, fact)| (*path, fact));
        let of_spare = self.spare.iter().flat_map(|spare| &spare.listings).map(|(key, names)| (key, names));
        let listings = self.survey.listings.iter().chain(of_spare);
        let text = match wanted {
            [] => Manifest::text(old(), std::iter::empty(), listings),
            _ => Manifest::text(wanted.iter().map(|(path, fact)| (path, fact)), old(), listings),
        };
        self.output.files.replace(&self.output.manifest_path(), text.as_bytes())
    }

    /// Installs the new files one by one.
    fn install(&mut self) -> Result<(), Refusal> {
        let output = self.output;
        if let Err(refusal) = self.survey.refuse_strangers(output, &output.tree) {
            self.give_up()?;
            return Err(refusal);
        }
        self.is_first = false;
        let is_new = |path: &OutPath, fact: &Fact| {
            let old = self.survey.published.binary_search_by(|entry| entry.path.cmp(path)).ok().and_then(|at| self.survey.published[at].digest);
            old != Some(fact.digest)
        };
        let install = self.wanted.iter().filter(|(path, fact)| is_new(path, fact)).map(|(path, _)| path);
        let is_gone = |path: &OutPath| self.wanted.binary_search_by(|(other, _)| other.cmp(path)).is_err();
        let delete = self.survey.published.iter().map(|entry| &entry.path).filter(|path| is_gone(path));
        journal::install(output, install, delete)?;
        let stats: std::collections::BTreeMap<_, _> = tree::files(&output.tree, &Listings::default())?.files.into_iter().collect();
        let facts: Vec<_> = self.wanted.iter().filter_map(|(path, fact)| Some((path, Fact { digest: fact.digest, stat: *stats.get(path)? }))).collect();
        let text = Manifest::text(facts.iter().map(|(path, fact)| (*path, fact)), self.wanted.iter().map(|(path, fact)| (path, fact)), std::iter::empty());
        Ok(output.files.replace(&output.manifest_path(), text.as_bytes())?)
    }
}

/// Exchanges the output folder and the spare tree, in one step where the system can.
fn exchange(output: &Output) -> Result<(), Fault> {
    match output.files.exchange(&output.tree, &output.spare_tree()) {
        Err(fault) if matches!(fault.error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput) => exchange_in_steps(output),
        exchanged => exchanged,
    }
}

/// For file systems that cannot exchange: for an instant there is no output folder. `recover` knows that state.
fn exchange_in_steps(output: &Output) -> Result<(), Fault> {
    let Output { tree, files, .. } = output;
    let (spare, previous) = (&output.spare_tree(), &output.previous_tree());
    files.rename(tree, previous)?;
    if let Err(fault) = files.rename(spare, tree) {
        files.rename(previous, tree)?;
        return Err(fault);
    }
    // The new site is published; where the old one waits does not matter.
    let _ = files.rename(previous, spare);
    Ok(())
}
