//! Bugs of Rungs: a panic that nobody caught comes in; a message that says so goes out. A panic
//! that was caught (the Markdown parser has some, which `content` turns into diagnostics) is not
//! mentioned.

use std::any::Any;
use std::panic;
use std::sync::{Mutex, PoisonError};

/// All panics so far. Which one ended the command is known when it gets to `main`.
static SEEN: Mutex<Vec<Panic>> = Mutex::new(vec![]);

struct Panic {
    words: String,
    /// Where in the program it was.
    place: String,
}

/// Remembers panics instead of printing them.
pub fn remember() {
    panic::set_hook(Box::new(|info| {
        let place = info
            .location()
            .map(|place| format!("{}:{}", place.file(), place.line()))
            .unwrap_or_default();
        SEEN.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(Panic {
                words: words(info.payload()),
                place,
            });
    }));
}

/// Returns the message about the panic that ended the command.
pub fn explain(payload: &(dyn Any + Send)) -> String {
    let words = words(payload);
    let seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    let place = seen
        .iter()
        .rev()
        .find(|panic| panic.words == words)
        .map_or("an unknown place", |panic| &panic.place);
    format!(
        "error: this is a bug in Rungs {}, not in your site: {words} ({place})\n  \
         The output folder is as it was.\n  \
         Please report these lines, with the command and, if you can, the file that causes it.\n",
        env!("CARGO_PKG_VERSION")
    )
}

fn words(payload: &(dyn Any + Send)) -> String {
    let text = payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no words").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bug_is_called_a_bug() {
        let text = explain(&format!("index {} of {}", 3, 2));
        assert!(
            text.starts_with("error: this is a bug in Rungs") && text.contains("index 3 of 2"),
            "{text}"
        );
    }
}
