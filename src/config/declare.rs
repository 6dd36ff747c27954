//! Ids: rows of the lists come in, a namespace of ids goes out, each declared once.

use super::{Config, Declared, List, ListRow, RowCounts, SkillRow, SourceRow};
use crate::data::{At, Id, Md};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::digest::Digest;
use crate::path::{SourcePath, check_segment, nearest_slug, slugify};
use crate::source::Span;

impl Config {
    /// Adds the skills and sources that a file declares, a list's or a role's: one namespace.
    pub fn declare(
        &mut self,
        path: &SourcePath,
        skills: &[At<SkillRow>],
        sources: &[At<SourceRow>],
        rows: &RowCounts,
        diagnostics: &mut Diagnostics,
    ) {
        for row in skills {
            let first = |id: &Id| self.skills.get(id);
            if let Some((id, declared)) = declared(row, path, first, diagnostics) {
                self.skills.insert(id, declared);
            }
        }
        for row in sources {
            let first = |id: &Id| self.sources.get(id);
            if let Some((id, declared)) = declared(row, path, first, diagnostics) {
                self.sources.insert(id, declared);
            }
        }
        if rows.lost("skills", skills.len()) {
            self.incomplete.insert(List::Skills);
        }
        if rows.lost("sources", sources.len()) {
            self.incomplete.insert(List::Sources);
        }
    }
}

/// Returns the digest of what rows of a role say, without their places: an edit before them leaves
/// other roles as they are.
pub fn digest_of_rows(skills: &[At<SkillRow>], sources: &[At<SourceRow>]) -> Digest {
    let skills = skills.iter().map(|row| {
        let SkillRow {
            id,
            name,
            group,
            kind,
            description,
            url,
            concept,
        } = &row.value;
        let links = [url, concept].map(|link| link.as_ref().map(ToString::to_string));
        (
            without_place(id),
            &name.value,
            group,
            kind,
            description.as_ref().map(said),
            links,
        )
    });
    let sources = sources.iter().map(|row| {
        let SourceRow {
            id,
            title,
            kind,
            publisher,
            url,
            licence,
            licence_url,
            as_of,
            attribution,
            note,
        } = &row.value;
        let links = [url, licence_url].map(|link| link.as_ref().map(ToString::to_string));
        let as_of = as_of.map(|as_of| as_of.to_string());
        let texts = (publisher, licence, attribution, note.as_ref().map(said));
        (without_place(id), &title.value, kind, as_of, links, texts)
    });
    Digest::of_value(&(skills.collect::<Vec<_>>(), sources.collect::<Vec<_>>()))
}

fn without_place(id: &Option<At<Id>>) -> Option<&Id> {
    id.as_ref().map(|id| &id.value)
}

/// Returns what a text says, and what its links are counted from.
fn said(text: &Md) -> impl serde::Serialize + '_ {
    let source = text.source.as_ref().map(|source| &source.value);
    (&text.text, &text.path, source)
}

/// Returns a row with its id; `None`, with a diagnostic, when it has none, or when `first` returns a
/// row that has the id already.
pub(super) fn declared<'c, T: ListRow + 'c>(
    row: &At<T>,
    path: &SourcePath,
    first: impl FnOnce(&Id) -> Option<&'c Declared<T>>,
    diagnostics: &mut Diagnostics,
) -> Option<(Id, Declared<T>)> {
    let id = id_or_slug(row.id(), row.name(), path, diagnostics)?;
    if let Some(first) = first(&id) {
        let fault = duplicate(&id, path, &row.span, &first.path, &first.span);
        diagnostics.push(of_names(
            fault,
            &id,
            name_for_id(&row.value),
            name_for_id(&first.row),
        ));
        return None;
    }
    let declared = Declared {
        row: row.value.clone(),
        path: path.clone(),
        span: row.span.clone(),
    };
    Some((id, declared))
}

/// Returns the name of a row that its id was made of.
fn name_for_id(row: &impl ListRow) -> Option<&str> {
    match row.id() {
        Some(_) => None,
        None => Some(row.name()),
    }
}

/// Returns a row's id: its own, or the slug of its name.
pub fn id_or_slug(
    id: Option<&At<Id>>,
    name: &At<String>,
    path: &SourcePath,
    diagnostics: &mut Diagnostics,
) -> Option<Id> {
    let found = id.map(|id| id.value.clone()).or_else(|| Id::of_name(name));
    if found.is_none() {
        let NoId { why, example } = NoId::of(name);
        let fault = Diagnostic::error(
            Code::MissingKey,
            format!("no id can be made of \"{}\": {why}", name.value),
        )
        .at(path, name.span.clone());
        diagnostics.push(fault.help(format!(
            "add an id to the row, such as `id = \"{example}\"`"
        )));
    }
    found
}

/// Why a name makes no id.
struct NoId {
    why: String,
    /// A text that is an id.
    example: String,
}

impl NoId {
    fn of(name: &str) -> Self {
        let slug = slugify(name);
        if slug.is_empty() {
            return Self {
                why: "it has no letters or digits".to_owned(),
                example: "my-id".to_owned(),
            };
        }
        if slug.len() > Id::LONGEST {
            let why = format!(
                "it would have {} bytes, and an id has at most {}",
                slug.len(),
                Id::LONGEST
            );
            let example = first_words(&slug).to_owned();
            return Self { why, example };
        }
        Self {
            why: match check_segment(&slug) {
                Err(why) => why.to_string(),
                Ok(()) => format!("`{slug}` is none"),
            },
            example: nearest_slug(&slug).unwrap_or_else(|| "my-id".to_owned()),
        }
    }
}

/// Returns as many words of a slug as make a short id.
fn first_words(slug: &str) -> &str {
    const LONGEST_EXAMPLE: usize = 60;
    let end = slug
        .char_indices()
        .map(|(at, _)| at)
        .find(|at| *at >= LONGEST_EXAMPLE)
        .unwrap_or(slug.len());
    let start = &slug[..end];
    start.rsplit_once('-').map_or(start, |(words, _)| words)
}

/// Makes the diagnostic of an id that two rows share.
pub fn duplicate(
    id: &Id,
    path: &SourcePath,
    span: &Span,
    first_path: &SourcePath,
    first: &Span,
) -> Diagnostic {
    let fault = Diagnostic::error(Code::DuplicateId, format!("the id `{id}` is used twice"))
        .at(path, span.clone());
    fault
        .related("it was used first here", first_path, first.clone())
        .help("give one of the two rows another id")
}

/// Adds to that diagnostic the names that the id was made of, where rows give no id of their own.
pub fn of_names(
    mut fault: Diagnostic,
    id: &Id,
    name: Option<&str>,
    first: Option<&str>,
) -> Diagnostic {
    let shown = |name: Option<&str>| {
        name.map_or_else(
            || "by a row that says so".to_owned(),
            |name| format!("by \"{name}\""),
        )
    };
    if name.is_some() || first.is_some() {
        fault.message = format!("{}: {} and {}", fault.message, shown(first), shown(name));
        fault.help = vec![format!(
            "give one of the two rows an id of its own, such as `id = \"{id}-2\"`; or remove it, if it says the same"
        )];
    }
    fault
}
