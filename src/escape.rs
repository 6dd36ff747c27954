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

/// Hands on the safe text, stretch by stretch.
fn stretches<E>(text: &str, mut take: impl FnMut(&str) -> Result<(), E>) -> Result<(), E> {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(may_need_escape) {
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
    MAY_NEED_ESCAPE[usize::from(byte)]
}

static MAY_NEED_ESCAPE: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        table[byte] = byte != b'\n' as usize && byte != b'\t' as usize && byte != b'\r' as usize;
        byte += 1;
    }
    // 0xC2 begins the upper control characters, 0xEF the two that are none.
    let others = [b'&', b'<', b'>', b'"', b'\'', 0x7F, 0xC2, 0xEF];
    let mut at = 0;
    while at < others.len() {
        table[others[at] as usize] = true;
        at += 1;
    }
    table
};

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
