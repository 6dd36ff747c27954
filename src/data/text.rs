//! Texts of records: plain ones and Markdown, and the help for a value that should be a text.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::decode::{At, Decode};
use super::decoder::Decoder;
use super::id::Id;
use super::meant;
use super::node::{Node, Table, Value};
use super::record::record;
use super::schema::Schema;
use crate::diag::{Code, Diagnostic, Place, SpanKey};
use crate::path::SourcePath;
use crate::source::Span;

/// A plain text: shown as it is, never as markup. Not empty.
pub type Text = String;

/// A text in Markdown. Raw HTML in it is shown as text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Md {
    pub text: String,
    pub span: Span,
    /// How far into the span the text begins, where it stands there as it is.
    pub inset: Option<usize>,
    /// The file that it stands in: its links are counted from there.
    pub path: SourcePath,
    /// Where the text is from, where it says so itself.
    pub source: Option<At<Id>>,
}

impl Md {
    /// Moves a diagnostic of the text, whose places are counted from its beginning, to where the text
    /// stands in its file.
    pub fn placed(&self, mut fault: Diagnostic) -> Diagnostic {
        let place = |span: &SpanKey| match self.inset {
            Some(inset) => Place::new(
                &self.path,
                self.span.start + inset + span.start..self.span.start + inset + span.end,
            ),
            None => Place::new(&self.path, self.span.clone()),
        };
        fault.place = Some(fault.place.as_ref().map_or_else(
            || Place::new(&self.path, self.span.clone()),
            |found| place(&found.span),
        ));
        fault
            .related
            .iter_mut()
            .for_each(|(_, found)| *found = place(&found.span));
        fault
    }
}

impl Decode for String {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        let help = help_for_text(&node.value, d.key());
        let text = text(node, d, "a text", help)?;
        if let Some(markup) = markup(text) {
            let warning = Diagnostic::warning(
                Code::PlainText,
                format!("this text is plain: `{markup}` is shown as it stands"),
            );
            d.warn(
                warning
                    .at(d.path(), node.span.clone())
                    .help("remove the marks; definitions, descriptions, answers, tips and duties are Markdown, most other texts are not"),
            );
        }
        Some(text.to_owned())
    }
    fn encode(&self) -> Option<Value> {
        Some(self.as_str().into())
    }
    fn meant(value: &Value) -> Option<String> {
        as_text(value)
    }
    fn schema(_: &mut Schema) -> serde_json::Value {
        json!({ "type": "string", "minLength": 1 })
    }
}

/// Returns the part of a text that is plainly Markdown: a link, or words between double stars.
fn markup(text: &str) -> Option<&str> {
    let link = || {
        let middle = text.find("](")?;
        let start = text[..middle].rfind('[')?;
        let end = middle + text[middle..].find(')')?;
        let has_parts = middle > start + 1 && end > middle + 2;
        if has_parts && !text[middle..end].contains(' ') {
            Some(&text[start..=end])
        } else {
            None
        }
    };
    let strong = || {
        let start = text.find("**")?;
        let end = start + 2 + text[start + 2..].find("**")?;
        let inner = &text[start + 2..end];
        if inner.trim() == inner && inner.contains(char::is_alphabetic) {
            Some(&text[start..end + 2])
        } else {
            None
        }
    };
    link().or_else(strong)
}

record! {
    /// A text in Markdown with its source.
    struct SourcedText {
        pub text: PlainMd,
        /// An id of sources.toml.
        pub source: Option<At<Id>>,
    }
}

/// A text in Markdown that stands without a table around it.
#[derive(Clone, Debug)]
struct PlainMd(Md);

impl Decode for Md {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        if let Value::Table(_) = node.value {
            let SourcedText { text, source } = SourcedText::decode(node, d)?;
            return Some(Self { source, ..text.0 });
        }
        PlainMd::decode(node, d).map(|text| text.0)
    }
    fn encode(&self) -> Option<Value> {
        let Some(source) = &self.source else {
            return Some(self.text.as_str().into());
        };
        let mut table = Table::default();
        table.put("text", self.text.as_str());
        table.put("source", source.as_str());
        Some(table.into())
    }
    fn meant(value: &Value) -> Option<String> {
        as_text(value)
    }
    fn schema(schema: &mut Schema) -> serde_json::Value {
        json!({ "anyOf": [PlainMd::schema(schema), SourcedText::schema(schema)] })
    }
}

impl Decode for PlainMd {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        let help = help_for_text(&node.value, d.key());
        text(node, d, "a text", help).map(|text| {
            Self(Md {
                text: text.to_owned(),
                span: node.span.clone(),
                inset: node.inset,
                path: d.path().clone(),
                source: None,
            })
        })
    }
    fn encode(&self) -> Option<Value> {
        self.0.encode()
    }
    fn meant(value: &Value) -> Option<String> {
        as_text(value)
    }
    fn schema(_: &mut Schema) -> serde_json::Value {
        json!({ "type": "string", "minLength": 1, "contentMediaType": "text/markdown" })
    }
}

/// Decodes a non-empty text, or says what is wrong.
pub fn text<'n>(
    node: &'n Node,
    d: &mut Decoder<'_>,
    wanted: &str,
    help: Option<String>,
) -> Option<&'n str> {
    match &node.value {
        Value::String(text) if text.trim().is_empty() => {
            d.fault(Code::BadValue, &node.span, "this text is empty")
                .help_last("write the text, or remove the key");
            None
        }
        Value::String(text) => Some(text),
        other => d.wrong_type(node, wanted, other, help),
    }
}

/// Writes a plain value as a text.
fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(meant::quoted(text)),
        Value::Integer(text) | Value::Float(text) | Value::DateTime(text) => {
            Some(format!("\"{text}\""))
        }
        Value::Date(date) => Some(format!("\"{date}\"")),
        Value::Bool(value) => Some(format!("\"{value}\"")),
        _ => None,
    }
}

/// Returns what to do about a value that is no text.
pub fn help_for_text(value: &Value, key: &str) -> Option<String> {
    match value {
        // Nearly every value is one, and needs no help.
        Value::String(_) => None,
        Value::Array(items) => match items.as_slice() {
            [one] => {
                as_text(&one.value).map(|text| format!("write it without brackets: {key} = {text}"))
            }
            _ => None,
        },
        other => as_text(other).map(|text| format!("put it in quotes: {text}")),
    }
}
