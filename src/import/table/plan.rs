//! What an import does: a map that was checked, in which every key has its shape and every table its
//! name.

use super::from::{Format, From};
use super::map::{DecimalMark, GuardRow, NewRoles, TableRow};
use super::shape::Shape;
use super::test::{Tests, Words};
use crate::data::{Id, Map, Table, Text};
use crate::import::layers::SiteList;

/// What an import does.
pub struct Plan {
    pub nothing: Vec<String>,
    pub decimal: DecimalMark,
    /// Lists of words by name.
    pub words: Map<Map<Text>>,
    /// Tables by name, those of the roles first. One without a name is about the only file.
    pub tables: Vec<(String, Option<TableRow>)>,
    pub roles: RolesPlan,
    pub rows: Vec<RowsPlan>,
    pub lists: Vec<ListPlan>,
    /// The id of the source, with its row.
    pub source: Option<(Option<Id>, Table)>,
    /// `[figures]` as they are written.
    pub figures: Table,
    /// Rows of lists as they are written.
    pub fixed: Vec<(SiteList, Table)>,
}

/// The keys of a record or row, and what they must have to be one.
#[derive(Default)]
pub struct Keys {
    pub keys: Vec<Key>,
    /// Tables inside, from the innermost.
    pub inner: Vec<Inner>,
    /// Keys that a row must have.
    pub required: Vec<String>,
    /// All keys that a row may have, in the order in which they are declared.
    pub order: Vec<String>,
}

/// A table inside a record or row.
pub struct Inner {
    /// Its path.
    pub path: String,
    /// Keys that it must have.
    pub required: Vec<String>,
}

/// A key of a record, and what it is made of.
pub struct Key {
    /// As it is written: `importance.value`.
    pub path: String,
    pub shape: Shape,
    pub from: From,
}

/// Which rows are roles.
pub struct RolesPlan {
    /// `None`: roles are those that the site has.
    pub table: Option<String>,
    pub tests: Tests,
    pub key: Option<String>,
    pub code: Option<String>,
    pub id: Option<From>,
    pub new: NewRoles,
    pub keys: Keys,
}

/// Rows that become rows of a list of a role.
pub struct RowsPlan {
    /// Empty for keys of the role itself.
    pub list: String,
    pub table: String,
    pub role: Option<From>,
    pub tests: Tests,
    pub each: Option<From>,
    pub keys: Keys,
    /// For lists of texts.
    pub text: Option<Key>,
    pub sort: Option<Sort>,
    pub limit: Option<usize>,
    pub group: Option<String>,
    pub guards: Vec<GuardRow>,
}

/// What rows are sorted by.
pub struct Sort {
    pub column: String,
    pub order: Order,
}

/// Which end stands first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Rising,
    Falling,
}

/// Rows that become rows of a list of the site.
pub struct ListPlan {
    pub list: SiteList,
    pub table: String,
    pub tests: Tests,
    pub each: Option<From>,
    pub keys: Keys,
}

/// The name of a list whose rows go into salary.csv.
pub const SALARY: &str = "salary";
/// The name of a list whose rows are open jobs.
pub const POSITIONS: &str = "positions";

impl RowsPlan {
    /// Returns what messages call the list.
    pub fn name(&self) -> &str {
        if self.list.is_empty() {
            "role"
        } else {
            &self.list
        }
    }
}

impl Plan {
    /// Returns true if rows of the table of roles name other roles.
    pub fn names_roles(&self, table: &str) -> bool {
        let is_role = |from: &From| from.format == Some(Format::Role);
        let has_role = |rows: &RowsPlan| rows.table == table && rows.role.is_some();
        self.roles.table.as_deref() == Some(table)
            && (self
                .froms()
                .any(|(name, from)| name == table && is_role(from))
                || self.rows.iter().any(has_role))
    }

    /// Returns true if rows of a table say something of roles.
    pub fn is_of_roles(&self, table: &str) -> bool {
        self.roles.table.as_deref() == Some(table)
            || self.rows.iter().any(|rows| rows.table == table)
    }

    /// Returns how cells are read.
    pub fn reading(&self) -> Words<'_> {
        Words {
            nothing: &self.nothing,
            decimal: self.decimal,
        }
    }

    /// Returns all that keys are made of, with the name of the table that it reads.
    pub fn froms(&self) -> impl Iterator<Item = (&str, &From)> {
        let roles = self.roles.table.iter().flat_map(|table| {
            let froms = self
                .roles
                .keys
                .keys
                .iter()
                .map(|key| &key.from)
                .chain(&self.roles.id);
            froms.map(move |from| (table.as_str(), from))
        });
        let rows = self.rows.iter().flat_map(|rows| {
            let keys = rows.keys.keys.iter().chain(&rows.text).map(|key| &key.from);
            let froms = keys.chain(&rows.role).chain(&rows.each);
            froms.map(move |from| (rows.table.as_str(), from))
        });
        let lists = self.lists.iter().flat_map(|list| {
            let froms = list.keys.keys.iter().map(|key| &key.from).chain(&list.each);
            froms.map(move |from| (list.table.as_str(), from))
        });
        roles.chain(rows).chain(lists)
    }

    /// Returns the columns of a table that somebody asks for, each once.
    pub fn columns(&self, table: &str) -> Vec<String> {
        let mut found: Vec<&str> = vec![];
        let froms = self.froms().filter(|(name, _)| *name == table);
        found.extend(froms.flat_map(|(_, from)| from.columns()));
        for (name, row) in &self.tables {
            found.extend(
                row.iter()
                    .filter(|_| name == table)
                    .flat_map(|row| row.tests.columns()),
            );
        }
        if self.roles.table.as_deref() == Some(table) {
            found.extend(self.roles.tests.columns().chain(self.roles.key.as_deref()));
        }
        for rows in self.rows.iter().filter(|rows| rows.table == table) {
            found.extend(rows.tests.columns().chain(rows.group.as_deref()));
            found.extend(rows.sort.iter().map(|sort| sort.column.as_str()));
            found.extend(rows.guards.iter().flat_map(|guard| guard.tests.columns()));
            if rows.role.is_none() && self.roles.table.as_deref() != Some(table) {
                found.extend(self.roles.key.as_deref());
            }
        }
        let lists = self.lists.iter().filter(|list| list.table == table);
        found.extend(lists.flat_map(|list| list.tests.columns()));
        let mut columns: Vec<String> = vec![];
        for column in found {
            if !columns.iter().any(|known| known == column) {
                columns.push(column.to_owned());
            }
        }
        columns
    }
}

impl Sort {
    /// Reads what a map says: `-Score`.
    pub fn of(text: &str) -> Self {
        let (column, order) = match text.strip_prefix('-') {
            Some(column) => (column, Order::Falling),
            None => (text, Order::Rising),
        };
        Self {
            column: column.to_owned(),
            order,
        }
    }
}
