//! The matrix of a ladder: a ladder comes in, a table of competencies by levels goes out.

use crate::layout::Layout;
use crate::role::{Ladder, Level, LevelCompetency};
use crate::site::Site;
use crate::view::ladder::criterion_view;
use crate::view::text;
use crate::view::types::{CriterionView, Html, MatrixGroup, MatrixRow, MatrixView, Named};

/// Returns the matrix of a ladder, or `None` without competencies.
pub fn view(site: &Site, layout: &Layout, ladder: &Ladder) -> Option<MatrixView> {
    let levels: Vec<&Level> = ladder.levels().collect();
    let mut groups: Vec<MatrixGroup> = vec![];
    for competency in levels.iter().flat_map(|level| &level.competencies) {
        let group = group_of(competency, &mut groups);
        let mut rows = group.competencies.iter();
        if rows.all(|row| row.id != competency.id.as_str()) {
            group
                .competencies
                .push(row(site, layout, competency, &levels));
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
fn row(site: &Site, layout: &Layout, competency: &LevelCompetency, levels: &[&Level]) -> MatrixRow {
    let cell = |level: &&Level| -> Vec<CriterionView> {
        let mut rows = level.competencies.iter();
        let row = rows.find(|other| other.id == competency.id);
        let criteria = row.into_iter().flat_map(|row| &row.added);
        criteria
            .map(|criterion| criterion_view(site, layout, criterion))
            .collect()
    };
    MatrixRow {
        id: competency.id.to_string(),
        name: competency.name.clone(),
        description: competency
            .description
            .as_ref()
            .map_or(Html::Empty, |text| text::inline(site, layout, text)),
        cells: levels.iter().map(cell).collect(),
    }
}

/// Returns the id of a level with its short name, or else its title.
pub fn named(level: &Level) -> Named {
    Named {
        id: level.id.to_string(),
        name: level.name.clone().unwrap_or_else(|| level.title.clone()),
    }
}
