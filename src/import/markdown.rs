//! Texts of other people as Markdown of a record: what they say stays, what would be read as something else
//! does not.

use super::content::links::{Leads, rewrite};

/// Takes away what would begin a block in a text of one line, and what [`inert_text`] takes away.
pub fn inert(text: &str) -> String {
    let text = inert_text(text);
    match text.chars().next() {
        Some('#' | '>' | '|' | '=') => format!("\\{text}"),
        Some('-' | '+' | '*') if text[1..].starts_with([' ', '-', '*']) => format!("\\{text}"),
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
