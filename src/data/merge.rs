//! Trees of one file above each other: an author's tree and that of an import come in; the first goes
//! out with what it lacks.

use std::collections::{BTreeMap, BTreeSet};

use super::id::Id;
use super::node::{Node, Table, Value};
use crate::source::Span;

/// The lists whose rows have ids, with the keys whose text an id is made of where a row gives none.
pub const LISTS_WITH_IDS: &[(&str, &[&str])] = &[
    ("areas", &["name"]),
    ("authors", &["name"]),
    ("categories", &["title"]),
    ("competencies", &["name"]),
    ("faqs", &["question"]),
    ("interview_questions", &["question"]),
    ("levels", &["title"]),
    ("positions", &["title", "employer"]),
    ("proficiencies", &[]),
    ("skills", &["name"]),
    ("sources", &["title"]),
    ("specializations", &["name"]),
    ("statistics", &["label"]),
    ("tips", &["name"]),
    ("titles", &["name"]),
    ("tracks", &[]),
];

/// Lays trees above each other.
pub struct Merge<'m> {
    /// Where the spans of the author's file end.
    pub own_end: usize,
    /// Keys that say where figures are from: a table with one of them is taken as a whole.
    pub whole: &'m [&'static str],
    /// Facts that two layers give differently: the one that counts, and the other.
    pub differing: Vec<(Span, Span)>,
    /// Where rows stand that drop a row of a layer.
    removing: BTreeSet<usize>,
}

impl<'m> Merge<'m> {
    /// Begins with a file whose spans end at `own_end`.
    pub fn new(own_end: usize, whole: &'m [&'static str]) -> Self {
        Self {
            own_end,
            whole,
            differing: vec![],
            removing: BTreeSet::new(),
        }
    }

    /// Adds to a tree what it lacks and the one below it has.
    pub fn lay(&mut self, top: &mut Table, below: Table) {
        for (key, node) in below.0 {
            match top.0.iter_mut().find(|(own, _)| own.name == key.name) {
                Some((_, own)) => self.merge(&key.name, own, node),
                None => top.0.push((key, node)),
            }
        }
    }

    /// Merges two values of one key: tables key by key, and rows by their ids. All else is taken
    /// whole.
    fn merge(&mut self, key: &str, own: &mut Node, below: Node) {
        let list = LISTS_WITH_IDS.iter().find(|(list, _)| *list == key);
        match (&mut own.value, below.value, list) {
            (Value::Table(top), Value::Table(below), _) if !self.is_whole(top, &below) => {
                self.lay(top, below);
            }
            (Value::Array(rows), Value::Array(below), Some((_, names)))
                if rows.iter().all(|row| id_of(row, names).is_some()) =>
            {
                *rows = self.rows(names, std::mem::take(rows), below);
            }
            (top, other, _) => {
                if own.span.start >= self.own_end && !top.is_same(&other) {
                    self.differing.push((own.span.clone(), below.span));
                }
            }
        }
    }

    fn is_whole(&self, top: &Table, below: &Table) -> bool {
        let says = |table: &Table| self.whole.iter().any(|key| table.get(key).is_some());
        says(top) || says(below)
    }

    /// Merges rows by their ids. Those of the list below keep their order; rows that only the upper
    /// list has stay behind the row that they follow in it.
    fn rows(&mut self, names: &[&str], own: Vec<Node>, below: Vec<Node>) -> Vec<Node> {
        let mut first = vec![];
        let mut known = BTreeMap::new();
        let mut groups: Vec<Vec<Node>> = vec![];
        for (number, row) in below.into_iter().enumerate() {
            id_of(&row, names).map(|id| known.entry(id).or_insert(number));
            groups.push(vec![row]);
        }
        let mut behind = None;
        for mut row in own {
            let found = id_of(&row, names).and_then(|id| known.remove(&id));
            behind = found.or(behind);
            let group = behind.map_or(&mut first, |number| &mut groups[number]);
            if found.is_some() && !group.is_empty() {
                let below = group.remove(0);
                if is_removing(&row) {
                    self.removing.insert(row.span.start);
                } else {
                    self.merge("", &mut row, below);
                }
                group.insert(0, row);
            } else {
                group.push(row);
            }
        }
        first.extend(groups.into_iter().flatten());
        first
    }

    /// Drops rows that only say what is removed, and returns those that remove nothing.
    pub fn drop_removing(&self, table: &mut Table) -> Vec<Span> {
        let mut idle = vec![];
        for (key, node) in &mut table.0 {
            let Value::Array(rows) = &mut node.value else {
                continue;
            };
            if LISTS_WITH_IDS.iter().all(|(list, _)| *list != key.name) {
                continue;
            }
            rows.retain(|row| {
                let is_removing = is_removing(row);
                if is_removing && !self.removing.contains(&row.span.start) {
                    idle.push(row.span.clone());
                }
                !is_removing
            });
        }
        idle
    }
}

/// Returns true for a row that drops the row of the same id of a layer: `{ id = "…", remove = true }`.
fn is_removing(row: &Node) -> bool {
    let Value::Table(row) = &row.value else {
        return false;
    };
    row.get("id").is_some()
        && row
            .get("remove")
            .is_some_and(|remove| matches!(remove.value, Value::Bool(true)))
}

/// Returns the id of a row: its own, or the one that is made of its name.
fn id_of(row: &Node, names: &[&str]) -> Option<String> {
    let Value::Table(row) = &row.value else {
        return None;
    };
    let text = |key: &str| match &row.get(key)?.value {
        Value::String(text) => Some(text.as_str()),
        _ => None,
    };
    if let Some(id) = text("id") {
        return Some(id.to_owned());
    }
    let name: Option<Vec<&str>> = names.iter().map(|key| text(key)).collect();
    let name = name.filter(|name| !name.is_empty())?.join(" ");
    Id::of_name(&name).map(|id| id.to_string())
}
