//! One role's files: role.toml, positions.toml and salary.csv come in, rows as they were written go out.
//! Nothing here looks at other files: what references mean is worked out in `resolve.rs`.

use super::record::{FrameworkFile, PositionRow, PositionsFile, RoleFile, SalaryRow};
use crate::calendar::{Absence, Calendar};
use crate::config::{Config, List, RowCounts, file, remembered};
use crate::data::{At, Id};
use crate::diag::Diagnostics;
use crate::inputs::Inputs;
use crate::memo::Memo;
use crate::path::SourcePath;

/// The rows of one role.
pub struct Written {
    pub id: Id,
    pub path: SourcePath,
    pub record: RoleFile,
    pub rows: RowCounts,
    pub positions: Vec<At<PositionRow>>,
    pub positions_path: SourcePath,
    /// Rows of salary.csv.
    pub bulk: Vec<At<SalaryRow>>,
    pub bulk_path: SourcePath,
}

/// The rows of one framework.
pub struct WrittenFramework {
    pub id: Id,
    pub path: SourcePath,
    pub record: FrameworkFile,
    pub rows: RowCounts,
}

/// Reads a role's folder, the tables as far as they are not remembered.
pub fn read((inputs, memo): (&Inputs, &dyn Memo), id: &Id, path: &SourcePath, faults: &mut Diagnostics) -> Option<Written> {
    let record = remembered((inputs, memo), path, faults);
    let beside = |name: &str| path.resolve(name).unwrap_or_else(|_| path.clone());
    let (positions_path, bulk_path) = (beside("positions.toml"), beside("salary.csv"));
    let positions = inputs.get(positions_path.as_str()).and_then(|_| remembered((inputs, memo), &positions_path, faults));
    let (positions, more) = positions.map(|(PositionsFile { positions }, rows)| (positions, rows.named)).unwrap_or_default();
    let bulk = inputs.get(bulk_path.as_str()).and_then(|_| faults.take(inputs.source(&bulk_path)));
    let bulk = bulk.map(|source| super::bulk::read(&source, faults)).unwrap_or_default();
    let (record, mut rows) = record?;
    rows.named.extend(more);
    Some(Written { id: id.clone(), path: path.clone(), record, rows, positions, positions_path, bulk, bulk_path })
}

/// Reads a framework's file.
pub fn read_framework(inputs: &Inputs, id: &Id, path: &SourcePath, faults: &mut Diagnostics) -> Option<WrittenFramework> {
    let (record, rows) = file(inputs, path, faults)?;
    Some(WrittenFramework { id: id.clone(), path: path.clone(), record, rows })
}

/// Puts the skills and sources that a role declares into the one namespace of the site.
pub fn declare(written: &Written, config: &mut Config, faults: &mut Diagnostics) {
    let Written { path, record, rows, .. } = written;
    config.declare(path, &record.skills, &record.sources, rows, faults);
}

/// The lists to which a record that cannot be read adds rows, as far as its text tells.
pub fn may_declare(inputs: &Inputs, path: &SourcePath) -> Vec<List> {
    let source = inputs.lossy_source(path);
    let names = |table: &str| source.as_ref().is_some_and(|source| source.text.contains(table));
    [("skills", List::Skills), ("sources", List::Sources)].into_iter().filter(|(table, _)| names(&format!("[{table}"))).map(|(_, list)| list).collect()
}

impl Written {
    /// Why the role is not published, if it is not.
    pub fn absence(&self, calendar: &Calendar) -> Option<Absence> {
        let RoleFile { draft, date, expires, .. } = &self.record;
        calendar.absence(*draft, date.as_ref().map(|day| day.value), expires.as_ref().map(|day| day.value))
    }

    /// Whether the record adds to the one namespace of skills and sources, or wanted to.
    pub fn declares(&self) -> bool {
        let RoleFile { skills, sources, .. } = &self.record;
        !skills.is_empty() || !sources.is_empty() || self.rows.lost("skills", 0) || self.rows.lost("sources", 0)
    }

    /// Whether levels were written that could not be read: references to them are not said to be wrong.
    pub(super) fn lost_levels(&self) -> bool {
        self.rows.lost("levels", self.record.levels.len())
    }

    /// The same for levels and titles, which share their namespace as parents.
    pub(super) fn lost_titles(&self) -> bool {
        self.lost_levels() || self.rows.lost("titles", self.record.titles.len())
    }
}
