//! A data file as a tree of values, each with its span in the file. TOML and YAML both become this.

use jiff::civil::Date;

use crate::source::Span;

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct Node {
    pub span: Span,
    pub value: Value,
    /// How far into its span the text of a value begins, where it stands there byte by byte: quotes
    /// and no escapes.
    pub inset: Option<usize>,
}

/// What a data file can hold. Numbers keep their text, so that no figure passes through a float.
#[derive(Clone, Debug)]
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
#[derive(Clone, Debug, Default)]
pub struct Table(pub Vec<(Key, Node)>);

/// A key and where it stands.
#[derive(Clone, Debug)]
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

    /// Moves all spans: the tree stands in a text of its own, and its places begin at `offset`.
    pub fn shift(&mut self, offset: usize) {
        for (key, node) in &mut self.0 {
            shift(&mut key.span, offset);
            node.shift(offset);
        }
    }

    /// Returns true if both say the same, in whatever order and wherever it stands.
    fn is_same(&self, other: &Self) -> bool {
        let is_in_other = |(key, node): &(Key, Node)| {
            other
                .get(&key.name)
                .is_some_and(|other| node.value.is_same(&other.value))
        };
        self.0.len() == other.0.len() && self.0.iter().all(is_in_other)
    }

    /// Calls back with each text in it.
    pub fn texts(&self, found: &mut impl FnMut(&str)) {
        self.0.iter().for_each(|(_, node)| node.value.texts(found));
    }
}

impl Node {
    fn shift(&mut self, offset: usize) {
        shift(&mut self.span, offset);
        match &mut self.value {
            Value::Array(items) => items.iter_mut().for_each(|item| item.shift(offset)),
            Value::Table(table) => table.shift(offset),
            _ => {}
        }
    }
}

fn shift(span: &mut Span, offset: usize) {
    *span = span.start + offset..span.end + offset;
}

impl Value {
    /// Returns true if both say the same, wherever it stands.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Array(own), Self::Array(other)) => {
                let pairs = || own.iter().zip(other);
                own.len() == other.len() && pairs().all(|(a, b)| a.value.is_same(&b.value))
            }
            (Self::Table(own), Self::Table(other)) => own.is_same(other),
            (Self::Null, Self::Null) => true,
            (Self::Bool(own), Self::Bool(other)) => own == other,
            (Self::Date(own), Self::Date(other)) => own == other,
            (Self::Integer(own), Self::Integer(other))
            | (Self::Float(own), Self::Float(other))
            | (Self::String(own), Self::String(other))
            | (Self::DateTime(own), Self::DateTime(other)) => own == other,
            _ => false,
        }
    }

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
