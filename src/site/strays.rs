//! Records that are not found where they stand: the files of `content/` come in; what to call them or
//! where to put them goes out.

use std::collections::{BTreeMap, BTreeSet};

use super::files::{Files, is_or_layer};
use super::{copies, framework_of, role_of, slips};
use crate::data::Id;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::kind::Kinds;
use crate::path::{SourcePath, nearest_slug};

/// A kind of record, and where it stands.
pub(super) struct Record {
    /// `role`
    name: &'static str,
    /// `content/roles`
    folder: &'static str,
    /// `role.toml`
    pub file: &'static str,
    /// Returns the name of the record's folder that a file is in.
    folder_of: fn(&SourcePath) -> Option<&str>,
    /// Returns true for the name of a file of which a record is needed to make a page.
    needs_record: fn(&Kinds, &str) -> bool,
}

pub(super) const ROLE: Record = Record {
    name: "role",
    folder: "content/roles",
    file: "role.toml",
    folder_of: role_of,
    needs_record: |kinds, name| {
        kinds.files_of_role().any(|file| file == name)
            || ["positions.toml", "salary.csv"]
                .into_iter()
                .any(|file| is_or_layer(name, file))
    },
};
pub(super) const FRAMEWORK: Record = Record {
    name: "framework",
    folder: "content/frameworks",
    file: "framework.toml",
    folder_of: framework_of,
    needs_record: |_, name| matches!(name, "index.md" | "matrix.md"),
};

/// Says what must be put right before the rest can be judged: records that are not found where they
/// stand, folders without one, and copies.
pub(super) fn check(files: &Files, kinds: &Kinds, diagnostics: &mut Diagnostics) {
    let roles = files.roles.iter().map(|role| role.id.as_str());
    ROLE.check(files, kinds, &roles.collect(), diagnostics);
    let frameworks = files
        .frameworks
        .iter()
        .map(|framework| framework.id.as_str());
    FRAMEWORK.check(files, kinds, &frameworks.collect(), diagnostics);
    copies::check(files, diagnostics);
}

impl Files {
    /// Returns the folders of records, by name, with the Markdown and other files in them.
    fn folders(&self, record: &Record) -> BTreeMap<&str, Vec<&SourcePath>> {
        let mut folders: BTreeMap<&str, Vec<&SourcePath>> = BTreeMap::new();
        let articles = self.articles.iter().map(|file| &file.path);
        for path in articles.chain(self.colocated.keys()) {
            if let Some(folder) = (record.folder_of)(path) {
                folders.entry(folder).or_default().push(path);
            }
        }
        folders
    }
}

impl Record {
    /// `known` are the ids of the records that are found.
    fn check(
        &self,
        files: &Files,
        kinds: &Kinds,
        known: &BTreeSet<&str>,
        diagnostics: &mut Diagnostics,
    ) {
        let misplaced: BTreeMap<&SourcePath, Diagnostic> = files
            .colocated
            .keys()
            .filter_map(|path| Some((path, self.misplaced(path, known)?)))
            .collect();
        // Of a folder whose record is said to be elsewhere, nothing more is said.
        let said: BTreeSet<&str> = misplaced
            .keys()
            .filter_map(|path| (self.folder_of)(path))
            .collect();
        for (folder, paths) in files.folders(self) {
            if !known.contains(folder) && !said.contains(folder) {
                diagnostics.extend(self.missing(kinds, folder, &paths));
            }
        }
        diagnostics.extend(misplaced.into_values());
    }

    /// Says what is wrong with a file that is called like the record and is not read as one.
    fn misplaced(&self, path: &SourcePath, known: &BTreeSet<&str>) -> Option<Diagnostic> {
        let Self {
            name, folder, file, ..
        } = self;
        if path.name() != *file {
            slips::meant(path.name(), &[file])?;
        }
        let own_folder =
            (self.folder_of)(path).filter(|id| path.folder() == format!("{folder}/{id}"));
        let Some(id) = own_folder else {
            return Some(self.elsewhere(path, known).at_file(path));
        };
        // The record is there: this is something else.
        if known.contains(id) {
            return None;
        }
        let fault = if Id::new(id).is_none() {
            let why = format!(
                "the folder `{id}` cannot be the id of a {name}: ids are letters, digits, `-`, `_` and `.`"
            );
            Diagnostic::error(Code::FileName, why)
                .help(free_id(id, known).map(|id| format!("rename the folder to `{id}`")))
        } else {
            let wrong = path.name();
            let message = format!("`{wrong}` is not read: a {name} is described in {file}");
            Diagnostic::error(Code::UnusedFile, message).help(format!("rename the file to {file}"))
        };
        Some(fault.at_file(path))
    }

    /// Says that a record stands outside of the folders of records.
    fn elsewhere(&self, path: &SourcePath, known: &BTreeSet<&str>) -> Diagnostic {
        let Self {
            name, folder, file, ..
        } = self;
        let message = format!("this {name} is not read: it is looked for in {folder}/<id>/{file}");
        let fault = Diagnostic::error(Code::UnusedFile, message);
        let parent = path.folder().rsplit('/').next().unwrap_or_default();
        let is_loose = path.folder() == *folder || path.folder() == "content";
        match free_id(parent, known).filter(|_| !is_loose) {
            Some(id) => fault.help(format!("move the folder to {folder}/{id}/")),
            None => fault.help(format!(
                "move the file to {folder}/<{name}>/{file}, in a folder named after the {name}"
            )),
        }
    }

    /// Says that a folder has no record. Pages that would belong to it are made of nothing; articles
    /// are, and stand alone.
    fn missing(&self, kinds: &Kinds, folder: &str, paths: &[&SourcePath]) -> Option<Diagnostic> {
        let Self {
            name,
            folder: parent,
            file,
            ..
        } = self;
        let inside = format!("{parent}/{folder}");
        let lost = paths.iter().find(|path| {
            path.inside(&inside)
                .is_some_and(|name| (self.needs_record)(kinds, name))
        });
        let is_section = paths
            .iter()
            .any(|path| path.inside(&inside) == Some("_index.md"));
        let help = if Id::new(folder).is_some() {
            String::new()
        } else {
            let id = nearest_slug(folder).unwrap_or_else(|| folder.to_owned());
            format!("; the folder needs another name for that, such as `{id}`")
        };
        if let Some(path) = lost {
            let message = format!(
                "the folder {inside} has no {file}, so this belongs to no {name} and is on no page"
            );
            return Some(
                Diagnostic::error(Code::MissingFile, message)
                    .at_file(path)
                    .help(format!(
                        "write {inside}/{file}, or move the files to where they belong{help}"
                    )),
            );
        }
        if is_section {
            return None;
        }
        let article = paths.iter().find(|path| path.extension() == "md")?;
        let message =
            format!("the folder {inside} has no {file}, so what stands in it belongs to no {name}");
        Some(Diagnostic::warning(Code::MissingFile, message).at_file(article).help(
            format!("write {inside}/{file}{help}; or move the articles to a folder of their own, such as content/articles/"),
        ))
    }
}

/// Returns an id like a text that no folder has yet.
fn free_id(text: &str, known: &BTreeSet<&str>) -> Option<String> {
    let slug = nearest_slug(text)?;
    let numbered = (2..).map(|number| format!("{slug}-{number}"));
    std::iter::once(slug.clone())
        .chain(numbered)
        .find(|id| !known.contains(id.as_str()))
}
