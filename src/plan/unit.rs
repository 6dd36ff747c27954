//! What pays must share to be told, drawn or sorted as one: a `Pay` comes in, its unit, the amounts that its text says and what it
//! comes to in a year go out.

use crate::config::{Basis, Period};
use crate::data::{Currency, Decimal, Id};
use crate::role::record::Statistic;
use crate::role::{Amounts, Pay, Role};

/// What amounts must share to stand on one axis, in one range or in one sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit<'p> {
    pub currency: Currency,
    pub period: Period,
    basis: Option<Basis>,
    measure: Measure,
    label: Option<&'p str>,
    area: Option<&'p Id>,
}

/// What is known of pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Measure {
    /// An amount or a range, as it is.
    Plain,
    Mean,
    Median,
    /// Percentiles without the middle one: which of them.
    Percentiles([bool; 5]),
}

impl<'p> Unit<'p> {
    pub fn of(pay: &'p Pay) -> Self {
        let Pay { id: _, label, statistic: _, amounts: _, open_top: _, currency, period, basis, area, claim: _ } = pay;
        Self { currency: *currency, period: *period, basis: *basis, measure: Measure::of(pay), label: label.as_deref(), area: area.as_ref() }
    }

    /// The same for a comparison of areas.
    pub fn across_areas(pay: &'p Pay) -> Self {
        Self { area: None, ..Self::of(pay) }
    }

    /// The same for figures of several roles, which may call theirs by the names of their occupations.
    pub fn across_labels(pay: &'p Pay) -> Self {
        Self { label: None, ..Self::of(pay) }
    }

    /// What two must share when each is taken for a whole year: "USD/base/US/median".
    pub fn of_year(pay: &'p Pay) -> String {
        let Self { currency, period: _, basis, measure, label: _, area } = Self::of(pay);
        let measure = match measure {
            Measure::Plain => "pay",
            Measure::Mean => "mean",
            Measure::Median => "median",
            Measure::Percentiles(_) => "percentiles",
        };
        [currency.as_str(), basis.map_or("", Basis::as_str), area.map_or("", Id::as_str), measure].join("/")
    }
}

impl Measure {
    fn of(pay: &Pay) -> Self {
        match (&pay.amounts, pay.statistic) {
            (Amounts::Percentiles(values), _) if values[2].is_none() => Self::Percentiles(values.map(|value| value.is_some())),
            (Amounts::Percentiles(_), _) | (_, Statistic::Median) => Self::Median,
            (_, Statistic::Mean) => Self::Mean,
            (_, Statistic::Range) => Self::Plain,
        }
    }
}

/// Whether a pay is percentiles without the median: its text must name the percentiles.
pub fn lacks_middle(pay: &Pay) -> bool {
    matches!(Measure::of(pay), Measure::Percentiles(_))
}

/// Whether the text of a pay ends with a `+`. Of percentiles only the highest amount is open, so a median has none.
pub fn is_open(pay: &Pay) -> bool {
    pay.open_top && pay.amounts.stated().1 == pay.amounts.bounds().1
}

/// The amounts from the lowest to the highest of several pays of one unit, as one pay; none when there are none.
pub fn span(pays: &[&Pay]) -> Option<Pay> {
    let ends = || pays.iter().map(|pay| pay.amounts.stated());
    let (min, max) = (ends().map(|(min, _)| min).min()?, ends().map(|(_, max)| max).max()?);
    let open_top = pays.iter().any(|pay| is_open(pay));
    Some(Pay { amounts: Amounts::Range { min, max }, open_top, ..(*pays.first()?).clone() })
}

/// Things by what they share: the most common first, and of equally common ones the first.
pub fn groups<T, K: PartialEq>(all: impl IntoIterator<Item = T>, key: impl Fn(&T) -> K) -> Vec<Vec<T>> {
    let mut groups: Vec<(K, Vec<T>)> = vec![];
    for one in all {
        let own = key(&one);
        match groups.iter_mut().find(|(known, _)| *known == own) {
            Some((_, group)) => group.push(one),
            None => groups.push((own, vec![one])),
        }
    }
    groups.sort_by_key(|(_, group)| std::cmp::Reverse(group.len()));
    groups.into_iter().map(|(_, group)| group).collect()
}

/// What the headline of a role comes to in a year of its paid hours: days are 260, weeks 52. None without one figure.
pub fn of_year(role: &Role) -> Option<Decimal> {
    let pay = role.headline()?;
    let times = match pay.period {
        Period::Hour => role.hours_per_year.0,
        Period::Day => 260.into(),
        Period::Week => 52.into(),
        Period::Month => 12.into(),
        Period::Year => rust_decimal::Decimal::ONE,
    };
    super::figures::middle(&pay.amounts)?.0.checked_mul(times).map(|amount| Decimal(amount.normalize()))
}
