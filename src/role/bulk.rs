//! Pay in bulk: salary.csv comes in, rows of pay go out. An empty cell or `n/a` is unknown, never zero.

use super::record::{PercentilesRow, SalaryRow};
use crate::data::{At, Decode, Node, Value, decode_node};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{Source, Span};
use crate::suggest;

/// The columns that a file may have.
const COLUMNS: &[&str] =
    &["area", "label", "statistic", "value", "min", "max", "p10", "p25", "p50", "p75", "p90", "period", "currency", "basis", "source", "as_of"];

/// Reads the rows of a file. Rows with faults are left out and said.
pub(super) fn read(source: &Source, faults: &mut Diagnostics) -> Vec<At<SalaryRow>> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(source.text.as_bytes());
    let Some(columns) = columns(source, &mut reader, faults) else { return vec![] };
    let mut rows = vec![];
    for record in reader.records() {
        match record {
            Ok(record) => {
                let start = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(usize::MAX));
                let span = row_span(source, start);
                if record.len() != columns.len() {
                    let cells = if record.len() == 1 { "cell" } else { "cells" };
                    let message = format!("this row has {} {cells}, the header has {}", record.len(), columns.len());
                    faults.push(
                        Diagnostic::error(Code::BadTable, message).at(&source.path, span).help("put texts that hold a comma in quotes, and close each quote"),
                    );
                } else {
                    rows.extend(row(source, &columns, &record, span, faults));
                }
            }
            Err(error) => faults.push(Diagnostic::error(Code::BadTable, format!("this is no CSV: {error}")).at_file(&source.path)),
        }
    }
    rows
}

fn columns(source: &Source, reader: &mut csv::Reader<&[u8]>, faults: &mut Diagnostics) -> Option<Vec<String>> {
    let header = reader.headers().ok()?.clone();
    let span = row_span(source, 0);
    let mut columns: Vec<String> = vec![];
    let before = faults.len();
    for name in header.iter().map(str::to_owned) {
        if !COLUMNS.contains(&name.as_str()) {
            faults.push(Diagnostic::error(Code::BadTable, format!("unknown column `{name}`")).at(&source.path, span.clone()).help(
                if name.contains([';', '\t']) { Some("put commas between the columns".to_owned()) } else { suggest::help(&name, COLUMNS.iter().copied()) },
            ));
        } else if columns.contains(&name) {
            faults.push(
                Diagnostic::error(Code::BadTable, format!("the column `{name}` stands twice")).at(&source.path, span.clone()).help("remove one of the two"),
            );
        }
        columns.push(name);
    }
    (faults.len() == before && !columns.is_empty()).then_some(columns)
}

/// A row as the record has it: the same checks, the same words.
fn row(source: &Source, columns: &[String], record: &csv::StringRecord, span: Span, faults: &mut Diagnostics) -> Option<At<SalaryRow>> {
    let before = faults.len();
    let cell = |name: &str| {
        let at = columns.iter().position(|column| column == name)?;
        record.get(at).filter(|text| !text.is_empty() && !text.eq_ignore_ascii_case("n/a") && *text != "-")
    };
    let text = |name: &str, as_number: bool| -> Option<Node> {
        let value = cell(name)?;
        let value = if as_number { Value::Float(value.to_owned()) } else { Value::String(value.to_owned()) };
        Some(Node { span: span.clone(), value })
    };
    let mut get = Cells { source, faults };
    let percentiles = PercentilesRow {
        p10: get.decode(text("p10", true)),
        p25: get.decode(text("p25", true)),
        p50: get.decode(text("p50", true)),
        p75: get.decode(text("p75", true)),
        p90: get.decode(text("p90", true)),
    };
    let has_percentiles = [percentiles.p10, percentiles.p25, percentiles.p50, percentiles.p75, percentiles.p90].iter().any(Option::is_some);
    let row = SalaryRow {
        id: None,
        label: get.decode(text("label", false)),
        statistic: get.decode(text("statistic", false)),
        value: get.decode(text("value", true)),
        min: get.decode(text("min", true)),
        max: get.decode(text("max", true)),
        percentiles: has_percentiles.then(|| At { value: percentiles, span: span.clone() }),
        open_top: false,
        currency: get.decode(text("currency", false)),
        period: get.decode(text("period", false)),
        basis: get.decode(text("basis", false)),
        area: get.decode(text("area", false)),
        source: get.decode(text("source", false)),
        as_of: get.decode(text("as_of", false)),
    };
    (faults.len() == before).then_some(At { value: row, span })
}

/// Decodes cells, each a value of its own.
struct Cells<'c> {
    source: &'c Source,
    faults: &'c mut Diagnostics,
}

impl Cells<'_> {
    fn decode<T: Decode>(&mut self, node: Option<Node>) -> Option<T> {
        decode_node(&self.source.path, &node?, self.faults)
    }
}

/// The line that starts at an offset, or at the first character after it.
fn row_span(source: &Source, start: usize) -> Span {
    let start = start.min(source.text.len());
    let skipped = source.text[start..].len() - source.text[start..].trim_start_matches('\n').len();
    let start = start + skipped;
    let end = source.text[start..].find('\n').map_or(source.text.len(), |end| start + end);
    start..end
}
