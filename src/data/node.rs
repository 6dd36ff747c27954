//! A data file as a tree of values, each with its span in the file. TOML and YAML both become this.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::number::Decimal;
use crate::source::Span;

/// A value and where it stands.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Node {
    pub span: Span,
    pub value: Value,
    /// How far into its span the text of a value begins, where it stands there byte by byte: quotes
    /// and no escapes.
    pub inset: Option<usize>,
}

/// What a data file can hold. Numbers keep their text, so that no figure passes through a float.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Value {
    Null,
    Bool(bool),
    /// Decimal digits with an optional sign, no separators.
    Integer(String),
    /// As written, without separators.
    Float(String),
    String(String),
    Date(Date),
    /// A date with a time, or a time alone, as written. Keys take its day.
    DateTime(String),
    Array(Vec<Node>),
    Table(Table),
}

/// Keys in the order of the file.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Table(pub Vec<(Key, Node)>);

/// A key and where it stands.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Key {
    pub name: String,
    pub span: Span,
}

impl Table {
    /// The value of a key.
    pub fn get(&self, name: &str) -> Option<&Node> {
        self.0
            .iter()
            .find(|(key, _)| key.name == name)
            .map(|(_, node)| node)
    }

    /// Sets a key of a tree that is made, not read; its place is no place.
    pub fn put(&mut self, name: &str, value: impl Into<Value>) {
        let node = Node::made(value.into());
        match self.0.iter_mut().find(|(key, _)| key.name == name) {
            Some((_, found)) => *found = node,
            None => self.0.push((Key::made(name), node)),
        }
    }

    /// Adds a row to the list of a key, which it makes if there is none.
    pub fn push(&mut self, name: &str, value: impl Into<Value>) {
        let value = Node::made(value.into());
        if let Some((_, node)) = self.0.iter_mut().find(|(key, _)| key.name == name) {
            if let Value::Array(rows) = &mut node.value {
                rows.push(value);
            }
            return;
        }
        self.0
            .push((Key::made(name), Node::made(Value::Array(vec![value]))));
    }

    /// Returns the table of a key, which it makes if there is none; `None` if the key has another
    /// value.
    pub fn table_mut(&mut self, name: &str) -> Option<&mut Self> {
        let at = self.0.iter().position(|(key, _)| key.name == name);
        let at = at.unwrap_or_else(|| {
            self.put(name, Self::default());
            self.0.len() - 1
        });
        match &mut self.0[at].1.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    /// Returns the text of a key.
    pub fn text(&self, name: &str) -> Option<&str> {
        match &self.get(name)?.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// Returns true if it has no keys.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Calls back with each text in it.
    pub fn texts(&self, found: &mut impl FnMut(&str)) {
        self.0.iter().for_each(|(_, node)| node.value.texts(found));
    }
}

impl Node {
    /// Makes a node that stands in no file.
    pub fn made(value: Value) -> Self {
        Self {
            span: 0..0,
            value,
            inset: None,
        }
    }
}

impl Key {
    /// Makes a key that stands in no file.
    pub fn made(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            span: 0..0,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Self::Integer(number.to_string())
    }
}

impl From<Date> for Value {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl From<Table> for Value {
    fn from(table: Table) -> Self {
        Self::Table(table)
    }
}

impl From<Decimal> for Value {
    fn from(number: Decimal) -> Self {
        let text = number.to_string();
        if text.contains('.') {
            Self::Float(text)
        } else {
            Self::Integer(text)
        }
    }
}

impl From<Vec<Value>> for Value {
    fn from(rows: Vec<Value>) -> Self {
        Self::Array(rows.into_iter().map(Node::made).collect())
    }
}

impl Value {
    fn texts(&self, found: &mut impl FnMut(&str)) {
        match self {
            Self::String(text) => found(text),
            Self::Array(items) => items.iter().for_each(|item| item.value.texts(found)),
            Self::Table(table) => table.texts(found),
            _ => {}
        }
    }

    /// The kind of value in words, for messages.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "true or false",
            Self::Integer(_) => "a whole number",
            Self::Float(_) => "a number with a point",
            Self::String(_) => "a text",
            Self::Date(_) => "a date",
            Self::DateTime(_) => "a date with a time",
            Self::Array(_) => "a list",
            Self::Table(_) => "a table",
        }
    }

    /// The value as JSON, for `[extra]` and `[params]`, which belong to the theme.
    pub fn to_json(&self) -> serde_json::Value {
        use serde_json::Value as Json;
        match self {
            Self::Null => Json::Null,
            Self::Bool(value) => Json::Bool(*value),
            Self::Integer(text) => text
                .parse::<i64>()
                .map_or_else(|_| Json::String(text.clone()), Json::from),
            Self::Float(text) => text
                .parse::<f64>()
                .ok()
                .and_then(serde_json::Number::from_f64)
                .map_or_else(|| Json::String(text.clone()), Json::Number),
            Self::String(text) | Self::DateTime(text) => Json::String(text.clone()),
            Self::Date(date) => Json::String(date.to_string()),
            Self::Array(items) => items.iter().map(|item| item.value.to_json()).collect(),
            Self::Table(table) => Json::Object(
                table
                    .0
                    .iter()
                    .map(|(key, node)| (key.name.clone(), node.value.to_json()))
                    .collect(),
            ),
        }
    }
}
