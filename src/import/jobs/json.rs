//! Values of a feed in JSON, found by their paths.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use rust_decimal::Decimal;
use serde_json::Value as Json;

use crate::import::content::day::day as day_of;
use crate::path::capitalized;

/// Returns a text that says something.
pub fn text(row: &Json, path: &str) -> Option<String> {
    let text = row.pointer(path)?.as_str()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Returns a number or a text as text.
pub fn number(row: &Json, path: &str) -> Option<String> {
    match row.pointer(path)? {
        Json::Number(number) => Some(number.to_string()),
        Json::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        _ => None,
    }
}

/// Returns an amount of money, which is more than nothing.
pub fn amount(row: &Json, path: &str) -> Option<Decimal> {
    let text = number(row, path)?;
    text.replace(',', "")
        .parse()
        .ok()
        .filter(|amount: &Decimal| *amount > Decimal::ZERO)
}

/// Returns a list; an empty one if there is none.
pub fn list<'j>(row: &'j Json, path: &str) -> &'j [Json] {
    row.pointer(path)
        .and_then(Json::as_array)
        .map_or(&[], Vec::as_slice)
}

/// Returns the first day of several keys: a text, or milliseconds since 1970.
pub fn day(row: &Json, paths: &[&str]) -> Option<Date> {
    paths.iter().find_map(|path| match row.pointer(path)? {
        Json::Number(number) => {
            let at = Timestamp::from_millisecond(number.as_i64()?).ok()?;
            Some(Offset::UTC.to_datetime(at).date())
        }
        Json::String(text) => day_of(text),
        _ => None,
    })
}

/// Returns the employer in the address of a job board: `https://jobs.lever.co/acme/1` is of Acme.
pub fn of_host(url: &str, host: &str) -> Option<String> {
    let (own, path) = url.split_once("://")?.1.split_once('/')?;
    let name = path
        .split('/')
        .next()
        .filter(|name| own.ends_with(host) && !name.is_empty())?;
    let name = percent_encoding::percent_decode_str(name)
        .decode_utf8_lossy()
        .replace(['-', '_'], " ");
    Some(capitalized(&name)).filter(|name| !name.is_empty())
}
