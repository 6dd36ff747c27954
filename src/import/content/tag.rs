//! Tags of other generators in a text: shortcodes, template tags and components.

use crate::source::Span;

/// A tag that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    pub span: Span,
    /// What it is called in the report: `{{< youtube >}}`.
    pub name: String,
    pub becomes: Becomes,
}

/// What stands in place of a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Becomes {
    /// The tag, shown as code: nothing here can do what it did.
    Shown,
    /// The tag as it is written after an escape is taken off, shown as code.
    Escaped(String),
    /// A Markdown text that says the same.
    Text(String),
    /// A block of code.
    Code { text: String, language: String },
    /// The address of another page, which the tag looks up by this name.
    Link(String),
    /// Nothing: it said something to the old generator alone.
    Nothing,
}

impl Becomes {
    /// Returns true if readers lose something, and the report has to say so.
    pub fn is_loss(&self) -> bool {
        matches!(self, Self::Shown)
    }
}

/// The arguments of a tag: those with names, and those without.
#[derive(Debug, Default)]
pub struct Args {
    pub plain: Vec<String>,
    pub named: Vec<(String, String)>,
}

impl Args {
    /// Reads `"a b" c key="d" key2=e` with any separators of words.
    pub fn read(text: &str) -> Self {
        let mut args = Self::default();
        let mut rest = text;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
            if rest.is_empty() {
                return args;
            }
            let (word, after) = word(rest);
            let tail = after.trim_start();
            match tail.strip_prefix('=') {
                Some(value) if !rest.starts_with(['"', '\'', '`']) => {
                    let (value, after) = self::word(value.trim_start());
                    args.named.push((word, value));
                    rest = after;
                }
                _ => {
                    args.plain.push(word);
                    rest = after;
                }
            }
        }
    }

    /// Returns the argument of a name.
    pub fn named(&self, name: &str) -> Option<&str> {
        let found = self.named.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Returns the argument of a name, or else the first one without a name.
    pub fn named_or_first(&self, name: &str) -> Option<&str> {
        self.named(name)
            .or_else(|| self.plain.first().map(String::as_str))
    }
}

/// Takes a word or a text in quotes off a text, which is not empty.
fn word(text: &str) -> (String, &str) {
    let quote = text
        .chars()
        .next()
        .filter(|c| matches!(c, '"' | '\'' | '`'));
    let Some(quote) = quote else {
        let is_end = |c: char| c.is_whitespace() || matches!(c, '=' | ',');
        let mut end = text.find(is_end).unwrap_or(text.len());
        if end == 0 {
            end = text.chars().next().map_or(0, char::len_utf8);
        }
        return (text[..end].to_owned(), &text[end..]);
    };
    let mut value = String::new();
    let mut chars = text[1..].char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' if quote == '"' => value.extend(chars.next().map(|(_, escaped)| escaped)),
            c if c == quote => return (value, &text[1 + at + 1..]),
            c => value.push(c),
        }
    }
    (value, "")
}

/// Returns where a tag ends that begins before `from`: after `close`, which does not count within
/// quotes; if the quotes are odd, at the first one.
pub fn end_of(text: &str, from: usize, close: &str) -> Option<usize> {
    let rest = &text[from..];
    let mut quote = None;
    let mut is_escaped = false;
    for (at, c) in rest.char_indices() {
        match quote {
            None if rest[at..].starts_with(close) => return Some(from + at + close.len()),
            None if matches!(c, '"' | '`') => quote = Some(c),
            Some(_) if is_escaped => is_escaped = false,
            Some('"') if c == '\\' => is_escaped = true,
            Some(open) if c == open => quote = None,
            _ => {}
        }
    }
    rest.find(close).map(|at| from + at + close.len())
}

/// Returns the spans of lines in which, outside of code, a text begins a line.
pub fn lines(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let span = start..start + line.len();
        start = span.end;
        span
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_read_as_they_are_written() {
        let args = Args::read(r#"abc "d \"e" src = "x y.png", n=3 'f g'"#);
        assert_eq!(args.plain, ["abc", "d \"e", "f g"]);
        assert_eq!(args.named("src"), Some("x y.png"));
        assert_eq!(args.named("n"), Some("3"));
    }

    #[test]
    fn a_tag_ends_outside_of_its_quotes() {
        assert_eq!(end_of(r#"a=">}}" >}} b"#, 0, ">}}"), Some(11));
        assert_eq!(end_of(r#"it is 5" >}} b"#, 0, ">}}"), Some(12));
        assert_eq!(end_of("never", 0, ">}}"), None);
    }
}
