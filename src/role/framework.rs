//! Frameworks: an employer's file comes in, a `Framework` goes out; and the rows of a role that uses it are completed.

use super::ladder::{Row, Rows, ladder};
use super::money::Ledger;
use super::read::{Written, WrittenFramework};
use super::record::{CompetencyRow, LevelRow};
use super::{Competency, Framework};
use crate::config::{Config, Figures, TrackRow, check_ids};
use crate::data::{At, Id, Map};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::path::SourcePath;
use crate::suggest;

/// Checks a framework by itself.
pub(super) fn framework(written: &WrittenFramework, config: &Config, build_date: jiff::civil::Date, faults: &mut Diagnostics) -> Framework {
    let WrittenFramework { id, path, record } = written;
    check_lists(&record.tracks, &record.competencies, path, faults);
    let figures = Figures::default();
    let ledger = Ledger { config, figures: &figures, path, build_date };
    let rows = Rows {
        levels: record.levels.iter().map(|level| Row { row: level.value.clone(), path: path.clone(), span: level.span.clone() }).collect(),
        tracks: record.tracks.clone(),
        competencies: record.competencies.clone(),
    };
    let competency = |row: &At<CompetencyRow>| {
        let id = row.id.as_ref().map(|id| id.value.clone()).or_else(|| Id::of_name(&row.name))?;
        Some(Competency { id, group: row.group.clone(), name: row.name.value.clone(), description: row.description.clone() })
    };
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
        competencies: record.competencies.iter().filter_map(competency).collect(),
        extra: record.extra.clone(),
    }
}

/// The rows of a role's ladder: its own, or those that it takes from its framework, completed by its own.
pub(super) fn rows(written: &Written, framework: Option<&WrittenFramework>, faults: &mut Diagnostics) -> Rows {
    let record = &written.record;
    check_lists(&record.tracks, &record.competencies, &written.path, faults);
    let own = || record.levels.iter().map(|level| Row { row: level.value.clone(), path: written.path.clone(), span: level.span.clone() });
    let Some(framework) = framework else {
        return Rows { levels: own().collect(), tracks: record.tracks.clone(), competencies: record.competencies.clone() };
    };
    check_names(written, framework, faults);
    let used: Vec<Id> = own().filter_map(|row| row.row.id.map(|id| id.value)).collect();
    let merged = framework.record.levels.iter().filter_map(|level| {
        let id = id_of(&level.value)?;
        let own = own().find(|row| row.row.id.as_ref().is_some_and(|own| own.value == id))?;
        let next = next_used(framework, &level.value, &used);
        Some(Row { row: merge(own.row, level.value.clone(), next), path: own.path, span: own.span })
    });
    let restricted = framework.record.competencies.iter().map(|row| At { value: restrict(&row.value, &used), span: row.span.clone() });
    Rows {
        levels: merged.collect(),
        tracks: framework.record.tracks.iter().chain(&record.tracks).cloned().collect(),
        competencies: restricted.chain(record.competencies.iter().cloned()).collect(),
    }
}

/// Says which tracks and competencies of one file share an id. A role may add to a competency of its framework.
pub(super) fn check_lists(tracks: &[TrackRow], competencies: &[At<CompetencyRow>], path: &SourcePath, faults: &mut Diagnostics) {
    check_ids(tracks.iter().map(|track| &track.id), path, faults);
    let id =
        |row: &At<CompetencyRow>| Some(At { value: row.id.as_ref().map(|id| id.value.clone()).or_else(|| Id::of_name(&row.name))?, span: row.span.clone() });
    let ids: Vec<At<Id>> = competencies.iter().filter_map(id).collect();
    check_ids(ids.iter(), path, faults);
}

/// Every level of a role that uses a framework names one of the framework's.
fn check_names(written: &Written, framework: &WrittenFramework, faults: &mut Diagnostics) {
    let known: Vec<Id> = framework.record.levels.iter().filter_map(|level| id_of(&level.value)).collect();
    for level in &written.record.levels {
        match &level.id {
            Some(id) if known.contains(&id.value) => {}
            Some(id) => {
                let fault = Diagnostic::error(Code::UnknownId, format!("the framework `{}` has no level `{}`", framework.id, id.value))
                    .at(&written.path, id.span.clone());
                faults.push(fault.help(suggest::help(id.as_str(), known.iter().map(Id::as_str))));
            }
            None => {
                let fault = Diagnostic::error(Code::MissingKey, "a level of a role that uses a framework needs the `id` of one of its levels")
                    .at(&written.path, level.span.clone());
                faults.push(fault.help(suggest::help("", known.iter().map(Id::as_str))));
            }
        }
    }
}

fn id_of(level: &LevelRow) -> Option<Id> {
    let name = || level.title.as_ref().map(|title| title.value.clone()).or_else(|| level.name.clone());
    level.id.as_ref().map(|id| id.value.clone()).or_else(|| Id::of_name(&name()?))
}

/// Where a level of the framework leads among the levels that the role uses: an unused one is stepped over.
fn next_used(framework: &WrittenFramework, level: &LevelRow, used: &[Id]) -> Vec<At<Id>> {
    let levels = &framework.record.levels;
    let track = |level: &LevelRow| level.track.as_ref().map(|track| track.value.clone());
    let follow = |level: &LevelRow| -> Vec<At<Id>> {
        let following = || {
            let at = levels.iter().position(|other| id_of(other) == id_of(level))?;
            let next = levels[at + 1..].iter().find(|other| track(other) == track(level))?;
            id_of(next).map(|id| At { value: id, span: next.span.clone() })
        };
        level.next.clone().unwrap_or_else(|| following().into_iter().collect())
    };
    let (mut found, mut seen, mut queue): (Vec<At<Id>>, Vec<Id>, Vec<At<Id>>) = (vec![], vec![], follow(level));
    while !queue.is_empty() {
        let id = queue.remove(0);
        if seen.contains(&id.value) {
            continue;
        }
        seen.push(id.value.clone());
        if used.contains(&id.value) {
            found.push(id);
        } else if let Some(skipped) = levels.iter().find(|other| id_of(other).as_ref() == Some(&id.value)) {
            queue.extend(follow(skipped));
        }
    }
    found
}

/// A competency with the criteria of the levels that are used.
fn restrict(row: &CompetencyRow, used: &[Id]) -> CompetencyRow {
    let criteria = row.criteria.0.iter().filter(|(level, _)| used.iter().any(|id| id.as_str() == level.value)).cloned().collect();
    CompetencyRow { criteria: Map(criteria), ..row.clone() }
}

/// The framework's level with everything that the role says itself.
fn merge(own: LevelRow, base: LevelRow, next: Vec<At<Id>>) -> LevelRow {
    let LevelRow {
        id,
        track,
        stage,
        title,
        name,
        experience,
        salary,
        summary,
        responsibilities,
        tasks,
        skills,
        drops,
        focus,
        advance,
        next: own_next,
        scope,
        reach,
    } = own;
    fn list<T>(own: Vec<T>, base: Vec<T>) -> Vec<T> {
        if own.is_empty() { base } else { own }
    }
    LevelRow {
        id,
        track: track.or(base.track),
        stage: stage.or(base.stage),
        title: title.or(base.title),
        name: name.or(base.name),
        experience: experience.or(base.experience),
        salary: salary.or(base.salary),
        summary: summary.or(base.summary),
        responsibilities: list(responsibilities, base.responsibilities),
        tasks: list(tasks, base.tasks),
        skills: list(skills, base.skills),
        drops: list(drops, base.drops),
        focus: focus.or(base.focus),
        advance: advance.or(base.advance),
        next: Some(own_next.unwrap_or(next)),
        scope: scope.or(base.scope),
        reach: reach.or(base.reach),
    }
}

/// The framework that a role names.
pub(super) fn of_role<'f>(written: &Written, frameworks: &'f [WrittenFramework], faults: &mut Diagnostics) -> Option<&'f WrittenFramework> {
    let name = written.record.framework.as_ref()?;
    let found = frameworks.iter().find(|framework| framework.id == name.value);
    if found.is_none() {
        let help = suggest::help(name.as_str(), frameworks.iter().map(|framework| framework.id.as_str()));
        let fault = Diagnostic::error(Code::UnknownId, format!("there is no framework `{}`", name.value)).at(&written.path, name.span.clone());
        faults.push(fault.help(help.or_else(|| Some("frameworks stand in content/frameworks/<id>/framework.toml".into()))));
    }
    found
}
