//! The name of an import, which stands in the names of its files.

use std::fmt;

use crate::config::is_import;

/// 4 to 32 of `[a-z0-9]`: never the tag of a language, which stands at the same place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ImportName(String);

impl ImportName {
    /// Makes a name of a text that is one.
    pub fn new(text: &str) -> Option<Self> {
        is_import(text).then(|| Self(text.to_owned()))
    }

    /// Makes a name of a text, such as the name of a file, as far as its letters allow.
    pub fn of_text(text: &str) -> Option<Self> {
        let plain = text
            .chars()
            .flat_map(char::to_lowercase)
            .filter(char::is_ascii_alphanumeric);
        Self::new(&plain.take(32).collect::<String>())
    }

    /// Returns the name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ImportName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_no_tag_of_a_language() {
        let made = |text| ImportName::of_text(text).map(|name| name.to_string());
        assert_eq!(made("Our wages (2026)"), Some("ourwages2026".to_owned()));
        assert_eq!(made("de"), None);
        assert_eq!(ImportName::new("O*NET"), None);
        assert_eq!(
            ImportName::new("onet").map(|name| name.to_string()),
            Some("onet".to_owned())
        );
    }
}
