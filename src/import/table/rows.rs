//! Rows of lists that wait until all tables were read.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::map::DecimalMark;
use super::number::number;
use super::plan::Order;
use crate::data::{Id, Node, Table, Value};
use crate::import::fault::Where;

/// What was kept, by role and by the `[[rows]]` that it is of.
#[derive(Clone, Debug, Default)]
pub struct Waiting {
    pub rows: BTreeMap<Id, BTreeMap<usize, Vec<Kept>>>,
}

/// A row that was kept.
#[derive(Clone, Debug)]
pub struct Kept {
    pub value: Value,
    pub sort: Option<SortKey>,
    pub group: Option<String>,
    pub place: Where,
}

/// What a row is sorted by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SortKey {
    Number(Decimal),
    Text(String),
}

impl SortKey {
    /// Makes the key of a cell.
    pub fn of(text: &str, mark: DecimalMark) -> Self {
        number(text, mark).map_or_else(|| Self::Text(text.to_owned()), Self::Number)
    }
}

impl Waiting {
    /// Adds a row.
    pub fn add(&mut self, role: &Id, list: usize, row: Kept) {
        let lists = self.rows.entry(role.clone()).or_default();
        lists.entry(list).or_default().push(row);
    }
}

/// Sorts rows; those of which nothing is known stand at the end.
pub fn sort(rows: &mut [Kept], order: Order) {
    rows.sort_by(|one, other| match (&one.sort, &other.sort) {
        (Some(one), Some(other)) if order == Order::Falling => other.cmp(one),
        (Some(one), Some(other)) => one.cmp(other),
        (one, other) => other.is_some().cmp(&one.is_some()),
    });
}

/// Makes one row of those of a group: the first has its say, and its lists get the entries of all.
pub fn group(rows: Vec<Kept>) -> Vec<Kept> {
    let mut grouped: Vec<Kept> = vec![];
    for row in rows {
        let first = grouped
            .iter_mut()
            .find(|first| first.group.is_some() && first.group == row.group);
        match first {
            Some(first) => join(&mut first.value, row.value),
            None => grouped.push(row),
        }
    }
    grouped
}

fn join(first: &mut Value, other: Value) {
    let (Value::Table(first), Value::Table(other)) = (first, other) else {
        return;
    };
    for (key, node) in other.0 {
        match first.0.iter_mut().find(|(known, _)| known.name == key.name) {
            None => first.0.push((key, node)),
            Some((_, known)) => join_lists(known, node),
        }
    }
}

fn join_lists(first: &mut Node, other: Node) {
    if let (Value::Array(first), Value::Array(other)) = (&mut first.value, other.value) {
        for entry in other {
            let text = entry.value.to_json();
            if !first.iter().any(|known| known.value.to_json() == text) {
                first.push(entry);
            }
        }
    }
}

/// Sets what stands at a path of a tree, unless something does.
pub fn set(table: &mut Table, path: &str, value: Value) -> Set {
    let mut table = table;
    let mut path = path;
    while let Some((key, rest)) = path.split_once('.') {
        let Some(inner) = table.table_mut(key) else {
            return Set::Taken;
        };
        (table, path) = (inner, rest);
    }
    if table.get(path).is_some() {
        return Set::Taken;
    }
    table.put(path, value);
    Set::Done
}

/// Whether a value was set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Set {
    Done,
    /// Something stands there already.
    Taken,
}

/// Returns what stands at a path of a tree.
pub fn get<'t>(table: &'t Table, path: &str) -> Option<&'t Value> {
    match path.split_once('.') {
        None => table.get(path).map(|node| &node.value),
        Some((key, rest)) => match &table.get(key)?.value {
            Value::Table(inner) => get(inner, rest),
            _ => None,
        },
    }
}

/// Removes what stands at a path of a tree.
pub fn unset(table: &mut Table, path: &str) {
    match path.split_once('.') {
        None => table.0.retain(|(key, _)| key.name != path),
        Some((key, rest)) => {
            if let Some(inner) = table.table_mut(key) {
                unset(inner, rest);
            }
        }
    }
}
