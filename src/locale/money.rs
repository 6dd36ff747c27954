//! Money: an exact amount and a currency come in, `$55K` or `$55,000` goes out.
//!
//! The short form abbreviates amounts of five digits and more, if the language has a usual
//! abbreviation: thousands with at most one digit after the point, millions with at most two.
//! Smaller amounts are short enough: `$4,250`, `$47.12`.
//!
//! Amounts that stand together, in a range or on an axis, are written in one style:
//! `$6,064–$10,126`, never `$6,064.20–$10.1K`.

use rust_decimal::Decimal;

use super::number::{Numbers, fixed, round};
use crate::data::Currency;

/// How much room an amount may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `$55K`
    Short,
    /// `$55,000`
    Long,
}

/// How a language puts amounts together: `#` is the number, `¤` the symbol.
#[derive(Clone, Copy, Debug)]
pub struct Patterns {
    full: &'static str,
    /// Thousands, millions, billions; none where the language writes such amounts in full.
    short: [Option<&'static str>; 3],
}

/// Writes amounts of one currency in one language.
pub struct Writer<'a> {
    pub numbers: &'a Numbers,
    pub patterns: &'a Patterns,
    pub symbol: String,
}

impl Patterns {
    /// Returns the patterns of a language (those of CLDR, where that is what people write). (Long,
    /// because it is a table.)
    pub fn of(language: &str, region: &str) -> Self {
        let (full, short) = match (language, region) {
            ("en", _) => ("¤#", [Some("¤#K"), Some("¤#M"), Some("¤#B")]),
            ("de", "AT" | "CH" | "LI") => (
                "¤\u{a0}#",
                [None, Some("¤\u{a0}#\u{a0}Mio."), Some("¤\u{a0}#\u{a0}Mrd.")],
            ),
            ("de", _) => (
                "#\u{a0}¤",
                [None, Some("#\u{a0}Mio.\u{a0}¤"), Some("#\u{a0}Mrd.\u{a0}¤")],
            ),
            ("fr", _) => (
                "#\u{a0}¤",
                [Some("#\u{a0}k¤"), Some("#\u{a0}M¤"), Some("#\u{a0}Md¤")],
            ),
            ("es", "MX" | "US" | "PR" | "GT" | "HN" | "NI" | "PA" | "PE" | "SV" | "DO") => {
                ("¤#", [None, Some("¤#\u{a0}M"), None])
            }
            ("es", _) => (
                "#\u{a0}¤",
                [Some("#\u{a0}mil\u{a0}¤"), Some("#\u{a0}M¤"), None],
            ),
            ("it", _) => (
                "#\u{a0}¤",
                [None, Some("#\u{a0}Mio\u{a0}¤"), Some("#\u{a0}Mrd\u{a0}¤")],
            ),
            ("nl", _) => (
                "¤\u{a0}#",
                [
                    Some("¤\u{a0}#K"),
                    Some("¤\u{a0}#\u{a0}mln."),
                    Some("¤\u{a0}#\u{a0}mld."),
                ],
            ),
            ("pt", "PT" | "AO" | "MZ" | "CV") => (
                "#\u{a0}¤",
                [Some("#\u{a0}mil\u{a0}¤"), Some("#\u{a0}M¤"), None],
            ),
            ("pt", _) => (
                "¤\u{a0}#",
                [
                    Some("¤\u{a0}#\u{a0}mil"),
                    Some("¤\u{a0}#\u{a0}mi"),
                    Some("¤\u{a0}#\u{a0}bi"),
                ],
            ),
            ("sv", _) => (
                "#\u{a0}¤",
                [
                    Some("#\u{a0}tn\u{a0}¤"),
                    Some("#\u{a0}mn\u{a0}¤"),
                    Some("#\u{a0}md\u{a0}¤"),
                ],
            ),
            ("pl", _) => (
                "#\u{a0}¤",
                [
                    Some("#\u{a0}tys.\u{a0}¤"),
                    Some("#\u{a0}mln\u{a0}¤"),
                    Some("#\u{a0}mld\u{a0}¤"),
                ],
            ),
            (
                "da" | "nb" | "nn" | "no" | "fi" | "cs" | "sk" | "ru" | "uk" | "be" | "bg" | "hu"
                | "el" | "ro" | "hr" | "sl" | "sr" | "ca" | "lt" | "lv" | "et",
                _,
            ) => ("#\u{a0}¤", [None; 3]),
            _ => ("¤#", [None; 3]),
        };
        Self { full, short }
    }
}

/// How amounts that stand together are written, from short to exact.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// `$55K`
    Abbreviated,
    /// `$6,064`
    Whole,
    /// `$47.10`
    Exact,
}

/// An amount before it is put together.
#[derive(PartialEq, Eq)]
struct Written {
    number: String,
    pattern: &'static str,
}

/// A unit that amounts are abbreviated to.
struct Unit {
    size: i64,
    /// How many digits an amount of this unit has behind the point at most.
    digits: u32,
}

/// The most digits that an amount has behind the point.
const FINEST: u32 = 4;

/// The units of [`Patterns::short`].
const UNITS: [Unit; 3] = [
    Unit {
        size: 1_000,
        digits: 1,
    },
    Unit {
        size: 1_000_000,
        digits: 2,
    },
    Unit {
        size: 1_000_000_000,
        digits: 2,
    },
];

impl Writer<'_> {
    /// Writes one amount: short, or with all its digits.
    pub fn amount(&self, amount: Decimal, currency: Currency, form: Form) -> String {
        let style = if form == Form::Short && self.shortened(amount).is_some() {
            Form::Short
        } else {
            Form::Long
        };
        self.amounts(&[amount], currency, style).concat()
    }

    /// Writes amounts that stand together in one style.
    pub fn amounts(&self, amounts: &[Decimal], currency: Currency, form: Form) -> Vec<String> {
        self.written(amounts, currency, form)
            .iter()
            .map(|amount| self.fill(amount.pattern, &amount.number))
            .collect()
    }

    /// Writes a span of two amounts.
    pub fn range(&self, min: Decimal, max: Decimal, currency: Currency, form: Form) -> String {
        let written = self.written(&[min, max], currency, form);
        if let [low, high] = written.as_slice() {
            if low == high {
                return self.fill(low.pattern, &low.number);
            }
            // A symbol that stands behind is written once: 55.000–80.000 €.
            if low.pattern == high.pattern && low.pattern.starts_with('#') {
                return self.fill(low.pattern, &format!("{}–{}", low.number, high.number));
            }
        }
        let ends = written
            .iter()
            .map(|end| self.fill(end.pattern, &end.number));
        ends.collect::<Vec<_>>().join("–")
    }

    /// Writes numbers in the shortest style that fits all and shows different amounts as different.
    fn written(&self, amounts: &[Decimal], currency: Currency, form: Form) -> Vec<Written> {
        if form == Form::Short {
            for style in [Style::Abbreviated, Style::Whole] {
                if let Some(written) = self.all_in(style, amounts, currency)
                    && tells_apart(amounts, &written)
                {
                    return written;
                }
            }
        }
        self.all_in(Style::Exact, amounts, currency)
            .unwrap_or_default()
    }

    /// Writes all numbers in a style; `None` when the style does not fit one of them. Zero is
    /// written alike in every short style.
    fn all_in(
        &self,
        style: Style,
        amounts: &[Decimal],
        currency: Currency,
    ) -> Option<Vec<Written>> {
        let digits = digits(amounts, currency);
        let has_cents = amounts
            .iter()
            .any(|amount| !round(*amount, digits).fract().is_zero());
        let written = |amount: &Decimal| match style {
            Style::Exact if has_cents => Some(self.in_full(*amount, digits)),
            Style::Exact => Some(self.in_full(*amount, 0)),
            Style::Abbreviated | Style::Whole if amount.is_zero() => {
                Some(self.in_full(Decimal::ZERO, 0))
            }
            Style::Abbreviated => self.shortened(*amount),
            // Cents are to be seen in an hour's pay, not in a month's.
            Style::Whole if has_cents && amount.abs() < Decimal::ONE_THOUSAND => None,
            Style::Whole => Some(self.in_full(*amount, 0)),
        };
        amounts.iter().map(written).collect()
    }

    fn in_full(&self, amount: Decimal, digits: u32) -> Written {
        Written {
            number: self.numbers.write(fixed(amount, digits)),
            pattern: self.patterns.full,
        }
    }

    /// Writes an amount in the greatest unit with an abbreviation that it fills after rounding:
    /// 999,960 is 1M, not 1,000K. `None` for small amounts, and where the language has no such unit.
    fn shortened(&self, amount: Decimal) -> Option<Written> {
        if amount.abs() < Decimal::from(10_000) {
            return None;
        }
        for (unit, pattern) in UNITS.iter().zip(self.patterns.short).rev() {
            let in_unit = amount.checked_div(Decimal::from(unit.size))?;
            let rounded = round(in_unit, unit.digits).normalize();
            if let Some(pattern) = pattern
                && rounded.abs() >= Decimal::ONE
            {
                let number = self.numbers.write(rounded);
                return Some(Written { number, pattern });
            }
        }
        None
    }

    fn fill(&self, pattern: &str, number: &str) -> String {
        // A symbol of letters needs a space from the digits: CHF 55,000.
        let tight = pattern.starts_with("¤#") && self.symbol.ends_with(char::is_alphabetic);
        let (sign, number) = number
            .strip_prefix('-')
            .map_or(("", number), |number| ("-", number));
        let number = if tight {
            format!("\u{a0}{number}")
        } else {
            number.to_owned()
        };
        format!(
            "{sign}{}",
            pattern.replace('#', &number).replace('¤', &self.symbol)
        )
    }
}

/// Returns how many digits amounts have behind the point: those of their currency, or up to four
/// where amounts below ten are finer, such as rates per mile.
fn digits(amounts: &[Decimal], currency: Currency) -> u32 {
    let is_small = |amount: &&Decimal| amount.abs() < Decimal::TEN;
    let scales = amounts.iter().filter(is_small);
    let finest = scales.map(|amount| amount.normalize().scale()).max();
    let finest = finest.filter(|digits| *digits <= FINEST).unwrap_or(0);
    currency.digits().max(finest)
}

/// Returns true if neighbours that differ are written differently.
fn tells_apart(amounts: &[Decimal], written: &[Written]) -> bool {
    amounts
        .windows(2)
        .zip(written.windows(2))
        .all(|(amounts, written)| amounts[0] == amounts[1] || written[0] != written[1])
}

/// Returns the sign of a currency as readers of a language know it, or its ISO code where a sign
/// could be misread. (Long, because it is a table.)
pub fn symbol(currency: Currency, language: &str, region: &str) -> String {
    let home = |regions: &[&str], plain: &'static str, abroad: &'static str| {
        if regions.contains(&region) {
            plain
        } else {
            abroad
        }
    };
    let symbol = match currency.as_str() {
        "USD"
            if matches!(
                region,
                "CA" | "AU" | "NZ" | "HK" | "SG" | "MX" | "AR" | "CL" | "CO" | "BR" | "TW"
            ) =>
        {
            "US$"
        }
        "USD" if language == "fr" => "$US",
        "USD" => "$",
        "EUR" => "€",
        "GBP" => "£",
        "JPY" => "¥",
        "CNY" if language == "zh" => "¥",
        "CNY" => "CN¥",
        "INR" => "₹",
        "KRW" => "₩",
        "ILS" => "₪",
        "VND" => "₫",
        "PHP" => "₱",
        "BRL" => "R$",
        "CAD" => home(&["CA"], "$", "CA$"),
        "AUD" => home(&["AU"], "$", "A$"),
        "NZD" => home(&["NZ"], "$", "NZ$"),
        "HKD" => home(&["HK"], "$", "HK$"),
        "SGD" => home(&["SG"], "$", "S$"),
        "TWD" => home(&["TW"], "$", "NT$"),
        "MXN" => home(&["MX"], "$", "MX$"),
        "ZAR" => home(&["ZA"], "R", "ZAR"),
        "NGN" => home(&["NG"], "₦", "NGN"),
        "TRY" if language == "tr" => "₺",
        "UAH" if language == "uk" => "₴",
        "RUB" if language == "ru" => "₽",
        "PLN" if language == "pl" => "zł",
        "CZK" if language == "cs" => "Kč",
        "HUF" if language == "hu" => "Ft",
        "RON" if language == "ro" => "lei",
        "BGN" if language == "bg" => "лв.",
        "SEK" if language == "sv" => "kr",
        "NOK" if matches!(language, "nb" | "nn" | "no") => "kr",
        "DKK" if language == "da" => "kr.",
        "ISK" if language == "is" => "kr.",
        code => code,
    };
    symbol.to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::Locale;
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::from_str_exact(text).unwrap()
    }

    fn short(tag: &str, amount: &str, currency: &str) -> String {
        Locale::new(tag).money(
            decimal(amount),
            Currency::new(currency).unwrap(),
            Form::Short,
        )
    }

    fn long(tag: &str, amount: &str, currency: &str) -> String {
        Locale::new(tag).money(
            decimal(amount),
            Currency::new(currency).unwrap(),
            Form::Long,
        )
    }

    fn range(tag: &str, min: &str, max: &str, currency: &str) -> String {
        Locale::new(tag).money_range(
            decimal(min),
            decimal(max),
            Currency::new(currency).unwrap(),
            Form::Short,
        )
    }

    #[test]
    fn short_amounts_keep_what_matters() {
        assert_eq!(short("en-US", "55000", "USD"), "$55K");
        assert_eq!(short("en-US", "82460", "USD"), "$82.5K");
        assert_eq!(short("en-US", "4250", "USD"), "$4,250");
        assert_eq!(short("en-US", "47.12", "USD"), "$47.12");
        assert_eq!(short("en-US", "6064.20", "USD"), "$6,064.20");
        assert_eq!(short("en-US", "999960", "USD"), "$1M");
        assert_eq!(short("en-US", "1250000", "USD"), "$1.25M");
        assert_eq!(short("en", "5500000", "JPY"), "¥5.5M");
        assert_eq!(short("de", "55000", "EUR"), "55.000\u{a0}€");
        assert_eq!(short("de", "1250000", "EUR"), "1,25\u{a0}Mio.\u{a0}€");
        assert_eq!(short("fr", "55500", "EUR"), "55,5\u{a0}k€");
        assert_eq!(short("nl", "55000", "EUR"), "€\u{a0}55K");
        assert_eq!(short("it", "999999.9", "EUR"), "1\u{a0}Mio\u{a0}€");
        assert_eq!(short("es", "1250000000", "EUR"), "1250\u{a0}M€");
        assert_eq!(short("xx", "55000", "EUR"), "€55,000");
    }

    #[test]
    fn long_amounts_have_the_digits_of_their_currency() {
        assert_eq!(long("en-US", "55000.00", "USD"), "$55,000");
        assert_eq!(long("en-US", "64.9", "USD"), "$64.90");
        assert_eq!(long("en-US", "0.125", "USD"), "$0.125");
        assert_eq!(long("en-US", "12.125", "USD"), "$12.13");
        assert_eq!(long("en", "5500.5", "JPY"), "¥5,501");
        assert_eq!(long("en", "12.3456", "KWD"), "KWD\u{a0}12.346");
        assert_eq!(long("en-GB", "55000", "CHF"), "CHF\u{a0}55,000");
        assert_eq!(long("en-CA", "55000", "CAD"), "$55,000");
        assert_eq!(long("en-CA", "55000", "USD"), "US$55,000");
        assert_eq!(long("de-AT", "55000", "EUR"), "€\u{a0}55\u{a0}000");
        assert_eq!(long("en", "-5", "USD"), "-$5");
        assert_eq!(long("de", "-5", "EUR"), "-5\u{a0}€");
    }

    #[test]
    fn a_range_says_a_symbol_behind_it_once() {
        assert_eq!(range("en-US", "55000", "80000", "USD"), "$55K–$80K");
        assert_eq!(range("en-US", "950000", "1200000", "USD"), "$950K–$1.2M");
        assert_eq!(range("de", "55000", "80000", "EUR"), "55.000–80.000\u{a0}€");
        assert_eq!(
            range("fr", "950000", "1200000", "EUR"),
            "950\u{a0}k€–1,2\u{a0}M€"
        );
        assert_eq!(range("en", "55000", "55000.00", "USD"), "$55K");
    }

    #[test]
    fn amounts_that_stand_together_are_in_one_style() {
        for (tag, min, max, currency, expected) in [
            ("en-US", "6064.20", "10125.90", "USD", "$6,064–$10,126"),
            ("en-US", "9500", "12000", "USD", "$9,500–$12,000"),
            ("en-US", "9500", "1200000", "USD", "$9,500–$1,200,000"),
            ("en-US", "3998.40", "5031.30", "USD", "$3,998–$5,031"),
            ("en-US", "0", "80000", "USD", "$0–$80K"),
            ("en-US", "25", "50", "USD", "$25–$50"),
            ("en-US", "25", "50.50", "USD", "$25.00–$50.50"),
            ("en-US", "25.50", "1000", "USD", "$25.50–$1,000.00"),
            ("en-US", "6064.20", "6064.40", "USD", "$6,064.20–$6,064.40"),
            ("en-US", "10000", "10040", "USD", "$10,000–$10,040"),
            ("en", "9500", "12000", "JPY", "¥9,500–¥12,000"),
            ("en", "350000", "12000000", "JPY", "¥350K–¥12M"),
            (
                "en",
                "5.5",
                "12.345",
                "KWD",
                "KWD\u{a0}5.500–KWD\u{a0}12.345",
            ),
            ("de", "950000", "1200000", "EUR", "950.000–1.200.000\u{a0}€"),
            ("de", "21.4", "30", "EUR", "21,40–30,00\u{a0}€"),
            (
                "fr",
                "9500",
                "12000",
                "EUR",
                "9\u{202f}500–12\u{202f}000\u{a0}€",
            ),
        ] {
            assert_eq!(range(tag, min, max, currency), expected);
        }
        let ticks = |amounts: &[&str], form| {
            let amounts: Vec<Decimal> = amounts.iter().map(|amount| decimal(amount)).collect();
            Locale::new("en")
                .amounts(&amounts, Currency::new("USD").unwrap(), form)
                .join(" ")
        };
        assert_eq!(
            ticks(&["0", "5000", "10000"], Form::Short),
            "$0 $5,000 $10,000"
        );
        assert_eq!(
            ticks(&["0", "50000", "100000"], Form::Short),
            "$0 $50K $100K"
        );
        assert_eq!(
            ticks(&["10000", "10020", "10040"], Form::Short),
            "$10,000 $10,020 $10,040"
        );
        assert_eq!(ticks(&["0.5", "1"], Form::Short), "$0.50 $1.00");
        assert_eq!(ticks(&["25", "50.5"], Form::Long), "$25.00 $50.50");
    }

    #[test]
    fn the_greatest_amounts_break_nothing() {
        assert!(!short("en", "79228162514264337593543950335", "USD").is_empty());
        assert!(!long("fr", "-79228162514264337593543950335", "EUR").is_empty());
        assert!(!Locale::new("en").number_with(Decimal::MAX, 5).is_empty());
        assert!(
            !Locale::new("en")
                .number_with(Decimal::ONE, u32::MAX)
                .is_empty()
        );
    }
}
