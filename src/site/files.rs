//! Files of `content/` by what they are: inputs come in; articles, records and other files go out.
//! Nothing is read here.

use std::collections::BTreeMap;

use super::{framework_of, role_of};
use crate::config::{self, Layered};
use crate::content::ArticleFile;
use crate::data::Id;
use crate::digest::Digest;
use crate::inputs::Inputs;
use crate::path::SourcePath;
use crate::role::RoleFiles;

/// The files of `content/`, but for the lists, which the configuration reads.
#[derive(Default)]
pub(super) struct Files {
    pub articles: Vec<ArticleFile>,
    pub roles: Vec<RoleFiles>,
    pub frameworks: Vec<FrameworkFiles>,
    /// The jobs of no role.
    pub positions: Option<Layered>,
    /// Files beside articles and records: some are referred to.
    pub colocated: BTreeMap<SourcePath, Digest>,
}

/// The file of a framework.
pub(super) struct FrameworkFiles {
    pub id: Id,
    pub record: Layered,
}

impl Files {
    /// Sorts the files of a site. `order` are the imports that count first.
    pub fn sort(inputs: &Inputs, order: &[&str]) -> Self {
        let mut files = Self::default();
        for (path, file) in inputs.below("content") {
            files.add(inputs, order, path, file.digest);
        }
        files
    }

    fn add(&mut self, inputs: &Inputs, order: &[&str], path: &SourcePath, digest: Digest) {
        if path.extension() == "md" {
            return self.articles.push(ArticleFile {
                path: path.clone(),
                digest,
            });
        }
        // The author's file and its layers have one folder, so they come one after the other.
        if let Some((id, path)) = record_of(path, "content/roles/", role_of(path), "role.toml") {
            if self.roles.last().is_none_or(|role| role.id != id)
                && let Some(record) = Layered::find(inputs, &path, order)
            {
                let role = RoleFiles::find(inputs, id, record, order);
                self.roles.push(role);
            }
            return;
        }
        let framework = framework_of(path);
        if let Some((id, path)) =
            record_of(path, "content/frameworks/", framework, "framework.toml")
        {
            if self.frameworks.last().is_none_or(|last| last.id != id)
                && let Some(record) = Layered::find(inputs, &path, order)
            {
                self.frameworks.push(FrameworkFiles { id, record });
            }
            return;
        }
        if path.folder() == "content" && is_or_layer(path.name(), "positions.toml") {
            if let Ok(path) = path.resolve("positions.toml") {
                self.positions = Layered::find(inputs, &path, order);
            }
            return;
        }
        if !is_of_role(inputs, path) && !is_of_site(path) {
            self.colocated.insert(path.clone(), digest);
        }
    }
}

/// Returns the id of a record and the path of its own file, if a path is that or of a layer.
fn record_of(
    path: &SourcePath,
    parent: &str,
    id: Option<&str>,
    file: &str,
) -> Option<(Id, SourcePath)> {
    if !is_or_layer(path.name(), file) {
        return None;
    }
    let id = own_id(path, parent, id).and_then(Id::new)?;
    Some((id, path.resolve(file).ok()?))
}

/// Returns true for the file of this name and for its layers.
pub(super) fn is_or_layer(name: &str, file: &str) -> bool {
    name == file || config::import_of(name, file).is_some()
}

/// Returns true for jobs and pay of a role that has a record.
fn is_of_role(inputs: &Inputs, path: &SourcePath) -> bool {
    let name = path.name();
    ["positions.toml", "salary.csv"]
        .into_iter()
        .any(|file| is_or_layer(name, file))
        && own_id(path, "content/roles/", role_of(path)).is_some()
        && path
            .resolve("role.toml")
            .is_ok_and(|record| Layered::find(inputs, &record, &[]).is_some())
}

/// Returns true for the lists of the site, and for what is said of whole imports.
fn is_of_site(path: &SourcePath) -> bool {
    let name = path.name();
    path.folder() == "content"
        && (config::LISTS.iter().any(|list| is_or_layer(name, list))
            || config::import_of(name, "imported.toml").is_some())
}

/// Returns the id of the record that a file stands directly beside: `id`, if the file is in its
/// folder and not below it.
fn own_id<'p>(path: &'p SourcePath, parent: &str, id: Option<&'p str>) -> Option<&'p str> {
    id.filter(|id| path.folder().strip_prefix(parent) == Some(*id))
}
