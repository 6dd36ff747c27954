//! Ids: rows of the lists come in, a namespace of ids goes out, each declared once.

use std::collections::BTreeMap;

use super::{Config, Declared, List, RowCounts, SkillRow, SourceRow};
use crate::data::{At, Id};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::path::SourcePath;
use crate::source::Span;

impl Config {
    /// Adds the skills and sources that a file declares, a list's or a role's: one namespace.
    pub fn declare(&mut self, path: &SourcePath, skills: &[At<SkillRow>], sources: &[At<SourceRow>], rows: &RowCounts, faults: &mut Diagnostics) {
        for row in skills {
            declare(&mut self.skills, id_or_slug(row.id.as_ref(), &row.name, path, faults), row, path, faults);
        }
        for row in sources {
            declare(&mut self.sources, id_or_slug(row.id.as_ref(), &row.title, path, faults), row, path, faults);
        }
        self.incomplete.extend(rows.lost("skills", skills.len()).then_some(List::Skills));
        self.incomplete.extend(rows.lost("sources", sources.len()).then_some(List::Sources));
    }
}

/// Adds a row, unless its id is taken.
pub(super) fn declare<T: Clone>(rows: &mut BTreeMap<Id, Declared<T>>, id: Option<Id>, row: &At<T>, path: &SourcePath, faults: &mut Diagnostics) {
    let Some(id) = id else { return };
    match rows.get(&id) {
        Some(first) => faults.push(duplicate(&id, path, &row.span, &first.path, &first.span)),
        None => drop(rows.insert(id, Declared { row: row.value.clone(), path: path.clone(), span: row.span.clone() })),
    }
}

/// A row's id: its own, or the slug of its name.
pub fn id_or_slug(id: Option<&At<Id>>, name: &At<String>, path: &SourcePath, faults: &mut Diagnostics) -> Option<Id> {
    let found = id.map(|id| id.value.clone()).or_else(|| Id::of_name(name));
    if found.is_none() {
        let fault = Diagnostic::error(Code::MissingKey, format!("no id can be made of \"{}\"", name.value)).at(path, name.span.clone());
        faults.push(fault.help("add `id = \"…\"` to the row"));
    }
    found
}

/// The fault of an id that two rows share.
pub fn duplicate(id: &Id, path: &SourcePath, span: &Span, first_path: &SourcePath, first: &Span) -> Diagnostic {
    let fault = Diagnostic::error(Code::DuplicateId, format!("the id `{id}` is used twice")).at(path, span.clone());
    fault.related("it was used first here", first_path, first.clone()).help("give one of the two rows another id")
}
