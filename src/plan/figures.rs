//! Figures as pages show them: pay, statistics and projections come in, texts, claims and chart positions go out.

use rust_decimal::prelude::ToPrimitive;

use super::Plan;
use super::unit::{self, Unit};
use super::view::{AreaView, AxisView, ClaimView, OutlookView, PayView, PercentileView, ShortPayView, SourceRef, StatisticView, TickView};
use crate::config::{Basis, Period};
use crate::data::{Decimal, Id};
use crate::kind::Kind;
use crate::locale::{DateStyle, Form};
use crate::role::record::Statistic;
use crate::role::{Amounts, Claim, Figure, Outlook, PERCENTS, Pay};

/// The range of an axis, from one round value to another, and the step between the round values on it.
#[derive(Clone, Copy, Debug)]
pub struct Axis<'p> {
    pub unit: Unit<'p>,
    /// How the unit of a pay is told that may stand on it.
    unit_of: UnitOf,
    pub scale: Scale,
}

type UnitOf = for<'a> fn(&'a Pay) -> Unit<'a>;

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    pub min: Decimal,
    pub max: Decimal,
    step: rust_decimal::Decimal,
}

impl<'p> Axis<'p> {
    /// The axis on which all amounts of the most common unit stand; none when there is nothing to compare.
    pub fn over(pays: impl IntoIterator<Item = &'p Pay>) -> Option<Self> {
        Self::of_most(pays, |pay| Unit::of(pay), None)
    }

    /// The same for pay by area, and from zero, for bars, whose length is what the eye compares.
    pub fn of_areas(pays: impl IntoIterator<Item = &'p Pay>) -> Option<Self> {
        Self::of_most(pays, |pay| Unit::across_areas(pay), Some(ZERO))
    }

    /// The axis of one pay and of those others that are of its unit.
    pub fn of(first: &'p Pay, others: impl IntoIterator<Item = &'p Pay>) -> Option<Self> {
        let like = others.into_iter().filter(|pay| Unit::of(pay) == Unit::of(first));
        Self::of_most(std::iter::once(first).chain(like), |pay| Unit::of(pay), None)
    }

    /// The axis that two pays share; none when they are of two units, or one is not known.
    pub fn between(a: Option<&'p Pay>, b: Option<&'p Pay>) -> Option<Self> {
        let (a, b) = a.zip(b).filter(|(a, b)| Unit::of(a) == Unit::of(b))?;
        Self::over([a, b])
    }

    fn of_most(pays: impl IntoIterator<Item = &'p Pay>, unit_of: UnitOf, zero: Option<Decimal>) -> Option<Self> {
        let most = unit::groups(pays, |pay| unit_of(pay)).into_iter().next()?;
        let bounds = || most.iter().map(|pay| pay.amounts.bounds());
        let min = bounds().map(|(min, _)| min).chain(zero).min()?;
        let scale = Scale::over(min, bounds().map(|(_, max)| max).max()?)?;
        Some(Self { unit: unit_of(most.first()?), unit_of, scale })
    }

    fn holds(&self, pay: &Pay) -> bool {
        (self.unit_of)(pay) == self.unit
    }
}

const ZERO: Decimal = Decimal(rust_decimal::Decimal::ZERO);

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

impl Plan {
    /// Pay, placed on an axis when it is of the axis's unit.
    pub(super) fn pay(&self, pay: &Pay, axis: Option<&Axis<'_>>) -> PayView {
        let Pay { id: _, label: _, statistic, amounts, open_top, currency, period, basis, area, claim } = pay;
        let axis = axis.filter(|axis| axis.holds(pay));
        let position = |value| axis.map_or(0.0, |axis| axis.scale.position(value));
        let (min, max) = amounts.bounds();
        let percentiles = match amounts {
            Amounts::Percentiles(values) => self.percentiles(values, pay, position),
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
            notes: self.pay_notes(pay),
            statistic,
            value,
            min,
            max,
            open_top: *open_top,
            percentiles,
            currency: currency.to_string(),
            period: period.as_str(),
            period_text: self.period_text(*period),
            basis: basis.map(Basis::as_str),
            area: area.as_ref().map(|area| self.area(area)),
            text: self.pay_text(pay),
            text_long: self.pay_text_long(pay),
            amount: self.pay_amount(pay, Form::Short),
            amount_long: self.pay_amount(pay, Form::Long),
            on_axis: axis.is_some(),
            x: value.map(position),
            x0: position(min),
            x1: position(max),
            claim: self.claim(claim),
        }
    }

    /// Percentiles in one style, the highest open where the pay is.
    fn percentiles(&self, values: &[Option<Decimal>; 5], pay: &Pay, position: impl Fn(Decimal) -> f64) -> Vec<PercentileView> {
        let known: Vec<(u32, Decimal)> = PERCENTS.iter().zip(values).filter_map(|(percent, value)| Some((*percent, (*value)?))).collect();
        let amounts: Vec<_> = known.iter().map(|(_, value)| value.0).collect();
        let mut texts = self.locale().amounts(&amounts, pay.currency, Form::Long);
        if let Some(last) = texts.last_mut().filter(|_| pay.open_top) {
            *last = self.locale().isolated(self.strings().fill("pay_value_open_short", &[("value", last)]));
        }
        known.into_iter().zip(texts).map(|((percent, value), text)| PercentileView { percent, value, text, x: position(value) }).collect()
    }

    /// The short text: "$55K–$80K", "$180K–$270K+", the middle of percentiles, or "$65K (90th percentile)".
    pub(super) fn pay_text(&self, pay: &Pay) -> String {
        self.unmistakable(self.pay_amount(pay, Form::Short), pay)
    }

    /// The text in full: "$55,000 to $80,000 a year".
    pub(super) fn pay_text_long(&self, pay: &Pay) -> String {
        self.unmistakable(self.pay_amount(pay, Form::Long), pay)
    }

    /// An amount that nobody takes for all pay: percentiles without a middle say which they are.
    pub(super) fn unmistakable(&self, amount: String, pay: &Pay) -> String {
        if unit::lacks_middle(pay) { self.which(amount, &[self.pay_measure(pay)]) } else { amount }
    }

    /// The amount alone, for where what it is stands beside it.
    pub(super) fn pay_amount(&self, pay: &Pay, form: Form) -> String {
        let (min, max) = pay.amounts.stated();
        let open = if unit::is_open(pay) { "_open" } else { "" };
        let kind = if min == max { "pay_value" } else { "pay_range" };
        let suffix = if form == Form::Short { "_short" } else { "" };
        let ends = self.locale().amounts(&[min.0, max.0], pay.currency, form);
        let text = self.strings().fill_with(&format!("{kind}{open}{suffix}"), |name| match name {
            "value" | "min" => ends.first().cloned(),
            "max" => ends.last().cloned(),
            "range" => Some(self.locale().money_range((min.0, max.0), pay.currency, form)),
            "period" => Some(self.period_text(pay.period)),
            _ => None,
        });
        // The short text has no words in it: it is one figure.
        if form == Form::Short { self.locale().isolated(text) } else { text }
    }

    /// An amount with its period: "$25–$50 an hour".
    pub(super) fn with_period(&self, amount: &str, pay: &Pay) -> String {
        self.strings().fill("pay_with_period", &[("pay", amount), ("period", &self.period_text(pay.period))])
    }

    /// The text of a pay with whatever of its particulars was not told yet: "$25–$50 an hour (Base pay, Texas)".
    pub(super) fn pay_told(&self, text: String, pay: &Pay, told: &[String]) -> String {
        let rest: Vec<String> = self.pay_particulars(pay).into_iter().filter(|note| !told.contains(note)).collect();
        self.which(text, &rest)
    }

    /// A text with what it is of in parentheses, if there is something to say.
    pub(super) fn which(&self, text: String, notes: &[String]) -> String {
        let which = notes.join(self.strings().get("list_separator"));
        if which.is_empty() { text } else { self.strings().fill("pay_which", &[("pay", &text), ("which", &which)]) }
    }

    /// What a figure is: "Median pay", "Range of base pay", or what its row calls it.
    pub(super) fn pay_label(&self, pay: &Pay) -> String {
        pay.label.clone().unwrap_or_else(|| self.pay_measure(pay))
    }

    /// What a figure measures and per what: "Median pay, a year".
    pub(super) fn pay_measure_long(&self, pay: &Pay) -> String {
        self.strings().fill("pay_measure", &[("measure", &self.pay_measure(pay)), ("period", &self.period_text(pay.period))])
    }

    /// What a figure measures: "Median pay", "Range of base pay", "25th to 75th percentile".
    fn pay_measure(&self, pay: &Pay) -> String {
        let what = match &pay.amounts {
            Amounts::Percentiles(values) => return self.percentiles_measure(values, pay.basis),
            amounts if pay.statistic == Statistic::Range && amounts.bounds().0 == amounts.bounds().1 => "value",
            _ => pay.statistic.as_str(),
        };
        self.strings().get(&of_basis(what, pay.basis)).to_owned()
    }

    fn percentiles_measure(&self, values: &[Option<Decimal>; 5], basis: Option<Basis>) -> String {
        let known: Vec<String> = PERCENTS.iter().zip(values).filter(|(_, value)| value.is_some()).map(|(percent, _)| percent.to_string()).collect();
        match known.as_slice() {
            _ if values[2].is_some() => self.strings().get(&of_basis("percentiles", basis)).to_owned(),
            [from, .., to] => self.strings().fill(&of_basis("percentile_span", basis), &[("from", from), ("to", to)]),
            known => self.strings().fill(&of_basis("percentile", basis), &[("percent", &known.concat())]),
        }
    }

    /// What is to be known of a figure, in parts: what it measures, per what, what its row calls it, where and when. What several
    /// share may be said once.
    pub(super) fn pay_notes(&self, pay: &Pay) -> Vec<String> {
        let is_plain = pay.statistic == Statistic::Range && !matches!(pay.amounts, Amounts::Percentiles(_));
        let measure = if is_plain { self.plain_pay(pay.basis) } else { self.pay_measure(pay) };
        let label = pay.label.clone().filter(|label| *label != measure);
        let area = pay.area.as_ref().map(|area| self.area_name(area));
        let as_of = pay.claim.as_of.map(|as_of| self.locale().date(as_of, DateStyle::Long));
        [Some(measure), Some(self.period_text(pay.period)), label, area, as_of].into_iter().flatten().collect()
    }

    /// "Pay", "Base pay": amounts and ranges alike.
    fn plain_pay(&self, basis: Option<Basis>) -> String {
        self.strings().get(&of_basis("value", basis)).to_owned()
    }

    /// The same without what a reader knows by the figure itself, or sees below it: that it is pay, per what, and of when.
    pub(super) fn pay_particulars(&self, pay: &Pay) -> Vec<String> {
        let as_of = pay.claim.as_of.map(|as_of| self.locale().date(as_of, DateStyle::Long));
        let known = [Some(self.plain_pay(None)), Some(self.period_text(pay.period)), as_of];
        self.pay_notes(pay).into_iter().filter(|note| known.iter().flatten().all(|known| known != note)).collect()
    }

    /// The notes that all of several figures have.
    pub(super) fn shared_notes(&self, pays: &[&Pay]) -> Vec<String> {
        let all: Vec<Vec<String>> = pays.iter().map(|pay| self.pay_notes(pay)).collect();
        let Some((first, others)) = all.split_first() else { return vec![] };
        first.iter().filter(|note| others.iter().all(|other| other.contains(note))).cloned().collect()
    }

    /// A figure with what it is, for where little room is.
    pub(super) fn short_pay(&self, pay: &Pay) -> ShortPayView {
        ShortPayView { amount: self.pay_amount(pay, Form::Short), period_text: self.period_text(pay.period), notes: self.pay_notes(pay) }
    }

    /// An axis with its ticks.
    pub(super) fn axis(&self, axis: &Axis<'_>) -> AxisView {
        let scale = axis.scale;
        let values = scale.ticks();
        let amounts: Vec<_> = values.iter().map(|value| value.0).collect();
        let texts = self.locale().amounts(&amounts, axis.unit.currency, Form::Short);
        AxisView {
            min: scale.min,
            max: scale.max,
            currency: axis.unit.currency.to_string(),
            period_text: self.period_text(axis.unit.period),
            ticks: values.into_iter().zip(texts).map(|(value, text)| TickView { value, text, x: scale.position(value) }).collect(),
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
}

/// The string for what pay measures on a basis: `salary_mean_base`.
fn of_basis(what: &str, basis: Option<Basis>) -> String {
    basis.map_or_else(|| format!("salary_{what}"), |basis| format!("salary_{what}_{basis}"))
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
