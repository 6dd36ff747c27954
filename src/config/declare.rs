//! Ids: rows of the lists come in, a namespace of ids goes out, each declared once.

use std::collections::BTreeMap;

use super::{Config, Declared, List, RowCounts, SkillRow, SourceRow};
use crate::data::{At, Id};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::path::{SourcePath, check_segment, nearest_slug, slugify};
use crate::source::Span;

impl Config {
    /// Adds the skills and sources that a file declares, a list's or a role's: one namespace.
    pub fn declare(&mut self, path: &SourcePath, skills: &[At<SkillRow>], sources: &[At<SourceRow>], rows: &RowCounts, faults: &mut Diagnostics) {
        for row in skills {
            declare(&mut self.skills, id_or_slug(row.id.as_ref(), &row.name, path, faults), (row, path), |row| row.id.is_none().then_some(&row.name), faults);
        }
        for row in sources {
            declare(
                &mut self.sources,
                id_or_slug(row.id.as_ref(), &row.title, path, faults),
                (row, path),
                |row| row.id.is_none().then_some(&row.title),
                faults,
            );
        }
        self.incomplete.extend(rows.lost("skills", skills.len()).then_some(List::Skills));
        self.incomplete.extend(rows.lost("sources", sources.len()).then_some(List::Sources));
    }
}

/// Adds a row, unless its id is taken. `named` gives the name of a row that its id was made of.
pub(super) fn declare<T: Clone>(
    rows: &mut BTreeMap<Id, Declared<T>>,
    id: Option<Id>,
    (row, path): (&At<T>, &SourcePath),
    named: fn(&T) -> Option<&At<String>>,
    faults: &mut Diagnostics,
) {
    let Some(id) = id else { return };
    match rows.get(&id) {
        Some(first) => {
            let fault = duplicate(&id, path, &row.span, &first.path, &first.span);
            faults.push(of_names(fault, &id, named(&row.value).map(|name| name.as_str()), named(&first.row).map(|name| name.as_str())));
        }
        None => drop(rows.insert(id, Declared { row: row.value.clone(), path: path.clone(), span: row.span.clone() })),
    }
}

/// A row's id: its own, or the slug of its name.
pub fn id_or_slug(id: Option<&At<Id>>, name: &At<String>, path: &SourcePath, faults: &mut Diagnostics) -> Option<Id> {
    let found = id.map(|id| id.value.clone()).or_else(|| Id::of_name(name));
    if found.is_none() {
        let (why, example) = why_no_id(name);
        let fault = Diagnostic::error(Code::MissingKey, format!("no id can be made of \"{}\": {why}", name.value)).at(path, name.span.clone());
        faults.push(fault.help(format!("add an id to the row, such as `id = \"{example}\"`")));
    }
    found
}

/// Why a name makes no id, and one that does.
fn why_no_id(name: &str) -> (String, String) {
    let slug = slugify(name);
    if slug.is_empty() {
        return ("it has no letters or digits".to_owned(), "my-id".to_owned());
    }
    if slug.len() > Id::LONGEST {
        let start: String = slug
            .chars()
            .scan(0, |bytes, c| {
                (*bytes < LONGEST_EXAMPLE).then(|| {
                    *bytes += c.len_utf8();
                    c
                })
            })
            .collect();
        let whole = start.rsplit_once('-').map_or(start.as_str(), |(words, _)| words);
        return (format!("it would have {} bytes, and an id has at most {}", slug.len(), Id::LONGEST), whole.to_owned());
    }
    let why = check_segment(&slug).err().map_or_else(|| format!("`{slug}` is none"), |why| why.to_string());
    (why, nearest_slug(&slug).unwrap_or_else(|| "my-id".to_owned()))
}

/// An example of a short id has at most so many bytes.
const LONGEST_EXAMPLE: usize = 60;

/// The fault of an id that two rows share.
pub fn duplicate(id: &Id, path: &SourcePath, span: &Span, first_path: &SourcePath, first: &Span) -> Diagnostic {
    let fault = Diagnostic::error(Code::DuplicateId, format!("the id `{id}` is used twice")).at(path, span.clone());
    fault.related("it was used first here", first_path, first.clone()).help("give one of the two rows another id")
}

/// The same with the names that the id was made of, where rows give no id of their own.
pub fn of_names(mut fault: Diagnostic, id: &Id, name: Option<&str>, first: Option<&str>) -> Diagnostic {
    let shown = |name: Option<&str>| name.map_or_else(|| "by a row that says so".to_owned(), |name| format!("by \"{name}\""));
    if name.is_some() || first.is_some() {
        fault.message = format!("{}: {} and {}", fault.message, shown(first), shown(name));
        fault.help = vec![format!("give one of the two rows an id of its own, such as `id = \"{id}-2\"`; or remove it, if it says the same")];
    }
    fault
}
