//! Pay in words: "$80,000 - $100,000 a year".

use super::job::{Pay, period};
use rust_decimal::Decimal;

/// Signs and codes of currencies.
const CURRENCIES: [(&str, &str); 11] = [
    ("A$", "AUD"),
    ("C$", "CAD"),
    ("CA$", "CAD"),
    ("US$", "USD"),
    ("$", "USD"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("₹", "INR"),
    ("CHF", "CHF"),
    ("¥", "JPY"),
    ("kr", "SEK"),
];

/// Reads pay; `None` for words without an amount.
pub fn read(text: &str) -> Option<Pay> {
    let amounts = amounts(text);
    let (min, max) = match amounts.as_slice() {
        [] => return None,
        [one] => (*one, *one),
        [min, max, ..] => (*min, *max),
    };
    let code = text
        .split(|c: char| !c.is_ascii_alphabetic())
        .find(|word| crate::data::Currency::new(word).is_some());
    let mut signs = CURRENCIES;
    signs.sort_by_key(|(sign, _)| std::cmp::Reverse(sign.len()));
    let sign = signs
        .iter()
        .find(|(sign, _)| text.contains(sign))
        .map(|(_, code)| (*code).to_owned());
    let guess = guess(max);
    Some(Pay {
        min: Some(min),
        max: Some(max),
        currency: code.map(str::to_owned).or(sign),
        period: Some(period(text).unwrap_or(guess)),
    })
}

/// Returns the period that an amount is probably of: that of an hour is never thousands.
pub fn guess(amount: Decimal) -> &'static str {
    if amount < Decimal::from(500) {
        "hour"
    } else {
        "year"
    }
}

/// Finds the amounts of a text: digits with separators of thousands, and `k`.
fn amounts(text: &str) -> Vec<Decimal> {
    let mut amounts = vec![];
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let number = &rest[start..];
        let end = number
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.' | '\u{a0}' | '_')))
            .unwrap_or(number.len());
        let digits: String = number[..end]
            .trim_end_matches(['.', ','])
            .replace([',', '\u{a0}', '_'], "");
        rest = &number[end..];
        let is_thousand =
            rest.starts_with(['k', 'K']) && !rest[1..].starts_with(char::is_alphanumeric);
        let factor = Decimal::from(if is_thousand { 1000 } else { 1 });
        let amount = digits
            .parse::<Decimal>()
            .ok()
            .and_then(|amount| amount.checked_mul(factor));
        amounts.extend(
            amount
                .filter(|amount| *amount > Decimal::ZERO)
                .map(|amount| amount.normalize()),
        );
    }
    amounts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pay_in_words_is_read() {
        let pay = |text: &str| {
            read(text).map(|pay| {
                (
                    pay.min.unwrap().to_string(),
                    pay.max.unwrap().to_string(),
                    pay.currency,
                    pay.period,
                )
            })
        };
        let of = |min: &str, max: &str, currency: &str, period| {
            Some((
                min.to_owned(),
                max.to_owned(),
                Some(currency.to_owned()),
                Some(period),
            ))
        };
        assert_eq!(
            pay("$80,000 - $100,000 a year"),
            of("80000", "100000", "USD", "year")
        );
        assert_eq!(pay("€60k–75k"), of("60000", "75000", "EUR", "year"));
        assert_eq!(pay("22.50 GBP per hour"), of("22.5", "22.5", "GBP", "hour"));
        assert_eq!(pay("competitive"), None);
    }
}
