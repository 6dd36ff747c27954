//! Axes of charts: pays come in; the range from one round value to another, and where each amount
//! stands on it, go out.

use rust_decimal::prelude::ToPrimitive;

use crate::data::Decimal;
use crate::role::Pay;
use crate::wording::unit::{self, Unit};

/// The axis of a chart of pay.
#[derive(Clone, Copy, Debug)]
pub struct Axis<'p> {
    /// The unit of all pay on the axis.
    pub unit: Unit<'p>,
    /// Returns the unit by which pay belongs on the axis.
    unit_of: UnitOf,
    pub scale: Scale,
}

type UnitOf = for<'a> fn(&'a Pay) -> Unit<'a>;

/// A range from one round value to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    pub min: Decimal,
    pub max: Decimal,
    /// The step between two round values.
    step: rust_decimal::Decimal,
}

impl<'p> Axis<'p> {
    /// Returns the axis of all pay of the most common unit, or `None` if there is nothing to compare.
    pub fn over(pays: impl IntoIterator<Item = &'p Pay>) -> Option<Self> {
        Self::of_most(pays, |pay| Unit::of(pay), None)
    }

    /// Returns the axis of pay by area. It starts at zero, because readers compare bars by their
    /// lengths.
    pub fn of_areas(pays: impl IntoIterator<Item = &'p Pay>) -> Option<Self> {
        Self::of_most(pays, |pay| Unit::across_areas(pay), Some(ZERO))
    }

    /// Returns the axis of a pay and of all others of the same unit.
    pub fn of(first: &'p Pay, others: impl IntoIterator<Item = &'p Pay>) -> Option<Self> {
        let like = others
            .into_iter()
            .filter(|pay| Unit::of(pay) == Unit::of(first));
        Self::of_most(
            std::iter::once(first).chain(like),
            |pay| Unit::of(pay),
            None,
        )
    }

    /// Returns the axis of two pays, or `None` if one is unknown or their units differ.
    pub fn between(a: Option<&'p Pay>, b: Option<&'p Pay>) -> Option<Self> {
        let (a, b) = a.zip(b).filter(|(a, b)| Unit::of(a) == Unit::of(b))?;
        Self::over([a, b])
    }

    fn of_most(
        pays: impl IntoIterator<Item = &'p Pay>,
        unit_of: UnitOf,
        zero: Option<Decimal>,
    ) -> Option<Self> {
        let most = unit::groups(pays, |pay| unit_of(pay)).into_iter().next()?;
        let bounds = || most.iter().map(|pay| pay.amounts.bounds());
        let min = bounds().map(|(min, _)| min).chain(zero).min()?;
        let scale = Scale::over(min, bounds().map(|(_, max)| max).max()?)?;
        Some(Self {
            unit: unit_of(most.first()?),
            unit_of,
            scale,
        })
    }

    /// Returns true if a pay is of the unit of this axis.
    pub fn holds(&self, pay: &Pay) -> bool {
        (self.unit_of)(pay) == self.unit
    }
}

pub const ZERO: Decimal = Decimal(rust_decimal::Decimal::ZERO);

impl Scale {
    /// Returns the scale from the round value below `min` to the round value above `max`, with at
    /// most eight steps, or `None` if there is no difference between the two.
    pub fn over(min: Decimal, max: Decimal) -> Option<Self> {
        if min >= max {
            return None;
        }
        let span = max.0.checked_sub(min.0)?;
        let mut base = rust_decimal::Decimal::new(1, 2);
        let mut factors = [1, 2, 5].iter().cycle();
        let mut step = base;
        while span
            .checked_div(step)
            .is_none_or(|steps| steps > rust_decimal::Decimal::from(6))
        {
            let factor = *factors.next()?;
            step = base.checked_mul(rust_decimal::Decimal::from(factor))?;
            if factor == 5 {
                base = base.checked_mul(rust_decimal::Decimal::TEN)?;
            }
        }
        let whole = |steps: rust_decimal::Decimal| steps.checked_mul(step).map(Decimal);
        Some(Self {
            min: whole((min.0 / step).floor())?,
            max: whole((max.0 / step).ceil())?,
            step,
        })
    }

    /// Returns the position of a value on the scale, from 0 to 1, rounded to three digits.
    pub fn position(&self, value: Decimal) -> f64 {
        let share = (value.0 - self.min.0) / (self.max.0 - self.min.0);
        share.round_dp(3).to_f64().unwrap_or(0.0).clamp(0.0, 1.0)
    }

    /// Returns the round values of the scale, with both ends.
    pub fn ticks(&self) -> Vec<Decimal> {
        let next = |value: &Decimal| {
            value
                .0
                .checked_add(self.step)
                .filter(|next| *next <= self.max.0)
                .map(Decimal)
        };
        std::iter::successors(Some(self.min), next).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Decimal, Scale};

    fn scale(min: &str, max: &str) -> Option<Scale> {
        Scale::over(Decimal(min.parse().unwrap()), Decimal(max.parse().unwrap()))
    }

    fn ticks(min: &str, max: &str) -> String {
        scale(min, max)
            .unwrap()
            .ticks()
            .iter()
            .map(|tick| tick.0.normalize().to_string())
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn an_axis_goes_from_one_round_value_to_another() {
        assert_eq!(
            ticks("55000", "270000"),
            "50000 100000 150000 200000 250000 300000"
        );
        assert_eq!(ticks("0", "147890"), "0 50000 100000 150000");
        assert_eq!(ticks("31.5", "63.2"), "30 40 50 60 70");
        assert_eq!(ticks("0", "1656700"), "0 500000 1000000 1500000 2000000");
        assert_eq!(ticks("1", "1.02"), "1 1.01 1.02");
    }

    #[test]
    fn a_value_stands_between_the_ends() {
        for (min, max) in [
            ("55000", "270000"),
            ("0", "1"),
            ("99999", "100000"),
            ("0.01", "9000000000000000"),
            ("-4", "3"),
        ] {
            let scale = scale(min, max).unwrap();
            let at = |text: &str| scale.position(Decimal(text.parse().unwrap()));
            assert!(
                0.0 <= at(min) && at(min) < at(max) && at(max) <= 1.0,
                "{min} {max}: {} {}",
                at(min),
                at(max)
            );
            assert!(
                (3..=8).contains(&scale.ticks().len()),
                "{min} {max}: {:?}",
                scale.ticks()
            );
            assert!(
                (at("-999999"), at("99999999999999999")) == (0.0, 1.0),
                "what is beyond the ends stands at them"
            );
        }
    }

    #[test]
    fn there_is_no_axis_without_a_difference_or_beyond_what_can_be_counted() {
        assert_eq!(scale("7", "7"), None);
        assert_eq!(scale("0", "79228162514264337593543950335"), None);
    }
}
