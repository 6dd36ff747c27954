//! One role's files: role.toml, positions.toml and salary.csv come in, rows as they were written go out.
//! Nothing here looks at other files: what references mean is worked out in `resolve.rs`.

use super::record::{FrameworkFile, PositionRow, PositionsFile, RoleFile, SalaryRow};
use crate::config::file;
use crate::data::{At, Id};
use crate::diag::Diagnostics;
use crate::inputs::Inputs;
use crate::path::SourcePath;

/// The rows of one role.
pub struct Written {
    pub id: Id,
    pub path: SourcePath,
    pub record: RoleFile,
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
}

/// Reads a role's folder.
pub fn read(inputs: &Inputs, id: &Id, path: &SourcePath, faults: &mut Diagnostics) -> Option<Written> {
    let record: Option<RoleFile> = file(inputs, path, faults);
    let beside = |name: &str| path.resolve(name).unwrap_or_else(|_| path.clone());
    let (positions_path, bulk_path) = (beside("positions.toml"), beside("salary.csv"));
    let positions = inputs.get(positions_path.as_str()).and_then(|_| file::<PositionsFile>(inputs, &positions_path, faults)).unwrap_or_default().positions;
    let bulk = inputs
        .get(bulk_path.as_str())
        .and_then(|_| faults.take(inputs.source(&bulk_path)))
        .map(|source| super::bulk::read(&source, faults))
        .unwrap_or_default();
    Some(Written { id: id.clone(), path: path.clone(), record: record?, positions, positions_path, bulk, bulk_path })
}

/// Reads a framework's file.
pub fn read_framework(inputs: &Inputs, id: &Id, path: &SourcePath, faults: &mut Diagnostics) -> Option<WrittenFramework> {
    Some(WrittenFramework { id: id.clone(), path: path.clone(), record: file(inputs, path, faults)? })
}
