//! YAML text comes in, a `Table` goes out: the same tree that TOML becomes. Front matter needs
//! plain values, lists and tables. Anchors, aliases and tags are refused: they are how a short text
//! becomes an endless one, and front matter does not need them.

use std::collections::BTreeSet;
use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle};
use jiff::civil::Date;

use super::day;
use super::meant::quoted;
use super::node::{Key, Node, Table, Value};
use super::yaml_error::YamlError;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::path::SourcePath;
use crate::source::line_of;

/// How deep values may be inside values.
const DEEPEST: usize = 64;

/// Parses a YAML text that stands `offset` bytes into its file. Returns `None` when there is no
/// tree worth decoding.
pub fn parse_yaml(
    path: &SourcePath,
    text: &str,
    offset: usize,
    diagnostics: &mut Diagnostics,
) -> Option<Table> {
    let mut reader = Reader {
        path,
        text,
        offset,
        parser: Parser::new_from_str(text),
        depth: 0,
    };
    match reader.document() {
        Ok(None) => Some(Table::default()),
        Ok(Some(Node {
            value: Value::Table(table),
            ..
        })) => Some(table),
        Ok(Some(node)) => {
            let is_toml = reader.text.lines().any(|line| {
                line.split_once('=').is_some_and(|(key, _)| {
                    !key.trim().is_empty() && !key.contains([':', ' ']) || key.ends_with(' ')
                })
            });
            let (message, help) = match is_toml {
                true => (
                    "this is TOML, and between `---` stands YAML",
                    "put `+++` above and below it in place of `---`",
                ),
                false => (
                    "this must be keys with values, one a line",
                    "write `title: My article`",
                ),
            };
            diagnostics.push(
                Diagnostic::error(Code::Syntax, message)
                    .at(path, node.span)
                    .help(help),
            );
            None
        }
        Err(fault) => {
            diagnostics.push(*fault);
            None
        }
    }
}

/// Parses a file of YAML, whatever its top is. Returns `None` for an empty one, and for one with a
/// mistake, which is noted.
pub fn parse_yaml_value(
    path: &SourcePath,
    text: &str,
    diagnostics: &mut Diagnostics,
) -> Option<Value> {
    let mut reader = Reader {
        path,
        text,
        offset: 0,
        parser: Parser::new_from_str(text),
        depth: 0,
    };
    match reader.document() {
        Ok(node) => node.map(|node| node.value),
        Err(fault) => {
            diagnostics.push(*fault);
            None
        }
    }
}

type Read<T> = Result<T, Box<Diagnostic>>;

struct Reader<'t> {
    path: &'t SourcePath,
    text: &'t str,
    offset: usize,
    parser: Parser<'t, granit_parser::StrInput<'t>>,
    depth: usize,
}

impl<'t> Reader<'t> {
    fn fault(&self, span: Range<usize>, message: impl Into<String>, help: &str) -> Box<Diagnostic> {
        Box::new(
            Diagnostic::error(Code::Syntax, message)
                .at(self.path, span)
                .help(help),
        )
    }

    /// Returns the next event with its place in the file.
    fn next(&mut self) -> Read<(Event<'t>, Range<usize>)> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => {
                let bytes = span.byte_range().unwrap_or(0..0);
                Ok((event, bytes.start + self.offset..bytes.end + self.offset))
            }
            Some(Err(error)) => {
                let at = error
                    .marker()
                    .byte_offset()
                    .unwrap_or(0)
                    .min(self.text.len())
                    + self.offset;
                Err(self.explain(&error.info(), at))
            }
            None => Err(self.fault(
                self.offset..self.offset,
                "this YAML ends too early",
                "complete it",
            )),
        }
    }

    /// Says what to do about a mistake that the parser found at a place of the file, by the line that
    /// it stands in.
    fn explain(&self, info: &str, at: usize) -> Box<Diagnostic> {
        let error = YamlError::of(info);
        if error == YamlError::TooDeep {
            return self.too_deep(at..at);
        }
        let line = line_of(self.text, at - self.offset);
        let (start, line) = (line.start, &self.text[line]);
        let above = self.text[..start]
            .lines()
            .rfind(|line| !line.trim().is_empty())
            .unwrap_or_default();
        let indent = |line: &str| line.len() - line.trim_start().len();
        if error == YamlError::Tab || line[..indent(line)].contains('\t') {
            // The parser may stop at the end of the line above the tab.
            let tab = start + self.text[start..].find('\t').unwrap_or(0) + self.offset;
            return self.fault(
                tab..tab + 1,
                "YAML is indented with spaces, and this is a tab",
                "put two spaces in its place",
            );
        }
        if indent(line) > indent(above) && !above.trim_end().ends_with(':') && above.contains(':') {
            let start = start + self.offset;
            return self.fault(
                start + indent(line)..start + line.trim_end().len(),
                "this line is indented, and the one above it has a value already",
                &format!("write it without the spaces before it: {}", line.trim()),
            );
        }
        let (key, value) = line.trim().split_once(':').unwrap_or((line.trim(), ""));
        let value = value.trim().trim_start_matches('"').trim_end_matches('"');
        let in_quotes = format!("{key}: {}", quoted(value));
        if error == YamlError::Quote {
            let help = format!("write {in_quotes}");
            return self.fault(at..at, "this text is never closed", &help);
        }
        let is_pair = !value.is_empty()
            && !value.starts_with(['[', '{', '|', '>', '&', '*', '!'])
            && !key.contains(['"', '\'', '[', '{']);
        let help = if is_pair {
            format!("put the text in quotes: {in_quotes}")
        } else {
            "put texts with special characters in quotes, and indent with spaces".to_owned()
        };
        self.fault(at..at, format!("this is not YAML: {info}"), &help)
    }

    fn too_deep(&self, span: Range<usize>) -> Box<Diagnostic> {
        self.fault(
            span,
            format!("this is nested deeper than {DEEPEST} levels"),
            "write it flatter",
        )
    }

    /// Reads the one document that front matter is; `None` when it is empty.
    fn document(&mut self) -> Read<Option<Node>> {
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamStart | Event::DocumentStart(..) => {}
                Event::StreamEnd | Event::DocumentEnd => return Ok(None),
                event => {
                    return self
                        .node(event, span)
                        .map(|node| Some(node).filter(|node| !matches!(node.value, Value::Null)));
                }
            }
        }
    }

    fn node(&mut self, event: Event<'t>, span: Range<usize>) -> Read<Node> {
        const HELP: &str = "write the value itself";
        match event {
            Event::Scalar(_, _, anchor, tag) if anchor != 0 || tag.is_some() => {
                Err(self.fault(span, "anchors and tags are not read here", HELP))
            }
            Event::SequenceStart(_, anchor, tag) | Event::MappingStart(_, anchor, tag)
                if anchor != 0 || tag.is_some() =>
            {
                Err(self.fault(span, "anchors and tags are not read here", HELP))
            }
            Event::Scalar(text, style, ..) => {
                let value = if style == ScalarStyle::Plain {
                    self.plain(&text, &span)?
                } else {
                    Value::String(text.into_owned())
                };
                Ok(Node {
                    span,
                    value,
                    inset: None,
                })
            }
            Event::SequenceStart(..) => self.nested(span, Self::sequence),
            Event::MappingStart(..) => self.nested(span, Self::mapping),
            _ => Err(self.fault(span, "aliases are not read here", HELP)),
        }
    }

    fn nested(
        &mut self,
        start: Range<usize>,
        read: fn(&mut Self) -> Read<(Value, usize)>,
    ) -> Read<Node> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.too_deep(start));
        }
        let (value, end) = read(self)?;
        self.depth -= 1;
        Ok(Node {
            span: start.start..end.max(start.end),
            value,
            inset: None,
        })
    }

    fn sequence(&mut self) -> Read<(Value, usize)> {
        let mut items = vec![];
        loop {
            match self.next()? {
                (Event::SequenceEnd, span) => return Ok((Value::Array(items), span.start)),
                (event, span) => items.push(self.node(event, span)?),
            }
        }
    }

    fn mapping(&mut self) -> Read<(Value, usize)> {
        let (mut rows, mut seen): (Vec<(Key, Node)>, BTreeSet<String>) = (vec![], BTreeSet::new());
        loop {
            let (event, span) = self.next()?;
            let name = match event {
                Event::MappingEnd => return Ok((Value::Table(Table(rows)), span.start)),
                Event::Scalar(text, ..) => text.into_owned(),
                _ => {
                    return Err(self.fault(
                        span,
                        "a key must be a plain word",
                        "write `key: value`",
                    ));
                }
            };
            if !seen.insert(name.clone()) {
                return Err(self.fault(
                    span,
                    format!("the key `{name}` stands twice"),
                    "each key may stand once; remove one of the two",
                ));
            }
            let (event, value) = self.next()?;
            let node = self.node(event, value)?;
            // A key without a value is a key that is not there.
            if !matches!(node.value, Value::Null) {
                rows.push((Key { name, span }, node));
            }
        }
    }

    /// Reads a value without quotes: nothing, true, false, a number, a date, or else a text (YAML 1.2
    /// core schema).
    fn plain(&self, text: &str, span: &Range<usize>) -> Read<Value> {
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        let is_whole = !digits.is_empty()
            && digits
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'_')
            && digits.starts_with(|c: char| c.is_ascii_digit());
        let parts: Vec<&str> = text.split('-').collect();
        let is_date = parts.len() == 3
            && parts.iter().map(|part| part.len()).eq([4, 2, 2])
            && text
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'-');
        Ok(match text {
            "" | "~" | "null" | "Null" | "NULL" => Value::Null,
            "true" | "True" | "TRUE" => Value::Bool(true),
            "false" | "False" | "FALSE" => Value::Bool(false),
            _ if is_date => match text.parse::<Date>() {
                Ok(date) => Value::Date(date),
                Err(_) => {
                    let day::Advice { message, help } = day::advice(text);
                    return Err(Box::new(
                        Diagnostic::error(Code::BadDate, message)
                            .at(self.path, span.clone())
                            .help(help),
                    ));
                }
            },
            _ if is_whole => Value::Integer(text.replace('_', "")),
            _ if digits.contains('.')
                && digits
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || byte == b'.')
                && digits.matches('.').count() == 1
                && digits.len() > 1 =>
            {
                Value::Float(text.to_owned())
            }
            _ => Value::String(text.to_owned()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<String, String> {
        let mut diagnostics = Diagnostics::default();
        let path = SourcePath::new("content/a.md").unwrap();
        match parse_yaml(&path, text, 0, &mut diagnostics) {
            Some(table) => Ok(Value::Table(table).to_json().to_string()),
            None => Err(diagnostics
                .into_sorted()
                .iter()
                .map(|fault| {
                    format!(
                        "{}@{}",
                        fault.message,
                        fault.place.as_ref().map_or(0, |place| place.span.start)
                    )
                })
                .collect()),
        }
    }

    #[test]
    fn values_have_their_types() {
        let text = "title: A: b\ndate: 2026-11-22\ndraft: true\nweight: -3\nx: 4.50\nquoted: \"true\"\ntags:\n  - a\n  - 'b c'\nextra: {k: [1, ~]}\nnone:\n";
        assert!(
            parse(text).is_err(),
            "a colon in a plain text is a mistake in YAML"
        );
        let text = text.replace("A: b", "\"A: b\"");
        let json = r#"{"title":"A: b","date":"2026-11-22","draft":true,"weight":-3,"x":4.5,"quoted":"true","tags":["a","b c"],"extra":{"k":[1,null]}}"#;
        assert_eq!(parse(&text).unwrap(), json);
        assert_eq!(parse("").unwrap(), "{}");
        assert_eq!(parse("# only words\n").unwrap(), "{}");
    }

    #[test]
    fn bombs_and_depths_end_as_messages() {
        for text in [
            "a: &x [1]\nb: *x\n",
            "a: !!binary x\n",
            "a: *x\n",
            "a: 1\na: 2\n",
            "- a\n",
            "a: 2026-02-30\n",
            "a: [\n",
            "a: \"\n",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
        assert!(parse(&format!("a: {}", "[".repeat(100_000))).is_err());
        assert!(parse(&"a:\n ".repeat(50_000)).is_err());
    }
}
