//! What people see when Rungs itself has a bug: a panic comes in, a message that says so goes to the terminal.

use std::io::Write as _;
use std::panic::{self, PanicHookInfo};

/// Replaces Rust's message, which is for us, with one for the people who meet it.
pub fn explain() {
    panic::set_hook(Box::new(|info| {
        // Nothing can be done when even this cannot be written.
        let _ = writeln!(anstream::stderr(), "{}", message(info));
    }));
}

fn message(info: &PanicHookInfo<'_>) -> String {
    let payload = info.payload();
    let words = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("no words");
    let place = info.location().map(|place| format!(" ({}:{})", place.file(), place.line())).unwrap_or_default();
    format!(
        "error: this is a bug in Rungs {}: {words}{place}\n  \
         The site was not published; the output folder is as it was.\n  \
         Please report these lines, with the command and, if you can, the file that brings it about.",
        env!("CARGO_PKG_VERSION")
    )
}
