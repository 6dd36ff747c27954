//! A sheet as a grid of texts.

use crate::import::Where;

/// A sheet: the names of its columns and its rows.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    pub file: String,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    pub names: Vec<String>,
    pub rows: Vec<GridRow>,
}

/// A row of a sheet.
#[derive(Clone, Debug, Default)]
pub struct GridRow {
    pub number: u64,
    /// As many as there are names.
    pub cells: Vec<String>,
}

impl Grid {
    /// Returns the first column whose name is one of these words.
    pub fn column(&self, words: &[&str]) -> Option<usize> {
        words
            .iter()
            .find_map(|word| self.names.iter().position(|name| plain(name) == *word))
    }

    /// Returns the place of a cell.
    pub fn place(&self, row: &GridRow, column: usize) -> Where {
        let place = Where::file(&self.file).row(row.number);
        match self.names.get(column) {
            Some(name) => place.column(name),
            None => place,
        }
    }

    /// Exchanges rows and columns: the first column becomes the names.
    pub fn turned(&self) -> Self {
        let first = |row: &GridRow| row.cells.first().cloned().unwrap_or_default();
        let corner = self.names.first().cloned().unwrap_or_default();
        let names = std::iter::once(corner)
            .chain(self.rows.iter().map(first))
            .collect();
        let rows = self.names.iter().enumerate().skip(1).map(|(column, name)| {
            let cells = self
                .rows
                .iter()
                .map(|row| row.cells.get(column).cloned().unwrap_or_default());
            GridRow {
                number: 1,
                cells: std::iter::once(name.clone()).chain(cells).collect(),
            }
        });
        Self {
            file: self.file.clone(),
            sheet: self.sheet.clone(),
            names,
            rows: rows.collect(),
        }
    }
}

/// Brings a name into the form in which words are compared: small letters, one blank between words.
pub fn plain(name: &str) -> String {
    let words = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
