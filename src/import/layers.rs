//! What an import knows, as trees: layers of roles, of frameworks and of the site's lists. They become
//! files in `output.rs`.

use std::collections::BTreeMap;

use super::salary::SalaryRows;
use crate::config::{AreaRow, CategoryRow, SkillRow, SourceRow};
use crate::data::{Decode, Id, Table};
use crate::ordered::Map;
use crate::path::SourcePath;
use crate::role::record::{FrameworkFile, PositionRow, RoleFile};

/// All layers of one import.
#[derive(Clone, Debug, Default)]
pub struct Layers {
    pub roles: BTreeMap<Id, RoleLayer>,
    /// Of frameworks, in the shape of `framework.toml`.
    pub frameworks: BTreeMap<Id, Table>,
    /// Rows of the site's lists, by their ids.
    pub lists: BTreeMap<SiteList, Map<Id, Table>>,
    /// Open jobs without a role.
    pub positions: Vec<Table>,
    /// Other files, such as articles: the author's as soon as they are edited. A file that no import
    /// made stays as it is.
    pub copies: BTreeMap<SourcePath, Vec<u8>>,
}

/// What an import knows of one role.
#[derive(Clone, Debug, Default)]
pub struct RoleLayer {
    /// In the shape of `role.toml`.
    pub record: Table,
    /// Rows of pay.
    pub salary: SalaryRows,
    /// Open jobs.
    pub positions: Vec<Table>,
}

/// A list of the site that an import adds rows to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SiteList {
    Skills,
    Categories,
    Areas,
    Sources,
}

impl Layers {
    /// Returns the layer of a role, a new one if there is none yet.
    pub fn role(&mut self, id: &Id) -> &mut RoleLayer {
        self.roles.entry(id.clone()).or_default()
    }

    /// Adds a row to a list, unless the list has one of the same id. Returns whether it was added.
    pub fn list_row(&mut self, list: SiteList, id: &Id, mut row: Table) -> Added {
        let rows = self.lists.entry(list).or_default();
        if rows.contains_key(id) {
            return Added::Known;
        }
        row.put("id", id.as_str());
        sort_keys(&mut row, list.row_keys());
        rows.insert(id.clone(), row);
        Added::New
    }

    /// Brings all keys into the order in which the records declare them: the same facts give the same
    /// bytes, in whatever order they came.
    pub fn sort(&mut self) {
        for layer in self.roles.values_mut() {
            sort_keys(&mut layer.record, RoleFile::keys());
            sort_rows(&mut layer.positions, PositionRow::keys());
        }
        for layer in self.frameworks.values_mut() {
            sort_keys(layer, FrameworkFile::keys());
        }
        sort_rows(&mut self.positions, PositionRow::keys());
    }
}

/// Whether a row was added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    New,
    /// The list has a row of this id.
    Known,
}

impl SiteList {
    /// All lists.
    pub const ALL: &[Self] = &[Self::Skills, Self::Categories, Self::Areas, Self::Sources];

    /// Returns the name of the list, and of its file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Skills => "skills",
            Self::Categories => "categories",
            Self::Areas => "areas",
            Self::Sources => "sources",
        }
    }

    /// Returns the list of a name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|list| list.name() == name)
    }

    /// Returns the keys of its rows in order.
    fn row_keys(self) -> &'static [&'static str] {
        match self {
            Self::Skills => SkillRow::keys(),
            Self::Categories => CategoryRow::keys(),
            Self::Areas => AreaRow::keys(),
            Self::Sources => SourceRow::keys(),
        }
    }
}

fn sort_rows(rows: &mut [Table], keys: &[&str]) {
    rows.iter_mut().for_each(|row| sort_keys(row, keys));
}

/// Sorts keys as they are declared; those that are not stand at the end, by name.
pub fn sort_keys(table: &mut Table, keys: &[impl AsRef<str>]) {
    let rank = |name: &str| keys.iter().position(|key| key.as_ref() == name);
    table.0.sort_by(|(one, _), (other, _)| {
        let rank = |name: &str| rank(name).unwrap_or(keys.len());
        (rank(&one.name), &one.name).cmp(&(rank(&other.name), &other.name))
    });
}
