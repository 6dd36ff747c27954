//! Parts of long lists: the entries of a list come in, in groups such as letters; which of them stand
//! on which page goes out.
//!
//! Groups are packed onto pages one after the other, as long as a page has room. A group that is
//! larger than a page is cut into pieces of about the same size.

use std::ops::Range;

use serde::Serialize;

/// A list, with its entries in order and the part that each piece of a group stands on.
///
/// A list that fits on one page has one part, on which every group is whole.
#[derive(Clone, Debug, Serialize)]
pub struct List<T> {
    pub entries: Vec<T>,
    pub groups: Vec<ListGroup>,
    /// The titles of the first and the last entry of each part.
    pub parts: Vec<Ends>,
}

/// Entries under one heading: roles of a letter, skills of a group.
#[derive(Clone, Debug, Serialize)]
pub struct ListGroup {
    /// The id, which makes its anchor.
    pub id: String,
    pub title: String,
    pub pieces: Vec<Piece>,
}

/// The entries of a group that stand on one part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// The number of the part, from 1.
    pub part: usize,
    pub entries: Range<usize>,
    /// What tells this piece from the others of its group: "Ca–Ch". Empty for a whole group.
    pub label: String,
}

/// The titles of the first and the last entry of a part.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Ends {
    pub first: String,
    pub last: String,
}

/// A group before it is packed.
pub struct Unpacked<T> {
    pub id: String,
    pub title: String,
    pub entries: Vec<Entry<T>>,
}

/// An entry of a group before it is packed.
pub struct Entry<T> {
    pub item: T,
    pub title: String,
    /// How much room it takes; most take 1.
    pub rows: usize,
}

/// How the pieces of a group that is cut are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Labels {
    /// By the beginnings of the first and the last title: "Ca–Ch".
    Titles,
    /// By numbers, where the entries are not in the order of their titles.
    Numbers,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self {
            entries: vec![],
            groups: vec![],
            parts: vec![],
        }
    }
}

impl<T> List<T> {
    /// Packs groups into parts of at most so many rows.
    pub fn packed(groups: Vec<Unpacked<T>>, most: usize, labels: Labels) -> Self {
        let mut list = Self::default();
        let mut room = 0;
        for group in groups.into_iter().filter(|group| !group.entries.is_empty()) {
            let titles: Vec<String> = group.entries.iter().map(|own| own.title.clone()).collect();
            let rows: Vec<usize> = group.entries.iter().map(|own| own.rows.max(1)).collect();
            let start = list.entries.len();
            let mut cuts = cut(&rows, most);
            if labels == Labels::Titles {
                shift(&mut cuts, &titles, &rows, most);
            }
            let names = match (cuts.len(), labels) {
                (0 | 1, _) => vec![String::new(); cuts.len()],
                (count, Labels::Numbers) => (1..=count).map(|number| number.to_string()).collect(),
                (_, Labels::Titles) => ranges(&titles, &cuts),
            };
            let mut pieces = vec![];
            for (cut, label) in cuts.into_iter().zip(names) {
                let size: usize = rows[cut.clone()].iter().sum();
                let ends = |at: usize| titles.get(at).cloned().unwrap_or_default();
                let last = ends(cut.end - 1);
                match list.parts.last_mut().filter(|_| size <= room) {
                    Some(part) => part.last = last,
                    None => {
                        room = most;
                        let first = ends(cut.start);
                        list.parts.push(Ends { first, last });
                    }
                }
                room = room.saturating_sub(size);
                pieces.push(Piece {
                    part: list.parts.len(),
                    entries: start + cut.start..start + cut.end,
                    label,
                });
            }
            let items = group.entries.into_iter().map(|entry| entry.item);
            list.entries.extend(items);
            list.groups.push(ListGroup {
                id: group.id,
                title: group.title,
                pieces,
            });
        }
        list
    }

    /// Returns how many parts there are; a list without entries has one.
    pub fn count(&self) -> usize {
        self.parts.len().max(1)
    }

    /// Returns the groups with the entries that stand on a part, or with all of them.
    pub fn on(&self, part: Option<usize>) -> impl Iterator<Item = (&ListGroup, &[T])> {
        let entries = move |group: &ListGroup| {
            let mut own = group
                .pieces
                .iter()
                .filter(|piece| part.is_none_or(|part| part == piece.part));
            let first = own.next()?.entries.clone();
            let end = own.next_back().map_or(first.end, |last| last.entries.end);
            Some(first.start..end)
        };
        self.groups
            .iter()
            .filter_map(move |group| Some((group, &self.entries[entries(group)?])))
    }
}

/// Cuts a group into pieces of at most so many rows, of about the same size.
fn cut(rows: &[usize], most: usize) -> Vec<Range<usize>> {
    let total: usize = rows.iter().sum();
    let wanted = total.div_ceil(total.div_ceil(most.max(1)).max(1));
    let mut cuts: Vec<Range<usize>> = vec![];
    let mut size = 0;
    for (at, rows) in rows.iter().enumerate() {
        match cuts
            .last_mut()
            .filter(|_| size < wanted && size + rows <= most)
        {
            Some(cut) => cut.end = at + 1,
            None => {
                cuts.push(at..at + 1);
                size = 0;
            }
        }
        size += rows;
    }
    cuts
}

/// Moves the cuts a little, to where the titles on both sides differ early: pieces that begin with
/// "Ca" and "Co" are easier to tell apart than two that begin with "Computer".
fn shift(cuts: &mut [Range<usize>], titles: &[String], rows: &[usize], most: usize) {
    for at in 1..cuts.len() {
        let (before, after) = (cuts[at - 1].clone(), cuts[at].clone());
        let room = before.len().min(after.len()) / 5;
        let fits = |cut: &usize| {
            let size = |range: Range<usize>| rows[range].iter().sum::<usize>();
            size(before.start..*cut) <= most && size(*cut..after.end) <= most
        };
        let candidates = (after.start - room..=after.start + room).filter(fits);
        let best = candidates.min_by_key(|cut| {
            (
                shared(&titles[*cut - 1], &titles[*cut]),
                cut.abs_diff(after.start),
            )
        });
        let cut = best.unwrap_or(after.start);
        cuts[at - 1].end = cut;
        cuts[at].start = cut;
    }
}

/// Returns what tells pieces of a group apart: "Ca–Ch". It is as short as tells each from its
/// neighbours, and longer than what all titles of the group begin with.
fn ranges(titles: &[String], cuts: &[Range<usize>]) -> Vec<String> {
    let at = |index: usize| titles.get(index).map_or("", String::as_str);
    let shared_by_all = shared(at(0), at(titles.len().saturating_sub(1)));
    let label = |cut: &Range<usize>| {
        let before = cut.start.checked_sub(1).map_or("", at);
        let (first, last, after) = (at(cut.start), at(cut.end - 1), at(cut.end));
        if cut.len() == 1 {
            return beginning(first, shared_by_all.max(shared(first, before)));
        }
        let least = shared_by_all.max(shared(first, last));
        let first = beginning(first, least.max(shared(first, before)));
        let last = beginning(last, least.max(shared(last, after)));
        if first == last {
            first
        } else {
            format!("{first}–{last}")
        }
    };
    cuts.iter().map(label).collect()
}

/// The most characters of one end of a label.
const MOST_OF_LABEL: usize = 12;

/// Returns as much of a title as tells it from others with which it shares so many characters.
fn beginning(title: &str, shared: usize) -> String {
    let length = (shared + 1).min(MOST_OF_LABEL);
    let text: String = title.chars().take(length).collect();
    text.trim_end().to_owned()
}

/// Returns with how many characters both texts begin, capital or not.
fn shared(one: &str, other: &str) -> usize {
    let pairs = one.chars().zip(other.chars());
    pairs
        .take_while(|(a, b)| a.to_lowercase().eq(b.to_lowercase()))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(id: &str, titles: &[&str]) -> Unpacked<String> {
        let entry = |title: &&str| Entry {
            item: (*title).to_owned(),
            title: (*title).to_owned(),
            rows: 1,
        };
        Unpacked {
            id: id.to_owned(),
            title: id.to_uppercase(),
            entries: titles.iter().map(entry).collect(),
        }
    }

    /// A part a line: its groups with their labels and entries.
    fn told(list: &List<String>) -> Vec<String> {
        let of_part = |part| {
            let groups = list.on(Some(part)).map(|(group, entries)| {
                let piece = group.pieces.iter().find(|piece| piece.part == part);
                let label = piece.map_or("", |piece| piece.label.as_str());
                format!("{}{label}: {}", group.id, entries.join(" "))
            });
            groups.collect::<Vec<_>>().join("; ")
        };
        (1..=list.count()).map(of_part).collect()
    }

    #[test]
    fn groups_are_packed_as_long_as_there_is_room() {
        let groups = || {
            vec![
                group("a", &["Aa", "Ab"]),
                group("b", &["Ba"]),
                group("empty", &[]),
                group("c", &["Ca", "Cb"]),
                group("d", &["Da"]),
            ]
        };
        let list = List::packed(groups(), 3, Labels::Titles);
        assert_eq!(told(&list), ["a: Aa Ab; b: Ba", "c: Ca Cb; d: Da"]);
        assert_eq!(
            (list.parts[1].first.as_str(), list.parts[1].last.as_str()),
            ("Ca", "Da")
        );
        let list = List::packed(groups(), 6, Labels::Titles);
        assert_eq!(told(&list), ["a: Aa Ab; b: Ba; c: Ca Cb; d: Da"]);
        assert_eq!(
            list.on(None)
                .map(|(_, entries)| entries.len())
                .sum::<usize>(),
            6
        );
    }

    #[test]
    fn a_group_larger_than_a_part_is_cut_and_its_pieces_are_told_apart() {
        let titles = ["Cabinetmaker", "Carpenter", "Cashier", "Chef", "Chemist"];
        let groups = vec![
            group("b", &["Baker"]),
            group("c", &titles),
            group("d", &["Dentist"]),
        ];
        let list = List::packed(groups, 2, Labels::Titles);
        assert_eq!(
            told(&list),
            [
                "b: Baker",
                "cCab–Car: Cabinetmaker Carpenter",
                "cCas–Chef: Cashier Chef",
                "cChem: Chemist; d: Dentist",
            ]
        );
        let all: Vec<usize> = list.on(None).map(|(_, entries)| entries.len()).collect();
        assert_eq!(all, [1, 5, 1]);
        let list = List::packed(vec![group("new", &titles)], 3, Labels::Numbers);
        assert_eq!(told(&list)[1], "new2: Chef Chemist");
    }

    #[test]
    fn an_entry_may_take_more_room_than_others() {
        let mut large = group("a", &["Aa", "Ab", "Ac", "Ad"]);
        for (entry, rows) in large.entries.iter_mut().zip([9, 2, 2, 0]) {
            entry.rows = rows;
        }
        let list = List::packed(vec![large], 5, Labels::Numbers);
        assert_eq!(told(&list), ["a1: Aa", "a2: Ab Ac Ad"]);
        assert_eq!(List::<String>::default().count(), 1);
    }
}
