//! The words of one text: words with weights come in, each word once with what it weighs goes out.

use super::words;
use crate::ordered;

/// A word that stands in a text this often weighs more.
const OFTEN: u8 = 3;

/// Words as they come.
#[derive(Default)]
pub struct Bag {
    /// Each word with its weight, and how often it came.
    words: ordered::Map<Box<str>, (u8, u8)>,
}

impl Bag {
    /// Adds the words of a text; a weight is 1, 2 or 3.
    pub fn add(&mut self, text: &str, weight: u8) {
        words::each(text, |word| match self.words.get_mut(word) {
            Some((most, count)) => (*most, *count) = ((*most).max(weight), count.saturating_add(1)),
            None => drop(self.words.insert(word.into(), (weight, 1))),
        });
    }

    /// Adds the words of a name, and the name as a whole: its words with a space before each.
    pub fn add_name(&mut self, name: &str, weight: u8) {
        self.add(name, weight);
        let mut whole = String::with_capacity(name.len() + 1);
        words::each(name, |word| whole.extend([" ", word]));
        if !whole.is_empty() {
            let (most, _) = self.words.entry(whole.into()).or_insert((weight, 1));
            *most = (*most).max(weight);
        }
    }

    /// A line for each word, in the order in which they came: its weight and itself.
    pub fn finish(self) -> String {
        let mut lines = String::with_capacity(self.words.len() * 10);
        for (word, (weight, count)) in self.words {
            let weight = if weight == 1 && count >= OFTEN { 2 } else { weight };
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
        assert_eq!(bag.finish(), "1pay\n1for\n2the\n3engineers\n1engineering\n1rest\n");
    }
}
