//! Frameworks: an employer's file comes in, a `Framework` goes out; and the rows of a role that
//! uses it are completed.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::Framework;
use super::ahead::ahead;
use super::claim::FigureReader;
use super::context::RoleContext;
use super::ladder::{Competencies, LevelsRead, Row, Rows, id_of, ladder, track_of};
use super::read::{WrittenFramework, WrittenRole};
use super::record::LevelRow;
use crate::calendar::is_ahead;
use crate::config::{FigureDefaults, TrackRow, duplicate};
use crate::data::{At, Id};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::path::SourcePath;
use crate::source::Span;
use crate::suggest;

/// Works out a framework by itself.
pub(super) fn framework(
    written: &WrittenFramework,
    context: &RoleContext<'_>,
    diagnostics: &mut Diagnostics,
) -> Framework {
    let WrittenFramework {
        id,
        path,
        digest: _,
        record,
        rows,
    } = written;
    let figures = FigureDefaults::default();
    let reader = FigureReader {
        context,
        figures: &figures,
        path,
    };
    let mut competencies = Competencies::default();
    competencies.add(&record.competencies, path, diagnostics);
    check_tracks(&record.tracks, path, diagnostics);
    check_updated(written, context, diagnostics);
    let all = competencies.all();
    let rows = Rows {
        levels: own_rows(&record.levels, path),
        tracks: record.tracks.iter().collect(),
        competencies,
        reading: LevelsRead::of(rows.lost("levels", record.levels.len())),
    };
    Framework {
        id: id.clone(),
        path: path.clone(),
        name: record.name.value.clone(),
        summary: record.summary.clone(),
        description: record.description.clone(),
        text_source: record.texts.source.clone(),
        employer: record.employer.clone(),
        updated: record.updated.as_ref().map(|date| date.value),
        draft: record.draft,
        ladder: ladder(rows, &reader, diagnostics),
        competencies: all,
        extra: record.extra.clone(),
    }
}

fn check_updated(
    written: &WrittenFramework,
    context: &RoleContext<'_>,
    diagnostics: &mut Diagnostics,
) {
    let build_date = context.calendar.build_date;
    if let Some(updated) = &written.record.updated
        && is_ahead(updated.value, build_date)
    {
        let warning = ahead("updated", updated.value, build_date);
        diagnostics.push(warning.at(&written.path, updated.span.clone()));
    }
}

/// Returns the framework that a role names.
pub(super) fn of_role<'w>(
    written: &WrittenRole,
    context: &RoleContext<'w>,
    diagnostics: &mut Diagnostics,
) -> Option<&'w WrittenFramework> {
    let name = written.record.framework.as_ref()?;
    let found = context
        .frameworks
        .iter()
        .find(|framework| framework.id == name.value);
    if found.is_none() && !context.failed_frameworks.contains(&name.value) {
        let help = suggest::help(
            name.as_str(),
            context
                .frameworks
                .iter()
                .map(|framework| framework.id.as_str()),
        );
        let fault = Diagnostic::error(
            Code::UnknownId,
            format!("there is no framework `{}`", name.value),
        )
        .at(&written.path, name.span.clone());
        diagnostics.push(fault.help(help.unwrap_or_else(|| {
            "frameworks stand in content/frameworks/<id>/framework.toml".to_owned()
        })));
    }
    found
}

/// Returns the rows of a role's ladder: its own, or those that it takes from its framework,
/// completed by its own.
pub(super) fn rows<'r>(
    written: &'r WrittenRole,
    framework: Option<&'r WrittenFramework>,
    diagnostics: &mut Diagnostics,
) -> Rows<'r> {
    let WrittenRole { path, record, .. } = written;
    let (mut competencies, mut tracks) = (Competencies::default(), vec![]);
    check_tracks(&record.tracks, path, diagnostics);
    let levels = match framework {
        Some(framework) => {
            competencies.add_framework(
                &framework.record.competencies,
                &framework.path,
                diagnostics,
            );
            tracks.extend(&framework.record.tracks);
            merged_rows(written, framework, diagnostics)
        }
        None => own_rows(&record.levels, path),
    };
    competencies.add(&record.competencies, path, diagnostics);
    tracks.extend(&record.tracks);
    Rows {
        levels,
        tracks,
        competencies,
        reading: LevelsRead::of(written.lost_levels()),
    }
}

fn own_rows<'r>(levels: &'r [At<LevelRow>], path: &'r SourcePath) -> Vec<Row<'r>> {
    levels
        .iter()
        .map(|level| Row {
            own: (level, path),
            base: None,
            base_next: None,
        })
        .collect()
}

/// Returns the framework's levels that the role names, in the framework's order.
fn merged_rows<'r>(
    written: &'r WrittenRole,
    framework: &'r WrittenFramework,
    diagnostics: &mut Diagnostics,
) -> Vec<Row<'r>> {
    let own = named_rows(written, framework, diagnostics);
    let used: BTreeSet<&Id> = own.keys().copied().collect();
    let levels = framework
        .record
        .levels
        .iter()
        .filter_map(|base| Some((id_of(base)?, base)));
    let row = |(id, base): (Id, &'r At<LevelRow>)| {
        let base_next = Some(next_used(framework, base, &used));
        Some(Row {
            own: (own.get(&id)?, &written.path),
            base: Some((base, &framework.path)),
            base_next,
        })
    };
    levels.filter_map(row).collect()
}

/// Returns the role's rows by the level of the framework that they name. Every row names one, and
/// no two the same.
fn named_rows<'r>(
    written: &'r WrittenRole,
    framework: &WrittenFramework,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<&'r Id, &'r At<LevelRow>> {
    let (path, record) = (&written.path, &framework.record);
    let known: BTreeSet<Id> = record
        .levels
        .iter()
        .filter_map(|level| id_of(level))
        .collect();
    let lost_levels = framework.rows.lost("levels", record.levels.len());
    let mut rows: BTreeMap<&Id, &At<LevelRow>> = BTreeMap::new();
    for level in &written.record.levels {
        let listed = |word: &str| suggest::help(word, known.iter().map(Id::as_str));
        let Some(id) = &level.id else {
            let fault = Diagnostic::error(
                Code::MissingKey,
                "a level of a role that uses a framework needs the `id` of one of the framework's levels",
            );
            diagnostics.push(fault.at(path, level.span.clone()).help(listed("")));
            continue;
        };
        if !known.contains(&id.value) {
            let fault = Diagnostic::error(
                Code::UnknownId,
                format!(
                    "the framework `{}` has no level `{}`",
                    framework.id, id.value
                ),
            );
            diagnostics.extend(
                (!lost_levels).then(|| fault.at(path, id.span.clone()).help(listed(id.as_str()))),
            );
        } else if let Some(first) = rows.get(&id.value) {
            diagnostics.push(duplicate(&id.value, path, &level.span, path, &first.span));
        } else {
            rows.insert(&id.value, level);
        }
    }
    rows
}

/// Returns where a level of the framework leads among the levels that the role uses: an unused one
/// is stepped over.
fn next_used(framework: &WrittenFramework, level: &LevelRow, used: &BTreeSet<&Id>) -> Vec<At<Id>> {
    let levels = &framework.record.levels;
    let (mut found, mut seen, mut queue) = (
        vec![],
        BTreeSet::new(),
        VecDeque::from(follow(levels, level)),
    );
    while let Some(id) = queue.pop_front() {
        if !seen.insert(id.value.clone()) {
            continue;
        }
        if used.contains(&id.value) {
            found.push(id);
        } else if let Some(skipped) = levels
            .iter()
            .find(|other| id_of(other).as_ref() == Some(&id.value))
        {
            queue.extend(follow(levels, skipped));
        }
    }
    found
}

/// Returns the levels that may follow one: those that it names, or the following one of its track.
fn follow(levels: &[At<LevelRow>], level: &LevelRow) -> Vec<At<Id>> {
    let following = || {
        let at = levels
            .iter()
            .position(|other| id_of(other) == id_of(level))?;
        let next = levels
            .iter()
            .skip(at + 1)
            .find(|other| track_of(other) == track_of(level))?;
        id_of(next).map(|id| At {
            value: id,
            span: next.span.clone(),
        })
    };
    level
        .next
        .clone()
        .unwrap_or_else(|| following().into_iter().collect())
}

fn check_tracks(tracks: &[TrackRow], path: &SourcePath, diagnostics: &mut Diagnostics) {
    let mut seen: BTreeMap<&Id, &Span> = BTreeMap::new();
    for TrackRow { id, name: _ } in tracks {
        if let Some(first) = seen.insert(&id.value, &id.span) {
            diagnostics.push(duplicate(&id.value, path, &id.span, path, first));
        }
    }
}
