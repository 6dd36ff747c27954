//! A tree comes in, canonical TOML text goes out: what decoding reads, written as a careful person
//! would. The same tree gives the same bytes.

use std::str::FromStr;

use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Value as Written};

use super::node::{Node, Table, Value};

/// How many bytes of text a table has at most that is written in one line.
const SHORT: usize = 90;

/// Writes a file. Keys keep the order of the tree, except that plain values stand above tables, as TOML
/// wants it.
pub fn to_toml(table: &Table) -> String {
    let mut document = DocumentMut::new();
    fill(document.as_table_mut(), table, Depth::Top);
    document.to_string()
}

/// Writes a value as it stands behind the `=` of a key.
pub fn value_to_toml(value: &Value) -> String {
    inline(value).map_or_else(String::new, |value| value.to_string())
}

/// How deep in a file a table stands: what is nested is written in one line, if it fits.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    Top,
    Nested,
}

fn fill(target: &mut toml_edit::Table, table: &Table, depth: Depth) {
    for (key, node) in &table.0 {
        if let Some(item) = item(&node.value, depth) {
            target.insert(&key.name, item);
        }
    }
}

fn item(value: &Value, depth: Depth) -> Option<Item> {
    match value {
        Value::Table(table) if depth == Depth::Top || !is_short(table) => {
            let mut made = toml_edit::Table::new();
            fill(&mut made, table, Depth::Nested);
            Some(Item::Table(made))
        }
        Value::Array(rows) => match tables(rows) {
            Some(tables) if depth == Depth::Top || !tables.iter().all(|row| is_short(row)) => {
                Some(Item::ArrayOfTables(array_of_tables(&tables)))
            }
            _ => Some(Item::Value(array(rows))),
        },
        other => inline(other).map(Item::Value),
    }
}

/// Returns the rows of a list whose rows are all tables.
fn tables(rows: &[Node]) -> Option<Vec<&Table>> {
    let tables: Option<Vec<_>> = rows
        .iter()
        .map(|row| match &row.value {
            Value::Table(table) => Some(table),
            _ => None,
        })
        .collect();
    tables.filter(|tables| !tables.is_empty())
}

fn array_of_tables(rows: &[&Table]) -> ArrayOfTables {
    let mut made = ArrayOfTables::new();
    for row in rows {
        let mut table = toml_edit::Table::new();
        fill(&mut table, row, Depth::Nested);
        made.push(table);
    }
    made
}

/// Writes a list, in several lines if it is long.
fn array(rows: &[Node]) -> Written {
    let is_long = rows.iter().map(|row| length(&row.value)).sum::<usize>() > SHORT;
    let mut made = Array::new();
    for row in rows.iter().filter_map(|row| inline(&row.value)) {
        let lead = match (is_long, made.is_empty()) {
            (true, _) => "\n  ",
            (false, true) => "",
            (false, false) => " ",
        };
        made.push_formatted(row.decorated(lead, ""));
    }
    if is_long {
        made.set_trailing("\n");
        made.set_trailing_comma(true);
    }
    Written::Array(made)
}

fn inline(value: &Value) -> Option<Written> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(value) => (*value).into(),
        // The digits as they are: a float would change some.
        Value::Integer(text) | Value::Float(text) => {
            Written::from_str(text).unwrap_or_else(|_| text.into())
        }
        Value::String(text) => text.into(),
        Value::Date(date) => Written::from_str(&date.to_string()).ok()?,
        Value::DateTime(text) => Written::from_str(text).unwrap_or_else(|_| text.into()),
        Value::Array(rows) => array(rows),
        Value::Table(table) => {
            let mut made = InlineTable::new();
            for (key, node) in &table.0 {
                if let Some(value) = inline(&node.value) {
                    made.insert(&key.name, value);
                }
            }
            Written::InlineTable(made)
        }
    })
}

/// Returns true if a table fits into a line.
fn is_short(table: &Table) -> bool {
    let has_lines = |node: &Node| matches!(&node.value, Value::String(text) if text.contains('\n'));
    table.0.iter().all(|(_, node)| !has_lines(node))
        && table
            .0
            .iter()
            .map(|(key, node)| key.name.len() + length(&node.value))
            .sum::<usize>()
            <= SHORT
}

/// Returns about how many bytes a value takes.
fn length(value: &Value) -> usize {
    match value {
        Value::Null => 0,
        Value::Bool(_) => 5,
        Value::Date(_) => 10,
        Value::Integer(text) | Value::Float(text) | Value::String(text) | Value::DateTime(text) => {
            text.len() + 4
        }
        Value::Array(rows) => rows.iter().map(|row| length(&row.value)).sum(),
        Value::Table(table) => table
            .0
            .iter()
            .map(|(key, node)| key.name.len() + length(&node.value) + 4)
            .sum(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::data::parse_toml;
    use crate::diag::Diagnostics;
    use crate::path::SourcePath;

    fn read(text: &str) -> Table {
        let path = SourcePath::known("content/roles/x/role.toml");
        let mut diagnostics = Diagnostics::default();
        let table = parse_toml(&path, text, 0, &mut diagnostics);
        let said = diagnostics.into_sorted();
        table.unwrap_or_else(|| panic!("{said:?}\n{text}"))
    }

    /// A tree without places and without the order of its keys.
    fn bare(table: &Table) -> serde_json::Value {
        Value::Table(table.clone()).to_json()
    }

    #[test]
    fn a_record_is_written_as_a_person_would() {
        let text = r#"title = "Nurse"
definition = """
Cares for people.

Day and night.
"""
industries = ["Health", "Care"]
responsibilities = [
  "Give medicines as a physician has prescribed them, and write down when",
  "Watch how patients do",
]

[codes]
onet_soc = "29-1141.00"

[[requires]]
skill = "care"
importance = { value = 4.10, max = 5 }

[[requires]]
skill = "latin"
importance = "optional"

[[levels]]
title = "Nurse"

[levels.advance]
senior = "Long text that has no room in a line, because it says so much about so many things at once."
"#;
        assert_eq!(to_toml(&read(text)), text);
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(|number| Value::Integer(number.to_string())),
            "[1-9][0-9]{0,8}\\.[0-9]{1,6}".prop_map(Value::Float),
            any::<String>().prop_map(Value::from),
            ".{0,200}".prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                table(inner).prop_map(Value::Table),
            ]
        })
    }

    fn table(inner: impl Strategy<Value = Value>) -> impl Strategy<Value = Table> {
        let key = prop_oneof!["[a-z_]{1,8}", ".{0,8}"];
        prop::collection::btree_map(key, inner, 0..6).prop_map(|keys| {
            let mut table = Table::default();
            for (key, value) in keys {
                table.put(&key, value);
            }
            table
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_what_is_read(table in table(value())) {
            let text = to_toml(&table);
            let again = read(&text);
            prop_assert_eq!(bare(&table), bare(&again), "{}", text);
            prop_assert_eq!(to_toml(&again), text);
        }
    }
}
