//! The survey: the published tree comes in when a command begins; which files are in it, and what
//! is certain about their bytes, goes out. A tree that holds anything that Rungs did not write is
//! refused.

use std::fs::File;
use std::path::Path;

use rayon::prelude::*;

use super::error::DiskError;
use super::listings::Listings;
use super::manifest::{Content, Manifest};
use super::output::{Output, Refusal};
use super::output_tree;
use super::stamp::Stamp;
use crate::digest::Digest;
use crate::path::OutPath;

/// What is published when a command begins, all of it written by Rungs.
pub struct Survey {
    pub known: Manifest,
    /// In the order of the paths.
    pub published: Vec<PublishedFile>,
    /// The folders of the tree, those above first.
    pub folders: Vec<String>,
    /// What these and the tree itself hold.
    pub listings: Listings,
}

/// A published file.
pub struct PublishedFile {
    pub path: OutPath,
    pub stamp: Stamp,
    /// The digest of its bytes; `None` when somebody changed the file.
    pub digest: Option<Digest>,
}

/// Looks at the published tree, and refuses one in which there is anything that Rungs did not
/// write.
pub fn survey(output: &Output) -> Result<Survey, Refusal> {
    output.refuse_git(&output.tree)?;
    let manifest = output.manifest();
    let has_record = manifest.is_some();
    let known = manifest.unwrap_or_default();
    let found = output_tree::files(&output.tree, &known.listings)?;
    let files: Vec<PublishedFile> = found
        .files
        .into_par_iter()
        .map(|(path, stamp)| PublishedFile::find(output, &known, path, stamp))
        .collect::<Result<_, DiskError>>()?;
    let (ours, others): (Vec<_>, Vec<_>) = files.into_iter().partition(|file| file.is_ours(&known));
    let foreign: Vec<String> = others
        .into_iter()
        .filter(|file| !output_tree::is_litter(&file.path))
        .map(|file| file.path.as_str().to_owned())
        .chain(found.odd)
        .collect();
    if has_record {
        output.refuse_foreign(&foreign)?;
    } else {
        output.refuse_unknown(&foreign)?;
    }
    Ok(Survey {
        known,
        published: ours,
        folders: found.folders,
        listings: found.listings.into_iter().collect(),
    })
}

impl Survey {
    /// Refuses when a tree, the published one or what it became, holds what was not in it when the
    /// command began.
    pub fn refuse_strangers(&self, output: &Output, tree: &Path) -> Result<(), Refusal> {
        output.refuse_git(tree)?;
        let is_known = |path: &OutPath| self.find(path).is_some() || output_tree::is_litter(path);
        let found = output_tree::names_since(tree, &self.folders, &self.listings)?;
        let foreign: Vec<String> = found
            .files
            .into_iter()
            .filter(|(path, _)| !is_known(path))
            .map(|(path, _)| path.as_str().to_owned())
            .chain(found.odd)
            .collect();
        output.refuse_foreign(&foreign)
    }

    /// Returns the published file of a path.
    pub fn find(&self, path: &OutPath) -> Option<&PublishedFile> {
        let at = self
            .published
            .binary_search_by(|file| file.path.cmp(path))
            .ok()?;
        self.published.get(at)
    }
}

impl PublishedFile {
    /// Finds out what is in a file. Only a file of which size and time leave it open is read.
    fn find(
        output: &Output,
        known: &Manifest,
        path: OutPath,
        stamp: Stamp,
    ) -> Result<Self, DiskError> {
        let digest = match known.content(&path, &stamp) {
            Content::Certain(digest) => Some(digest),
            Content::Uncertain => {
                Some(digest_of(output, &path)?).filter(|digest| known.knows(&path, *digest))
            }
            Content::Changed => None,
        };
        Ok(Self {
            path,
            stamp,
            digest,
        })
    }

    /// Returns true if Rungs may replace the file.
    ///
    /// A path of the site is ours whatever is in the file. A path of the tree before is ours only
    /// as long as the file is as we wrote it: somebody may have put one of their own there.
    fn is_ours(&self, known: &Manifest) -> bool {
        known.is_of_site(&self.path) || self.digest.is_some()
    }
}

/// Returns the digest of a published file's bytes.
pub fn digest_of(output: &Output, path: &OutPath) -> Result<Digest, DiskError> {
    let file = output.tree.join(path.as_str());
    let (digest, _) = File::open(&file)
        .and_then(Digest::of_stream)
        .map_err(DiskError::at("cannot read", &file))?;
    Ok(digest)
}
