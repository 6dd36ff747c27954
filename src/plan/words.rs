//! Lists of words in the language of the site: "a, b and c".

use super::Plan;

impl Plan {
    /// "a, b and c".
    pub(super) fn join_and(&self, words: &[String]) -> String {
        self.join(words, "list_and")
    }

    /// "a, b or c".
    pub(super) fn join_or(&self, words: &[String]) -> String {
        self.join(words, "list_or")
    }

    fn join(&self, words: &[String], key: &str) -> String {
        match words {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => self.strings().fill(key, &[("first", &first.join(self.strings().get("list_separator"))), ("last", last)]),
        }
    }
}
