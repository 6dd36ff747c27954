//! Pay without an amount of money: rows of a record come in; words such as "variable", and percent of
//! something, go out.

use rust_decimal::Decimal as Number;

use super::claim::{FigureReader, Origin};
use super::record::SalaryRow;
use super::{Claim, PayLevel, PayWords, WordedPay};
use crate::data::{At, Text};
use crate::diag::{Code, Diagnostic, Diagnostics};

/// Returns true if a row has no amount of money.
pub(super) fn is_worded(row: &SalaryRow) -> bool {
    row.text.is_some() || row.percent_of.is_some()
}

impl FigureReader<'_> {
    /// Reads those rows that have no amount of money. Rows that make no sense are reported, and left
    /// out.
    pub(super) fn worded_pays(
        &self,
        rows: &[At<SalaryRow>],
        diagnostics: &mut Diagnostics,
    ) -> Vec<WordedPay> {
        let rows = rows.iter().filter(|row| is_worded(row));
        rows.filter_map(|row| self.worded_pay(row, diagnostics))
            .collect()
    }

    /// Reads one row.
    pub(super) fn worded_pay(
        &self,
        row: &At<SalaryRow>,
        diagnostics: &mut Diagnostics,
    ) -> Option<WordedPay> {
        let what = diagnostics.take(self.pay_words(row))?;
        let has_number = matches!(what, PayWords::Percent { .. });
        let claim = if has_number || row.source.is_some() {
            let origin = Origin {
                source: row.source.as_ref(),
                as_of: row.as_of,
                span: &row.span,
            };
            self.claim(&origin, diagnostics)
        } else {
            Claim {
                source: None,
                as_of: None,
                path: self.path.clone(),
                span: row.span.clone(),
            }
        };
        let area = row.area.as_ref();
        Some(WordedPay {
            label: row.label.clone(),
            what,
            basis: row.basis,
            area: area.and_then(|area| self.area(Some(area), diagnostics)),
            level: row.level.as_ref().map(|level| PayLevel {
                id: level.value.clone(),
                title: level.value.to_string(),
            }),
            claim,
        })
    }

    /// Reads what a row says in place of an amount of money.
    fn pay_words(&self, row: &At<SalaryRow>) -> Result<PayWords, Diagnostic> {
        let SalaryRow {
            value,
            min,
            max,
            percentiles,
            text,
            percent_of,
            ..
        } = &row.value;
        let has_amount = value.is_some() || min.is_some() || max.is_some();
        match (text, percent_of) {
            (Some(text), None) if !has_amount && percentiles.is_none() => {
                Ok(PayWords::Text(text.value.clone()))
            }
            (None, Some(of)) if percentiles.is_none() => self.percent(row, of),
            (Some(text), _) => Err(self.bad(
                text,
                "this pay is said both in words and in numbers",
                "keep `text`, or the numbers",
            )),
            _ => Err(self.bad(
                row,
                "percentiles are amounts, not percent of something",
                "write `value`, or `min` and `max`, beside `percent_of`",
            )),
        }
    }

    /// Reads so many percent of something.
    fn percent(&self, row: &At<SalaryRow>, of: &Text) -> Result<PayWords, Diagnostic> {
        let (min, max) = match (&row.value.value, &row.min, &row.max) {
            (Some(value), None, None) => (value, value),
            (None, Some(min), Some(max)) if min.value <= max.value => (min, max),
            (None, Some(_), Some(max)) => {
                let message = "the percentage runs backwards: its max is below its min";
                let fault = self.fault(Code::OutOfOrder, &max.span, message);
                return Err(fault.help("exchange the two, or correct one"));
            }
            _ => {
                let help = "give `value`, or `min` and `max`, in percent";
                return Err(self.bad(row, "this pay does not say how many percent", help));
            }
        };
        if min.value.0 < Number::ZERO {
            let message = format!("pay cannot be negative: {} percent", min.value);
            return Err(self.bad(min, &message, "write the percentage that is paid"));
        }
        Ok(PayWords::Percent {
            min: min.value,
            max: max.value,
            of: of.clone(),
        })
    }
}
