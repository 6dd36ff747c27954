//! A data file as a tree of values, each with its span in the file. TOML and YAML both become this.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

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

    /// Calls back with each text in it.
    pub fn texts(&self, found: &mut impl FnMut(&str)) {
        self.0.iter().for_each(|(_, node)| node.value.texts(found));
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
