//! TOML text comes in, a `Table` goes out. Syntax errors are collected, as far as the parser can recover.

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::day;
use super::node::{Key, Node, Table, Value};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::path::SourcePath;
use crate::source::Span;

/// Parses a TOML text that stands `offset` bytes into its file (0, or behind the fence of front matter).
/// None when there is no tree worth decoding.
pub fn parse_toml(path: &SourcePath, text: &str, offset: usize, faults: &mut Diagnostics) -> Option<Table> {
    let (root, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        return Some(table(root.into_inner(), (text, offset), path, faults));
    }
    // The parser recovers by guessing, so a first mistake often brings echoes on the same line: say each line once.
    let mut lines_said = vec![];
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        let line = text[..span.start.min(text.len())].matches('\n').count();
        if lines_said.contains(&line) {
            continue;
        }
        lines_said.push(line);
        if let Some((fault, span)) = odd_day(text, span.start) {
            faults.push(fault.at(path, span.start + offset..span.end + offset));
            continue;
        }
        faults.push(explain(error.message(), text, span.clone()).at(path, span.start + offset..span.end + offset));
    }
    None
}

/// The words for a line that a day makes unreadable, because it is written as people write it: `date = 12/31/2026`.
fn odd_day(text: &str, at: usize) -> Option<(Diagnostic, Span)> {
    let start = memchr::memrchr(b'\n', &text.as_bytes()[..at.min(text.len())]).map_or(0, |end| end + 1);
    let line = text[start..].split(['\n', '#']).next().unwrap_or_default();
    line.match_indices('=').find_map(|(equals, _)| {
        let key = line[..equals].trim_end().rsplit(|c: char| !(c.is_alphanumeric() || c == '_')).next()?;
        let rest = &line[equals + 1..];
        // A day may have a comma in it, or one behind it.
        let value =
            [rest, rest.split(['}', ']']).next()?, rest.split([',', '}', ']']).next()?].map(str::trim).into_iter().find(|value| day::is_meant(value))?;
        let (message, help) = match key {
            "date" | "updated" | "expires" | "posted" => day::help(value),
            "as_of" => day::help_of_as_of(value),
            _ => return None,
        };
        let from = start + equals + 1 + (rest.len() - rest.trim_start().len());
        Some((Diagnostic::error(Code::BadDate, message).help(help), from..from + value.len()))
    })
}

/// The words for a syntax error at a place.
fn explain(message: &str, text: &str, span: Span) -> Diagnostic {
    let value = text.get(span.clone()).unwrap_or_default();
    let is_word = || value.starts_with(char::is_alphabetic);
    if message.starts_with("invalid date") || message.starts_with("invalid time") {
        return Diagnostic::error(Code::BadDate, format!("no calendar has the day {value}")).help("correct the date");
    }
    if (message.contains("float") || message.contains("quot")) && is_word() {
        return Diagnostic::error(Code::Syntax, "this is not TOML: a text stands in quotes").help("put it in quotes: key = \"text\"");
    }
    let help = if message.contains("duplicate key") {
        "each key may stand once in a table; rows of a list start with `[[name]]`"
    } else if message.contains("string") || message.contains("quote") {
        "put texts in quotes: key = \"text\", or key = \"\"\"text over several lines\"\"\""
    } else if message.contains("expected `=`") {
        "write `key = value`"
    } else if message.contains("unclosed table") || message.contains("unclosed array table") {
        "close it: a table is [name], a row of a list is [[name]]"
    } else {
        return Diagnostic::error(Code::Syntax, format!("this is not TOML: {message}"));
    };
    Diagnostic::error(Code::Syntax, format!("this is not TOML: {message}")).help(help)
}

fn table(source: DeTable<'_>, (text, offset): (&str, usize), path: &SourcePath, faults: &mut Diagnostics) -> Table {
    let rows = source.into_iter().map(|(key, value)| {
        let key = Key { span: shift(key.span(), offset), name: key.into_inner().into_owned() };
        let node = node(value, (text, offset), path, faults);
        (key, node)
    });
    Table(rows.collect())
}

fn node(value: Spanned<DeValue<'_>>, (source, offset): (&str, usize), path: &SourcePath, faults: &mut Diagnostics) -> Node {
    let written = source.get(value.span()).unwrap_or_default();
    let span = shift(value.span(), offset);
    let value = match value.into_inner() {
        DeValue::String(text) => Value::String(text.into_owned()),
        DeValue::Boolean(value) => Value::Bool(value),
        DeValue::Integer(number) => match i128::from_str_radix(number.as_str(), number.radix()) {
            Ok(value) => Value::Integer(value.to_string()),
            Err(_) => Value::Integer(number.as_str().to_owned()),
        },
        DeValue::Float(number) => Value::Float(number.as_str().to_owned()),
        DeValue::Datetime(stamp) => datetime(stamp, &span, path, faults),
        DeValue::Array(items) => Value::Array(items.into_iter().map(|item| node(item, (source, offset), path, faults)).collect()),
        DeValue::Table(inner) => Value::Table(table(inner, (source, offset), path, faults)),
    };
    let inset = match &value {
        Value::String(text) => inset(written, text),
        _ => None,
    };
    Node { span, value, inset }
}

/// How far behind its quotes a text begins, if nothing in it is written otherwise.
fn inset(written: &str, text: &str) -> Option<usize> {
    let quotes = if written.starts_with("\"\"\"") || written.starts_with("'''") { 3 } else { 1 };
    let start = if quotes == 3 && written[quotes..].starts_with('\n') { quotes + 1 } else { quotes };
    (written.get(start..written.len().saturating_sub(quotes)) == Some(text)).then_some(start)
}

fn datetime(stamp: toml::value::Datetime, span: &Span, path: &SourcePath, faults: &mut Diagnostics) -> Value {
    match stamp {
        toml::value::Datetime { date: Some(date), time: None, offset: None } => match Date::new(date.year as i16, date.month as i8, date.day as i8) {
            Ok(date) => Value::Date(date),
            Err(_) => {
                let (message, help) = day::help(&date.to_string());
                faults.push(Diagnostic::error(Code::BadDate, message).at(path, span.clone()).help(help));
                Value::Null
            }
        },
        other => Value::DateTime(other.to_string()),
    }
}

fn shift(span: Span, offset: usize) -> Span {
    span.start + offset..span.end + offset
}
