//! What the day of the build decides: drafts and days come in; whether something is published, why
//! not, and how much is not, goes out.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The day of the build, and what is shown in spite of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Calendar {
    pub drafts: bool,
    pub future: bool,
    pub build_date: Date,
}

/// Why something that exists is not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Absence {
    Draft,
    /// It appears on this day.
    Until(Date),
    /// This was its last day.
    Expired(Date),
    /// A job that does not say when it ends was posted on this day, too long ago.
    Aged(Date),
}

/// How much is not published, and when the next of it appears.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    pub drafts: usize,
    pub future: usize,
    /// The first and the last day on which some of the future appears.
    pub days: Option<(Date, Date)>,
    pub expired: usize,
    pub aged: usize,
}

impl Calendar {
    /// Returns why something with these dates is not published; `None` when it is. `date` is its first
    /// day, `expires` its last.
    pub fn absence(
        &self,
        draft: bool,
        date: Option<Date>,
        expires: Option<Date>,
    ) -> Option<Absence> {
        if let Some(expires) = expires
            && expires < self.build_date
        {
            return Some(Absence::Expired(expires));
        }
        if draft && !self.drafts {
            return Some(Absence::Draft);
        }
        date.filter(|date| *date > self.build_date && !self.future)
            .map(Absence::Until)
    }
}

/// Returns true if a day lies ahead of the day of the build. The day after it does not count: it has
/// begun already for some of those who write.
pub fn is_ahead(day: Date, build_date: Date) -> bool {
    build_date.tomorrow().is_ok_and(|tomorrow| day > tomorrow)
}

impl Absence {
    /// Returns it in words that complete `something that …`.
    pub fn why(self) -> String {
        match self {
            Self::Draft => "is a draft".to_owned(),
            Self::Until(day) => format!("appears on {day}"),
            Self::Expired(day) => format!("expired on {day}"),
            Self::Aged(day) => format!("was posted on {day}, too long ago to be shown"),
        }
    }
}

impl LeftOut {
    /// Counts one thing more.
    pub fn add(&mut self, absence: Absence) {
        match absence {
            Absence::Draft => self.drafts += 1,
            Absence::Expired(_) => self.expired += 1,
            Absence::Aged(_) => self.aged += 1,
            Absence::Until(day) => {
                self.future += 1;
                self.days = Some(
                    self.days
                        .map_or((day, day), |(first, last)| (first.min(day), last.max(day))),
                );
            }
        }
    }

    /// Returns `2 drafts, 1 until 2026-12-24`; `None` when nothing is left out.
    pub fn in_words(&self) -> Option<String> {
        let Self {
            drafts,
            future,
            days,
            expired,
            aged,
        } = self;
        let plural = |count: &usize, word: &str| {
            format!("{count} {word}{}", if *count == 1 { "" } else { "s" })
        };
        let until = days.map(|(first, last)| {
            format!(
                "{future} until {first}{}",
                if first == last { "" } else { " or later" }
            )
        });
        let mut words = vec![];
        if *drafts > 0 {
            words.push(plural(drafts, "draft"));
        }
        words.extend(until);
        if *expired > 0 {
            words.push(format!("{expired} expired"));
        }
        if *aged > 0 {
            words.push(format!("{} for age", plural(aged, "job")));
        }
        Some(words.join(", ")).filter(|words| !words.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_first_day_and_the_last_are_in() {
        let calendar = Calendar {
            drafts: false,
            future: false,
            build_date: date(2026, 11, 22),
        };
        let (before, today, after) = (
            Some(date(2026, 11, 21)),
            Some(date(2026, 11, 22)),
            Some(date(2026, 11, 23)),
        );
        assert_eq!(calendar.absence(false, today, today), None);
        assert_eq!(
            calendar.absence(false, after, None),
            Some(Absence::Until(date(2026, 11, 23)))
        );
        assert_eq!(
            calendar.absence(true, None, before),
            Some(Absence::Expired(date(2026, 11, 21)))
        );
        assert_eq!(calendar.absence(true, after, after), Some(Absence::Draft));
        assert!(
            !is_ahead(date(2026, 11, 23), calendar.build_date)
                && is_ahead(date(2026, 11, 24), calendar.build_date)
        );
    }

    #[test]
    fn what_is_left_out_is_counted_in_words() {
        let mut left_out = LeftOut::default();
        assert_eq!(left_out.in_words(), None);
        [
            Absence::Draft,
            Absence::Until(date(2026, 12, 24)),
            Absence::Draft,
        ]
        .into_iter()
        .for_each(|absence| left_out.add(absence));
        assert_eq!(left_out.in_words().unwrap(), "2 drafts, 1 until 2026-12-24");
        let more = [
            Absence::Until(date(2026, 12, 1)),
            Absence::Expired(date(2026, 1, 1)),
            Absence::Aged(date(2026, 1, 1)),
            Absence::Aged(date(2026, 1, 2)),
        ];
        more.into_iter().for_each(|absence| left_out.add(absence));
        assert_eq!(
            left_out.in_words().unwrap(),
            "2 drafts, 2 until 2026-12-01 or later, 1 expired, 2 jobs for age"
        );
    }
}
