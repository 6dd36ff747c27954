//! Days as people write them: a text comes in; the day that it says goes out, or what to write
//! instead.

use jiff::civil::Date;

use super::as_of::AsOf;

/// What a text that is no date seems to mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meant {
    Day(Date),
    /// The month may come before the day, or behind it.
    Either(Date, Date),
    /// A month that has no such day.
    NoSuchDay(AsOf),
    Part(AsOf),
    Time,
    Nothing,
}

/// Returns the day of a text: `2026-11-05`, alone or before a time, with a zone or without:
/// `2026-11-05T23:30:00-08:00`, `2026-11-05 10:00 +0100`. The day counts as it is written.
pub(super) fn day(text: &str) -> Option<Date> {
    let (day, rest) = text.trim().split_at_checked(10)?;
    let Some(AsOf::Day(day)) = AsOf::parse(day) else {
        return None;
    };
    let time = rest.strip_prefix(['T', 't', ' ']).map(str::trim);
    if rest.is_empty() || time.is_some_and(is_time) {
        Some(day)
    } else {
        None
    }
}

/// Returns true if a text is a time: `10:00`, `10:00:30.5`, with a zone or without.
fn is_time(text: &str) -> bool {
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.')))
        .unwrap_or(text.len());
    let (clock, zone) = (&text[..end], text[end..].trim());
    let mut parts = clock.split(':');
    let number = |part: Option<&str>, most: u32, lengths: &[usize]| {
        part.is_some_and(|part| {
            lengths.contains(&part.len()) && part.parse().is_ok_and(|n: u32| n <= most)
        })
    };
    let is_clock = number(parts.next(), 24, &[1, 2]) && number(parts.next(), 59, &[2]);
    let is_second = |part: &str| number(part.split('.').next(), 60, &[2]);
    is_clock && parts.next().is_none_or(is_second) && parts.next().is_none() && is_zone(zone)
}

/// `Z`, `UTC`, `+01:00`, `-0800`, `+1`, or nothing.
fn is_zone(text: &str) -> bool {
    let is_number = |text: &str| {
        (1..=5).contains(&text.len())
            && text
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b':')
    };
    text.strip_prefix(['+', '-']).map_or(
        text.len() <= 5 && text.bytes().all(|byte| byte.is_ascii_alphabetic()),
        is_number,
    )
}

/// What a message says of a text that is no date.
pub(super) struct Advice {
    pub message: String,
    /// What to write instead.
    pub help: String,
}

/// Says what is wrong with a text where a day is wanted.
pub(super) fn advice(text: &str) -> Advice {
    let (message, help) = match meant(text) {
        Meant::Day(day) => (
            format!("`{text}` is not how a day is written here"),
            format!("write {day}"),
        ),
        Meant::Either(first, second) => (
            format!("`{text}` may be two days"),
            format!("write {first} when the month comes first, {second} when the day comes first"),
        ),
        Meant::NoSuchDay(month) => (
            format!("no calendar has the day {text}"),
            format!(
                "correct the date; the last day of that month is {}",
                month.last_day()
            ),
        ),
        Meant::Part(part) => (
            format!("`{text}` names no day"),
            format!("write the day as well, such as {}", part.first_day()),
        ),
        Meant::Time => (
            format!("`{text}` is a time without a day"),
            "write the day, such as 2026-11-22".to_owned(),
        ),
        Meant::Nothing => (
            format!("`{text}` is no date"),
            "write the day as 2026-11-22".to_owned(),
        ),
    };
    Advice { message, help }
}

/// Says what is wrong with a text where a month or a year will do. In TOML a month needs quotes.
pub(super) fn advice_for_as_of(text: &str) -> Advice {
    match meant(text) {
        Meant::Part(part) => Advice {
            message: format!("`{text}` is not how a month is written here"),
            help: format!("write \"{part}\""),
        },
        Meant::Nothing | Meant::Time => Advice {
            message: format!("`{text}` is no year, month or day"),
            help: "write \"2026\", \"2026-11\" or 2026-11-22".to_owned(),
        },
        _ => advice(text),
    }
}

/// Returns true if a text that is no date seems to mean one.
pub(super) fn is_meant(text: &str) -> bool {
    meant(text) != Meant::Nothing
}

/// A part of a date: a number with as many digits as it has, or a month by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Number(i16, usize),
    Month(i8),
}

/// Reads what a text seems to mean. (Long, because it lists the forms that people write.)
fn meant(text: &str) -> Meant {
    let text = text.trim();
    if is_time(text) && text.contains(':') {
        return Meant::Time;
    }
    let Some(parts) = parts(text) else {
        return Meant::Nothing;
    };
    match *parts.as_slice() {
        [Part::Number(year, 4)] => Meant::Part(AsOf::Year(year)),
        [Part::Month(month), Part::Number(year, 4)]
        | [Part::Number(year, 4), Part::Month(month)] => Meant::Part(AsOf::Month(year, month)),
        [Part::Number(month, 1 | 2), Part::Number(year, 4)]
        | [Part::Number(year, 4), Part::Number(month, 1 | 2)] => month_of(year, month),
        [
            Part::Month(month),
            Part::Number(day, 1 | 2),
            Part::Number(year, 4),
        ]
        | [
            Part::Number(day, 1 | 2),
            Part::Month(month),
            Part::Number(year, 4),
        ]
        | [
            Part::Number(year, 4),
            Part::Month(month),
            Part::Number(day, 1 | 2),
        ] => day_of(year, month.into(), day),
        [
            Part::Month(month),
            Part::Number(day, 1 | 2),
            Part::Number(year, 2),
        ]
        | [
            Part::Number(day, 1 | 2),
            Part::Month(month),
            Part::Number(year, 2),
        ] => day_of(2000 + year, month.into(), day),
        [
            Part::Number(year, 4),
            Part::Number(month, 1 | 2),
            Part::Number(day, 1 | 2),
        ] if month <= 12 => day_of(year, month, day),
        [
            Part::Number(year, 4),
            Part::Number(day, 1 | 2),
            Part::Number(month, 1 | 2),
        ] => day_of(year, month, day),
        // With points, the day comes first wherever dates are written so.
        [
            Part::Number(day, 1 | 2),
            Part::Number(month, 1 | 2),
            Part::Number(year, 4),
        ] if text.contains('.') => day_of(year, month, day),
        [
            Part::Number(a, 1 | 2),
            Part::Number(b, 1 | 2),
            Part::Number(year, 4),
        ] => either(year, a, b),
        [
            Part::Number(a, 1 | 2),
            Part::Number(b, 1 | 2),
            Part::Number(year, 2),
        ] => either(2000 + year, a, b),
        _ => Meant::Nothing,
    }
}

fn month_of(year: i16, month: i16) -> Meant {
    i8::try_from(month)
        .ok()
        .filter(|month| (1..=12).contains(month))
        .map_or(Meant::Nothing, |month| {
            Meant::Part(AsOf::Month(year, month))
        })
}

fn day_of(year: i16, month: i16, day: i16) -> Meant {
    let (Ok(month), Ok(number)) = (i8::try_from(month), i8::try_from(day)) else {
        return Meant::Nothing;
    };
    match Date::new(year, month, number) {
        Ok(day) => Meant::Day(day),
        Err(_) if (1..=12).contains(&month) && day > 0 => {
            Meant::NoSuchDay(AsOf::Month(year, month))
        }
        Err(_) => Meant::Nothing,
    }
}

fn either(year: i16, a: i16, b: i16) -> Meant {
    match (day_of(year, a, b), day_of(year, b, a)) {
        (Meant::Day(first), Meant::Day(second)) if first != second => Meant::Either(first, second),
        (Meant::Day(day), _) | (_, Meant::Day(day)) => Meant::Day(day),
        (Meant::Nothing, other) | (other, _) => other,
    }
}

/// The numbers and months of a text, a time at its end left out; none when anything else stands in
/// it.
fn parts(text: &str) -> Option<Vec<Part>> {
    let day = text.split_once(':').map_or(text, |(start, _)| {
        start
            .trim_end_matches(|c: char| c.is_ascii_digit())
            .trim_end_matches(['T', 't'])
    });
    let mut found = vec![];
    for word in day
        .split(|c: char| c.is_whitespace() || matches!(c, '/' | '.' | '-' | ','))
        .filter(|word| !word.is_empty())
    {
        let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, letters) = word.split_at(digits);
        let mut add = |number: &str| {
            number
                .parse()
                .ok()
                .map(|value| found.push(Part::Number(value, number.len())))
        };
        match (digits, letters.to_lowercase().as_str()) {
            (0, word) if is_filler(word) => {}
            (0, word) => found.push(Part::Month(month(word)?)),
            (8, "") => [0..4, 4..6, 6..8]
                .into_iter()
                .try_for_each(|digits| add(&number[digits]))?,
            (1 | 2 | 4, "" | "st" | "nd" | "rd" | "th") => add(number)?,
            _ => return None,
        }
    }
    Some(found)
}

/// Words that a date may have without meaning anything by them.
fn is_filler(word: &str) -> bool {
    ["of", "the", "de", "der", "den"].contains(&word)
        || DAYS
            .iter()
            .any(|day| word.len() >= 3 && day.starts_with(word))
}

/// A month by its name in English or German, or by three letters of it or more.
fn month(word: &str) -> Option<i8> {
    let begins = |name: &&str| name.starts_with(word);
    let at = MONTHS
        .iter()
        .position(|names| names.iter().any(begins))
        .filter(|_| word.chars().count() >= 3)?;
    i8::try_from(at + 1).ok()
}

const MONTHS: [&[&str]; 12] = [
    &["january", "januar", "jänner"],
    &["february", "februar"],
    &["march", "märz", "maerz"],
    &["april"],
    &["may", "mai"],
    &["june", "juni"],
    &["july", "juli"],
    &["august"],
    &["september"],
    &["october", "oktober"],
    &["november"],
    &["december", "dezember"],
];

const DAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_counts_as_it_is_written() {
        for text in [
            "2026-11-05",
            " 2026-11-05 ",
            "2026-11-05T23:30:00-08:00",
            "2026-11-05t00:00:00z",
            "2026-11-05 10:00:00 +0100",
            "2026-11-05 10:00:00.123 +1",
            "2026-11-05T10:00",
            "2026-11-05 9:05",
            "2026-11-05 10:00:00 UTC",
            "2026-11-05T10:00:00.000000Z",
        ] {
            assert_eq!(
                day(text).map(|day| day.to_string()).as_deref(),
                Some("2026-11-05"),
                "{text}"
            );
        }
        for text in [
            "",
            "2026-11-5",
            "2026-02-30",
            "2026-11-05T",
            "2026-11-05T25:00",
            "2026-11-05T10",
            "2026-11-05 soon",
            "2026-11-05T10:00:00+",
            "10:00",
            "2026-11-05é10",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn odd_forms_are_read_where_they_have_one_meaning() {
        for (text, says) in [
            ("12/31/2026", "write 2026-12-31"),
            ("31/12/2026", "write 2026-12-31"),
            ("31.12.2026", "write 2026-12-31"),
            ("1.2.2026", "write 2026-02-01"),
            ("31-12-2026", "write 2026-12-31"),
            ("2026-1-5", "write 2026-01-05"),
            ("2026/01/05", "write 2026-01-05"),
            ("2026.1.5", "write 2026-01-05"),
            ("2026-31-12", "write 2026-12-31"),
            ("Nov 5, 2026", "write 2026-11-05"),
            ("November 5th, 2026", "write 2026-11-05"),
            ("5 November 2026", "write 2026-11-05"),
            ("5. März 2026", "write 2026-03-05"),
            ("5th of Nov 2026", "write 2026-11-05"),
            ("Thu, 05 Nov 2026 10:00:00 +0100", "write 2026-11-05"),
            ("5-Nov-2026", "write 2026-11-05"),
            ("5 Sept 26", "write 2026-09-05"),
            ("20261105", "write 2026-11-05"),
            ("20261105T100000Z", "write the day as 2026-11-22"),
            ("12/31/26", "write 2026-12-31"),
            ("12/31/2026 10:00", "write 2026-12-31"),
            ("2026-11-05T25:00", "write 2026-11-05"),
            ("2026-1-5T10:00:00", "write 2026-01-05"),
            ("05/05/2026", "write 2026-05-05"),
            (
                "01/02/2026",
                "write 2026-01-02 when the month comes first, 2026-02-01 when the day comes first",
            ),
            (
                "01-02-26",
                "write 2026-01-02 when the month comes first, 2026-02-01 when the day comes first",
            ),
            (
                "2026-02-30",
                "correct the date; the last day of that month is 2026-02-28",
            ),
            (
                "30 Feb 2024",
                "correct the date; the last day of that month is 2024-02-29",
            ),
            ("2026", "write the day as well, such as 2026-01-01"),
            ("2026-11", "write the day as well, such as 2026-11-01"),
            ("Nov 2026", "write the day as well, such as 2026-11-01"),
            ("11/2026", "write the day as well, such as 2026-11-01"),
            ("10:00", "write the day, such as 2026-11-22"),
            ("10:00:00", "write the day, such as 2026-11-22"),
            ("soon", "write the day as 2026-11-22"),
            ("2026-13-40", "write the day as 2026-11-22"),
            ("1/2/3/4", "write the day as 2026-11-22"),
            ("99999999", "write the day as 2026-11-22"),
            ("", "write the day as 2026-11-22"),
        ] {
            assert_eq!(advice(text).help, says, "{text}");
        }
        for (text, says) in [
            ("11/2026", "write \"2026-11\""),
            ("Nov 2026", "write \"2026-11\""),
            ("12/31/2026", "write 2026-12-31"),
            ("last year", "write \"2026\", \"2026-11\" or 2026-11-22"),
        ] {
            assert_eq!(advice_for_as_of(text).help, says, "{text}");
        }
    }
}
