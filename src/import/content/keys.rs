//! Keys of front matter: taken one by one, so that what is left over has no home and is told.

use jiff::civil::Date;

use super::day::day;
use crate::data::{Node, Table, Value};
use crate::import::{LossReport, Where};
use crate::source::{Source, position};

/// The keys of one file.
pub struct Keys<'k> {
    table: Table,
    source: &'k Source,
    report: &'k mut LossReport,
}

/// What the report calls all front matter.
const TABLE: &str = "front matter";

impl<'k> Keys<'k> {
    /// Takes the keys of a file.
    pub fn new(table: Table, source: &'k Source, report: &'k mut LossReport) -> Self {
        Self {
            table,
            source,
            report,
        }
    }

    fn at(&self, start: usize) -> Where {
        let row = position(&self.source.text, start).line;
        Where::file(self.source.path.as_str()).row(row as u64)
    }

    /// Takes a key; letter case does not matter.
    pub fn take(&mut self, name: &str) -> Option<Node> {
        let at = self
            .table
            .0
            .iter()
            .position(|(key, _)| key.name.eq_ignore_ascii_case(name))?;
        let (_, node) = self.table.0.remove(at);
        (!matches!(node.value, Value::Null)).then_some(node)
    }

    /// Adds a key that the file itself does not have.
    pub fn default(&mut self, name: &str, node: &Node) {
        if self.table.get(name).is_none() {
            self.table.put(name, node.value.clone());
        }
    }

    /// Takes the table of a key, to be read with [`Keys::inside`].
    pub fn table(&mut self, name: &str) -> Option<Table> {
        match self.take(name)? {
            Node {
                value: Value::Table(table),
                ..
            } => Some(table),
            node => {
                self.unread(name, &node);
                None
            }
        }
    }

    /// Reads another table of the same file; what is left of it has no home.
    pub fn inside<T>(
        &mut self,
        name: &str,
        table: Table,
        read: impl FnOnce(&mut Keys<'_>) -> T,
    ) -> T {
        let mut keys = Keys {
            table,
            source: self.source,
            report: &mut *self.report,
        };
        let result = read(&mut keys);
        keys.leave(&format!("{name}."));
        result
    }

    /// Takes a text.
    pub fn text(&mut self, name: &str) -> Option<String> {
        let node = self.take(name)?;
        match scalar(&node.value) {
            Some(text) => Some(text).filter(|text| !text.is_empty()),
            None => {
                self.unread(name, &node);
                None
            }
        }
    }

    /// Takes the first text of several keys; the others are told as without a home.
    pub fn first_text(&mut self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.text(name))
    }

    /// Takes the first day of several keys.
    pub fn day(&mut self, names: &[&str]) -> Option<Date> {
        names.iter().find_map(|name| {
            let node = self.take(name)?;
            let found = match &node.value {
                Value::Date(date) => Some(*date),
                value => scalar(value).and_then(|text| day(&text)),
            };
            let is_empty = matches!(&node.value, Value::String(text) if text.trim().is_empty());
            if found.is_none() && !is_empty {
                self.unread(name, &node);
            }
            found
        })
    }

    /// Takes a switch; `None` if it is not there.
    pub fn flag(&mut self, name: &str) -> Option<bool> {
        let node = self.take(name)?;
        match &node.value {
            Value::Bool(value) => Some(*value),
            Value::String(text) if text == "true" => Some(true),
            Value::String(text) if text == "false" => Some(false),
            _ => {
                self.unread(name, &node);
                None
            }
        }
    }

    /// Takes a whole number.
    pub fn number(&mut self, name: &str) -> Option<i64> {
        let node = self.take(name)?;
        let number = scalar(&node.value).and_then(|text| text.trim().parse().ok());
        if number.is_none() {
            self.unread(name, &node);
        }
        number
    }

    /// Takes a list of texts, or one text.
    pub fn list(&mut self, name: &str) -> Vec<String> {
        let Some(node) = self.take(name) else {
            return vec![];
        };
        let texts = match &node.value {
            Value::Array(items) => items.iter().map(|item| scalar(&item.value)).collect(),
            value => scalar(value).map(|text| vec![text]),
        };
        let Some(texts) = texts else {
            self.unread(name, &node);
            return vec![];
        };
        texts.into_iter().filter(|text| !text.is_empty()).collect()
    }

    fn unread(&mut self, name: &str, node: &Node) {
        let place = self.at(node.span.start);
        let what = node.value.kind();
        self.report.drop(
            TABLE,
            format!("`{name}` is {what} that cannot be read"),
            place,
        );
    }

    /// Drops a key that says nothing outside of the old generator.
    pub fn ignore(&mut self, names: &[&str]) {
        for name in names {
            self.take(name);
        }
    }

    /// Notes something about a fact of this file that is left out.
    pub fn drop(&mut self, why: impl Into<String>) {
        let place = self.at(0);
        self.report.drop(TABLE, why, place);
    }

    /// Tells what is left: facts without a home.
    pub fn leave(self, prefix: &str) {
        for (key, _) in &self.table.0 {
            let place = self.at(key.span.start);
            self.report
                .no_home(TABLE, format!("`{prefix}{}`", key.name), place);
        }
    }
}

/// Returns a plain value as text, in one line.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.split_whitespace().collect::<Vec<_>>().join(" ")),
        Value::Integer(text) | Value::Float(text) | Value::DateTime(text) => Some(text.clone()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Date(date) => Some(date.to_string()),
        Value::Null => Some(String::new()),
        Value::Array(_) | Value::Table(_) => None,
    }
}
