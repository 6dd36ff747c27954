//! CSV, TSV and their kin: a file comes in, rows go out as they are read.

use std::io::BufRead;

use csv::{ByteRecord, ReaderBuilder, Trim};

use super::row::{Cell, Columns, Row};
use super::{Delimiter, Encoding, Table, Take, text};
use crate::import::fault::Fault;

/// How many lines a row has at most: a quote that is never closed takes all that follow.
const LONGEST_ROW: u64 = 2_000;

/// Reads all rows.
pub(super) fn read(table: &Table<'_>, take: &mut Take<'_>) -> Result<Columns, Fault> {
    let mut from = text::open(table.open()?).map_err(|error| table.unreadable(&error))?;
    let start = from.fill_buf().map_err(|error| table.unreadable(&error))?;
    let delimiter = table
        .layout
        .delimiter
        .map_or_else(|| guess(start), Delimiter::byte);
    let crlf = u64::from(has_crlf(start));
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        // In tables with tabs a quote is mostly one: a title, or inches.
        .quoting(delimiter != b'\t')
        .trim(Trim::All)
        .from_reader(from);
    let mut lines = Lines {
        table,
        delimiter,
        columns: None,
        cells: vec![],
        before: 0,
    };
    let mut record = ByteRecord::new();
    while reader
        .read_byte_record(&mut record)
        .map_err(|error| broken(table, &error))?
    {
        // Of two bytes that end a line, the reader counts the second to the row behind it.
        let behind = if lines.before > 0 { crlf } else { 0 };
        let number = record.position().map_or(0, csv::Position::line) + behind;
        lines.row(&record, number, take)?;
    }
    lines.columns.ok_or_else(|| {
        let help = "the first row of a table has the names of its columns";
        Fault::new("this table is empty", help).at(table.place())
    })
}

impl Delimiter {
    fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Pipe => b'|',
        }
    }
}

/// Returns true if lines end in two bytes.
fn has_crlf(start: &[u8]) -> bool {
    let end = start.iter().position(|byte| *byte == b'\n');
    end.is_some_and(|end| end > 0 && start[end - 1] == b'\r')
}

/// Returns the delimiter that the first line has most of.
fn guess(start: &[u8]) -> u8 {
    let line = start
        .split(|byte| *byte == b'\n')
        .find(|line| !line.trim_ascii().is_empty());
    let count = |delimiter: u8| {
        let mut in_quotes = false;
        let plain = line.unwrap_or_default().iter().filter(|byte| {
            in_quotes ^= **byte == b'"';
            !in_quotes && **byte == delimiter
        });
        plain.count()
    };
    // Of those with the same number, none mostly, the last is taken.
    let delimiters = [b'|', b';', b'\t', b','];
    delimiters
        .into_iter()
        .max_by_key(|delimiter| count(*delimiter))
        .unwrap_or(b',')
}

fn broken(table: &Table<'_>, error: &csv::Error) -> Fault {
    let place = error.position().map(csv::Position::line);
    let at = place.map_or_else(|| table.place(), |line| table.place().row(line));
    Fault::new(
        format!("this table cannot be read: {error}"),
        "correct the line, and import again",
    )
    .at(at)
}

/// The rows of one file while they are read.
struct Lines<'t> {
    table: &'t Table<'t>,
    delimiter: u8,
    columns: Option<Columns>,
    cells: Vec<Cell>,
    /// The line of the row before.
    before: u64,
}

impl Lines<'_> {
    fn row(&mut self, record: &ByteRecord, number: u64, take: &mut Take<'_>) -> Result<(), Fault> {
        if number > self.before + LONGEST_ROW && self.before > 0 {
            return Err(unclosed(self.table, self.before));
        }
        self.before = number;
        let Some(columns) = &self.columns else {
            if self.is_header(record, number) {
                let names: Result<Vec<String>, Fault> = (0..record.len())
                    .map(|at| self.decode(None, &record[at], number))
                    .collect();
                self.columns = Some(Columns::of_header(names?, self.table));
            }
            return Ok(());
        };
        if record.iter().all(<[u8]>::is_empty) {
            return Ok(());
        }
        if record
            .iter()
            .skip(columns.count())
            .any(|cell| !cell.is_empty())
        {
            return Err(ragged(self.table, record.len(), columns.count(), number));
        }
        self.cells.clear();
        for ((at, is_wanted), name) in columns.wanted().enumerate().zip(columns.names()) {
            let cell = match record.get(at) {
                Some(bytes) if is_wanted && !bytes.is_empty() => {
                    Cell::Text(self.decode(Some(name), bytes, number)?)
                }
                _ => Cell::Nothing,
            };
            self.cells.push(cell);
        }
        take(&Row {
            file: self.table.file,
            sheet: None,
            number,
            columns,
            cells: &self.cells,
        })
    }

    /// Returns the text of a cell.
    fn decode(&self, column: Option<&str>, bytes: &[u8], row: u64) -> Result<String, Fault> {
        let text = match self.table.layout.encoding {
            Some(Encoding::Windows1252) => encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned(),
            _ => match std::str::from_utf8(bytes) {
                Ok(text) => text.to_owned(),
                Err(_) => return Err(no_text(self.table, column, row)),
            },
        };
        Ok(if self.delimiter == b'\t' {
            unquoted(text)
        } else {
            text
        })
    }

    fn is_header(&self, record: &ByteRecord, number: u64) -> bool {
        match self.table.layout.header {
            Some(header) => number >= u64::from(header),
            None => record.iter().any(|cell| !cell.is_empty()),
        }
    }
}

/// Takes the quotes off a cell that stands in them, where the reader left them.
fn unquoted(text: String) -> String {
    let inner = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    let inner = inner.map(|inner| inner.replace("\"\"", "\u{0}"));
    match inner {
        Some(inner) if !inner.contains('"') => inner.replace('\u{0}', "\""),
        _ => text,
    }
}

fn no_text(table: &Table<'_>, column: Option<&str>, row: u64) -> Fault {
    let place = table.place().row(row);
    let place = match column {
        Some(column) => place.column(column),
        None => place,
    };
    let help =
        "save the table as UTF-8, or add `encoding = \"windows-1252\"` to the table in the map";
    Fault::new("this is not UTF-8 text", help).at(place)
}

fn ragged(table: &Table<'_>, found: usize, wanted: usize, row: u64) -> Fault {
    Fault::new(
        format!("this row has {found} cells, and the header has {wanted}"),
        "put texts that hold the sign between cells in quotes; if the names of the columns stand in a later row, say so with `header = …` in the map",
    )
    .at(table.place().row(row))
}

fn unclosed(table: &Table<'_>, row: u64) -> Fault {
    Fault::new(
        "a quote in this row is never closed",
        "close it; a quote inside a cell is written twice, and the whole cell stands in quotes",
    )
    .at(table.place().row(row))
}
