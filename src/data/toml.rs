//! TOML text comes in, a `Table` goes out. Syntax errors are collected, as far as the parser can recover.

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::day;
use super::node::{Key, Node, Table, Value};
use super::slip::{Reach, Slip};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::path::SourcePath;
use crate::source::{Span, line_of};

/// Parses a TOML text that stands `offset` bytes into its file (0, or behind the fence of front matter).
/// None when there is no tree worth decoding.
pub fn parse_toml(path: &SourcePath, text: &str, offset: usize, faults: &mut Diagnostics) -> Option<Table> {
    let (root, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        let before = faults.errors();
        let table = table(root.into_inner(), (text, offset), path, faults);
        return Some(table).filter(|_| faults.errors() == before);
    }
    drop(root);
    for slip in slips(text) {
        let (code, Slip { span, message, help, related, reach: _ }) = slip;
        let at = |span: Span| span.start + offset..span.end + offset;
        let fault = Diagnostic::error(code, message).at(path, at(span)).help(help);
        faults.push(related.into_iter().fold(fault, |fault, (words, span)| fault.related(words, path, at(span))));
    }
    None
}

/// A line that a day makes unreadable, because it is written as people write it: `date = 12/31/2026`.
fn odd_day(text: &str, at: usize) -> Option<Slip> {
    let line = line_of(text, at);
    let start = line.start;
    let line = text[line].split('#').next().unwrap_or_default();
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
        Some(Slip { span: from..from + value.len(), message, help: Some(help), related: None, reach: Reach::Line })
    })
}

/// How many mistakes of one text are said.
const MOST: usize = 20;

/// The mistakes of a text from the top, as far as they are certain: the parser guesses on after the first one, so a line
/// with a mistake that stays in it is made blank, and the text is read again.
fn slips(text: &str) -> Vec<(Code, Slip)> {
    let mut rest = text.to_owned();
    let mut found = vec![];
    while found.len() < MOST {
        let (_, errors) = DeTable::parse_recoverable(&rest);
        let Some(error) = errors.into_iter().min_by_key(|error| error.span().map_or(0, |span| span.start)) else { break };
        let span = error.span().unwrap_or(0..0);
        let slip = explain(error.message(), &rest, span.clone());
        let line = line_of(&rest, span.start);
        let goes_on = slip.1.reach == Reach::Line && !rest[line.clone()].trim().is_empty();
        found.push(slip);
        if !goes_on {
            break;
        }
        rest.replace_range(line.clone(), &" ".repeat(line.len()));
    }
    found
}

/// The words for a syntax error at a place.
fn explain(message: &str, text: &str, span: Span) -> (Code, Slip) {
    if let Some(slip) = odd_day(text, span.start) {
        return (Code::BadDate, slip);
    }
    let value = text.get(span.clone()).unwrap_or_default();
    let slip = |message: String, help: Option<String>| Slip { span: span.clone(), message, help, related: None, reach: Reach::Rest };
    if message.starts_with("invalid date") || message.starts_with("invalid time") {
        return (Code::BadDate, Slip { reach: Reach::Line, ..slip(format!("no calendar has the day {value}"), Some("correct the date".into())) });
    }
    if message.contains("duplicate key") {
        return (Code::Syntax, twice(text, span.clone()));
    }
    if let Some(slip) = super::slip::at(text, &span) {
        return (Code::Syntax, slip);
    }
    let help = if message.contains("comma") {
        "put a comma between the two"
    } else if message.contains("escape") {
        "write `\\\\` for a backslash, or put the text in single quotes"
    } else if message.contains("string") || message.contains("quote") {
        "put texts in quotes: key = \"text\", or key = \"\"\"text over several lines\"\"\""
    } else if message.contains("expected `=`") {
        "write `key = value`"
    } else if message.contains("unclosed table") || message.contains("unclosed array table") {
        "close it: a table is [name], a row of a list is [[name]]"
    } else {
        return (Code::Syntax, slip(format!("this is not TOML: {message}"), None));
    };
    (Code::Syntax, slip(format!("this is not TOML: {message}"), Some(help.to_owned())))
}

/// A key, or a table, that stands twice.
fn twice(text: &str, span: Span) -> Slip {
    let line = &text[line_of(text, span.start)];
    let key = text.get(span.clone()).unwrap_or_default().to_owned();
    let is_header = line.trim_start().starts_with('[');
    let same = |other: &&str| if is_header { other.trim() == line.trim() } else { other.split('=').next().is_some_and(|name| name.trim() == key) };
    let before = text[..line_of(text, span.start).start].lines().rfind(same);
    let first = before.map(|line| line.as_ptr() as usize - text.as_ptr() as usize).map(|start| line_of(text, start));
    let name = line.trim().trim_matches(['[', ']']);
    let (message, help) = match (is_header, line.trim_start().starts_with("[[")) {
        (true, false) => (
            format!("the table `{name}` stands twice"),
            format!("if these are rows of a list, write [[{name}]] at each of them, the first too; if not, join the two"),
        ),
        (true, true) => (format!("`{name}` was written otherwise before"), format!("write all rows as [[{name}]]")),
        (false, _) => (format!("the key `{key}` stands twice in one table"), "keep one of the two; rows of a list each start with [[name]]".to_owned()),
    };
    let reach = if is_header { Reach::Rest } else { Reach::Line };
    Slip { span, message, help: Some(help), related: first.map(|first| ("it stands first here", first)), reach }
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
            Err(_) => {
                let is_empty = number.as_str().is_empty();
                let fault = if is_empty { "this number has no digits" } else { "this number is too large to be read" };
                faults.push(Diagnostic::error(Code::Syntax, fault).at(path, span.clone()).help("write it in digits, such as 42"));
                Value::Null
            }
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
