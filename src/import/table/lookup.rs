//! Tables in which cells are looked up: read once, and kept as pairs.

use super::from::{From, LookupRow};
use super::plan::Plan;
use super::test::Words;
use crate::import::fault::Fault;
use crate::import::read::{self, Cell, Row};
use crate::import::upstream::Upstream;
use crate::ordered::Map;

/// What was read of all tables in which something is looked up.
#[derive(Clone, Debug, Default)]
pub struct Lookups {
    tables: Map<Name, Map<String, String>>,
}

/// Which pairs are meant.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Name {
    table: String,
    key: String,
    column: String,
    tests: String,
}

impl Name {
    fn of(row: &LookupRow) -> Self {
        Self {
            table: row.table.value.clone(),
            key: row.key.clone(),
            column: row.column.clone(),
            tests: format!("{:?}", row.tests),
        }
    }
}

impl Lookups {
    /// Reads all tables in which a plan looks something up.
    pub fn read(plan: &Plan, upstream: &dyn Upstream) -> Result<Self, Fault> {
        let mut lookups = Self::default();
        for lookup in plan
            .froms()
            .filter_map(|(_, from): (_, &From)| from.lookup.as_ref())
        {
            let name = Name::of(lookup);
            if !lookups.tables.contains_key(&name) {
                let pairs = pairs(lookup, plan, upstream)?;
                lookups.tables.insert(name, pairs);
            }
        }
        Ok(lookups)
    }

    /// Returns what stands for a text.
    pub fn find(&self, lookup: &LookupRow, text: &str) -> Option<&str> {
        self.tables
            .get(&Name::of(lookup))?
            .get(text)
            .map(String::as_str)
    }
}

fn pairs(
    lookup: &LookupRow,
    plan: &Plan,
    upstream: &dyn Upstream,
) -> Result<Map<String, String>, Fault> {
    let words = plan.reading();
    let wanted = [&lookup.key, &lookup.column]
        .into_iter()
        .map(String::as_str);
    let mut columns: Vec<String> = vec![];
    for column in wanted.chain(lookup.tests.columns()) {
        if !columns.iter().any(|known| known == column) {
            columns.push(column.to_owned());
        }
    }
    let mut pairs = Map::default();
    let mut take = |row: &Row<'_>| {
        if let (Some(key), Some(text), None) = (
            text(row.cell(&lookup.key), words),
            text(row.cell(&lookup.column), words),
            lookup.tests.refuse(row, words),
        ) {
            pairs
                .entry(key.to_owned())
                .or_insert_with(|| text.to_owned());
        }
        Ok(())
    };
    for (file, layout) in super::files::of(plan, &lookup.table.value, upstream)? {
        let table = read::Table {
            upstream,
            file: &file,
            layout: &layout,
            wanted: &columns,
        };
        table.read(&mut take)?;
    }
    Ok(pairs)
}

fn text<'c>(cell: &'c Cell, words: Words<'_>) -> Option<&'c str> {
    match cell {
        Cell::Text(text) if !words.is_nothing(text) => Some(text),
        _ => None,
    }
}
