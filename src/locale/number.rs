//! Numbers: exact decimals come in, digits in groups go out.

use rust_decimal::{Decimal, RoundingStrategy};

const NBSP: &str = "\u{a0}";
const NARROW: &str = "\u{202f}";

/// The marks between digits.
#[derive(Clone, Copy, Debug)]
pub struct Numbers {
    group: &'static str,
    point: &'static str,
    /// How many digits stand before the first group mark at least: Spanish writes 1234 and 12.345.
    min_leading: usize,
    /// Groups of two after the first three digits: 1,23,45,678.
    lakh: bool,
    /// What follows a number of percent.
    pub percent: &'static str,
}

impl Numbers {
    /// Returns the marks of a language (CLDR 47, Latin digits).
    pub fn of(language: &str, region: &str) -> Self {
        let marks = |group, point, min_leading, percent| Self {
            group,
            point,
            min_leading,
            lakh: false,
            percent,
        };
        match (language, region) {
            ("en" | "hi", "IN") | ("hi", _) => Self {
                lakh: true,
                ..marks(",", ".", 1, "%")
            },
            ("de", "CH" | "LI") => marks("’", ".", 1, "%"),
            ("de", "AT") => marks(NBSP, ",", 1, "\u{a0}%"),
            ("de" | "da", _) => marks(".", ",", 1, "\u{a0}%"),
            ("es", "MX" | "US" | "PR" | "GT" | "HN" | "NI" | "PA" | "PE" | "SV" | "DO") => {
                marks(",", ".", 1, "\u{a0}%")
            }
            ("es", _) => marks(".", ",", 2, "\u{a0}%"),
            ("fr", _) => marks(NARROW, ",", 1, "\u{202f}%"),
            ("pt", "PT" | "AO" | "MZ" | "CV") => marks(NBSP, ",", 2, "%"),
            ("pl" | "bg", _) => marks(NBSP, ",", 2, "%"),
            ("sv" | "fi" | "nb" | "nn" | "no" | "cs" | "sk" | "ru" | "uk" | "be", _) => {
                marks(NBSP, ",", 1, "\u{a0}%")
            }
            (
                "it" | "nl" | "pt" | "id" | "tr" | "el" | "ro" | "hr" | "sl" | "sr" | "bs" | "vi"
                | "ca" | "gl",
                _,
            ) => marks(".", ",", 1, "%"),
            ("hu" | "et" | "lt" | "lv", _) => marks(NBSP, ",", 1, "%"),
            _ => marks(",", ".", 1, "%"),
        }
    }

    /// Writes a number with the digits that it has.
    pub fn write(&self, value: Decimal) -> String {
        self.write_as(value, |digits| self.grouped(digits))
    }

    /// Writes a number without marks between groups: a year, a number of a street.
    pub fn write_plain(&self, value: Decimal) -> String {
        self.write_as(value, str::to_owned)
    }

    fn write_as(&self, value: Decimal, whole_part: impl Fn(&str) -> String) -> String {
        let text = value.abs().to_string();
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let sign = if value.is_sign_negative() && !value.is_zero() {
            "-"
        } else {
            ""
        };
        let point = if fraction.is_empty() { "" } else { self.point };
        format!("{sign}{}{point}{fraction}", whole_part(whole))
    }

    fn grouped(&self, digits: &str) -> String {
        if digits.len() < 3 + self.min_leading {
            return digits.to_owned();
        }
        let mut text = String::with_capacity(digits.len() * 2);
        for (at, digit) in digits.chars().enumerate() {
            let left = digits.len() - at;
            let starts_group = if self.lakh {
                left == 3 || (left > 3 && left % 2 == 1)
            } else {
                left.is_multiple_of(3)
            };
            if at > 0 && starts_group {
                text.push_str(self.group);
            }
            text.push(digit);
        }
        text
    }
}

/// Rounds half away from zero, as a reader does, and keeps zeros at the end.
pub fn fixed(value: Decimal, digits: u32) -> Decimal {
    let mut rounded = round(value, digits);
    rounded.rescale(digits);
    rounded
}

/// Rounds half away from zero.
pub fn round(value: Decimal, digits: u32) -> Decimal {
    value.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero)
}

/// Returns the exact decimal that a number of a View was made of; `None` for one that no decimal
/// holds. Views carry numbers as JSON does; the shortest text that gives a float back is the number
/// that was written, so nothing is lost up to 15 digits.
pub fn decimal_of(number: f64) -> Option<Decimal> {
    Decimal::from_str_exact(&number.to_string()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_float_gives_back_what_was_written() {
        for text in ["47.12", "64.9", "2924", "0.1", "-3.5", "214670"] {
            assert_eq!(decimal_of(text.parse().unwrap()).unwrap().to_string(), text);
        }
        assert_eq!(decimal_of(f64::NAN), None);
        assert_eq!(decimal_of(1e300), None);
    }
}
