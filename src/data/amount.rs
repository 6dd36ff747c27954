//! Amounts as people write them: a text that is no plain number comes in, the number that it means
//! goes out, for messages that say how to write it. No amount of a site is read this way: `35.000`
//! means one thing here and another there.

use rust_decimal::Decimal;

use super::currency::Currency;
use crate::path::SourcePath;

/// Returns the number that a text such as `$35,000`, `35.000,00`, `35 000`, `35k` or `1e5` means;
/// `None` when it is not plain.
pub fn meant(text: &str) -> Option<Decimal> {
    if let Ok(number) = Decimal::from_scientific(text) {
        return Some(number.normalize());
    }
    let first = text.find(|c: char| c.is_ascii_digit())?;
    let last = text.rfind(|c: char| c.is_ascii_digit())?;
    let factor = factor(text[last + 1..].trim())?;
    if !is_mark(text[..first].trim()) {
        return None;
    }
    let number = plain(&text[first..=last])?.checked_mul(factor)?;
    Some(number.normalize())
}

/// Returns the number that a text means, as TOML writes it: `$55k` and `55,000` are `55_000`.
pub fn meant_in_toml(text: &str) -> Option<String> {
    meant(text).map(grouped)
}

/// Returns the number that a text means, as a file takes it.
pub fn meant_in_file(text: &str, path: &SourcePath) -> Option<String> {
    meant(text).map(|number| written(number, path))
}

/// Writes a number as a file takes it: `35_000` in TOML, `35000` in a table.
pub fn written(number: Decimal, path: &SourcePath) -> String {
    if path.extension() == "csv" {
        number.normalize().to_string()
    } else {
        grouped(number)
    }
}

/// Writes a number with a sign between its thousands: `35_000`.
fn grouped(number: Decimal) -> String {
    let digits = number.normalize().to_string();
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", digits.as_str()),
    };
    let (whole, fraction) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut text = sign.to_owned();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    text + fraction
}

/// Returns what the words behind the digits multiply them by: `k` stands for thousands, a currency
/// or nothing for one. `None` for any other words.
fn factor(behind: &str) -> Option<Decimal> {
    if let Some(rest) = behind.strip_prefix(['k', 'K'])
        && !rest.starts_with(char::is_alphabetic)
    {
        return if is_mark(rest.trim()) {
            Some(Decimal::ONE_THOUSAND)
        } else {
            None
        };
    }
    if is_mark(behind) {
        Some(Decimal::ONE)
    } else {
        None
    }
}

/// Returns true if a text is nothing, a symbol such as `$`, `US$` or `kr`, or the code of a currency.
fn is_mark(text: &str) -> bool {
    let is_symbol = text.chars().count() <= 3 && (!text.is_ascii() || text.ends_with('$'));
    text.is_empty() || is_symbol || text == "kr" || Currency::new(&text.to_uppercase()).is_some()
}

/// Reads digits with points, commas, blanks or apostrophes between them.
fn plain(text: &str) -> Option<Decimal> {
    let is_point = |c: char| matches!(c, '.' | ',');
    let point = text.rfind(is_point).filter(|at| is_fraction(text, *at));
    let (whole, fraction) = point.map_or((text, ""), |at| (&text[..at], &text[at + 1..]));
    let groups: Vec<&str> = whole
        .split(|c: char| is_point(c) || c.is_whitespace() || matches!(c, '\'' | '’' | '_'))
        .collect();
    let (first, others) = groups.split_first()?;
    // In India the groups above the thousands have two digits.
    let is_grouped = others
        .iter()
        .enumerate()
        .all(|(at, group)| group.len() == 3 || group.len() == 2 && at + 1 < others.len());
    if !is_grouped || (!others.is_empty() && first.len() > 3) {
        return None;
    }
    let digits = format!("{}.{fraction}", groups.concat());
    digits.trim_end_matches('.').parse().ok()
}

/// Returns true if a point or comma parts a fraction off: it stands once, and not before three
/// digits unless others group them.
fn is_fraction(text: &str, at: usize) -> bool {
    let separators: Vec<char> = text.chars().filter(|c| !c.is_ascii_digit()).collect();
    let is_last_alone = separators
        .iter()
        .filter(|c| text[at..].starts_with(**c))
        .count()
        == 1;
    is_last_alone && (text.len() - at != 4 || separators.len() > 1 || text.starts_with("0"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_is_understood() {
        for (text, number) in [
            ("35,000", "35000"),
            ("35.000", "35000"),
            ("35.000,00", "35000"),
            ("35,000.50", "35000.5"),
            ("1.250.000", "1250000"),
            ("1,00,000", "100000"),
            ("35 000", "35000"),
            ("35\u{202f}000 €", "35000"),
            ("35’000", "35000"),
            ("$35000", "35000"),
            ("US$35,000", "35000"),
            ("35000 USD", "35000"),
            ("eur 35.000", "35000"),
            ("£35k", "35000"),
            ("35.5K", "35500"),
            ("35k €", "35000"),
            ("1e5", "100000"),
            ("47,12", "47.12"),
            ("0,500", "0.5"),
            ("007", "7"),
        ] {
            assert_eq!(
                meant(text).map(|number| number.to_string()).as_deref(),
                Some(number),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_amount_is_not_guessed() {
        for text in [
            "",
            "one",
            "35 to 45",
            "35-45",
            "1,2,3",
            "35.00.00",
            "35%",
            "$",
            "nan",
            "1e400",
            "35 per hour",
            "12345,678 901",
        ] {
            assert_eq!(meant(text), None, "{text}");
        }
    }

    #[test]
    fn thousands_are_grouped_where_the_file_takes_it() {
        let write = |number: &str, file: &str| {
            written(number.parse().unwrap(), &SourcePath::new(file).unwrap())
        };
        assert_eq!(
            ["35000", "1250000", "999", "1234.50", "-350000"].map(|number| write(number, "a.toml")),
            ["35_000", "1_250_000", "999", "1_234.5", "-350_000"]
        );
        assert_eq!(write("1250000.25", "a.csv"), "1250000.25");
    }
}
