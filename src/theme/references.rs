//! What a stylesheet, a script or a manifest refers to: its text comes in, the places of its
//! references go out. References are found, not judged: whether one is a file of the theme is seen
//! elsewhere.

use std::ops::Range;

/// A reference as it is written, without quotes, and where it stands.
pub type Reference<'a> = (Range<usize>, &'a str);

/// How references are written in a kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// `url(…)` and `@import "…"`
    Css,
    /// Quoted texts that start with `./` or `../`: modules, workers, `new URL("./x",
    /// import.meta.url)`.
    Script,
    /// All quoted texts: a web app manifest.
    Json,
}

impl Syntax {
    /// The syntax of a file, if references in such files can be found.
    pub fn of(path: &str) -> Option<Self> {
        match path.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
            "css" => Some(Self::Css),
            "js" | "mjs" => Some(Self::Script),
            "webmanifest" => Some(Self::Json),
            _ => None,
        }
    }

    /// All references of a text, in order.
    pub fn references(self, text: &str) -> Vec<Reference<'_>> {
        match self {
            Self::Css => css(text),
            Self::Script => quoted(text)
                .into_iter()
                .filter(|(_, reference)| {
                    reference.starts_with("./") || reference.starts_with("../")
                })
                .collect(),
            Self::Json => quoted(text),
        }
    }
}

/// Goes through a stylesheet; comments and texts are skipped, unless a text is what is looked for.
fn css(text: &str) -> Vec<Reference<'_>> {
    let mut found = vec![];
    let mut at = 0;
    let mut imports = false;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let first = rest.chars().next().unwrap_or(' ');
        if rest.starts_with("/*") {
            at += rest.find("*/").map_or(rest.len(), |end| end + 2);
        } else if first == '"' || first == '\'' {
            let (inner, length) = literal(rest);
            if imports {
                found.push((at + 1..at + 1 + inner.len(), inner));
            }
            at += length;
            imports = false;
        } else if starts_with_ignoring_case(rest, "url(")
            && !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '-' || c == '_')
        {
            let (range, length) = url(rest);
            found.push((at + range.start..at + range.end, &rest[range]));
            at += length;
            imports = false;
        } else {
            imports |= starts_with_ignoring_case(rest, "@import");
            imports &= first != ';';
            at += first.len_utf8();
        }
    }
    found
}

/// `url( "…" )` or `url(…)`: where the reference stands, and the length of what was read.
fn url(rest: &str) -> (Range<usize>, usize) {
    let inner = &rest[4..];
    let start = 4 + inner.len() - inner.trim_start().len();
    let argument = &rest[start..];
    if argument.starts_with(['"', '\'']) {
        let (inner, length) = literal(argument);
        return (start + 1..start + 1 + inner.len(), start + length);
    }
    let end = argument.find(')').unwrap_or(argument.len());
    (start..start + argument[..end].trim_end().len(), start + end)
}

/// The text between a quote and the same quote, and the length of both together. A text ends with
/// its line at the latest.
fn literal(rest: &str) -> (&str, usize) {
    let quote = rest.chars().next().unwrap_or('"');
    let inner = &rest[1..];
    let mut escaped = false;
    let end = inner.find(|c: char| {
        let ends = !escaped && (c == quote || c == '\n');
        escaped = c == '\\' && !escaped;
        ends
    });
    let inner = &inner[..end.unwrap_or(inner.len())];
    (inner, inner.len() + 1 + usize::from(end.is_some()))
}

/// All texts in quotes. A quote in a comment or a pattern may shift what is text and what is not;
/// as each reference must then be a file that exists, nothing is found in vain.
fn quoted(text: &str) -> Vec<Reference<'_>> {
    let mut found = vec![];
    let mut at = 0;
    while let Some(next) = text.get(at..).and_then(|rest| rest.find(['"', '\''])) {
        at += next;
        let (inner, _) = literal(&text[at..]);
        found.push((at + 1..at + 1 + inner.len(), inner));
        // The end of one text may be the start of another: look at every quote.
        at += 1;
    }
    found
}

fn starts_with_ignoring_case(text: &str, start: &str) -> bool {
    text.get(..start.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(syntax: Syntax, text: &str) -> Vec<&str> {
        for (range, reference) in syntax.references(text) {
            assert_eq!(&text[range], reference);
        }
        syntax
            .references(text)
            .into_iter()
            .map(|(_, reference)| reference)
            .collect()
    }

    #[test]
    fn stylesheets_refer_by_url_and_import() {
        let text = "@import 'a.css'; @import url(b.css); /* url(no.css) */ p { content: \"url(no2.css)\"; background: URL( \"c d.png\" ), url(e.svg#x) }\n.my-url(no3){} q{content:'é'}";
        assert_eq!(
            found(Syntax::Css, text),
            ["a.css", "b.css", "c d.png", "e.svg#x"]
        );
        for text in [
            "url(",
            "url('",
            "\"",
            "/*",
            "@import",
            "@import '",
            "url( é",
        ] {
            Syntax::Css.references(text);
        }
    }

    #[test]
    fn scripts_refer_by_relative_texts() {
        let text = "// don't\nimport a from \"./a.js\"; new Worker('../w.js'); const b = \"b.js\", c = 'it\\'s', d = \"é\"";
        assert_eq!(found(Syntax::Script, text), ["./a.js", "../w.js"]);
        assert!(found(Syntax::Json, "{\"src\": \"icons/192.png\"}").contains(&"icons/192.png"));
    }
}
