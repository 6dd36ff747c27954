//! Ids of records and lists: a text comes in, a checked name that references use goes out.

use std::fmt;

use serde::{Serialize, Serializer};
use serde_json::json;
use unicode_normalization::UnicodeNormalization;

use super::decode::Decode;
use super::decoder::Decoder;
use super::meant;
use super::node::{Node, Value};
use super::schema::Schema;
use super::text::{help_for_text, text};
use crate::diag::{Code, Diagnostic};

/// A name that references use: letters, digits, `-`, `_` and `.`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(String);

impl Id {
    /// How many bytes an id has at most.
    pub const LONGEST: usize = 120;

    /// Makes an id of a text that is one.
    pub fn new(text: &str) -> Option<Self> {
        if is_plain(text) {
            return Some(Self(text.to_owned()));
        }
        let plain = |c: char| crate::path::is_of_word(c) || matches!(c, '-' | '_' | '.');
        let is_id = !text.is_empty()
            && text.len() <= Self::LONGEST
            && text.chars().all(plain)
            && crate::path::check_segment(text).is_ok();
        // Folders of roles are ids too, and their names come in this form.
        match (is_id, text.is_ascii()) {
            (false, _) => None,
            (true, true) => Some(Self(text.to_owned())),
            (true, false) => Some(Self(text.nfc().collect())),
        }
    }

    /// An id that the program itself names.
    pub(crate) fn known(text: &'static str) -> Self {
        Self(text.to_owned())
    }

    /// Makes the id that a name stands for when a row gives none: its slug.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::new(&crate::path::slugify(name))
    }

    /// Returns the id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Returns true for most ids: small letters, digits and hyphens, and more of them than a name has that
/// some host reserves. They need no closer look, and a site of thousands of roles has hundreds of
/// thousands.
fn is_plain(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (8..=Id::LONGEST).contains(&text.len()) && text.bytes().all(is_plain)
}

/// What a message says behind a text that is no id.
const NO_ID: &str = " is no id: ids are letters, digits, `-`, `_` and `.`";

/// Returns the text that a diagnostic says is no id: a name may stand where the id of its row is
/// wanted.
pub fn refused_as_id(fault: &Diagnostic) -> Option<&str> {
    fault
        .message
        .strip_suffix(NO_ID)?
        .strip_prefix('`')?
        .strip_suffix('`')
}

impl Decode for Id {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        let help = help_for_text(&node.value, d.key());
        let text = text(node, d, "an id", help)?;
        let id = Self::new(text);
        if id.is_none() {
            let country = if matches!(d.key(), "area" | "parent") {
                meant::country(text)
            } else {
                None
            };
            let help = match (country, Self::of_name(text)) {
                (Some(code), _) => Some(format!("write \"{code}\"")),
                (None, Some(id)) => Some(format!("write \"{id}\"")),
                (None, None) => Some("write some letters or digits".to_owned()),
            };
            d.fault(Code::BadValue, &node.span, format!("`{text}`{NO_ID}"))
                .help_last(help);
        }
        id
    }
    fn encode(&self) -> Option<Value> {
        Some(self.as_str().into())
    }
    fn meant(value: &Value) -> Option<String> {
        let Value::String(text) = value else {
            return None;
        };
        Self::new(text)
            .or_else(|| Self::of_name(text))
            .map(|id| format!("\"{id}\""))
    }
    fn schema(_: &mut Schema) -> serde_json::Value {
        json!({ "type": "string", "pattern": "^[\\p{L}\\p{M}\\p{N}\\u200C\\u200D._-]+$" })
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Id {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(&String::deserialize(deserializer)?)
            .ok_or_else(|| serde::de::Error::custom("no id"))
    }
}
