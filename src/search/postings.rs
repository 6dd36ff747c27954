//! Words and the pages that they stand on: the words of pages come in, sorted lists go out, and two
//! of them become one.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use crate::ordered;

/// Words in their order, each with its pages: the number of the page and, in the lowest two bits,
/// its weight there.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Postings(pub Vec<(Box<str>, Vec<u32>)>);

impl Postings {
    /// Collects the words of some pages, as a `Bag` writes them; a page may come more than once, one
    /// time after the other.
    pub fn of<'w>(pages: impl Iterator<Item = (usize, &'w str)>) -> Self {
        let mut lists: ordered::Map<&str, Vec<u32>> = ordered::Map::default();
        for (page, lines) in pages {
            // No site has a billion pages.
            let page = u32::try_from(page).unwrap_or(u32::MAX >> 2) << 2;
            for (weight, word) in lines.lines().filter_map(|line| line.split_at_checked(1)) {
                add(
                    lists.entry(word).or_default(),
                    page | u32::from(weight.as_bytes()[0] & 3),
                );
            }
        }
        lists.sort_unstable_keys();
        Self(
            lists
                .into_iter()
                .map(|(word, pages)| (word.into(), pages))
                .collect(),
        )
    }

    /// Moves all pages: the first of them gets a number.
    pub fn shift(&mut self, first: usize) {
        let first = u32::try_from(first).unwrap_or(u32::MAX >> 2) << 2;
        let pages = self.0.iter_mut().flat_map(|(_, pages)| pages);
        pages.for_each(|page| *page += first);
    }

    /// Joins two, when all pages of the other come after all of this.
    pub fn join(self, other: Self) -> Self {
        if self.0.is_empty() || other.0.is_empty() {
            return if self.0.is_empty() { other } else { self };
        }
        let mut joined = Vec::with_capacity(self.0.len().max(other.0.len()));
        let (mut left, mut right) = (
            self.0.into_iter().peekable(),
            other.0.into_iter().peekable(),
        );
        loop {
            let order = match (left.peek(), right.peek()) {
                (Some((a, _)), Some((b, _))) => a.cmp(b),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => return Self(joined),
            };
            match order {
                Ordering::Less => joined.extend(left.next()),
                Ordering::Greater => joined.extend(right.next()),
                Ordering::Equal => joined.extend(left.next().zip(right.next()).map(
                    |((word, mut pages), (_, more))| {
                        pages.extend(more);
                        (word, pages)
                    },
                )),
            }
        }
    }
}

/// Adds a page to a list; one that is there already has the higher weight of the two.
fn add(list: &mut Vec<u32>, page: u32) {
    match list.last_mut().filter(|last| **last >> 2 == page >> 2) {
        Some(last) => *last = page.max(*last),
        None => list.push(page),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_in_parts_give_what_they_give_together() {
        let pages = [
            (0, "1a\n3engineer\n"),
            (1, "1engineer\n1pay\n"),
            (1, "3pay\n"),
            (2, "2a\n1zoo\n"),
        ];
        let whole = Postings::of(pages.into_iter());
        let parts = Postings::of(pages[..1].iter().copied())
            .join(Postings::of(pages[1..3].iter().copied()))
            .join(Postings::of(pages[3..].iter().copied()));
        assert_eq!(whole, parts);
        let lists: Vec<(&str, &[u32])> = whole
            .0
            .iter()
            .map(|(word, pages)| (&**word, pages.as_slice()))
            .collect();
        assert_eq!(
            lists,
            [
                ("a", &[1, 2 << 2 | 2][..]),
                ("engineer", &[3, 1 << 2 | 1]),
                ("pay", &[1 << 2 | 3]),
                ("zoo", &[2 << 2 | 1])
            ]
        );
    }
}
