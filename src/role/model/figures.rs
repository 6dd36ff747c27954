//! Pay and other figures, complete.

use serde::{Deserialize, Serialize};

use crate::config::{Basis, Period};
use crate::data::{AsOf, Currency, Decimal, Id};
use crate::path::SourcePath;
use crate::role::record::Statistic;
use crate::source::Span;

/// A figure's origin after inheritance. A day in `as_of` comes only with a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    pub source: Option<Id>,
    pub as_of: Option<AsOf>,
    /// Where the figure stands, for messages.
    pub path: SourcePath,
    pub span: Span,
}

/// An amount of pay with all that it needs to be understood.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Pay {
    pub id: Option<Id>,
    pub label: Option<String>,
    pub statistic: Statistic,
    pub amounts: Amounts,
    pub open_top: bool,
    pub currency: Currency,
    pub period: Period,
    pub basis: Option<Basis>,
    pub area: Option<Id>,
    /// The level that it belongs to, where it stands with pay of the whole role.
    pub level: Option<PayLevel>,
    pub employment: Option<Decimal>,
    pub location_quotient: Option<Decimal>,
    pub claim: Claim,
}

/// The level of a row of pay.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PayLevel {
    pub id: Id,
    pub title: String,
}

/// Pay without an amount of money.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WordedPay {
    pub label: Option<String>,
    pub what: PayWords,
    pub basis: Option<Basis>,
    pub area: Option<Id>,
    pub level: Option<PayLevel>,
    pub claim: Claim,
}

/// What is known of pay without an amount of money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PayWords {
    Text(String),
    /// So many percent of something: "base pay".
    Percent {
        min: Decimal,
        max: Decimal,
        of: String,
    },
}

/// What is known of an amount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Amounts {
    Value(Decimal),
    Range {
        min: Decimal,
        max: Decimal,
    },
    /// At 10, 25, 50, 75 and 90 percent; at least one is known.
    Percentiles([Option<Decimal>; 5]),
}

/// Percentages that `Amounts::Percentiles` stands for, in order.
pub const PERCENTS: [u32; 5] = [10, 25, 50, 75, 90];

/// A figure about a role that is no pay.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Figure {
    pub id: Id,
    pub label: String,
    /// One value, or a range.
    pub min: Decimal,
    pub max: Option<Decimal>,
    pub unit: Option<String>,
    pub approximate: bool,
    pub note: Option<String>,
    pub area: Option<Id>,
    pub claim: Claim,
}

/// The projection of employment.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Outlook {
    pub base_year: i16,
    pub target_year: i16,
    pub change_percent: Decimal,
    pub jobs_base: Option<Decimal>,
    pub jobs_target: Option<Decimal>,
    pub openings_per_year: Option<Decimal>,
    pub area: Option<Id>,
    pub claim: Claim,
}

impl Pay {
    /// Returns what the amounts are: percentiles, or what `statistic` says.
    pub fn measure(&self) -> &'static str {
        if matches!(self.amounts, Amounts::Percentiles(_)) {
            "percentiles"
        } else {
            self.statistic.as_str()
        }
    }
}

impl Amounts {
    /// Returns the ends of what a text about the amounts says: of percentiles the middle one, if it
    /// is known.
    pub fn stated(&self) -> (Decimal, Decimal) {
        match self {
            Self::Percentiles([_, _, Some(median), _, _]) => (*median, *median),
            amounts => amounts.bounds(),
        }
    }

    /// Returns the lowest and the highest amount that is known.
    pub fn bounds(&self) -> (Decimal, Decimal) {
        match self {
            Self::Value(value) => (*value, *value),
            Self::Range { min, max } => (*min, *max),
            Self::Percentiles(values) => {
                let known = || values.iter().flatten().copied();
                let zero = Decimal(rust_decimal::Decimal::ZERO);
                (known().min().unwrap_or(zero), known().max().unwrap_or(zero))
            }
        }
    }
}
