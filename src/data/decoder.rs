//! From tree to structs: a [`Node`] comes in, a value goes out, and every mistake on the way is
//! noted, not only the first.

use super::decode::Decode;
use super::node::{Key, Node, Table, Value};
use super::schema::{Schema, places_of};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::path::SourcePath;
use crate::source::Span;
use crate::suggest;

/// Collects the mistakes of one file while it is decoded.
pub struct Decoder<'a> {
    path: &'a SourcePath,
    diagnostics: &'a mut Diagnostics,
    /// How many keys were written and lost: unknown ones, and those whose value could not be read.
    lost: usize,
    root: fn(&mut Schema) -> serde_json::Value,
    /// The keys that the top of the file can have.
    keys: &'static [&'static str],
    /// Those that it has.
    top: Option<&'a Table>,
    /// The key whose value is being decoded.
    key: &'static str,
}

/// A fault that is being described; it is noted when this is dropped.
pub struct Fault<'d> {
    diagnostics: &'d mut Diagnostics,
    diagnostic: Option<Diagnostic>,
}

/// Decodes a whole file.
pub fn decode_root<T: Decode>(
    path: &SourcePath,
    table: Table,
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    let node = Node {
        span: 0..0,
        value: Value::Table(table),
        inset: None,
    };
    let Value::Table(top) = &node.value else {
        return None;
    };
    T::decode(
        &node,
        &mut Decoder {
            path,
            diagnostics,
            lost: 0,
            root: T::schema,
            keys: T::keys(),
            top: Some(top),
            key: "",
        },
    )
}

/// Decodes one value of a file that is no tree, such as a cell of a table in the column `key`.
pub fn decode_node<T: Decode>(
    path: &SourcePath,
    key: &'static str,
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    T::decode(
        node,
        &mut Decoder {
            path,
            diagnostics,
            lost: 0,
            root: T::schema,
            keys: T::keys(),
            top: None,
            key,
        },
    )
}

impl<'a> Decoder<'a> {
    /// Returns the file that is being decoded.
    pub fn path(&self) -> &SourcePath {
        self.path
    }

    /// Notes a fault; help can be added to what is returned.
    pub fn fault(&mut self, code: Code, span: &Span, message: impl Into<String>) -> Fault<'_> {
        let diagnostic = Diagnostic::error(code, message).at(self.path, span.clone());
        Fault {
            diagnostics: self.diagnostics,
            diagnostic: Some(diagnostic),
        }
    }

    /// Notes a warning.
    pub fn warn(&mut self, warning: Diagnostic) {
        self.diagnostics.push(warning);
    }

    /// Warns of keys in the theme's part of a file that mean something at its top: what is typed at
    /// the end of a file belongs to its last table, and is not missed. A table was put there on
    /// purpose.
    pub(super) fn check_free(&mut self, table: &Table) {
        let is_plain = |node: &Node| !matches!(&node.value, Value::Table(_));
        for (key, _) in table
            .0
            .iter()
            .filter(|(key, node)| is_plain(node) && self.keys.contains(&key.name.as_str()))
        {
            let message = format!(
                "`{}` stands in [{}], where only templates see it",
                key.name, self.key
            );
            let is_at_top = self.top.is_some_and(|top| top.get(&key.name).is_some());
            let help = if is_at_top {
                format!(
                    "the file has `{}` at its top already: remove this one, or give it another name",
                    key.name
                )
            } else {
                format!(
                    "move `{}` to the top of the file, above the first [header]; if it is the theme's, give it another name",
                    key.name
                )
            };
            self.diagnostics.push(
                Diagnostic::warning(Code::MisplacedKey, message)
                    .at(self.path, key.span.clone())
                    .help(help),
            );
        }
    }

    /// Returns how many keys were lost so far.
    pub fn lost(&self) -> usize {
        self.lost
    }

    /// Returns `None` if any key was lost since `before`.
    pub fn whole(&self, before: usize) -> Option<()> {
        if self.lost == before { Some(()) } else { None }
    }

    /// Returns the key whose value is being decoded.
    pub fn key(&self) -> &'static str {
        self.key
    }

    /// Notes that a value has another type than the key takes, and how it would be written as one
    /// of that type.
    pub fn refuse<T: Decode>(&mut self, node: &Node, wanted: &str) -> Option<T> {
        let alone = match &node.value {
            Value::Array(items) => match items.as_slice() {
                [one] => T::meant(&one.value)
                    .map(|one| format!("write it without brackets: {} = {one}", self.key)),
                _ => None,
            },
            _ => None,
        };
        let help = alone.or_else(|| T::meant(&node.value).map(|meant| format!("write {meant}")));
        self.wrong_type(node, wanted, &node.value, help)
    }

    /// Notes that a value has another type than the key takes.
    pub fn wrong_type<T>(
        &mut self,
        node: &Node,
        wanted: &str,
        found: &Value,
        help: Option<String>,
    ) -> Option<T> {
        // A value that could not be read at all was already said.
        if !matches!(found, Value::Null) || node.span.is_empty() {
            let help = help.or_else(|| match wanted {
                "a date" => Some("write the day as 2026-11-22".to_owned()),
                "a number" | "a whole number" => {
                    Some("write it in digits, without quotes: 85_000".to_owned())
                }
                "true or false" => Some("write true or false, without quotes".to_owned()),
                _ => None,
            });
            self.fault(
                Code::WrongType,
                &node.span,
                format!("this must be {wanted}, not {}", found.kind()),
            )
            .help_last(help);
        } else {
            self.fault(
                Code::WrongType,
                &node.span,
                format!("this must be {wanted}"),
            );
        }
        None
    }

    /// Returns the table that a value is; notes a fault if it is none.
    pub fn table<'n>(&mut self, node: &'n Node) -> Option<&'n Table> {
        match &node.value {
            Value::Table(table) => Some(table),
            other => self.wrong_type(node, "a table", other, self.single(other)),
        }
    }

    /// Returns the table of a record; notes a fault, with how it may be written, if it is none.
    pub fn record<'n, T: Decode>(&mut self, node: &'n Node) -> Option<&'n Table> {
        match &node.value {
            Value::Table(table) => Some(table),
            other => {
                let help = self
                    .single(other)
                    .or_else(|| T::meant(other).map(|meant| format!("write {meant}")));
                self.wrong_type(node, "a table", other, help)
            }
        }
    }

    /// Returns what to do about rows of a list where one table is wanted: `[[figures]]`.
    fn single(&self, found: &Value) -> Option<String> {
        let Value::Array(rows) = found else {
            return None;
        };
        let are_tables =
            !rows.is_empty() && rows.iter().all(|row| matches!(row.value, Value::Table(_)));
        if are_tables {
            Some(format!("write it once, in single brackets: [{}]", self.key))
        } else {
            None
        }
    }

    /// Notes each key that is not among `known`, with the nearest one or the place where it
    /// belongs. Returns the nearest ones: they are not reported as missing as well.
    pub fn refuse_unknown(&mut self, table: &Table, known: &[&'static str]) -> Vec<&'static str> {
        let unknown = table
            .0
            .iter()
            .filter(|(key, _)| !known.contains(&key.name.as_str()));
        unknown
            .filter_map(|(key, _)| self.unknown(key, table, known))
            .collect()
    }

    fn unknown(
        &mut self,
        key: &Key,
        table: &Table,
        known: &[&'static str],
    ) -> Option<&'static str> {
        self.lost += 1;
        let near = suggest::key(&key.name, known, |name| table.get(name).is_some());
        let help = match near {
            Some(name) => Some(format!("did you mean `{name}`?")),
            None => places_of(self.root, &key.name, known, self.top)
                .or_else(|| suggest::help(&key.name, known.iter().copied())),
        };
        self.fault(
            Code::UnknownKey,
            &key.span,
            format!("unknown key `{}`", key.name),
        )
        .help_last(help);
        near
    }

    /// Decodes one key of a record: returns its value or its default, or notes a fault when it must be
    /// there. `meant` are keys that are there misspelt, which was noted.
    pub fn field<T: Decode>(
        &mut self,
        node: &Node,
        table: &Table,
        meant: &[&str],
        name: &'static str,
        default: Option<T>,
    ) -> Option<T> {
        let absent = || default.or_else(T::absent);
        match table.get(name) {
            Some(found) => {
                let outer = std::mem::replace(&mut self.key, name);
                let value = T::decode(found, self);
                self.key = outer;
                self.lost += usize::from(value.is_none());
                value.or_else(absent)
            }
            None if meant.contains(&name) => absent(),
            None => absent().or_else(|| {
                let span = node.span.clone();
                self.fault(
                    Code::MissingKey,
                    &span,
                    format!("the key `{name}` is missing"),
                )
                .help_last(format!("add `{name} = …`"));
                None
            }),
        }
    }
}

impl Fault<'_> {
    /// Adds a sentence of help and ends the description.
    pub fn help_last(mut self, help: impl crate::diag::HelpText) {
        self.diagnostic = self
            .diagnostic
            .take()
            .map(|diagnostic| diagnostic.help(help));
    }
}

impl Drop for Fault<'_> {
    fn drop(&mut self) {
        self.diagnostics.extend(self.diagnostic.take());
    }
}
