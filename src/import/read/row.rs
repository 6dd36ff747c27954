//! One row of a table, whatever the table is written in.

use super::Table;
use crate::import::fault::Where;
use crate::ordered::Map;

/// What a cell holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Cell {
    #[default]
    Nothing,
    Text(String),
    /// Several texts, as a list of JSON has them.
    List(Vec<String>),
}

/// The columns of a table by name, each with the number of its cell. Cells that nobody asked for have no
/// number.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    cells: Map<String, Option<usize>>,
}

/// A row.
#[derive(Clone, Copy, Debug)]
pub struct Row<'r> {
    /// The file.
    pub file: &'r str,
    /// Its sheet, in a workbook.
    pub sheet: Option<&'r str>,
    /// The line of a text, the row of a sheet, the number of an item of a list.
    pub number: u64,
    pub columns: &'r Columns,
    pub cells: &'r [Cell],
}

impl Columns {
    /// Makes columns of the names that a header has. A name that stands twice gets a number.
    pub fn of_header(names: impl IntoIterator<Item = String>, table: &Table<'_>) -> Self {
        let mut columns = Self::default();
        for (at, name) in names.into_iter().enumerate() {
            let name = table.layout.name(name.trim()).to_owned();
            let again = (2..).map(|number| format!("{name} ({number})"));
            let mut free = std::iter::once(name.clone()).chain(again);
            let name = free
                .find(|name| !columns.cells.contains_key(name))
                .unwrap_or(name);
            let cell = if table.wanted.contains(&name) {
                Some(at)
            } else {
                None
            };
            columns.cells.insert(name, cell);
        }
        columns
    }

    /// Notes that there is a column, with the number of its cell.
    pub fn add(&mut self, name: &str, cell: Option<usize>) {
        if !self.cells.contains_key(name) {
            self.cells.insert(name.to_owned(), cell);
        }
    }

    /// Returns true if there is a column of this name.
    pub fn has(&self, name: &str) -> bool {
        self.cells.contains_key(name)
    }

    /// Returns all names.
    pub fn names(&self) -> impl Iterator<Item = &str> + Clone {
        self.cells.keys().map(String::as_str)
    }

    /// Returns how many there are.
    pub fn count(&self) -> usize {
        self.cells.len()
    }

    /// Returns true for each column, in order, if its cell is wanted.
    pub fn wanted(&self) -> impl Iterator<Item = bool> {
        self.cells.values().map(Option::is_some)
    }
}

impl Row<'_> {
    /// Returns the cell of a column; nothing, if the row has none.
    pub fn cell(&self, column: &str) -> &Cell {
        const NOTHING: &Cell = &Cell::Nothing;
        let at = self.columns.cells.get(column).copied().flatten();
        at.and_then(|at| self.cells.get(at)).unwrap_or(NOTHING)
    }

    /// Returns where the row stands.
    pub fn place(&self) -> Where {
        Where {
            file: self.file.to_owned(),
            sheet: self.sheet.map(Into::into),
            row: Some(self.number),
            column: None,
        }
    }
}
