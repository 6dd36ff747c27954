//! Workbooks (XLSX, XLS, ODS): a file comes in, the rows of one sheet go out.

use std::io::Cursor;

use calamine::{
    Data, Range, Reader as _, Sheet, SheetType, SheetVisible, open_workbook_auto_from_rs,
};

use super::row::{Cell, Columns, Row};
use super::{Table, Take};
use crate::import::fault::Fault;

/// Reads all rows.
pub(super) fn read(table: &Table<'_>, take: &mut Take<'_>) -> Result<Columns, Fault> {
    let (sheet, range) = range(table)?;
    let first = range.start().map_or(0, |(row, _)| u64::from(row)) + 1;
    let mut rows = range.rows().zip(first..);
    let header = rows
        .by_ref()
        .find(|(row, number)| match table.layout.header {
            Some(header) => *number >= u64::from(header),
            None => row.iter().any(|cell| text(cell).is_some()),
        });
    let Some((header, _)) = header else {
        let help = "the first row of a sheet has the names of its columns; `sheet = …` in the map names another sheet";
        return Err(Fault::new("this sheet is empty", help).at(table.place()));
    };
    let names = header.iter().map(|cell| text(cell).unwrap_or_default());
    let columns = Columns::of_header(names, table);
    for (cells, number) in rows {
        let cells: Vec<Cell> = cells
            .iter()
            .map(|cell| text(cell).map_or(Cell::Nothing, Cell::Text))
            .collect();
        if cells.iter().all(|cell| *cell == Cell::Nothing) {
            continue;
        }
        take(&Row {
            file: table.file,
            sheet: Some(&sheet),
            number,
            columns: &columns,
            cells: &cells,
        })?;
    }
    Ok(columns)
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

fn broken(table: &Table<'_>, error: &dyn std::fmt::Display) -> Fault {
    let help = "open it in the program that made it, and save it as XLSX or CSV";
    Fault::new(format!("this workbook cannot be read: {error}"), help).at(table.place())
}

fn range(table: &Table<'_>) -> Result<(String, Range<Data>), Fault> {
    let broken = |error: &dyn std::fmt::Display| broken(table, error);
    let mut book =
        open_workbook_auto_from_rs(Cursor::new(table.bytes()?)).map_err(|error| broken(&error))?;
    let names = book.sheet_names();
    let name = match &table.layout.sheet {
        Some(name) if names.contains(name) => name.clone(),
        Some(name) => {
            let help = crate::suggest::help(name, names.iter().map(String::as_str));
            let fault = Fault::new(
                format!("there is no sheet `{name}`"),
                help.unwrap_or_default(),
            );
            return Err(fault.at(table.place()));
        }
        None => names.first().cloned().unwrap_or_default(),
    };
    let range = book
        .worksheet_range(&name)
        .map_err(|error| broken(&error))?;
    Ok((name, range))
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
