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

/// The range of an axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    pub unit: Unit,
    pub min: Decimal,
    pub max: Decimal,
}

impl Axis {
    /// The axis on which all amounts of the first one's unit stand; none when there is nothing to compare.
    pub fn over<'p>(pays: impl IntoIterator<Item = &'p Pay>) -> Option<Self> {
        let mut pays = pays.into_iter();
        let first = pays.next()?;
        let unit = Unit::of(first);
        let (mut min, mut max) = first.amounts.bounds();
        for (low, high) in pays.filter(|pay| Unit::of(pay) == unit).map(|pay| pay.amounts.bounds()) {
            (min, max) = (min.min(low), max.max(high));
        }
        (min < max).then_some(Self { unit, min, max })
    }

    /// Where a value stands, from 0 to 1, to three digits.
    pub fn position(&self, value: Decimal) -> f64 {
        let share = (value.0 - self.min.0) / (self.max.0 - self.min.0);
        share.round_dp(3).to_f64().unwrap_or(0.0).clamp(0.0, 1.0)
    }

    /// Round values within the axis, at most six of them.
    fn ticks(&self) -> Vec<Decimal> {
        let span = self.max.0 - self.min.0;
        let mut step = rust_decimal::Decimal::new(1, 2);
        let mut factors = [2, 5, 10].iter().cycle().scan(step, |base, factor| {
            let next = *base * rust_decimal::Decimal::from(*factor);
            if *factor == 10 {
                *base = next;
            }
            Some(next)
        });
        while span / step > rust_decimal::Decimal::from(6) {
            match factors.next() {
                Some(next) => step = next,
                None => break,
            }
        }
        let first = (self.min.0 / step).ceil() * step;
        (0..8).map(|index| first + step * rust_decimal::Decimal::from(index)).take_while(|value| *value <= self.max.0).map(Decimal).collect()
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
        let position = |value| axis.map_or(0.0, |axis| axis.position(value));
        let (min, max) = amounts.bounds();
        let percentiles = match amounts {
            Amounts::Percentiles(values) => self.percentiles(values, *currency, position),
            _ => vec![],
        };
        let statistic = if percentiles.is_empty() { statistic.as_str() } else { "percentiles" };
        PayView {
            label: self.pay_label(pay),
            statistic,
            value: match amounts {
                Amounts::Range { .. } => None,
                amounts => middle(amounts),
            },
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
        let words = [("value", money(min)), ("min", money(min)), ("max", money(max)), ("period", self.period_text(pay.period))];
        self.strings().fill(&format!("{kind}{open}{suffix}"), &words.each_ref().map(|(name, value)| (*name, value.as_str())))
    }

    /// What a figure is: "Median pay", "Range of base pay".
    pub(super) fn pay_label(&self, pay: &Pay) -> String {
        let what = if matches!(pay.amounts, Amounts::Percentiles(_)) { "percentiles" } else { pay.statistic.as_str() };
        let key = pay.basis.map_or_else(|| format!("salary_{what}"), |basis| format!("salary_{what}_{basis}"));
        pay.label.clone().unwrap_or_else(|| self.strings().get(&key).to_owned())
    }

    /// An axis with its ticks.
    pub(super) fn axis(&self, axis: &Axis) -> AxisView {
        let tick = |value| TickView { value, text: self.money(value, axis.unit.currency, Form::Short), x: axis.position(value) };
        AxisView {
            min: axis.min,
            max: axis.max,
            currency: axis.unit.currency.to_string(),
            period_text: self.period_text(axis.unit.period),
            ticks: axis.ticks().into_iter().map(tick).collect(),
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

    /// The projection of employment.
    pub(super) fn outlook(&self, outlook: &Outlook) -> OutlookView {
        let Outlook { base_year, target_year, change_percent, jobs_base, jobs_target, openings_per_year, area, claim } = outlook;
        let text = |value: Option<Decimal>| value.map(|value| self.locale().number(value.0));
        let sign = if change_percent.0.is_sign_positive() && !change_percent.0.is_zero() { "+" } else { "" };
        let change = format!("{sign}{}", self.locale().number(change_percent.0)).replace('-', "−");
        OutlookView {
            base_year: *base_year,
            target_year: *target_year,
            change_percent: *change_percent,
            change_text: self.strings().fill("statistic_percent", &[("value", &change)]),
            jobs_base: *jobs_base,
            jobs_base_text: text(*jobs_base),
            jobs_target: *jobs_target,
            jobs_target_text: text(*jobs_target),
            openings_per_year: *openings_per_year,
            openings_text: text(*openings_per_year),
            area: area.as_ref().map(|area| self.area(area)),
            claim: self.claim(claim),
        }
    }

    fn area(&self, id: &Id) -> AreaView {
        AreaView { id: id.to_string(), name: self.site.config.area_name(id) }
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
