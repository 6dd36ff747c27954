//! Where something stands in a file that is imported, and what is wrong there.

use std::fmt;

use serde::Serialize;

/// A place of a table: as precise as is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Where {
    /// The file as it was named.
    pub file: String,
    /// Which sheet of a workbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<Box<str>>,
    /// The line of a text, or the row of a sheet, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u64>,
    /// What the column is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<Box<str>>,
}

/// What an import cannot go on with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub place: Option<Where>,
    // As boxes, because errors are moved about, and should be small.
    pub message: Box<str>,
    /// What to do next.
    pub help: Box<str>,
}

impl Where {
    /// Names a whole file.
    pub fn file(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            ..Self::default()
        }
    }

    /// Adds the row.
    pub fn row(self, row: u64) -> Self {
        Self {
            row: Some(row),
            ..self
        }
    }

    /// Adds the column.
    pub fn column(self, column: &str) -> Self {
        Self {
            column: Some(column.into()),
            ..self
        }
    }
}

impl Fault {
    /// Describes what is wrong with no particular place.
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            place: None,
            message: message.into().into(),
            help: help.into().into(),
        }
    }

    /// Adds the place.
    pub fn at(self, place: Where) -> Self {
        Self {
            place: Some(place),
            ..self
        }
    }
}

impl fmt::Display for Where {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            sheet,
            row,
            column,
        } = self;
        f.write_str(file)?;
        if let Some(sheet) = sheet {
            write!(f, ", sheet `{sheet}`")?;
        }
        if let Some(row) = row {
            write!(f, ", row {row}")?;
        }
        if let Some(column) = column {
            write!(f, ", column `{column}`")?;
        }
        Ok(())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Some(place) => write!(f, "{place}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}
