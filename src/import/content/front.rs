//! Front matter of other generators: the first lines of a file come in, a tree of keys and where the body
//! begins go out.

use serde_json::Value as Json;

use crate::data::{Key, Node, Table, Value, parse_toml, parse_yaml};
use crate::diag::{Diagnostic, Diagnostics};
use crate::import::upstream::bytes;
use crate::import::{Fault, Upstream, Where};
use crate::path::SourcePath;
use crate::source::{Source, position};

/// A file in parts.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    pub keys: Table,
    /// Where the body begins, in bytes of the text.
    pub body: usize,
    pub has_front: bool,
    /// Its front matter is a program, which is not run.
    pub is_program: bool,
}

/// Decodes a file as text.
pub fn text(name: &str, bytes: &[u8]) -> Result<Source, Fault> {
    let path = SourcePath::outside(name);
    Source::decode(&path, bytes).map_err(|fault| {
        let row = position(&Source::lossy(&path, bytes).text, fault.offset).line;
        Fault::new(fault.to_string(), fault.help()).at(Where::file(name).row(row as u64))
    })
}

/// Reads the front matter of a file.
pub fn read(source: &Source) -> Result<Parts, Fault> {
    let first = source.text.lines().next().unwrap_or_default().trim_end();
    match first {
        "+++" => fenced(source, "+++", parse_toml),
        "---" | "---yaml" | "---yml" => fenced(source, "---", parse_yaml),
        "---js" | "---javascript" | "---ts" => {
            let parts = fenced(source, "---", |_, _, _, _| None)?;
            Ok(Parts {
                is_program: parts.has_front,
                ..parts
            })
        }
        "---json" => fenced(source, "---", json),
        "---toml" => fenced(source, "---", parse_toml),
        _ if first.starts_with('{') && !first.starts_with("{{") && !first.starts_with("{%") => {
            object(source)
        }
        _ => Ok(Parts::default()),
    }
}

/// A parser of the text between two fences.
type Parse = fn(&SourcePath, &str, usize, &mut Diagnostics) -> Option<Table>;

fn fenced(source: &Source, fence: &str, parse: Parse) -> Result<Parts, Fault> {
    let text = &source.text;
    let start = text.find('\n').map_or(text.len(), |end| end + 1);
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == fence {
            let mut diagnostics = Diagnostics::default();
            let keys = parse(&source.path, &text[start..at], start, &mut diagnostics);
            if let Some(fault) = diagnostics.into_sorted().into_iter().next() {
                return Err(of_diagnostic(fault, source));
            }
            let body = at + line.len();
            return Ok(Parts {
                keys: keys.unwrap_or_default(),
                body,
                has_front: true,
                ..Parts::default()
            });
        }
        at += line.len();
    }
    // A rule of dashes at the top of a text is no front matter.
    if fence == "---" {
        return Ok(Parts::default());
    }
    let help = "close it with a line that holds only `+++`";
    Err(Fault::new("the front matter is never closed", help)
        .at(Where::file(source.path.as_str()).row(1)))
}

/// Returns what a parser found wrong, as a fault of the file that is imported.
pub fn of_diagnostic(fault: Diagnostic, source: &Source) -> Fault {
    let mut place = Where::file(source.path.as_str());
    if let Some(at) = &fault.place {
        place = place.row(position(&source.text, at.span.start).line as u64);
    }
    let help = fault
        .help
        .first()
        .cloned()
        .unwrap_or_else(|| "correct it, and import again".to_owned());
    Fault::new(fault.message, help).at(place)
}

fn json(
    path: &SourcePath,
    text: &str,
    offset: usize,
    diagnostics: &mut Diagnostics,
) -> Option<Table> {
    match serde_json::from_str::<Json>(text) {
        Ok(Json::Object(object)) => Some(table_of(&object)),
        Ok(_) => None,
        Err(error) => {
            let line: usize = text
                .split_inclusive('\n')
                .take(error.line().saturating_sub(1))
                .map(str::len)
                .sum();
            let at = offset + line;
            diagnostics.push(json_fault(&error).at(path, at..at));
            None
        }
    }
}

fn json_fault(error: &serde_json::Error) -> Diagnostic {
    let message = error.to_string();
    let message = message.split(" at line").next().unwrap_or(&message);
    Diagnostic::error(
        crate::diag::Code::Syntax,
        format!("this JSON cannot be read: {message}"),
    )
    .help("correct the front matter, and import again")
}

/// Reads an object of JSON at the top of a file; the body follows it.
fn object(source: &Source) -> Result<Parts, Fault> {
    let mut values = serde_json::Deserializer::from_str(&source.text).into_iter::<Json>();
    match values.next() {
        Some(Ok(Json::Object(object))) => {
            let body = values.byte_offset();
            Ok(Parts {
                keys: table_of(&object),
                body,
                has_front: true,
                ..Parts::default()
            })
        }
        Some(Err(error)) if source.text[1..].trim_start().starts_with('"') => {
            let place = Where::file(source.path.as_str()).row(error.line() as u64);
            let fault = json_fault(&error);
            Err(Fault::new(fault.message, "correct the front matter, and import again").at(place))
        }
        _ => Ok(Parts::default()),
    }
}

/// Makes a tree of an object.
pub fn table_of(object: &serde_json::Map<String, Json>) -> Table {
    let row = |(key, value): (&String, &Json)| (Key::made(key), Node::made(value_of(value)));
    Table(object.iter().map(row).collect())
}

/// Reads a file as text.
pub fn source(upstream: &dyn Upstream, name: &str) -> Result<Source, Fault> {
    let bytes = bytes(upstream, name).map_err(|error| {
        Fault::new(
            format!("this file cannot be read: {error}"),
            "see that the file is there and may be read",
        )
        .at(Where::file(name))
    })?;
    text(name, &bytes)
}

/// Makes a tree of any value.
pub fn value_of(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Bool(*value),
        Json::Number(number) => {
            let text = number.to_string();
            if text.contains(['.', 'e', 'E']) {
                Value::Float(text)
            } else {
                Value::Integer(text)
            }
        }
        Json::String(text) => Value::String(text.clone()),
        Json::Array(items) => Value::Array(
            items
                .iter()
                .map(|item| Node::made(value_of(item)))
                .collect(),
        ),
        Json::Object(object) => Value::Table(table_of(object)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Result<(Parts, String), String> {
        let source = super::text("a.md", text.as_bytes()).map_err(|fault| fault.to_string())?;
        let parts = read(&source).map_err(|fault| fault.to_string())?;
        let body = source.text[parts.body..].to_owned();
        Ok((parts, body))
    }

    #[test]
    fn front_matter_is_read_in_all_its_forms() {
        let all = [
            "+++\ntitle = \"A\"\n+++\nB",
            "---\ntitle: A\n---\nB",
            "{\n\"title\": \"A\"\n}\nB",
            "---json\n{\"title\": \"A\"}\n---\nB",
        ];
        for text in all {
            let (parts, body) = parts(text).unwrap();
            assert_eq!(
                (parts.keys.text("title"), body.trim()),
                (Some("A"), "B"),
                "{text}"
            );
        }
        assert!(!parts("---\n\nA text\n").unwrap().0.has_front);
        assert!(!parts("{{ x }}\n").unwrap().0.has_front);
    }

    #[test]
    fn what_cannot_be_read_is_told_at_its_line() {
        let said = |text| parts(text).map(|_| ()).unwrap_err();
        assert!(said("+++\na = 1\nb = \n+++\n").starts_with("a.md, row 3: "));
        assert_eq!(
            said("+++\na = 1\n"),
            "a.md, row 1: the front matter is never closed"
        );
        assert!(said("{\n\"a\": x}\n").starts_with("a.md, row 2: this JSON cannot be read"));
        assert!(said("---\na: [\n---\n").starts_with("a.md, row "));
    }
}
