//! Long rows: a role, a level of it, a skill and the level of the skill in each, as capability frameworks
//! are published.

use std::collections::BTreeMap;

use super::grid::Grid;
use super::matrix::{is_nothing, set_scale};
use super::model::{Criterion, Ids, Ladder, Level, Named, plain_number};
use crate::data::Id;
use crate::import::{Fault, LossReport, Where};

const ROLES: [&str; 10] = [
    "role",
    "role name",
    "role title",
    "job role",
    "job",
    "profession",
    "job family",
    "job title",
    "occupation",
    "track",
];
const LEVELS: [&str; 13] = [
    "level",
    "role level",
    "role level name",
    "job level",
    "level name",
    "grade",
    "role level title",
    "level of role",
    "career level",
    "rolelevel",
    "seniority",
    "career stage",
    "band",
];
const SKILLS: [&str; 9] = [
    "skill",
    "skill name",
    "competency",
    "capability",
    "competence",
    "skill title",
    "competency name",
    "topic",
    "criterion",
];
const SKILL_LEVELS: [&str; 14] = [
    "skill level",
    "level of skill",
    "proficiency",
    "proficiency level",
    "skill level name",
    "required level",
    "expected level",
    "competency level",
    "capability level",
    "skilllevel",
    "score",
    "rating",
    "expectation",
    "skill proficiency",
];
const TEXTS: [&str; 12] = [
    "skill level description",
    "level description",
    "description",
    "behaviour",
    "behaviours",
    "behaviors",
    "skill description",
    "criteria",
    "expectations",
    "text",
    "indicator",
    "example",
];
const GROUPS: [&str; 5] = [
    "group",
    "category",
    "skill group",
    "skill category",
    "theme",
];
const SUMMARIES: [&str; 3] = [
    "role level description",
    "level summary",
    "role level summary",
];

/// What the columns are.
pub struct Long<'g> {
    grid: &'g Grid,
    role: Option<usize>,
    level: usize,
    skill: usize,
    skill_level: Option<usize>,
    text: Option<usize>,
    group: Option<usize>,
    summary: Option<usize>,
}

impl<'g> Long<'g> {
    /// Takes a sheet that has a column of levels and a column of skills, and says something about each.
    pub fn of(grid: &'g Grid) -> Option<Self> {
        let (level, skill) = (grid.column(&LEVELS)?, grid.column(&SKILLS)?);
        let (skill_level, text) = (grid.column(&SKILL_LEVELS), grid.column(&TEXTS));
        (skill_level.is_some() || text.is_some()).then(|| Self {
            grid,
            role: grid.column(&ROLES),
            level,
            skill,
            skill_level,
            text,
            group: grid.column(&GROUPS),
            summary: grid.column(&SUMMARIES),
        })
    }

    /// Reads the rows.
    pub fn ladder(&self, name: String, report: &mut LossReport) -> Result<Ladder, Fault> {
        let mut ladder = Ladder {
            name,
            ..Ladder::default()
        };
        let mut ids = Ids::default();
        let mut seen = Seen::default();
        self.tell_others(report);
        for row in &self.grid.rows {
            let cell = |column: Option<usize>| {
                let cell = column
                    .and_then(|column| row.cells.get(column))
                    .map_or("", |cell| cell.trim());
                Some(cell).filter(|cell| !is_nothing(cell))
            };
            report.read(&self.grid.file);
            let (Some(level), Some(skill)) = (cell(Some(self.level)), cell(Some(self.skill)))
            else {
                report.drop(
                    &self.grid.file,
                    "a row without level or skill",
                    self.grid.place(row, self.level),
                );
                continue;
            };
            let Some(text) = criterion(cell(self.skill_level), cell(self.text)) else {
                report.drop(
                    &self.grid.file,
                    "a row that says nothing of the skill",
                    self.grid.place(row, self.skill),
                );
                continue;
            };
            let level = seen.level(cell(self.role), level, &mut ladder, report);
            if let Some(summary) = cell(self.summary) {
                let known = ladder.levels.iter_mut().find(|known| known.id == level);
                known.into_iter().for_each(|known| {
                    known.summary.get_or_insert_with(|| summary.to_owned());
                });
            }
            let competency = ladder.competency(skill, cell(self.group), &mut ids);
            let known = competency
                .criteria
                .iter()
                .find(|(known, _)| *known == level);
            if known.is_some_and(|(_, texts)| texts.iter().any(|known| known.text == text)) {
                report.duplicate(
                    &self.grid.file,
                    "a row that says what another says",
                    self.grid.place(row, self.skill),
                );
                continue;
            }
            report.joined(&self.grid.file);
            if let Some(number) = plain_number(&text) {
                competency.positions.retain(|(known, _)| *known != level);
                competency.positions.push((level, number));
                continue;
            }
            competency.add(&level, vec![Criterion::new(text)]);
        }
        if ladder.levels.len() < 2 {
            let help = "give every row a level and a skill; a ladder has two levels at least";
            return Err(Fault::new("these rows name less than two levels", help)
                .at(Where::file(&self.grid.file)));
        }
        set_scale(&mut ladder);
        seen.finish(&mut ladder);
        Ok(ladder)
    }

    /// Tells the columns that nothing reads.
    fn tell_others(&self, report: &mut LossReport) {
        let Self {
            grid,
            role,
            level,
            skill,
            skill_level,
            text,
            group,
            summary,
        } = self;
        let used = [
            *role,
            Some(*level),
            Some(*skill),
            *skill_level,
            *text,
            *group,
            *summary,
        ];
        for (column, name) in grid.names.iter().enumerate() {
            if !used.contains(&Some(column)) && !name.is_empty() {
                report.no_home(
                    &grid.file,
                    format!("the column `{name}`"),
                    Where::file(&grid.file),
                );
            }
        }
    }
}

/// Writes what a level asks of a skill: `**Working:** Applies it with some support.`
fn criterion(level: Option<&str>, text: Option<&str>) -> Option<String> {
    match (level, text) {
        (Some(level), Some(text)) => Some(format!("**{level}:** {text}")),
        (Some(one), None) | (None, Some(one)) => Some(one.to_owned()),
        (None, None) => None,
    }
}

/// Levels and tracks so far.
#[derive(Default)]
struct Seen {
    levels: BTreeMap<(Option<String>, String), Id>,
    tracks: BTreeMap<String, Id>,
    level_ids: Ids,
    track_ids: Ids,
}

impl Seen {
    /// Returns the id of a level of a role, which is a track.
    fn level(
        &mut self,
        role: Option<&str>,
        level: &str,
        ladder: &mut Ladder,
        report: &mut LossReport,
    ) -> Id {
        let key = (role.map(str::to_owned), level.to_owned());
        if let Some(id) = self.levels.get(&key) {
            return id.clone();
        }
        let track = role.map(|role| {
            let known = self.tracks.get(role).cloned();
            known.unwrap_or_else(|| {
                let id = self.track_ids.of(role);
                ladder.tracks.push(Named {
                    id: id.clone(),
                    name: role.to_owned(),
                });
                self.tracks.insert(role.to_owned(), id.clone());
                id
            })
        });
        // "Senior" of two roles is two levels; "Senior developer" says its role already.
        let is_known = self.levels.keys().any(|(_, known)| known == level);
        let id = match role.filter(|_| is_known) {
            Some(role) => self.level_ids.of(&format!("{role} {level}")),
            None => self.level_ids.of(level),
        };
        report.made_id(id.as_str(), level);
        ladder.levels.push(Level {
            id: id.clone(),
            title: level.to_owned(),
            track,
            summary: None,
            points: None,
        });
        self.levels.insert(key, id.clone());
        id
    }

    /// One role is no track: its levels are all that there are.
    fn finish(&self, ladder: &mut Ladder) {
        if ladder.tracks.len() < 2 {
            ladder.tracks.clear();
            ladder
                .levels
                .iter_mut()
                .for_each(|level| level.track = None);
        }
        // The levels of a track stand together.
        let rank = |track: &Option<Id>| {
            ladder
                .tracks
                .iter()
                .position(|known| Some(&known.id) == track.as_ref())
        };
        let ranks: BTreeMap<Id, Option<usize>> = ladder
            .levels
            .iter()
            .map(|level| (level.id.clone(), rank(&level.track)))
            .collect();
        ladder
            .levels
            .sort_by_key(|level| ranks.get(&level.id).copied().flatten());
    }
}
