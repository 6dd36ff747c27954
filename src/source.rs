//! Text of the site: bytes come in, checked text with plain line ends and a way from offsets to
//! lines goes out.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::path::SourcePath;

/// A stretch of a source text, in bytes from its start (after a byte order mark, with `\n` as the
/// only line end).
pub type Span = Range<usize>;

/// A source file as text: UTF-8, without a byte order mark, every line end a single `\n`.
#[derive(Clone, Debug)]
pub struct Source {
    pub path: SourcePath,
    pub text: Arc<str>,
}

/// Why a file is no text. `Display` says which byte is to blame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotText {
    pub path: SourcePath,
    /// Where the byte is in the text that is left of the file, as a [`Source`] counts.
    pub offset: usize,
    /// Where the byte is in the file, from 1.
    byte_number: usize,
    byte: u8,
}

/// A place as people count: line and column from 1, columns in characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

impl Position {
    /// Where every file begins.
    pub const START: Self = Self { line: 1, column: 1 };
}

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

impl Source {
    /// Decodes a file. The error says which byte is no text, and where.
    pub fn decode(path: &SourcePath, bytes: &[u8]) -> Result<Self, NotText> {
        let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
        let fault_at = |offset: usize| NotText {
            path: path.clone(),
            offset: normalise(&String::from_utf8_lossy(&bytes[..offset])).len(),
            byte_number: offset + 1,
            byte: bytes[offset],
        };
        let text = std::str::from_utf8(bytes).map_err(|error| fault_at(error.valid_up_to()))?;
        if let Some(offset) = memchr::memchr(0, bytes) {
            return Err(fault_at(offset));
        }
        Ok(Self {
            path: path.clone(),
            text: normalise(text),
        })
    }

    /// Decodes what can be decoded, so that a message can show where the rest is.
    pub fn lossy(path: &SourcePath, bytes: &[u8]) -> Self {
        let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
        Self {
            path: path.clone(),
            text: normalise(&String::from_utf8_lossy(bytes)),
        }
    }
}

impl NotText {
    /// Returns what to do about it.
    pub fn help(&self) -> &'static str {
        match self.byte {
            0 => "is this a binary file, or UTF-16? Save it as UTF-8",
            _ => "save the file as UTF-8; most editors offer it under \"Save with encoding\"",
        }
    }
}

impl fmt::Display for NotText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.byte_number;
        match self.byte {
            0 => write!(f, "byte {number} of this file is NUL, which no text holds"),
            byte => write!(
                f,
                "byte {number} of this file (0x{byte:02X}) is not UTF-8 text"
            ),
        }
    }
}

/// Returns where the line of a byte offset is, without its end, in a text with `\n` line ends.
pub fn line_of(text: &str, offset: usize) -> Span {
    let offset = floor(text, offset);
    let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    start
        ..text[offset..]
            .find('\n')
            .map_or(text.len(), |at| offset + at)
}

/// Returns line and column of a byte offset in a text with `\n` line ends.
pub fn position(text: &str, offset: usize) -> Position {
    let before = &text[..floor(text, offset)];
    let start = line_of(text, offset).start;
    Position {
        line: before.matches('\n').count() + 1,
        column: before[start..].chars().count() + 1,
    }
}

/// Returns the offset itself, or the start of the character that it falls into, or the end of the
/// text.
pub fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

fn normalise(text: &str) -> Arc<str> {
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        text.into()
    } else {
        text.replace("\r\n", "\n").replace('\r', "\n").into()
    }
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
        assert_eq!(
            error.to_string(),
            "byte 5 of this file (0xE9) is not UTF-8 text"
        );
        assert_eq!(error.offset, 4);
        let error = Source::decode(&path(), b"\xEF\xBB\xBFa\r\n\0").unwrap_err();
        assert_eq!(
            error.to_string(),
            "byte 4 of this file is NUL, which no text holds"
        );
        assert_eq!(error.offset, 2);
    }

    #[test]
    fn columns_are_characters() {
        assert_eq!(position("é=1\nüü x", 10), Position { line: 2, column: 4 });
    }
}
