//! Places in people's terms: diagnostics and the texts of their files come in; line, column and
//! excerpt of every place go out.

use std::collections::BTreeMap;

use super::code::Code;
use super::diagnostic::{Diagnostic, Place, Severity, SpanKey};
use crate::path::SourcePath;
use crate::source::{Position, Source, Span, floor};

/// How many bytes of excerpts are made of one file before long lines are named alone.
const MOST_SHOWN: usize = 16 * 1024 * 1024;

/// How many bytes make a line long.
const LONG_LINE: usize = 1024;

/// A place with all that a message shows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    pub path: SourcePath,
    pub position: Position,
    /// The line without its end; empty when the place is a whole file, or the line is too long.
    pub line: String,
    /// The marked bytes of `line`.
    pub mark: Span,
}

/// A diagnostic ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub severity: Severity,
    pub code: Code,
    pub message: String,
    pub place: Option<Located>,
    pub help: Vec<String>,
    pub related: Vec<(String, Located)>,
}

/// Looks up line, column and excerpt of every place. `read` returns a file's text, or `None` when it
/// has none.
pub fn locate(
    diagnostics: Vec<Diagnostic>,
    mut read: impl FnMut(&SourcePath) -> Option<Source>,
) -> Vec<Report> {
    let mut texts: BTreeMap<SourcePath, Option<Lines>> = BTreeMap::new();
    let mut find = |place: Place| {
        let lines = texts
            .entry(place.path.clone())
            .or_insert_with(|| read(&place.path).map(Lines::of));
        Located::new(place, lines.as_mut())
    };
    let report = |diagnostic: Diagnostic| Report {
        severity: diagnostic.severity,
        code: diagnostic.code,
        message: diagnostic.message,
        place: diagnostic.place.map(&mut find),
        help: diagnostic.help,
        related: diagnostic
            .related
            .into_iter()
            .map(|(words, place)| (words, find(place)))
            .collect(),
    };
    diagnostics.into_iter().map(report).collect()
}

/// A text with the offsets at which its lines start. A file may have thousands of diagnostics, and
/// one line that is megabytes.
struct Lines {
    source: Source,
    starts: Vec<usize>,
    /// The offset that was counted last in its line, and its column.
    counted: (usize, usize),
    /// How many bytes of excerpts were made.
    shown: usize,
}

impl Lines {
    fn of(source: Source) -> Self {
        let ends = memchr::memchr_iter(b'\n', source.text.as_bytes());
        let starts = std::iter::once(0).chain(ends.map(|at| at + 1)).collect();
        Self {
            source,
            starts,
            counted: (0, 1),
            shown: 0,
        }
    }

    /// Returns line and column of an offset, and where the line is, without its end.
    fn find(&mut self, offset: usize) -> (Position, Span) {
        let text = &*self.source.text;
        let offset = floor(text, offset);
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts[line.saturating_sub(1)];
        let next = self.starts.get(line);
        let end = next.map_or(text.len(), |next| next - 1);
        let (from, before) = match self.counted {
            (counted, column) if (start..=offset).contains(&counted) => (counted, column),
            _ => (start, 1),
        };
        let column = before + text[from..offset].chars().count();
        self.counted = (offset, column);
        (Position { line, column }, start..end)
    }

    /// Returns a line as an excerpt, unless too much was shown of the file to show a long one.
    fn excerpt(&mut self, line: Span) -> Option<&str> {
        if line.len() > LONG_LINE && self.shown > MOST_SHOWN {
            return None;
        }
        self.shown += line.len();
        Some(&self.source.text[line])
    }
}

impl Located {
    /// Returns true if no line of the file is to blame.
    pub fn is_whole_file(&self) -> bool {
        self.line.is_empty() && self.position == Position::START
    }

    fn new(
        Place {
            path,
            span: SpanKey { start, end },
        }: Place,
        lines: Option<&mut Lines>,
    ) -> Self {
        let Some(lines) = lines.filter(|_| (start, end) != (0, 0)) else {
            return Self {
                path,
                position: Position::START,
                line: String::new(),
                mark: 0..0,
            };
        };
        let (position, span) = lines.find(start);
        let from = span.start;
        let line = lines.excerpt(span).unwrap_or_default();
        let from_line = start.saturating_sub(from).min(line.len());
        let to_line = end.saturating_sub(from).clamp(from_line, line.len());
        Self {
            path,
            position,
            line: line.to_owned(),
            mark: from_line..to_line,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn located(text: &str, spans: &[Span]) -> Vec<Located> {
        let path = SourcePath::known("a.xml");
        let at = |span: &Span| Diagnostic::warning(Code::Empty, "here").at(&path, span.clone());
        let reports = locate(spans.iter().map(at).collect(), |path| {
            Some(Source::lossy(path, text.as_bytes()))
        });
        reports
            .into_iter()
            .filter_map(|report| report.place)
            .collect()
    }

    #[test]
    fn places_are_counted_in_any_order() {
        let text = "é=1\nüü x\n\nlast";
        let spans = [10..11, 5..7, 0..2, 12..12, 13..17, 99..100, 0..0];
        let places = located(text, &spans);
        for (place, span) in places.iter().zip(&spans) {
            assert_eq!(place.position, crate::source::position(text, span.start));
        }
        assert_eq!(places[0].line, "üü x");
        assert_eq!(&places[1].line[places[1].mark.clone()], "ü");
        assert!(places[3].line.is_empty() && !places[3].is_whole_file());
        assert!(places[6].is_whole_file());
    }

    #[test]
    fn a_line_of_megabytes_is_not_repeated_for_each_of_thousands() {
        let text = "<loc>x</loc>".repeat(200_000);
        let spans: Vec<Span> = (0..10_000)
            .map(|number| number * 12..number * 12 + 5)
            .collect();
        let places = located(&text, &spans);
        let shown: usize = places.iter().map(|place| place.line.len()).sum();
        assert!(shown <= MOST_SHOWN + text.len(), "{shown} bytes");
        assert!(!places[0].line.is_empty());
        let last = &places[9_999];
        assert_eq!(
            (
                last.position.line,
                last.position.column,
                last.is_whole_file()
            ),
            (1, 9_999 * 12 + 1, false)
        );
    }
}
