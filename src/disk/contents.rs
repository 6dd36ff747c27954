//! The contents of a site: the folders of a walk come in; the files of the site by their paths, and
//! all diagnostics of the walk, go out.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::PathBuf;

use super::source_tree::{Entry, File, Folder, Kind, Place};
use crate::diag::{Code, Diagnostic};
use crate::inputs;
use crate::path::SourcePath;

/// The files of a site, by their paths.
pub type Files = BTreeMap<SourcePath, inputs::File>;

/// What a walk amounts to.
pub struct Contents {
    pub files: Files,
    /// Where files are whose names on disk are not in Unicode NFC.
    pub renamed: BTreeMap<SourcePath, PathBuf>,
    pub diagnostics: BTreeSet<Diagnostic>,
}

impl Contents {
    /// Returns the contents of folders whose files were hashed.
    pub fn of(folders: &[Folder]) -> Self {
        let mut diagnostics: BTreeSet<_> = folders
            .iter()
            .flat_map(|folder| &folder.diagnostics)
            .cloned()
            .collect();
        let found = sorted_entries(folders);
        let (mut files, mut renamed) = (Vec::with_capacity(found.len()), BTreeMap::new());
        let mut last: Option<&Entry> = None;
        for (entry, place) in found {
            let Kind::File(File {
                known: Some(known), ..
            }) = &entry.kind
            else {
                continue;
            };
            if let Some(last) = last.filter(|last| last.path == entry.path) {
                diagnostics.insert(same_name(last, entry));
                continue;
            }
            last = Some(entry);
            match &known.bytes {
                Ok(file) => files.push((entry.path.clone(), *file)),
                Err(diagnostic) => {
                    diagnostics.insert((**diagnostic).clone());
                }
            }
            if !place.is_plain || entry.name.to_str() != Some(entry.path.name()) {
                renamed.insert(entry.path.clone(), place.path.join(&entry.name));
            }
        }
        Self {
            files: files.into_iter().collect(),
            renamed,
            diagnostics,
        }
    }
}

/// Returns all entries with their folders, sorted by path. Entries of the same path stay in the
/// order of the walk.
fn sorted_entries(folders: &[Folder]) -> Vec<(&Entry, &Place)> {
    let mut found: Vec<_> = folders
        .iter()
        .flat_map(|folder| folder.entries.iter().map(|entry| (entry, &*folder.place)))
        .collect();
    found.sort_by(|(a, _), (b, _)| a.path.cmp(&b.path));
    found
}

/// Returns the error for two files that have one name in two Unicode forms.
fn same_name(one: &Entry, other: &Entry) -> Diagnostic {
    let message = format!(
        "two files have this name, once as \"{}\" and once as \"{}\": in an address they are the same",
        escaped(&one.name),
        escaped(&other.name)
    );
    Diagnostic::error(Code::SameUrl, message)
        .at_file(&one.path)
        .help("delete or rename one of them")
}

/// Returns a file's name with all that is not ASCII escaped, because the forms of Unicode look the
/// same.
fn escaped(name: &OsStr) -> String {
    let mut escaped = String::new();
    for c in name.to_string_lossy().chars() {
        if c.is_ascii() {
            escaped.push(c);
        } else {
            escaped.extend(c.escape_unicode());
        }
    }
    escaped
}
