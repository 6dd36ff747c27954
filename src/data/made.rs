//! Trees that are made, not read: their nodes stand in no file. `write.rs` makes text of them.

use jiff::civil::Date;

use super::node::{Key, Node, Table, Value};
use super::number::Decimal;

impl Table {
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
