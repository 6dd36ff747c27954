//! The tags of HTML as they are written: a page or a part of one comes in; where its attributes,
//! comments and scripts stand goes out. This repairs nothing, and takes any text.
//!
//! It is our own because each page is read once by it on its way out: `html5ever` gives no places in
//! the text, which links are written anew at.

use std::borrow::Cow;
use std::ops::Range;

/// An attribute that has a value.
#[derive(Clone, Debug)]
pub struct Attribute<'h> {
    pub name: &'h str,
    /// Where the name begins.
    pub start: usize,
    /// Where the value stands, without its quotes.
    pub value: Range<usize>,
}

/// Returns whether HTML takes a byte for white space.
pub fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0C)
}

/// Returns the name of a tag, which a text begins with.
pub fn name_of(text: &str) -> &str {
    &text[..end_of(text, |byte| matches!(byte, b'>' | b'/'))]
}

/// Returns where the end tag of a `script` or a `style` begins.
pub fn end_of_code(html: &str, from: usize, name: &str) -> usize {
    memchr::memmem::find_iter(&html.as_bytes()[from..], b"</")
        .map(|at| from + at)
        .find(|at| {
            html.as_bytes()
                .get(at + 2..at + 2 + name.len())
                .is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
        })
        .unwrap_or(html.len())
}

/// Returns the length of a comment from behind `<!--` on.
pub fn end_of_comment(body: &str) -> Option<usize> {
    let empty = [">", "->"].into_iter().find(|end| body.starts_with(end));
    if let Some(end) = empty {
        return Some(end.len());
    }
    memchr::memmem::find_iter(body.as_bytes(), b"--").find_map(|at| {
        let after = &body[at + 2..];
        [">", "!>"]
            .into_iter()
            .find(|end| after.starts_with(end))
            .map(|end| at + 2 + end.len())
    })
}

/// Returns where a declaration ends that begins at `start`.
pub fn end_of_declaration(html: &str, start: usize) -> usize {
    memchr::memchr(b'>', &html.as_bytes()[start..]).map_or(html.len(), |at| start + at + 1)
}

/// Calls back for each attribute of a tag that has a value; returns where the tag ends.
pub fn attributes<'h>(html: &'h str, mut at: usize, mut found: impl FnMut(Attribute<'h>)) -> usize {
    loop {
        at += html[at..]
            .bytes()
            .take_while(|byte| is_space(*byte) || *byte == b'/')
            .count();
        let rest = &html[at..];
        if rest.is_empty() || rest.starts_with('>') {
            return at;
        }
        // A stray `=` is a name of its own, or this would never end.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let length = first + end_of(&rest[first..], |byte| matches!(byte, b'=' | b'>' | b'/'));
        let (name, name_start) = (&rest[..length], at);
        at += length;
        let space = |at: usize| {
            html[at..]
                .bytes()
                .take_while(|byte| is_space(*byte))
                .count()
        };
        let equals = at + space(at);
        if html.as_bytes().get(equals) != Some(&b'=') {
            continue;
        }
        let start = equals + 1 + space(equals + 1);
        let (start, end) = match html.as_bytes().get(start) {
            Some(quote @ (b'"' | b'\'')) => {
                let end = memchr::memchr(*quote, &html.as_bytes()[start + 1..])
                    .map_or(html.len(), |end| start + 1 + end);
                at = (end + 1).min(html.len());
                (start + 1, end)
            }
            _ => {
                let end = start + end_of(&html[start..], |byte| byte == b'>');
                at = end;
                (start, end)
            }
        };
        found(Attribute {
            name,
            start: name_start,
            value: start..end,
        });
    }
}

/// How far a text goes up to white space or another byte that ends it; those bytes are ASCII.
fn end_of(text: &str, ends: impl Fn(u8) -> bool) -> usize {
    text.bytes()
        .position(|byte| is_space(byte) || ends(byte))
        .unwrap_or(text.len())
}

/// Decodes the character references that our escaping makes.
pub fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return text.into();
    }
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&#x2F;", "/")
        .replace("&amp;", "&")
        .into()
}
