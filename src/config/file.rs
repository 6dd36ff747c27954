//! One TOML file of the site: its path comes in, what it declares goes out, and which of its lists
//! lost rows on the way.

use std::collections::BTreeMap;

use crate::data::{Decode, Id, Node, Table, Value, decode_root, parse_toml};
use crate::diag::Diagnostics;
use crate::digest::Digest;
use crate::inputs::Inputs;
use crate::memo::{Sources, Table as MemoTable};
use crate::path::SourcePath;
use crate::pieces::pieces;

/// The lists of a file as they were written. Decoding leaves out rows that it cannot take, and ids
/// that are none.
#[derive(Clone, Debug, Default)]
pub struct RowCounts {
    lists: BTreeMap<String, Written>,
    /// What its texts hold that could be the name of a file.
    pub named: Vec<String>,
}

/// One list.
#[derive(Clone, Debug)]
struct Written {
    rows: usize,
    has_bad_ids: bool,
}

/// Decodes a TOML file.
pub fn file<T: Decode>(
    inputs: &Inputs,
    path: &SourcePath,
    diagnostics: &mut Diagnostics,
) -> Option<(T, RowCounts)> {
    decoded(path, table(inputs, path, diagnostics)?, diagnostics)
}

/// Does the same for one of many files: when nothing is wrong with its table, that is remembered,
/// and the file is not opened again.
pub fn file_or_recall<T: Decode>(
    sources: Sources<'_>,
    path: &SourcePath,
    digest: Digest,
    diagnostics: &mut Diagnostics,
) -> Option<(T, RowCounts)> {
    let Sources { inputs, memo } = sources;
    let remembered = memo.get(MemoTable::Records, digest);
    if let Some(table) = remembered.and_then(|bytes| postcard::from_bytes(&bytes).ok()) {
        return decoded(path, table, diagnostics);
    }
    let mut said = Diagnostics::default();
    let table = table(inputs, path, &mut said);
    if let Some(table) = table.as_ref().filter(|_| said.is_empty())
        && let Ok(bytes) = postcard::to_stdvec(table)
    {
        memo.put(MemoTable::Records, digest, &bytes);
    }
    diagnostics.extend(said);
    decoded(path, table?, diagnostics)
}

fn table(inputs: &Inputs, path: &SourcePath, diagnostics: &mut Diagnostics) -> Option<Table> {
    let source = diagnostics.take(inputs.source(path))?;
    parse_toml(path, &source.text, 0, diagnostics)
}

fn decoded<T: Decode>(
    path: &SourcePath,
    table: Table,
    diagnostics: &mut Diagnostics,
) -> Option<(T, RowCounts)> {
    let rows = RowCounts::of(&table);
    decode_root(path, table, diagnostics).map(|value| (value, rows))
}

impl RowCounts {
    fn of(table: &Table) -> Self {
        let mut named = vec![];
        table.texts(&mut |text| named.extend(pieces(text).map(str::to_owned)));
        Self {
            lists: table
                .0
                .iter()
                .filter_map(|(key, node)| Some((key.name.clone(), Written::of(&node.value)?)))
                .collect(),
            named,
        }
    }

    /// Whether a list lacks ids that were written. A reference to such an id is right, and the
    /// fault of its row was said.
    pub fn lost(&self, list: &str, decoded: usize) -> bool {
        self.lists
            .get(list)
            .is_some_and(|written| written.rows != decoded || written.has_bad_ids)
    }
}

impl Written {
    fn of(value: &Value) -> Option<Self> {
        let Value::Array(rows) = value else {
            return None;
        };
        let is_bad = |id: &Value| !matches!(id, Value::String(text) if Id::new(text).is_some());
        let has_bad_id = |row: &Node| matches!(&row.value, Value::Table(table) if table.get("id").is_some_and(|id| is_bad(&id.value)));
        Some(Self {
            rows: rows.len(),
            has_bad_ids: rows.iter().any(has_bad_id),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table that cannot be remembered costs time, which no other test would notice.
    #[test]
    fn every_kind_of_value_is_remembered() {
        let text = "a = 1\nb = -0.50\nc = [true, { d = 'e' }]\nf = 2026-11-28\ng = 2026-11-28T10:00:00Z\n[[h]]\nid = \"i\"\n";
        let path = SourcePath::known("content/roles/x/role.toml");
        let table = parse_toml(&path, text, 0, &mut Diagnostics::default()).unwrap();
        let bytes = postcard::to_stdvec(&table).unwrap();
        assert_eq!(
            format!("{:?}", postcard::from_bytes::<Table>(&bytes).unwrap()),
            format!("{table:?}")
        );
    }
}
