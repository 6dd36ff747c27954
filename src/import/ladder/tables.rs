//! Tables of one kind in one file, such as those of a page or the sheets of a workbook: each is a matrix, and
//! they are one ladder.

use super::matrix::{self, Levels};
use super::model::{Ids, Ladder, Named};
use super::page::PageTable;
use crate::import::{LossReport, Where};

/// Reads the tables of a page, if they say more than its headings do. Tables that are no matrix are told.
pub fn ladder(
    name: &str,
    tables: &[PageTable],
    facts: usize,
    report: &mut LossReport,
) -> Option<Ladder> {
    let of = |levels: Levels| {
        let is_of = move |table: &&PageTable| matrix::levels_of(&table.grid) == Some(levels);
        tables.iter().partition::<Vec<&PageTable>, _>(is_of)
    };
    // A table with a row for each level is a summary where others have a column for each.
    let (matrices, others) = match of(Levels::Columns) {
        (matrices, _) if matrices.is_empty() => of(Levels::Rows),
        parts => parts,
    };
    let mut read: Vec<(String, Ladder)> = vec![];
    let mut tried = LossReport::default();
    for table in &matrices {
        if let Ok(ladder) = matrix::read(&table.grid, name.to_owned(), &mut tried) {
            read.push((table.heading.clone(), ladder));
        }
    }
    let said: usize = read.iter().map(|(_, ladder)| ladder.facts()).sum();
    let is_more = said > facts;
    let lost = others.iter().filter(|_| is_more || facts > 0);
    let unused = matrices.iter().filter(|_| !is_more && facts > 0);
    for table in lost.chain(unused) {
        let row = table.grid.rows.first().map_or(1, |row| row.number);
        let place = Where::file(&table.grid.file).row(row);
        report.drop(&table.grid.file, "a table that is not read", place);
    }
    if !is_more {
        return None;
    }
    report.absorb(tried);
    Some(joined(name, read))
}

/// Makes one ladder of several: of the same levels, groups of competencies; of others, tracks.
pub fn joined(name: &str, ladders: Vec<(String, Ladder)>) -> Ladder {
    let is_one = ladders.len() == 1;
    let are_alike = ladders
        .iter()
        .all(|(_, ladder)| ladders.iter().all(|(_, other)| ladder.shares_levels(other)));
    let mut all = Ladder {
        name: name.to_owned(),
        ..Ladder::default()
    };
    let mut track_ids = Ids::default();
    for (heading, mut ladder) in ladders {
        if !is_one && !are_alike && !heading.is_empty() {
            let id = track_ids.of(&heading);
            for level in &mut ladder.levels {
                level.track = Some(id.clone());
            }
            all.tracks.push(Named { id, name: heading });
            all.absorb(ladder, None);
            continue;
        }
        let group = Some(heading.as_str()).filter(|heading| !is_one && !heading.is_empty());
        all.absorb(ladder, group);
    }
    all
}
