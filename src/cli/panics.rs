//! What people see when Rungs itself has a bug: a panic that nobody caught comes in, a message that says so goes out.
//! A panic that was caught (the Markdown parser has some; `content` turns them into diagnostics) is never mentioned.

use std::any::Any;
use std::panic;
use std::sync::{Mutex, PoisonError};

/// The words of each panic so far, and where in the program it was. Which one mattered is known when it gets to `main`.
static SEEN: Mutex<Vec<(String, String)>> = Mutex::new(vec![]);

/// Remembers panics instead of printing them.
pub fn remember() {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(|place| format!("{}:{}", place.file(), place.line())).unwrap_or_default();
        SEEN.lock().unwrap_or_else(PoisonError::into_inner).push((words(info.payload()), place));
    }));
}

/// What to say about the panic that ended the command.
pub fn explain(payload: &(dyn Any + Send)) -> String {
    let words = words(payload);
    let seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    let place = seen.iter().rev().find(|(known, _)| *known == words).map_or("an unknown place", |(_, place)| place);
    format!(
        "error: this is a bug in Rungs {}, not in your site: {words} ({place})\n  \
         The output folder is as it was.\n  \
         Please report these lines, with the command and, if you can, the file that brings it about.\n",
        env!("CARGO_PKG_VERSION")
    )
}

fn words(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no words").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bug_is_called_a_bug() {
        let text = explain(&format!("index {} of {}", 3, 2));
        assert!(text.starts_with("error: this is a bug in Rungs") && text.contains("index 3 of 2"), "{text}");
    }
}
