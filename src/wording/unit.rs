//! Units of pay: a [`Pay`] comes in; what it must share with other pay to be compared, and the
//! number that it is sorted by, go out.

use std::cmp::Reverse;

use crate::config::{Basis, Period};
use crate::data::{Currency, Decimal, Id};
use crate::role::record::Statistic;
use crate::role::{Amounts, ListedRole, Pay, PayLevel};

/// Everything that two amounts must share to stand on one axis, in one range or in one sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit<'p> {
    pub currency: Currency,
    pub period: Period,
    basis: Option<Basis>,
    measure: Measure,
    label: Option<&'p str>,
    level: Option<&'p PayLevel>,
    area: Option<&'p Id>,
}

/// What a figure of pay measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Measure {
    /// An amount or a range.
    Plain,
    Mean,
    Median,
    /// Percentiles without the median: which of them are known.
    Percentiles([bool; 5]),
}

impl<'p> Unit<'p> {
    /// Returns the unit of pay.
    pub fn of(pay: &'p Pay) -> Self {
        let Pay {
            id: _,
            label,
            statistic: _,
            amounts: _,
            open_top: _,
            currency,
            period,
            basis,
            area,
            level,
            employment: _,
            location_quotient: _,
            claim: _,
        } = pay;
        Self {
            currency: *currency,
            period: *period,
            basis: *basis,
            measure: Measure::of(pay),
            label: label.as_deref(),
            level: level.as_ref(),
            area: area.as_ref(),
        }
    }

    /// Returns the unit of pay without its area, for comparisons of areas.
    pub fn across_areas(pay: &'p Pay) -> Self {
        Self {
            area: None,
            ..Self::of(pay)
        }
    }

    /// Returns the unit of pay without its label, for comparisons of roles: each may name its
    /// occupation.
    pub fn across_labels(pay: &'p Pay) -> Self {
        Self {
            label: None,
            ..Self::of(pay)
        }
    }

    /// Returns what two amounts must share when they are compared by the year:
    /// "USD/base/US/median".
    pub fn of_year(pay: &'p Pay) -> String {
        let Self {
            currency,
            period: _,
            basis,
            measure,
            label: _,
            level: _,
            area,
        } = Self::of(pay);
        let measure = match measure {
            Measure::Plain => "pay",
            Measure::Mean => "mean",
            Measure::Median => "median",
            Measure::Percentiles(_) => "percentiles",
        };
        [
            currency.as_str(),
            basis.map_or("", Basis::as_str),
            area.map_or("", Id::as_str),
            measure,
        ]
        .join("/")
    }
}

impl Measure {
    fn of(pay: &Pay) -> Self {
        match (&pay.amounts, pay.statistic) {
            (Amounts::Percentiles(values), _) if values[2].is_none() => {
                Self::Percentiles(values.map(|value| value.is_some()))
            }
            (Amounts::Percentiles(_), _) | (_, Statistic::Median) => Self::Median,
            (_, Statistic::Mean) => Self::Mean,
            (_, Statistic::Range) => Self::Plain,
        }
    }
}

/// Returns the number by which an amount is sorted: the value, the median, or the middle of a
/// range.
pub fn middle(amounts: &Amounts) -> Option<Decimal> {
    match amounts {
        Amounts::Value(value) => Some(*value),
        Amounts::Range { min, max } => Some(Decimal((min.0 + max.0) / rust_decimal::Decimal::TWO)),
        Amounts::Percentiles(values) => values[2],
    }
}

/// Returns true if pay is percentiles without the median. Its text must name the percentiles.
pub(super) fn lacks_middle(pay: &Pay) -> bool {
    matches!(Measure::of(pay), Measure::Percentiles(_))
}

/// Returns true if the text of pay ends in `+`.
///
/// Of percentiles only the highest amount is open, so a median is not.
pub fn is_open(pay: &Pay) -> bool {
    pay.open_top && pay.amounts.stated().1 == pay.amounts.bounds().1
}

/// Returns several amounts of one unit as one range, from the lowest to the highest, or `None`
/// without amounts.
pub(super) fn span(pays: &[&Pay]) -> Option<Pay> {
    let ends = || pays.iter().map(|pay| pay.amounts.stated());
    let min = ends().map(|(min, _)| min).min()?;
    let max = ends().map(|(_, max)| max).max()?;
    let open_top = pays.iter().any(|pay| is_open(pay));
    Some(Pay {
        amounts: Amounts::Range { min, max },
        open_top,
        ..(*pays.first()?).clone()
    })
}

/// Groups values by a key. The largest group comes first, and of groups of the same size the one
/// that came first.
pub fn groups<T, K: PartialEq>(
    all: impl IntoIterator<Item = T>,
    key: impl Fn(&T) -> K,
) -> Vec<Vec<T>> {
    let mut groups: Vec<(K, Vec<T>)> = vec![];
    for one in all {
        let own = key(&one);
        match groups.iter_mut().find(|(known, _)| *known == own) {
            Some((_, group)) => group.push(one),
            None => groups.push((own, vec![one])),
        }
    }
    groups.sort_by_key(|(_, group)| Reverse(group.len()));
    groups.into_iter().map(|(_, group)| group).collect()
}

/// Returns the headline pay of a role for a year, or `None` if it has no middle or is for no time.
///
/// A day counts 260 times, a week 52 times, and an hour as often as the role sets.
pub fn of_year(role: &ListedRole<'_>) -> Option<Decimal> {
    let pay = role.headline?;
    let times = match pay.period {
        Period::Hour => role.hours_per_year.0,
        Period::Day => 260.into(),
        Period::Week => 52.into(),
        Period::Month => 12.into(),
        Period::Year => rust_decimal::Decimal::ONE,
        Period::Mile | Period::Piece | Period::Task | Period::Project => return None,
    };
    middle(&pay.amounts)?
        .0
        .checked_mul(times)
        .map(|amount| Decimal(amount.normalize()))
}
