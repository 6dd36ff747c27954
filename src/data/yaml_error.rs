//! The errors of `granit-parser` by kind: its words come in, the kind of mistake goes out. This is the
//! one place that reads them; the test holds each kind against a text that has it.

/// What the parser takes exception to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YamlError {
    /// Values inside values, deeper than the parser follows.
    TooDeep,
    /// A tab where only spaces indent.
    Tab,
    /// A text that begins with a quote and does not end with one.
    Quote,
    Other,
}

impl YamlError {
    /// Reads the words of an error.
    pub fn of(message: &str) -> Self {
        if message.contains("recursion limit") {
            Self::TooDeep
        } else if message.contains("tab") {
            Self::Tab
        } else if message.contains("quote") {
            Self::Quote
        } else {
            Self::Other
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use granit_parser::Parser;

    #[test]
    fn the_words_of_the_parser_are_those_that_are_looked_for() {
        let deep = "[".repeat(100_000);
        for (text, kind) in [
            (deep.as_str(), YamlError::TooDeep),
            ("a:\n\t- b\n", YamlError::Tab),
            ("a: \"b\n", YamlError::Quote),
            ("a: b: c\n", YamlError::Other),
        ] {
            let mut parser = Parser::new_from_str(text);
            let error = std::iter::from_fn(|| parser.next_event())
                .find_map(Result::err)
                .unwrap();
            assert_eq!(YamlError::of(&error.info()), kind, "{}", error.info());
        }
    }
}
