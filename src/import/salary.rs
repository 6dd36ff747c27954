//! Rows of pay that an import makes: cells by column come in, a salary.csv goes out. There may be
//! hundreds of thousands, so that a row is one short text.

use std::collections::{BTreeMap, BTreeSet};

use crate::ordered::Set;
use crate::role::SALARY_COLUMNS;

/// Stands between cells. No cell has it: texts are cleaned of what is not printed.
const BETWEEN: char = '\u{1F}';

/// Rows of pay of one role.
#[derive(Clone, Debug, Default)]
pub struct SalaryRows {
    /// The columns, in the order in which they came.
    columns: Vec<String>,
    /// The cells of each row. Columns that came later are not there.
    rows: Vec<Box<str>>,
}

impl SalaryRows {
    /// Adds a row.
    pub fn push(&mut self, mut cells: BTreeMap<String, String>) {
        let mut row = String::new();
        for column in &self.columns {
            row.extend(
                cells
                    .remove(column)
                    .unwrap_or_default()
                    .chars()
                    .filter(is_kept),
            );
            row.push(BETWEEN);
        }
        for (column, cell) in cells {
            row.extend(cell.chars().filter(is_kept));
            row.push(BETWEEN);
            self.columns.push(column);
        }
        self.rows.push(row.trim_end_matches(BETWEEN).into());
    }

    /// Removes rows that say what another says, and returns how many there were.
    pub fn dedupe(&mut self) -> usize {
        let before = self.rows.len();
        let rows: Set<Box<str>> = self.rows.drain(..).collect();
        self.rows = rows.into_iter().collect();
        before - self.rows.len()
    }

    /// Returns true if there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Writes the file: the columns that any row has, in the order of the documentation.
    pub fn text(&self) -> String {
        let used: BTreeSet<&str> = self.columns.iter().map(String::as_str).collect();
        let known = SALARY_COLUMNS
            .iter()
            .filter(|column| used.contains(**column));
        let others = used
            .iter()
            .filter(|column| !SALARY_COLUMNS.contains(column));
        let columns: Vec<&str> = known.chain(others).copied().collect();
        let places: Vec<Option<usize>> = columns
            .iter()
            .map(|column| self.columns.iter().position(|known| known == column))
            .collect();
        let mut text = columns.join(",") + "\n";
        for row in &self.rows {
            let cells: Vec<&str> = row.split(BETWEEN).collect();
            let written = places
                .iter()
                .map(|place| place.and_then(|place| cells.get(place)));
            let written: Vec<String> = written
                .map(|cell| written_cell(cell.copied().unwrap_or_default()))
                .collect();
            text += &written.join(",");
            text.push('\n');
        }
        text
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "what an iterator hands to a filter"
)]
fn is_kept(c: &char) -> bool {
    *c != BETWEEN
}

fn written_cell(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_may_have_other_columns_than_those_before() {
        let mut rows = SalaryRows::default();
        for cells in [
            vec![("value", "10"), ("area", "US")],
            vec![("value", "12"), ("label", "a, \"b\"")],
            vec![("area", "US"), ("value", "10")],
            vec![("area", "CA")],
        ] {
            let cells = cells
                .into_iter()
                .map(|(column, cell)| (column.to_owned(), cell.to_owned()));
            rows.push(cells.collect());
        }
        assert_eq!(rows.dedupe(), 1);
        assert_eq!(
            rows.text(),
            "label,area,value\n,US,10\n\"a, \"\"b\"\"\",,12\n,CA,\n"
        );
    }
}
