//! Frameworks: an employer's file comes in, a `Framework` goes out; and the rows of a role that uses it are completed.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::Framework;
use super::claim::Ledger;
use super::ladder::{Competencies, Row, Rows, id_of, ladder, track_of};
use super::read::{Written, WrittenFramework};
use super::record::LevelRow;
use super::resolve::{World, ahead};
use crate::calendar::is_ahead;
use crate::config::{Figures, TrackRow, duplicate};
use crate::data::{At, Id};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::path::SourcePath;
use crate::source::Span;
use crate::suggest;

/// Works out a framework by itself.
pub(super) fn framework(written: &WrittenFramework, world: &World<'_>, faults: &mut Diagnostics) -> Framework {
    let WrittenFramework { id, path, record, rows } = written;
    let figures = Figures::default();
    let ledger = Ledger { config: world.config, figures: &figures, path, build_date: world.calendar.build_date };
    let mut competencies = Competencies::default();
    competencies.add(&record.competencies, path, faults);
    check_tracks(&record.tracks, path, faults);
    let build_date = world.calendar.build_date;
    if let Some(updated) = record.updated.as_ref().filter(|day| is_ahead(day.value, build_date)) {
        faults.push(ahead("updated", updated.value, build_date).at(path, updated.span.clone()));
    }
    let all = competencies.all();
    let lost_levels = rows.lost("levels", record.levels.len());
    let rows = Rows { levels: own_rows(&record.levels, path), tracks: record.tracks.iter().collect(), competencies, lost_levels };
    Framework {
        id: id.clone(),
        path: path.clone(),
        name: record.name.value.clone(),
        summary: record.summary.clone(),
        description: record.description.clone(),
        employer: record.employer.clone(),
        updated: record.updated.as_ref().map(|date| date.value),
        draft: record.draft,
        ladder: ladder(rows, &ledger, faults),
        competencies: all,
        extra: record.extra.clone(),
    }
}

/// The framework that a role names.
pub(super) fn of_role<'w>(written: &Written, world: &World<'w>, faults: &mut Diagnostics) -> Option<&'w WrittenFramework> {
    let name = written.record.framework.as_ref()?;
    let found = world.frameworks.iter().find(|framework| framework.id == name.value);
    if found.is_none() && !world.lost_frameworks.contains(&name.value) {
        let help = suggest::help(name.as_str(), world.frameworks.iter().map(|framework| framework.id.as_str()));
        let fault = Diagnostic::error(Code::UnknownId, format!("there is no framework `{}`", name.value)).at(&written.path, name.span.clone());
        faults.push(fault.help(help.unwrap_or_else(|| "frameworks stand in content/frameworks/<id>/framework.toml".to_owned())));
    }
    found
}

/// The rows of a role's ladder: its own, or those that it takes from its framework, completed by its own.
pub(super) fn rows<'r>(written: &'r Written, framework: Option<&'r WrittenFramework>, faults: &mut Diagnostics) -> Rows<'r> {
    let Written { path, record, .. } = written;
    let (mut competencies, mut tracks) = (Competencies::default(), vec![]);
    check_tracks(&record.tracks, path, faults);
    let levels = match framework {
        Some(framework) => {
            competencies.add_framework(&framework.record.competencies, &framework.path, faults);
            tracks.extend(&framework.record.tracks);
            merged_rows(written, framework, faults)
        }
        None => own_rows(&record.levels, path),
    };
    competencies.add(&record.competencies, path, faults);
    tracks.extend(&record.tracks);
    Rows { levels, tracks, competencies, lost_levels: written.lost_levels() }
}

fn own_rows<'r>(levels: &'r [At<LevelRow>], path: &'r SourcePath) -> Vec<Row<'r>> {
    levels.iter().map(|level| Row { own: (level, path), base: None, base_next: None }).collect()
}

/// The framework's levels that the role names, in the framework's order.
fn merged_rows<'r>(written: &'r Written, framework: &'r WrittenFramework, faults: &mut Diagnostics) -> Vec<Row<'r>> {
    let own = named_rows(written, framework, faults);
    let used: BTreeSet<&Id> = own.keys().copied().collect();
    let levels = framework.record.levels.iter().filter_map(|base| Some((id_of(base)?, base)));
    let row = |(id, base): (Id, &'r At<LevelRow>)| {
        let base_next = Some(next_used(framework, base, &used));
        Some(Row { own: (own.get(&id)?, &written.path), base: Some((base, &framework.path)), base_next })
    };
    levels.filter_map(row).collect()
}

/// The role's rows by the level of the framework that they name. Every row names one, and no two the same.
fn named_rows<'r>(written: &'r Written, framework: &WrittenFramework, faults: &mut Diagnostics) -> BTreeMap<&'r Id, &'r At<LevelRow>> {
    let (path, record) = (&written.path, &framework.record);
    let known: BTreeSet<Id> = record.levels.iter().filter_map(|level| id_of(level)).collect();
    let lost_levels = framework.rows.lost("levels", record.levels.len());
    let mut rows: BTreeMap<&Id, &At<LevelRow>> = BTreeMap::new();
    for level in &written.record.levels {
        let listed = |word: &str| suggest::help(word, known.iter().map(Id::as_str));
        let Some(id) = &level.id else {
            let fault = Diagnostic::error(Code::MissingKey, "a level of a role that uses a framework needs the `id` of one of the framework's levels");
            faults.push(fault.at(path, level.span.clone()).help(listed("")));
            continue;
        };
        if !known.contains(&id.value) {
            let fault = Diagnostic::error(Code::UnknownId, format!("the framework `{}` has no level `{}`", framework.id, id.value));
            faults.extend((!lost_levels).then(|| fault.at(path, id.span.clone()).help(listed(id.as_str()))));
        } else if let Some(first) = rows.get(&id.value) {
            faults.push(duplicate(&id.value, path, &level.span, path, &first.span));
        } else {
            rows.insert(&id.value, level);
        }
    }
    rows
}

/// Where a level of the framework leads among the levels that the role uses: an unused one is stepped over.
fn next_used(framework: &WrittenFramework, level: &LevelRow, used: &BTreeSet<&Id>) -> Vec<At<Id>> {
    let levels = &framework.record.levels;
    let (mut found, mut seen, mut queue) = (vec![], BTreeSet::new(), VecDeque::from(follow(levels, level)));
    while let Some(id) = queue.pop_front() {
        if !seen.insert(id.value.clone()) {
            continue;
        }
        if used.contains(&id.value) {
            found.push(id);
        } else if let Some(skipped) = levels.iter().find(|other| id_of(other).as_ref() == Some(&id.value)) {
            queue.extend(follow(levels, skipped));
        }
    }
    found
}

/// The levels that may follow one: those that it names, or the following one of its track.
fn follow(levels: &[At<LevelRow>], level: &LevelRow) -> Vec<At<Id>> {
    let following = || {
        let at = levels.iter().position(|other| id_of(other) == id_of(level))?;
        let next = levels.iter().skip(at + 1).find(|other| track_of(other) == track_of(level))?;
        id_of(next).map(|id| At { value: id, span: next.span.clone() })
    };
    level.next.clone().unwrap_or_else(|| following().into_iter().collect())
}

fn check_tracks(tracks: &[TrackRow], path: &SourcePath, faults: &mut Diagnostics) {
    let mut seen: BTreeMap<&Id, &Span> = BTreeMap::new();
    for TrackRow { id, name: _ } in tracks {
        if let Some(first) = seen.insert(&id.value, &id.span) {
            faults.push(duplicate(&id.value, path, &id.span, path, first));
        }
    }
}
