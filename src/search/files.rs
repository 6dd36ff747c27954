//! The files of an index: words with their pages come in, JSON goes out. `docs/machines.md` says what stands in it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::Arc;

use serde_json::{Value, json};

use super::postings::Postings;
use crate::kind::Kind;
use crate::plan::{PAGES_A_FILE, Plan, SearchSizes};

/// Digits of the numbers in a list of pages; six bits each.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// What stands for a file without words: no word comes after it.
const AFTER_ALL: &str = "\u{FFFF}";

/// All files, in the order of `Plan::search_urls`.
pub fn write(plan: &Plan, names: &Postings, text: &Postings) -> Vec<Arc<[u8]>> {
    let sizes = SearchSizes::of(plan.found.len());
    let (names, first_names) = split(names, sizes.names);
    let (text, first_text) = split(text, sizes.text);
    let list = Arc::from((list(plan, &first_names, &first_text).to_string() + "\n").into_bytes());
    let pages = plan.found.chunks(PAGES_A_FILE).map(|pages| {
        let rows: Vec<Value> = pages.iter().map(|index| json!(plan.search_row(&plan.pages[*index]))).collect();
        Arc::from((Value::from(rows).to_string() + "\n").into_bytes())
    });
    std::iter::once(list).chain(names).chain(text).chain(pages).collect()
}

/// What is fetched first: where words are, and what can be filtered by.
fn list(plan: &Plan, names: &[String], text: &[String]) -> Value {
    let pages = || plan.found.iter().map(|index| &plan.pages[*index]);
    let (kinds, kind) = numbered(Kind::ALL.iter().map(|kind| plan.search_group(*kind)), pages().map(|page| plan.search_group(page.kind)), 1);
    let (categories, category) = numbered(plan.search_categories(), pages().map(|page| plan.search_category(page)), 2);
    json!({
        "size": PAGES_A_FILE, "names": names, "text": text,
        "kinds": kinds, "kind": kind, "categories": categories, "category": category,
    })
}

/// Those of all names that some values are, in their order, and for each value so many digits that say which one it is.
fn numbered(names: impl Iterator<Item = String>, values: impl Iterator<Item = String>, digits: u32) -> (Vec<String>, String) {
    let values: Vec<String> = values.collect();
    let used: BTreeSet<&String> = values.iter().collect();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut different = vec![];
    for name in names.filter(|name| used.contains(name)) {
        if !places.contains_key(&name) && different.len() < 64_usize.pow(digits) {
            places.insert(name.clone(), different.len());
            different.push(name);
        }
    }
    // More of them than digits can tell apart count as the first.
    let numbers = values.iter().map(|value| places.get(value).copied().unwrap_or(0));
    let written = numbers.flat_map(|number| (0..digits).map(move |digit| char::from(DIGITS[number >> (6 * digit) & 63]))).collect();
    (different, written)
}

/// The words in so many files of about the same size, and the first word of each.
fn split(postings: &Postings, files: usize) -> (Vec<Arc<[u8]>>, Vec<String>) {
    // Browsers order texts by UTF-16; the two orders differ beyond the first plane.
    let mut words: Vec<(&str, String)> = postings.0.iter().map(|(word, pages)| (&**word, digits(pages))).collect();
    words.sort_by(|(a, _), (b, _)| if a.is_ascii() && b.is_ascii() { a.cmp(b) } else { a.encode_utf16().cmp(b.encode_utf16()) });
    let size = |(word, pages): &(&str, String)| word.len() + pages.len() + 6;
    let total = words.iter().map(size).sum::<usize>().max(1);
    let mut written: Vec<(String, Option<&str>)> = vec![(String::new(), None); files];
    let mut before = 0;
    for row in &words {
        let (text, first) = &mut written[before * files / total];
        before += size(row);
        let (word, pages) = row;
        // No word and no digit needs an escape. Writing to a String cannot fail.
        let _ = write!(text, "{}\"{word}\":\"{pages}\"", if first.is_some() { ",\n" } else { "" });
        first.get_or_insert(word);
    }
    let mut next = AFTER_ALL;
    let mut firsts: Vec<String> = vec![];
    for (_, first) in written.iter().rev() {
        next = first.unwrap_or(next);
        firsts.push(next.to_owned());
    }
    firsts.reverse();
    (written.into_iter().map(|(text, _)| Arc::from(format!("{{{text}}}\n").into_bytes())).collect(), firsts)
}

/// Pages as digits: the distance from the page before and the weight in one number, five bits a digit, the lowest first; the
/// sixth bit says that more follow.
fn digits(pages: &[u32]) -> String {
    let mut text = String::with_capacity(pages.len() * 2);
    let mut last = 0;
    for page in pages {
        let mut number = ((page >> 2) - last) << 2 | page & 3;
        last = page >> 2;
        loop {
            let more = number > 31;
            text.push(char::from(DIGITS[(number & 31 | u32::from(more) << 5) as usize]));
            number >>= 5;
            if !more {
                break;
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_written_as_distances_with_weights() {
        assert_eq!(digits(&[3, 1 << 2 | 1]), "DF", "page 0 with 3, page 1 with 1");
        assert_eq!(digits(&[8 << 2 | 1]), "hB", "33 is 1 and one more digit, 1");
    }

    #[test]
    fn files_are_even_and_know_their_first_word() {
        let word = |word: &str, pages: usize| (word.into(), (0..pages).map(|page| u32::try_from(page).unwrap() << 2 | 1).collect::<Vec<u32>>());
        let postings = Postings(vec![word("a", 1), word("b", 200), word("c", 1), word("d", 1)]);
        let (files, firsts) = split(&postings, 4);
        assert_eq!(firsts, ["a", "c", "c", "c"], "a word is in one file, and a file without words has the first of the next");
        assert_eq!(files.iter().map(|file| serde_json::from_slice::<Value>(file).unwrap().as_object().unwrap().len()).collect::<Vec<_>>(), [2, 0, 0, 2]);
        assert_eq!(split(&Postings::default(), 2).1, [AFTER_ALL, AFTER_ALL]);
    }

    #[test]
    fn values_are_numbered() {
        let texts = |texts: &[&'static str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<String>>().into_iter();
        let (names, digits) = numbered(texts(&["c", "b", "c", "a"]), texts(&["b", "a", "b"]), 2);
        assert_eq!((names, digits.as_str()), (texts(&["b", "a"]).collect(), "AABAAA"));
    }
}
