//! JSON, JSON Lines and YAML: a file comes in, its items go out as rows. A column is a key; a key of a
//! table inside is written with a point: `salary.min`.

use std::fmt;
use std::io::BufRead as _;

use serde::de::{Deserializer as _, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::row::{Cell, Columns, Row};
use super::{Table, Take, text};
use crate::data::parse_yaml_value;
use crate::diag::Diagnostics;
use crate::import::fault::Fault;
use crate::path::SourcePath;
use crate::source::{Source, position};

/// Reads a file of JSON. A list is read item by item.
pub(super) fn read(table: &Table<'_>, take: &mut Take<'_>) -> Result<Columns, Fault> {
    let from = text::open(table.open()?).map_err(|error| table.unreadable(&error))?;
    let mut items = Items::new(table, take);
    let mut reader = serde_json::Deserializer::from_reader(from);
    let top = (&mut reader).deserialize_any(Top(&mut items));
    let top = top.and_then(|top| reader.end().map(|()| top));
    match (items.fault.take(), top) {
        (Some(fault), _) => Err(fault),
        (None, Err(error)) => Err(broken(table, &error, 0)),
        (None, Ok(None)) => Ok(items.columns),
        (None, Ok(Some(value))) => items.inside(&value),
    }
}

/// Reads a file with an item on each line.
pub(super) fn read_lines(table: &Table<'_>, take: &mut Take<'_>) -> Result<Columns, Fault> {
    let from = text::open(table.open()?).map_err(|error| table.unreadable(&error))?;
    let mut items = Items::new(table, take);
    for (line, number) in from.split(b'\n').zip(1..) {
        let line = line.map_err(|error| table.unreadable(&error))?;
        if !line.trim_ascii().is_empty() {
            let value =
                serde_json::from_slice(&line).map_err(|error| broken(table, &error, number - 1))?;
            items.item(number, &value)?;
        }
    }
    Ok(items.columns)
}

/// Reads a file of YAML.
pub(super) fn read_yaml(table: &Table<'_>, take: &mut Take<'_>) -> Result<Columns, Fault> {
    let path = SourcePath::outside(table.file);
    let bytes = table.bytes()?;
    let source = Source::decode(&path, &bytes)
        .map_err(|fault| Fault::new(fault.to_string(), fault.help()).at(table.place()))?;
    let mut said = Diagnostics::default();
    let value = parse_yaml_value(&path, &source.text, &mut said);
    if let Some(fault) = said.into_sorted().into_iter().next() {
        let at = fault
            .place
            .as_ref()
            .map(|place| position(&source.text, place.span.start));
        let place = at.map_or_else(|| table.place(), |at| table.place().row(at.line as u64));
        return Err(Fault::new(fault.message, fault.help.join(" ")).at(place));
    }
    let value = value.map_or(Value::Null, |value| value.to_json());
    let mut items = Items::new(table, take);
    items.inside(&value)
}

fn broken(table: &Table<'_>, error: &serde_json::Error, before: u64) -> Fault {
    let line = before + error.line().max(1) as u64;
    let message = format!("this is not JSON: {error}");
    Fault::new(message, "correct the line, and import again").at(table.place().row(line))
}

/// The items of a file while they are read.
struct Items<'t, 'f> {
    table: &'t Table<'t>,
    take: &'t mut Take<'f>,
    columns: Columns,
    cells: Vec<Cell>,
    fault: Option<Fault>,
}

impl<'t, 'f> Items<'t, 'f> {
    fn new(table: &'t Table<'t>, take: &'t mut Take<'f>) -> Self {
        Self {
            table,
            take,
            columns: Columns::default(),
            cells: vec![],
            fault: None,
        }
    }

    /// Takes one item.
    fn item(&mut self, number: u64, value: &Value) -> Result<(), Fault> {
        let Value::Object(keys) = value else {
            let help = "each item must be a table of keys with values; `at = …` in the map says where the items are";
            let fault = Fault::new("this item has no keys", help);
            return Err(fault.at(self.table.place().row(number)));
        };
        keys.keys().for_each(|key| {
            let name = self.table.layout.name(key);
            if !self.table.wanted.iter().any(|wanted| wanted == name) {
                self.columns.add(key, None);
            }
        });
        self.cells.clear();
        for (at, name) in self.table.wanted.iter().enumerate() {
            let mut texts = vec![];
            let mut names = self.table.layout.names(name);
            if names
                .clone()
                .any(|name| find(value, name, &mut texts) == Found::Key)
            {
                self.columns.add(name, Some(at));
            }
            let is_list = texts.len() > 1
                || names.any(|name| matches!(keys.get(name), Some(Value::Array(_))));
            self.cells.push(match (texts.pop(), is_list) {
                (None, _) => Cell::Nothing,
                (Some(text), false) => Cell::Text(text),
                (Some(last), true) => Cell::List(texts.into_iter().chain([last]).collect()),
            });
        }
        (self.take)(&Row {
            file: self.table.file,
            sheet: None,
            number,
            columns: &self.columns,
            cells: &self.cells,
        })
    }

    /// Takes the items of a list that stands somewhere in a value.
    fn inside(&mut self, value: &Value) -> Result<Columns, Fault> {
        let place = self.table.place();
        let found = match &self.table.layout.at {
            Some(at) => at.split('.').try_fold(value, |value, key| value.get(key)),
            None => only_list(value),
        };
        let Some(Value::Array(rows)) = found else {
            let lists: Vec<&str> = lists(value).map(|(key, _)| key).collect();
            let help = match lists.as_slice() {
                [] => "a file must hold a list of items".to_owned(),
                lists => format!(
                    "say where they are: at = \"{}\" in the map (there is {})",
                    lists[0],
                    lists.join(", ")
                ),
            };
            return Err(Fault::new("it is not plain which list has the rows", help).at(place));
        };
        for (row, number) in rows.iter().zip(1..) {
            self.item(number, row)?;
        }
        Ok(std::mem::take(&mut self.columns))
    }
}

fn lists(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let keys = value.as_object().into_iter().flatten();
    keys.filter(|(_, value)| value.is_array())
        .map(|(key, value)| (key.as_str(), value))
}

fn only_list(value: &Value) -> Option<&Value> {
    if value.is_array() {
        return Some(value);
    }
    let mut lists = lists(value);
    let first = lists.next().map(|(_, list)| list);
    first.filter(|_| lists.next().is_none())
}

/// Whether a key is there, whatever its value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    Key,
    Nothing,
}

/// Finds what a key with points names, in each item of a list on the way.
fn find(value: &Value, path: &str, texts: &mut Vec<String>) -> Found {
    match value {
        Value::Object(keys) => {
            if let Some(value) = keys.get(path) {
                return collect(value, texts);
            }
            let rest = path
                .match_indices('.')
                .find_map(|(at, _)| Some((keys.get(&path[..at])?, &path[at + 1..])));
            rest.map_or(Found::Nothing, |(value, rest)| find(value, rest, texts))
        }
        Value::Array(items) => {
            let mut found = Found::Nothing;
            for item in items {
                if find(item, path, texts) == Found::Key {
                    found = Found::Key;
                }
            }
            found
        }
        _ => Found::Nothing,
    }
}

fn collect(value: &Value, texts: &mut Vec<String>) -> Found {
    match value {
        Value::Null | Value::Object(_) => {}
        Value::String(text) => {
            texts.extend(Some(text.trim().to_owned()).filter(|text| !text.is_empty()));
        }
        Value::Bool(_) | Value::Number(_) => texts.push(value.to_string()),
        Value::Array(items) => items.iter().for_each(|item| {
            collect(item, texts);
        }),
    }
    Found::Key
}

/// What the top of a file is: a list, whose items are taken at once, or a value that is returned.
struct Top<'i, 't, 'f>(&'i mut Items<'t, 'f>);

impl<'de> Visitor<'de> for Top<'_, '_, '_> {
    type Value = Option<Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of items, or a table with one inside")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        if self.0.table.layout.at.is_some() {
            while list.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(Some(Value::Null));
        }
        let mut number = 0;
        while let Some(value) = list.next_element::<Value>()? {
            number += 1;
            if let Err(fault) = self.0.item(number, &value) {
                self.0.fault = Some(fault);
                return Err(A::Error::custom("an item cannot be taken"));
            }
        }
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut keys = serde_json::Map::new();
        while let Some((key, value)) = map.next_entry::<String, Value>()? {
            keys.insert(key, value);
        }
        Ok(Some(Value::Object(keys)))
    }
}
