//! Pay in a table: `salary.csv` comes in, rows of pay go out, as if they stood in the record. A cell
//! that is empty or says `n/a` is unknown, never zero. What the rows mean is worked out with those
//! of the record.

use super::csv::{self, Cell};
use super::few::first_of;
use super::record::{PercentilesRow, SalaryRow};
use crate::data::{At, Decode, Node, Value, amount, decode_node};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::Source;
use crate::suggest;

/// The columns of amounts.
const AMOUNTS: &[&str] = &["value", "min", "max", "p10", "p25", "p50", "p75", "p90"];

/// The column of pay in words.
const WORDS: &str = "text";

/// All columns that a file may have: the keys of a row of pay.
pub const COLUMNS: &[&str] = &[
    "id",
    "label",
    "area",
    "level",
    "statistic",
    "value",
    "min",
    "max",
    "p10",
    "p25",
    "p50",
    "p75",
    "p90",
    "open_top",
    "period",
    "currency",
    "basis",
    "source",
    "as_of",
    "text",
    "percent_of",
    "employment",
    "location_quotient",
];

/// Reads the rows of a file, whose spans begin at `offset`. Rows with diagnostics are left out and
/// said.
pub(super) fn read(
    source: &Source,
    offset: usize,
    diagnostics: &mut Diagnostics,
) -> Vec<At<SalaryRow>> {
    let mut rows = csv::rows(source, diagnostics);
    for cell in rows.iter_mut().flatten() {
        cell.span = cell.span.start + offset..cell.span.end + offset;
    }
    let mut rows = rows.into_iter();
    let Some(header) = rows.next() else {
        return vec![];
    };
    if !check_header(&header, source, diagnostics) {
        return vec![];
    }
    let (mut numbers, mut ragged) = (Diagnostics::default(), vec![]);
    let read = |cells: Vec<Cell>| {
        Reader {
            source,
            header: &header,
            cells: &cells,
            diagnostics,
            numbers: &mut numbers,
            ragged: &mut ragged,
        }
        .row()
    };
    let rows = rows.filter_map(read).collect();
    diagnostics.extend(
        first_of(numbers.into_sorted(), "cells")
            .into_iter()
            .chain(first_of(ragged, "rows")),
    );
    rows
}

fn check_header(header: &[Cell], source: &Source, diagnostics: &mut Diagnostics) -> bool {
    let before = diagnostics.len();
    let mut fault = |cell: &Cell, message: String, help: String| {
        diagnostics.push(
            Diagnostic::error(Code::BadTable, message)
                .at(&source.path, cell.span.clone())
                .help(help),
        );
    };
    for (index, cell) in header.iter().enumerate() {
        if !COLUMNS.contains(&cell.text.as_str()) {
            let other = cell
                .text
                .contains([';', '\t'])
                .then(|| "put commas between the columns".to_owned());
            let help = other
                .or_else(|| suggest::help(&cell.text, COLUMNS.iter().copied()))
                .unwrap_or_default();
            fault(
                cell,
                format!("unknown column `{}`", cell.text.escape_debug()),
                help,
            );
        } else if header[..index]
            .iter()
            .any(|earlier| earlier.text == cell.text)
        {
            fault(
                cell,
                format!("the column `{}` stands twice", cell.text),
                "remove one of the two".to_owned(),
            );
        }
    }
    if diagnostics.len() == before
        && !header
            .iter()
            .any(|cell| AMOUNTS.contains(&cell.text.as_str()) || cell.text == WORDS)
    {
        let fault = Diagnostic::error(Code::BadTable, "no column holds an amount")
            .at(&source.path, csv::span_of(header));
        diagnostics.push(fault.help(
            "add `value`, or `min` and `max`, or some of `p10`, `p25`, `p50`, `p75` and `p90`",
        ));
    }
    diagnostics.len() == before
}

/// One row while it is read.
struct Reader<'r> {
    source: &'r Source,
    header: &'r [Cell],
    cells: &'r [Cell],
    diagnostics: &'r mut Diagnostics,
    /// Amounts that are no numbers.
    numbers: &'r mut Diagnostics,
    /// Rows with more or fewer cells than the header.
    ragged: &'r mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn row(&mut self) -> Option<At<SalaryRow>> {
        let span = csv::span_of(self.cells);
        let (found, wanted) = (self.cells.len(), self.header.len());
        if found != wanted {
            let cells = if found == 1 { "cell" } else { "cells" };
            let fault = Diagnostic::error(
                Code::BadTable,
                format!("this row has {found} {cells}, the header has {wanted}"),
            );
            let help = match self.split_amount() {
                Some(amount) if found > wanted => {
                    format!("a comma stands between cells only: write {amount}")
                }
                _ if found > wanted => "put texts that hold a comma in quotes".to_owned(),
                _ => "leave the cell of an unknown value empty, but keep its comma".to_owned(),
            };
            self.ragged
                .push(fault.at(&self.source.path, span).help(help));
            return None;
        }
        if self.says_unknown() {
            return None;
        }
        let before = self.diagnostics.len() + self.numbers.len();
        let row = self.decode();
        (self.diagnostics.len() + self.numbers.len() == before).then_some(At { value: row, span })
    }

    /// Returns the first amount that its own comma took apart: `35,000`, or `35.000,00`.
    fn split_amount(&self) -> Option<String> {
        let is_rest =
            |before: &str, text: &str| text.len() == 3 || text.len() == 2 && before.contains('.');
        let pairs = self
            .cells
            .windows(2)
            .filter_map(|pair| <&[Cell; 2]>::try_from(pair).ok());
        let split = pairs.filter(|[before, cell]| {
            is_rest(&before.text, &cell.text) && cell.text.bytes().all(|c| c.is_ascii_digit())
        });
        let whole = split
            .filter_map(|[before, cell]| amount::meant(&format!("{},{}", before.text, cell.text)))
            .next()?;
        Some(amount::written(whole, &self.source.path))
    }

    /// Returns true if the row says outright that its amounts are not known: then there is no
    /// figure, and no fault.
    fn says_unknown(&self) -> bool {
        let amounts = || {
            let cells = self.header.iter().zip(self.cells);
            cells
                .filter(|(column, _)| {
                    AMOUNTS.contains(&column.text.as_str()) || column.text == WORDS
                })
                .map(|(_, cell)| cell)
        };
        amounts().all(is_unknown) && amounts().any(|cell| !cell.text.is_empty())
    }

    /// Returns the cells as a row of a record has them: the same checks, the same words.
    fn decode(&mut self) -> SalaryRow {
        let percentiles = PercentilesRow {
            p10: self.number("p10"),
            p25: self.number("p25"),
            p50: self.number("p50"),
            p75: self.number("p75"),
            p90: self.number("p90"),
        };
        let PercentilesRow {
            p10,
            p25,
            p50,
            p75,
            p90,
        } = &percentiles;
        let known = [p10, p25, p50, p75, p90].into_iter().flatten();
        let span = known
            .map(|amount| amount.span.clone())
            .reduce(|first, last| first.start..last.end);
        SalaryRow {
            id: self.text("id"),
            label: self.text("label"),
            statistic: self.text("statistic"),
            value: self.number("value"),
            min: self.number("min"),
            max: self.number("max"),
            percentiles: span.map(|span| At {
                value: percentiles,
                span,
            }),
            open_top: self.truth("open_top"),
            currency: self.text("currency"),
            period: self.text("period"),
            basis: self.text("basis"),
            area: self.text("area"),
            source: self.text("source"),
            as_of: self.text("as_of"),
            text: self.text("text"),
            percent_of: self.text("percent_of"),
            level: self.text("level"),
            employment: self.number("employment"),
            location_quotient: self.number("location_quotient"),
        }
    }

    fn text<T: Decode>(&mut self, column: &'static str) -> Option<T> {
        self.cell(column, Value::String)
    }

    fn number<T: Decode>(&mut self, column: &'static str) -> Option<T> {
        let node = self.node(column, Value::Float)?;
        decode_node(&self.source.path, column, &node, self.numbers)
    }

    fn truth(&mut self, column: &'static str) -> bool {
        let value = |text: String| match text.as_str() {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            _ => Value::String(text),
        };
        self.cell(column, value).unwrap_or(false)
    }

    fn cell<T: Decode>(
        &mut self,
        column: &'static str,
        value: impl Fn(String) -> Value,
    ) -> Option<T> {
        let node = self.node(column, value)?;
        decode_node(&self.source.path, column, &node, self.diagnostics)
    }

    fn node(&self, column: &str, value: impl Fn(String) -> Value) -> Option<Node> {
        let at = self.header.iter().position(|cell| cell.text == column)?;
        let cell = self.cells.get(at).filter(|cell| !is_unknown(cell))?;
        Some(Node {
            span: cell.span.clone(),
            value: value(cell.text.clone()),
            inset: None,
        })
    }
}

fn is_unknown(cell: &Cell) -> bool {
    cell.text.is_empty() || cell.text.eq_ignore_ascii_case("n/a")
}
