//! A matrix in a sheet: levels in the first row, competencies in the first column, behaviours in cells. The
//! other way round is turned.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::grid::{Grid, GridRow, plain};
use super::model::{Competency, Criterion, Ids, Ladder, Level, plain_number};
use super::words::{is_level, lines};
use crate::data::Id;
use crate::import::{Fault, LossReport, Where};

/// Names of columns that say to which group a competency belongs.
const GROUPS: [&str; 13] = [
    "group",
    "category",
    "area",
    "theme",
    "pillar",
    "dimension",
    "section",
    "domain",
    "competency area",
    "skill group",
    "track",
    "axis",
    "competency group",
];

/// Names of columns that say what a competency is.
const DESCRIPTIONS: [&str; 6] = [
    "description",
    "definition",
    "about",
    "summary",
    "what it is",
    "notes",
];

/// Names of columns that name competencies.
const NAMES: [&str; 14] = [
    "competency",
    "competence",
    "skill",
    "capability",
    "name",
    "behaviour",
    "behavior",
    "attribute",
    "criterion",
    "criteria",
    "expectation",
    "topic",
    "competencies",
    "skills",
];

/// Names of columns that nothing but a ladder has.
const SKILLS: [&str; 7] = [
    "competency",
    "competence",
    "competencies",
    "skill",
    "skills",
    "capability",
    "behaviour",
];

/// Names of columns that say nothing of a level.
const NOTES: [&str; 17] = [
    "id",
    "no",
    "order",
    "weight",
    "weighting",
    "link",
    "links",
    "url",
    "owner",
    "comment",
    "comments",
    "notes",
    "resources",
    "references",
    "evidence",
    "score",
    "rating",
];

fn is_note(name: &str) -> bool {
    NOTES.contains(&plain(name).as_str())
}

/// Returns true for what stands above names of levels or competencies, and is none: "Level", "Level / skill".
fn is_corner(name: &str) -> bool {
    let name = plain(name);
    let is_known = |word: &str| ["level", "levels", "grade", "band", "stage"].contains(&word);
    let mut words = name.split(' ');
    let is_above = |word: &str| is_known(word) || NAMES.contains(&word) || GROUPS.contains(&word);
    words.all(is_above)
}

fn is_short(name: &str) -> bool {
    let name = name.trim_start();
    name.chars().count() <= LONGEST && !name.starts_with('*') && !name.contains(". ")
}

/// How many letters the name of a level has at most.
const LONGEST: usize = 80;

fn is_number(name: &str) -> bool {
    let name = name.split('(').next().unwrap_or(name).trim();
    !name.is_empty() && name.bytes().all(|c| c.is_ascii_digit())
}

/// Returns how many names of columns, and how many of rows, look like levels.
fn levels_in(grid: &Grid) -> (usize, usize) {
    let count =
        |names: &mut dyn Iterator<Item = &String>| names.filter(|name| is_level(name)).count();
    let columns = count(&mut grid.names.iter().skip(1));
    let rows = count(&mut grid.rows.iter().filter_map(|row| row.cells.first()));
    (columns, rows)
}

/// Where the levels of a table stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Levels {
    Columns,
    Rows,
}

/// Finds the levels of a table that may be no matrix at all.
pub fn levels_of(grid: &Grid) -> Option<Levels> {
    let (columns, rows) = levels_in(grid);
    let firsts: BTreeSet<&String> = grid
        .rows
        .iter()
        .filter_map(|row| row.cells.first())
        .collect();
    let width = grid
        .names
        .iter()
        .skip(1)
        .filter(|name| !name.is_empty())
        .count();
    let height = grid.rows.len();
    let is_own = columns >= 2 && columns * 2 >= width;
    // Numbers alone are levels below the word.
    let are_named = grid.names.first().is_some_and(|name| is_corner(name))
        || !firsts.iter().all(|name| is_number(name));
    let is_turned = are_named && rows >= 2 && rows > columns && rows * 2 >= height && width >= 2;
    let are_distinct = firsts.len() == height;
    match (height, is_own, is_turned) {
        (0, ..) => None,
        (_, _, true) if are_distinct => Some(Levels::Rows),
        (_, true, _) if columns >= rows => Some(Levels::Columns),
        _ => None,
    }
}

/// Reads a matrix.
pub fn read(grid: &Grid, name: String, report: &mut LossReport) -> Result<Ladder, Fault> {
    let (columns, rows) = levels_in(grid);
    let (grid, levels) = if rows > columns && rows >= 2 {
        (Cow::Owned(with_second_header(grid).turned()), rows)
    } else {
        (Cow::Borrowed(grid), columns)
    };
    let matrix = Matrix::of(&grid)?;
    // Any table has a first row and a first column: a list of jobs is no ladder.
    if levels * 2 < matrix.levels.len() && grid.column(&SKILLS).is_none() {
        let unlike: Vec<&str> = matrix
            .levels
            .iter()
            .map(|column| grid.names[*column].as_str())
            .filter(|name| !is_level(name))
            .take(4)
            .collect();
        let message = format!(
            "no ladder is recognized: the columns `{}` do not sound like levels",
            unlike.join("`, `")
        );
        let help = "name the levels so that they tell (`Senior`, `Level 2`, `L3`), or call the column of competencies `Competency`";
        return Err(Fault::new(message, help).at(Where::file(&grid.file).row(1)));
    }
    if let Cow::Owned(_) = &grid {
        report
            .note_once("the levels stand in the first column, and were read from there".to_owned());
    }
    report.note_once(format!(
        "{} was read as a matrix of competencies and levels",
        grid.file
    ));
    matrix.ladder(name, report)
}

/// Joins a second row of names with the first one: above levels in the first column it stands by nothing.
fn with_second_header(grid: &Grid) -> Cow<'_, Grid> {
    let is_header = |row: &&GridRow| {
        let first = row.cells.first().is_some_and(String::is_empty);
        first && row.cells.iter().filter(|cell| !cell.is_empty()).count() >= 2
    };
    let Some(second) = grid.rows.first().filter(is_header) else {
        return Cow::Borrowed(grid);
    };
    let join = |(name, cell): (&String, &String)| match (name.is_empty(), cell.is_empty()) {
        (true, _) => cell.clone(),
        (false, true) => name.clone(),
        (false, false) => format!("{name}: {cell}"),
    };
    let names = grid.names.iter().zip(&second.cells).map(join);
    Cow::Owned(Grid {
        names: names.collect(),
        rows: grid.rows.iter().skip(1).cloned().collect(),
        ..grid.clone()
    })
}

/// What the columns are.
struct Matrix<'g> {
    grid: &'g Grid,
    /// Where every column is a level, no column names competencies.
    name: Option<usize>,
    group: Option<usize>,
    description: Option<usize>,
    levels: Vec<usize>,
}

impl<'g> Matrix<'g> {
    fn of(grid: &'g Grid) -> Result<Self, Fault> {
        let of = |words: &[&str]| grid.column(words);
        let (group, description) = (of(&GROUPS), of(&DESCRIPTIONS));
        let is_free = |column: &usize| Some(*column) != group && Some(*column) != description;
        let named = of(&NAMES).filter(is_free);
        let is_other = |column: &usize| {
            let name = &grid.names[*column];
            let is_said = *column == 0 || !name.is_empty();
            is_free(column) && is_said && (!is_level(name) || is_corner(name))
        };
        // Where nothing else names them, the groups are the competencies.
        let (group, name) = match named.or_else(|| (0..grid.names.len()).find(is_other)) {
            Some(name) => (group, Some(name)),
            None if group.is_some() => (None, group),
            None => {
                let is_word = |column: &usize| !is_number(&grid.names[*column]);
                let in_words = (0..grid.names.len())
                    .filter(is_free)
                    .filter(is_word)
                    .count();
                let first = (0..grid.names.len()).find(is_free);
                (None, first.filter(|first| in_words < 2 || !is_word(first)))
            }
        };
        let is_level = |column: &usize| {
            Some(*column) != group
                && Some(*column) != description
                && Some(*column) != name
                && !grid.names[*column].trim().is_empty()
        };
        let levels: Vec<usize> = (0..grid.names.len()).filter(is_level).collect();
        // A sentence is a note below the rows, or beside them.
        let is_short = |column: &usize| is_short(&grid.names[*column]);
        let is_said = |column: &usize| {
            let says = |row: &GridRow| row.cells.get(*column).is_some_and(|cell| !cell.is_empty());
            super::words::is_level(&grid.names[*column]) || grid.rows.iter().any(says)
        };
        let levels = levels.into_iter().filter(is_short).filter(is_said);
        let levels: Vec<usize> = levels.collect();
        let is_named = |column: &&usize| super::words::is_level(&grid.names[**column]);
        // Beside levels in words, a number or a note is the name of another column.
        let is_word = |column: &usize| !is_number(&grid.names[*column]);
        let in_words = levels
            .iter()
            .filter(|column| is_word(column) && is_named(column));
        let levels = if in_words.count() >= 2 {
            let is_kept = |column: &usize| is_word(column) && !is_note(&grid.names[*column]);
            levels.into_iter().filter(is_kept).collect()
        } else {
            levels
        };
        if levels.len() < 2 {
            let message = "there are no two levels: the first row of a matrix names a level in each column but the first";
            let help =
                "write the competencies into the first column, and the levels into the first row";
            return Err(Fault::new(message, help).at(Where::file(&grid.file).row(1)));
        }
        Ok(Self {
            grid,
            name,
            group,
            description,
            levels,
        })
    }

    /// Returns where the levels stand on a scale, if all cells of a row are numbers.
    fn positions<'c>(
        &self,
        ladder: &Ladder,
        cell: &impl Fn(usize) -> &'c str,
    ) -> Option<Vec<(Id, String)>> {
        let cells = self
            .levels
            .iter()
            .enumerate()
            .map(|(index, column)| (index, cell(*column)));
        let cells: Vec<_> = cells.filter(|(_, text)| !is_nothing(text)).collect();
        let one = |(index, text): &(usize, &str)| {
            Some((ladder.levels[*index].id.clone(), plain_number(text)?))
        };
        let positions: Option<Vec<_>> = cells.iter().map(one).collect();
        positions.filter(|positions| !positions.is_empty())
    }

    /// Tells the columns that nothing reads.
    fn tell_others(&self, report: &mut LossReport) {
        let used = [self.name, self.group, self.description];
        for (column, name) in self.grid.names.iter().enumerate() {
            if used.contains(&Some(column)) || self.levels.contains(&column) {
                continue;
            }
            let says = |row: &GridRow| row.cells.get(column).is_some_and(|cell| !cell.is_empty());
            let place = Where::file(&self.grid.file);
            let file = &self.grid.file;
            match name.is_empty() {
                false => report.no_home(file, format!("the column `{name}`"), place),
                true if self.grid.rows.iter().any(says) => {
                    report.no_home(file, "cells without the name of a level", place);
                }
                true => {}
            }
        }
    }

    fn ladder(&self, name: String, report: &mut LossReport) -> Result<Ladder, Fault> {
        let mut ladder = Ladder {
            name,
            ..Ladder::default()
        };
        let (mut level_ids, mut ids) = (Ids::default(), Ids::default());
        for column in &self.levels {
            let title = self.grid.names[*column].trim().to_owned();
            let id = level_ids.of(&title);
            report.made_id(id.as_str(), &title);
            ladder.levels.push(Level {
                id,
                title,
                track: None,
                summary: None,
                points: None,
            });
        }
        self.tell_others(report);
        let (mut group, mut last) = (None::<String>, String::new());
        for row in &self.grid.rows {
            let cell = |column: usize| row.cells.get(column).map_or("", |cell| cell.trim());
            report.read(&self.grid.file);
            let own = match (self.name, &self.grid.sheet) {
                (Some(name), _) => cell(name),
                (None, Some(sheet)) => sheet,
                (None, None) => "Expectations",
            };
            if let Some(column) = self.group.filter(|column| !cell(*column).is_empty()) {
                group = Some(cell(column).to_owned());
            }
            let is_empty = self.levels.iter().all(|column| cell(*column).is_empty());
            if is_empty
                && self
                    .description
                    .is_none_or(|column| cell(column).is_empty())
            {
                // A name alone is the heading of what follows.
                if !own.is_empty() && self.group.is_none() {
                    group = Some(own.to_owned());
                }
                continue;
            }
            if !own.is_empty() {
                last = own.to_owned();
            }
            if last.is_empty() {
                report.drop(
                    &self.grid.file,
                    "a row without the name of a competency",
                    self.grid.place(row, self.name.unwrap_or_default()),
                );
                continue;
            }
            report.joined(&self.grid.file);
            let competency = ladder.competency(&last, group.as_deref(), &mut ids);
            if let Some(text) = self.description.map(cell).filter(|text| !text.is_empty()) {
                competency
                    .description
                    .get_or_insert_with(|| text.to_owned());
            }
            if let Some(positions) = self.positions(&ladder, &cell) {
                ladder
                    .competency(&last, group.as_deref(), &mut ids)
                    .positions = positions;
                continue;
            }
            for (index, column) in self.levels.iter().enumerate() {
                let criteria = lines(cell(*column))
                    .into_iter()
                    .filter(|text| !is_nothing(text));
                let level = ladder.levels[index].id.clone();
                let competency = ladder.competency(&last, group.as_deref(), &mut ids);
                competency.add(&level, criteria.map(Criterion::new).collect());
            }
        }
        set_scale(&mut ladder);
        if !ladder.competencies.iter().any(Competency::says_something) {
            let help = "write what somebody does at a level into the cells below its name";
            return Err(Fault::new("no cell below a level says anything", help)
                .at(Where::file(&self.grid.file)));
        }
        Ok(ladder)
    }
}

/// Gives all competencies with positions the scale of the sheet.
pub fn set_scale(ladder: &mut Ladder) {
    let numbers = ladder
        .competencies
        .iter()
        .flat_map(|competency| &competency.positions);
    let highest = numbers
        .map(|(_, number)| number.clone())
        .max_by(|one, other| {
            let value = |text: &str| text.parse::<rust_decimal::Decimal>().unwrap_or_default();
            value(one).cmp(&value(other))
        });
    let with_positions = ladder
        .competencies
        .iter_mut()
        .filter(|competency| !competency.positions.is_empty());
    with_positions.for_each(|competency| competency.max = highest.clone());
}

/// Returns true if a cell says that there is nothing.
pub fn is_nothing(text: &str) -> bool {
    matches!(plain(text).as_str(), "" | "n a" | "na" | "none" | "tbd")
}
