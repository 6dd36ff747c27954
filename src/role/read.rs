//! One role's files: `role.toml`, `positions.toml` and `salary.csv` come in, rows as they were
//! written go out. Nothing here looks at other files: what references mean is worked out in
//! `resolve.rs`.

use serde::Serialize;

use super::record::{FrameworkFile, PositionRow, PositionsFile, RoleFile, SalaryRow};
use crate::calendar::{Absence, Calendar};
use crate::config::{Config, List, RowCounts, file, file_or_recall};
use crate::data::{At, Id};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::digest::Digest;
use crate::inputs::Inputs;
use crate::memo::Sources;
use crate::path::SourcePath;

/// The files of one role. Its rows are a function of this.
#[derive(Clone, Debug, Serialize)]
pub struct RoleFiles {
    pub id: Id,
    /// The `role.toml`.
    pub record: RecordFile,
    pub positions: Option<RecordFile>,
    /// The `salary.csv`.
    pub salary: Option<RecordFile>,
}

/// A file of a record, as it was found.
#[derive(Clone, Debug, Serialize)]
pub struct RecordFile {
    pub path: SourcePath,
    pub digest: Digest,
}

/// The rows of one role.
pub struct WrittenRole {
    pub id: Id,
    /// The `role.toml`.
    pub path: SourcePath,
    /// Digest of the role's files.
    pub digest: Digest,
    /// The first category of the record.
    pub category: Id,
    pub record: RoleFile,
    pub rows: RowCounts,
    pub positions: Vec<At<PositionRow>>,
    pub positions_path: SourcePath,
    /// Rows of `salary.csv`.
    pub csv_rows: Vec<At<SalaryRow>>,
    pub csv_path: SourcePath,
}

/// The rows of one framework.
pub struct WrittenFramework {
    pub id: Id,
    pub path: SourcePath,
    /// Digest of the file.
    pub digest: Digest,
    pub record: FrameworkFile,
    pub rows: RowCounts,
}

impl RoleFiles {
    /// Finds the files beside a `role.toml`.
    pub fn find(inputs: &Inputs, id: Id, record: RecordFile) -> Self {
        let beside = |name: &str| {
            let path = record.path.resolve(name).ok()?;
            let digest = inputs.get(path.as_str())?.digest;
            Some(RecordFile { path, digest })
        };
        Self {
            id,
            positions: beside("positions.toml"),
            salary: beside("salary.csv"),
            record,
        }
    }

    /// Returns the digest of the files.
    pub fn digest(&self) -> Digest {
        Digest::of_value(self)
    }
}

/// Reads a role's files, the TOML of them as far as it is not remembered.
pub fn read(
    sources: Sources<'_>,
    files: &RoleFiles,
    diagnostics: &mut Diagnostics,
) -> Option<WrittenRole> {
    let RoleFiles {
        id,
        record,
        positions,
        salary,
    } = files;
    let path = &record.path;
    let record = file_or_recall(sources, path, record.digest, diagnostics);
    let positions = positions
        .as_ref()
        .and_then(|file| file_or_recall(sources, &file.path, file.digest, diagnostics));
    let (positions, more_file_names) = match positions {
        Some((PositionsFile { positions }, rows)) => (positions, rows.named),
        None => (vec![], vec![]),
    };
    let csv = salary
        .as_ref()
        .and_then(|file| diagnostics.take(sources.inputs.source(&file.path)));
    let csv_rows = match csv {
        Some(source) => super::salary_csv::read(&source, diagnostics),
        None => vec![],
    };
    let (record, mut rows): (RoleFile, _) = record?;
    let category = record.all_categories().first().map(|id| id.value.clone());
    let Some(category) = category else {
        let fault = Diagnostic::error(Code::MissingKey, "the key `category` is missing");
        diagnostics.push(fault.at(path, 0..0).help("add `category = …`"));
        return None;
    };
    rows.named.extend(more_file_names);
    let beside = |name: &str| path.resolve(name).unwrap_or_else(|_| path.clone());
    Some(WrittenRole {
        id: id.clone(),
        path: path.clone(),
        digest: files.digest(),
        category,
        record,
        rows,
        positions,
        positions_path: beside("positions.toml"),
        csv_rows,
        csv_path: beside("salary.csv"),
    })
}

/// The jobs of no role.
pub struct WrittenPositions {
    /// The `positions.toml` directly in `content/`.
    pub path: SourcePath,
    pub rows: Vec<At<PositionRow>>,
    /// What could be the names of files in it.
    pub named: Vec<String>,
}

/// Reads the jobs of no role.
pub fn read_positions(
    inputs: &Inputs,
    path: &SourcePath,
    diagnostics: &mut Diagnostics,
) -> Option<WrittenPositions> {
    let (PositionsFile { positions }, rows) = file(inputs, path, diagnostics)?;
    Some(WrittenPositions {
        path: path.clone(),
        rows: positions,
        named: rows.named,
    })
}

/// Reads a framework's file.
pub fn read_framework(
    inputs: &Inputs,
    id: &Id,
    framework: &RecordFile,
    diagnostics: &mut Diagnostics,
) -> Option<WrittenFramework> {
    let RecordFile { path, digest } = framework;
    let (record, rows) = file(inputs, path, diagnostics)?;
    Some(WrittenFramework {
        id: id.clone(),
        path: path.clone(),
        digest: *digest,
        record,
        rows,
    })
}

/// Adds the skills and sources that a role declares to the one namespace of the site.
pub fn declare(written: &WrittenRole, config: &mut Config, diagnostics: &mut Diagnostics) {
    let WrittenRole {
        path, record, rows, ..
    } = written;
    config.declare(path, &record.skills, &record.sources, rows, diagnostics);
}

/// Returns the lists to which a record that cannot be read adds rows, as far as its text tells.
pub fn may_declare(inputs: &Inputs, path: &SourcePath) -> Vec<List> {
    let Some(source) = inputs.lossy_source(path) else {
        return vec![];
    };
    [("[skills", List::Skills), ("[sources", List::Sources)]
        .into_iter()
        .filter(|(table, _)| source.text.contains(table))
        .map(|(_, list)| list)
        .collect()
}

impl WrittenRole {
    /// Returns why the role is not published, if it is not.
    pub fn absence(&self, calendar: &Calendar) -> Option<Absence> {
        let RoleFile {
            draft,
            date,
            expires,
            ..
        } = &self.record;
        let date = date.as_ref().map(|day| day.value);
        let expires = expires.as_ref().map(|day| day.value);
        calendar.absence(*draft, date, expires)
    }

    /// Returns true if levels were written that could not be read: references to them are not said
    /// to be wrong.
    pub(super) fn lost_levels(&self) -> bool {
        self.rows.lost("levels", self.record.levels.len())
    }

    /// Does the same for levels and titles, which share their namespace as parents.
    pub(super) fn lost_titles(&self) -> bool {
        self.lost_levels() || self.rows.lost("titles", self.record.titles.len())
    }
}

impl Serialize for WrittenFramework {
    /// Serializes the path and the digest of the file, of which the rows are a function.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self {
            id,
            path,
            digest,
            record: _,
            rows: _,
        } = self;
        (id, path, digest).serialize(serializer)
    }
}
