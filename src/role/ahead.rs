//! Days that lie ahead: a key and its day come in; a warning goes out.

use jiff::civil::Date;

use crate::diag::{Code, Diagnostic, Scope};

/// Says that a day lies ahead.
pub fn ahead(key: &str, day: impl std::fmt::Display, build_date: Date) -> Diagnostic {
    let message =
        format!("`{key}` is {day}, which lies ahead of the day of the build, {build_date}");
    let fault = Diagnostic::warning(Code::FutureDate, message.clone());
    let fault = fault.help(if key == "posted" {
        "the job is shown from that day on; correct the date if another one is meant"
    } else {
        "correct the date"
    });
    fault.shared(Scope::File, message, "rows", "the same day")
}
