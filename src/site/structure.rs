//! Digests of a site's structure: inputs and parsed articles come in; a digest of everything except
//! article bodies goes out, and one without what is in templates.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use super::{LinkedPairs, Options};
use crate::content::Article;
use crate::digest::Digest;
use crate::inputs::Inputs;
use crate::path::SourcePath;

/// The digests of a site's structure.
pub(super) struct StructureDigests {
    /// Digest of everything except article bodies.
    pub structure: Digest,
    /// Digest of the same without what is in templates, but for their names.
    pub layout: Digest,
    /// Digest of what every page may depend on: everything but articles and roles.
    pub common: Digest,
}

/// Everything that a site is except article bodies.
#[derive(Serialize)]
struct Structure<'s> {
    /// All files but articles, with their digests; none for a file whose bytes do not matter.
    files: Vec<(&'s SourcePath, Option<Digest>)>,
    /// What articles say of themselves.
    articles: &'s [Digest],
    options: &'s Options,
    /// Which of the colocated files are published, for bodies of articles decide that.
    colocated_files: &'s BTreeMap<SourcePath, Digest>,
    /// Which pairs of roles texts link to, for these get a page each.
    linked_pairs: &'s LinkedPairs,
}

/// What of a site decides which pages and files there are.
pub(super) struct Published<'s> {
    pub articles: &'s [Arc<Article>],
    pub colocated_files: &'s BTreeMap<SourcePath, Digest>,
    pub linked_pairs: &'s LinkedPairs,
}

/// What of a site is hashed role by role.
pub(super) struct RolesApart<'s> {
    /// The files of all roles.
    pub files: BTreeSet<&'s SourcePath>,
    /// Digest of what all roles share.
    pub shared: Digest,
}

/// Hashes the structure of a site.
pub(super) fn digests(
    inputs: &Inputs,
    options: &Options,
    published: &Published<'_>,
    roles: RolesApart<'_>,
) -> StructureDigests {
    let Published {
        articles,
        colocated_files,
        linked_pairs,
    } = published;
    let articles: Vec<Digest> = articles
        .iter()
        .map(|article| article.structure_digest)
        .collect();
    let is_article =
        |path: &SourcePath| path.extension() == "md" && path.inside("content").is_some();
    let others = inputs.iter().filter(|(path, _)| !is_article(path));
    let mut structure = Structure {
        files: others
            .map(|(path, file)| (path, Some(file.digest)))
            .collect(),
        articles: &articles,
        options,
        colocated_files,
        linked_pairs,
    };
    let whole = Digest::of_value(&structure);
    let common_files = structure.files.iter().copied();
    let common_files = common_files.filter(|(path, _)| !roles.files.contains(path));
    let common_files = common_files.collect();
    for (path, digest) in &mut structure.files {
        if crate::theme::is_template(path) {
            *digest = None;
        }
    }
    let layout = Digest::of_value(&structure);
    structure.articles = &[];
    structure.files = common_files;
    StructureDigests {
        structure: whole,
        layout,
        common: Digest::of_value(&(structure, roles.shared)),
    }
}
