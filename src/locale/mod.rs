//! How a language writes numbers, money, dates and counts: exact values come in, localised text
//! goes out. No words here but the names of months: all other words are strings of a theme. Nothing
//! passes through a float.

mod date;
mod money;
mod months;
mod number;
mod order;
mod plural;
mod territory;

pub use date::{DateFault, DateStyle, Dates};
pub use money::Form;
pub use number::decimal_of;
pub use order::folded;
pub use plural::Category;

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::data::{AsOf, Currency};

/// The conventions of one language, as its BCP 47 tag names it.
#[derive(Clone, Debug)]
pub struct Locale {
    tag: String,
    /// The primary language, in lower case: `de` of `de-AT`.
    language: String,
    /// The script, in lower case: `hant` of `zh-Hant-TW`; empty without one.
    script: String,
    /// The region, in upper case: `AT` of `de-AT`; empty without one.
    region: String,
    numbers: number::Numbers,
    money: money::Patterns,
    dates: Dates,
    plurals: Option<plural::Rules>,
}

impl Locale {
    /// Returns the conventions of a language. One that no table knows writes numbers as English does
    /// and dates as ISO 8601 does.
    pub fn new(tag: &str) -> Self {
        let mut parts = tag.split(['-', '_']);
        let language = parts.next().unwrap_or_default().to_ascii_lowercase();
        let of_length = |length| {
            parts
                .clone()
                .find(|part| {
                    part.len() == length && part.bytes().all(|byte| byte.is_ascii_alphabetic())
                })
                .unwrap_or_default()
        };
        let (script, region) = (
            of_length(4).to_ascii_lowercase(),
            of_length(2).to_ascii_uppercase(),
        );
        let numbers = number::Numbers::of(&language, &region);
        let money = money::Patterns::of(&language, &region);
        let dates = Dates::of(&language, &region);
        let plurals = plural::Rules::of(&language, &region);
        Self {
            tag: tag.to_owned(),
            language,
            script,
            region,
            numbers,
            money,
            dates,
            plurals,
        }
    }

    /// Returns the same language with other words and patterns for dates, which a theme's strings
    /// may bring.
    pub fn with_dates(self, dates: Dates) -> Self {
        Self { dates, ..self }
    }

    /// Returns the words and patterns of dates.
    pub fn dates(&self) -> &Dates {
        &self.dates
    }

    /// Returns the tag that this was made of.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// Returns `rtl` for languages that are written from right to left, `ltr` for all others: the attribute
    /// `dir` of HTML. A script in the tag decides: `ku` is written in Latin letters, `ku-Arab` in
    /// Arabic ones.
    pub fn direction(&self) -> &'static str {
        match (self.script.as_str(), self.language.as_str()) {
            ("adlm" | "arab" | "aran" | "hebr" | "nkoo" | "rohg" | "syrc" | "thaa", _) => "rtl",
            (
                "",
                "ar" | "ckb" | "dv" | "fa" | "he" | "iw" | "ks" | "ps" | "sd" | "ug" | "ur" | "yi",
            ) => "rtl",
            _ => "ltr",
        }
    }

    /// Marks figures as one piece that runs from left to right, in languages that are written from
    /// right to left: their signs, dashes and currencies would change places there. The marks
    /// (U+2066, U+2069) are invisible; texts from left to right need none.
    pub fn isolated(&self, figures: String) -> String {
        if self.direction() == "rtl" {
            format!("\u{2066}{figures}\u{2069}")
        } else {
            figures
        }
    }

    /// Returns the tag as `language_TERRITORY`, which OpenGraph asks for; `None` where no territory
    /// is known.
    pub fn with_territory(&self) -> Option<String> {
        let territory = if self.region.is_empty() {
            territory::of(&self.language)?
        } else {
            &self.region
        };
        Some(format!("{}_{territory}", self.language))
    }

    /// Returns the text by which another is sorted.
    pub fn sort_key(&self, text: &str) -> String {
        order::key(text, &self.language)
    }

    /// Returns the capital letter under which an index lists a text; `None` for a text that begins
    /// with no letter.
    pub fn letter(&self, text: &str) -> Option<String> {
        order::letter(text, &self.language)
    }

    /// Writes a number with all the digits that matter: `2,924`, `47.12`.
    pub fn number(&self, value: Decimal) -> String {
        self.signed(value, self.numbers.write(value.normalize()))
    }

    /// Writes a number without marks between its groups, as years are written: `2034`, `47.12`.
    pub fn plain_number(&self, value: Decimal) -> String {
        self.numbers.write_plain(value.normalize())
    }

    /// Writes a number with so many digits after the point, the last one rounded half away from zero:
    /// `47.10`.
    pub fn number_with(&self, value: Decimal, digits: u32) -> String {
        self.signed(value, self.numbers.write(number::fixed(value, digits)))
    }

    fn signed(&self, value: Decimal, text: String) -> String {
        if value.is_sign_negative() {
            self.isolated(text)
        } else {
            text
        }
    }

    /// Writes a number of percent: `15.8%`, in German `15,8 %`.
    pub fn percent(&self, value: Decimal) -> String {
        self.isolated(format!(
            "{}{}",
            self.numbers.write(value.normalize()),
            self.numbers.percent
        ))
    }

    /// Writes an amount: `$55K` or `$55,000`, `$47.12` in both forms.
    pub fn money(&self, amount: Decimal, currency: Currency, form: Form) -> String {
        self.isolated(self.writer(currency).amount(amount, currency, form))
    }

    /// Writes amounts that stand together in one style: `$5,000` and `$10,000`, not `$10K`.
    pub fn amounts(&self, amounts: &[Decimal], currency: Currency, form: Form) -> Vec<String> {
        self.writer(currency)
            .amounts(amounts, currency, form)
            .into_iter()
            .map(|text| self.isolated(text))
            .collect()
    }

    /// Writes two amounts as a span: `$55K–$80K`, in German `55.000–80.000 €`. Two equal amounts are one.
    /// The `+` of a span with an open top goes behind the whole text.
    pub fn money_range(
        &self,
        min: Decimal,
        max: Decimal,
        currency: Currency,
        form: Form,
    ) -> String {
        self.isolated(self.writer(currency).range(min, max, currency, form))
    }

    /// Writes a year, a month or a day in words.
    pub fn date(&self, date: AsOf, style: DateStyle) -> String {
        self.dates.write(date, style)
    }

    /// Writes a date after a pattern such as `%-d %B %Y`.
    pub fn date_with(&self, date: AsOf, pattern: &str) -> Result<String, DateFault> {
        self.dates.write_with(date, pattern)
    }

    /// Returns the plural form that a number takes (CLDR).
    pub fn plural(&self, count: Decimal) -> Category {
        self.plurals
            .as_ref()
            .map_or(Category::Other, |rules| rules.category(count))
    }

    /// Returns the plural forms that numbers take in this language, `Other` among them.
    pub fn plural_categories(&self) -> BTreeSet<Category> {
        let rules = self.plurals.iter();
        rules
            .flat_map(plural::Rules::categories)
            .chain([Category::Other])
            .collect()
    }

    fn writer(&self, currency: Currency) -> money::Writer<'_> {
        money::Writer {
            numbers: &self.numbers,
            patterns: &self.money,
            symbol: money::symbol(currency, &self.language, &self.region),
        }
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
        assert_eq!(
            (locale.language.as_str(), locale.region.as_str()),
            ("zh", "TW")
        );
        assert_eq!(
            ["ar", "he-IL", "fa", "ur", "ku-Arab", "az_Arab_IR"]
                .map(|tag| Locale::new(tag).direction()),
            ["rtl"; 6]
        );
        assert_eq!(
            ["en", "ku", "ur-Latn", "zh-Hant-TW"].map(|tag| Locale::new(tag).direction()),
            ["ltr"; 4]
        );
        let open_graph = |tag: &str| Locale::new(tag).with_territory().unwrap_or_default();
        assert_eq!(
            ["en-US", "de", "zh-Hant-TW", "tlh"].map(open_graph),
            ["en_US", "de_DE", "zh_TW", ""]
        );
        assert_eq!(Locale::new("").number(decimal("1234.50")), "1,234.5");
    }

    #[test]
    fn figures_keep_their_order_in_text_from_right_to_left() {
        let (hebrew, dollars) = (Locale::new("he"), Currency::new("USD").unwrap());
        assert_eq!(
            hebrew.money(decimal("55000"), dollars, Form::Long),
            "\u{2066}$55,000\u{2069}"
        );
        assert_eq!(
            hebrew.money_range(decimal("5"), decimal("7"), dollars, Form::Short),
            "\u{2066}$5–$7\u{2069}"
        );
        assert_eq!(
            [
                hebrew.number(decimal("-3")),
                hebrew.number(decimal("3")),
                hebrew.percent(decimal("-3"))
            ],
            ["\u{2066}-3\u{2069}", "3", "\u{2066}-3%\u{2069}"]
        );
    }

    #[test]
    fn numbers_are_grouped_as_the_language_does() {
        let write = |tag: &str, number: &str| Locale::new(tag).number(decimal(number));
        assert_eq!(write("en", "1234567.25"), "1,234,567.25");
        assert_eq!(write("de", "1234567.25"), "1.234.567,25");
        assert_eq!(write("de-CH", "1234567.25"), "1’234’567.25");
        assert_eq!(write("fr", "1234.5"), "1\u{202f}234,5");
        assert_eq!(
            write("es", "1234"),
            "1234",
            "Spanish groups from five digits"
        );
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
