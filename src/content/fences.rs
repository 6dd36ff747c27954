//! Front matter that is not read as such: the text of a file without it comes in; where it was
//! meant to begin, and what to write there, goes out. What was meant is plain when lines look like
//! keys with values, and one of the keys is ours.

use crate::diag::{Code, Diagnostic};
use crate::source::Source;

/// Keys that nobody begins a sentence with.
const SIGNS: [&str; 12] = [
    "title",
    "date",
    "draft",
    "description",
    "tags",
    "slug",
    "aliases",
    "weight",
    "authors",
    "updated",
    "expires",
    "image",
];

/// Returns the error of front matter that the first line does not open.
pub(super) fn unread(source: &Source) -> Option<Diagnostic> {
    let text = source.text.as_ref();
    let start = text.len() - text.trim_start_matches(is_blank).len();
    let rest = &text[start..];
    let first = rest.lines().next()?;
    let below = &rest[first.len()..];
    let fault = match first.trim_end() {
        fence @ ("+++" | "---") if is_data(below, End::Fence) => {
            let message = format!(
                "the front matter does not begin in the first line, so that it is read as text: `{fence}` stands behind empty space"
            );
            Diagnostic::error(Code::FrontMatter, message)
                .help(format!("delete what stands before `{fence}`"))
        }
        "+++" | "---" => return None,
        _ if is_fence(first) && is_data(below, End::Fence) => {
            let message = format!(
                "`{}` does not open front matter, so that it is read as text",
                first.trim()
            );
            Diagnostic::error(Code::FrontMatter, message)
                .help("write `+++` above and below it for TOML, `---` for YAML")
        }
        _ if is_fence(first) => return None,
        _ if first.starts_with('{') && is_json(rest) => {
            Diagnostic::error(Code::FrontMatter, "front matter in JSON is read as text")
                .help("write it as TOML between two lines of `+++`: `title = \"…\"`")
        }
        _ => no_fence(rest)?,
    };
    Some(fault.at(&source.path, start..start + first.trim_end().len()))
}

/// Returns the error of keys that no fence opens.
fn no_fence(text: &str) -> Option<Diagnostic> {
    let first = text.lines().next()?;
    let has_equals = first.contains('=');
    if !(is_data(text, End::Fence) || has_equals && is_data(text, End::EmptyLine)) {
        return None;
    }
    let is_toml = text
        .lines()
        .take_while(|line| !is_fence(line))
        .any(|line| key(line).is_some_and(|(_, sign)| sign == '='));
    let fence = if is_toml { "+++" } else { "---" };
    let message = format!("these keys are read as text, for no line of `{fence}` opens them");
    Some(Diagnostic::error(Code::FrontMatter, message).help(format!(
        "write `{fence}` into the first line of the file, and after the last key"
    )))
}

/// What ends the keys.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Fence,
    /// An empty line, where no fence need follow.
    EmptyLine,
}

/// Returns true for space, and for what editors put before a text unseen.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}' | '\u{2060}')
}

/// Returns true if a line looks like a fence: a few of the same sign, perhaps with the name of a
/// format.
fn is_fence(line: &str) -> bool {
    let line = line.trim();
    let line = ["toml", "yaml", "yml", "json"]
        .iter()
        .find_map(|name| line.strip_suffix(name))
        .unwrap_or(line)
        .trim_end();
    let is_sign = |c: char| {
        matches!(
            c,
            '+' | '-' | '=' | '*' | '_' | '~' | ';' | '\u{2010}'
                ..='\u{2015}' | '\u{2212}' | '\u{FF0B}' | '\u{FE63}' | '\u{FF0D}'
        )
    };
    let signs = line.chars().filter(|c| !c.is_whitespace()).count();
    // An editor makes one long dash of three hyphens.
    let is_long = |c: char| matches!(c, '\u{2014}' | '\u{2015}');
    line.chars().all(|c| is_sign(c) || c == ' ') && (signs >= 2 || line.starts_with(is_long))
}

/// Returns true if the lines up to an end are keys with values, of which one is ours.
fn is_data(text: &str, end: End) -> bool {
    let needs_fence = end == End::Fence;
    let mut ours = 0;
    let mut keys = 0;
    for line in text.lines() {
        if line.trim().is_empty() && (needs_fence || keys == 0) {
            continue;
        }
        if line.trim().is_empty() || is_fence(line) {
            return (ours > 0 && needs_fence) || ours > 1;
        }
        match key(line) {
            Some((name, _)) => {
                keys += 1;
                ours += usize::from(SIGNS.contains(&name));
            }
            None if continues(line) && keys > 0 => {}
            None => return false,
        }
    }
    false
}

/// Returns the key that a line gives a value to, and the sign between the two.
fn key(line: &str) -> Option<(&str, char)> {
    let at = line.find(['=', ':'])?;
    let sign = if line[at..].starts_with('=') {
        '='
    } else {
        ':'
    };
    let name = line[..at].trim_end();
    let is_key = !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
    let is_apart =
        sign == '=' || line[at + 1..].is_empty() || line[at + 1..].starts_with(char::is_whitespace);
    (is_key && is_apart).then_some((name, sign))
}

/// Returns true if a line goes on with a value, opens a table, or is a comment.
fn continues(line: &str) -> bool {
    line.starts_with([' ', '\t', '#', '[', ']', '"', '\'']) || line.starts_with("- ")
}

fn is_json(text: &str) -> bool {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<serde_json::Value>();
    matches!(values.next(), Some(Ok(serde_json::Value::Object(map))) if map.keys().any(|key| SIGNS.contains(&key.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::SourcePath;

    fn said(text: &str) -> Option<String> {
        unread(&Source {
            path: SourcePath::new("content/a.md").unwrap(),
            text: text.into(),
        })
        .map(|fault| fault.message)
    }

    #[test]
    fn front_matter_that_is_not_read_is_known() {
        let toml = "title = \"A\"\ndraft = true\n";
        let yaml = "title: A\ntags:\n  - b\n- c\n\ndraft: true\n";
        for (fence, keys) in [("+++", toml), ("---", yaml)] {
            for before in ["\n", "\n\n", "\u{FEFF}\n", " \n", "\u{200B}"] {
                assert!(
                    said(&format!("{before}{fence}\n{keys}{fence}\nText.\n"))
                        .unwrap()
                        .contains("first line"),
                    "{before:?} {fence}"
                );
            }
            assert!(
                said(&format!("{keys}{fence}\n\nText.\n"))
                    .unwrap()
                    .contains("no line of"),
                "{fence}"
            );
        }
        for (first, last) in [
            ("++++", "++++"),
            ("----", "---"),
            ("———", "———"),
            ("–––", "–––"),
            ("—-", "—-"),
            ("—", "—"),
            ("+++ toml", "+++"),
            ("---yaml", "---"),
            ("***", "***"),
            ("+ + +", "+ + +"),
            (";;;", ";;;"),
        ] {
            let keys = if first.contains('+') { toml } else { yaml };
            assert!(
                said(&format!("{first}\n{keys}{last}\nText.\n"))
                    .unwrap()
                    .contains("does not open"),
                "{first}"
            );
        }
        assert!(
            said("{\n  \"title\": \"A\"\n}\n\nText.\n")
                .unwrap()
                .contains("JSON")
        );
        assert!(said("title = \"A\"\ndate = 2026-11-28\n\nText.\n").is_some());
    }

    #[test]
    fn text_is_no_front_matter() {
        for text in [
            "",
            "Text.\n",
            "\n\nText.\n\n---\n\nMore: of it.\n",
            "***\nText.\n***\n",
            "----\n\nA rule, and text.\n\n----\n",
            "Note: this is a heading\n---\n",
            "Title\n=====\n\nText.\n",
            "- a: b\n- c: d\n\n---\n",
            "{{< salary >}}\n",
            "{ braces }\n",
            "Question: what?\n\nAnswer: that.\n\n---\n",
            "|a|b|\n|---|---|\n",
            "https://example.com = a link\n+++\n",
        ] {
            assert_eq!(said(text), None, "{text:?}");
        }
    }
}
