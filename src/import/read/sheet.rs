//! Workbooks (XLSX, XLS, ODS): a file comes in, the rows of one sheet go out.

use std::io::Cursor;

use calamine::{
    Data, Reader as _, Sheet, SheetType, SheetVisible, Sheets, open_workbook_auto_from_rs,
};

use super::row::{Cell, Columns, Row};
use super::{Table, Take};
use crate::import::fault::Fault;

/// How many columns a sheet of XLSX has at most.
const MOST_COLUMNS: u32 = 16_384;

/// Reads all rows. Those of XLSX, which may be many, are read one by one.
pub(super) fn read(table: &Table<'_>, take: &mut Take<'_>) -> Result<Columns, Fault> {
    let broken = |error: &dyn std::fmt::Display| broken(table, error);
    let book = open_workbook_auto_from_rs(Cursor::new(table.bytes()?));
    let mut book = book.map_err(|error| broken(&error))?;
    let name = name(table, &book.sheet_names())?;
    let mut rows = Rows {
        table,
        take,
        sheet: &name,
        columns: None,
    };
    if let Sheets::Xlsx(book) = &mut book {
        let mut cells = book
            .worksheet_cells_reader(&name)
            .map_err(|error| broken(&error))?;
        let (_, left) = cells.dimensions().start;
        let (mut row, mut number) = (vec![], 0);
        while let Some(cell) = cells.next_cell().map_err(|error| broken(&error))? {
            let (at, column) = cell.get_position();
            if at != number {
                rows.row(number, &row)?;
                row.clear();
                number = at;
            }
            if column >= MOST_COLUMNS {
                let help = "open it in the program that made it, and save it again";
                let fault = Fault::new("a cell stands further right than sheets reach", help);
                let place = table.place().row(u64::from(at) + 1);
                return Err(fault.at(place));
            }
            let column = column.saturating_sub(left) as usize;
            if column >= row.len() {
                row.resize(column + 1, Cell::Nothing);
            }
            row[column] = of_data(&cell.get_value().clone().into());
        }
        rows.row(number, &row)?;
    } else {
        let range = book
            .worksheet_range(&name)
            .map_err(|error| broken(&error))?;
        let first = range.start().map_or(0, |(row, _)| row);
        for (row, number) in range.rows().zip(first..) {
            let row: Vec<Cell> = row.iter().map(of_data).collect();
            rows.row(number, &row)?;
        }
    }
    rows.columns.ok_or_else(|| {
        let help = "the first row of a sheet has the names of its columns; `sheet = …` in the map names another sheet";
        Fault::new("this sheet is empty", help).at(table.place())
    })
}

fn broken(table: &Table<'_>, error: &dyn std::fmt::Display) -> Fault {
    let help = "open it in the program that made it, and save it as XLSX or CSV";
    Fault::new(format!("this workbook cannot be read: {error}"), help).at(table.place())
}

/// Returns the names of the sheets that are shown.
pub(super) fn names(table: &Table<'_>) -> Result<Vec<String>, Fault> {
    let book = open_workbook_auto_from_rs(Cursor::new(table.bytes()?))
        .map_err(|error| broken(table, &error))?;
    let is_shown = |sheet: &&Sheet| {
        sheet.visible == SheetVisible::Visible && sheet.typ == SheetType::WorkSheet
    };
    let sheets = book.sheets_metadata().iter().filter(is_shown);
    Ok(sheets.map(|sheet| sheet.name.clone()).collect())
}

/// Returns the name of the sheet that is meant.
fn name(table: &Table<'_>, names: &[String]) -> Result<String, Fault> {
    let Some(wanted) = &table.layout.sheet else {
        return Ok(names.first().cloned().unwrap_or_default());
    };
    if names.contains(wanted) {
        return Ok(wanted.clone());
    }
    let help = crate::suggest::help(wanted, names.iter().map(String::as_str));
    let fault = Fault::new(
        format!("there is no sheet `{wanted}`"),
        help.unwrap_or_default(),
    );
    Err(fault.at(table.place()))
}

/// The rows of a sheet while they are read.
struct Rows<'t, 'f> {
    table: &'t Table<'t>,
    take: &'t mut Take<'f>,
    sheet: &'t str,
    /// Those of the header, once it was found.
    columns: Option<Columns>,
}

impl Rows<'_, '_> {
    /// Takes a row by its number, which begins with 0. Empty ones are passed over.
    fn row(&mut self, number: u32, cells: &[Cell]) -> Result<(), Fault> {
        let Self { table, sheet, .. } = self;
        let number = u64::from(number) + 1;
        if cells.iter().all(|cell| *cell == Cell::Nothing) {
            return Ok(());
        }
        let Some(columns) = &self.columns else {
            if table
                .layout
                .header
                .is_none_or(|header| number >= u64::from(header))
            {
                let names = cells.iter().map(|cell| match cell {
                    Cell::Text(text) => text.clone(),
                    Cell::Nothing | Cell::List(_) => String::new(),
                });
                self.columns = Some(Columns::of_header(names, table));
            }
            return Ok(());
        };
        (self.take)(&Row {
            file: table.file,
            sheet: Some(sheet),
            number,
            columns,
            cells,
        })
    }
}

fn of_data(cell: &Data) -> Cell {
    text(cell).map_or(Cell::Nothing, Cell::Text)
}

/// Returns a cell as text: numbers as they are written by hand, days as `2026-11-28`.
fn text(cell: &Data) -> Option<String> {
    let text = match cell {
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            text.trim().to_owned()
        }
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(value) => value.to_string(),
        Data::DateTime(moment) => {
            let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
            match (hour, minute) {
                (0, 0) => format!("{year:04}-{month:02}-{day:02}"),
                _ => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}"),
            }
        }
        // A formula that failed says nothing.
        Data::Error(_) | Data::Empty => return None,
    };
    Some(text).filter(|text| !text.is_empty())
}
