//! Pay and other figures as they are written.

use serde_json::json;

use crate::config::{Basis, Period};
use crate::data::{
    AsOf, At, Currency, Decimal, Decode, Decoder, Id, Node, Schema, Text, Value, choice, record,
};

choice! {
    /// What min and max bound.
    pub enum Statistic {
        Range = "range", Mean = "mean", Median = "median",
    }
}

record! {
    /// Pay: a value, a range, percentiles or words, with what it is about and where it is from.
    pub struct SalaryRow: whole {
        pub id: Option<At<Id>>,
        /// What the figure is, where that is not plain.
        pub label: Option<Text>,
        /// What `min` and `max`, or `value`, are. Default: the range of pay.
        pub statistic: Option<Statistic>,
        pub value: Option<At<Decimal>>,
        pub min: Option<At<Decimal>>,
        pub max: Option<At<Decimal>>,
        pub percentiles: Option<At<PercentilesRow>>,
        /// More than `max` is paid.
        pub open_top: bool,
        /// Pay in words, in place of amounts: "variable".
        pub text: Option<At<Text>>,
        /// What `value`, `min` and `max` are percent of: "base pay".
        pub percent_of: Option<Text>,
        /// A level of the role, in [[salary]] and salary.csv.
        pub level: Option<At<Id>>,
        /// How many people are employed, in [[salary]] and salary.csv.
        pub employment: Option<At<Decimal>>,
        /// How many times the usual share of all jobs this job has, in [[salary]] and salary.csv.
        pub location_quotient: Option<At<Decimal>>,
        pub currency: Option<Currency>,
        pub period: Option<Period>,
        pub basis: Option<Basis>,
        pub area: Option<At<Id>>,
        pub source: Option<At<Id>>,
        pub as_of: Option<AsOf>,
    }
}

/// The pay of a level: one row, or several, of which the first is its pay and the others are parts.
#[derive(Clone, Debug, Default)]
pub struct PayRows(pub Vec<At<SalaryRow>>);

impl Decode for PayRows {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        if let Value::Array(_) = node.value {
            return Vec::decode(node, d).map(Self);
        }
        At::decode(node, d).map(|row| Self(vec![row]))
    }
    fn encode(&self) -> Option<Value> {
        match self.0.as_slice() {
            [one] => one.encode(),
            rows => rows.to_vec().encode(),
        }
    }
    fn absent() -> Option<Self> {
        Some(Self::default())
    }
    fn meant(value: &Value) -> Option<String> {
        SalaryRow::meant(value)
    }
    fn schema(schema: &mut Schema) -> serde_json::Value {
        let rows = Vec::<SalaryRow>::schema(schema);
        json!({ "anyOf": [SalaryRow::schema(schema), rows] })
    }
}

record! {
    /// Percentiles of pay; those that are not known are left out.
    pub struct PercentilesRow: whole {
        pub p10: Option<At<Decimal>>,
        pub p25: Option<At<Decimal>>,
        pub p50: Option<At<Decimal>>,
        pub p75: Option<At<Decimal>>,
        pub p90: Option<At<Decimal>>,
    }
}

record! {
    /// Any other figure about the role.
    pub struct StatisticRow: whole {
        /// Default: the slug of the label.
        pub id: Option<At<Id>>,
        pub label: At<Text>,
        pub value: Option<At<Decimal>>,
        pub min: Option<At<Decimal>>,
        pub max: Option<At<Decimal>>,
        /// `percent`, or the word that follows the number.
        pub unit: Option<Text>,
        pub approximate: bool,
        pub note: Option<Text>,
        pub area: Option<At<Id>>,
        pub source: Option<At<Id>>,
        pub as_of: Option<AsOf>,
    }
}

record! {
    /// The projection of employment.
    pub struct OutlookRow {
        pub base_year: At<i16>,
        pub target_year: At<i16>,
        pub change_percent: At<Decimal>,
        /// Jobs in the base year.
        pub jobs_base: Option<At<Decimal>>,
        /// Jobs in the target year.
        pub jobs_target: Option<At<Decimal>>,
        pub openings_per_year: Option<At<Decimal>>,
        pub area: Option<At<Id>>,
        pub source: Option<At<Id>>,
        pub as_of: Option<AsOf>,
    }
}
