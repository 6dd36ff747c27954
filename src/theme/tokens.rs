//! Tera's syntax as tokens: the text of a template comes in, its tags and comments go out, each
//! with its place.
//!
//! Tera keeps what it parsed to itself, and some questions need it: which files a template can
//! reach, which variables it reads, where. The text must be one that Tera has parsed; of any other,
//! this makes something, and never panics.
//!
//! It is our own because no parser reads this syntax: Tera's tree is private, and `minijinja`, whose
//! parser is open, takes 1 of the 48 templates of the default theme.

use std::borrow::Cow;

use crate::source::Span;

/// The tags of a template in order, and its comments.
#[derive(Debug, Default)]
pub struct Tokens<'a> {
    pub tags: Vec<Tag<'a>>,
    /// The text between `{#` and `#}`.
    pub comments: Vec<&'a str>,
    /// Where comments stand, with their braces.
    pub comment_spans: Vec<Span>,
}

/// What stands between `{{ }}` or `{% %}`.
#[derive(Debug)]
pub struct Tag<'a> {
    pub delimiter: Delimiter,
    pub tokens: Vec<Token<'a>>,
    /// Where it stands, with its braces.
    pub span: Span,
}

/// Which braces a tag has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delimiter {
    /// `{{ }}`
    Print,
    /// `{% %}`
    Block,
}

/// A word, a literal or a sign.
#[derive(Clone, Debug)]
pub struct Token<'a> {
    pub kind: Kind<'a>,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind<'a> {
    Word(&'a str),
    /// A text literal, without its quotes and escapes.
    Text(Cow<'a, str>),
    Number,
    Sign(&'a str),
}

/// Cuts a template into tags.
pub fn tokenize(text: &str) -> Tokens<'_> {
    let mut lexer = Lexer { text, at: 0 };
    let mut tokens = Tokens::default();
    while let Some(open) = lexer.skip_to_opening() {
        let start = lexer.at - 2;
        let (delimiter, end) = match open {
            b'#' => {
                tokens.comments.push(lexer.comment());
                tokens.comment_spans.push(start..lexer.at);
                continue;
            }
            b'%' if lexer.skip_raw() => continue,
            b'%' => (Delimiter::Block, "%}"),
            _ => (Delimiter::Print, "}}"),
        };
        let within = lexer.tag(end);
        tokens.tags.push(Tag {
            delimiter,
            tokens: within,
            span: start..lexer.at,
        });
    }
    tokens
}

impl<'a> Token<'a> {
    /// The word that this is.
    pub fn word(&self) -> Option<&'a str> {
        match self.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    /// The text literal that this is.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether this is a certain sign.
    pub fn is(&self, sign: &str) -> bool {
        matches!(self.kind, Kind::Sign(found) if found == sign)
    }
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Goes behind the next `{{`, `{%` or `{#` and says which it was.
    fn skip_to_opening(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        loop {
            self.at += memchr::memchr(b'{', bytes.get(self.at..)?)? + 1;
            let next = *bytes.get(self.at)?;
            if matches!(next, b'{' | b'%' | b'#') {
                self.at += 1;
                return Some(next);
            }
        }
    }

    fn comment(&mut self) -> &'a str {
        let rest = self.rest();
        let length = rest.find("#}").unwrap_or(rest.len());
        self.at += (length + 2).min(rest.len());
        &rest[..length]
    }

    /// Skips `{% raw %} … {% endraw %}`, of which `{%` was read, if that is what follows.
    fn skip_raw(&mut self) -> bool {
        let Some(mut body) = end_of_plain_tag(self.rest(), "raw") else {
            return false;
        };
        let rest = self.rest();
        while let Some(found) = rest[body..].find("{%") {
            body += found + 2;
            if let Some(end) = end_of_plain_tag(&rest[body..], "endraw") {
                self.at += body + end;
                return true;
            }
        }
        self.at = self.text.len();
        true
    }

    fn tag(&mut self, end: &str) -> Vec<Token<'a>> {
        let mut tokens = vec![];
        self.at += usize::from(self.rest().starts_with('-'));
        loop {
            self.at += self.rest().len()
                - self
                    .rest()
                    .trim_start_matches(|c: char| c.is_ascii_whitespace())
                    .len();
            let rest = self.rest();
            let closing = rest
                .strip_prefix('-')
                .filter(|after| after.starts_with(end))
                .unwrap_or(rest);
            if rest.is_empty() || closing.starts_with(end) {
                self.at += (rest.len() - closing.len()) + end.len().min(closing.len());
                return tokens;
            }
            let (kind, length) = token(rest);
            tokens.push(Token {
                kind,
                span: self.at..self.at + length,
            });
            self.at += length;
        }
    }
}

/// The first token of a text that is not empty, and its length.
fn token(rest: &str) -> (Kind<'_>, usize) {
    let first = rest.chars().next().unwrap_or(' ');
    let run = |belongs: fn(char) -> bool| rest.find(|c: char| !belongs(c)).unwrap_or(rest.len());
    match first {
        '"' | '\'' | '`' => literal(rest, first),
        c if c.is_ascii_digit() => (Kind::Number, run(|c| c.is_ascii_digit() || c == '.')),
        c if c.is_ascii_alphabetic() || c == '_' => {
            let length = run(|c| c.is_ascii_alphanumeric() || c == '_');
            (Kind::Word(&rest[..length]), length)
        }
        c => {
            let length = match rest.as_bytes() {
                [b'.', b'.', b'.', ..] => 3,
                [b'/', b'/', ..]
                | [b'*', b'*', ..]
                | [b'=' | b'!' | b'>' | b'<', b'=', ..]
                | [b'<', b'/', ..]
                | [b'?', b'.' | b'[', ..] => 2,
                _ => c.len_utf8(),
            };
            (Kind::Sign(&rest[..length]), length)
        }
    }
}

fn literal(rest: &str, quote: char) -> (Kind<'_>, usize) {
    let inner = &rest[1..];
    let mut escaped = false;
    let end = inner.find(|c: char| {
        let closes = c == quote && !escaped;
        escaped = c == '\\' && !escaped;
        closes
    });
    let raw = &inner[..end.unwrap_or(inner.len())];
    let text = if raw.contains('\\') {
        Cow::Owned(unescape(raw))
    } else {
        Cow::Borrowed(raw)
    };
    (Kind::Text(text), raw.len() + 1 + usize::from(end.is_some()))
}

fn unescape(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut chars = raw.chars();
    while let Some(c) = chars.next() {
        text.push(match c {
            '\\' => match chars.next() {
                Some('n') => '\n',
                Some('t') => '\t',
                Some('r') => '\r',
                Some(other) => other,
                None => break,
            },
            c => c,
        });
    }
    text
}

/// The length of ` name %}`, with optional `-`, if the text starts with it.
fn end_of_plain_tag(text: &str, name: &str) -> Option<usize> {
    let blank = |text: &'_ str| {
        text.len()
            - text
                .trim_start_matches(|c: char| c.is_ascii_whitespace())
                .len()
    };
    let mut at = usize::from(text.starts_with('-'));
    at += blank(&text[at..]);
    at += text[at..].starts_with(name).then_some(name.len())?;
    at += blank(&text[at..]);
    at += usize::from(text[at..].starts_with('-'));
    text[at..].starts_with("%}").then_some(at + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> Vec<String> {
        let tags = tokenize(text).tags;
        tags.iter()
            .map(|tag| {
                let words = tag.tokens.iter().map(|token| match &token.kind {
                    Kind::Word(word) => (*word).to_owned(),
                    Kind::Text(text) => format!("{text:?}"),
                    Kind::Number => "0".to_owned(),
                    Kind::Sign(sign) => (*sign).to_owned(),
                });
                words.collect::<Vec<_>>().join(" ")
            })
            .collect()
    }

    #[test]
    fn tags_hold_words_literals_and_signs() {
        assert_eq!(
            show(r#"a {{- page.title | fill(x="%}\"", y='b') -}} { {% include "a.html" %}"#),
            [
                r#"page . title | fill ( x = "%}\"" , y = "b" )"#,
                r#"include "a.html""#
            ]
        );
        assert_eq!(
            show("{{ <card a={b?.c} d /> }}"),
            ["< card a = { b ?. c } d / >"]
        );
        assert_eq!(
            show("{{ a[0.5:1] // 2 ** -3 }}"),
            ["a [ 0 : 0 ] // 0 ** - 0"]
        );
    }

    #[test]
    fn comments_and_raw_text_hold_no_tags() {
        let text =
            "{# {{ a }} #}{% raw %}{{ b }}{% endraw %}{%- raw -%}{% x %}{%- endraw -%}{{ c }}";
        assert_eq!(show(text), ["c"]);
        assert_eq!(tokenize(text).comments, [" {{ a }} "]);
    }

    #[test]
    fn half_a_tag_breaks_nothing() {
        for text in [
            "{",
            "{{",
            "{%",
            "{#",
            "{% raw",
            "{% raw %}",
            "{% raw %}{%",
            "{{ 'a",
            "{{ \"\\",
            "{{ é }}",
            "{{ - }",
            "{%-",
            "{{ a -",
            "{{ü",
        ] {
            tokenize(text);
        }
    }

    #[test]
    fn spans_are_bytes_of_the_text() {
        let text = "ü {{ títel | upper }} {{ \"é\" ~ b }}";
        for token in tokenize(text).tags.iter().flat_map(|tag| &tag.tokens) {
            assert!(text.get(token.span.clone()).is_some(), "{token:?}");
        }
    }
}
