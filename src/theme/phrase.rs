//! One string of a theme: a text or its plural forms, with `{placeholders}`; filled texts go out.
//! A placeholder is a name in braces; all other braces are text.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::locale::Category;

/// A text, or one for each plural form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phrase {
    Text(String),
    /// `other` is always there.
    Plural(BTreeMap<Category, String>),
}

impl Phrase {
    /// The text for a plural form; a text without forms is the same for all.
    pub fn form(&self, category: Category) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Plural(forms) => forms
                .get(&category)
                .or_else(|| forms.get(&Category::Other))
                .map_or("", String::as_str),
        }
    }

    /// The text to show where nothing is counted.
    pub fn text(&self) -> &str {
        self.form(Category::Other)
    }

    /// The names of all placeholders, in all forms.
    pub fn placeholders(&self) -> BTreeSet<&str> {
        let texts: Vec<&String> = match self {
            Self::Text(text) => vec![text],
            Self::Plural(forms) => forms.values().collect(),
        };
        texts
            .into_iter()
            .flat_map(|text| placeholders(text).map(|(_, name)| name))
            .collect()
    }
}

/// How a language puts lists together.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    /// Between all but the last two.
    pub separator: String,
    /// Around the last one: `{first} and {last}`.
    pub and: String,
    /// `{first} or {last}`.
    pub or: String,
}

impl Lists {
    /// "a, b and c".
    pub fn all_of(&self, words: &[String]) -> String {
        self.join(words, &self.and)
    }

    /// "a, b or c".
    pub fn any_of(&self, words: &[String]) -> String {
        self.join(words, &self.or)
    }

    fn join(&self, words: &[String], pattern: &str) -> String {
        match words {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => {
                let first = first.join(&self.separator);
                fill(pattern, |name| match name {
                    "first" => Some(first.clone()),
                    "last" => Some(last.clone()),
                    _ => None,
                })
            }
        }
    }
}

/// Fills placeholders; one that `value` knows nothing for stays as it is.
pub fn fill(text: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut from = 0;
    for (range, name) in placeholders(text) {
        filled.push_str(&text[from..range.start]);
        filled.push_str(&value(name).unwrap_or_else(|| text[range.clone()].to_owned()));
        from = range.end;
    }
    filled.push_str(&text[from..]);
    filled
}

/// The placeholders of a text: where each stands with its braces, and its name.
pub fn placeholders(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let open = from + text[from..].find('{')?;
            let inner = &text[open + 1..];
            let length = inner
                .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
                .unwrap_or(inner.len());
            from = open + 1 + length;
            if length > 0 && inner[length..].starts_with('}') {
                from += 1;
                return Some((open..from, &inner[..length]));
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_put_together_as_the_language_does() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let lists = Lists {
            separator: "、".into(),
            and: "{first}と{last}".into(),
            or: "{first} or {last}".into(),
        };
        assert_eq!(
            [
                lists.all_of(&words("a b c")),
                lists.any_of(&words("a b")),
                lists.any_of(&words("a")),
                lists.all_of(&[])
            ],
            ["a、bとc", "a or b", "a", ""]
        );
    }

    #[test]
    fn only_names_in_braces_are_filled() {
        let value = |name: &str| (name == "role").then(|| "Nurse".to_owned());
        assert_eq!(
            fill("{role}: {unknown} {} { role } {{role}} {role", value),
            "Nurse: {unknown} {} { role } {Nurse} {role"
        );
        assert_eq!(fill("no {é} braces", value), "no {é} braces");
    }
}
