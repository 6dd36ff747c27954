//! Why a text is not TOML: the place at which the parser stopped comes in; what the author did
//! there, and what to write instead, goes out. The parser's own words are for who knows the
//! grammar, and it guesses on after a mistake: one bracket that is missing gave a message for each
//! line below.

mod line;
mod scan;
mod value;

use self::line::Line;
use self::scan::{Open, open, pair};
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

/// Quotes that are letters to TOML.
const CURLY: [char; 12] = ['“', '”', '„', '‟', '«', '»', '‘', '’', '‚', '‛', '″', '′'];

/// Returns the mistake at a place; `None` when it is none of those that people make.
pub(super) fn at(text: &str, span: &Span) -> Option<Slip> {
    let at = span.start.min(text.len());
    let line = line_of(text, at);
    let (start, line) = (line.start, &text[line]);
    match open(&text[..start]) {
        Some(open) => unclosed(text, open, start, line),
        None if line.trim().is_empty() => {
            open(text).and_then(|open| unclosed(text, open, text.len(), ""))
        }
        None => Line {
            text,
            start,
            line,
            at,
        }
        .slip(),
    }
}

/// Returns the mistake of a list, a table in braces or a text that begins above and should have
/// ended before the line that starts at `start`.
fn unclosed(text: &str, Open { at, sign }: Open, start: usize, line: &str) -> Option<Slip> {
    let is_end = start >= text.len();
    let is_text = sign.len() == 3;
    let is_header = line.trim_end().starts_with('[')
        && line.trim_end().ends_with(']')
        && !line.contains(['"', '\'', ',', '{']);
    let is_pair = pair(line)
        .is_some_and(|pair| pair.sign == '=' && !line.starts_with(char::is_whitespace))
        && sign == "[";
    if !(is_end || !is_text && (is_header || is_pair)) {
        return None;
    }
    let (what, end) = match sign {
        "[" => ("list", "]"),
        "{" => ("table", "}"),
        quotes => ("text", quotes),
    };
    let related = if is_end {
        None
    } else {
        Some(("it must end before this", start..start + line.len()))
    };
    let help = Some(format!("close it with `{end}`"));
    Some(Slip {
        span: at..at + sign.len(),
        message: format!("this {what} is never closed"),
        help,
        related,
        reach: Reach::Rest,
    })
}
