//! The build date: `SOURCE_DATE_EPOCH` or the clock comes in, a day in UTC goes out.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::exit::Failure;

/// The environment variable with which reproducible builds set the time:
/// <https://reproducible-builds.org/specs/source-date-epoch/>.
const VARIABLE: &str = "SOURCE_DATE_EPOCH";

/// Returns the day for which the site is built.
pub fn build_date() -> Result<Date, Failure> {
    let moment = match std::env::var_os(VARIABLE) {
        None => Timestamp::now(),
        Some(text) => text.to_str().and_then(moment).ok_or_else(|| {
            let message =
                format!("{VARIABLE} is {text:?}, and must be a number of seconds since 1970");
            Failure::usage(
                message,
                format!("set it to a number such as 1767225600, or remove it: `unset {VARIABLE}`"),
            )
        })?,
    };
    Ok(TimeZone::UTC.to_datetime(moment).date())
}

fn moment(text: &str) -> Option<Timestamp> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Timestamp::from_second(text.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_seconds_are_a_moment() {
        for bad in [
            "",
            "-1",
            "+1",
            "1.5",
            " 1",
            "0x1",
            "99999999999999999999",
            "999999999999999",
        ] {
            assert!(moment(bad).is_none(), "{bad:?} passed");
        }
        assert_eq!(
            TimeZone::UTC
                .to_datetime(moment("1767225599").unwrap())
                .date()
                .to_string(),
            "2025-12-31"
        );
    }
}
