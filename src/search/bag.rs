//! The words of one text: words with weights come in, each word once with its weight goes out.

use super::words;
use crate::ordered;

/// A word that is in a text this often weighs more.
const OFTEN: u8 = 3;

/// The words of one page or article.
#[derive(Default)]
pub struct Bag {
    words: ordered::Map<Box<str>, Uses>,
}

/// Where a word was met.
struct Uses {
    /// The highest weight of a text that has it.
    weight: u8,
    /// How often it came.
    count: u8,
}

impl Bag {
    /// Adds the words of a text; a weight is 1, 2 or 3.
    pub fn add(&mut self, text: &str, weight: u8) {
        words::each(text, |word| match self.words.get_mut(word) {
            Some(uses) => {
                uses.weight = uses.weight.max(weight);
                uses.count = uses.count.saturating_add(1);
            }
            None => {
                self.words.insert(word.into(), Uses { weight, count: 1 });
            }
        });
    }

    /// Adds the words of a name, and the name as a whole: its words with a space before each.
    pub fn add_name(&mut self, name: &str, weight: u8) {
        self.add(name, weight);
        let mut whole = String::with_capacity(name.len() + 1);
        words::each(name, |word| whole.extend([" ", word]));
        if !whole.is_empty() {
            let known = self.words.entry(whole.into());
            let uses = known.or_insert(Uses { weight, count: 1 });
            uses.weight = uses.weight.max(weight);
        }
    }

    /// Returns a line for each word, in the order in which they came: its weight and itself.
    pub fn finish(self) -> String {
        let mut lines = String::with_capacity(self.words.len() * 10);
        for (word, uses) in self.words {
            let is_often = uses.weight == 1 && uses.count >= OFTEN;
            let weight = if is_often { 2 } else { uses.weight };
            lines.push(char::from(b'0' + weight));
            lines.push_str(&word);
            lines.push('\n');
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_in_as_a_whole_too() {
        let mut bag = Bag::default();
        bag.add_name("Ward Sister", 2);
        bag.add_name("WARD-SISTER!", 3);
        bag.add_name("…", 3);
        assert_eq!(bag.finish(), "3ward\n3sister\n3 ward sister\n");
    }

    #[test]
    fn each_word_comes_once_with_its_weight() {
        let mut bag = Bag::default();
        bag.add("Pay for the engineers: pay, the engineering, the rest", 1);
        bag.add("Engineers", 3);
        assert_eq!(
            bag.finish(),
            "1pay\n1for\n2the\n3engineers\n1engineering\n1rest\n"
        );
    }
}
