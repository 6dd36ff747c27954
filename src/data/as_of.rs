//! Days, and dates that may be a month or a year: a value comes in, a date goes out. How people
//! write dates otherwise is the part of `day.rs`.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::json;

use super::day;
use super::decode::Decode;
use super::decoder::Decoder;
use super::node::{Node, Value};
use super::schema::Schema;
use crate::diag::Code;

/// When a figure was true: a year, a month or a day. Compared and aged by its last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AsOf {
    Year(i16),
    Month(i16, i8),
    Day(Date),
}

impl AsOf {
    /// Reads `2026`, `2026-11` or `2026-11-22`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = parts
            .next()
            .filter(|year| year.len() == 4)?
            .parse::<i16>()
            .ok()?;
        let two = |part: &str| part.parse::<i8>().ok().filter(|_| part.len() == 2);
        match (parts.next(), parts.next(), parts.next()) {
            (None, ..) => Some(Self::Year(year)),
            (Some(month), None, _) => two(month)
                .filter(|month| (1..=12).contains(month))
                .map(|month| Self::Month(year, month)),
            (Some(month), Some(day), None) => {
                Date::new(year, two(month)?, two(day)?).ok().map(Self::Day)
            }
            _ => None,
        }
    }

    /// Returns the first day of the year, the month or the day itself.
    pub fn first_day(&self) -> Date {
        match *self {
            Self::Year(year) => Date::new(year, 1, 1).unwrap_or(Date::MIN),
            Self::Month(year, month) => Date::new(year, month, 1).unwrap_or(Date::MIN),
            Self::Day(day) => day,
        }
    }

    /// Returns the last day of the year, the month or the day itself.
    pub fn last_day(&self) -> Date {
        match *self {
            Self::Year(year) => Date::new(year, 12, 31).unwrap_or(Date::MAX),
            Self::Month(year, month) => {
                Date::new(year, month, 1).map_or(Date::MAX, Date::last_of_month)
            }
            Self::Day(day) => day,
        }
    }
}

impl Decode for AsOf {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        let text = match &node.value {
            Value::Date(date) => return Some(Self::Day(*date)),
            Value::String(text) | Value::DateTime(text) => text,
            Value::Integer(text) | Value::Float(text) if day::is_meant(text) => text,
            other => return d.wrong_type(node, "a year, a month or a day", other, None),
        };
        let as_of = Self::parse(text).or_else(|| day::day(text).map(Self::Day));
        if as_of.is_none() {
            let day::Advice { message, help } = day::advice_for_as_of(text);
            d.fault(Code::BadDate, &node.span, message).help_last(help);
        }
        as_of
    }
    fn encode(&self) -> Option<Value> {
        Some(self.to_string().into())
    }
    fn schema(_: &mut Schema) -> serde_json::Value {
        json!({ "anyOf": [{ "type": "string", "pattern": "^\\d{4}(-\\d{2}(-\\d{2}([Tt ].+)?)?)?$" }, { "type": "integer" }] })
    }
}

impl Decode for Date {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        let text = match &node.value {
            Value::Date(date) => return Some(*date),
            Value::String(text) | Value::DateTime(text) => text,
            Value::Integer(text) | Value::Float(text) if day::is_meant(text) => text,
            other => return d.wrong_type(node, "a date", other, None),
        };
        let day = day::day(text);
        if day.is_none() {
            let day::Advice { message, help } = day::advice(text);
            d.fault(Code::BadDate, &node.span, message).help_last(help);
        }
        day
    }
    fn encode(&self) -> Option<Value> {
        Some((*self).into())
    }
    fn schema(_: &mut Schema) -> serde_json::Value {
        // TOML dates reach a JSON Schema validator as texts or as dates, depending on the editor.
        json!({ "pattern": "^\\d{4}-\\d{2}-\\d{2}([Tt ].+)?$" })
    }
}

impl fmt::Display for AsOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(day) => write!(f, "{day}"),
        }
    }
}

impl Serialize for AsOf {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for AsOf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| de::Error::custom("no day"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_as_of_ends_on_its_last_day() {
        assert_eq!(
            AsOf::parse("2024-02").unwrap().last_day().to_string(),
            "2024-02-29"
        );
        assert_eq!(
            AsOf::parse("2025").unwrap().last_day().to_string(),
            "2025-12-31"
        );
        for bad in [
            "",
            "25",
            "2025-13",
            "2025-02-30",
            "2025-2",
            "2025-01-01-01",
            "last year",
        ] {
            assert!(AsOf::parse(bad).is_none(), "{bad} passed");
        }
    }
}
