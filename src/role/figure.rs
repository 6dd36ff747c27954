//! Figures that are no pay: statistics and the projection of employment, with all that they
//! inherit.

use rust_decimal::prelude::ToPrimitive;

use super::claim::{FigureReader, Origin};
use super::record::{OutlookRow, StatisticRow};
use super::{Figure, Outlook};
use crate::data::{At, Decimal, Id};
use crate::diag::{Code, Diagnostic, Diagnostics};

/// Years that a projection can be about.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2200;

/// The value of a statistic, or its range.
struct Bounds {
    min: Decimal,
    max: Option<Decimal>,
}

/// Returns how far, in points of a percent, a stated change may lie from the one that its numbers
/// of jobs give: the change is rounded to a percent, the jobs to hundreds.
fn rounding(base: f64) -> f64 {
    1.0 + 100.0 * 100.0 / base
}

impl FigureReader<'_> {
    /// Reads a figure that is no pay.
    pub(super) fn statistic(
        &self,
        id: Id,
        row: &At<StatisticRow>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Figure> {
        let StatisticRow {
            id: _,
            label,
            value: _,
            min: _,
            max: _,
            unit,
            approximate,
            note,
            area,
            source,
            as_of,
        } = &row.value;
        let bounds = diagnostics.take(self.bounds(row));
        let claim = self.claim(
            &Origin {
                source: source.as_ref(),
                as_of: *as_of,
                span: &row.span,
            },
            diagnostics,
        );
        let area = self.area(area.as_ref(), diagnostics);
        let Bounds { min, max } = bounds?;
        Some(Figure {
            id,
            label: label.value.clone(),
            min,
            max,
            unit: unit.clone(),
            approximate: *approximate,
            note: note.clone(),
            area,
            claim,
        })
    }

    /// Reads the value or the range of a statistic.
    fn bounds(&self, row: &At<StatisticRow>) -> Result<Bounds, Diagnostic> {
        let StatisticRow {
            value, min, max, ..
        } = &row.value;
        let help = match (value, min, max) {
            (Some(value), None, None) => {
                return Ok(Bounds {
                    min: value.value,
                    max: None,
                });
            }
            (None, Some(min), Some(max)) if min.value > max.value => {
                let message = format!(
                    "the figure runs backwards: its max {} is below its min {}",
                    max.value, min.value
                );
                let fault = self.fault(Code::OutOfOrder, &max.span, message);
                return Err(fault.help("exchange the two, or correct one"));
            }
            (None, Some(min), Some(max)) => {
                return Ok(Bounds {
                    min: min.value,
                    max: Some(max.value),
                });
            }
            (None, None, None) => "add `value = …`, or `min = …` and `max = …`",
            (None, Some(_), None) => "add `max = …`, or write `value` for `min`",
            (None, None, Some(_)) => "add `min = …`, or write `value` for `max`",
            _ => "keep one of the two ways to say it",
        };
        let message = "a statistic has either `value`, or `min` and `max`";
        let fault = self.fault(Code::BadValue, &row.span, message);
        Err(fault.help(help))
    }

    /// Reads the projection of employment.
    pub(super) fn outlook(
        &self,
        row: &At<OutlookRow>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Outlook> {
        let OutlookRow {
            base_year,
            target_year,
            change_percent,
            jobs_base,
            jobs_target,
            openings_per_year,
            area,
            source,
            as_of,
        } = &row.value;
        let before = diagnostics.len();
        self.check_years(&row.value, diagnostics);
        let counts = [jobs_base, jobs_target, openings_per_year];
        for jobs in counts.into_iter().flatten() {
            self.check_count(jobs, diagnostics);
        }
        self.check_change(&row.value, diagnostics);
        let is_sound = diagnostics.len() == before;
        let claim = self.claim(
            &Origin {
                source: source.as_ref(),
                as_of: *as_of,
                span: &row.span,
            },
            diagnostics,
        );
        let area = self.area(area.as_ref(), diagnostics);
        let plain = |value: &Option<At<Decimal>>| value.as_ref().map(|value| value.value);
        is_sound.then(|| Outlook {
            base_year: base_year.value,
            target_year: target_year.value,
            change_percent: change_percent.value,
            jobs_base: plain(jobs_base),
            jobs_target: plain(jobs_target),
            openings_per_year: plain(openings_per_year),
            area,
            claim,
        })
    }

    fn check_years(&self, row: &OutlookRow, diagnostics: &mut Diagnostics) {
        let OutlookRow {
            base_year,
            target_year,
            ..
        } = row;
        if base_year.value >= target_year.value {
            let message = format!(
                "the projection ends in {}, before it begins in {}",
                target_year.value, base_year.value
            );
            let fault = self.fault(Code::OutOfOrder, &target_year.span, message);
            diagnostics.push(fault.help("target_year is the later one"));
        }
        for year in [base_year, target_year] {
            if !YEARS.contains(&year.value) {
                let message = format!("{} is no year of a projection", year.value);
                let fault = self.fault(Code::BadValue, &year.span, message);
                diagnostics.push(fault.help("write a year such as 2034"));
            }
        }
    }

    fn check_count(&self, jobs: &At<Decimal>, diagnostics: &mut Diagnostics) {
        if jobs.value.0 < rust_decimal::Decimal::ZERO || !jobs.value.0.fract().is_zero() {
            let fault = self.fault(
                Code::BadValue,
                &jobs.span,
                format!("{} is no number of jobs", jobs.value),
            );
            diagnostics.push(fault.help("write whole jobs, not thousands of jobs: 1_693_800"));
        }
    }

    /// Checks that the change and the numbers of jobs say the same.
    fn check_change(&self, row: &OutlookRow, diagnostics: &mut Diagnostics) {
        let change = row.change_percent.value.0.to_f64().unwrap_or_default();
        if change < -100.0 {
            let fault = self.fault(
                Code::BadValue,
                &row.change_percent.span,
                format!("no employment falls by {} percent", -change),
            );
            diagnostics.push(fault.help("write the change in percent of the base year"));
        }
        let jobs =
            |jobs: &Option<At<Decimal>>| jobs.as_ref().and_then(|jobs| jobs.value.0.to_f64());
        let (Some(base), Some(target)) = (
            jobs(&row.jobs_base).filter(|base| *base > 0.0),
            jobs(&row.jobs_target),
        ) else {
            return;
        };
        let stated = (target - base) / base * 100.0;
        if (stated - change).abs() > rounding(base) {
            let message = format!(
                "from {base} to {target} jobs is a change of {stated:.1} percent, not of {change}"
            );
            diagnostics.push(
                self.fault(Code::BadValue, &row.change_percent.span, message)
                    .help("correct the change, or the numbers of jobs"),
            );
        }
    }
}
