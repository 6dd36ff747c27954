//! Tables as other people keep them: one file comes in, rows of named cells go out, one by one. A row
//! that nobody keeps takes no memory.

mod delimited;
mod json;
mod row;
mod sheet;
mod text;

use std::io::Read;

use super::fault::{Fault, Where};
use super::upstream::{Upstream, ending};
use crate::data::choice;
use crate::ordered::Map;

pub use row::{Cell, Columns, Row};

choice! {
    /// What stands between the cells of a table.
    pub enum Delimiter {
        Comma = "comma", Semicolon = "semicolon", Tab = "tab", Pipe = "pipe",
    }
}

choice! {
    /// How the letters of a text are stored.
    pub enum Encoding {
        Utf8 = "utf-8",
        /// Of Windows in western Europe and America; Latin-1 is part of it.
        Windows1252 = "windows-1252",
    }
}

/// How a table is read: what `[tables.NAME]` of a map says.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    pub sheet: Option<String>,
    pub at: Option<String>,
    pub header: Option<u32>,
    pub delimiter: Option<Delimiter>,
    pub encoding: Option<Encoding>,
    /// Names of columns, each with the names that files have for it.
    pub renamed: Map<String, Vec<String>>,
    /// Columns that may be missing.
    pub optional: Vec<String>,
}

impl Layout {
    /// Returns what a column is called that a file calls so.
    fn name<'n>(&'n self, own: &'n str) -> &'n str {
        let known = self
            .renamed
            .iter()
            .find(|(_, names)| names.iter().any(|name| name == own));
        known.map_or(own, |(name, _)| name)
    }

    /// Returns what a file may call a column.
    fn names<'n>(&'n self, name: &'n str) -> impl Iterator<Item = &'n str> + Clone {
        let others = self
            .renamed
            .get(name)
            .into_iter()
            .flatten()
            .map(String::as_str);
        std::iter::once(name).chain(others)
    }
}

/// Takes the rows of a table as they are read. What it returns as an error ends the reading.
pub type Take<'t> = dyn FnMut(&Row<'_>) -> Result<(), Fault> + 't;

/// A file that is read as a table.
#[derive(Clone, Copy)]
pub struct Table<'a> {
    pub upstream: &'a dyn Upstream,
    pub file: &'a str,
    pub layout: &'a Layout,
    /// The columns that somebody asks for.
    pub wanted: &'a [String],
}

impl Table<'_> {
    /// Reads all rows, and returns the names of all columns.
    pub fn read(&self, take: &mut Take<'_>) -> Result<Columns, Fault> {
        let columns = match self.format()? {
            Format::Delimited => delimited::read(self, take),
            Format::Workbook => sheet::read(self, take),
            Format::Json => json::read(self, take),
            Format::JsonLines => json::read_lines(self, take),
            Format::Yaml => json::read_yaml(self, take),
        }?;
        self.check(&columns)?;
        Ok(columns)
    }

    /// Returns the names of all columns.
    pub fn names(&self) -> Result<Vec<String>, Fault> {
        let columns = self.read(&mut |_| Ok(()))?;
        Ok(columns.names().map(str::to_owned).collect())
    }

    /// Returns the names of the sheets of a workbook that are shown; none for other files.
    pub fn sheets(&self) -> Result<Vec<String>, Fault> {
        match self.format()? {
            Format::Workbook => sheet::names(self),
            _ => Ok(vec![]),
        }
    }

    /// Finds a format by the name of the file, or by its first byte where it has none.
    fn format(&self) -> Result<Format, Fault> {
        Ok(match ending(self.file).as_str() {
            "xlsx" | "xlsm" | "xlsb" | "xls" | "ods" => Format::Workbook,
            "json" => Format::Json,
            "jsonl" | "ndjson" => Format::JsonLines,
            "yaml" | "yml" => Format::Yaml,
            "" => {
                let mut first = [0];
                let read = self
                    .open()?
                    .read(&mut first)
                    .map_err(|error| self.unreadable(&error))?;
                match first[..read] {
                    [b'['] => Format::Json,
                    [b'{'] => Format::JsonLines,
                    [b'P'] => Format::Workbook,
                    _ => Format::Delimited,
                }
            }
            _ => Format::Delimited,
        })
    }

    /// Names the columns that were asked for and are not there.
    fn check(&self, columns: &Columns) -> Result<(), Fault> {
        let is_missing =
            |name: &&String| !columns.has(name) && !self.layout.optional.contains(name);
        let Some(missing) = self.wanted.iter().find(is_missing) else {
            return Ok(());
        };
        let help = crate::suggest::help(missing, columns.names());
        let help = help.unwrap_or_else(|| "the table has no columns at all".to_owned());
        Err(Fault::new(format!("there is no column `{missing}`"), help).at(self.place()))
    }

    fn open(&self) -> Result<Box<dyn Read + Send + '_>, Fault> {
        self.upstream
            .open(self.file)
            .map_err(|error| self.unreadable(&error))
    }

    fn bytes(&self) -> Result<Vec<u8>, Fault> {
        let mut bytes = vec![];
        let read = self.open()?.read_to_end(&mut bytes);
        read.map_err(|error| self.unreadable(&error))?;
        Ok(bytes)
    }

    fn unreadable(&self, error: &std::io::Error) -> Fault {
        Fault::new(
            format!("this file cannot be read: {error}"),
            "see that the file is there and may be read",
        )
        .at(self.place())
    }

    fn place(&self) -> Where {
        Where {
            sheet: self.layout.sheet.as_deref().map(Into::into),
            ..Where::file(self.file)
        }
    }
}

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Delimited,
    Workbook,
    Json,
    JsonLines,
    Yaml,
}
