//! The files of an index: words with their pages come in, JSON goes out. `docs/machines.md` describes
//! it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::Arc;

use serde_json::{Value, json};

use super::postings::Postings;
use crate::kind::Kind;
use crate::layout::search::PAGES_A_FILE;
use crate::layout::search::SearchSizes;
use crate::pages;
use crate::view::ViewContext;
use crate::view::search;

/// Digits of the numbers in a list of pages; six bits each.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// What stands for a file without words: no word comes after it.
const AFTER_ALL: &str = "\u{FFFF}";

/// Writes all files, in the order of `search_urls`.
pub fn write(cx: &ViewContext<'_>, names: &Postings, text: &Postings) -> Vec<Arc<[u8]>> {
    let sizes = SearchSizes::of(cx.layout.found.whole().len());
    let names = Parts::of(names, sizes.names);
    let text = Parts::of(text, sizes.text);
    let list = list(cx, &names.first_words, &text.first_words);
    let list = Arc::from((list.to_string() + "\n").into_bytes());
    let pages = cx.layout.found.whole().chunks(PAGES_A_FILE).map(|pages| {
        let rows: Vec<Value> = pages
            .iter()
            .map(|index| json!(search::row(cx.site, cx.layout, &cx.layout.pages[*index])))
            .collect();
        Arc::from((Value::from(rows).to_string() + "\n").into_bytes())
    });
    std::iter::once(list)
        .chain(names.files)
        .chain(text.files)
        .chain(pages)
        .collect()
}

/// Makes the file that is fetched first: where words are, and what can be filtered by.
fn list(cx: &ViewContext<'_>, names: &[String], text: &[String]) -> Value {
    let pages = || {
        cx.layout
            .found
            .whole()
            .iter()
            .map(|index| &cx.layout.pages[*index])
    };
    let kinds = Numbered::of(
        Kind::ALL
            .iter()
            .map(|kind| pages::search_group(&cx.wording, *kind)),
        pages().map(|page| pages::search_group(&cx.wording, page.kind)),
        1,
    );
    let categories = Numbered::of(
        search::categories(cx.site, cx.layout),
        pages().map(|page| search::category(cx.site, cx.layout, page)),
        2,
    );
    json!({
        "size": PAGES_A_FILE, "names": names, "text": text,
        "kinds": kinds.names, "kind": kinds.digits,
        "categories": categories.names, "category": categories.digits,
    })
}

/// Values as numbers.
#[derive(Debug, PartialEq, Eq)]
struct Numbered {
    /// The names that are in use, in their order: a number is a place in this list.
    names: Vec<String>,
    /// The number of each value, in so many digits.
    digits: String,
}

impl Numbered {
    fn of(
        names: impl Iterator<Item = String>,
        values: impl Iterator<Item = String>,
        digits: u32,
    ) -> Self {
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
        let numbers = values
            .iter()
            .map(|value| places.get(value).copied().unwrap_or(0));
        let written = numbers.flat_map(|number| {
            (0..digits).map(move |digit| char::from(DIGITS[number >> (6 * digit) & 63]))
        });
        Self {
            names: different,
            digits: written.collect(),
        }
    }
}

/// The words of an index in files of about the same size.
struct Parts {
    files: Vec<Arc<[u8]>>,
    /// The first word of each file; of one without words, that of the next.
    first_words: Vec<String>,
}

impl Parts {
    fn of(postings: &Postings, files: usize) -> Self {
        let rows = rows(postings);
        let size = |row: &Row<'_>| row.word.len() + row.pages.len() + 6;
        let total = rows.iter().map(size).sum::<usize>().max(1);
        let mut texts = vec![String::new(); files];
        let mut firsts: Vec<Option<&str>> = vec![None; files];
        let mut before = 0;
        for row in &rows {
            let file = before * files / total;
            before += size(row);
            let comma = if firsts[file].is_some() { ",\n" } else { "" };
            // No word and no digit needs an escape. Writing to a String cannot fail.
            let _ = write!(texts[file], "{comma}\"{}\":\"{}\"", row.word, row.pages);
            firsts[file].get_or_insert(row.word);
        }
        let mut first_words: Vec<String> = vec![];
        let mut next = AFTER_ALL;
        for first in firsts.into_iter().rev() {
            next = first.unwrap_or(next);
            first_words.push(next.to_owned());
        }
        first_words.reverse();
        let files = texts
            .into_iter()
            .map(|text| Arc::from(format!("{{{text}}}\n").into_bytes()));
        Self {
            files: files.collect(),
            first_words,
        }
    }
}

/// A word with its pages as digits.
struct Row<'p> {
    word: &'p str,
    pages: String,
}

/// Returns the words in the order of browsers, which compare texts by UTF-16: it differs from ours
/// beyond the first plane.
fn rows(postings: &Postings) -> Vec<Row<'_>> {
    let rows = postings.0.iter().map(|(word, pages)| Row {
        word,
        pages: digits(pages),
    });
    let mut rows: Vec<Row<'_>> = rows.collect();
    rows.sort_by(|a, b| {
        if a.word.is_ascii() && b.word.is_ascii() {
            a.word.cmp(b.word)
        } else {
            a.word.encode_utf16().cmp(b.word.encode_utf16())
        }
    });
    rows
}

/// Writes pages as digits: the distance from the page before and the weight in one number, five bits a
/// digit, the lowest first; the sixth bit says that more follow.
fn digits(pages: &[u32]) -> String {
    let mut text = String::with_capacity(pages.len() * 2);
    let mut last = 0;
    for page in pages {
        let mut number = ((page >> 2) - last) << 2 | page & 3;
        last = page >> 2;
        loop {
            let more = number > 31;
            text.push(char::from(
                DIGITS[(number & 31 | u32::from(more) << 5) as usize],
            ));
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
        assert_eq!(
            digits(&[3, 1 << 2 | 1]),
            "DF",
            "page 0 with 3, page 1 with 1"
        );
        assert_eq!(digits(&[8 << 2 | 1]), "hB", "33 is 1 and one more digit, 1");
    }

    #[test]
    fn files_are_even_and_know_their_first_word() {
        let word = |word: &str, pages: usize| {
            (
                word.into(),
                (0..pages)
                    .map(|page| u32::try_from(page).unwrap() << 2 | 1)
                    .collect::<Vec<u32>>(),
            )
        };
        let postings = Postings(vec![
            word("a", 1),
            word("b", 200),
            word("c", 1),
            word("d", 1),
        ]);
        let Parts { files, first_words } = Parts::of(&postings, 4);
        assert_eq!(
            first_words,
            ["a", "c", "c", "c"],
            "a word is in one file, and a file without words has the first of the next"
        );
        assert_eq!(
            files
                .iter()
                .map(|file| serde_json::from_slice::<Value>(file)
                    .unwrap()
                    .as_object()
                    .unwrap()
                    .len())
                .collect::<Vec<_>>(),
            [2, 0, 0, 2]
        );
        let none = Parts::of(&Postings::default(), 2);
        assert_eq!(none.first_words, [AFTER_ALL, AFTER_ALL]);
    }

    #[test]
    fn values_are_numbered() {
        let texts = |texts: &[&'static str]| {
            texts
                .iter()
                .map(|text| (*text).to_owned())
                .collect::<Vec<String>>()
                .into_iter()
        };
        let found = Numbered::of(texts(&["c", "b", "c", "a"]), texts(&["b", "a", "b"]), 2);
        let wanted = Numbered {
            names: texts(&["b", "a"]).collect(),
            digits: "AABAAA".to_owned(),
        };
        assert_eq!(found, wanted);
    }
}
