//! Dates: a year, a month or a day comes in, `November 22, 2026` goes out. Only as much is said as is known.

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

/// The words and patterns of a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dates {
    /// Names of months as they stand beside a day; none: dates are written as ISO 8601 does.
    pub months: Option<[String; 12]>,
    /// Names of months that stand alone with a year.
    pub months_alone: Option<[String; 12]>,
    /// Short names of months.
    pub months_short: Option<[String; 12]>,
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
    Unknown(String),
    NotKnown(&'static str),
}

struct Table {
    months: [&'static str; 12],
    short: [&'static str; 12],
    patterns: [&'static str; 3],
}

impl Dates {
    /// The words of a language; ISO dates for one that no table knows.
    pub fn of(language: &str, region: &str) -> Self {
        let Some(table) = table(language, region) else {
            let pattern = |text: &str| text.to_owned();
            return Self {
                months: None,
                months_alone: None,
                months_short: None,
                long: pattern("%Y-%m-%d"),
                month: pattern("%Y-%m"),
                short: pattern("%Y-%m-%d"),
                first_day: None,
            };
        };
        let Table { months, short, patterns: [long, month, short_day] } = table;
        let own = |names: [&str; 12]| Some(names.map(str::to_owned));
        Self {
            months: own(months),
            months_alone: if language == "pl" { own(POLISH_ALONE) } else { None },
            months_short: own(short),
            long: long.to_owned(),
            month: month.to_owned(),
            short: short_day.to_owned(),
            first_day: (language == "fr").then(|| "1er".to_owned()),
        }
    }

    /// A date in a named style, as precise as it is.
    pub fn write(&self, date: AsOf, style: DateStyle) -> String {
        let pattern = match (date, style) {
            (AsOf::Year(_), _) | (_, DateStyle::Iso) => return date.to_string(),
            (AsOf::Month(..), _) => &self.month,
            (AsOf::Day(_), DateStyle::Long) => &self.long,
            (AsOf::Day(_), DateStyle::Short) => &self.short,
        };
        self.write_with(date, pattern).unwrap_or_else(|_| date.to_string())
    }

    /// A date after a pattern.
    pub fn write_with(&self, date: AsOf, pattern: &str) -> Result<String, DateFault> {
        let (year, month, day) = parts(date);
        let month = || month.ok_or(DateFault::NotKnown("month"));
        let day = || day.ok_or(DateFault::NotKnown("day"));
        let mut text = String::new();
        let mut rest = pattern;
        while let Some(at) = rest.find('%') {
            text.push_str(&rest[..at]);
            let after = &rest[at + 1..];
            let plain = after.strip_prefix('-');
            let mut chars = plain.unwrap_or(after).chars();
            let letter = chars.next();
            rest = chars.as_str();
            let padded = |number: i8| if plain.is_some() { number.to_string() } else { format!("{number:02}") };
            text.push_str(&match (letter, plain) {
                (Some('Y'), None) => format!("{year:04}"),
                (Some('y'), None) => format!("{:02}", year.rem_euclid(100)),
                (Some('m'), _) => padded(month()?),
                (Some('B'), None) => self.month_name(month()?, day().is_err()),
                (Some('b'), None) => name(&self.months_short, month()?).unwrap_or_else(|| format!("{:02}", month().unwrap_or(0))),
                (Some('d'), Some(_)) if day()? == 1 && pattern.contains("%B") => self.first_day.clone().unwrap_or_else(|| "1".to_owned()),
                (Some('d'), _) => padded(day()?),
                (Some('%'), None) => "%".to_owned(),
                (letter, _) => return Err(DateFault::Unknown(letter.map_or_else(|| "%".to_owned(), |letter| format!("%{letter}")))),
            });
        }
        text.push_str(rest);
        Ok(text)
    }

    fn month_name(&self, month: i8, alone: bool) -> String {
        let names = if alone && self.months_alone.is_some() { &self.months_alone } else { &self.months };
        name(names, month).unwrap_or_else(|| format!("{month:02}"))
    }
}

fn name(names: &Option<[String; 12]>, month: i8) -> Option<String> {
    names.as_ref()?.get(usize::try_from(month).ok()?.checked_sub(1)?).cloned()
}

fn parts(date: AsOf) -> (i16, Option<i8>, Option<i8>) {
    match date {
        AsOf::Year(year) => (year, None, None),
        AsOf::Month(year, month) => (year, Some(month), None),
        AsOf::Day(date) => (date.year(), Some(date.month()), Some(date.day())),
    }
}

impl std::fmt::Display for DateFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unknown(code) => write!(f, "`{code}` is not part of a date pattern; there is `%Y`, `%y`, `%m`, `%-m`, `%B`, `%b`, `%d`, `%-d` and `%%`"),
            Self::NotKnown(part) => write!(f, "the pattern asks for a {part}, and this date has none; a style such as `long` says only what is known"),
        }
    }
}

const POLISH_ALONE: [&str; 12] =
    ["styczeń", "luty", "marzec", "kwiecień", "maj", "czerwiec", "lipiec", "sierpień", "wrzesień", "październik", "listopad", "grudzień"];

/// Long names, short names and patterns (CLDR 47).
fn table(language: &str, region: &str) -> Option<Table> {
    let table = |months, short, patterns| Some(Table { months, short, patterns });
    match language {
        "en" => table(
            ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
            match region {
                "" | "US" | "CA" | "PH" | "PR" => ["%B %-d, %Y", "%B %Y", "%b %-d, %Y"],
                _ => ["%-d %B %Y", "%B %Y", "%-d %b %Y"],
            },
        ),
        "de" => table(
            [
                if region == "AT" { "Jänner" } else { "Januar" },
                "Februar",
                "März",
                "April",
                "Mai",
                "Juni",
                "Juli",
                "August",
                "September",
                "Oktober",
                "November",
                "Dezember",
            ],
            [if region == "AT" { "Jän." } else { "Jan." }, "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."],
            ["%-d. %B %Y", "%B %Y", "%d.%m.%Y"],
        ),
        "fr" => table(
            ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"],
            ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."],
            ["%-d %B %Y", "%B %Y", "%-d %b %Y"],
        ),
        "es" => table(
            ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"],
            ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"],
            ["%-d de %B de %Y", "%B de %Y", "%-d %b %Y"],
        ),
        "it" => table(
            ["gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"],
            ["gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"],
            ["%-d %B %Y", "%B %Y", "%-d %b %Y"],
        ),
        "pt" => table(
            ["janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro"],
            ["jan.", "fev.", "mar.", "abr.", "mai.", "jun.", "jul.", "ago.", "set.", "out.", "nov.", "dez."],
            ["%-d de %B de %Y", "%B de %Y", "%d/%m/%Y"],
        ),
        "nl" => table(
            ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"],
            ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"],
            ["%-d %B %Y", "%B %Y", "%-d %b %Y"],
        ),
        "sv" => table(
            ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"],
            ["jan.", "feb.", "mars", "apr.", "maj", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "dec."],
            ["%-d %B %Y", "%B %Y", "%-d %b %Y"],
        ),
        "da" => table(
            ["januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november", "december"],
            ["jan.", "feb.", "mar.", "apr.", "maj", "jun.", "jul.", "aug.", "sep.", "okt.", "nov.", "dec."],
            ["%-d. %B %Y", "%B %Y", "%-d. %b %Y"],
        ),
        "nb" | "nn" | "no" => table(
            ["januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember"],
            ["jan.", "feb.", "mars", "apr.", "mai", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "des."],
            ["%-d. %B %Y", "%B %Y", "%-d. %b %Y"],
        ),
        "pl" => table(
            ["stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września", "października", "listopada", "grudnia"],
            ["sty", "lut", "mar", "kwi", "maj", "cze", "lip", "sie", "wrz", "paź", "lis", "gru"],
            ["%-d %B %Y", "%B %Y", "%-d %b %Y"],
        ),
        _ => None,
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
        assert_eq!(write("en-US", "2026-11-22", DateStyle::Long), "November 22, 2026");
        assert_eq!(write("en-GB", "2026-11-22", DateStyle::Long), "22 November 2026");
        assert_eq!(write("en", "2026-11", DateStyle::Long), "November 2026");
        assert_eq!(write("en", "2026", DateStyle::Short), "2026");
        assert_eq!(write("en-US", "2026-11-02", DateStyle::Short), "Nov 2, 2026");
        assert_eq!(write("de", "2026-03-02", DateStyle::Long), "2. März 2026");
        assert_eq!(write("de", "2026-03-02", DateStyle::Short), "02.03.2026");
        assert_eq!(write("fr", "2026-01-01", DateStyle::Long), "1er janvier 2026");
        assert_eq!(write("fr", "2026-01-21", DateStyle::Long), "21 janvier 2026");
        assert_eq!(write("es", "2026-01-01", DateStyle::Long), "1 de enero de 2026");
        assert_eq!(write("pl", "2026-11", DateStyle::Long), "listopad 2026");
        assert_eq!(write("pl", "2026-11-22", DateStyle::Long), "22 listopada 2026");
        assert_eq!(write("ja", "2026-11-22", DateStyle::Long), "2026-11-22");
        assert_eq!(write("de", "2026-11-22", DateStyle::Iso), "2026-11-22");
    }

    #[test]
    fn a_pattern_that_does_not_fit_is_refused() {
        let locale = Locale::new("en");
        let with = |date: &str, pattern: &str| locale.date_with(AsOf::parse(date).unwrap(), pattern);
        assert_eq!(with("2026-03-02", "%d/%m/%y %%").unwrap(), "02/03/26 %");
        assert_eq!(with("2026-03-02", "%-m").unwrap(), "3");
        assert_eq!(with("2026", "%B %Y"), Err(DateFault::NotKnown("month")));
        assert_eq!(with("2026-03", "%-d. %B"), Err(DateFault::NotKnown("day")));
        assert_eq!(with("2026-03-02", "%H:%M"), Err(DateFault::Unknown("%H".into())));
        assert_eq!(with("2026-03-02", "100 %"), Err(DateFault::Unknown("%".into())));
        assert_eq!(with("2026-03-02", "%é"), Err(DateFault::Unknown("%é".into())));
    }
}
