//! Pay in the vocabulary of schema.org: a [`Pay`] comes in, a `MonetaryAmount` or a
//! `MonetaryAmountDistribution` goes out.

use serde_json::{Value, json};

use super::Object;
use crate::config::{Basis, Period};
use crate::data::Decimal;
use crate::role::record::Statistic;
use crate::role::{Amounts, PERCENTS, Pay, Role};
use crate::wording::{Wording, pay};

/// Returns the pay of a role in its own area: the figures with a median or percentiles, or all
/// figures if there are none of these.
pub fn estimated_salaries(words: &Wording<'_>, role: &Role) -> Vec<Value> {
    let is_distribution = |pay: &&Pay| {
        matches!(
            (&pay.amounts, pay.statistic),
            (Amounts::Percentiles(_), _) | (Amounts::Value(_), Statistic::Median)
        )
    };
    let is_of_role = |pay: &&Pay| pay.level.is_none() && !pay.basis.is_some_and(Basis::is_extra);
    let pays = || role.pay_at_home().filter(is_of_role);
    let mut pays_told: Vec<&Pay> = pays().filter(is_distribution).collect();
    if pays_told.is_empty() {
        pays_told = pays().collect();
    }
    pays_told
        .into_iter()
        .map(|pay| estimated_salary(words, pay))
        .collect()
}

/// Returns a figure of pay. A distribution of schema.org has percentiles and a median; a range and a
/// mean are plain amounts.
fn estimated_salary(words: &Wording<'_>, pay: &Pay) -> Value {
    let label = pay::label(words, pay);
    let values = match &pay.amounts {
        Amounts::Percentiles(values) => *values,
        Amounts::Value(value) if pay.statistic == Statistic::Median => {
            [None, None, Some(*value), None, None]
        }
        Amounts::Value(_) | Amounts::Range { .. } => {
            let object = Object(amount_of(pay)).with("name", Some(label));
            return match single_amount(pay) {
                Some(_) => object.0,
                None => with_bounds(object, pay).0,
            };
        }
    };
    let object = Object(json!({
        "@type": "MonetaryAmountDistribution",
        "name": label,
        "currency": pay.currency,
    }));
    let mut object = object.with("duration", iso_duration(pay.period));
    for (percent, value) in PERCENTS.iter().zip(values) {
        let name = if *percent == 50 {
            "median".to_owned()
        } else {
            format!("percentile{percent}")
        };
        object = object.with(&name, value);
    }
    object.0
}

/// Returns an amount or a range of pay for a period. A range that is open at the top has no
/// `maxValue`.
pub fn amount_of(pay: &Pay) -> Value {
    let quantity = Object(json!({
        "@type": "QuantitativeValue",
        "unitText": pay.period.as_str().to_uppercase(),
    }));
    let value = match single_amount(pay) {
        Some(value) => quantity.with("value", Some(value)),
        None => with_bounds(quantity, pay),
    };
    json!({ "@type": "MonetaryAmount", "currency": pay.currency, "value": value.0 })
}

/// Returns true if pay is what an employer offers for a job: an amount or its bounds for a time. A
/// mean, a percentile, total pay and a bonus are something else.
pub fn is_base_salary(pay: &Pay) -> bool {
    !matches!(pay.amounts, Amounts::Percentiles(_))
        && pay.statistic == Statistic::Range
        && !matches!(pay.basis, Some(Basis::Total | Basis::Bonus | Basis::Equity))
        && pay.period.is_time()
}

/// Returns the amount of pay that is a single value.
fn single_amount(pay: &Pay) -> Option<Decimal> {
    let (min, max) = pay.amounts.bounds();
    if min == max && !pay.open_top {
        Some(min)
    } else {
        None
    }
}

fn with_bounds(object: Object, pay: &Pay) -> Object {
    let (min, max) = pay.amounts.bounds();
    let max = if pay.open_top { None } else { Some(max) };
    object.with("minValue", Some(min)).with("maxValue", max)
}

/// Returns a period as a duration of ISO 8601; `None` for what is no time.
fn iso_duration(period: Period) -> Option<&'static str> {
    let duration = match period {
        Period::Hour => "PT1H",
        Period::Day => "P1D",
        Period::Week => "P1W",
        Period::Month => "P1M",
        Period::Year => "P1Y",
        Period::Mile | Period::Piece | Period::Task | Period::Project => return None,
    };
    Some(duration)
}
