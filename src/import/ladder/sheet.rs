//! Sheets as the engine reads them: a file comes in, a grid goes out.

use super::grid::{Grid, GridRow};
use super::words::is_level;
use crate::import::read::{Cell, Layout, Table};
use crate::import::{Fault, Upstream, Where};

/// How many rows from the top the names of columns are looked for.
const HEADER_ROWS: u32 = 6;

/// How many rows a ladder has at most.
const MOST_ROWS: usize = 200_000;

/// Reads a sheet. Lines above the names of columns, such as a title, are passed over.
/// Of those rows, one that names levels is taken before others.
pub fn grid(upstream: &dyn Upstream, file: &str, sheet: Option<&str>) -> Result<Grid, Fault> {
    let mut last = None;
    let mut first = None;
    for header in std::iter::once(None).chain((2..=HEADER_ROWS).map(Some)) {
        let layout = Layout {
            header,
            sheet: sheet.map(str::to_owned),
            ..Layout::default()
        };
        let table = Table {
            upstream,
            file,
            layout: &layout,
            wanted: &[],
        };
        let names = table.names();
        match names {
            Ok(names) if names.iter().filter(|name| !shown(name).is_empty()).count() >= 2 => {
                let levels = names
                    .iter()
                    .skip(1)
                    .filter(|name| is_level(name) && name.chars().any(char::is_alphabetic));
                let levels = levels.count();
                if levels >= 2 {
                    return rows(upstream, file, &layout, names);
                }
                first.get_or_insert((layout, names));
            }
            Ok(_) => {}
            // A title above a table has fewer cells than its rows.
            Err(fault) if first.is_none() => {
                last.get_or_insert(fault);
            }
            Err(_) => break,
        }
    }
    if let Some((layout, names)) = first.filter(|_| last.is_none()) {
        return rows(upstream, file, &layout, names);
    }
    Err(last.unwrap_or_else(|| {
        let help = "write the names of the levels into the first row, or name a column `level` and one `skill`";
        Fault::new("this sheet has no row with the names of columns", help).at(Where::file(file))
    }))
}

/// Returns the names of the sheets of a workbook; none for other files.
pub fn names(upstream: &dyn Upstream, file: &str) -> Result<Vec<String>, Fault> {
    let layout = Layout::default();
    let table = Table {
        upstream,
        file,
        layout: &layout,
        wanted: &[],
    };
    table.sheets()
}

fn rows(
    upstream: &dyn Upstream,
    file: &str,
    layout: &Layout,
    names: Vec<String>,
) -> Result<Grid, Fault> {
    let mut rows = vec![];
    let table = Table {
        upstream,
        file,
        layout,
        wanted: &names,
    };
    table.read(&mut |row| {
        if rows.len() == MOST_ROWS {
            let message = format!("this sheet has more than {MOST_ROWS} rows, which no ladder has");
            return Err(
                Fault::new(message, "import it with `rungs import table` and a map")
                    .at(row.place()),
            );
        }
        let cells = names.iter().map(|name| match row.cell(name) {
            Cell::Nothing => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::List(texts) => texts.join("\n"),
        });
        rows.push(GridRow {
            number: row.number,
            cells: cells.collect(),
        });
        Ok(())
    })?;
    Ok(Grid {
        file: file.to_owned(),
        sheet: layout.sheet.clone(),
        names: names.iter().map(|name| shown(name).to_owned()).collect(),
        rows,
    })
}

/// Returns the name of a column as it is written. Columns without one have numbers in brackets.
fn shown(name: &str) -> &str {
    let name = name.trim();
    let is_number = name.starts_with('(') && name.ends_with(')');
    if is_number { "" } else { name }
}
