//! Ladders: rows of levels and competencies come in, in the order of the file; levels that know
//! what came before them and what may follow go out.
//!
//! `row` finds a level's fields, `order` holds levels against each other and links them, `needs`
//! accumulates skills, `competency` accumulates criteria.

mod competency;
mod needs;
mod order;
mod row;

use std::collections::BTreeMap;

pub(super) use competency::Competencies;
pub use needs::raise;
pub(super) use row::{Row, id_of, track_of};
use row::{Step, steps};

use super::claim::FigureReader;
use super::context::TrackName;
use super::record::Advance;
use super::{Ladder, Level, Next, Pay, Track};
use crate::config::TrackRow;
use crate::data::Id;
use crate::diag::{Code, Diagnostics};

/// What a ladder is made of.
pub(super) struct Rows<'r> {
    pub levels: Vec<Row<'r>>,
    pub tracks: Vec<&'r TrackRow>,
    pub competencies: Competencies<'r>,
    pub reading: LevelsRead,
}

/// Whether all levels that were written could be read: references to others are not said to be
/// wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LevelsRead {
    All,
    Some,
}

impl LevelsRead {
    pub(super) fn of(lost_some: bool) -> Self {
        if lost_some { Self::Some } else { Self::All }
    }
}

/// Makes a ladder. Levels that make no sense are left out and said.
pub(super) fn ladder(
    rows: Rows<'_>,
    reader: &FigureReader<'_>,
    diagnostics: &mut Diagnostics,
) -> Ladder {
    let Rows {
        levels,
        tracks,
        competencies,
        reading,
    } = rows;
    let settings = &reader.context.settings;
    let of_site = settings
        .tracks
        .iter()
        .map(|TrackName { id, name }| (*id, *name));
    let own = tracks
        .iter()
        .map(|TrackRow { id, name }| (&id.value, name.as_str()));
    let names: BTreeMap<&Id, &str> = of_site.chain(own).collect();
    let steps = steps(levels, &names, diagnostics);
    order::check(&steps, diagnostics);
    let ways = order::ways(&steps, reading, diagnostics);
    if reading == LevelsRead::All {
        diagnostics.extend(order::unused_advice(&steps, &ways, settings));
        diagnostics.extend(competencies.without_criteria(&steps, settings));
        competencies.check(&steps, diagnostics);
    }
    let levels = linked(&steps, &ways, &competencies, reader, diagnostics);
    let ladder = by_track(&steps, levels, &names);
    // Amounts that are refused are not implausible as well.
    if !diagnostics.has(Code::BadMoney) {
        diagnostics.extend(super::plausible::of_ladder(&ladder, reader));
    }
    ladder
}

/// Makes the level of each step, with those that lead to it and those that may follow.
fn linked(
    steps: &[Step<'_>],
    ways: &order::Ways,
    competencies: &Competencies<'_>,
    reader: &FigureReader<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Option<Level>> {
    let mut made: Vec<Option<Level>> = steps.iter().map(|_| None).collect();
    for index in ways.by_precedence() {
        let previous = ways.previous(index);
        // When several levels lead to one, the first of them in the file is the one that it builds
        // on.
        let below = previous.first().and_then(|below| made[*below].as_ref());
        let level = level(&steps[index], below, competencies, reader, diagnostics);
        let previous = previous.iter().map(|level| steps[*level].id.clone());
        made[index] = Some(Level {
            previous: previous.collect(),
            ..level
        });
    }
    for (index, step) in steps.iter().enumerate() {
        let way_to = |target: &usize| {
            let (from, to) = (made[index].as_ref()?, made[*target].as_ref()?);
            Some(way(step, from, to, reader))
        };
        let next = ways.next(index).iter().filter_map(way_to).collect();
        if let Some(level) = &mut made[index] {
            level.next = next;
        }
    }
    made
}

/// Returns a level; its neighbours are not known yet, but for the one that it builds on.
fn level(
    step: &Step<'_>,
    below: Option<&Level>,
    competencies: &Competencies<'_>,
    reader: &FigureReader<'_>,
    diagnostics: &mut Diagnostics,
) -> Level {
    let Step { id, track, row } = step;
    let needs::Needs { all, dropped } = needs::needs(row, below, reader, diagnostics);
    let name = row
        .first(|level| level.name.as_ref())
        .map(|(name, _)| name.clone());
    let title = row
        .first(|level| level.title.as_ref())
        .map(|(title, _)| title.value.clone());
    let text = |(text, _): (&String, _)| text.clone();
    let (pay_rows, pay_path) = row.list(|level| &level.salary.0);
    let pays: Vec<Pay> = pay_rows
        .iter()
        .filter_map(|row| reader.in_file(pay_path).pay(row, diagnostics))
        .collect();
    let mut pays = pays.into_iter();
    let salary = pays.next();
    Level {
        id: id.clone(),
        track: track.clone(),
        stage: row
            .first(|level| level.stage.as_ref())
            .map(|(stage, _)| stage.value),
        title: title
            .or_else(|| name.clone())
            .unwrap_or_else(|| id.to_string()),
        name,
        experience: row
            .first(|level| level.experience.as_ref())
            .map(|(years, _)| (years.min_years, years.max_years)),
        salary,
        more_pay: pays.collect(),
        worded_pay: reader.in_file(pay_path).worded_pays(pay_rows, diagnostics),
        summary: row.first(|level| level.summary.as_ref()).map(text),
        responsibilities: row.list(|level| &level.responsibilities).0.to_vec(),
        tasks: row.list(|level| &level.tasks).0.to_vec(),
        skills: all,
        dropped,
        competencies: competencies.at(id, below),
        focus: row
            .first(|level| level.focus.as_ref())
            .map(|(focus, _)| focus.clone()),
        points: row
            .first(|level| level.points.as_ref())
            .map(|(points, _)| points.value),
        scope: row.first(|level| level.scope.as_ref()).map(text),
        reach: row.first(|level| level.reach.as_ref()).map(text),
        next: vec![],
        previous: vec![],
    }
}

/// Returns a way up: what the target asks for that this level does not.
fn way(step: &Step<'_>, from: &Level, to: &Level, reader: &FigureReader<'_>) -> Next {
    let advance = match step.row.first(|level| level.advance.as_ref()) {
        Some((Advance::All(text), _)) => Some(text.clone()),
        Some((Advance::Each(texts), _)) => texts.get(to.id.as_str()).cloned(),
        None => None,
    };
    Next {
        level: to.id.clone(),
        advance,
        gained: needs::gained(from, to, &reader.context.lists),
        dropped: needs::dropped(from, to),
    }
}

fn by_track(steps: &[Step<'_>], made: Vec<Option<Level>>, names: &BTreeMap<&Id, &str>) -> Ladder {
    let mut tracks: Vec<Track> = vec![];
    for (step, level) in steps
        .iter()
        .zip(made)
        .filter_map(|(step, level)| Some((step, level?)))
    {
        match tracks.iter_mut().find(|track| track.id == step.track) {
            Some(track) => track.levels.push(level),
            None => tracks.push(Track {
                id: step.track.clone(),
                name: names.get(&step.track).map(|name| (*name).to_owned()),
                levels: vec![level],
            }),
        }
    }
    Ladder { tracks }
}
