//! TOML text comes in, a `Table` goes out. Syntax errors are collected, as far as the parser can
//! recover.

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeInteger, DeTable, DeValue};
use toml::value::Datetime;

use super::day;
use super::node::{Key, Node, Table, Value};
use super::slip::{self, Reach, Slip};
use super::toml_error::TomlError;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::path::SourcePath;
use crate::source::{Span, line_of};

/// Parses a TOML text that stands `offset` bytes into its file (0, or behind the fence of front
/// matter). Returns `None` when there is no tree worth decoding.
pub fn parse_toml(
    path: &SourcePath,
    text: &str,
    offset: usize,
    diagnostics: &mut Diagnostics,
) -> Option<Table> {
    let (root, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        let before = diagnostics.errors();
        let mut tree = Tree {
            path,
            text,
            offset,
            diagnostics,
        };
        let table = tree.table(root.into_inner());
        return Some(table).filter(|_| diagnostics.errors() == before);
    }
    for Explained { code, slip } in slips(text) {
        let mut fault = Diagnostic::error(code, slip.message)
            .at(path, shift(slip.span, offset))
            .help(slip.help);
        if let Some((words, span)) = slip.related {
            fault = fault.related(words, path, shift(span, offset));
        }
        diagnostics.push(fault);
    }
    None
}

/// A mistake of a text with its code.
struct Explained {
    code: Code,
    slip: Slip,
}

/// Explains a line that cannot be read because a day in it is written as people write days:
/// `date = 12/31/2026`.
fn odd_day(text: &str, at: usize) -> Option<Slip> {
    let line = line_of(text, at);
    let start = line.start;
    let line = text[line].split('#').next().unwrap_or_default();
    line.match_indices('=').find_map(|(equals, _)| {
        let key = line[..equals]
            .trim_end()
            .rsplit(|c: char| !(c.is_alphanumeric() || c == '_'))
            .next()?;
        let rest = &line[equals + 1..];
        // A day may have a comma in it, or one behind it.
        let value = [
            rest,
            rest.split(['}', ']']).next()?,
            rest.split([',', '}', ']']).next()?,
        ]
        .map(str::trim)
        .into_iter()
        .find(|value| day::is_meant(value))?;
        let day::Advice { message, help } = match key {
            "date" | "updated" | "expires" | "posted" => day::advice(value),
            "as_of" => day::advice_for_as_of(value),
            _ => return None,
        };
        let from = start + equals + 1 + (rest.len() - rest.trim_start().len());
        Some(Slip {
            span: from..from + value.len(),
            message,
            help: Some(help),
            related: None,
            reach: Reach::Line,
        })
    })
}

/// How many mistakes of one text are reported.
const MOST: usize = 20;

/// Returns the mistakes of a text from the top, as far as they are certain: the parser guesses on
/// after the first one, so a line with a mistake that stays in it is made blank, and the text is
/// read again.
fn slips(text: &str) -> Vec<Explained> {
    let mut rest = text.to_owned();
    let mut found = vec![];
    while found.len() < MOST {
        let (_, errors) = DeTable::parse_recoverable(&rest);
        let Some(error) = errors
            .into_iter()
            .min_by_key(|error| error.span().map_or(0, |span| span.start))
        else {
            break;
        };
        let span = error.span().unwrap_or(0..0);
        let found_here = explain(error.message(), &rest, span.clone());
        let line = line_of(&rest, span.start);
        let stays_in_line = found_here.slip.reach == Reach::Line;
        let goes_on = stays_in_line && !rest[line.clone()].trim().is_empty();
        found.push(found_here);
        if !goes_on {
            break;
        }
        rest.replace_range(line.clone(), &" ".repeat(line.len()));
    }
    found
}

/// Explains a syntax error at a place.
fn explain(message: &str, text: &str, span: Span) -> Explained {
    if let Some(slip) = odd_day(text, span.start) {
        let code = Code::BadDate;
        return Explained { code, slip };
    }
    let error = TomlError::of(message);
    if error == TomlError::NoSuchDay {
        let day = text.get(span.clone()).unwrap_or_default();
        return Explained {
            code: Code::BadDate,
            slip: Slip {
                message: format!("no calendar has the day {day}"),
                span,
                help: Some("correct the date".into()),
                related: None,
                reach: Reach::Line,
            },
        };
    }
    let known = if error == TomlError::Duplicate {
        Some(twice(text, span.clone()))
    } else {
        slip::at(text, &span)
    };
    Explained {
        code: Code::Syntax,
        slip: known.unwrap_or_else(|| Slip {
            span,
            message: format!("this is not TOML: {message}"),
            help: error.help().map(str::to_owned),
            related: None,
            reach: Reach::Rest,
        }),
    }
}

/// Explains a key, or a table, that is there twice.
fn twice(text: &str, span: Span) -> Slip {
    let line = &text[line_of(text, span.start)];
    let key = text.get(span.clone()).unwrap_or_default().to_owned();
    let is_header = line.trim_start().starts_with('[');
    let same = |other: &&str| {
        if is_header {
            other.trim() == line.trim()
        } else {
            other
                .split('=')
                .next()
                .is_some_and(|name| name.trim() == key)
        }
    };
    let before = text[..line_of(text, span.start).start].lines().rfind(same);
    let first = before
        .map(|line| line.as_ptr() as usize - text.as_ptr() as usize)
        .map(|start| line_of(text, start));
    let name = line.trim().trim_matches(['[', ']']);
    let (message, help) = match (is_header, line.trim_start().starts_with("[[")) {
        (true, false) => (
            format!("the table `{name}` stands twice"),
            format!(
                "if these are rows of a list, write [[{name}]] at each of them, the first too; if not, join the two"
            ),
        ),
        (true, true) => (
            format!("`{name}` was written otherwise before"),
            format!("write all rows as [[{name}]]"),
        ),
        (false, _) => (
            format!("the key `{key}` stands twice in one table"),
            "keep one of the two; rows of a list each start with [[name]]".to_owned(),
        ),
    };
    let reach = if is_header { Reach::Rest } else { Reach::Line };
    Slip {
        span,
        message,
        help: Some(help),
        related: first.map(|first| ("it stands first here", first)),
        reach,
    }
}

/// Makes the tree of a text that has no syntax error.
struct Tree<'a> {
    path: &'a SourcePath,
    text: &'a str,
    /// Where the text stands in its file.
    offset: usize,
    diagnostics: &'a mut Diagnostics,
}

impl Tree<'_> {
    fn table(&mut self, source: DeTable<'_>) -> Table {
        let rows = source.into_iter().map(|(key, value)| {
            let key = Key {
                span: shift(key.span(), self.offset),
                name: key.into_inner().into_owned(),
            };
            (key, self.node(value))
        });
        Table(rows.collect())
    }

    fn node(&mut self, value: Spanned<DeValue<'_>>) -> Node {
        let written = self.text.get(value.span()).unwrap_or_default();
        let span = shift(value.span(), self.offset);
        let value = match value.into_inner() {
            DeValue::String(text) => Value::String(text.into_owned()),
            DeValue::Boolean(value) => Value::Bool(value),
            DeValue::Integer(number) => self.integer(&number, &span),
            DeValue::Float(number) => Value::Float(number.as_str().to_owned()),
            DeValue::Datetime(stamp) => self.datetime(stamp, &span),
            DeValue::Array(items) => {
                Value::Array(items.into_iter().map(|item| self.node(item)).collect())
            }
            DeValue::Table(inner) => Value::Table(self.table(inner)),
        };
        let inset = match &value {
            Value::String(text) => inset(written, text),
            _ => None,
        };
        Node { span, value, inset }
    }

    fn integer(&mut self, number: &DeInteger<'_>, span: &Span) -> Value {
        if let Ok(value) = i128::from_str_radix(number.as_str(), number.radix()) {
            return Value::Integer(value.to_string());
        }
        let message = if number.as_str().is_empty() {
            "this number has no digits"
        } else {
            "this number is too large to be read"
        };
        let fault = Diagnostic::error(Code::Syntax, message).at(self.path, span.clone());
        self.diagnostics
            .push(fault.help("write it in digits, such as 42"));
        Value::Null
    }

    fn datetime(&mut self, stamp: Datetime, span: &Span) -> Value {
        let Datetime {
            date: Some(date),
            time: None,
            offset: None,
        } = stamp
        else {
            return Value::DateTime(stamp.to_string());
        };
        if let Ok(date) = Date::new(date.year as i16, date.month as i8, date.day as i8) {
            return Value::Date(date);
        }
        let day::Advice { message, help } = day::advice(&date.to_string());
        let fault = Diagnostic::error(Code::BadDate, message).at(self.path, span.clone());
        self.diagnostics.push(fault.help(help));
        Value::Null
    }
}

/// Returns how far behind its quotes a text begins; `None` if an escape in it is written otherwise.
fn inset(written: &str, text: &str) -> Option<usize> {
    let quotes = if written.starts_with("\"\"\"") || written.starts_with("'''") {
        3
    } else {
        1
    };
    let start = if quotes == 3 && written[quotes..].starts_with('\n') {
        quotes + 1
    } else {
        quotes
    };
    let as_written = written.get(start..written.len().saturating_sub(quotes));
    if as_written == Some(text) {
        Some(start)
    } else {
        None
    }
}

fn shift(span: Span, offset: usize) -> Span {
    span.start + offset..span.end + offset
}
