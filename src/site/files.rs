//! Files of `content/` by what they are: inputs come in; articles, records and other files go out.
//! Nothing is read here.

use std::collections::BTreeMap;

use super::{framework_of, role_of};
use crate::config;
use crate::content::ArticleFile;
use crate::data::Id;
use crate::digest::Digest;
use crate::inputs::Inputs;
use crate::path::SourcePath;
use crate::role::{RecordFile, RoleFiles};

/// The files of `content/`, but for the lists, which the configuration reads.
#[derive(Default)]
pub(super) struct Files {
    pub articles: Vec<ArticleFile>,
    pub roles: Vec<RoleFiles>,
    pub frameworks: Vec<FrameworkFiles>,
    /// The jobs of no role.
    pub positions: Option<SourcePath>,
    /// Files beside articles and records: some are referred to.
    pub colocated: BTreeMap<SourcePath, Digest>,
}

/// The file of a framework.
pub(super) struct FrameworkFiles {
    pub id: Id,
    pub record: RecordFile,
}

impl Files {
    pub fn sort(inputs: &Inputs) -> Self {
        let mut files = Self::default();
        for (path, file) in inputs.below("content") {
            files.add(inputs, path, file.digest);
        }
        files
    }

    fn add(&mut self, inputs: &Inputs, path: &SourcePath, digest: Digest) {
        let record = || RecordFile {
            path: path.clone(),
            digest,
        };
        if path.extension() == "md" {
            return self.articles.push(ArticleFile {
                path: path.clone(),
                digest,
            });
        }
        let name = path.name();
        if name == "role.toml"
            && let Some(id) = own_id(path, "content/roles/", role_of(path)).and_then(Id::new)
        {
            return self.roles.push(RoleFiles::find(inputs, id, record()));
        }
        if name == "framework.toml"
            && let Some(id) =
                own_id(path, "content/frameworks/", framework_of(path)).and_then(Id::new)
        {
            let record = record();
            return self.frameworks.push(FrameworkFiles { id, record });
        }
        if path.folder() == "content" && name == "positions.toml" {
            self.positions = Some(path.clone());
            return;
        }
        let is_of_role = matches!(name, "positions.toml" | "salary.csv")
            && own_id(path, "content/roles/", role_of(path)).is_some()
            && inputs
                .get(&format!("{}/role.toml", path.folder()))
                .is_some();
        let is_list = path.folder() == "content" && config::LISTS.contains(&name);
        if !is_of_role && !is_list {
            self.colocated.insert(path.clone(), digest);
        }
    }
}

/// Returns the id of the record that a file stands directly beside: `id`, if the file is in its
/// folder and not below it.
fn own_id<'p>(path: &'p SourcePath, parent: &str, id: Option<&'p str>) -> Option<&'p str> {
    id.filter(|id| path.folder().strip_prefix(parent) == Some(*id))
}
