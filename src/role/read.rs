//! One role's files: `role.toml`, `positions.toml` and `salary.csv` come in, rows as they were
//! written go out. Nothing here looks at other files: what references mean is worked out in
//! `resolve.rs`.

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::layers::{LAYERING, Rows, inherit_in_csv};
use super::record::{FrameworkFile, PositionRow, PositionsFile, RoleFile, SalaryRow};
use crate::calendar::{Absence, Calendar};
use crate::config::{
    Config, Layer, Layered, List, RowCounts, SkillRow, SourceRow, import_of, layered, table,
};
use crate::data::{AsOf, At, Id, Table, decode_node};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::digest::Digest;
use crate::inputs::Inputs;
use crate::memo::{self, Memo, Sources};
use crate::path::SourcePath;

/// The files of one role. Its rows are a function of this.
#[derive(Clone, Debug, Serialize)]
pub struct RoleFiles {
    pub id: Id,
    /// The `role.toml`.
    pub record: Layered,
    pub positions: Option<Layered>,
    /// The `salary.csv`.
    pub salary: Option<Layered>,
}

/// The files of one role with what they say to the rest of the site. Its rows are there if the files
/// had to be read.
pub struct DeclaredRole {
    pub files: RoleFiles,
    /// Digest of the files.
    pub digest: Digest,
    pub declared: Declared,
    written: Option<Arc<WrittenRole>>,
}

/// What a role says to the rest of the site.
#[derive(Clone, Serialize, Deserialize)]
pub struct Declared {
    draft: bool,
    date: Option<At<Date>>,
    expires: Option<At<Date>>,
    /// When its figures were true that do not say it themselves.
    pub as_of: Option<At<AsOf>>,
    pub skills: Vec<At<SkillRow>>,
    pub sources: Vec<At<SourceRow>>,
    pub rows: RowCounts,
}

/// The rows of one role.
pub struct WrittenRole {
    pub id: Id,
    /// The `role.toml`.
    pub path: SourcePath,
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
    pub fn find(inputs: &Inputs, id: Id, record: Layered, order: &[&str]) -> Self {
        let beside = |name: &str| {
            let path = record.path.resolve(name).ok()?;
            Layered::find(inputs, &path, order)
        };
        Self {
            id,
            positions: beside("positions.toml"),
            salary: beside("salary.csv"),
            record,
        }
    }

    /// Returns the paths of all files that a role is made of.
    pub fn paths(&self) -> impl Iterator<Item = &SourcePath> {
        let Self {
            id: _,
            record,
            positions,
            salary,
        } = self;
        let files = [Some(record), positions.as_ref(), salary.as_ref()];
        files.into_iter().flatten().flat_map(Layered::paths)
    }

    /// Returns the digest of the files.
    pub fn digest(&self) -> Digest {
        Digest::of_value(self)
    }
}

/// Reads what a role says to the rest of the site, or recalls it from the memo. `digest` is that of
/// the files.
pub fn declared_or_recall(
    sources: Sources<'_>,
    files: &RoleFiles,
    digest: Digest,
    diagnostics: &mut Diagnostics,
) -> Option<DeclaredRole> {
    let key = Digest::of_value(&("declared", digest));
    let remembered = recall(sources.memo, key);
    let (declared, written) = if let Some((declared, warnings)) = remembered {
        diagnostics.extend(warnings);
        (declared, None)
    } else {
        let mut said = Diagnostics::default();
        let written = read(sources.inputs, files, &mut said);
        let declared = written.as_ref().map(WrittenRole::declared);
        let said = remember(sources.memo, key, declared.as_ref(), said);
        diagnostics.extend(said);
        (declared?, written.map(Arc::new))
    };
    Some(DeclaredRole {
        files: files.clone(),
        digest,
        declared,
        written,
    })
}

/// Reads a role's files.
fn read(inputs: &Inputs, files: &RoleFiles, diagnostics: &mut Diagnostics) -> Option<WrittenRole> {
    let RoleFiles {
        id,
        record,
        positions,
        salary,
    } = files;
    let path = &record.path;
    let tables = |path: &SourcePath, _: Digest, said: &mut Diagnostics| table(inputs, path, said);
    let positions = positions
        .as_ref()
        .and_then(|file| layered(file, &tables, LAYERING, diagnostics));
    let (positions, more_file_names) = match positions {
        Some((PositionsFile { positions }, rows)) => (positions, rows.named),
        None => (vec![], vec![]),
    };
    let read: Option<(RoleFile, _)> = layered(record, &tables, LAYERING, diagnostics);
    let mut csv_rows = vec![];
    if let Some(file) = salary {
        csv_rows = read_salary(inputs, file, record, diagnostics);
    }
    let (record, mut rows) = read?;
    let category = record.all_categories().first().map(|id| id.value.clone());
    let Some(category) = category else {
        let fault = Diagnostic::error(Code::MissingKey, "the key `category` is missing");
        diagnostics.push(fault.at(path, 0..0).help("add `category = …`"));
        return None;
    };
    rows.named.extend(more_file_names);
    let beside = |name: &str| path.resolve(name).unwrap_or_else(|_| path.clone());
    let csv_path = beside("salary.csv");
    let csv_rows = Rows {
        figures: &record.figures,
        path: &csv_path,
    }
    .without_repeated(&record.salary, csv_rows, diagnostics);
    Some(WrittenRole {
        id: id.clone(),
        path: path.clone(),
        category,
        record,
        rows,
        positions,
        positions_path: beside("positions.toml"),
        csv_rows,
        csv_path,
    })
}

/// Reads a salary.csv and its layers. What their rows leave open, the figures of the same import say.
fn read_salary(
    inputs: &Inputs,
    Layered {
        path,
        digest,
        layers,
    }: &Layered,
    record: &Layered,
    diagnostics: &mut Diagnostics,
) -> Vec<At<SalaryRow>> {
    let mut read = |path: &SourcePath, offset: usize| {
        let source = diagnostics.take(inputs.source(path));
        source.map_or_else(Vec::new, |source| {
            super::salary_csv::read(&source, offset, diagnostics)
        })
    };
    let mut rows = match digest {
        Some(_) => read(path, 0),
        None => vec![],
    };
    for layer in layers {
        let mut more = read(&layer.path, layer.offset);
        let import = import_of(layer.path.name(), path.name());
        let is_same = |other: &&Layer| import_of(other.path.name(), record.path.name()) == import;
        if let Some(other) = record.layers.iter().find(is_same) {
            let table = table(inputs, &other.path, &mut Diagnostics::default());
            let figures = table.and_then(|table: Table| {
                let node = table.get("figures")?;
                decode_node(&other.path, "figures", node, &mut Diagnostics::default())
            });
            inherit_in_csv(&mut more, &figures.unwrap_or_default());
        }
        rows.extend(more);
    }
    rows
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
    file: &Layered,
    diagnostics: &mut Diagnostics,
) -> Option<WrittenPositions> {
    let tables = |path: &SourcePath, _: Digest, said: &mut Diagnostics| table(inputs, path, said);
    let (PositionsFile { positions }, rows) = layered(file, &tables, LAYERING, diagnostics)?;
    Some(WrittenPositions {
        path: file.path.clone(),
        rows: positions,
        named: rows.named,
    })
}

/// Reads a framework's file.
pub fn read_framework(
    inputs: &Inputs,
    id: &Id,
    framework: &Layered,
    diagnostics: &mut Diagnostics,
) -> Option<WrittenFramework> {
    let tables = |path: &SourcePath, _: Digest, said: &mut Diagnostics| table(inputs, path, said);
    let (record, rows) = layered(framework, &tables, LAYERING, diagnostics)?;
    Some(WrittenFramework {
        id: id.clone(),
        path: framework.path.clone(),
        digest: Digest::of_value(framework),
        record,
        rows,
    })
}

/// Returns what is remembered of a role, with the warnings of making it.
pub(super) fn recall<T: serde::de::DeserializeOwned>(
    memo: &dyn Memo,
    key: Digest,
) -> Option<(T, Diagnostics)> {
    postcard::from_bytes(&memo.get(memo::Table::Roles, key)?).ok()
}

/// Remembers what was made of a role, unless there were errors. Returns the diagnostics.
pub(super) fn remember<T: Serialize>(
    memo: &dyn Memo,
    key: Digest,
    made: Option<&T>,
    said: Diagnostics,
) -> Diagnostics {
    if let Some(made) = made.filter(|_| !said.has_errors())
        && let Ok(bytes) = postcard::to_stdvec(&(made, &said))
    {
        memo.put(memo::Table::Roles, key, &bytes);
    }
    said
}

/// Adds the skills and sources that a role declares to the one namespace of the site.
pub fn declare(role: &DeclaredRole, config: &mut Config, diagnostics: &mut Diagnostics) {
    let Declared {
        skills,
        sources,
        rows,
        ..
    } = &role.declared;
    config.declare(&role.files.record.path, skills, sources, rows, diagnostics);
}

/// Returns the lists to which a record that cannot be read adds rows, as far as its text tells.
pub fn may_declare(inputs: &Inputs, record: &Layered) -> Vec<List> {
    let paths = record.layers.iter().map(|layer| &layer.path);
    let sources: Vec<_> = paths
        .chain([&record.path])
        .filter_map(|path| inputs.lossy_source(path))
        .collect();
    [("[skills", List::Skills), ("[sources", List::Sources)]
        .into_iter()
        .filter(|(table, _)| sources.iter().any(|source| source.text.contains(table)))
        .map(|(_, list)| list)
        .collect()
}

impl DeclaredRole {
    /// Returns the rows, for which the files are read if they were not. What is wrong with them was
    /// said, unless they cannot be read any more.
    pub(super) fn written(
        &self,
        inputs: &Inputs,
        diagnostics: &mut Diagnostics,
    ) -> Option<Arc<WrittenRole>> {
        if let Some(written) = &self.written {
            return Some(written.clone());
        }
        let mut said = Diagnostics::default();
        let written = read(inputs, &self.files, &mut said);
        if written.is_none() {
            diagnostics.extend(said);
        }
        written.map(Arc::new)
    }
}

impl Declared {
    /// Returns why the role is not published, if it is not.
    pub fn absence(&self, calendar: &Calendar) -> Option<Absence> {
        let date = self.date.as_ref().map(|day| day.value);
        let expires = self.expires.as_ref().map(|day| day.value);
        calendar.absence(self.draft, date, expires)
    }
}

impl WrittenRole {
    /// Returns what the role says to the rest of the site.
    pub(super) fn declared(&self) -> Declared {
        let RoleFile {
            draft,
            date,
            expires,
            figures,
            skills,
            sources,
            ..
        } = &self.record;
        Declared {
            draft: *draft,
            date: date.clone(),
            expires: expires.clone(),
            as_of: figures.as_of.clone(),
            skills: skills.clone(),
            sources: sources.clone(),
            rows: self.rows.clone(),
        }
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
