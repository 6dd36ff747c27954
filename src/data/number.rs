//! Numbers of records, and `true` and `false`: a value comes in, an exact number goes out.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::json;

use super::amount;
use super::decode::Decode;
use super::decoder::Decoder;
use super::meant;
use super::node::{Node, Value};
use super::schema::Schema;
use crate::diag::Code;

/// An exact decimal number, with the digits it was written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(pub rust_decimal::Decimal);

impl Decode for Decimal {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        let text = match &node.value {
            Value::Integer(text) | Value::Float(text) => text,
            Value::String(text) => {
                let Some(number) = amount::meant_in_file(text, d.path()) else {
                    return d.refuse(node, "a number");
                };
                let help = format!("write it in digits, without quotes: {number}");
                return d.wrong_type(node, "a number", &node.value, Some(help));
            }
            _ => return d.refuse(node, "a number"),
        };
        let digits: String = text.chars().filter(|c| *c != '_').collect();
        // A cell of a table may begin with zeros, as the rest of `35,000` does behind its comma.
        let is_plain = |digits: &str| {
            !(digits.starts_with('0') && digits[1..].starts_with(|c: char| c.is_ascii_digit()))
        };
        let digits = digits.trim_start_matches('+');
        let value = if is_plain(digits) {
            rust_decimal::Decimal::from_str_exact(digits).ok()
        } else {
            None
        };
        if value.is_none() {
            let help = match amount::meant_in_file(text, d.path()) {
                Some(number) => format!("write {number}"),
                None => "write it in digits, such as 85_000 or 47.12".to_owned(),
            };
            d.fault(
                Code::BadValue,
                &node.span,
                format!("`{}` is not a plain decimal number", text.escape_debug()),
            )
            .help_last(help);
        }
        value.map(Self)
    }
    fn encode(&self) -> Option<Value> {
        Some((*self).into())
    }
    fn meant(value: &Value) -> Option<String> {
        match value {
            Value::String(text) => amount::meant_in_toml(text),
            Value::Integer(text) | Value::Float(text) => Some(text.clone()),
            _ => None,
        }
    }
    fn schema(_: &mut Schema) -> serde_json::Value {
        json!({ "type": "number" })
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// For people as a JSON number, whole where it is whole: themes compare and print it; sums and
/// positions are made before that. For the memo exactly.
impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use rust_decimal::prelude::ToPrimitive;
        if !serializer.is_human_readable() {
            return self.0.serialize().serialize(serializer);
        }
        match (self.0.fract().is_zero(), self.0.to_i64()) {
            (true, Some(whole)) => serializer.serialize_i64(whole),
            _ => serializer.serialize_f64(self.0.to_f64().unwrap_or(0.0)),
        }
    }
}

/// Reads what is written for the memo.
impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = <[u8; 16]>::deserialize(deserializer)?;
        Ok(Self(rust_decimal::Decimal::deserialize(bytes)))
    }
}

macro_rules! whole_numbers {
    ($($type:ty)*) => {$(
        impl Decode for $type {
            fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
                let Value::Integer(text) = &node.value else { return d.refuse(node, "a whole number") };
                let number = text.parse().ok();
                if number.is_none() {
                    let why = if text.starts_with('-') && <$type>::MIN == 0 { "cannot be negative here" } else { "is out of range" };
                    let fault = d.fault(Code::BadValue, &node.span, format!("{text} {why}"));
                    fault.help_last(format!("write a whole number from {} to {}", <$type>::MIN, <$type>::MAX));
                }
                number
            }
            fn encode(&self) -> Option<Value> {
                Some(Value::Integer(self.to_string()))
            }
            fn meant(value: &Value) -> Option<String> {
                match value {
                    Value::Integer(text) => Some(text.clone()),
                    Value::String(text) => amount::meant_in_toml(text).filter(|number| !number.contains('.')),
                    Value::Float(text) => text.split('.').next().map(str::to_owned),
                    _ => None,
                }
            }
            fn schema(_: &mut Schema) -> serde_json::Value {
                json!({ "type": "integer", "minimum": <$type>::MIN, "maximum": <$type>::MAX })
            }
        }
    )*};
}
whole_numbers!(i64 u32 u64 i16);

impl Decode for bool {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        match &node.value {
            Value::Bool(value) => Some(*value),
            _ => d.refuse(node, "true or false"),
        }
    }
    fn encode(&self) -> Option<Value> {
        Some(Value::Bool(*self))
    }
    fn meant(value: &Value) -> Option<String> {
        match value {
            Value::Bool(value) => Some(value.to_string()),
            Value::String(text) | Value::Integer(text) => {
                meant::truth(text).map(|truth| truth.to_string())
            }
            _ => None,
        }
    }
    fn absent() -> Option<Self> {
        Some(false)
    }
    fn schema(_: &mut Schema) -> serde_json::Value {
        json!({ "type": "boolean" })
    }
}
