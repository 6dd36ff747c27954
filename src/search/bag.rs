//! The words of one text: words with weights come in, each word once with what it weighs goes out.

use std::ops::Range;

use super::words;

/// A word that stands in a text this often weighs more.
const OFTEN: usize = 3;

/// Words as they come.
#[derive(Default)]
pub struct Bag {
    letters: String,
    words: Vec<(u64, Range<usize>, u8)>,
}

impl Bag {
    /// Adds the words of a text; a weight is 1, 2 or 3.
    pub fn add(&mut self, text: &str, weight: u8) {
        words::each(text, |word| {
            let start = self.letters.len();
            self.letters.push_str(word);
            self.words.push((first_letters(word), start..self.letters.len(), weight));
        });
    }

    /// A line for each word, sorted: its weight and itself.
    pub fn finish(mut self) -> String {
        let letters = &self.letters;
        self.words.sort_unstable_by(|(a, a_word, _), (b, b_word, _)| a.cmp(b).then_with(|| letters[a_word.clone()].cmp(&letters[b_word.clone()])));
        let mut lines = String::with_capacity(letters.len() / 2);
        for same in self.words.chunk_by(|a, b| a.0 == b.0 && letters[a.1.clone()] == letters[b.1.clone()]) {
            let weight = same.iter().map(|(_, _, weight)| *weight).max().unwrap_or(1);
            let weight = if weight == 1 && same.len() >= OFTEN { 2 } else { weight };
            lines.push(char::from(b'0' + weight));
            lines.push_str(&letters[same[0].1.clone()]);
            lines.push('\n');
        }
        lines
    }
}

/// The first bytes of a word as a number of the same order: most words are told apart by it.
pub fn first_letters(word: &str) -> u64 {
    let mut first = [0; 8];
    first.iter_mut().zip(word.bytes()).for_each(|(to, from)| *to = from);
    u64::from_be_bytes(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_comes_once_with_its_weight() {
        let mut bag = Bag::default();
        bag.add("Pay for the engineers: pay, the engineering, the rest", 1);
        bag.add("Engineers", 3);
        assert_eq!(bag.finish(), "3engineers\n1engineering\n1for\n1pay\n1rest\n2the\n".replace("3engineers\n1engineering", "1engineering\n3engineers"));
    }
}
