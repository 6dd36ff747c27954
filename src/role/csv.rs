//! CSV text comes in, cells with their places go out. As RFC 4180 has it, and nothing looser: a
//! quote that is never closed or that stands inside a cell is a fault, for a lenient reader would
//! take half the file for one cell.

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{Source, Span};

/// A cell: its text without quotes and outer blanks, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub text: String,
    pub span: Span,
}

/// Returns the rows of a table, blank lines left out. A row that cannot be split is left out, and
/// said.
pub(super) fn rows(source: &Source, diagnostics: &mut Diagnostics) -> Vec<Vec<Cell>> {
    let text = &*source.text;
    let (mut rows, mut at) = (vec![], 0);
    while at < text.len() {
        let mut row = vec![];
        let fault = loop {
            match cell(text, at) {
                Ok((cell, end)) => {
                    row.push(cell);
                    at = end + 1;
                    if !text[end..].starts_with(',') {
                        break None;
                    }
                }
                Err(fault) => {
                    at = end_of_line(text, fault.span.end) + 1;
                    break Some(fault);
                }
            }
        };
        match fault {
            Some(BadCell {
                span,
                message,
                help,
            }) => {
                diagnostics.push(
                    Diagnostic::error(Code::BadTable, message)
                        .at(&source.path, span)
                        .help(help),
                );
            }
            None if row.iter().all(|cell| cell.text.is_empty()) && row.len() == 1 => {}
            None => rows.push(row),
        }
    }
    rows
}

/// Returns where a row starts and ends.
pub(super) fn span_of(row: &[Cell]) -> Span {
    row.first().map_or(0, |cell| cell.span.start)..row.last().map_or(0, |cell| cell.span.end)
}

struct BadCell {
    span: Span,
    message: &'static str,
    help: &'static str,
}

/// Returns the cell that starts at an offset, and the offset of the comma or line end behind it.
fn cell(text: &str, start: usize) -> Result<(Cell, usize), BadCell> {
    let blanks = text[start..].len() - text[start..].trim_start_matches([' ', '\t']).len();
    match text[start + blanks..].strip_prefix('"') {
        Some(inner) => quoted(text, start + blanks, inner),
        None => plain(text, start),
    }
}

fn plain(text: &str, start: usize) -> Result<(Cell, usize), BadCell> {
    let end = text[start..]
        .find([',', '\n'])
        .map_or(text.len(), |length| start + length);
    let raw = &text[start..end];
    if let Some(quote) = raw.find('"') {
        let help = "put the whole cell in quotes, and write a quote inside it twice";
        return Err(BadCell {
            span: start + quote..start + quote + 1,
            message: "a quote stands inside a cell that does not begin with one",
            help,
        });
    }
    let from = start + (raw.len() - raw.trim_start().len());
    let trimmed = raw.trim();
    Ok((
        Cell {
            text: trimmed.to_owned(),
            span: from..from + trimmed.len(),
        },
        end,
    ))
}

/// Reads a quoted cell. `inner` begins behind the opening quote, which stands at `open`.
fn quoted(text: &str, open: usize, inner: &str) -> Result<(Cell, usize), BadCell> {
    let mut value = String::new();
    let mut rest = inner;
    loop {
        let Some((before, after)) = rest.split_once('"') else {
            let help = "close it with another quote; a quote inside a cell is written twice";
            return Err(BadCell {
                span: open..open + 1,
                message: "this quote is never closed",
                help,
            });
        };
        value.push_str(before);
        match after.strip_prefix('"') {
            Some(after) => {
                value.push('"');
                rest = after;
            }
            None => {
                let close = text.len() - after.len();
                let end = close + (after.len() - after.trim_start_matches([' ', '\t']).len());
                if !text[end..].is_empty() && !text[end..].starts_with([',', '\n']) {
                    let help = "end the cell behind its closing quote; a quote inside a cell is written twice";
                    return Err(BadCell {
                        span: open..close,
                        message: "text follows the closing quote of this cell",
                        help,
                    });
                }
                return Ok((
                    Cell {
                        text: value.trim().to_owned(),
                        span: open..close,
                    },
                    end,
                ));
            }
        }
    }
}

fn end_of_line(text: &str, at: usize) -> usize {
    text[at..]
        .find('\n')
        .map_or(text.len(), |length| at + length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::SourcePath;

    fn read(text: &str) -> (Vec<Vec<String>>, Vec<(String, Span)>) {
        let source = Source {
            path: SourcePath::new("salary.csv").unwrap(),
            text: text.into(),
        };
        let mut diagnostics = Diagnostics::default();
        let rows = rows(&source, &mut diagnostics)
            .into_iter()
            .map(|row| row.into_iter().map(|cell| cell.text).collect())
            .collect();
        let diagnostics = diagnostics.into_sorted().into_iter().map(|fault| {
            let span = fault.place.unwrap().span;
            (fault.message, span.start..span.end)
        });
        (rows, diagnostics.collect())
    }

    #[test]
    fn cells_are_split_at_commas_and_keep_their_places() {
        let text = "area, min\n\"a \"\"b\"\", c\" ,\"1\"\n\nx,\n";
        let (rows, diagnostics) = read(text);
        assert_eq!(
            rows,
            [vec!["area", "min"], vec!["a \"b\", c", "1"], vec!["x", ""]]
        );
        assert_eq!(diagnostics, []);
        let source = Source {
            path: SourcePath::new("salary.csv").unwrap(),
            text: text.into(),
        };
        let spans: Vec<_> = super::rows(&source, &mut Diagnostics::default())
            .concat()
            .into_iter()
            .map(|cell| text[cell.span].to_owned())
            .collect();
        assert_eq!(
            spans,
            ["area", "min", "\"a \"\"b\"\", c\"", "\"1\"", "x", ""]
        );
    }

    #[test]
    fn the_last_line_needs_no_end_and_an_empty_file_has_no_rows() {
        assert_eq!(read("a,b").0, [["a", "b"]]);
        assert_eq!(read("a,").0, [["a", ""]]);
        assert_eq!(read("").0, Vec::<Vec<String>>::new());
        assert_eq!(read("\n\n").0, Vec::<Vec<String>>::new());
    }

    #[test]
    fn a_quote_out_of_place_costs_its_line_only() {
        assert_eq!(
            read("a\n\"b\nc").1,
            [("this quote is never closed".to_owned(), 2..3)]
        );
        let (rows, diagnostics) = read("a\nb\"c,1\nd\n\"e\"f\ng\n");
        assert_eq!(rows, [["a"], ["d"], ["g"]]);
        assert_eq!(diagnostics.len(), 2);
    }
}
