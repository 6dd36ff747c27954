//! What a key is made of: a column, a constant, or a table that says more. This file declares it;
//! `make.rs` makes values of it.

use serde_json::json;

use super::map::Texts;
use super::test::Tests;
use crate::data::{At, Decimal, Decode, Decoder, Map, Node, Schema, Text, Value, choice, record};

/// Stands for the part of a cell, where a cell makes several rows.
pub const PART: &str = "*";

/// What a key is made of.
#[derive(Clone, Debug, Default)]
pub struct From {
    /// The first of these columns that says something.
    pub columns: Vec<String>,
    /// A value that is the same for all rows.
    pub is: Option<Value>,
    /// The value where the columns say nothing.
    pub default: Option<String>,
    /// What follows the first of these signs, and what stands before the next.
    pub after: Option<String>,
    pub before: Option<String>,
    /// How many letters are taken.
    pub first: Option<u32>,
    pub lookup: Option<LookupRow>,
    pub words: Option<WordList>,
    pub others: Option<Others>,
    pub split: Vec<String>,
    pub times: Option<Decimal>,
    pub format: Option<Format>,
    /// Rows for which the key is made.
    pub tests: Tests,
}

choice! {
    /// What a text is, or what is made of it.
    pub enum Format {
        /// Plain text.
        Text = "text",
        /// Markdown already.
        Markdown = "markdown",
        /// HTML, which becomes Markdown, or plain text where a key takes no Markdown.
        Html = "html",
        Number = "number",
        /// Yes or no, in many words.
        Truth = "truth",
        /// An id, made of the text.
        Id = "id",
        /// The id of the role that the text names as `key` does.
        Role = "role",
        Date = "date",
        /// `NURSE` and `nurse` become `Nurse`.
        Sentence = "sentence",
    }
}

choice! {
    /// What happens to a text that is not among the words of a key.
    pub enum Others {
        /// It is left out, and said.
        Drop = "drop",
        /// It stays as it is.
        Keep = "keep",
    }
}

record! {
    /// Another table in which a cell is looked up.
    pub struct LookupRow {
        pub table: At<Text>,
        /// The column that has the same as the cell.
        pub key: Text,
        /// The column whose cell is taken.
        pub column: Text,
        /// Which rows are looked at.
        pub tests as "where": Tests = Tests::default(),
    }
}

record! {
    struct FromTable {
        /// The column.
        pub column: Option<Text>,
        /// Columns, of which the first that says something is taken.
        pub columns: Vec<Text>,
        /// A value that is the same for all rows.
        pub is: Option<Constant>,
        /// The value where the column says nothing.
        pub default: Option<Text>,
        /// Takes what follows this sign.
        pub after: Option<SomeText>,
        /// Takes what stands before this sign.
        pub before: Option<SomeText>,
        /// Takes as many letters from the beginning.
        pub first: Option<u32>,
        /// Looks the text up in another table.
        pub lookup: Option<LookupRow>,
        /// Puts other words in place of the text: a table of them, or the name of one in [words].
        pub words: Option<WordList>,
        /// What happens to a text that is not among the words. Default: `drop`.
        pub others: Option<Others>,
        /// Takes the text apart at one of these signs.
        pub split: Texts,
        /// Multiplies a number.
        pub times: Option<Decimal>,
        /// What the text is, or what is made of it. Default: what the key takes.
        pub format as "as": Option<Format>,
        /// Rows for which the key is made. In others it is not said.
        pub tests as "where": Tests = Tests::default(),
    }
}

/// Words and what they become, or the name of such a list in `[words]`.
#[derive(Clone, Debug)]
pub enum WordList {
    These(Map<Text>),
    Named(At<String>),
}

impl Decode for WordList {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        match &node.value {
            Value::String(_) => At::decode(node, d).map(Self::Named),
            _ => Map::decode(node, d).map(Self::These),
        }
    }
    fn schema(schema: &mut Schema) -> serde_json::Value {
        json!({ "anyOf": [Text::schema(schema), Map::<Text>::schema(schema)] })
    }
}

/// A constant.
#[derive(Clone, Debug)]
struct Constant(Value);

impl Decode for Constant {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        match &node.value {
            Value::Null | Value::Table(_) => d.refuse(node, "a value"),
            value => Some(Self(value.clone())),
        }
    }
    fn schema(_: &mut Schema) -> serde_json::Value {
        json!({ "type": ["string", "number", "boolean", "array"] })
    }
}

/// A text of signs, which may be blanks.
#[derive(Clone, Debug)]
struct SomeText(String);

impl Decode for SomeText {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        match &node.value {
            Value::String(text) if !text.is_empty() => Some(Self(text.clone())),
            _ => d.refuse(node, "a text of one sign or more"),
        }
    }
    fn schema(_: &mut Schema) -> serde_json::Value {
        json!({ "type": "string", "minLength": 1 })
    }
}

impl Decode for From {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        match &node.value {
            Value::String(_) => Text::decode(node, d).map(|column| Self {
                columns: vec![column],
                ..Self::default()
            }),
            Value::Table(_) => FromTable::decode(node, d).map(Self::of_table),
            Value::Integer(_) | Value::Float(_) | Value::Bool(_) | Value::Date(_) => Some(Self {
                is: Some(node.value.clone()),
                ..Self::default()
            }),
            _ => d.refuse(
                node,
                "the name of a column, or a table such as { column = \"Pay\", times = 1000 }",
            ),
        }
    }
    fn schema(schema: &mut Schema) -> serde_json::Value {
        let column = json!({ "type": ["string", "number", "boolean"] });
        json!({ "anyOf": [column, FromTable::schema(schema)] })
    }
}

impl From {
    fn of_table(table: FromTable) -> Self {
        let FromTable {
            column,
            columns,
            is,
            default,
            after,
            before,
            first,
            lookup,
            words,
            others,
            split,
            times,
            format,
            tests,
        } = table;
        Self {
            columns: column.into_iter().chain(columns).collect(),
            is: is.map(|constant| constant.0),
            default,
            after: after.map(|text| text.0),
            before: before.map(|text| text.0),
            first,
            lookup,
            words,
            others,
            split: split
                .0
                .into_iter()
                .filter(|sign| !sign.is_empty())
                .collect(),
            times,
            format,
            tests,
        }
    }

    /// Returns the columns of the table that it reads.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.columns
            .iter()
            .map(String::as_str)
            .filter(|column| *column != PART)
            .chain(self.tests.columns())
    }
}
