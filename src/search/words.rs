//! Words: a text of any language comes in, folded words go out: without case, without accents. The
//! search script folds what is typed in the same way (`fold` in search.js); the two must not
//! differ.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest word that is indexed, in bytes: what is longer was not written to be found.
const LONGEST: usize = 64;

/// Of each byte the small letter or the digit that it is; 0 for other ASCII, 1 for parts of other
/// letters.
const FOLDED: [u8; 256] = {
    let mut folded = [1; 256];
    let mut ascii = 0_u8;
    while ascii < 128 {
        folded[ascii as usize] = if ascii.is_ascii_alphanumeric() {
            ascii.to_ascii_lowercase()
        } else {
            0
        };
        ascii += 1;
    }
    folded
};

/// Calls back for each word of a text.
pub fn each(text: &str, mut found: impl FnMut(&str)) {
    let (bytes, mut word, mut at) = (text.as_bytes(), String::new(), 0);
    while let Some(byte) = bytes.get(at) {
        match FOLDED[usize::from(*byte)] {
            0 => {
                // C# and C++ are words.
                match &bytes[at..] {
                    [b'#', ..] if !word.is_empty() => word.push('#'),
                    [b'+', b'+', ..] if !word.is_empty() => word.push_str("++"),
                    _ => {}
                }
                end(&mut word, &mut found);
                at += 1;
            }
            1 => {
                let c = text[at..].chars().next().unwrap_or_default();
                fold(c, &mut word, &mut found);
                at += c.len_utf8();
            }
            _ => at = ascii(text, at, &mut word, &mut found),
        }
    }
    end(&mut word, &mut found);
}

/// Takes ASCII letters and digits from `start` on; gives where they end. Most words are no more
/// than that, and small: they need no copy.
fn ascii(text: &str, start: usize, word: &mut String, found: &mut impl FnMut(&str)) -> usize {
    let (mut end, mut capitals) = (start, 0);
    for byte in &text.as_bytes()[start..] {
        let folded = FOLDED[usize::from(*byte)];
        if folded <= 1 {
            break;
        }
        capitals |= folded ^ byte;
        end += 1;
    }
    let letters = &text[start..end];
    let goes_on = text
        .as_bytes()
        .get(end)
        .is_some_and(|next| matches!(next, b'#' | b'+' | 128..));
    if word.is_empty() && capitals == 0 && !goes_on && letters.len() <= LONGEST {
        found(letters);
    } else {
        let before = word.len();
        word.push_str(letters);
        word[before..].make_ascii_lowercase();
    }
    end
}

fn end(word: &mut String, found: &mut impl FnMut(&str)) {
    if !word.is_empty() && word.len() <= LONGEST {
        found(word);
    }
    word.clear();
}

fn fold(c: char, word: &mut String, found: &mut impl FnMut(&str)) {
    for c in std::iter::once(c)
        .nfkd()
        .filter(|c| !is_combining_mark(*c) && *c != '\u{AD}')
        .flat_map(char::to_lowercase)
    {
        match c {
            'ß' => word.push_str("ss"),
            'æ' => word.push_str("ae"),
            'œ' => word.push_str("oe"),
            'ø' => word.push('o'),
            'ł' => word.push('l'),
            'đ' => word.push('d'),
            'ı' => word.push('i'),
            'ς' => word.push('σ'),
            c if is_dense(c) => {
                end(word, found);
                word.push(c);
                end(word, found);
            }
            c if c.is_alphanumeric() => word.push(c),
            _ => end(word, found),
        }
    }
}

/// Letters of scripts that put no space between words: each is a word.
fn is_dense(c: char) -> bool {
    matches!(c as u32, 0x0E00..=0x0EFF | 0x3040..=0x30FF | 0x3400..=0x9FFF | 0xF900..=0xFAFF)
        && c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut words = vec![];
        each(text, |word| words.push(word.to_owned()));
        words
    }

    #[test]
    fn case_and_accents_are_folded_and_nothing_else_is_lost() {
        assert_eq!(
            words("The Résumé of an ÉTUDIANTE"),
            ["the", "resume", "of", "an", "etudiante"]
        );
        assert_eq!(
            words("Straße, Øre & ﬁne e\u{301}te\u{AD}s"),
            ["strasse", "ore", "fine", "etes"]
        );
        assert_eq!(words("ΟΔΟΣ οδός, Москва"), ["οδοσ", "οδοσ", "москва"]);
    }

    #[test]
    fn names_of_languages_and_letters_of_dense_scripts_are_words() {
        assert_eq!(
            words("C++, C#/F# or R; a+b #tag"),
            ["c++", "c#", "f#", "or", "r", "a", "b", "tag"]
        );
        assert_eq!(words("給料は2026年"), ["給", "料", "は", "2026", "年"]);
        assert_eq!(words(&"x".repeat(65)), [""; 0]);
    }
}
