//! Different words with numbers: words come in, each gets the number that it has had before or the next one.
//! A hash table of our own, for it must give the same order everywhere, and most words are told apart by eight bytes.

/// Words in the order in which they first came.
#[derive(Default)]
pub struct Vocabulary {
    letters: String,
    words: Vec<Word>,
    /// Numbers of words plus one, where their hashes say or after that; a power of two of them, half of them empty.
    slots: Vec<u32>,
}

struct Word {
    /// The first letters as a number of the same order.
    first: u64,
    start: u32,
    length: u32,
}

/// Odd, and its bits are even: 2^64 divided by the golden ratio.
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;
const FEWEST_SLOTS: usize = 1024;

impl Vocabulary {
    /// The number of a word.
    pub fn number(&mut self, word: &str) -> usize {
        if self.slots.len() < self.words.len() * 2 + FEWEST_SLOTS {
            self.grow();
        }
        let first = first_letters(word);
        let mut slot = self.slot(first, word);
        loop {
            let number = self.slots[slot] as usize;
            if number == 0 {
                return self.add(first, word, slot);
            }
            let known = &self.words[number - 1];
            // Short words are their first letters.
            if known.first == first && known.length as usize == word.len() && (word.len() <= 8 || self.bytes(known) == word.as_bytes()) {
                return number - 1;
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
    }

    /// All words in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|word| self.text(word))
    }

    /// All numbers in the order of their words, with the words.
    pub fn sorted(&self) -> Vec<(usize, &str)> {
        let mut numbers: Vec<(u64, usize)> = self.words.iter().enumerate().map(|(number, word)| (word.first, number)).collect();
        numbers.sort_unstable();
        // Only longer words can differ still.
        for alike in numbers.chunk_by_mut(|a, b| a.0 == b.0) {
            alike.sort_unstable_by_key(|(_, number)| self.bytes(&self.words[*number]));
        }
        numbers.into_iter().map(|(_, number)| (number, self.text(&self.words[number]))).collect()
    }

    fn text(&self, word: &Word) -> &str {
        &self.letters[word.start as usize..(word.start + word.length) as usize]
    }

    fn bytes(&self, word: &Word) -> &[u8] {
        &self.letters.as_bytes()[word.start as usize..(word.start + word.length) as usize]
    }

    fn slot(&self, first: u64, word: &str) -> usize {
        let last = word.as_bytes().last_chunk().map_or(0, |eight| u64::from_le_bytes(*eight));
        let hash = (first ^ last.rotate_left(29) ^ word.len() as u64).wrapping_mul(SPREAD);
        // The upper bits are the spread ones; a table has far fewer slots than 2^32.
        (hash >> 32) as usize & (self.slots.len() - 1)
    }

    fn add(&mut self, first: u64, word: &str, slot: usize) -> usize {
        let number = self.words.len();
        // Words of more than four gigabytes do not come: a part of the site is looked at at a time.
        let (start, length) = (u32::try_from(self.letters.len()).unwrap_or(u32::MAX), u32::try_from(word.len()).unwrap_or(0));
        self.letters.push_str(word);
        self.words.push(Word { first, start, length });
        self.slots[slot] = u32::try_from(number + 1).unwrap_or(u32::MAX);
        number
    }

    fn grow(&mut self) {
        self.slots = vec![0; (self.slots.len() * 2).max(FEWEST_SLOTS * 2)];
        for (number, word) in self.words.iter().enumerate() {
            let mut slot = self.slot(word.first, self.text(word));
            while self.slots[slot] != 0 {
                slot = (slot + 1) & (self.slots.len() - 1);
            }
            self.slots[slot] = u32::try_from(number + 1).unwrap_or(u32::MAX);
        }
    }
}

/// The first eight bytes of a word as a number of the same order.
fn first_letters(word: &str) -> u64 {
    let bytes = word.as_bytes();
    if let Some(eight) = bytes.first_chunk() {
        return u64::from_be_bytes(*eight);
    }
    // Two chunks that overlap are quicker than a loop.
    match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(first), Some(last)) => {
            let rest = u64::from(u32::from_be_bytes(*last)) << (64 - 8 * bytes.len());
            u64::from(u32::from_be_bytes(*first)) << 32 | rest & 0xFFFF_FFFF
        }
        _ => bytes.iter().zip([56, 48, 40]).fold(0, |letters, (byte, shift)| letters | u64::from(*byte) << shift),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_keeps_its_number_and_all_have_an_order() {
        let mut vocabulary = Vocabulary::default();
        let words: Vec<String> = (0..5000).map(|number| format!("{}{}", ["", "a", "engineering", "é"][number % 4], number * 7919 % 5000)).collect();
        let numbers: Vec<usize> = words.iter().map(|word| vocabulary.number(word)).collect();
        assert_eq!(words.iter().map(|word| vocabulary.number(word)).collect::<Vec<_>>(), numbers);
        assert_eq!(vocabulary.iter().collect::<Vec<_>>(), words);
        let mut sorted: Vec<(usize, &str)> = numbers.into_iter().zip(words.iter().map(String::as_str)).collect();
        sorted.sort_by_key(|(_, word)| *word);
        assert_eq!(vocabulary.sorted(), sorted);
    }

    #[test]
    fn first_letters_have_the_order_of_words() {
        let words = ["", "a", "ab", "abc", "abcd", "abcde", "abcdef", "abcdefg", "abcdefgh", "abcdeg", "abd", "b"];
        assert!(words.windows(2).all(|pair| first_letters(pair[0]) < first_letters(pair[1])));
        assert_eq!(first_letters("abcdefghi"), first_letters("abcdefghz"));
    }

    #[test]
    fn words_that_begin_alike_are_told_apart() {
        let mut vocabulary = Vocabulary::default();
        let words = ["", "a", "aa", "engineer", "engineers", "engineering", "engineering"];
        assert_eq!(words.map(|word| vocabulary.number(word)), [0, 1, 2, 3, 4, 5, 5]);
    }
}
