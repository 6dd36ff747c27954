//! How a language writes numbers, money, dates and counts: exact values come in, localised text goes out.
//! No words here but the names of months: all other words are strings of a theme. Nothing passes through a float.

mod date;
mod money;
mod number;
mod plural;

pub use date::{DateFault, DateStyle, Dates};
pub use money::Form;
pub use number::decimal_of;
pub use plural::Category;

use rust_decimal::Decimal;

use crate::data::{AsOf, Currency};

/// The conventions of one language, as its BCP 47 tag names it.
#[derive(Clone, Debug)]
pub struct Locale {
    tag: String,
    /// The primary language, in lower case: `de` of `de-AT`.
    language: String,
    /// The region, in upper case: `AT` of `de-AT`; empty without one.
    region: String,
    numbers: number::Numbers,
    money: money::Patterns,
    dates: Dates,
}

impl Locale {
    /// The conventions of a language. One that no table knows writes numbers as English does and dates as ISO 8601 does.
    pub fn new(tag: &str) -> Self {
        let mut parts = tag.split(['-', '_']);
        let language = parts.next().unwrap_or_default().to_ascii_lowercase();
        let region = parts.find(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic())).unwrap_or_default().to_ascii_uppercase();
        let numbers = number::Numbers::of(&language, &region);
        let money = money::Patterns::of(&language, &region);
        let dates = Dates::of(&language, &region);
        Self { tag: tag.to_owned(), language, region, numbers, money, dates }
    }

    /// The same language with other words and patterns for dates: what a theme's strings may bring.
    pub fn with_dates(self, dates: Dates) -> Self {
        Self { dates, ..self }
    }

    /// The words and patterns of dates.
    pub fn dates(&self) -> &Dates {
        &self.dates
    }

    /// The tag that this was made of.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// `rtl` for languages that are written from right to left, `ltr` for all others: the attribute `dir` of HTML.
    pub fn direction(&self) -> &'static str {
        match self.language.as_str() {
            "ar" | "dv" | "fa" | "he" | "iw" | "ku" | "ps" | "sd" | "ug" | "ur" | "yi" => "rtl",
            _ => "ltr",
        }
    }

    /// A number with all the digits that matter: `2,924`, `47.12`.
    pub fn number(&self, value: Decimal) -> String {
        self.numbers.write(value.normalize())
    }

    /// A number without marks between its groups, as years are written: `2034`, `47.12`.
    pub fn plain_number(&self, value: Decimal) -> String {
        self.numbers.write_plain(value.normalize())
    }

    /// A number with so many digits after the point, the last one rounded half away from zero: `47.10`.
    pub fn number_with(&self, value: Decimal, digits: u32) -> String {
        self.numbers.write(number::fixed(value, digits))
    }

    /// A number of percent: `15.8%`, in German `15,8 %`.
    pub fn percent(&self, value: Decimal) -> String {
        format!("{}{}", self.number(value), self.numbers.percent)
    }

    /// An amount: `$55K` or `$55,000`, `$47.12` in both forms.
    pub fn money(&self, amount: Decimal, currency: Currency, form: Form) -> String {
        money::Writer { numbers: &self.numbers, patterns: &self.money, symbol: self.symbol(currency) }.amount(amount, currency, form)
    }

    /// Two amounts as a span: `$55K–$80K`, in German `55.000–80.000 €`. Two equal amounts are one. The `+` of a span with
    /// an open top goes behind the whole text.
    pub fn money_range(&self, (min, max): (Decimal, Decimal), currency: Currency, form: Form) -> String {
        money::Writer { numbers: &self.numbers, patterns: &self.money, symbol: self.symbol(currency) }.range((min, max), currency, form)
    }

    /// A year, a month or a day in words.
    pub fn date(&self, date: AsOf, style: DateStyle) -> String {
        self.dates.write(date, style)
    }

    /// A date after a pattern such as `%-d %B %Y`.
    pub fn date_with(&self, date: AsOf, pattern: &str) -> Result<String, DateFault> {
        self.dates.write_with(date, pattern)
    }

    /// The plural form that a number takes (CLDR).
    pub fn plural(&self, count: Decimal) -> Category {
        plural::category(&self.language, &self.region, count)
    }

    fn symbol(&self, currency: Currency) -> String {
        money::symbol(currency, &self.language, &self.region)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub fn decimal(text: &str) -> Decimal {
        Decimal::from_str_exact(text).unwrap()
    }

    #[test]
    fn a_tag_may_carry_a_script_and_a_region() {
        let locale = Locale::new("zh-Hant-TW");
        assert_eq!((locale.language.as_str(), locale.region.as_str()), ("zh", "TW"));
        assert_eq!(Locale::new("ar").direction(), "rtl");
        assert_eq!(Locale::new("").number(decimal("1234.50")), "1,234.5");
    }

    #[test]
    fn numbers_are_grouped_as_the_language_does() {
        let write = |tag: &str, number: &str| Locale::new(tag).number(decimal(number));
        assert_eq!(write("en", "1234567.25"), "1,234,567.25");
        assert_eq!(write("de", "1234567.25"), "1.234.567,25");
        assert_eq!(write("de-CH", "1234567.25"), "1’234’567.25");
        assert_eq!(write("fr", "1234.5"), "1\u{202f}234,5");
        assert_eq!(write("es", "1234"), "1234", "Spanish groups from five digits");
        assert_eq!(write("es", "12345"), "12.345");
        assert_eq!(write("en-IN", "12345678"), "1,23,45,678");
        assert_eq!(write("en", "-1234"), "-1,234");
        assert_eq!(write("en", "0.10"), "0.1");
        assert_eq!(Locale::new("de").plain_number(decimal("2034.50")), "2034,5");
        assert_eq!(Locale::new("en").number_with(decimal("2.345"), 2), "2.35");
        assert_eq!(Locale::new("en").number_with(decimal("2"), 1), "2.0");
        assert_eq!(Locale::new("de").percent(decimal("15.80")), "15,8\u{a0}%");
    }
}
