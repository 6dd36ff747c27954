//! Text as markup: plain text comes in, text that no HTML or XML reads as markup goes out.

use std::convert::Infallible;
use std::io::{self, Write};

/// Text that is safe in an element and in a quoted attribute.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    push(&mut escaped, text);
    escaped
}

/// Appends text that is safe in an element and in a quoted attribute.
pub fn push(out: &mut String, text: &str) {
    let Ok(()) = stretches(text, |stretch| {
        out.push_str(stretch);
        Ok::<(), Infallible>(())
    });
}

/// The same for templates: what they show is escaped so.
pub fn write(text: &str, out: &mut dyn Write) -> io::Result<()> {
    stretches(text, |stretch| out.write_all(stretch.as_bytes()))
}

/// JSON that is harmless inside a `<script>` element: no character that HTML could read as markup, or JavaScript as the end
/// of a line.
pub fn in_script(json: &str) -> String {
    let mut script = String::with_capacity(json.len() + 64);
    let mut rest = json;
    // 0xE2 begins the two separators, and others.
    while let Some(at) = first_of(rest, |byte| (byte == b'<') | (byte == b'>') | (byte == b'&') | (byte == 0xE2)) {
        script.push_str(&rest[..at]);
        let mut letters = rest[at..].chars();
        match letters.next() {
            Some(c @ ('<' | '>' | '&' | '\u{2028}' | '\u{2029}')) => script.push_str(&format!("\\u{:04x}", u32::from(c))),
            Some(c) => script.push(c),
            None => {}
        }
        rest = letters.as_str();
    }
    script + rest
}

/// Hands on the safe text, stretch by stretch.
fn stretches<E>(text: &str, mut take: impl FnMut(&str) -> Result<(), E>) -> Result<(), E> {
    let mut rest = text;
    while let Some(at) = first_of(rest, may_need_escape) {
        take(&rest[..at])?;
        let Some(c) = rest[at..].chars().next() else { return Ok(()) };
        let (this, after) = rest[at..].split_at(c.len_utf8());
        rest = after;
        take(match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\'' => "&#39;",
            // Characters that XML and HTML forbid; no text of a page means them.
            c if (c.is_control() && !matches!(c, '\n' | '\t' | '\r')) || matches!(c, '\u{FFFE}' | '\u{FFFF}') => "\u{FFFD}",
            _ => this,
        })?;
    }
    take(rest)
}

/// Whether a character that begins with this byte may not stand as it is: most texts are copied in long stretches.
fn may_need_escape(byte: u8) -> bool {
    let is_control = (byte < 0x20) & (byte != b'\n') & (byte != b'\t') & (byte != b'\r');
    let is_mark = (byte == b'&') | (byte == b'<') | (byte == b'>') | (byte == b'"') | (byte == b'\'');
    // 0xC2 begins the upper control characters, 0xEF the two that are none.
    is_control | is_mark | (byte == 0x7F) | (byte == 0xC2) | (byte == 0xEF)
}

/// Where the first byte of a kind stands. A block of bytes is looked at as one, so `is` does without branches.
fn first_of(text: &str, is: impl Fn(u8) -> bool) -> Option<usize> {
    let (blocks, _) = text.as_bytes().as_chunks::<16>();
    let plain = blocks.iter().take_while(|block| !block.iter().fold(false, |any, byte| any | is(*byte))).count() * 16;
    text.as_bytes()[plain..].iter().position(|byte| is(*byte)).map(|at| plain + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_no_markup_and_stays_readable() {
        let text = "a < b & \"c\" > 'd'\r\n\té\u{1}\u{85}\u{FFFE}\u{FFFD}ï";
        let mut written = vec![];
        write(text, &mut written).unwrap();
        assert_eq!(escape(text), "a &lt; b &amp; &quot;c&quot; &gt; &#39;d&#39;\r\n\té\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}ï");
        assert_eq!(String::from_utf8(written).unwrap(), escape(text));
    }
}
