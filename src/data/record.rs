//! The declarations of records and choices: one for each struct or enum gives its decoder, the keys
//! that messages suggest, and its JSON Schema.

use super::amount;
use super::meant;
use super::node::Value;
use super::schema::Schema;

/// Writes a value that is no table as the record that it most likely stands for: a name, an amount,
/// or years. `None` when it stands for none.
pub fn written_as_record(
    schema: fn(&mut Schema) -> serde_json::Value,
    value: &Value,
) -> Option<String> {
    let mut schemas = Schema::default();
    let record = schema(&mut schemas);
    let keys = schemas.keys_of(&record);
    let (Value::String(text) | Value::Integer(text) | Value::Float(text)) = value else {
        return None;
    };
    if keys.contains(&"min_years") {
        return years(text);
    }
    if keys.contains(&"value") {
        let amount = amount::meant_in_toml(text)?;
        let range = if keys.contains(&"min") {
            ", or { min = …, max = … } for a range"
        } else {
            ""
        };
        return Some(format!("{{ value = {amount} }}{range}"));
    }
    let Value::String(text) = value else {
        return None;
    };
    let name = ["title", "name", "label", "question", "skill", "quote", "id"]
        .into_iter()
        .find(|key| keys.contains(key))?;
    let more: String = schemas
        .required_keys_of(&record)
        .iter()
        .filter(|key| **key != name)
        .map(|key| format!(", {key} = …"))
        .collect();
    Some(format!("{{ {name} = {}{more} }}", meant::quoted(text)))
}

/// Writes `3` or `3-5` as years from and to.
fn years(text: &str) -> Option<String> {
    let mut numbers = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty());
    let min = numbers.next()?;
    Some(match numbers.next() {
        Some(max) => format!("{{ min_years = {min}, max_years = {max} }}"),
        None => format!("{{ min_years = {min} }}"),
    })
}

/// Declares a struct that a table becomes. A key has the name of its field, or the one after `as`;
/// `= value` is its default. `Option`, `Vec`, `Map`, `Free` and `bool` may be absent, all else must
/// be there. A struct that is `: whole` is taken without a mistake in it or not at all: what a
/// check would miss in it would only be an echo.
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
            fn encode(&self) -> Option<$crate::data::Value> {
                let mut _table = $crate::data::Table::default();
                $(if let Some(value) = $crate::data::Decode::encode(&self.$field) {
                    let is_absent = $crate::data::record!(@is_absent value $type $(, $default)?);
                    if !is_absent {
                        _table.put($crate::data::record!(@key $field $($key)?), value);
                    }
                })*
                Some($crate::data::Value::Table(_table))
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
    (@is_absent $value:ident $type:ty) => {
        <$type as $crate::data::Decode>::absent().and_then(|absent| $crate::data::Decode::encode(&absent)).is_some_and(|absent| absent.is_same(&$value))
    };
    (@is_absent $value:ident $type:ty, $default:expr) => { matches!(&$value, $crate::data::Value::Table(table) if table.is_empty()) };
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
            fn encode(&self) -> Option<$crate::data::Value> {
                Some(self.as_str().into())
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
