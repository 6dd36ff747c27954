//! A value at which the TOML parser stopped: what is wrong with it, and how TOML writes it.

use super::scan::{end_of_text, goes_on};
use super::{CURLY, Open, Reach, Slip, unclosed};
use crate::data::amount;
use crate::data::meant;
use crate::source::Span;

/// A value with its key.
pub struct Assigned<'t> {
    /// The text that it stands in.
    pub text: &'t str,
    /// The key as TOML takes it.
    pub key: String,
    pub value: &'t str,
    /// Where the value stands in the text.
    pub span: Span,
    /// Where in the text the parser stopped.
    pub stopped: usize,
}

impl Assigned<'_> {
    /// Returns the mistake of the value; `None` when it is none of those that people make.
    pub fn slip(&self) -> Option<Slip> {
        let value = self.value;
        if value.is_empty() {
            return Some(self.mistake(
                format!("the key `{}` has no value", self.key),
                format!(
                    "write one behind the `=`, such as {} = \"…\", or remove the line",
                    self.key
                ),
            ));
        }
        if value.starts_with('{') {
            return self.in_table();
        }
        if value.starts_with('[') {
            return self.in_list();
        }
        if value.starts_with(CURLY) || value.ends_with(CURLY) {
            let text = meant::quoted(without_quotes(value));
            return Some(self.mistake("curly quotes are letters to TOML", self.write(&text)));
        }
        if let Some(before) = value.strip_suffix([';', ','])
            && is_value(before.trim())
        {
            return Some(self.mistake(
                "nothing stands behind a value but a comment",
                self.write(before.trim()),
            ));
        }
        match value.chars().next() {
            Some(quote @ ('"' | '\'')) => self.in_quotes(quote),
            _ => self.bare(),
        }
    }

    /// Returns a mistake of the whole value.
    fn mistake(&self, message: impl Into<String>, help: String) -> Slip {
        Slip {
            span: self.span.clone(),
            message: message.into(),
            help: Some(help),
            related: None,
            reach: Reach::Line,
        }
    }

    /// Returns the help that puts another value in the place of this one.
    fn write(&self, value: &str) -> String {
        format!("write {} = {value}", self.key)
    }

    /// A text in quotes. One in three quotes may go on below, which `unclosed` knows.
    fn in_quotes(&self, quote: char) -> Option<Slip> {
        if self.value.starts_with(&quote.to_string().repeat(3)) {
            return None;
        }
        let inner = &self.value[1..];
        if !inner.contains(quote) {
            let help = self.write(&meant::quoted(without_quotes(inner)));
            return Some(Slip {
                span: self.span.start..self.span.start + 1,
                ..self.mistake("this text is never closed", help)
            });
        }
        let bare = inner.strip_suffix(quote).unwrap_or(inner);
        let help = self.write(&meant::quoted(bare));
        if inner.ends_with(quote) && bare.replace("\\\"", "").contains(quote) {
            let message = format!("the text ends at the second {quote}, and more stands behind it");
            return Some(self.mistake(message, help));
        }
        if quote == '"' && self.stopped >= self.span.start && bare.contains('\\') {
            return Some(self.mistake("a backslash begins an escape in double quotes", help));
        }
        None
    }

    /// A word or number that is no value.
    fn bare(&self) -> Option<Slip> {
        let value = self.value;
        let is_word = value.starts_with(char::is_alphabetic);
        if is_word && let Some(truth) = meant::truth(value) {
            let help = self.write(&truth.to_string());
            return Some(self.mistake("TOML knows only `true` and `false`", help));
        }
        if NOTHING.contains(&value.to_lowercase().as_str()) {
            return Some(self.mistake(
                "TOML has no word for nothing",
                format!(
                    "remove the line: a key that is not there has no value; as a text, it is {} = \"{value}\"",
                    self.key
                ),
            ));
        }
        if is_word {
            let help = self.write(&meant::quoted(value));
            return Some(self.mistake("this is not TOML: a text stands in quotes", help));
        }
        if looks_like_date(value) {
            return None;
        }
        let number = amount::meant_in_toml(value.trim_end_matches('%'))?;
        let message = if value.ends_with('%') {
            "a number stands alone: the percent sign is no part of it"
        } else {
            "this is not how TOML writes a number"
        };
        Some(self.mistake(message, self.write(&number)))
    }

    /// A table in one line, which must end in it.
    fn in_table(&self) -> Option<Slip> {
        if !goes_on(self.value) {
            return self.in_one_line();
        }
        let open = Open {
            at: self.span.start,
            sign: "{",
        };
        let slip = unclosed(self.text, open, self.text.len(), "")?;
        Some(Slip {
            help: Some("close it with `}`".into()),
            ..slip
        })
    }

    /// A list, which may go on below.
    fn in_list(&self) -> Option<Slip> {
        if goes_on(self.value) {
            return None;
        }
        self.in_one_line()
    }

    /// Items of a list or table: thousands with commas, colons, words without quotes.
    fn in_one_line(&self) -> Option<Slip> {
        let mended = mended(self.value);
        if mended == self.value {
            return None;
        }
        let help = self.write(&mended);
        Some(self.mistake("a value in it is not written as TOML writes values", help))
    }
}

/// Words that other languages have for a value that is not there.
const NOTHING: [&str; 6] = ["null", "nil", "none", "undefined", "n/a", "~"];

fn without_quotes(text: &str) -> &str {
    text.trim_matches(|c: char| CURLY.contains(&c) || matches!(c, '"' | '\''))
}

/// Returns true if a text is a value as it stands.
fn is_value(text: &str) -> bool {
    toml::de::DeTable::parse(&format!("a = {text}")).is_ok()
}

/// Returns a value of YAML as TOML writes it.
pub fn value_of_yaml(text: &str) -> String {
    if text.is_empty() {
        return "…".to_owned();
    }
    if text.chars().all(char::is_alphabetic)
        && let Some(truth) = meant::truth(text)
    {
        return truth.to_string();
    }
    if is_value(text) {
        return text.to_owned();
    }
    meant::quoted(without_quotes(text))
}

fn looks_like_date(value: &str) -> bool {
    value.contains('/')
        || value.matches('-').count() > 1
        || value.contains(':')
        || value.matches('.').count() == 2 && value.len() <= 10 && !value.contains("000")
}

/// What holds items in one line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Container {
    List,
    Table,
}

/// Returns the items of a list or table in one line, each as TOML writes it.
fn mended(value: &str) -> String {
    let container = if value.starts_with('{') {
        Container::Table
    } else {
        Container::List
    };
    let mut out = String::new();
    let mut rest = value;
    while let Some(first) = rest.chars().next() {
        let is_sign = matches!(first, '[' | ']' | '{' | '}' | ',' | '=') || first.is_whitespace();
        if let Some(length) = length_of_text(rest) {
            out.push_str(&rest[..length]);
            rest = &rest[length..];
        } else if is_sign {
            out.push(first);
            rest = &rest[first.len_utf8()..];
        } else {
            let (item, after) = rest.split_at(length_of_word(rest, container));
            out.push_str(&mended_item(item, after));
            rest = after;
        }
    }
    out
}

/// Returns how long a text in quotes is with which something begins.
fn length_of_text(rest: &str) -> Option<usize> {
    let quotes = ["\"", "'"]
        .into_iter()
        .find(|quotes| rest.starts_with(quotes))?;
    end_of_text(rest, quotes)
}

/// Returns a word of a list or table as TOML writes it; what stands behind it says whether it is a
/// key.
fn mended_item(item: &str, after: &str) -> String {
    if let Some(key) = item.strip_suffix(':') {
        return format!("{} =", key.trim_end_matches(':').trim());
    }
    if after.trim_start().starts_with('=') || is_value(item) {
        return item.to_owned();
    }
    if let Some(truth) = meant::truth(item) {
        return truth.to_string();
    }
    let may_be_number = !item.starts_with(char::is_alphabetic) && !looks_like_date(item);
    if may_be_number && let Some(number) = amount::meant_in_toml(item) {
        return number;
    }
    meant::quoted(item.trim_matches(|c: char| CURLY.contains(&c)))
}

/// Returns how long an item without quotes is. In a table, a comma before three digits is part of a
/// number.
fn length_of_word(rest: &str, container: Container) -> usize {
    let mut end = rest.len();
    for (at, c) in rest.char_indices() {
        let is_thousand = || {
            let after = &rest[at + 1..];
            let digits = after.bytes().take_while(u8::is_ascii_digit).count();
            container == Container::Table
                && digits == 3
                && rest[..at].ends_with(|c: char| c.is_ascii_digit())
        };
        if matches!(c, ']' | '}' | '=') || c == ',' && !is_thousand() {
            end = at;
            break;
        }
        if c == ':' && rest[at + 1..].starts_with([' ', '"', '\'']) {
            end = at + 1;
            break;
        }
    }
    rest[..end].trim_end().len()
}
