//! Currencies: a code comes in, one that ISO 4217 lists goes out.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::json;

use super::decode::Decode;
use super::decoder::Decoder;
use super::meant;
use super::node::{Node, Value};
use super::schema::Schema;
use super::text::text;
use crate::diag::Code;

/// An ISO 4217 currency code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// Returns the code as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// Returns how many digits after the point its amounts have (ISO 4217 "minor unit").
    pub fn digits(&self) -> u32 {
        match self.as_str() {
            "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF"
            | "UGX" | "UYI" | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => 0,
            "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
            "CLF" | "UYW" => 4,
            _ => 2,
        }
    }

    /// Makes a currency of a code that ISO 4217 lists.
    pub fn new(code: &str) -> Option<Self> {
        CURRENCIES
            .split(' ')
            .find(|known| *known == code)
            .and_then(|known| known.as_bytes().try_into().ok())
            .map(Self)
    }
}

/// ISO 4217 active codes, 2026.
const CURRENCIES: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG";

impl Decode for Currency {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        let text = text(node, d, "a currency code", None)?;
        let currency = Self::new(text);
        if currency.is_none() {
            let near = || crate::suggest::nearest(text, CURRENCIES.split(' '));
            let help = meant::currency(text).or_else(near).map_or_else(
                || "use an ISO 4217 code such as \"USD\" or \"EUR\"".to_owned(),
                |code| format!("did you mean `{code}`?"),
            );
            d.fault(
                Code::BadMoney,
                &node.span,
                format!("`{text}` is not an ISO 4217 currency"),
            )
            .help_last(help);
        }
        // ISO's own code for "no currency" stands in, so that the same mistake is not said again
        // where it is missed.
        Some(currency.unwrap_or(Self(*b"XXX")))
    }
    fn encode(&self) -> Option<Value> {
        Some(self.as_str().into())
    }
    fn schema(_: &mut Schema) -> serde_json::Value {
        json!({ "type": "string", "pattern": "^[A-Z]{3}$" })
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// For people as a text, for the memo as its three letters.
impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return serializer.collect_str(self);
        }
        self.0.serialize(serializer)
    }
}

/// Reads what is written for the memo.
impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <[u8; 3]>::deserialize(deserializer).map(Self)
    }
}
