//! An open job, whatever feed it came from.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::data::{Table, Value};
use crate::import::Where;

/// An open job.
#[derive(Clone, Debug, Default)]
pub struct Job {
    pub title: String,
    /// The number that the feed gives it.
    pub number: Option<String>,
    pub employer: Option<String>,
    pub employer_url: Option<String>,
    /// Places as they are written.
    pub places: Vec<Place>,
    pub workplace: Option<&'static str>,
    pub employment: Option<&'static str>,
    pub pay: Option<Pay>,
    pub posted: Option<Date>,
    pub expires: Option<Date>,
    pub url: Option<String>,
    /// In HTML.
    pub description: Option<String>,
    /// In Markdown already.
    pub is_markdown: bool,
    pub at: Where,
}

/// Where a job is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    pub text: String,
    /// The country, in whatever form the feed has it.
    pub country: Option<String>,
}

/// What is paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pay {
    pub min: Option<Decimal>,
    pub max: Option<Decimal>,
    pub currency: Option<String>,
    pub period: Option<&'static str>,
}

impl Place {
    /// Makes a place of a text alone.
    pub fn of(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            country: None,
        }
    }
}

impl Pay {
    /// Returns the pay as a position has it; `source` is the id of where it comes from, and it
    /// was true when the job was posted.
    pub fn table(&self, source: &str, posted: Date) -> Option<Table> {
        let mut row = Table::default();
        match (&self.min, &self.max) {
            (Some(min), Some(max)) if min == max => row.put("value", number(min)),
            (Some(min), Some(max)) if min < max => {
                row.put("min", number(min));
                row.put("max", number(max));
            }
            (Some(one), None) => {
                row.put("min", number(one));
                row.put("max", number(one));
            }
            (None, Some(one)) => row.put("value", number(one)),
            _ => return None,
        }
        let currency = self.currency.as_deref().map(str::to_uppercase);
        if let Some(currency) = currency.filter(|code| crate::data::Currency::new(code).is_some()) {
            row.put("currency", currency);
        }
        if let Some(period) = self.period {
            row.put("period", period);
        }
        row.put("source", source);
        let month = format!("{:04}-{:02}", posted.year(), posted.month());
        row.put("as_of", month);
        Some(row)
    }
}

/// Returns an amount as a tree has it.
fn number(amount: &Decimal) -> Value {
    let text = amount.normalize().to_string();
    if text.contains('.') {
        Value::Float(text)
    } else {
        Value::Integer(text)
    }
}

/// Reads a kind of employment: `FullTime`, "Full-time", `fulltime`.
pub fn employment(text: &str) -> Option<&'static str> {
    let plain: String = text
        .to_lowercase()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let has = |word: &str| plain.contains(word);
    Some(match () {
        () if has("intern") && !has("internal") && !has("international")
            || has("apprentice")
            || has("trainee") =>
        {
            "intern"
        }
        () if has("parttime") => "part-time",
        () if has("contract") || has("freelance") => "contract",
        () if has("temp") || has("seasonal") || has("fixedterm") => "temporary",
        () if has("fulltime") || has("permanent") || has("regular") => "full-time",
        () => return None,
    })
}

/// Reads where work is done: `remote`, `OnSite`, "Hybrid".
pub fn workplace(text: &str) -> Option<&'static str> {
    let plain: String = text
        .to_lowercase()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    Some(match () {
        () if plain.contains("hybrid") => "hybrid",
        () if plain.contains("remote")
            || plain.contains("telecommute")
            || plain.contains("homeoffice") =>
        {
            "remote"
        }
        () if plain.contains("onsite")
            || plain.contains("inoffice")
            || plain.contains("inperson") =>
        {
            "on-site"
        }
        () => return None,
    })
}

/// Reads a period of pay: `per-year-salary`, `1 YEAR`, `hourly`.
pub fn period(text: &str) -> Option<&'static str> {
    let plain = text.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    Some(match () {
        () if has(&["year", "annual", "annum", "p.a."]) => "year",
        () if has(&["month"]) => "month",
        () if has(&["week"]) => "week",
        () if has(&["day", "daily"]) => "day",
        () if has(&["hour"]) => "hour",
        () => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_feeds_are_read() {
        assert_eq!(employment("FullTime"), Some("full-time"));
        assert_eq!(employment("Internship"), Some("intern"));
        assert_eq!(employment("International"), None);
        assert_eq!(workplace("TELECOMMUTE"), Some("remote"));
        assert_eq!(period("per-year-salary"), Some("year"));
        assert_eq!(period("1 HOUR"), Some("hour"));
    }
}
