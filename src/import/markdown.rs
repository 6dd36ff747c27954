//! Texts of other people as Markdown of a record: what they say stays, what would be read as something else
//! does not.

use super::content::links::{Leads, rewrite};

/// Takes away what would begin a block in a text of one line, and what [`inert_text`] takes away.
pub fn inert(text: &str) -> String {
    let text = inert_text(text);
    match text.chars().next() {
        Some('#' | '>' | '|' | '=') => format!("\\{text}"),
        Some(c) if c.is_ascii_digit() => without_number(&text),
        Some('-' | '+' | '*') if is_item(&text) => format!("\\{text}"),
        _ => text,
    }
}

/// Takes away links to files, which the site does not have, and shortcodes.
pub fn inert_text(text: &str) -> String {
    let is_whole = |address: &str| {
        ["http://", "https://", "mailto:", "tel:"]
            .iter()
            .any(|scheme| address.starts_with(scheme))
    };
    let is_right = |address: &str| is_whole(address) && crate::data::is_safe_url(address);
    let text = rewrite(text, |address, _, _| {
        if is_right(address) {
            Leads::AsWritten
        } else {
            Leads::Nowhere
        }
    })
    .text;
    text.replace("{{<", "{{ <").trim().to_owned()
}

/// Returns true if a line that begins with a mark is an item of a list, or a rule.
fn is_item(line: &str) -> bool {
    let rest = &line[1..];
    rest.starts_with(' ') || rest.bytes().all(|byte| matches!(byte, b'-' | b'*' | b' '))
}

/// Escapes a number at the beginning of a text that would make an item of a list of it.
fn without_number(text: &str) -> String {
    let digits = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (number, rest) = text.split_at(digits);
    if rest.starts_with(". ") || rest.starts_with(") ") {
        format!("{number}\\{rest}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_begins_no_block() {
        assert_eq!(inert("1. Writes tests"), "1\\. Writes tests");
        assert_eq!(inert("- Writes"), "\\- Writes");
        assert_eq!(inert("**Working:** alone"), "**Working:** alone");
        assert_eq!(inert("---"), "\\---");
        assert_eq!(inert("# One"), "\\# One");
        assert_eq!(
            inert("3 of [them](x.md), [that](https://x.example)"),
            "3 of them, [that](https://x.example)"
        );
    }
}
