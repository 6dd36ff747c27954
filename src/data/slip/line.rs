//! A line at which the TOML parser stopped: the mistakes of its key, its header, or all of it.

use super::scan::{Pair, goes_on, pair, strange_space, without_comment};
use super::value::{Assigned, value_of_yaml};
use super::{CURLY, Reach, Slip};
use crate::data::meant;

/// The line at which the parser stopped.
pub struct Line<'t> {
    /// The text that it stands in.
    pub text: &'t str,
    /// Where it starts in the text.
    pub start: usize,
    pub line: &'t str,
    /// Where in the text the parser stopped.
    pub at: usize,
}

/// How other languages begin a comment.
const COMMENTS: [&str; 5] = ["//", "/*", "--", ";", "<!--"];

impl Line<'_> {
    /// Returns the mistake of the line; `None` when it is none of those that people make.
    pub fn slip(&self) -> Option<Slip> {
        let line = self.line.trim();
        if line.starts_with(['{', '}']) && !line.contains('=') {
            return Some(self.whole(
                "this is not TOML, it looks like JSON",
                "write a key with its value on each line: title = \"…\"",
                Reach::Rest,
            ));
        }
        let is_comment = COMMENTS.iter().any(|start| line.starts_with(start));
        if is_comment && !line.starts_with("---") {
            return Some(self.whole(
                "this is not TOML: comments begin with `#`",
                "put a `#` before it",
                Reach::Line,
            ));
        }
        if line.starts_with('[') {
            return self.header(line);
        }
        match pair(self.line) {
            Some(pair) => self.pair(&pair),
            None => self.alone(line),
        }
    }

    /// A line with a key, a sign and a value.
    fn pair(&self, pair: &Pair<'_>) -> Option<Slip> {
        let key = self.key(pair.key)?;
        if let Some((at, stranger)) = strange_space(&self.line[..pair.at]) {
            let at = self.start + at;
            let message = format!(
                "a character that nobody sees (U+{:04X}) stands where TOML takes only spaces",
                u32::from(stranger)
            );
            return Some(Slip {
                span: at..at + stranger.len_utf8(),
                message,
                help: Some(format!("write {key} = {}", pair.value)),
                related: None,
                reach: Reach::Line,
            });
        }
        if pair.sign == ':' {
            return Some(self.colon(&key, pair));
        }
        if key != pair.key {
            let value = if pair.value.is_empty() {
                "…"
            } else {
                pair.value
            };
            return Some(self.whole(
                "this key is not written as TOML writes keys",
                format!("write {key} = {value}"),
                Reach::Line,
            ));
        }
        let end = (pair.at + pair.value.len()).min(self.line.len());
        let assigned = Assigned {
            text: self.text,
            key,
            value: pair.value,
            span: self.start + pair.at..self.start + end,
            stopped: self.at,
        };
        assigned.slip()
    }

    /// Returns a mistake of the whole line.
    fn whole(&self, message: &str, help: impl Into<String>, reach: Reach) -> Slip {
        let indent = self.line.len() - self.line.trim_start().len();
        let span = self.start + indent..self.start + self.line.trim_end().len();
        Slip {
            span,
            message: message.into(),
            help: Some(help.into()),
            related: None,
            reach,
        }
    }

    /// Returns a key as TOML takes it; `None` where that cannot be told.
    fn key(&self, key: &str) -> Option<String> {
        let is_plain = |key: &str| {
            !key.is_empty()
                && key
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
        };
        let is_quoted =
            |quote: char| key.len() > 1 && key.starts_with(quote) && key.ends_with(quote);
        if is_plain(key) || is_quoted('"') || is_quoted('\'') {
            return Some(key.to_owned());
        }
        let bare = key
            .trim_matches(|c: char| {
                CURLY.contains(&c)
                    || matches!(c, '"' | '\'' | '*' | '`' | '\u{200B}' | '\u{FEFF}')
                    || c.is_whitespace()
            })
            .trim();
        let joined = bare
            .split(|c: char| c.is_whitespace())
            .collect::<Vec<_>>()
            .join("_");
        if is_plain(&joined) {
            return Some(joined);
        }
        if joined.is_empty() || bare.contains(['"', '\'', ',', '{', '[', '(']) {
            return None;
        }
        Some(meant::quoted(bare))
    }

    /// A header that is not closed as it was opened: `[[levels]`.
    fn header(&self, line: &str) -> Option<Slip> {
        let line = without_comment(line).trim();
        let name = line.trim_matches(|c: char| {
            matches!(c, '[' | ']') || c.is_whitespace() || CURLY.contains(&c)
        });
        let name = name.trim_matches(['"', '\'']);
        let is_name = !name.is_empty()
            && name
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
        let brackets = |sign: char| line.chars().filter(|c| *c == sign).count();
        let wanted = if brackets('[').max(brackets(']')) > 1 {
            format!("[[{name}]]")
        } else {
            format!("[{name}]")
        };
        if !is_name || line == wanted {
            return None;
        }
        Some(self.whole(
            "this header is not closed as it was opened",
            format!("write {wanted}"),
            Reach::Rest,
        ))
    }

    /// A line without a sign between key and value.
    fn alone(&self, line: &str) -> Option<Slip> {
        let (key, value) = line.split_once(char::is_whitespace)?;
        let is_key = key.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        let is_value = value.trim_start().starts_with(['"', '\'', '[', '{'])
            || value.trim().parse::<f64>().is_ok()
            || meant::truth(value.trim()).is_some();
        if !is_key || !is_value || goes_on(value) {
            return None;
        }
        Some(self.whole(
            "the `=` between key and value is missing",
            format!("write {key} = {}", value.trim()),
            Reach::Line,
        ))
    }

    /// `title: Nurse`. A file that is written so from top to bottom is YAML, which is said once.
    fn colon(&self, key: &str, pair: &Pair<'_>) -> Slip {
        let lines = || {
            self.text
                .lines()
                .filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'))
        };
        let is_yaml = lines().count() > 1
            && lines().all(|line| {
                line.starts_with([' ', '-'])
                    || super::scan::pair(line).is_some_and(|pair| pair.sign == ':')
            });
        let value = value_of_yaml(pair.value);
        if is_yaml {
            let help = format!(
                "write {key} = {value}; in an article, a front matter between `---` may be YAML"
            );
            return self.whole("this is YAML, and here TOML is read", help, Reach::Rest);
        }
        let reach = if pair.value.is_empty() || goes_on(pair.value) {
            Reach::Rest
        } else {
            Reach::Line
        };
        self.whole(
            "this is not TOML: `=` stands between a key and its value",
            format!("write {key} = {value}"),
            reach,
        )
    }
}
