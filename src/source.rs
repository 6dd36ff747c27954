//! Text of the site: bytes come in, checked text with plain line ends and a way from offsets to lines goes out.

use std::ops::Range;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic};
use crate::path::SourcePath;

/// A stretch of a source text, in bytes from its start (after a byte order mark, with `\n` as the only line end).
pub type Span = Range<usize>;

/// A source file as text: UTF-8, without a byte order mark, every line end a single `\n`.
#[derive(Clone, Debug)]
pub struct Source {
    pub path: SourcePath,
    pub text: Arc<str>,
}

/// A place as people count: line and column from 1, columns in characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

impl Source {
    /// Decodes a file. The error says which byte is no text, and where.
    pub fn decode(path: &SourcePath, bytes: &[u8]) -> Result<Self, Diagnostic> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let fault = |offset: usize, message: String, help: &str| {
            let text = String::from_utf8_lossy(&bytes[..offset]).into_owned();
            let at = normalise(&text).len();
            Err(Diagnostic::error(Code::InvalidText, message).at(path, at..at).help(help))
        };
        match std::str::from_utf8(bytes) {
            Err(error) => {
                let offset = error.valid_up_to();
                let message = format!("byte {} of this file (0x{:02X}) is not UTF-8 text", offset + 1, bytes[offset]);
                fault(offset, message, "save the file as UTF-8; most editors offer it under \"Save with encoding\"")
            }
            Ok(text) => match memchr::memchr(0, bytes) {
                Some(offset) => {
                    fault(offset, format!("byte {} of this file is NUL, which no text holds", offset + 1), "is this a binary file, or UTF-16? Save it as UTF-8")
                }
                None => Ok(Self { path: path.clone(), text: normalise(text) }),
            },
        }
    }

    /// Decodes what can be decoded, so that a message can show where the rest is.
    pub fn lossy(path: &SourcePath, bytes: &[u8]) -> Self {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        Self { path: path.clone(), text: normalise(&String::from_utf8_lossy(bytes)) }
    }

    /// Line and column of a byte offset.
    pub fn position(&self, offset: usize) -> Position {
        position(&self.text, offset)
    }

    /// The line (without its end) that holds the offset, and the offset at which it starts.
    pub fn line_at(&self, offset: usize) -> (usize, &str) {
        let line = line_of(&self.text, offset);
        (line.start, &self.text[line])
    }
}

/// The line (without its end) that holds a byte offset of a text with `\n` line ends.
pub fn line_of(text: &str, offset: usize) -> Span {
    let offset = floor(text, offset);
    let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    start..text[offset..].find('\n').map_or(text.len(), |at| offset + at)
}

/// Line and column of a byte offset in a text with `\n` line ends.
pub fn position(text: &str, offset: usize) -> Position {
    let before = &text[..floor(text, offset)];
    let start = line_of(text, offset).start;
    Position { line: before.matches('\n').count() + 1, column: before[start..].chars().count() + 1 }
}

/// The offset itself, or the start of the character that it falls into, or the end of the text.
fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

fn normalise(text: &str) -> Arc<str> {
    if memchr::memchr(b'\r', text.as_bytes()).is_none() { text.into() } else { text.replace("\r\n", "\n").replace('\r', "\n").into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path() -> SourcePath {
        SourcePath::new("content/a.md").unwrap()
    }

    #[test]
    fn a_mark_and_line_ends_change_nothing() {
        let plain = Source::decode(&path(), b"a\nb\n").unwrap();
        for other in [&b"\xEF\xBB\xBFa\r\nb\r\n"[..], b"a\rb\r"] {
            assert_eq!(Source::decode(&path(), other).unwrap().text, plain.text);
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_said_with_their_place() {
        let error = Source::decode(&path(), b"ok\nr\xE9sum\xE9").unwrap_err();
        assert_eq!(error.message, "byte 5 of this file (0xE9) is not UTF-8 text");
        assert_eq!(error.place.unwrap().span, 4..4);
    }

    #[test]
    fn columns_are_characters() {
        assert_eq!(position("é=1\nüü x", 10), Position { line: 2, column: 4 });
    }
}
