//! Days as other generators write them.

use jiff::civil::Date;

/// Formats of days that can mean one day alone: `01/02/2024` is two.
const FORMATS: [&str; 12] = [
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%b %d %Y",
    "%b %d, %Y",
    "%B %d %Y",
    "%B %d, %Y",
    "%d %b %Y",
    "%d %B %Y",
    "%a, %d %b %Y",
    "%a %b %d %Y",
    "%A, %d %B %Y",
];

/// Reads a day; a time that follows is left out, and the day counts as it is written.
pub fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    let plain = text
        .split(['T', 't'])
        .next()
        .filter(|day| day.len() == 10)
        .unwrap_or(text);
    let words: Vec<&str> = plain.split_whitespace().collect();
    // Of `2024-01-05 10:00:00 +0100` the first word is the day, of `Mon, 05 Jan 2024 10:00:00` four are.
    (1..=words.len().min(4)).rev().find_map(|count| {
        let day = words[..count].join(" ");
        FORMATS
            .iter()
            .find_map(|format| Date::strptime(format, &day).ok())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_the_forms_that_are_clear() {
        let clear = [
            "2024-07-08",
            "2024-07-08T22:00:00Z",
            "2024-07-08 22:00:00 +0200",
            "Jul 08 2024",
            "July 8, 2024",
            "8 July 2024",
            "Mon, 08 Jul 2024 10:00:00 +0000",
            "2024/07/08",
            "2024-07-08T10:00",
        ];
        for text in clear {
            assert_eq!(day(text), Some(jiff::civil::date(2024, 7, 8)), "{text}");
        }
        for text in ["07/08/2024", "Last Modified", "2024", "", "2024-13-01"] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
