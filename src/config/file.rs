//! One TOML file of the site: its path comes in, what it declares goes out, and which of its lists lost rows on the way.

use std::collections::BTreeMap;

use crate::data::{Decode, Table, Value, decode_root, parse_toml};
use crate::diag::Diagnostics;
use crate::inputs::Inputs;
use crate::path::SourcePath;

/// How many rows each list of a file has as it was written. Decoding leaves out rows that it cannot take.
#[derive(Clone, Debug, Default)]
pub struct Rows(BTreeMap<String, usize>);

/// Decodes a TOML file.
pub fn file<T: Decode>(inputs: &Inputs, path: &SourcePath, faults: &mut Diagnostics) -> Option<(T, Rows)> {
    let source = faults.take(inputs.source(path))?;
    let table = parse_toml(path, &source.text, 0, faults)?;
    let rows = Rows::of(&table);
    decode_root(path, table, faults).map(|value| (value, rows))
}

impl Rows {
    fn of(table: &Table) -> Self {
        let length = |value: &Value| match value {
            Value::Array(rows) => Some(rows.len()),
            _ => None,
        };
        Self(table.0.iter().filter_map(|(key, node)| Some((key.name.clone(), length(&node.value)?))).collect())
    }

    /// Whether a list lacks rows that were written. A reference to such a row is right, and its fault was said.
    pub fn lost(&self, list: &str, decoded: usize) -> bool {
        self.0.get(list).is_some_and(|written| *written != decoded)
    }
}
