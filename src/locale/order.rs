//! The order of words: a text comes in, the key by which it is sorted and the letter under which it
//! is listed go out. This is one level of the Unicode collation: accents and case count only where
//! a language takes them for letters of their own.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Returns a text without its accents, in small letters.
pub fn folded(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Returns the key by which a text is sorted in a language. In the Nordic languages å, ä, ö, æ and ø
/// stand behind z, where Unicode has them.
pub fn key(text: &str, language: &str) -> String {
    match language {
        _ if text.is_ascii() => text.to_ascii_lowercase(),
        "da" | "et" | "fi" | "is" | "nb" | "nn" | "no" | "sv" => {
            text.nfc().flat_map(char::to_lowercase).collect()
        }
        _ => folded(text),
    }
}

/// Returns the capital letter under which an index lists a text; `None` for a text that begins with
/// no letter.
pub fn letter(text: &str, language: &str) -> Option<String> {
    key(text, language)
        .chars()
        .next()
        .filter(|c| c.is_alphabetic())
        .map(|c| c.to_uppercase().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_are_letters_where_the_language_says_so() {
        let letter = |text: &str, language: &str| letter(text, language).unwrap_or_default();
        assert_eq!(
            [
                letter("Ärztin", "de"),
                letter("élève", "fr"),
                letter("Ångström", "sv"),
                letter("3D", "en")
            ],
            ["A", "E", "Å", ""]
        );
        assert_eq!([letter("أمين", "ar"), letter("רופא", "he")], ["ا", "ר"]);
        assert!(key("Äpfel", "de") < key("Birne", "de") && key("Äpfel", "sv") > key("zon", "sv"));
    }
}
