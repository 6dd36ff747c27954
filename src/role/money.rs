//! Pay: rows of a record come in, amounts with all that they inherit go out.

use std::collections::BTreeMap;

use rust_decimal::{Decimal as Number, RoundingStrategy};

use super::claim::{FigureReader, Origin};
use super::few::first_of;
use super::record::{PercentilesRow, SalaryRow, Statistic};
use super::worded::is_worded;
use super::{Amounts, Pay, PayLevel};
use crate::config::{Period, duplicate};
use crate::data::{At, Currency, Decimal, Id, amount};
use crate::diag::{Code, Diagnostic, Diagnostics, Scope};

impl FigureReader<'_> {
    /// Reads rows of pay. Rows that make no sense are reported, and left out.
    pub(super) fn pays(&self, rows: &[At<SalaryRow>], diagnostics: &mut Diagnostics) -> Vec<Pay> {
        let mut seen = BTreeMap::new();
        for id in rows.iter().filter_map(|row| row.id.as_ref()) {
            if let Some(first) = seen.insert(&id.value, &id.span) {
                diagnostics.push(duplicate(&id.value, self.path, &id.span, self.path, first));
            }
        }
        let mut too_fine = vec![];
        let pays = rows
            .iter()
            .filter(|row| !is_worded(row))
            .filter_map(|row| self.pay_and(row, &mut too_fine, diagnostics))
            .collect();
        diagnostics.extend(first_of(too_fine, "amounts"));
        pays
    }

    /// Reads pay of one thing that is no row of a table. A row that makes no sense is reported, and
    /// left out.
    pub(super) fn pay(&self, row: &At<SalaryRow>, diagnostics: &mut Diagnostics) -> Option<Pay> {
        self.refuse_keys_of_tables(row, diagnostics);
        if is_worded(row) {
            return None;
        }
        let mut too_fine = vec![];
        let pay = self.pay_and(row, &mut too_fine, diagnostics);
        diagnostics.extend(too_fine);
        pay
    }

    /// Reads pay. Amounts with more digits than their currency has are collected apart: a whole
    /// table may write them so.
    fn pay_and(
        &self,
        row: &At<SalaryRow>,
        too_fine: &mut Vec<Diagnostic>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Pay> {
        let SalaryRow {
            id,
            label,
            statistic,
            value: _,
            min: _,
            max: _,
            percentiles,
            open_top,
            currency,
            period,
            basis,
            area,
            source,
            as_of,
            text: _,
            percent_of: _,
            level,
            employment,
            location_quotient,
        } = &row.value;
        let site = &self.context.settings.figures;
        let currency = currency.or(self.figures.currency).or(site.currency);
        let period = period.or(self.figures.period).or(site.period);
        if currency.is_none() {
            diagnostics.push(self.lacks(row, "currency", "USD"));
        }
        if period.is_none() {
            diagnostics.push(self.lacks(row, "period", "year"));
        }
        if statistic.is_some() && percentiles.is_some() {
            let message =
                "`statistic` says what `value`, `min` and `max` are, not what percentiles are";
            let help = "remove `statistic`, or give the mean or the median a row of its own";
            diagnostics.push(self.bad(row, message, help));
        }
        let coins = currency.map(|currency| Coins { currency, period });
        let amounts = self.checked_amounts(row, coins, too_fine, diagnostics);
        for number in [employment, location_quotient].into_iter().flatten() {
            self.check_not_negative(number, diagnostics);
        }
        let area = self.area(area.as_ref(), diagnostics);
        let claim = self.claim(
            &Origin {
                source: source.as_ref(),
                as_of: *as_of,
                span: &row.span,
            },
            diagnostics,
        );
        Some(Pay {
            id: id.as_ref().map(|id| id.value.clone()),
            label: label.clone(),
            statistic: statistic.unwrap_or(Statistic::Range),
            amounts: amounts?,
            open_top: *open_top,
            currency: currency?,
            period: period?,
            basis: *basis,
            area,
            level: level.as_ref().map(|level| level_of(&level.value)),
            employment: plain(employment.as_ref()),
            location_quotient: plain(location_quotient.as_ref()),
            claim,
        })
    }

    /// Reads the amounts of a row, and checks their digits.
    fn checked_amounts(
        &self,
        row: &At<SalaryRow>,
        coins: Option<Coins>,
        too_fine: &mut Vec<Diagnostic>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Amounts> {
        let fine = self.check_digits(row, coins, diagnostics);
        // An amount with its point in the wrong place also stands out of order: that is the same
        // mistake.
        let is_said = |fault: &Diagnostic| fault.code == Code::OutOfOrder && !fine.is_empty();
        let amounts = match self.amounts(row) {
            Err(fault) if is_said(&fault) => None,
            amounts => diagnostics.take(amounts),
        };
        too_fine.extend(fine);
        amounts
    }

    fn amounts(&self, row: &At<SalaryRow>) -> Result<Amounts, Diagnostic> {
        let SalaryRow {
            value,
            min,
            max,
            percentiles,
            open_top,
            ..
        } = &row.value;
        match (value, min, max, percentiles) {
            (Some(value), None, None, None) => Ok(Amounts::Value(value.value)),
            (None, Some(min), None, None) if *open_top => Ok(Amounts::Range {
                min: min.value,
                max: min.value,
            }),
            (None, Some(min), Some(max), None) => self.range(min, max),
            (None, None, None, Some(rows)) => self.percentiles(rows),
            (None, None, None, None) => Err(self.bad(
                row,
                "this pay has no amount",
                "give `value`, or `min` and `max`, or `percentiles`",
            )),
            (None, None, Some(max), None) => Err(self.bad(
                max,
                "this pay has a max but no min",
                "add `min`, or write `value`",
            )),
            (None, Some(min), None, None) => Err(self.bad(
                min,
                "this pay has a min but no max",
                "add `max`, or `open_top = true`",
            )),
            _ => Err(self.bad(
                row,
                "this pay says its amount twice",
                "keep one of `value`, `min` with `max`, and `percentiles`",
            )),
        }
    }

    /// Says that a key of tables stands with pay of one thing.
    fn refuse_keys_of_tables(&self, row: &SalaryRow, diagnostics: &mut Diagnostics) {
        let SalaryRow {
            level,
            employment,
            location_quotient,
            ..
        } = row;
        let keys = [
            ("level", level.as_ref().map(|level| &level.span)),
            ("employment", employment.as_ref().map(|number| &number.span)),
            (
                "location_quotient",
                location_quotient.as_ref().map(|number| &number.span),
            ),
        ];
        for (key, span) in keys {
            let Some(span) = span else { continue };
            let message = format!("`{key}` stands only in rows of [[salary]] and of salary.csv");
            let fault = self.fault(Code::BadMoney, span, message);
            diagnostics.push(fault.help("remove it here, or move the row there"));
        }
    }

    fn check_not_negative(&self, number: &At<Decimal>, diagnostics: &mut Diagnostics) {
        if number.value.0 < Number::ZERO {
            let message = format!("{} is below 0", number.value);
            let fault = self.fault(Code::BadMoney, &number.span, message);
            diagnostics.push(fault.help("write a number from 0 on, or leave it out"));
        }
    }

    /// Says that neither a row nor what it inherits has a key.
    fn lacks(&self, row: &At<SalaryRow>, key: &str, example: &str) -> Diagnostic {
        self.fault(Code::BadMoney, &row.span, format!("this pay has no {key}"))
            .shared(Scope::File, key, "rows of pay", format!("have no {key}"))
            .help(format!(
                "add `{key} = \"{example}\"` to [figures] of site.toml, of the role, or here"
            ))
    }

    pub(super) fn bad<T>(&self, place: &At<T>, message: &str, help: &str) -> Diagnostic {
        self.fault(Code::BadMoney, &place.span, message).help(help)
    }

    fn range(&self, min: &At<Decimal>, max: &At<Decimal>) -> Result<Amounts, Diagnostic> {
        if min.value > max.value {
            let fault = self.fault(
                Code::OutOfOrder,
                &max.span,
                format!(
                    "the pay runs backwards: its max {} is below its min {}",
                    max.value, min.value
                ),
            );
            return Err(fault.help("exchange the two, or correct one"));
        }
        Ok(Amounts::Range {
            min: min.value,
            max: max.value,
        })
    }

    fn percentiles(&self, row: &At<PercentilesRow>) -> Result<Amounts, Diagnostic> {
        let values = by_percent(row);
        let known: Vec<&At<Decimal>> = values.into_iter().flatten().collect();
        if known.is_empty() {
            return Err(self.bad(
                row,
                "these percentiles have no amount",
                "give at least one of p10, p25, p50, p75 and p90",
            ));
        }
        if let Some([before, after]) = known.windows(2).find_map(|pair| {
            <[_; 2]>::try_from(pair)
                .ok()
                .filter(|[before, after]| before.value > after.value)
        }) {
            let fault = self.fault(
                Code::OutOfOrder,
                &after.span,
                format!(
                    "the percentiles run backwards: {} comes after {}",
                    after.value, before.value
                ),
            );
            return Err(fault.help("a higher percentile is never paid less"));
        }
        Ok(Amounts::Percentiles(
            values.map(|value| value.map(|value| value.value)),
        ))
    }

    /// Checks that no amount is negative. Those that are finer than their currency's coins are given back.
    fn check_digits(
        &self,
        row: &SalaryRow,
        coins: Option<Coins>,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Diagnostic> {
        let mut fine = vec![];
        let SalaryRow {
            value,
            min,
            max,
            percentiles,
            ..
        } = row;
        let percentiles = percentiles
            .as_ref()
            .map(|row| by_percent(row))
            .unwrap_or_default();
        for amount in [value.as_ref(), min.as_ref(), max.as_ref()]
            .into_iter()
            .chain(percentiles)
            .flatten()
        {
            if amount.value.0 < Number::ZERO {
                diagnostics.push(self.bad(
                    amount,
                    &format!("pay cannot be negative: {}", amount.value),
                    "write the amount that is paid",
                ));
            } else if let Some(coins) =
                coins.filter(|coins| amount.value.0.scale() > coins.digits())
            {
                let message = format!(
                    "{} has more digits after the point than {} has ({})",
                    amount.value,
                    coins.currency,
                    coins.digits()
                );
                fine.push(self.bad(amount, &message, &self.in_full(amount.value.0, coins)));
            }
        }
        fine
    }

    /// Returns how an amount with too many digits is written: many who write `35.000` mean
    /// thousands.
    fn in_full(&self, amount: Number, coins: Coins) -> String {
        let written = |number| amount::written(number, self.path);
        let rounded = written(
            amount.round_dp_with_strategy(coins.digits(), RoundingStrategy::MidpointAwayFromZero),
        );
        let has_groups =
            amount.scale() == 3 && amount >= Number::ONE && amount < Number::ONE_THOUSAND;
        match has_groups
            .then(|| amount.checked_mul(Number::ONE_THOUSAND))
            .flatten()
        {
            Some(thousands) => format!(
                "if thousands are meant, write {}; if not, {rounded}",
                written(thousands)
            ),
            None => format!("write {rounded}"),
        }
    }
}

/// What decides about the digits of an amount.
#[derive(Clone, Copy)]
struct Coins {
    currency: Currency,
    period: Option<Period>,
}

impl Coins {
    /// Returns how many digits an amount may have behind the point.
    fn digits(self) -> u32 {
        let of_period = self.period.map_or(0, Period::digits);
        self.currency.digits().max(of_period)
    }
}

/// Returns a level whose title is not known yet.
fn level_of(id: &Id) -> PayLevel {
    PayLevel {
        id: id.clone(),
        title: id.to_string(),
    }
}

fn plain(number: Option<&At<Decimal>>) -> Option<Decimal> {
    number.map(|number| number.value)
}

/// Returns the amounts at 10, 25, 50, 75 and 90 percent.
fn by_percent(
    PercentilesRow {
        p10,
        p25,
        p50,
        p75,
        p90,
    }: &PercentilesRow,
) -> [Option<&At<Decimal>>; 5] {
    [p10, p25, p50, p75, p90].map(Option::as_ref)
}
