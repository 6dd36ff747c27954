//! Text as markup: plain text comes in, text that no HTML or XML reads as markup goes out.

/// Text that is safe in an element and in a quoted attribute.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    push(&mut escaped, text);
    escaped
}

/// Appends text that is safe in an element and in a quoted attribute.
pub fn push(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(may_need_escape) {
        out.push_str(&rest[..at]);
        let Some(c) = rest[at..].chars().next() else { return };
        rest = &rest[at + c.len_utf8()..];
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Characters that XML and HTML forbid; no text of a page means them.
            c if (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{FFFE}' | '\u{FFFF}') => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out.push_str(rest);
}

/// Whether a character that begins with this byte may not stand as it is: most texts are copied in long stretches.
fn may_need_escape(byte: u8) -> bool {
    MAY_NEED_ESCAPE[usize::from(byte)]
}

static MAY_NEED_ESCAPE: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        table[byte] = byte != b'\n' as usize && byte != b'\t' as usize;
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
