//! Text as markup: plain text comes in, text that no HTML or XML reads as markup goes out.

use std::convert::Infallible;
use std::io::{self, Write};

/// Returns text that is safe in an element and in a quoted attribute.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    push(&mut escaped, text);
    escaped
}

/// Appends text that is safe in an element and in a quoted attribute.
pub fn push(out: &mut String, text: &str) {
    append(out, text, may_be_markup, of_markup);
}

/// Writes text that is safe in an element and in a quoted attribute: templates escape with it.
pub fn write(text: &str, out: &mut dyn Write) -> io::Result<()> {
    stretches(text, may_be_markup, of_markup, |stretch| {
        out.write_all(stretch.as_bytes())
    })
}

/// Returns JSON that is harmless inside a `<script>` element: no character that HTML could read as markup,
/// or JavaScript as the end of a line.
pub fn in_script(json: &str) -> String {
    let mut script = String::with_capacity(json.len() + 64);
    append(&mut script, json, may_end_script, of_script);
    script
}

fn append(
    out: &mut String,
    text: &str,
    may: impl Fn(u8) -> bool,
    instead: impl Fn(char) -> Option<&'static str>,
) {
    let Ok(()) = stretches(text, may, instead, |stretch| {
        out.push_str(stretch);
        Ok::<(), Infallible>(())
    });
}

/// Hands on the safe text, stretch by stretch: most of it is copied in long ones. `may` tells by the
/// first byte of a character whether `instead` has to be asked for its replacement.
fn stretches<E>(
    text: &str,
    may: impl Fn(u8) -> bool,
    instead: impl Fn(char) -> Option<&'static str>,
    mut take: impl FnMut(&str) -> Result<(), E>,
) -> Result<(), E> {
    let mut rest = text;
    while let Some(at) = first_of(rest, &may) {
        take(&rest[..at])?;
        let Some(c) = rest[at..].chars().next() else {
            return Ok(());
        };
        let (this, after) = rest[at..].split_at(c.len_utf8());
        rest = after;
        take(instead(c).unwrap_or(this))?;
    }
    take(rest)
}

fn may_be_markup(byte: u8) -> bool {
    let is_control = (byte < 0x20) & (byte != b'\n') & (byte != b'\t') & (byte != b'\r');
    let is_mark =
        (byte == b'&') | (byte == b'<') | (byte == b'>') | (byte == b'"') | (byte == b'\'');
    // 0xC2 begins the upper control characters, 0xEF the two that are none.
    is_control | is_mark | (byte == 0x7F) | (byte == 0xC2) | (byte == 0xEF)
}

fn of_markup(c: char) -> Option<&'static str> {
    match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\'' => Some("&#39;"),
        // Characters that XML and HTML forbid; no text of a page means them.
        c if (c.is_control() && !matches!(c, '\n' | '\t' | '\r'))
            || matches!(c, '\u{FFFE}' | '\u{FFFF}') =>
        {
            Some("\u{FFFD}")
        }
        _ => None,
    }
}

fn may_end_script(byte: u8) -> bool {
    // 0xE2 begins the two separators, and others.
    (byte == b'<') | (byte == b'>') | (byte == b'&') | (byte == 0xE2)
}

fn of_script(c: char) -> Option<&'static str> {
    match c {
        '<' => Some("\\u003c"),
        '>' => Some("\\u003e"),
        '&' => Some("\\u0026"),
        '\u{2028}' => Some("\\u2028"),
        '\u{2029}' => Some("\\u2029"),
        _ => None,
    }
}

/// Returns where the first byte of a kind is. A block of bytes is looked at as one, so `is` must do
/// without branches.
fn first_of(text: &str, is: impl Fn(u8) -> bool) -> Option<usize> {
    let (blocks, _) = text.as_bytes().as_chunks::<16>();
    let plain = blocks
        .iter()
        .take_while(|block| !block.iter().fold(false, |any, byte| any | is(*byte)))
        .count()
        * 16;
    text.as_bytes()[plain..]
        .iter()
        .position(|byte| is(*byte))
        .map(|at| plain + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_no_markup_and_stays_readable() {
        let text = "a < b & \"c\" > 'd'\r\n\té\u{1}\u{85}\u{FFFE}\u{FFFD}ï";
        let mut written = vec![];
        write(text, &mut written).unwrap();
        assert_eq!(
            escape(text),
            "a &lt; b &amp; &quot;c&quot; &gt; &#39;d&#39;\r\n\té\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}ï"
        );
        assert_eq!(String::from_utf8(written).unwrap(), escape(text));
    }
}
