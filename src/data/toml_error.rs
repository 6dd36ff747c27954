//! The errors of the `toml` crate by kind: its words come in, the kind of mistake goes out. The crate
//! tells its errors apart by their words only, so this is the one place that reads them; the test
//! holds each kind against a text that has it.

/// What the parser takes exception to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TomlError {
    /// A day or a time that does not exist.
    NoSuchDay,
    /// A key or a table that is there twice.
    Duplicate,
    MissingComma,
    ExtraComma,
    /// A backslash in double quotes.
    Escape,
    /// A text without its quotes.
    Quotes,
    /// A key without `=` behind it.
    Equals,
    /// `[name` or `[[name]`.
    OpenHeader,
    Other,
}

impl TomlError {
    /// Reads the words of an error.
    pub fn of(message: &str) -> Self {
        let has = |words: &[&str]| words.iter().any(|words| message.contains(words));
        if message.starts_with("invalid date") || message.starts_with("invalid time") {
            Self::NoSuchDay
        } else if has(&["duplicate key"]) {
            Self::Duplicate
        } else if has(&["missing comma"]) {
            Self::MissingComma
        } else if has(&["extra comma"]) {
            Self::ExtraComma
        } else if has(&["escape"]) {
            Self::Escape
        } else if has(&["string", "quote"]) {
            Self::Quotes
        } else if has(&["expected `=`"]) {
            Self::Equals
        } else if has(&["unclosed table", "unclosed array table"]) {
            Self::OpenHeader
        } else {
            Self::Other
        }
    }

    /// Returns what to do about a mistake of this kind, where its kind is all that is known of it.
    pub fn help(self) -> Option<&'static str> {
        Some(match self {
            Self::MissingComma => "put a comma between the two",
            Self::ExtraComma => "remove the comma: one stands between two values",
            Self::Escape => "write `\\\\` for a backslash, or put the text in single quotes",
            Self::Quotes => {
                "put texts in quotes: key = \"text\", or key = \"\"\"text over several lines\"\"\""
            }
            Self::Equals => "write `key = value`",
            Self::OpenHeader => "close it: a table is [name], a row of a list is [[name]]",
            Self::NoSuchDay | Self::Duplicate | Self::Other => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use toml::de::DeTable;

    #[test]
    fn the_words_of_the_parser_are_those_that_are_looked_for() {
        for (text, kind) in [
            ("a = 2026-13-01", TomlError::NoSuchDay),
            ("a = 25:00:00", TomlError::NoSuchDay),
            ("a = 1\na = 2", TomlError::Duplicate),
            ("[a]\n[a]", TomlError::Duplicate),
            ("a = [\"b\" \"c\"]", TomlError::MissingComma),
            ("a = [1,, 2]", TomlError::ExtraComma),
            ("a = { b = 1,, c = 2 }", TomlError::ExtraComma),
            ("a = \"\\q\"", TomlError::Escape),
            ("a = clerk", TomlError::Quotes),
            ("a = \"open", TomlError::Quotes),
            ("a", TomlError::Equals),
            ("[a", TomlError::OpenHeader),
            ("[[a]", TomlError::OpenHeader),
            ("a = { b = 1", TomlError::Other),
        ] {
            let (_, errors) = DeTable::parse_recoverable(text);
            let messages: Vec<&str> = errors.iter().map(toml::de::Error::message).collect();
            let found = messages.first().map(|message| TomlError::of(message));
            assert_eq!(found, Some(kind), "{text}: {messages:?}");
        }
    }
}
