//! The small types that records are made of: texts, ids, links, amounts and dates, each checked when it is decoded.

use std::fmt;

use jiff::civil::Date;
use serde::{Serialize, Serializer};
use serde_json::json;
use unicode_normalization::UnicodeNormalization;

use super::amount;
use super::day;
use super::decode::{Decode, Decoder};
use super::meant;
use super::node::{Node, Value};
use super::schema::Schema;
use crate::diag::{Code, Diagnostic, Place, SpanKey};
use crate::path::SourcePath;
use crate::source::Span;

/// A plain text: shown as it is, never as markup. Not empty.
pub type Text = String;

/// A text in Markdown. Raw HTML in it is shown as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Md {
    pub text: String,
    pub span: Span,
    /// How far into the span the text begins, where it stands there as it is.
    pub inset: Option<usize>,
    /// The file that it stands in: its links are counted from there.
    pub path: SourcePath,
}

/// A name that references use: letters, digits, `-`, `_` and `.`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(String);

/// A URL that a page may link to: https, http, mailto or tel.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Link(String);

/// An exact decimal number, with the digits it was written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(pub rust_decimal::Decimal);

/// An ISO 4217 currency code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

/// When a figure was true: a year, a month or a day. Compared and aged by its last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AsOf {
    Year(i16),
    Month(i16, i8),
    Day(Date),
}

impl Md {
    /// Puts a fault of the text, whose places are counted from its beginning, where the text stands.
    pub fn placed(&self, mut fault: Diagnostic) -> Diagnostic {
        let place = |span: &SpanKey| match self.inset {
            Some(inset) => Place::new(&self.path, self.span.start + inset + span.start..self.span.start + inset + span.end),
            None => Place::new(&self.path, self.span.clone()),
        };
        fault.place = Some(fault.place.as_ref().map_or_else(|| Place::new(&self.path, self.span.clone()), |found| place(&found.span)));
        fault.related.iter_mut().for_each(|(_, found)| *found = place(&found.span));
        fault
    }
}

impl Id {
    /// How many bytes an id has at most.
    pub const LONGEST: usize = 120;

    /// Makes an id of a text that is one.
    pub fn new(text: &str) -> Option<Self> {
        let plain = |c: char| crate::path::is_of_word(c) || matches!(c, '-' | '_' | '.');
        let is_id = !text.is_empty() && text.len() <= Self::LONGEST && text.chars().all(plain) && crate::path::check_segment(text).is_ok();
        // Folders of roles are ids too, and their names come in this form.
        is_id.then(|| Self(if text.is_ascii() { text.to_owned() } else { text.nfc().collect() }))
    }

    /// An id that the program itself names.
    pub(crate) fn known(text: &'static str) -> Self {
        Self(text.to_owned())
    }

    /// Makes the id that a name stands for when a row gives none: its slug.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::new(&crate::path::slugify(name))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Link {
    /// Makes a link of a URL with an allowed scheme.
    pub fn new(text: &str) -> Option<Self> {
        is_safe_url(text).then(|| Self(text.to_owned()))
    }

    /// The URL as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a URL is absolute with a scheme that a page may link to. Anything odd (spaces, control characters) is not.
pub fn is_safe_url(url: &str) -> bool {
    let after = |scheme: &str| url.get(..scheme.len()).filter(|start| start.eq_ignore_ascii_case(scheme)).map(|_| &url[scheme.len()..]);
    let has_host = |rest: &str| rest.starts_with(|c: char| c.is_alphanumeric() || c == '[');
    let is_known = match after("https://").or_else(|| after("http://")) {
        Some(rest) => has_host(rest),
        None => after("mailto:").or_else(|| after("tel:")).is_some_and(|rest| !rest.is_empty()),
    };
    is_known && !url.chars().any(|c| c.is_control() || c.is_whitespace())
}

impl Currency {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// How many digits after the point its amounts have (ISO 4217 "minor unit").
    pub fn digits(&self) -> u32 {
        match self.as_str() {
            "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "UYI" | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => 0,
            "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
            "CLF" | "UYW" => 4,
            _ => 2,
        }
    }

    /// Makes a currency of a code that ISO 4217 lists.
    pub fn new(code: &str) -> Option<Self> {
        CURRENCIES.split(' ').find(|known| *known == code).and_then(|known| known.as_bytes().try_into().ok()).map(Self)
    }
}

/// ISO 4217 active codes, 2026.
const CURRENCIES: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG";

impl AsOf {
    /// Reads `2026`, `2026-11` or `2026-11-22`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = parts.next().filter(|year| year.len() == 4)?.parse::<i16>().ok()?;
        let two = |part: &str| (part.len() == 2).then(|| part.parse::<i8>().ok()).flatten();
        match (parts.next(), parts.next(), parts.next()) {
            (None, ..) => Some(Self::Year(year)),
            (Some(month), None, _) => two(month).filter(|month| (1..=12).contains(month)).map(|month| Self::Month(year, month)),
            (Some(month), Some(day), None) => Date::new(year, two(month)?, two(day)?).ok().map(Self::Day),
            _ => None,
        }
    }

    /// The first day of the year, the month or the day itself.
    pub fn first_day(&self) -> Date {
        match *self {
            Self::Year(year) => Date::new(year, 1, 1).unwrap_or(Date::MIN),
            Self::Month(year, month) => Date::new(year, month, 1).unwrap_or(Date::MIN),
            Self::Day(day) => day,
        }
    }

    /// The last day of the year, the month or the day itself.
    pub fn last_day(&self) -> Date {
        match *self {
            Self::Year(year) => Date::new(year, 12, 31).unwrap_or(Date::MAX),
            Self::Month(year, month) => Date::new(year, month, 1).map_or(Date::MAX, Date::last_of_month),
            Self::Day(day) => day,
        }
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

macro_rules! shown {
    ($($type:ty)*) => {$(
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(self.as_str()) }
        }
    )*};
}
shown!(Id Link Currency);

macro_rules! serialized_as_text {
    ($($type:ty)*) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> { serializer.collect_str(self) }
        }
    )*};
}
serialized_as_text!(Id Currency AsOf);

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl<'de> serde::Deserialize<'de> for Id {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(&String::deserialize(deserializer)?).ok_or_else(|| serde::de::Error::custom("no id"))
    }
}

/// As a JSON number, whole where it is whole: themes compare and print it; sums and positions are made before that.
impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use rust_decimal::prelude::ToPrimitive;
        match (self.0.fract().is_zero(), self.0.to_i64()) {
            (true, Some(whole)) => serializer.serialize_i64(whole),
            _ => serializer.serialize_f64(self.0.to_f64().unwrap_or(0.0)),
        }
    }
}

/// Decodes a non-empty text, or says what is wrong.
fn text<'n>(node: &'n Node, d: &mut Decoder<'_>, wanted: &str, help: Option<String>) -> Option<&'n str> {
    match &node.value {
        Value::String(text) if text.trim().is_empty() => {
            d.fault(Code::BadValue, &node.span, "this text is empty").help_last("write the text, or remove the key");
            None
        }
        Value::String(text) => Some(text),
        other => d.wrong_type(node, wanted, other, help),
    }
}

/// A value that is no text, as one: in quotes; out of a list of one.
fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(meant::quoted(text)),
        Value::Integer(text) | Value::Float(text) | Value::DateTime(text) => Some(format!("\"{text}\"")),
        Value::Date(date) => Some(format!("\"{date}\"")),
        Value::Bool(value) => Some(format!("\"{value}\"")),
        _ => None,
    }
}

/// What to do about a value that is no text.
fn help_for_text(value: &Value, key: &str) -> Option<String> {
    match value {
        // Nearly every value is one, and needs no help.
        Value::String(_) => None,
        Value::Array(items) => match items.as_slice() {
            [one] => as_text(&one.value).map(|text| format!("write it without brackets: {key} = {text}")),
            _ => None,
        },
        other => as_text(other).map(|text| format!("put it in quotes: {text}")),
    }
}

impl Decode for String {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        let help = help_for_text(&node.value, d.key());
        let text = text(node, d, "a text", help)?;
        if let Some(markup) = markup(text) {
            let warning = Diagnostic::warning(Code::PlainText, format!("this text is plain: `{markup}` is shown as it stands"));
            d.say(
                warning
                    .at(d.path(), node.span.clone())
                    .help("remove the marks; definitions, descriptions, answers, tips and duties are Markdown, most other texts are not"),
            );
        }
        Some(text.to_owned())
    }
    fn meant(value: &Value) -> Option<String> {
        as_text(value)
    }
    fn schema(_: &mut Schema) -> serde_json::Value {
        json!({ "type": "string", "minLength": 1 })
    }
}

/// What somebody plainly meant as Markdown: a link, or words between double stars.
fn markup(text: &str) -> Option<&str> {
    let link = || {
        let middle = text.find("](")?;
        let start = text[..middle].rfind('[')?;
        let end = middle + text[middle..].find(')')?;
        (middle > start + 1 && end > middle + 2 && !text[middle..end].contains(' ')).then(|| &text[start..=end])
    };
    let strong = || {
        let start = text.find("**")?;
        let end = start + 2 + text[start + 2..].find("**")?;
        let inner = &text[start + 2..end];
        (!inner.is_empty() && inner.trim() == inner && inner.contains(char::is_alphabetic)).then(|| &text[start..end + 2])
    };
    link().or_else(strong)
}

impl Decode for Md {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        let help = help_for_text(&node.value, d.key());
        text(node, d, "a text", help).map(|text| Self { text: text.to_owned(), span: node.span.clone(), inset: node.inset, path: d.path().clone() })
    }
    fn meant(value: &Value) -> Option<String> {
        as_text(value)
    }
    fn schema(_: &mut Schema) -> serde_json::Value {
        json!({ "type": "string", "minLength": 1, "contentMediaType": "text/markdown" })
    }
}

/// What a message says of a text that is no id, behind the text.
const NO_ID: &str = " is no id: ids are letters, digits, `-`, `_` and `.`";

/// The text that a diagnostic says is no id: a name may stand where the id of its row is wanted.
pub fn refused_as_id(fault: &Diagnostic) -> Option<&str> {
    fault.message.strip_suffix(NO_ID)?.strip_prefix('`')?.strip_suffix('`')
}

impl Decode for Id {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        let help = help_for_text(&node.value, d.key());
        let text = text(node, d, "an id", help)?;
        let id = Self::new(text);
        if id.is_none() {
            let country = if matches!(d.key(), "area" | "parent") { meant::country(text) } else { None };
            let help = match (country, Self::of_name(text)) {
                (Some(code), _) => Some(format!("write \"{code}\"")),
                (None, Some(id)) => Some(format!("write \"{id}\"")),
                (None, None) => Some("write some letters or digits".to_owned()),
            };
            d.fault(Code::BadValue, &node.span, format!("`{text}`{NO_ID}")).help_last(help);
        }
        id
    }
    fn meant(value: &Value) -> Option<String> {
        let Value::String(text) = value else { return None };
        Self::new(text).or_else(|| Self::of_name(text)).map(|id| format!("\"{id}\""))
    }
    fn schema(_: &mut Schema) -> serde_json::Value {
        json!({ "type": "string", "pattern": "^[\\p{L}\\p{M}\\p{N}\\u200C\\u200D._-]+$" })
    }
}

impl Decode for Link {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        let help = help_for_text(&node.value, d.key());
        let text = text(node, d, "a URL", help)?;
        let link = Self::new(text);
        if link.is_none() {
            let meant = meant::url(text).map(|url| format!("write \"{url}\""));
            d.fault(Code::BadUrl, &node.span, format!("`{}` is not a URL that a page may link to", text.escape_debug()))
                .help_last(meant.unwrap_or_else(|| "use a whole URL that starts with https://, http://, mailto: or tel:".to_owned()));
        }
        link
    }
    fn schema(_: &mut Schema) -> serde_json::Value {
        json!({ "type": "string", "pattern": "^(https?://|mailto:|tel:)" })
    }
}

impl Decode for Decimal {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        let meant = |text: &str, path: &SourcePath| amount::meant(text).map(|number| amount::written(number, path));
        let text = match &node.value {
            Value::Integer(text) | Value::Float(text) => text,
            Value::String(text) if amount::meant(text).is_some() => {
                let help = meant(text, d.path()).map(|number| format!("write it in digits, without quotes: {number}"));
                d.fault(Code::WrongType, &node.span, "this must be a number, not a text").help_last(help);
                return None;
            }
            _ => return d.refuse(node, "a number"),
        };
        let digits: String = text.chars().filter(|c| *c != '_').collect();
        // A cell of a table may begin with zeros, as the rest of `35,000` does behind its comma.
        let is_plain = |digits: &str| !(digits.starts_with('0') && digits[1..].starts_with(|c: char| c.is_ascii_digit()));
        let value =
            Some(digits.trim_start_matches('+')).filter(|digits| is_plain(digits)).and_then(|digits| rust_decimal::Decimal::from_str_exact(digits).ok());
        if value.is_none() {
            let help = meant(text, d.path()).map_or_else(|| "write it in digits, such as 85_000 or 47.12".to_owned(), |number| format!("write {number}"));
            d.fault(Code::BadValue, &node.span, format!("`{}` is not a plain decimal number", text.escape_debug())).help_last(help);
        }
        value.map(Self)
    }
    fn meant(value: &Value) -> Option<String> {
        match value {
            Value::String(text) => meant::number(text),
            Value::Integer(text) | Value::Float(text) => Some(text.clone()),
            _ => None,
        }
    }
    fn schema(_: &mut Schema) -> serde_json::Value {
        json!({ "type": "number" })
    }
}

impl Decode for Currency {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        let text = text(node, d, "a currency code", None)?;
        let currency = Self::new(text);
        if currency.is_none() {
            let meant = || crate::suggest::nearest(text, CURRENCIES.split(' '));
            let help = meant::currency(text)
                .or_else(meant)
                .map_or_else(|| "use an ISO 4217 code such as \"USD\" or \"EUR\"".to_owned(), |code| format!("did you mean `{code}`?"));
            d.fault(Code::BadMoney, &node.span, format!("`{text}` is not an ISO 4217 currency")).help_last(help);
        }
        // ISO's own code for "no currency" stands in, so that the same mistake is not said again where it is missed.
        Some(currency.unwrap_or(Self(*b"XXX")))
    }
    fn schema(_: &mut Schema) -> serde_json::Value {
        json!({ "type": "string", "pattern": "^[A-Z]{3}$" })
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
            let (message, help) = day::help_of_as_of(text);
            d.fault(Code::BadDate, &node.span, message).help_last(help);
        }
        as_of
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
            let (message, help) = day::help(text);
            d.fault(Code::BadDate, &node.span, message).help_last(help);
        }
        day
    }
    fn schema(_: &mut Schema) -> serde_json::Value {
        // TOML dates reach a JSON Schema validator as texts or as dates, depending on the editor.
        json!({ "pattern": "^\\d{4}-\\d{2}-\\d{2}([Tt ].+)?$" })
    }
}

impl Decode for bool {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        match &node.value {
            Value::Bool(value) => Some(*value),
            _ => d.refuse(node, "true or false"),
        }
    }
    fn meant(value: &Value) -> Option<String> {
        match value {
            Value::Bool(value) => Some(value.to_string()),
            Value::String(text) | Value::Integer(text) => meant::truth(text).map(|truth| truth.to_string()),
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
            fn meant(value: &Value) -> Option<String> {
                match value {
                    Value::Integer(text) => Some(text.clone()),
                    Value::String(text) => meant::number(text).filter(|number| !number.contains('.')),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_harmless_schemes_are_links() {
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            "java\tscript:x",
            "data:text/html,x",
            "vbscript:x",
            "//host/x",
            "https:///x",
            "/path",
            "https://a b",
            " https://a",
        ] {
            assert!(Link::new(bad).is_none(), "{bad} passed");
        }
        for good in ["https://example.com/a?b#c", "http://[::1]/", "mailto:a@example.com", "tel:+1555"] {
            assert!(Link::new(good).is_some(), "{good} failed");
        }
    }

    #[test]
    fn an_as_of_ends_on_its_last_day() {
        assert_eq!(AsOf::parse("2024-02").unwrap().last_day().to_string(), "2024-02-29");
        assert_eq!(AsOf::parse("2025").unwrap().last_day().to_string(), "2025-12-31");
        for bad in ["", "25", "2025-13", "2025-02-30", "2025-2", "2025-01-01-01", "last year"] {
            assert!(AsOf::parse(bad).is_none(), "{bad} passed");
        }
    }
}
