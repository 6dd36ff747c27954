//! Why a text is not TOML: the place at which the parser stopped comes in; what the author did there, and what to write
//! instead, goes out. The parser's own words are for who knows the grammar, and it guesses on after a mistake: one bracket
//! that is missing gave a message for each line below.

use super::meant;
use crate::source::{Span, line_of};

/// A mistake, with offsets in the text.
#[derive(Debug)]
pub(super) struct Slip {
    pub span: Span,
    pub message: String,
    pub help: Option<String>,
    /// Another place that matters, and why.
    pub related: Option<(&'static str, Span)>,
    /// How far the mistake goes: what follows is only known to be wrong when it stays in its line.
    pub reach: Reach,
}

/// What a mistake leaves uncertain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    Line,
    Rest,
}

/// Something that was opened and not closed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Open {
    at: usize,
    sign: &'static str,
}

/// The mistake at a place, when it is one of those that people make.
pub(super) fn at(text: &str, span: &Span) -> Option<Slip> {
    let at = span.start.min(text.len());
    let line = line_of(text, at);
    let (start, line) = (line.start, &text[line]);
    match open(&text[..start]) {
        Some(open) => unclosed(text, open, start, line),
        None if line.trim().is_empty() => open(text).and_then(|open| unclosed(text, open, text.len(), "")),
        None => Line { text, start, line, at }.slip(),
    }
}

/// Whether the value of a line goes on below it.
pub(super) fn goes_on(line: &str) -> bool {
    open(line).is_some()
}

/// A list, a table in braces or a text that begins above and should have ended before this line.
fn unclosed(text: &str, Open { at, sign }: Open, start: usize, line: &str) -> Option<Slip> {
    let is_end = start >= text.len();
    let is_text = sign.len() == 3;
    let is_header = line.trim_end().starts_with('[') && line.trim_end().ends_with(']') && !line.contains(['"', '\'', ',', '{']);
    let is_pair = pair(line).is_some_and(|pair| pair.sign == '=' && !line.starts_with(char::is_whitespace)) && sign == "[";
    if !(is_end || !is_text && (is_header || is_pair)) {
        return None;
    }
    let (what, end) = match sign {
        "[" => ("list", "]"),
        "{" => ("table", "}"),
        quotes => ("text", quotes),
    };
    let related = (!is_end).then(|| ("it must end before this", start..start + line.len()));
    let help = Some(format!("close it with `{end}`"));
    Some(Slip { span: at..at + sign.len(), message: format!("this {what} is never closed"), help, related, reach: Reach::Rest })
}

/// What is open at the end of a text, innermost. The text is right so far.
fn open(text: &str) -> Option<Open> {
    let mut stack: Vec<Open> = vec![];
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let quotes = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quotes| rest.starts_with(quotes));
        at += match (quotes, rest.as_bytes()[0]) {
            (Some(quotes), _) => match end_of_text(rest, quotes) {
                Some(length) => length,
                None if quotes.len() == 3 => return Some(Open { at, sign: quotes }),
                // One that ends with its line is a mistake of that line.
                None => rest.find('\n').unwrap_or(rest.len()),
            },
            (None, b'#') => rest.find('\n').unwrap_or(rest.len()),
            (None, byte @ (b'[' | b'{')) => {
                stack.push(Open { at, sign: if byte == b'[' { "[" } else { "{" } });
                1
            }
            (None, b']' | b'}') => {
                stack.pop();
                1
            }
            (None, _) => rest.chars().next().map_or(1, char::len_utf8),
        };
    }
    stack.pop()
}

/// How long a text with its quotes is; none when it is not closed.
fn end_of_text(rest: &str, quotes: &'static str) -> Option<usize> {
    let mut at = quotes.len();
    while let Some(next) = rest.get(at..).filter(|next| !next.is_empty()) {
        if let Some(after) = next.strip_prefix(quotes) {
            // Up to two quotes may stand before the three that close.
            let more = after.chars().take_while(|c| quotes.len() == 3 && quotes.starts_with(*c)).count().min(2);
            return Some(at + quotes.len() + more);
        }
        if quotes.len() == 1 && next.starts_with('\n') {
            return None;
        }
        let escape = usize::from(quotes.starts_with('"') && next.starts_with('\\'));
        at += escape + next[escape..].chars().next().map_or(0, char::len_utf8);
    }
    None
}

/// A key and a value with the sign between them, as far as a line has these.
struct Pair<'l> {
    key: &'l str,
    sign: char,
    value: &'l str,
    /// Where the value begins in the line.
    at: usize,
}

fn pair(line: &str) -> Option<Pair<'_>> {
    let at = line.find(['=', ':'])?;
    // `a:b = 1` is a key that needs quotes, `title: a = b` a line of YAML.
    let at = line.find('=').filter(|equals| line[at + 1..*equals.max(&(at + 1))].chars().all(|c| !c.is_whitespace())).unwrap_or(at);
    let (key, value) = (line[..at].trim(), &line[at + 1..]);
    let is_key = !key.is_empty() && !key.starts_with(['[', '#', '{', '/']);
    let begins = at + 1 + value.len() - value.trim_start().len();
    is_key.then(|| Pair { key, sign: if line[at..].starts_with('=') { '=' } else { ':' }, value: without_comment(value).trim(), at: begins })
}

/// A value without the comment behind it.
fn without_comment(value: &str) -> &str {
    let trimmed = value.trim_start();
    if trimmed.starts_with(['"', '\'']) {
        return value;
    }
    value.find(" #").map_or(value, |at| &value[..at])
}

/// The line at which the parser stopped.
struct Line<'t> {
    text: &'t str,
    start: usize,
    line: &'t str,
    at: usize,
}

const CURLY: [char; 12] = ['“', '”', '„', '‟', '«', '»', '‘', '’', '‚', '‛', '″', '′'];

impl Line<'_> {
    fn slip(&self) -> Option<Slip> {
        let line = self.line.trim();
        if line.starts_with(['{', '}']) && !line.contains('=') {
            return Some(self.whole("this is not TOML, it looks like JSON", "write a key with its value on each line: title = \"…\"", Reach::Rest));
        }
        if ["//", "/*", "--", ";", "<!--"].iter().any(|start| line.starts_with(start)) && !line.starts_with("---") {
            return Some(self.whole("this is not TOML: comments begin with `#`", "put a `#` before it", Reach::Line));
        }
        if line.starts_with('[') {
            return self.header(line);
        }
        let Some(pair) = pair(self.line) else { return self.alone(line) };
        if let Some((at, stranger)) = strange_space(&self.line[..pair.at]) {
            let help = format!("write {} = {}", self.key(pair.key)?, pair.value);
            let span = self.start + at..self.start + at + stranger.len_utf8();
            let message = format!("a character that nobody sees (U+{:04X}) stands where TOML takes only spaces", u32::from(stranger));
            return Some(Slip { span, message, help: Some(help), related: None, reach: Reach::Line });
        }
        let key = self.key(pair.key)?;
        if pair.sign == ':' {
            return Some(self.colon(&key, &pair));
        }
        if key != pair.key {
            let help = format!("write {key} = {}", if pair.value.is_empty() { "…" } else { pair.value });
            return Some(self.whole("this key is not written as TOML writes keys", help, Reach::Line));
        }
        self.value(&key, &pair)
    }

    /// A mistake of the whole line.
    fn whole(&self, message: &str, help: impl Into<String>, reach: Reach) -> Slip {
        let indent = self.line.len() - self.line.trim_start().len();
        let span = self.start + indent..self.start + self.line.trim_end().len();
        Slip { span, message: message.into(), help: Some(help.into()), related: None, reach }
    }

    /// The key as TOML takes it; none where that cannot be told.
    fn key(&self, key: &str) -> Option<String> {
        let is_plain = |key: &str| !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
        let is_quoted = |quote: char| key.len() > 1 && key.starts_with(quote) && key.ends_with(quote);
        if is_plain(key) || is_quoted('"') || is_quoted('\'') {
            return Some(key.to_owned());
        }
        let bare = key.trim_matches(|c: char| CURLY.contains(&c) || matches!(c, '"' | '\'' | '*' | '`' | '\u{200B}' | '\u{FEFF}') || c.is_whitespace()).trim();
        let joined = bare.split(|c: char| c.is_whitespace()).collect::<Vec<_>>().join("_");
        match (is_plain(&joined), joined.is_empty() || bare.contains(['"', '\'', ',', '{', '[', '('])) {
            (true, _) => Some(joined),
            (false, true) => None,
            (false, false) => Some(meant::quoted(bare)),
        }
    }

    /// `[[levels]` and the like.
    fn header(&self, line: &str) -> Option<Slip> {
        let line = without_comment(line).trim();
        let name = line.trim_matches(|c: char| matches!(c, '[' | ']') || c.is_whitespace() || CURLY.contains(&c));
        let name = name.trim_matches(['"', '\'']);
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
        let brackets = |sign: char| line.chars().filter(|c| *c == sign).count();
        let wanted = if brackets('[').max(brackets(']')) > 1 { format!("[[{name}]]") } else { format!("[{name}]") };
        (is_name && line != wanted).then(|| self.whole("this header is not closed as it was opened", format!("write {wanted}"), Reach::Rest))
    }

    /// A line without a sign between key and value.
    fn alone(&self, line: &str) -> Option<Slip> {
        let (key, value) = line.split_once(char::is_whitespace)?;
        let is_key = key.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        let is_value = value.trim_start().starts_with(['"', '\'', '[', '{']) || value.trim().parse::<f64>().is_ok() || meant::truth(value.trim()).is_some();
        (is_key && is_value && !goes_on(value))
            .then(|| self.whole("the `=` between key and value is missing", format!("write {key} = {}", value.trim()), Reach::Line))
    }

    /// `title: Nurse`. A file that is written so from top to bottom is YAML, which is said once.
    fn colon(&self, key: &str, pair: &Pair<'_>) -> Slip {
        let lines = || self.text.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
        let is_yaml = lines().count() > 1 && lines().all(|line| line.starts_with([' ', '-']) || self::pair(line).is_some_and(|pair| pair.sign == ':'));
        let value = value_of(pair.value);
        if is_yaml {
            let help = format!("write {key} = {value}; in an article, a front matter between `---` may be YAML");
            return self.whole("this is YAML, and here TOML is read", help, Reach::Rest);
        }
        let reach = if pair.value.is_empty() || goes_on(pair.value) { Reach::Rest } else { Reach::Line };
        self.whole("this is not TOML: `=` stands between a key and its value", format!("write {key} = {value}"), reach)
    }

    fn value(&self, key: &str, pair: &Pair<'_>) -> Option<Slip> {
        let value = pair.value;
        let span = self.start + pair.at..self.start + (pair.at + value.len()).min(self.line.len());
        let say = |message: &str, help: String| Some(Slip { span: span.clone(), message: message.into(), help: Some(help), related: None, reach: Reach::Line });
        let write = |value: &str| format!("write {key} = {value}");
        if value.is_empty() {
            return say(&format!("the key `{key}` has no value"), format!("write one behind the `=`, such as {key} = \"…\", or remove the line"));
        }
        if value.starts_with(['{', '[']) {
            return self.inside(&write, pair);
        }
        if value.contains(CURLY) && (value.starts_with(CURLY) || value.ends_with(CURLY)) {
            let bare = value.trim_matches(|c: char| CURLY.contains(&c) || matches!(c, '"' | '\''));
            return say("curly quotes are letters to TOML", write(&meant::quoted(bare)));
        }
        if let Some(rest) = value.strip_suffix([';', ',']).filter(|rest| is_value(rest.trim())) {
            return say("nothing stands behind a value but a comment", write(rest.trim()));
        }
        if value.starts_with(['"', '\'']) {
            return self.text(&write, pair);
        }
        self.bare(key, value, &write, &say)
    }

    /// A value in quotes.
    fn text(&self, write: &dyn Fn(&str) -> String, pair: &Pair<'_>) -> Option<Slip> {
        let value = pair.value;
        let at = self.start + pair.at;
        let slip = |span: Span, message: &str, help: String| Some(Slip { span, message: message.into(), help: Some(help), related: None, reach: Reach::Line });
        let quote = if value.starts_with('"') { '"' } else { '\'' };
        let three = if quote == '"' { "\"\"\"" } else { "'''" };
        if value.starts_with(three) {
            return None;
        }
        let inner = &value[1..];
        if inner.is_empty() || !inner.contains(quote) {
            let bare = inner.trim_matches(|c: char| CURLY.contains(&c) || matches!(c, '"' | '\''));
            return slip(at..at + 1, "this text is never closed", write(&meant::quoted(bare)));
        }
        let bare = inner.strip_suffix(quote).unwrap_or(inner);
        let has_more = bare.replace("\\\"", "").contains(quote);
        if has_more && inner.ends_with(quote) {
            return slip(at..at + value.len(), &format!("the text ends at the second {quote}, and more stands behind it"), write(&meant::quoted(bare)));
        }
        if quote == '"' && self.at >= at && bare.contains('\\') {
            return slip(at..at + value.len(), "a backslash begins an escape in double quotes", write(&meant::quoted(bare)));
        }
        None
    }

    /// A value without quotes that is none.
    fn bare(&self, key: &str, value: &str, write: &dyn Fn(&str) -> String, say: &dyn Fn(&str, String) -> Option<Slip>) -> Option<Slip> {
        if let Some(truth) = meant::truth(value).filter(|_| value.starts_with(char::is_alphabetic)) {
            return say("TOML knows only `true` and `false`", write(&truth.to_string()));
        }
        if matches!(value.to_lowercase().as_str(), "null" | "nil" | "none" | "undefined" | "n/a" | "~") {
            return say("TOML has no word for nothing", format!("remove the line: a key that is not there has no value; as a text, it is {key} = \"{value}\""));
        }
        if value.starts_with(char::is_alphabetic) {
            return say("this is not TOML: a text stands in quotes", write(&meant::quoted(value)));
        }
        let number = meant::number(value.trim_end_matches('%')).filter(|_| !looks_like_date(value))?;
        match value.ends_with('%') {
            true => say("a number stands alone: the percent sign is no part of it", write(&number)),
            false => say("this is not how TOML writes a number", write(&number)),
        }
    }

    /// In a list or a table of one line: thousands with commas, colons, words without quotes.
    fn inside(&self, write: &dyn Fn(&str) -> String, pair: &Pair<'_>) -> Option<Slip> {
        let value = pair.value;
        if goes_on(value) && !value.starts_with('[') {
            let slip = unclosed(self.text, Open { at: self.start + pair.at, sign: "{" }, self.text.len(), "");
            return slip.map(|slip| Slip { help: Some("close it with `}`".into()), ..slip });
        }
        if goes_on(value) {
            return None;
        }
        let mended = mended(value);
        let span = self.start + pair.at..self.start + pair.at + value.len();
        (mended != value).then(|| Slip {
            span,
            message: "a value in it is not written as TOML writes values".into(),
            help: Some(write(&mended)),
            related: None,
            reach: Reach::Line,
        })
    }
}

/// A space that is none for TOML, and where it stands.
fn strange_space(text: &str) -> Option<(usize, char)> {
    text.char_indices().find(|(_, c)| !c.is_ascii() && (c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}')))
}

/// Whether a text is a value as it stands.
fn is_value(text: &str) -> bool {
    toml::de::DeTable::parse(&format!("a = {text}")).is_ok()
}

/// A value of YAML as TOML writes it.
fn value_of(text: &str) -> String {
    match meant::truth(text).filter(|_| text.chars().all(char::is_alphabetic)) {
        _ if text.is_empty() => "…".to_owned(),
        Some(truth) => truth.to_string(),
        None if is_value(text) => text.to_owned(),
        None => meant::quoted(text.trim_matches(|c: char| CURLY.contains(&c) || matches!(c, '"' | '\''))),
    }
}

fn looks_like_date(value: &str) -> bool {
    value.contains('/')
        || value.matches('-').count() > 1
        || value.contains(':')
        || value.matches('.').count() == 2 && value.len() <= 10 && !value.contains("000")
}

/// The items of a list or table in one line, each as TOML writes it.
fn mended(value: &str) -> String {
    let mut out = String::new();
    let mut rest = value;
    while let Some(first) = rest.chars().next() {
        let quotes = ["\"", "'"].into_iter().find(|quotes| rest.starts_with(quotes));
        if let Some(length) = quotes.and_then(|quotes| end_of_text(rest, quotes)) {
            out.push_str(&rest[..length]);
            rest = &rest[length..];
            continue;
        }
        if matches!(first, '[' | ']' | '{' | '}' | ',' | '=') || first.is_whitespace() {
            out.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let length = word(rest, value.starts_with('{'));
        let (item, after) = rest.split_at(length);
        let is_key = after.trim_start().starts_with('=') || item.ends_with(':');
        out.push_str(&match is_key {
            true if item.ends_with(':') => format!("{} =", item.trim_end_matches(':').trim()),
            true => item.to_owned(),
            false if is_value(item) => item.to_owned(),
            false => match (meant::truth(item), meant::number(item).filter(|_| !item.starts_with(char::is_alphabetic) && !looks_like_date(item))) {
                (Some(truth), _) => truth.to_string(),
                (None, Some(number)) => number,
                (None, None) => meant::quoted(item.trim_matches(|c: char| CURLY.contains(&c))),
            },
        });
        rest = after;
    }
    out
}

/// How long an item without quotes is: up to what ends it. In a table, a comma between three digits is one of a number.
fn word(rest: &str, in_table: bool) -> usize {
    let mut end = rest.len();
    for (at, c) in rest.char_indices() {
        let is_thousand = || {
            let after = &rest[at + 1..];
            let digits = after.bytes().take_while(u8::is_ascii_digit).count();
            in_table && digits == 3 && rest[..at].ends_with(|c: char| c.is_ascii_digit())
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
