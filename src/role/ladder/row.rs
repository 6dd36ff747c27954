//! The rows of levels: a row of a record, and of the framework that it completes, come in; fields
//! with the file that they stand in, ids and tracks go out.

use std::collections::BTreeMap;

use crate::config::{duplicate, id_or_slug, of_names};
use crate::data::{At, Id};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::path::SourcePath;
use crate::role::record::LevelRow;
use crate::suggest;

/// The track of a level that names none.
const DEFAULT_TRACK: &str = "individual";

/// A row of a file.
pub(in crate::role) type Placed<'r> = (&'r At<LevelRow>, &'r SourcePath);

/// A level as it is written: a field of its own row wins over that of its framework's.
pub(in crate::role) struct Row<'r> {
    pub own: Placed<'r>,
    pub base: Option<Placed<'r>>,
    /// Where the framework leads among the levels that the role uses.
    pub base_next: Option<Vec<At<Id>>>,
}

/// A level on its way: its id is known, its neighbours are not.
pub(super) struct Step<'r> {
    pub id: Id,
    pub track: Id,
    pub row: Row<'r>,
}

impl<'r> Row<'r> {
    /// Returns a field, and the file that it stands in.
    pub(super) fn first<T>(
        &self,
        field: impl Fn(&'r LevelRow) -> Option<&'r T>,
    ) -> Option<(&'r T, &'r SourcePath)> {
        let found = |(row, path): Placed<'r>| Some((field(&row.value)?, path));
        found(self.own).or_else(|| found(self.base?))
    }

    /// Returns a list, and the file that it stands in: one that was written replaces the
    /// framework's.
    pub(super) fn list<T>(
        &self,
        field: impl Fn(&'r LevelRow) -> &'r Vec<T>,
    ) -> (&'r [T], &'r SourcePath) {
        let (own, path) = self.own;
        match self.base {
            Some((base, base_path)) if field(&own.value).is_empty() => {
                (field(&base.value), base_path)
            }
            _ => (field(&own.value), path),
        }
    }

    /// Returns the levels that the row says may follow, and the file that says so; `None` when it
    /// is silent.
    pub(super) fn next(&self) -> Option<(&[At<Id>], &'r SourcePath)> {
        let (own, path) = self.own;
        let of_base = || Some((self.base_next.as_deref()?, self.base?.1));
        own.next
            .as_deref()
            .map(|next| (next, path))
            .or_else(of_base)
    }
}

/// Returns the id of a row: its own, or the slug of its title or name.
pub(in crate::role) fn id_of(row: &LevelRow) -> Option<Id> {
    let name = || {
        row.title
            .as_ref()
            .map(|title| title.value.as_str())
            .or(row.name.as_deref())
    };
    row.id
        .as_ref()
        .map(|id| id.value.clone())
        .or_else(|| Id::of_name(name()?))
}

/// Returns the track of a row.
pub(in crate::role) fn track_of(row: &LevelRow) -> Id {
    row.track
        .as_ref()
        .map_or_else(|| Id::known(DEFAULT_TRACK), |track| track.value.clone())
}

/// Gives every level its id and its track. Levels without an id of their own are left out and said.
pub(super) fn steps<'r>(
    rows: Vec<Row<'r>>,
    names: &BTreeMap<&Id, &str>,
    diagnostics: &mut Diagnostics,
) -> Vec<Step<'r>> {
    let mut seen: BTreeMap<Id, Placed<'r>> = BTreeMap::new();
    let mut steps = vec![];
    for row in rows {
        let (own, path) = row.own;
        let Some(id) = own_id(own, path, diagnostics) else {
            continue;
        };
        if let Some((first, first_path)) = seen.get(&id) {
            let named = |row: &'r LevelRow| {
                row.title
                    .as_ref()
                    .map(|title| title.as_str())
                    .or(row.name.as_deref())
                    .filter(|_| row.id.is_none())
            };
            diagnostics.push(of_names(
                duplicate(&id, path, &own.span, first_path, &first.span),
                &id,
                named(own),
                named(first),
            ));
            continue;
        }
        seen.insert(id.clone(), row.own);
        let track = known_track(&row, names, diagnostics);
        steps.push(Step { id, track, row });
    }
    steps
}

fn own_id(row: &At<LevelRow>, path: &SourcePath, diagnostics: &mut Diagnostics) -> Option<Id> {
    let name = || {
        row.name.as_ref().map(|name| At {
            value: name.clone(),
            span: row.span.clone(),
        })
    };
    match (&row.id, row.title.clone().or_else(name)) {
        (Some(id), _) => Some(id.value.clone()),
        (None, Some(title)) => id_or_slug(None, &title, path, diagnostics),
        (None, None) => {
            let fault = Diagnostic::error(Code::MissingKey, "this level has no `title`")
                .at(path, row.span.clone());
            diagnostics.push(fault.help("add `title = \"…\"`"));
            None
        }
    }
}

fn known_track(row: &Row<'_>, names: &BTreeMap<&Id, &str>, diagnostics: &mut Diagnostics) -> Id {
    let Some((track, path)) = row.first(|level| level.track.as_ref()) else {
        return track_of(row.own.0);
    };
    let known = || {
        names
            .keys()
            .map(|id| id.as_str())
            .chain([DEFAULT_TRACK, "manager"])
    };
    if !known().any(|id| id == track.as_str()) {
        let near =
            suggest::nearest(track.as_str(), known()).map(|near| format!("did you mean `{near}`?"));
        let fault = Diagnostic::error(
            Code::UnknownId,
            format!("there is no track `{}`", track.value),
        )
        .at(path, track.span.clone());
        diagnostics.push(fault.help(
            near.unwrap_or_else(|| "declare it: [[tracks]] with `id` and `name`".to_owned()),
        ));
    }
    track.value.clone()
}
