//! The matrix of a ladder: a ladder comes in, a table of competencies by levels goes out.

use crate::data::Md;
use crate::role::record::MilestoneRow;
use crate::role::{Ladder, Level, LevelCompetency, Track};
use crate::view::context::ViewContext;
use crate::view::ladder::{criterion_view, points_text};
use crate::view::types::{
    CriterionView, Html, MatrixGroup, MatrixRow, MatrixView, MilestoneView, Named, TrackMatrix,
};
use crate::view::{survey, text};
use crate::wording::words;

/// Returns the matrix of each track of a ladder, if there are several with competencies.
pub fn of_tracks(cx: &ViewContext<'_>, ladder: &Ladder) -> Vec<TrackMatrix> {
    let of_track = |track: &Track| {
        Some(TrackMatrix {
            id: track.id.to_string(),
            name: words::track_name(&cx.wording, track, ladder),
            matrix: view(cx, track.levels.iter())?,
        })
    };
    let all: Vec<TrackMatrix> = ladder.tracks.iter().filter_map(of_track).collect();
    if all.len() > 1 { all } else { vec![] }
}

/// Returns the matrix of some levels, or `None` without competencies.
pub fn view<'l>(
    cx: &ViewContext<'_>,
    levels: impl Iterator<Item = &'l Level>,
) -> Option<MatrixView> {
    let levels: Vec<&Level> = levels.collect();
    let mut groups: Vec<MatrixGroup> = vec![];
    for competency in levels.iter().flat_map(|level| &level.competencies) {
        let group = group_of(competency, &mut groups);
        let mut rows = group.competencies.iter();
        if rows.all(|row| row.id != competency.id.as_str()) {
            group.competencies.push(row(cx, competency, &levels));
        }
    }
    if groups.is_empty() {
        return None;
    }
    let levels = levels.into_iter().map(named).collect();
    Some(MatrixView { levels, groups })
}

/// Returns the group of a competency, which is added if it is new.
fn group_of<'g>(
    competency: &LevelCompetency,
    groups: &'g mut Vec<MatrixGroup>,
) -> &'g mut MatrixGroup {
    let name = competency.group.clone().unwrap_or_default();
    let known = groups.iter().position(|group| group.name == name);
    let index = known.unwrap_or_else(|| {
        groups.push(MatrixGroup {
            name,
            competencies: vec![],
        });
        groups.len() - 1
    });
    &mut groups[index]
}

/// Returns the row of a competency, with the criteria that each level adds.
fn row(cx: &ViewContext<'_>, competency: &LevelCompetency, levels: &[&Level]) -> MatrixRow {
    let of_level = |level: &Level| {
        let mut rows = level.competencies.iter();
        rows.position(|other| other.id == competency.id)
    };
    let cell = |level: &&Level| -> Vec<CriterionView> {
        let row = of_level(level).map(|at| &level.competencies[at]);
        let criteria = row.into_iter().flat_map(|row| &row.added);
        criteria
            .map(|criterion| criterion_view(cx.site, cx.layout, criterion))
            .collect()
    };
    let position = |level: &&Level| {
        let row = of_level(level).map(|at| &level.competencies[at])?;
        let position = row.position.as_ref()?;
        Some(survey::rating(&cx.wording, position))
    };
    let milestones = competency.milestones.iter().zip(1..);
    let cells: Vec<_> = levels.iter().map(cell).collect();
    let positions: Vec<_> = levels.iter().map(position).collect();
    MatrixRow {
        id: competency.id.to_string(),
        name: competency.name.clone(),
        description: competency
            .description
            .as_ref()
            .map_or(Html::Empty, |text| text::inline(cx.site, cx.layout, text)),
        is_asked: cells.iter().any(|cell| !cell.is_empty())
            || positions.iter().any(Option::is_some),
        cells,
        positions,
        milestones: milestones
            .map(|(row, number)| milestone(cx, row, number))
            .collect(),
    }
}

/// Returns a step of a competency.
fn milestone(cx: &ViewContext<'_>, row: &MilestoneRow, number: usize) -> MilestoneView {
    let items = |texts: &[Md]| {
        let texts = texts.iter();
        texts
            .map(|text| text::item(cx.site, cx.layout, text))
            .collect()
    };
    MilestoneView {
        name: row.name.clone().unwrap_or_else(|| number.to_string()),
        points: row.points,
        points_text: row.points.map(|points| points_text(&cx.wording, points)),
        description: text::optional_block(cx, row.description.as_ref()),
        signals: items(&row.signals),
        examples: items(&row.examples),
    }
}

/// Returns the id of a level with its short name, or else its title.
pub fn named(level: &Level) -> Named {
    Named {
        id: level.id.to_string(),
        name: level.name.clone().unwrap_or_else(|| level.title.clone()),
    }
}
