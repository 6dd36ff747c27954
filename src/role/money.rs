//! Figures: rows of a record come in; pay, statistics and projections with all that they inherit go out.

use jiff::ToSpan;
use jiff::civil::Date;

use super::record::{OutlookRow, PercentilesRow, SalaryRow, Statistic, StatisticRow};
use super::{Amounts, Claim, Figure, Outlook, Pay};
use crate::config::{Config, Figures, SourceKind, Strictness};
use crate::data::{AsOf, At, Currency, Decimal, Id};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::path::SourcePath;
use crate::source::Span;
use crate::suggest;

/// What the figures of one file inherit, and what they are held against.
pub(super) struct Ledger<'a> {
    pub config: &'a Config,
    /// The role's own `[figures]`.
    pub figures: &'a Figures,
    pub path: &'a SourcePath,
    pub build_date: Date,
}

/// What a row says of its own origin.
struct Origin<'a> {
    source: Option<&'a At<Id>>,
    as_of: Option<AsOf>,
    span: &'a Span,
}

impl<'a> Ledger<'a> {
    /// The same for another file beside the record.
    pub(super) fn of_file<'b>(&'b self, path: &'b SourcePath) -> Ledger<'b> {
        Ledger { path, ..*self }
    }

    fn fault(&self, code: Code, span: &Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(code, message).at(self.path, span.clone())
    }

    /// Pay; none when the row makes no sense, which is then said.
    pub(super) fn pay(&self, row: &At<SalaryRow>, faults: &mut Diagnostics) -> Option<Pay> {
        let SalaryRow { id, label, statistic, value, min, max, percentiles, open_top, currency, period, basis, area, source, as_of } = &row.value;
        let site = &self.config.site.figures;
        let amounts = faults.take(self.amounts(row, value.as_ref(), min.as_ref(), max.as_ref(), percentiles.as_ref()));
        let currency = currency.or(self.figures.currency).or(site.currency);
        let period = period.or(self.figures.period).or(site.period);
        if currency.is_none() {
            faults.push(
                self.fault(Code::BadMoney, &row.span, "this pay has no currency")
                    .help("add `currency = \"USD\"` to [figures] of site.toml, of the role, or here"),
            );
        }
        if period.is_none() {
            faults.push(
                self.fault(Code::BadMoney, &row.span, "this pay has no period").help("add `period = \"year\"` to [figures] of site.toml, of the role, or here"),
            );
        }
        let (amounts, currency, period) = (amounts?, currency?, period?);
        self.check_amounts(&amounts, currency, &row.span, faults);
        Some(Pay {
            id: id.as_ref().map(|id| id.value.clone()),
            label: label.clone(),
            statistic: statistic.unwrap_or(Statistic::Range),
            amounts,
            open_top: *open_top,
            currency,
            period,
            basis: *basis,
            area: self.area(area.as_ref(), faults),
            claim: self.claim(&Origin { source: source.as_ref(), as_of: *as_of, span: &row.span }, faults),
        })
    }

    fn amounts(
        &self,
        row: &At<SalaryRow>,
        value: Option<&At<Decimal>>,
        min: Option<&At<Decimal>>,
        max: Option<&At<Decimal>>,
        percentiles: Option<&At<PercentilesRow>>,
    ) -> Result<Amounts, Diagnostic> {
        match (value, min, max, percentiles) {
            (Some(value), None, None, None) => Ok(Amounts::Value(value.value)),
            (None, Some(min), None, None) if row.open_top => Ok(Amounts::Range { min: min.value, max: min.value }),
            (None, Some(min), Some(max), None) if min.value.0 > max.value.0 => Err(self
                .fault(Code::OutOfOrder, &max.span, format!("the pay runs backwards: its max {} is below its min {}", max.value, min.value))
                .help("exchange the two, or correct one")),
            (None, Some(min), Some(max), None) => Ok(Amounts::Range { min: min.value, max: max.value }),
            (None, None, None, Some(rows)) => self.percentiles(rows),
            (None, None, None, None) => {
                Err(self.fault(Code::BadMoney, &row.span, "this pay has no amount").help("give `value`, or `min` and `max`, or `percentiles`"))
            }
            (None, None, Some(max), None) => Err(self.fault(Code::BadMoney, &max.span, "this pay has a max but no min").help("add `min`, or write `value`")),
            (None, Some(min), None, None) => {
                Err(self.fault(Code::BadMoney, &min.span, "this pay has a min but no max").help("add `max`, or `open_top = true`"))
            }
            _ => Err(self.fault(Code::BadMoney, &row.span, "this pay says its amount twice").help("keep one of `value`, `min` with `max`, and `percentiles`")),
        }
    }

    fn percentiles(&self, rows: &At<PercentilesRow>) -> Result<Amounts, Diagnostic> {
        let PercentilesRow { p10, p25, p50, p75, p90 } = rows.value;
        let values = [p10, p25, p50, p75, p90];
        let known: Vec<Decimal> = values.iter().flatten().copied().collect();
        if known.is_empty() {
            return Err(self.fault(Code::BadMoney, &rows.span, "these percentiles have no amount").help("give at least one of p10, p25, p50, p75 and p90"));
        }
        if let Some(pair) = known.windows(2).find(|pair| pair[0].0 > pair[1].0) {
            return Err(self
                .fault(Code::OutOfOrder, &rows.span, format!("the percentiles run backwards: {} comes before {}", pair[0], pair[1]))
                .help("a higher percentile is never paid less"));
        }
        Ok(Amounts::Percentiles(values))
    }

    fn check_amounts(&self, amounts: &Amounts, currency: Currency, span: &Span, faults: &mut Diagnostics) {
        let values: Vec<Decimal> = match amounts {
            Amounts::Value(value) => vec![*value],
            Amounts::Range { min, max } => vec![*min, *max],
            Amounts::Percentiles(values) => values.iter().flatten().copied().collect(),
        };
        if let Some(value) = values.iter().find(|value| value.0.is_sign_negative() && !value.0.is_zero()) {
            faults.push(self.fault(Code::BadMoney, span, format!("pay cannot be negative: {value}")));
        }
        if let Some(value) = values.iter().find(|value| value.0.normalize().scale() > currency.digits()) {
            let fault = self.fault(Code::BadMoney, span, format!("{value} has more digits after the point than {currency} has ({})", currency.digits()));
            faults.push(fault.help("round the amount"));
        }
    }

    /// The area of a figure: its own, its role's, or the site's.
    fn area(&self, own: Option<&At<Id>>, faults: &mut Diagnostics) -> Option<Id> {
        let inherited = self.figures.area.as_ref().or(self.config.site.figures.area.as_ref());
        if let Some(area) = own.filter(|area| !self.config.knows_area(&area.value)) {
            faults.push(self.config.unknown_area(&area.value).at(self.path, area.span.clone()));
            return None;
        }
        own.or(inherited).map(|area| area.value.clone())
    }

    /// Where a figure is from. A row with a source of its own takes its date from itself or from the source, never from
    /// `[figures]`: that date belongs to another source.
    fn claim(&self, origin: &Origin<'_>, faults: &mut Diagnostics) -> Claim {
        let levels = [
            (origin.source, None),
            (self.figures.source.as_ref(), self.figures.as_of),
            (self.config.site.figures.source.as_ref(), self.config.site.figures.as_of),
        ];
        let found = levels.into_iter().find_map(|(source, as_of)| Some((source?, as_of)));
        let declared = found.and_then(|(source, _)| self.config.sources.get(&source.value));
        if let Some(source) = origin.source.filter(|source| !self.config.knows_source(&source.value)) {
            faults.push(self.unknown_source(source));
        }
        let as_of = found.and_then(|(_, inherited)| origin.as_of.or(inherited).or_else(|| declared.and_then(|source| source.row.as_of)));
        let source = found.map(|(source, _)| source.value.clone());
        let is_own = declared.is_some_and(|source| source.row.kind == Some(SourceKind::Own));
        self.check_claim(source.as_ref(), as_of, is_own, origin.span, faults);
        Claim { source, as_of, path: self.path.clone(), span: origin.span.clone() }
    }

    /// The fault of a source that does not exist.
    pub(super) fn unknown_source(&self, source: &At<Id>) -> Diagnostic {
        let help = suggest::help(source.as_str(), self.config.sources.keys().map(Id::as_str));
        self.fault(Code::UnknownId, &source.span, format!("there is no source `{}`", source.value))
            .help(help.or_else(|| Some("declare sources in content/sources.toml".into())))
    }

    fn check_claim(&self, source: Option<&Id>, as_of: Option<AsOf>, is_own: bool, span: &Span, faults: &mut Diagnostics) {
        let check = &self.config.site.check;
        let Some(source) = source else {
            let help = "name a `source` here, in [figures] of the role, or in [figures] of site.toml";
            faults.extend(self.finding(check.unsourced_claims, Code::NoSource, span, "this figure has no source".into(), help));
            return;
        };
        // A source that does not exist was said.
        if !self.config.sources.contains_key(source) {
            return;
        }
        let limit = self.build_date.checked_sub((self.config.stale_after_months as i64).months()).unwrap_or(Date::MIN);
        match as_of {
            _ if is_own => {}
            None => faults.extend(self.finding(
                check.unsourced_claims,
                Code::NoSource,
                span,
                format!("this figure does not say when `{source}` stated it"),
                "add `as_of` here, or to the source in content/sources.toml",
            )),
            Some(as_of) if as_of.last_day() < limit => {
                let message = format!("this figure is of {as_of}, older than {}", check.stale_after.value);
                faults.extend(self.finding(
                    check.stale_claims,
                    Code::StaleFigure,
                    span,
                    message,
                    "find a newer figure, or raise `check.stale_after` in site.toml",
                ));
            }
            Some(_) => {}
        }
    }

    fn finding(&self, strictness: Strictness, code: Code, span: &Span, message: String, help: &str) -> Option<Diagnostic> {
        let finding = match strictness {
            Strictness::Allow => return None,
            Strictness::Warn => Diagnostic::warning(code, message),
            Strictness::Deny => Diagnostic::error(code, message),
        };
        Some(finding.at(self.path, span.clone()).help(help))
    }

    /// Any other figure.
    pub(super) fn statistic(&self, id: Id, row: &At<StatisticRow>, faults: &mut Diagnostics) -> Option<Figure> {
        let StatisticRow { id: _, label, value, min, max, unit, approximate, note, area, source, as_of } = &row.value;
        let (min, max) = match (value, min, max) {
            (Some(value), None, None) => (value.value, None),
            (None, Some(min), Some(max)) if min.value.0 > max.value.0 => {
                faults.push(self.fault(
                    Code::OutOfOrder,
                    &max.span,
                    format!("the figure runs backwards: its max {} is below its min {}", max.value, min.value),
                ));
                return None;
            }
            (None, Some(min), Some(max)) => (min.value, Some(max.value)),
            _ => {
                faults.push(self.fault(Code::BadValue, &row.span, "a statistic has either `value`, or `min` and `max`"));
                return None;
            }
        };
        let claim = self.claim(&Origin { source: source.as_ref(), as_of: *as_of, span: &row.span }, faults);
        let area = self.area(area.as_ref(), faults);
        Some(Figure { id, label: label.value.clone(), min, max, unit: unit.clone(), approximate: *approximate, note: note.clone(), area, claim })
    }

    /// The projection of employment.
    pub(super) fn outlook(&self, row: &At<OutlookRow>, faults: &mut Diagnostics) -> Option<Outlook> {
        let OutlookRow { base_year, target_year, change_percent, jobs_base, jobs_target, openings_per_year, area, source, as_of } = &row.value;
        let claim = self.claim(&Origin { source: source.as_ref(), as_of: *as_of, span: &row.span }, faults);
        if base_year.value >= target_year.value {
            faults.push(self.fault(
                Code::OutOfOrder,
                &target_year.span,
                format!("the projection ends in {}, before it begins in {}", target_year.value, base_year.value),
            ));
            return None;
        }
        let (jobs_base, jobs_target, openings_per_year) = (*jobs_base, *jobs_target, *openings_per_year);
        let area = self.area(area.as_ref(), faults);
        Some(Outlook {
            base_year: base_year.value,
            target_year: target_year.value,
            change_percent: *change_percent,
            jobs_base,
            jobs_target,
            openings_per_year,
            area,
            claim,
        })
    }
}
