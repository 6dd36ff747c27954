//! Dates: a year, a month or a day comes in, `November 22, 2026` goes out, as precise as the date
//! is. The words of the built-in languages stand in `months.rs`.

use super::months::{POLISH_ALONE, words};
use crate::data::AsOf;

/// A named way to write a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateStyle {
    /// `November 22, 2026`
    Long,
    /// `Nov 22, 2026`
    Short,
    /// `2026-11-22`
    Iso,
}

/// The names of the twelve months.
pub type Months = [String; 12];

/// The words and patterns of a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dates {
    /// Names of months as they stand beside a day; `None` writes numbers.
    pub months: Option<Months>,
    /// Names of months that stand alone with a year, where they differ.
    pub months_alone: Option<Months>,
    /// Short names of months.
    pub months_short: Option<Months>,
    /// Pattern of a day: `%-d %B %Y`.
    pub long: String,
    /// Pattern of a month: `%B %Y`.
    pub month: String,
    /// Short pattern of a day: `%-d %b %Y`.
    pub short: String,
    /// What the first day of a month is called, where it is not `1`.
    pub first_day: Option<String>,
}

/// Why a pattern does not fit a date. `Display` says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateFault {
    /// The pattern has a code that is none.
    Unknown(String),
    /// The pattern asks for a part that the date does not have.
    NotKnown(&'static str),
}

impl Dates {
    /// Returns the words of a language; for one that is not built in, dates are those of ISO 8601.
    pub fn of(language: &str, region: &str) -> Self {
        let Some(words) = words(language, region) else {
            return Self {
                months: None,
                months_alone: None,
                months_short: None,
                long: "%Y-%m-%d".to_owned(),
                month: "%Y-%m".to_owned(),
                short: "%Y-%m-%d".to_owned(),
                first_day: None,
            };
        };
        let months_alone = if language == "pl" {
            names(POLISH_ALONE)
        } else {
            None
        };
        let first_day = if language == "fr" { Some("1er") } else { None };
        Self {
            months: names(words.months),
            months_alone,
            months_short: names(words.short),
            long: words.patterns.day.to_owned(),
            month: words.patterns.month.to_owned(),
            short: words.patterns.short.to_owned(),
            first_day: first_day.map(str::to_owned),
        }
    }

    /// Writes a date in a named style, as precise as it is.
    pub fn write(&self, date: AsOf, style: DateStyle) -> String {
        let pattern = match (date, style) {
            (AsOf::Year(_), _) | (_, DateStyle::Iso) => return date.to_string(),
            (AsOf::Month(..), _) => &self.month,
            (AsOf::Day(_), DateStyle::Long) => &self.long,
            (AsOf::Day(_), DateStyle::Short) => &self.short,
        };
        self.write_with(date, pattern)
            .unwrap_or_else(|_| date.to_string())
    }

    /// Writes a date after a pattern.
    pub fn write_with(&self, date: AsOf, pattern: &str) -> Result<String, DateFault> {
        let date = Parts::of(date);
        let mut text = String::new();
        let mut rest = pattern;
        while let Some(at) = rest.find('%') {
            text.push_str(&rest[..at]);
            let code = Code::first_of(&rest[at + 1..]);
            rest = code.rest;
            text.push_str(&self.part(&date, &code, pattern)?);
        }
        text.push_str(rest);
        Ok(text)
    }

    /// Writes what one code of a pattern stands for. The first day of a month has its own word only
    /// beside the month's name: `1er janvier`, `01/01`.
    fn part(&self, date: &Parts, code: &Code<'_>, pattern: &str) -> Result<String, DateFault> {
        Ok(match (code.letter, code.padding) {
            (Some('Y'), Padding::Zero) => format!("{:04}", date.year),
            (Some('y'), Padding::Zero) => format!("{:02}", date.year.rem_euclid(100)),
            (Some('m'), padding) => padding.write(date.month()?),
            (Some('B'), Padding::Zero) => self.month_name(date)?,
            (Some('b'), Padding::Zero) => name_or_number(self.months_short.as_ref(), date.month()?),
            (Some('d'), Padding::None) if date.day()? == 1 && pattern.contains("%B") => {
                self.first_day.clone().unwrap_or_else(|| "1".to_owned())
            }
            (Some('d'), padding) => padding.write(date.day()?),
            (Some('%'), Padding::Zero) => "%".to_owned(),
            (Some(letter), _) => return Err(DateFault::Unknown(format!("%{letter}"))),
            (None, _) => return Err(DateFault::Unknown("%".to_owned())),
        })
    }

    fn month_name(&self, date: &Parts) -> Result<String, DateFault> {
        let alone = match date.day {
            None => self.months_alone.as_ref(),
            Some(_) => None,
        };
        let names = alone.or(self.months.as_ref());
        Ok(name_or_number(names, date.month()?))
    }
}

/// The parts of a date that are known.
struct Parts {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

impl Parts {
    fn of(date: AsOf) -> Self {
        let (year, month, day) = match date {
            AsOf::Year(year) => (year, None, None),
            AsOf::Month(year, month) => (year, Some(month), None),
            AsOf::Day(date) => (date.year(), Some(date.month()), Some(date.day())),
        };
        Self { year, month, day }
    }

    fn month(&self) -> Result<i8, DateFault> {
        self.month.ok_or(DateFault::NotKnown("month"))
    }

    fn day(&self) -> Result<i8, DateFault> {
        self.day.ok_or(DateFault::NotKnown("day"))
    }
}

/// What stands behind a percent sign of a pattern.
struct Code<'a> {
    padding: Padding,
    letter: Option<char>,
    /// The pattern behind it.
    rest: &'a str,
}

/// Whether a number of one digit gets a zero in front.
#[derive(Clone, Copy)]
enum Padding {
    Zero,
    None,
}

impl<'a> Code<'a> {
    fn first_of(text: &'a str) -> Self {
        let (padding, text) = match text.strip_prefix('-') {
            Some(text) => (Padding::None, text),
            None => (Padding::Zero, text),
        };
        let mut chars = text.chars();
        Self {
            padding,
            letter: chars.next(),
            rest: chars.as_str(),
        }
    }
}

impl Padding {
    fn write(self, number: i8) -> String {
        match self {
            Self::Zero => format!("{number:02}"),
            Self::None => number.to_string(),
        }
    }
}

/// Splits a list of twelve names; `None` for any other number of names.
fn names(list: &str) -> Option<Months> {
    let names: Vec<String> = list.split(' ').map(str::to_owned).collect();
    names.try_into().ok()
}

/// Returns the name of a month, or its number in a language without names.
fn name_or_number(names: Option<&Months>, month: i8) -> String {
    let index = usize::try_from(month).unwrap_or(0).wrapping_sub(1);
    match names.and_then(|names| names.get(index)) {
        Some(name) => name.clone(),
        None => format!("{month:02}"),
    }
}

impl std::fmt::Display for DateFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unknown(code) => write!(
                f,
                "`{code}` is not part of a date pattern; there is `%Y`, `%y`, `%m`, `%-m`, `%B`, `%b`, `%d`, `%-d` and `%%`"
            ),
            Self::NotKnown(part) => write!(
                f,
                "the pattern asks for a {part}, and this date has none; a style such as `long` says only what is known"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Locale;
    use super::*;

    fn write(tag: &str, date: &str, style: DateStyle) -> String {
        Locale::new(tag).date(AsOf::parse(date).unwrap(), style)
    }

    #[test]
    fn a_date_says_as_much_as_it_knows() {
        assert_eq!(
            write("en-US", "2026-11-22", DateStyle::Long),
            "November 22, 2026"
        );
        assert_eq!(
            write("en-GB", "2026-11-22", DateStyle::Long),
            "22 November 2026"
        );
        assert_eq!(write("en", "2026-11", DateStyle::Long), "November 2026");
        assert_eq!(write("en", "2026", DateStyle::Short), "2026");
        assert_eq!(
            write("en-US", "2026-11-02", DateStyle::Short),
            "Nov 2, 2026"
        );
        assert_eq!(write("de", "2026-03-02", DateStyle::Long), "2. März 2026");
        assert_eq!(write("de", "2026-03-02", DateStyle::Short), "02.03.2026");
        assert_eq!(
            write("fr", "2026-01-01", DateStyle::Long),
            "1er janvier 2026"
        );
        assert_eq!(
            write("fr", "2026-01-21", DateStyle::Long),
            "21 janvier 2026"
        );
        assert_eq!(
            write("es", "2026-01-01", DateStyle::Long),
            "1 de enero de 2026"
        );
        assert_eq!(write("pl", "2026-11", DateStyle::Long), "listopad 2026");
        assert_eq!(
            write("pl", "2026-11-22", DateStyle::Long),
            "22 listopada 2026"
        );
        assert_eq!(write("ja", "2026-11-22", DateStyle::Long), "2026-11-22");
        assert_eq!(write("de", "2026-11-22", DateStyle::Iso), "2026-11-22");
    }

    #[test]
    fn a_pattern_that_does_not_fit_is_refused() {
        let locale = Locale::new("en");
        let with =
            |date: &str, pattern: &str| locale.date_with(AsOf::parse(date).unwrap(), pattern);
        assert_eq!(with("2026-03-02", "%d/%m/%y %%").unwrap(), "02/03/26 %");
        assert_eq!(with("2026-03-02", "%-m").unwrap(), "3");
        assert_eq!(with("2026", "%B %Y"), Err(DateFault::NotKnown("month")));
        assert_eq!(with("2026-03", "%-d. %B"), Err(DateFault::NotKnown("day")));
        assert_eq!(
            with("2026-03-02", "%H:%M"),
            Err(DateFault::Unknown("%H".into()))
        );
        assert_eq!(
            with("2026-03-02", "100 %"),
            Err(DateFault::Unknown("%".into()))
        );
        assert_eq!(
            with("2026-03-02", "%é"),
            Err(DateFault::Unknown("%é".into()))
        );
    }
}
