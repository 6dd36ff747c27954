//! What every type of a data file can do ([`Decode`]), and the types that hold others: optional
//! values, lists, tables by name, and tables that belong to the theme.

use std::ops::Deref;

use serde_json::json;

use super::decoder::Decoder;
use super::node::{Node, Table, Value};
use super::schema::Schema;
use crate::source::Span;

/// A type that a value of a data file can become.
pub trait Decode: Sized {
    /// Decodes a value, or notes what is wrong and returns `None`.
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self>;

    /// Returns the value when the key is not there; `None` for a key that must be.
    fn absent() -> Option<Self> {
        None
    }

    /// Returns how a value of another type would be written as one of this type; only for help.
    fn meant(_: &Value) -> Option<String> {
        None
    }

    /// Returns the value as it is written; `None` for one that is written by leaving its key out.
    /// Types that are only read, such as those of maps, are never written.
    fn encode(&self) -> Option<Value> {
        None
    }

    /// Returns the keys of a record.
    fn keys() -> &'static [&'static str] {
        &[]
    }

    /// Returns the type as JSON Schema.
    fn schema(schema: &mut Schema) -> serde_json::Value;
}

/// A value and where it stands in its file.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct At<T> {
    pub value: T,
    pub span: Span,
}

impl<T> Deref for At<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: Decode> Decode for At<T> {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        T::decode(node, d).map(|value| Self {
            value,
            span: node.span.clone(),
        })
    }
    fn encode(&self) -> Option<Value> {
        self.value.encode()
    }
    fn meant(value: &Value) -> Option<String> {
        T::meant(value)
    }
    fn schema(schema: &mut Schema) -> serde_json::Value {
        T::schema(schema)
    }
}

impl<T: Decode> Decode for Option<T> {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        T::decode(node, d).map(Some)
    }
    fn encode(&self) -> Option<Value> {
        self.as_ref()?.encode()
    }
    fn meant(value: &Value) -> Option<String> {
        T::meant(value)
    }
    fn absent() -> Option<Self> {
        Some(None)
    }
    fn schema(schema: &mut Schema) -> serde_json::Value {
        T::schema(schema)
    }
}

/// A list keeps the rows that are right, so that one bad row does not hide what else is wrong.
impl<T: Decode> Decode for Vec<T> {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        match &node.value {
            Value::Array(items) => {
                Some(items.iter().filter_map(|item| T::decode(item, d)).collect())
            }
            Value::Table(_) => {
                let help = format!(
                    "each row of a list begins with two brackets: [[{}]]",
                    d.key()
                );
                d.wrong_type(node, "a list", &node.value, Some(help))
            }
            other => d.wrong_type(
                node,
                "a list",
                other,
                Self::meant(other)
                    .map(|meant| format!("write it in brackets, even when it is alone: {meant}")),
            ),
        }
    }
    fn encode(&self) -> Option<Value> {
        let rows: Vec<Value> = self.iter().filter_map(T::encode).collect();
        (!rows.is_empty()).then(|| rows.into())
    }
    fn meant(value: &Value) -> Option<String> {
        T::meant(value).map(|one| format!("[{}]", one.split(", or ").next().unwrap_or(&one)))
    }
    fn absent() -> Option<Self> {
        Some(vec![])
    }
    fn schema(schema: &mut Schema) -> serde_json::Value {
        json!({ "type": "array", "items": T::schema(schema) })
    }
}

/// A table whose keys are the author's: rows by name, in the order of the file.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Map<T>(pub Vec<(At<String>, T)>);

impl<T> Map<T> {
    /// Returns the row of a name.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.0
            .iter()
            .find(|(key, _)| key.value == name)
            .map(|(_, value)| value)
    }
}

impl<T> Default for Map<T> {
    fn default() -> Self {
        Self(vec![])
    }
}

impl<T: Decode> Decode for Map<T> {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        let rows = d.table(node)?.0.iter().filter_map(|(key, value)| {
            let value = T::decode(value, d)?;
            Some((
                At {
                    value: key.name.clone(),
                    span: key.span.clone(),
                },
                value,
            ))
        });
        Some(Self(rows.collect()))
    }
    fn encode(&self) -> Option<Value> {
        let mut table = Table::default();
        for (key, value) in &self.0 {
            // A row that says nothing stands for its key all the same.
            table.put(&key.value, value.encode().unwrap_or(Value::Array(vec![])));
        }
        (!table.is_empty()).then(|| table.into())
    }
    fn absent() -> Option<Self> {
        Some(Self::default())
    }
    fn schema(schema: &mut Schema) -> serde_json::Value {
        json!({ "type": "object", "additionalProperties": T::schema(schema) })
    }
}

/// Anything at all, for the theme: `[extra]` and `[params]`.
#[derive(Clone, Debug, Default)]
pub struct Free(pub serde_json::Map<String, serde_json::Value>);

/// Written as a text, because the format of the memo does not tell what comes next.
impl serde::Serialize for Free {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer
            .serialize_str(&serde_json::to_string(&self.0).map_err(serde::ser::Error::custom)?)
    }
}

impl<'de> serde::Deserialize<'de> for Free {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde_json::from_str(&String::deserialize(deserializer)?)
            .map(Self)
            .map_err(serde::de::Error::custom)
    }
}

impl Decode for Free {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        let table = d.table(node)?;
        if d.key() == "extra" {
            d.check_free(table);
        }
        match node.value.to_json() {
            serde_json::Value::Object(map) => Some(Self(map)),
            _ => None,
        }
    }
    fn encode(&self) -> Option<Value> {
        let table = table_of_json(&self.0);
        (!table.is_empty()).then(|| table.into())
    }
    fn absent() -> Option<Self> {
        Some(Self::default())
    }
    fn schema(_: &mut Schema) -> serde_json::Value {
        json!({ "type": "object" })
    }
}

/// Returns an object of JSON as a tree. What TOML has no word for is left out.
fn table_of_json(map: &serde_json::Map<String, serde_json::Value>) -> Table {
    let mut table = Table::default();
    for (key, value) in map {
        if let Some(value) = value_of_json(value) {
            table.put(key, value);
        }
    }
    table
}

/// Returns a value of JSON as a tree; `None` for `null`.
pub fn value_of_json(value: &serde_json::Value) -> Option<Value> {
    use serde_json::Value as Json;
    Some(match value {
        Json::Null => return None,
        Json::Bool(value) => Value::Bool(*value),
        Json::Number(number) if number.is_f64() => Value::Float(number.to_string()),
        Json::Number(number) => Value::Integer(number.to_string()),
        Json::String(text) => text.as_str().into(),
        Json::Array(items) => items
            .iter()
            .filter_map(value_of_json)
            .collect::<Vec<_>>()
            .into(),
        Json::Object(map) => table_of_json(map).into(),
    })
}
