//! One TOML file of the site: its path comes in, what it declares goes out, and which of its lists
//! lost rows on the way.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::layers::{Layered, STEP};
use crate::data::{Decode, Id, Merge, Node, Table, Value, decode_root, parse_toml};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::digest::Digest;
use crate::inputs::Inputs;
use crate::path::SourcePath;
use crate::pieces::pieces;

/// The lists of a file as they were written. Decoding leaves out rows that it cannot take, and ids
/// that are none.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct RowCounts {
    lists: BTreeMap<String, Written>,
    /// What its texts hold that could be the name of a file.
    pub named: Vec<String>,
}

/// One list.
#[derive(Clone, Debug, Serialize, Deserialize)]
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

/// Decodes a TOML file with its layers below it. `tables` reads the tree of a file.
pub fn layered<T: Decode>(
    file: &Layered,
    tables: &dyn Fn(&SourcePath, Digest, &mut Diagnostics) -> Option<Table>,
    layering: Layering<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<(T, RowCounts)> {
    let Layered {
        path,
        digest,
        layers,
    } = file;
    let own = digest.map(|digest| tables(path, digest, diagnostics));
    let below = layers.iter().map(|layer| {
        let mut table = tables(&layer.path, layer.digest, diagnostics)?;
        table.shift(layer.offset);
        (layering.prepare)(&mut table);
        Some(table)
    });
    let below: Vec<Option<Table>> = below.collect();
    let mut top = own.unwrap_or_else(|| Some(Table::default()))?;
    let mut merge = Merge::new(STEP, layering.whole);
    for table in below {
        merge.lay(&mut top, table?);
    }
    for span in merge.drop_removing(&mut top) {
        let message = "there is no such row to remove: no import gives one of this id";
        let fault = Diagnostic::error(Code::UnknownId, message).at(path, span);
        diagnostics.push(fault.help("remove this row as well"));
    }
    for (taken, other) in merge.differing {
        let warning = Diagnostic::warning(Code::DifferentLayers, "two imports say this differently")
            .at(path, taken)
            .related("the other says", path, other)
            .help("the first counts: say which it is with `[import] order` in site.toml, or write the fact into the author's file");
        diagnostics.push(warning);
    }
    decoded(path, top, diagnostics)
}

/// How layers of a file are laid below it.
#[derive(Clone, Copy)]
pub struct Layering<'l> {
    /// Is called with the tree of each layer before it is merged.
    pub prepare: &'l dyn Fn(&mut Table),
    /// Keys that say where figures are from: a table with one of them is taken as a whole.
    pub whole: &'l [&'static str],
}

/// Returns the tree of a TOML file.
pub fn table(inputs: &Inputs, path: &SourcePath, diagnostics: &mut Diagnostics) -> Option<Table> {
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
