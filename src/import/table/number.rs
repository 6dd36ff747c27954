//! Numbers in cells, as programs and people write them.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::map::DecimalMark;
use crate::data::amount;

/// Reads a number such as `1,234.5`, `$55k`, `4.6%` or, with a comma as the decimal mark, `1.234,5`.
pub fn number(text: &str, mark: DecimalMark) -> Option<Decimal> {
    let text = text.trim().trim_end_matches('%').trim_end();
    if text.is_empty() {
        return None;
    }
    let text = match mark {
        DecimalMark::Point => Cow::Borrowed(text),
        DecimalMark::Comma => Cow::Owned(text.chars().map(exchanged).collect()),
    };
    let plain = |text: &str| {
        Decimal::from_str_exact(text)
            .ok()
            .map(|number| number.normalize())
    };
    // A point is a decimal mark even before three digits; a comma parts thousands.
    plain(&text).or_else(|| {
        let sign = text.strip_prefix(['-', '−']);
        let found = amount::meant(sign.unwrap_or(&text))?;
        Some(if sign.is_some() { -found } else { found })
    })
}

fn exchanged(c: char) -> char {
    match c {
        ',' => '.',
        '.' => ',',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let read = |text, mark| number(text, mark).map(|number| number.to_string());
        for (text, meant) in [
            ("1,234.50", Some("1234.5")),
            ("35.000", Some("35")),
            ("35,000", Some("35000")),
            ("$ 55k", Some("55000")),
            ("-4.6%", Some("-4.6")),
            ("0", Some("0")),
            ("#", None),
            ("", None),
            ("12-34", None),
        ] {
            assert_eq!(read(text, DecimalMark::Point).as_deref(), meant, "{text}");
        }
        assert_eq!(
            read("35.000,5", DecimalMark::Comma).as_deref(),
            Some("35000.5")
        );
        assert_eq!(read("4,6", DecimalMark::Comma).as_deref(), Some("4.6"));
    }
}
