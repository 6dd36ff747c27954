//! Figures as pages show them: pay, statistics and projections come in, texts, claims and chart positions go out.

use rust_decimal::prelude::ToPrimitive;

use super::Plan;
use super::view::{AreaView, AxisView, ClaimView, OutlookView, PayView, PercentileView, SourceRef, StatisticView, TickView};
use crate::config::Period;
use crate::data::{Currency, Decimal, Id};
use crate::kind::Kind;
use crate::locale::{DateStyle, Form};
use crate::role::{Amounts, Claim, Figure, Outlook, PERCENTS, Pay};

/// What amounts must share to stand on one axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    pub currency: Currency,
    pub period: Period,
}

/// The range of an axis, from one round value to another, and the step between the round values on it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    pub unit: Unit,
    pub scale: Scale,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    pub min: Decimal,
    pub max: Decimal,
    step: rust_decimal::Decimal,
}

impl Axis {
    /// The axis on which all amounts of the first one's unit stand; none when there is nothing to compare.
    pub fn over<'p>(pays: impl IntoIterator<Item = &'p Pay>) -> Option<Self> {
        let (unit, min, max) = bounds(pays)?;
        Some(Self { unit, scale: Scale::over(min, max)? })
    }

    /// The same from zero, for bars, whose length is what the eye compares.
    pub fn from_zero<'p>(pays: impl IntoIterator<Item = &'p Pay>) -> Option<Self> {
        let (unit, min, max) = bounds(pays)?;
        Some(Self { unit, scale: Scale::over(min.min(ZERO), max)? })
    }
}

const ZERO: Decimal = Decimal(rust_decimal::Decimal::ZERO);

/// The unit of the first amount, and the least and the most of all that are of it.
fn bounds<'p>(pays: impl IntoIterator<Item = &'p Pay>) -> Option<(Unit, Decimal, Decimal)> {
    let mut pays = pays.into_iter();
    let first = pays.next()?;
    let unit = Unit::of(first);
    let (mut min, mut max) = first.amounts.bounds();
    for (low, high) in pays.filter(|pay| Unit::of(pay) == unit).map(|pay| pay.amounts.bounds()) {
        (min, max) = (min.min(low), max.max(high));
    }
    Some((unit, min, max))
}

impl Scale {
    /// From the round value below the least to the one above the most, in at most eight steps; none when both are the same.
    fn over(min: Decimal, max: Decimal) -> Option<Self> {
        if min >= max {
            return None;
        }
        let span = max.0.checked_sub(min.0)?;
        let mut base = rust_decimal::Decimal::new(1, 2);
        let mut factors = [1, 2, 5].iter().cycle();
        let mut step = base;
        while span.checked_div(step).is_none_or(|steps| steps > rust_decimal::Decimal::from(6)) {
            let factor = *factors.next()?;
            step = base.checked_mul(rust_decimal::Decimal::from(factor))?;
            if factor == 5 {
                base = base.checked_mul(rust_decimal::Decimal::TEN)?;
            }
        }
        let whole = |steps: rust_decimal::Decimal| steps.checked_mul(step).map(Decimal);
        Some(Self { min: whole((min.0 / step).floor())?, max: whole((max.0 / step).ceil())?, step })
    }

    /// Where a value stands, from 0 to 1, to three digits.
    pub fn position(&self, value: Decimal) -> f64 {
        let share = (value.0 - self.min.0) / (self.max.0 - self.min.0);
        share.round_dp(3).to_f64().unwrap_or(0.0).clamp(0.0, 1.0)
    }

    /// The round values, the ends among them.
    fn ticks(&self) -> Vec<Decimal> {
        let next = |value: &Decimal| value.0.checked_add(self.step).filter(|next| *next <= self.max.0).map(Decimal);
        std::iter::successors(Some(self.min), next).collect()
    }
}

impl Unit {
    fn of(pay: &Pay) -> Self {
        Self { currency: pay.currency, period: pay.period }
    }
}

impl Plan {
    /// Pay, placed on an axis when it is of the axis's unit.
    pub(super) fn pay(&self, pay: &Pay, axis: Option<&Axis>) -> PayView {
        let Pay { id: _, label: _, statistic, amounts, open_top, currency, period, basis, area, claim } = pay;
        let axis = axis.filter(|axis| axis.unit == Unit::of(pay));
        let position = |value| axis.map_or(0.0, |axis| axis.scale.position(value));
        let (min, max) = amounts.bounds();
        let percentiles = match amounts {
            Amounts::Percentiles(values) => self.percentiles(values, *currency, position),
            _ => vec![],
        };
        let statistic = if percentiles.is_empty() { statistic.as_str() } else { "percentiles" };
        let value = match amounts {
            Amounts::Range { .. } => None,
            amounts => middle(amounts),
        };
        PayView {
            label: self.pay_label(pay),
            measure: self.pay_measure(pay),
            statistic,
            value,
            min,
            max,
            open_top: *open_top,
            percentiles,
            currency: currency.to_string(),
            period: period.as_str(),
            period_text: self.period_text(*period),
            basis: basis.map(crate::config::Basis::as_str),
            area: area.as_ref().map(|area| self.area(area)),
            text: self.pay_text(pay),
            text_long: self.pay_text_long(pay),
            on_axis: axis.is_some(),
            x: value.map(position),
            x0: position(min),
            x1: position(max),
            claim: self.claim(claim),
        }
    }

    fn percentiles(&self, values: &[Option<Decimal>; 5], currency: Currency, position: impl Fn(Decimal) -> f64) -> Vec<PercentileView> {
        let known = PERCENTS.iter().zip(values).filter_map(|(percent, value)| Some((*percent, (*value)?)));
        known.map(|(percent, value)| PercentileView { percent, value, text: self.money(value, currency, Form::Long), x: position(value) }).collect()
    }

    /// The short text: "$55K–$80K", "$180K–$270K+", or the middle of percentiles.
    pub(super) fn pay_text(&self, pay: &Pay) -> String {
        self.pay_words(pay, Form::Short, "_short")
    }

    /// The text in full: "$55,000 to $80,000 a year".
    pub(super) fn pay_text_long(&self, pay: &Pay) -> String {
        self.pay_words(pay, Form::Long, "")
    }

    fn pay_words(&self, pay: &Pay, form: Form, suffix: &str) -> String {
        let (min, max) = match &pay.amounts {
            Amounts::Percentiles([_, _, Some(median), _, _]) => (*median, *median),
            amounts => amounts.bounds(),
        };
        let open = if pay.open_top { "_open" } else { "" };
        let kind = if min == max { "pay_value" } else { "pay_range" };
        let money = |value| self.money(value, pay.currency, form);
        let text = self.strings().fill_with(&format!("{kind}{open}{suffix}"), |name| match name {
            "value" | "min" => Some(money(min)),
            "max" => Some(money(max)),
            "range" => Some(self.locale().money_range((min.0, max.0), pay.currency, form)),
            "period" => Some(self.period_text(pay.period)),
            _ => None,
        });
        // The short text has no words in it: it is one figure.
        if form == Form::Short { self.locale().isolated(text) } else { text }
    }

    /// What a figure is: "Median pay", "Range of base pay", or what its row calls it.
    pub(super) fn pay_label(&self, pay: &Pay) -> String {
        pay.label.clone().unwrap_or_else(|| self.pay_measure(pay))
    }

    /// What a figure measures and per what: "Median pay, a year".
    pub(super) fn pay_measure_long(&self, pay: &Pay) -> String {
        self.strings().fill("pay_measure", &[("measure", &self.pay_measure(pay)), ("period", &self.period_text(pay.period))])
    }

    /// What a figure measures: "Median pay", "Range of base pay".
    fn pay_measure(&self, pay: &Pay) -> String {
        let what = if matches!(pay.amounts, Amounts::Percentiles(_)) { "percentiles" } else { pay.statistic.as_str() };
        let key = pay.basis.map_or_else(|| format!("salary_{what}"), |basis| format!("salary_{what}_{basis}"));
        self.strings().get(&key).to_owned()
    }

    /// An axis with its ticks.
    pub(super) fn axis(&self, axis: &Axis) -> AxisView {
        let scale = axis.scale;
        let tick = |value| TickView { value, text: self.money(value, axis.unit.currency, Form::Short), x: scale.position(value) };
        AxisView {
            min: scale.min,
            max: scale.max,
            currency: axis.unit.currency.to_string(),
            period_text: self.period_text(axis.unit.period),
            ticks: scale.ticks().into_iter().map(tick).collect(),
        }
    }

    /// Where a figure is from, in one line.
    pub(super) fn claim(&self, claim: &Claim) -> ClaimView {
        let as_of_text = claim.as_of.map(|as_of| self.locale().date(as_of, DateStyle::Long));
        let source = claim.source.as_ref().and_then(|id| Some((id, self.site.config.sources.get(id)?)));
        let source =
            source.map(|(id, source)| SourceRef { id: id.to_string(), title: source.row.title.value.clone(), url: self.anchor_on(Kind::Sources, id.as_str()) });
        let text = match (&source, &as_of_text) {
            // Surveys often carry their date in the name; it is not said twice.
            (Some(source), Some(as_of)) if source.title.contains(as_of.as_str()) => source.title.clone(),
            (Some(source), Some(as_of)) => self.strings().fill("claim_line", &[("source", &source.title), ("as_of", as_of)]),
            (Some(source), None) => source.title.clone(),
            (None, _) => String::new(),
        };
        ClaimView { source, as_of: claim.as_of.map(|as_of| as_of.to_string()), as_of_text, text }
    }

    /// A figure about the role.
    pub(super) fn statistic(&self, figure: &Figure) -> StatisticView {
        let Figure { id, label, min, max, unit, approximate, note, area, claim } = figure;
        let one = |value: Decimal| self.locale().number(value.0);
        let words = self.strings();
        let amount = max.map_or_else(|| one(*min), |max| words.fill("statistic_range", &[("min", &one(*min)), ("max", &one(max))]));
        let amount = match unit.as_deref() {
            Some("percent") => words.fill("statistic_percent", &[("value", &amount)]),
            Some(unit) => words.fill("statistic_unit", &[("value", &amount), ("unit", unit)]),
            None => amount,
        };
        let text = if *approximate { words.fill("statistic_about", &[("value", &amount)]) } else { amount };
        StatisticView {
            id: id.to_string(),
            label: label.clone(),
            min: *min,
            max: *max,
            unit: unit.clone().unwrap_or_default(),
            approximate: *approximate,
            note: note.clone().unwrap_or_default(),
            area: area.as_ref().map(|area| self.area(area)),
            text,
            claim: self.claim(claim),
        }
    }

    /// A change in percent: "+15.8%".
    pub(super) fn change_text(&self, percent: Decimal) -> String {
        let sign = if percent.0.is_sign_positive() && !percent.0.is_zero() { "+" } else { "" };
        let change = format!("{sign}{}", self.locale().number(percent.0)).replace('-', "−");
        self.locale().isolated(self.strings().fill("statistic_percent", &[("value", &change)]))
    }

    /// The projection of employment.
    pub(super) fn outlook(&self, outlook: &Outlook) -> OutlookView {
        let Outlook { base_year, target_year, change_percent, jobs_base, jobs_target, openings_per_year, area, claim } = outlook;
        let text = |value: Option<Decimal>| value.map(|value| self.locale().number(value.0));
        let scale = jobs_base.zip(*jobs_target).and_then(|(base, target)| Scale::over(ZERO, base.max(target)));
        let position = |value: Option<Decimal>| Some(scale?.position(value?));
        let tick = |value: Decimal| TickView { value, text: self.locale().number(value.0), x: scale.map_or(0.0, |scale| scale.position(value)) };
        OutlookView {
            base_year: *base_year,
            target_year: *target_year,
            change_percent: *change_percent,
            change_text: self.change_text(*change_percent),
            jobs_base: *jobs_base,
            jobs_base_text: text(*jobs_base),
            jobs_target: *jobs_target,
            jobs_target_text: text(*jobs_target),
            openings_per_year: *openings_per_year,
            openings_text: text(*openings_per_year),
            x_base: position(*jobs_base),
            x_target: position(*jobs_target),
            ticks: scale.map_or_else(Vec::new, |scale| scale.ticks().into_iter().map(tick).collect()),
            area: area.as_ref().map(|area| self.area(area)),
            claim: self.claim(claim),
        }
    }

    pub(super) fn area(&self, id: &Id) -> AreaView {
        AreaView { id: id.to_string(), name: self.area_name(id) }
    }

    fn period_text(&self, period: Period) -> String {
        self.strings().get(&format!("per_{period}")).to_owned()
    }

    fn money(&self, amount: Decimal, currency: Currency, form: Form) -> String {
        self.locale().money(amount.0, currency, form)
    }
}

/// The one number that stands for an amount when lists are sorted: the value, the median, or the middle of a range.
pub(super) fn middle(amounts: &Amounts) -> Option<Decimal> {
    match amounts {
        Amounts::Value(value) => Some(*value),
        Amounts::Range { min, max } => Some(Decimal((min.0 + max.0) / rust_decimal::Decimal::TWO)),
        Amounts::Percentiles(values) => values[2],
    }
}

#[cfg(test)]
mod tests {
    use super::{Decimal, Scale};

    fn scale(min: &str, max: &str) -> Option<Scale> {
        Scale::over(Decimal(min.parse().unwrap()), Decimal(max.parse().unwrap()))
    }

    fn ticks(min: &str, max: &str) -> String {
        scale(min, max).unwrap().ticks().iter().map(|tick| tick.0.normalize().to_string()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn an_axis_goes_from_one_round_value_to_another() {
        assert_eq!(ticks("55000", "270000"), "50000 100000 150000 200000 250000 300000");
        assert_eq!(ticks("0", "147890"), "0 50000 100000 150000");
        assert_eq!(ticks("31.5", "63.2"), "30 40 50 60 70");
        assert_eq!(ticks("0", "1656700"), "0 500000 1000000 1500000 2000000");
        assert_eq!(ticks("1", "1.02"), "1 1.01 1.02");
    }

    #[test]
    fn a_value_stands_between_the_ends() {
        for (min, max) in [("55000", "270000"), ("0", "1"), ("99999", "100000"), ("0.01", "9000000000000000"), ("-4", "3")] {
            let scale = scale(min, max).unwrap();
            let at = |text: &str| scale.position(Decimal(text.parse().unwrap()));
            assert!(0.0 <= at(min) && at(min) < at(max) && at(max) <= 1.0, "{min} {max}: {} {}", at(min), at(max));
            assert!((3..=8).contains(&scale.ticks().len()), "{min} {max}: {:?}", scale.ticks());
            assert!((at("-999999"), at("99999999999999999")) == (0.0, 1.0), "what is beyond the ends stands at them");
        }
    }

    #[test]
    fn there_is_no_axis_without_a_difference_or_beyond_what_can_be_counted() {
        assert_eq!(scale("7", "7"), None);
        assert_eq!(scale("0", "79228162514264337593543950335"), None);
    }
}
