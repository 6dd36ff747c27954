//! From tree to structs: a `Node` comes in, a value goes out, and every mistake on the way is noted, not only the first.

use std::ops::Deref;

use serde_json::json;

use super::meant;
use super::node::{Key, Node, Table, Value};
use super::schema::{Schema, places_of};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::path::SourcePath;
use crate::source::Span;
use crate::suggest;

/// A type that a value of a data file can become.
pub trait Decode: Sized {
    /// Decodes, or notes what is wrong and gives none.
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self>;

    /// The value when the key is not there; none for a key that must be.
    fn absent() -> Option<Self> {
        None
    }

    /// How a value of another type would be written as one of this type; only for help.
    fn meant(_: &Value) -> Option<String> {
        None
    }

    /// The keys of a record.
    fn keys() -> &'static [&'static str] {
        &[]
    }

    /// The type as JSON Schema.
    fn schema(schema: &mut Schema) -> serde_json::Value;
}

/// A value and where it stands in its file.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct At<T> {
    pub value: T,
    pub span: Span,
}

/// Collects the mistakes of one file while it is decoded.
pub struct Decoder<'a> {
    path: &'a SourcePath,
    faults: &'a mut Diagnostics,
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
    faults: &'d mut Diagnostics,
    diagnostic: Option<Diagnostic>,
}

/// Decodes a whole file.
pub fn decode_root<T: Decode>(path: &SourcePath, table: Table, faults: &mut Diagnostics) -> Option<T> {
    let node = Node { span: 0..0, value: Value::Table(table), inset: None };
    let Value::Table(top) = &node.value else { return None };
    T::decode(&node, &mut Decoder { path, faults, lost: 0, root: T::schema, keys: T::keys(), top: Some(top), key: "" })
}

/// Decodes one value of a file that is no tree, such as a cell of a table in the column `key`.
pub fn decode_node<T: Decode>(path: &SourcePath, key: &'static str, node: &Node, faults: &mut Diagnostics) -> Option<T> {
    T::decode(node, &mut Decoder { path, faults, lost: 0, root: T::schema, keys: T::keys(), top: None, key })
}

impl<'a> Decoder<'a> {
    /// The file that is being decoded.
    pub fn path(&self) -> &SourcePath {
        self.path
    }

    /// Notes a fault; help can be added to what is returned.
    pub fn fault(&mut self, code: Code, span: &Span, message: impl Into<String>) -> Fault<'_> {
        let diagnostic = Diagnostic::error(code, message).at(self.path, span.clone());
        Fault { faults: self.faults, diagnostic: Some(diagnostic) }
    }

    /// Notes what is no error.
    pub fn say(&mut self, warning: Diagnostic) {
        self.faults.push(warning);
    }

    /// Warns of keys in the theme's part of a file that mean something at its top: what is typed at the end of a file belongs to
    /// its last table, and is not missed. A table was put there on purpose.
    fn check_free(&mut self, table: &Table) {
        let is_plain = |node: &Node| !matches!(&node.value, Value::Table(_));
        for (key, _) in table.0.iter().filter(|(key, node)| is_plain(node) && self.keys.contains(&key.name.as_str())) {
            let message = format!("`{}` stands in [{}], where only templates see it", key.name, self.key);
            let help = match self.top.is_some_and(|top| top.get(&key.name).is_some()) {
                true => format!("the file has `{}` at its top already: remove this one, or give it another name", key.name),
                false => format!("move `{}` to the top of the file, above the first [header]; if it is the theme's, give it another name", key.name),
            };
            self.faults.push(Diagnostic::warning(Code::MisplacedKey, message).at(self.path, key.span.clone()).help(help));
        }
    }

    /// How many keys were lost so far.
    pub fn lost(&self) -> usize {
        self.lost
    }

    /// None when more keys are lost than there were.
    pub fn whole(&self, before: usize) -> Option<()> {
        (self.lost == before).then_some(())
    }

    /// The key whose value is being decoded.
    pub fn key(&self) -> &'static str {
        self.key
    }

    /// Notes that a value has another type than the key takes, and how it would be written as one of that type.
    pub fn refuse<T: Decode>(&mut self, node: &Node, wanted: &str) -> Option<T> {
        let alone = match &node.value {
            Value::Array(items) => match items.as_slice() {
                [one] => T::meant(&one.value).map(|one| format!("write it without brackets: {} = {one}", self.key)),
                _ => None,
            },
            _ => None,
        };
        let help = alone.or_else(|| T::meant(&node.value).map(|meant| format!("write {meant}")));
        self.wrong_type(node, wanted, &node.value, help)
    }

    /// Notes that a value has another type than the key takes.
    pub fn wrong_type<T>(&mut self, node: &Node, wanted: &str, found: &Value, help: Option<String>) -> Option<T> {
        // A value that could not be read at all was already said.
        if !matches!(found, Value::Null) || node.span.is_empty() {
            let help = help.or_else(|| match wanted {
                "a date" => Some("write the day as 2026-11-22".to_owned()),
                "a number" | "a whole number" => Some("write it in digits, without quotes: 85_000".to_owned()),
                "true or false" => Some("write true or false, without quotes".to_owned()),
                _ => None,
            });
            self.fault(Code::WrongType, &node.span, format!("this must be {wanted}, not {}", found.kind())).help_last(help);
        } else {
            self.fault(Code::WrongType, &node.span, format!("this must be {wanted}"));
        }
        None
    }

    /// The table that a value is, or a fault.
    pub fn table<'n>(&mut self, node: &'n Node) -> Option<&'n Table> {
        match &node.value {
            Value::Table(table) => Some(table),
            other => self.wrong_type(node, "a table", other, self.single(other)),
        }
    }

    /// The same for a record.
    pub fn record<'n, T: Decode>(&mut self, node: &'n Node) -> Option<&'n Table> {
        match &node.value {
            Value::Table(table) => Some(table),
            other => {
                let help = self.single(other).or_else(|| T::meant(other).map(|meant| format!("write {meant}")));
                self.wrong_type(node, "a table", other, help)
            }
        }
    }

    /// What to do about rows of a list where one table is wanted: `[[figures]]`.
    fn single(&self, found: &Value) -> Option<String> {
        let Value::Array(rows) = found else { return None };
        let are_tables = !rows.is_empty() && rows.iter().all(|row| matches!(row.value, Value::Table(_)));
        are_tables.then(|| format!("write it once, in single brackets: [{}]", self.key))
    }

    /// Notes each key that is not among `known`, with the nearest one or the place where it belongs. Gives the nearest
    /// ones: they are not missing as well.
    pub fn refuse_unknown(&mut self, table: &Table, known: &[&'static str]) -> Vec<&'static str> {
        let unknown = table.0.iter().filter(|(key, _)| !known.contains(&key.name.as_str()));
        unknown.filter_map(|(key, _)| self.unknown(key, table, known)).collect()
    }

    fn unknown(&mut self, key: &Key, table: &Table, known: &[&'static str]) -> Option<&'static str> {
        self.lost += 1;
        let near = suggest::key(&key.name, known, |name| table.get(name).is_some());
        let help = match near {
            Some(name) => Some(format!("did you mean `{name}`?")),
            None => places_of(self.root, &key.name, (known, self.top)).or_else(|| suggest::help(&key.name, known.iter().copied())),
        };
        self.fault(Code::UnknownKey, &key.span, format!("unknown key `{}`", key.name)).help_last(help);
        near
    }

    /// One key of a record: its value, its default, or a fault when it must be there.
    /// `meant` are keys that stand there with a slip of the hand, which was said.
    pub fn field<T: Decode>(&mut self, node: &Node, table: &Table, meant: &[&str], name: &'static str, default: Option<T>) -> Option<T> {
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
                self.fault(Code::MissingKey, &span, format!("the key `{name}` is missing")).help_last(format!("add `{name} = …`"));
                None
            }),
        }
    }
}

impl Fault<'_> {
    /// Adds a sentence of help and ends the description.
    pub fn help_last(mut self, help: impl crate::diag::HelpText) {
        self.diagnostic = self.diagnostic.take().map(|diagnostic| diagnostic.help(help));
    }
}

impl Drop for Fault<'_> {
    fn drop(&mut self) {
        self.faults.extend(self.diagnostic.take());
    }
}

impl<T> Deref for At<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: Decode> Decode for At<T> {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        T::decode(node, d).map(|value| Self { value, span: node.span.clone() })
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
            Value::Array(items) => Some(items.iter().filter_map(|item| T::decode(item, d)).collect()),
            Value::Table(_) => {
                let help = format!("each row of a list begins with two brackets: [[{}]]", d.key());
                d.wrong_type(node, "a list", &node.value, Some(help))
            }
            other => d.wrong_type(node, "a list", other, Self::meant(other).map(|meant| format!("write it in brackets, even when it is alone: {meant}"))),
        }
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
#[derive(Clone, Debug)]
pub struct Map<T>(pub Vec<(At<String>, T)>);

impl<T> Map<T> {
    /// The row of a name.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.0.iter().find(|(key, _)| key.value == name).map(|(_, value)| value)
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
            Some((At { value: key.name.clone(), span: key.span.clone() }, value))
        });
        Some(Self(rows.collect()))
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

/// For the memo, whose format does not tell what comes next: as a text.
impl serde::Serialize for Free {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&serde_json::to_string(&self.0).map_err(serde::ser::Error::custom)?)
    }
}

impl<'de> serde::Deserialize<'de> for Free {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde_json::from_str(&String::deserialize(deserializer)?).map(Self).map_err(serde::de::Error::custom)
    }
}

impl Decode for Free {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        let table = d.table(node)?;
        if d.key == "extra" {
            d.check_free(table);
        }
        match node.value.to_json() {
            serde_json::Value::Object(map) => Some(Self(map)),
            _ => None,
        }
    }
    fn absent() -> Option<Self> {
        Some(Self::default())
    }
    fn schema(_: &mut Schema) -> serde_json::Value {
        json!({ "type": "object" })
    }
}

/// A value that is no table as the record that it most likely stands for: a name, an amount, or years.
pub fn written_as_record(schema: fn(&mut Schema) -> serde_json::Value, value: &Value) -> Option<String> {
    let mut schemas = Schema::default();
    let record = schema(&mut schemas);
    let (keys, required) = schemas.keys_of(&record);
    let has = |key: &&str| keys.iter().any(|known| known == key);
    let (text, is_text) = match value {
        Value::String(text) => (text.as_str(), true),
        Value::Integer(text) | Value::Float(text) => (text.as_str(), false),
        _ => return None,
    };
    if has(&"min_years") {
        let years: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).take(2).collect();
        let max = years.get(1).map(|max| format!(", max_years = {max}")).unwrap_or_default();
        return years.first().map(|min| format!("{{ min_years = {min}{max} }}"));
    }
    if has(&"value") {
        let amount = meant::number(text)?;
        let range = if has(&"min") { ", or { min = …, max = … } for a range" } else { "" };
        return Some(format!("{{ value = {amount} }}{range}"));
    }
    let name = ["title", "name", "label", "question", "skill", "quote", "id"].into_iter().filter(|_| is_text).find(has)?;
    let more = required.iter().filter(|key| **key != name).map(|key| format!(", {key} = …"));
    Some(format!("{{ {name} = {}{} }}", meant::quoted(text), more.collect::<String>()))
}

/// Declares a struct that a table becomes. A key has the name of its field, or the one after `as`; `= value` is its
/// default. `Option`, `Vec`, `Map`, `Free` and `bool` may be absent, all else must be there. A struct that is `: whole`
/// is taken without a mistake in it or not at all: what a check would miss in it would only be an echo.
macro_rules! record {
    ($(#[doc = $about:literal])* $(#[derive($($derive:ident),*)])? $vis:vis struct $name:ident $(: $whole:ident)? { $($(#[doc = $doc:literal])* pub $field:ident $(as $key:literal)? : $type:ty $(= $default:expr)?),* $(,)? }) => {
        $(#[doc = $about])*
        #[derive(Clone, Debug $(, $($derive),*)?)]
        $vis struct $name { $($(#[doc = $doc])* pub $field: $type),* }

        impl $crate::data::Decode for $name {
            fn decode(node: &$crate::data::Node, d: &mut $crate::data::Decoder<'_>) -> Option<Self> {
                let table = d.record::<Self>(node)?;
                let _before = d.lost();
                let _meant = d.refuse_unknown(table, Self::keys());
                $(let $field = d.field::<$type>(node, table, &_meant, $crate::data::record!(@key $field $($key)?), $crate::data::record!(@default $($default)?));)*
                $(d.$whole(_before)?;)?
                Some(Self { $($field: $field?),* })
            }
            fn keys() -> &'static [&'static str] {
                &[$($crate::data::record!(@key $field $($key)?)),*]
            }
            fn meant(value: &$crate::data::Value) -> Option<String> {
                $crate::data::written_as_record(Self::schema, value)
            }
            fn schema(schema: &mut $crate::data::Schema) -> serde_json::Value {
                schema.object(stringify!($name), concat!($($about),*), |_object, _schema| {
                    $(_object.key::<$type>($crate::data::record!(@key $field $($key)?), concat!($($doc),*), $crate::data::record!(@optional $($default)?), _schema);)*
                })
            }
        }
    };
    (@key $field:ident) => { stringify!($field) };
    (@key $field:ident $key:literal) => { $key };
    (@default) => { None };
    (@default $default:expr) => { Some($default) };
    (@optional) => { false };
    (@optional $default:expr) => { true };
}

/// Declares an enum that a text becomes.
macro_rules! choice {
    ($(#[doc = $about:literal])* $vis:vis enum $name:ident { $($(#[doc = $doc:literal])* $variant:ident = $text:literal),* $(,)? }) => {
        $(#[doc = $about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $name { $($(#[doc = $doc])* $variant),* }

        impl $name {
            /// All values, in order.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The value as it is written.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.as_str()) }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> { serializer.serialize_str(self.as_str()) }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                Self::ALL.iter().copied().find(|choice| choice.as_str() == text).ok_or_else(|| serde::de::Error::custom("no such choice"))
            }
        }

        impl $crate::data::Decode for $name {
            fn decode(node: &$crate::data::Node, d: &mut $crate::data::Decoder<'_>) -> Option<Self> {
                let $crate::data::Value::String(text) = &node.value else { return d.refuse(node, "a text") };
                let found = Self::ALL.iter().copied().find(|choice| choice.as_str() == text);
                if found.is_none() {
                    let names = || Self::ALL.iter().map(|choice| choice.as_str());
                    let meant = $crate::data::meant::choice(text, names()).map(|name| format!("write \"{name}\""));
                    let help = meant.or_else(|| $crate::suggest::help(text, names().collect::<Vec<_>>()));
                    d.fault($crate::diag::Code::BadValue, &node.span, format!("`{text}` is not one of the values that this key takes")).help_last(help);
                }
                found
            }
            fn meant(value: &$crate::data::Value) -> Option<String> {
                let $crate::data::Value::String(text) = value else { return None };
                let names = || Self::ALL.iter().map(|choice| choice.as_str());
                names().find(|name| name == text).or_else(|| $crate::data::meant::choice(text, names())).map($crate::data::meant::quoted)
            }
            fn schema(_: &mut $crate::data::Schema) -> serde_json::Value {
                serde_json::json!({ "enum": [$($text),*] })
            }
        }
    };
}

pub(crate) use {choice, record};
