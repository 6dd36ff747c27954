//! What is remembered of the outputs of a site: for each its key, and the questions that were asked
//! for it. A later build asks them again: an output of which all answers are the same is known
//! without being made.
//!
//! Three entries of the memo hold it, because most edits change only some of them: rows, lists of
//! questions, and answers.

use std::hash::BuildHasher;

use foldhash::quality::FixedState;
use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::memo::{Memo, Table};
use crate::ordered;
use crate::reads::{Answers, Question, Reads};

/// What is remembered of one output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct OutputRow {
    /// Digest of what no question is about: of the article that a page shows; of a picture,
    /// everything that it is drawn from.
    pub source: Digest,
    /// The key of a page; of any other file, the digest of its bytes.
    pub result: Digest,
    /// How many bytes a generated file has. All others say that in another place.
    pub size: u64,
}

/// What was asked for an output.
pub(super) enum Asked {
    /// What was asked in the build before, by the number of the list: the answers are the same.
    Known(u32),
    Now(Reads),
}

/// A row with what was asked for it.
pub(super) struct NewRow {
    pub row: OutputRow,
    pub asked: Asked,
}

impl NewRow {
    /// Returns the row of an output that is no generated file.
    pub fn with(source: Digest, result: Digest, asked: Asked) -> Self {
        let row = OutputRow {
            source,
            result,
            size: 0,
        };
        Self { row, asked }
    }

    /// Returns the row of what leaves nothing behind but what was asked for it.
    pub fn of(reads: Reads) -> Self {
        Self {
            row: OutputRow::default(),
            asked: Asked::Now(reads),
        }
    }
}

/// What the build before remembered, held against the answers of today.
#[derive(Default)]
pub(super) struct Known {
    rows: ordered::Map<u64, StoredRow>,
    questions: Vec<Question>,
    lists: Vec<List>,
    /// Whether the answers to a list are the same today.
    holds: Vec<bool>,
    /// True if nothing changed but bodies of articles: then all answers are the same.
    pub is_same_structure: bool,
    keys: Keys,
}

/// What a build remembers for the next one.
pub(super) struct Remembered {
    rows: Vec<StoredRow>,
    /// True while all lists are those of the build before, with their numbers.
    keeps_lists: bool,
    questions: ordered::Set<Question>,
    lists: ordered::Set<List>,
    /// The numbers that lists of the build before have now.
    renumbered: ordered::Map<u32, u32>,
}

/// A row as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct StoredRow {
    /// Hash of the path of the output.
    path: u64,
    row: OutputRow,
    list: u32,
}

/// Questions, and lists that are part of this one, each by its number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct List {
    questions: Vec<u32>,
    shared: Vec<u32>,
}

/// The keys of the entries of lists and answers, and the digest of the entry of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Keys {
    lists: Digest,
    answers: Digest,
    rows: Digest,
}

/// What the build before remembered, as it was read.
#[derive(Default)]
pub(super) struct Stored {
    keys: Keys,
    structure: Digest,
    rows: Vec<StoredTuple>,
    /// The questions, and the lists of them.
    lists: (Vec<u64>, Vec<List>),
    /// The answers to the questions.
    answers: Vec<[u8; 16]>,
}

/// A row in its entry: path, source, result, size and list.
type StoredTuple = (u64, [u8; 16], [u8; 16], u64, u32);

/// What is in the entry of rows: the keys of the entries of lists and of answers, the digest of the
/// structure, and the rows.
type StoredRows = ([u8; 16], [u8; 16], [u8; 16], Vec<StoredTuple>);

/// What outputs are remembered for: a site, and its answers when somebody asks for them.
pub(super) struct Asking<'a> {
    /// Digest of what the questions are not about.
    pub common: Digest,
    /// Digest of all but the bodies of articles.
    pub structure: Digest,
    pub answers: &'a dyn Fn() -> &'a Answers,
}

impl Stored {
    /// Reads what was remembered of a site.
    pub fn read(memo: &dyn Memo, common: Digest) -> Self {
        Self::find(memo, common).unwrap_or_default()
    }

    fn find(memo: &dyn Memo, common: Digest) -> Option<Self> {
        let bytes = memo.get(Table::OutputKeys, common)?;
        let (lists, answers, structure, rows): StoredRows = postcard::from_bytes(&bytes).ok()?;
        let keys = Keys {
            lists: Digest::from_bytes(lists),
            answers: Digest::from_bytes(answers),
            rows: Digest::of(&bytes),
        };
        let entry = |key| memo.get(Table::OutputKeys, key);
        Some(Self {
            keys,
            structure: Digest::from_bytes(structure),
            rows,
            lists: postcard::from_bytes(&entry(keys.lists)?).ok()?,
            answers: postcard::from_bytes(&entry(keys.answers)?).ok()?,
        })
    }
}

impl Known {
    /// Asks all questions again of which the answers were remembered.
    pub fn of(stored: Stored, asking: &Asking<'_>) -> Self {
        let Stored {
            keys,
            structure,
            rows,
            lists: (questions, lists),
            answers,
        } = stored;
        let rows = rows.into_iter().map(|(path, source, result, size, list)| {
            let row = OutputRow {
                source: Digest::from_bytes(source),
                result: Digest::from_bytes(result),
                size,
            };
            (path, StoredRow { path, row, list })
        });
        let rows: ordered::Map<u64, StoredRow> = rows.collect();
        let questions: Vec<Question> = questions.into_iter().map(Question).collect();
        let is_same_structure = asking.structure == structure;
        let holds = if is_same_structure || rows.is_empty() {
            vec![true; lists.len()]
        } else {
            holding(&questions, &answers, &lists, (asking.answers)())
        };
        Self {
            rows,
            questions,
            lists,
            holds,
            is_same_structure,
            keys,
        }
    }

    /// Returns true if an output was asked for with a list of questions in the build before.
    fn has_list(&self, list: u32, reads: &Reads) -> bool {
        let Some(known) = self.lists.get(list as usize) else {
            return false;
        };
        let has = |at: &u32| {
            let question = self.questions.get(*at as usize);
            question.is_some_and(|question| reads.questions.contains(question))
        };
        let mut shared = known.shared.iter().zip(&reads.shared);
        known.questions.len() == reads.questions.len()
            && known.shared.len() == reads.shared.len()
            && known.questions.iter().all(has)
            && shared.all(|(list, reads)| self.has_list(*list, reads))
    }

    /// Returns true if nothing is known.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Returns what is remembered of an output, if the answers to all that was asked for it are the
    /// same today.
    pub fn row(&self, path: &str) -> Option<NewRow> {
        let StoredRow { row, list, .. } = *self.rows.get(&hash(path))?;
        let asked = Asked::Known(list);
        (self.holds.get(list as usize) == Some(&true)).then_some(NewRow { row, asked })
    }
}

/// Returns for each list whether all its answers are the same today.
fn holding(
    questions: &[Question],
    before: &[[u8; 16]],
    lists: &[List],
    answers: &Answers,
) -> Vec<bool> {
    let asked = questions.iter().zip(before);
    let is_same: Vec<bool> = asked
        .map(|(question, answer)| answers.get(*question).as_bytes() == answer)
        .collect();
    let mut holds: Vec<bool> = Vec::with_capacity(lists.len());
    for list in lists {
        let is_true = |known: &[bool], at: u32| known.get(at as usize).copied() == Some(true);
        // A list stands behind those that are part of it.
        holds.push(
            list.questions.iter().all(|at| is_true(&is_same, *at))
                && list.shared.iter().all(|at| is_true(&holds, *at)),
        );
    }
    holds
}

impl Remembered {
    /// Returns a build that remembers nothing yet.
    pub fn after(known: &Known) -> Self {
        Self {
            rows: vec![],
            keeps_lists: !known.is_empty(),
            questions: ordered::Set::default(),
            lists: ordered::Set::default(),
            renumbered: ordered::Map::default(),
        }
    }

    /// Remembers an output.
    pub fn add(&mut self, path: &str, NewRow { row, asked }: NewRow, known: &Known) {
        let path = hash(path);
        let before = known.rows.get(&path).map(|row| row.list);
        let list = match asked {
            Asked::Known(list) if self.keeps_lists => list,
            Asked::Known(list) => self.renumber(list, known),
            Asked::Now(reads) => {
                let is_kept = |list: &u32| self.keeps_lists && known.has_list(*list, &reads);
                before.filter(is_kept).unwrap_or_else(|| {
                    self.leave_lists(known);
                    self.number(&reads)
                })
            }
        };
        self.rows.push(StoredRow { path, row, list });
    }

    /// Gives the lists of the build before new numbers, once there is a list that is not among them.
    fn leave_lists(&mut self, known: &Known) {
        if !std::mem::take(&mut self.keeps_lists) {
            return;
        }
        let mut rows = std::mem::take(&mut self.rows);
        for row in &mut rows {
            row.list = self.renumber(row.list, known);
        }
        self.rows = rows;
    }

    /// Returns the number of a list of questions, which it gets if it is new.
    fn number(&mut self, reads: &Reads) -> u32 {
        let shared = reads.shared.iter().map(|reads| self.number(reads));
        let shared = shared.collect();
        let questions = reads.questions.iter();
        let questions = questions.map(|question| self.number_of_question(*question));
        let questions = questions.collect();
        self.number_of_list(List { questions, shared })
    }

    /// Returns the number that a list of the build before has now.
    fn renumber(&mut self, list: u32, known: &Known) -> u32 {
        if let Some(number) = self.renumbered.get(&list) {
            return *number;
        }
        let Some(old) = known.lists.get(list as usize) else {
            return u32::MAX;
        };
        let shared = old.shared.iter().map(|list| self.renumber(*list, known));
        let shared = shared.collect();
        let questions = old.questions.iter();
        let questions = questions.filter_map(|at| known.questions.get(*at as usize));
        let questions = questions.map(|question| self.number_of_question(*question));
        let questions = questions.collect();
        let number = self.number_of_list(List { questions, shared });
        self.renumbered.insert(list, number);
        number
    }

    fn number_of_question(&mut self, question: Question) -> u32 {
        numbered(self.questions.insert_full(question).0)
    }

    fn number_of_list(&mut self, list: List) -> u32 {
        numbered(self.lists.insert_full(list).0)
    }

    /// Stores all of it for the next build, as far as it is not stored.
    pub fn store(&self, memo: &dyn Memo, asking: &Asking<'_>, known: &Known) {
        // Lists of numbers can be written.
        let put = |bytes: Vec<u8>, stored: Digest| {
            let key = Digest::of(&bytes);
            if key != stored {
                memo.put(Table::OutputKeys, key, &bytes);
            }
            key
        };
        let lists = if self.keeps_lists {
            known.keys.lists
        } else {
            let questions = self.questions.iter().map(|question| question.0);
            let lists: Vec<&List> = self.lists.iter().collect();
            let lists = (questions.collect::<Vec<u64>>(), lists);
            put(
                postcard::to_stdvec(&lists).unwrap_or_default(),
                known.keys.lists,
            )
        };
        let answers = if self.keeps_lists && known.is_same_structure {
            known.keys.answers
        } else {
            let answers = (asking.answers)();
            let answer = |question: &Question| *answers.get(*question).as_bytes();
            let all: Vec<[u8; 16]> = match self.keeps_lists {
                true => known.questions.iter().map(answer).collect(),
                false => self.questions.iter().map(answer).collect(),
            };
            put(
                postcard::to_stdvec(&all).unwrap_or_default(),
                known.keys.answers,
            )
        };
        let rows = self.rows.iter().map(|StoredRow { path, row, list }| {
            let (source, result) = (*row.source.as_bytes(), *row.result.as_bytes());
            (*path, source, result, row.size, *list)
        });
        let rows: StoredRows = (
            *lists.as_bytes(),
            *answers.as_bytes(),
            *asking.structure.as_bytes(),
            rows.collect(),
        );
        let rows = postcard::to_stdvec(&rows).unwrap_or_default();
        if Digest::of(&rows) != known.keys.rows {
            memo.put(Table::OutputKeys, asking.common, &rows);
        }
    }
}

/// Returns a place in a list as a number. There are not so many questions that one would not fit.
fn numbered(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Hashes the path of an output: the same in every run of one program.
fn hash(path: &str) -> u64 {
    FixedState::default().hash_one(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memo::Memo;
    use crate::reads::{Tracked, noted};
    use std::collections::BTreeMap;
    use std::sync::Mutex;

    #[derive(Default)]
    struct Kept(Mutex<BTreeMap<Digest, Vec<u8>>>);

    impl Memo for Kept {
        fn get(&self, _: Table, key: Digest) -> Option<Vec<u8>> {
            self.0.lock().unwrap().get(&key).cloned()
        }

        fn put(&self, _: Table, key: Digest, value: &[u8]) {
            self.0.lock().unwrap().insert(key, value.to_vec());
        }
    }

    fn table(
        rows: &[(&'static str, &'static str)],
    ) -> Tracked<BTreeMap<&'static str, &'static str>> {
        Tracked::new("table", rows.iter().copied().collect())
    }

    fn answers(table: &Tracked<BTreeMap<&'static str, &'static str>>) -> Answers {
        let mut answers = Answers::default();
        table.answers(|text| Digest::of(text.as_bytes()), &mut answers);
        answers
    }

    /// What is lost here would be missing from a later build, or be made without need.
    #[test]
    fn a_row_is_known_while_all_that_was_asked_has_the_same_answer() {
        let memo = Kept::default();
        let site = Digest::of(b"site");
        let first = table(&[("a", "1"), ("b", "1")]);
        let (_, reads) = noted(|| (first.get("a").copied(), first.get("c").copied()));
        let (_, all) = noted(|| first.whole().len());
        let row = OutputRow {
            source: Digest::of(b"source"),
            result: Digest::of(b"result"),
            size: 80_000,
        };
        let mut remembered = Remembered::after(&Known::default());
        for (path, reads) in [("page", reads), ("list", all)] {
            let asked = Asked::Now(reads);
            remembered.add(path, NewRow { row, asked }, &Known::default());
        }
        let asking = |rows: &[(&'static str, &'static str)]| answers(&table(rows));
        let first = answers(&first);
        let now = |answers: &'static Answers, structure: &[u8]| Asking {
            common: site,
            structure: Digest::of(structure),
            answers: Box::leak(Box::new(move || answers)),
        };
        let first: &Answers = Box::leak(Box::new(first));
        remembered.store(&memo, &now(first, b"first"), &Known::default());

        let is_known = |rows: &[(&'static str, &'static str)]| {
            let answers: &Answers = Box::leak(Box::new(asking(rows)));
            let stored = Stored::read(&memo, site);
            let known = Known::of(stored, &now(answers, b"second"));
            ["page", "list"].map(|path| known.row(path).map(|known| known.row) == Some(row))
        };
        assert_eq!(is_known(&[("a", "1"), ("b", "1")]), [true, true]);
        assert_eq!(is_known(&[("a", "1"), ("b", "2")]), [true, false]);
        assert_eq!(is_known(&[("a", "2"), ("b", "1")]), [false, false]);
        // That something is absent is an answer as well.
        assert_eq!(
            is_known(&[("a", "1"), ("b", "1"), ("c", "1")]),
            [false, false]
        );
        assert_eq!(
            is_known(&[("a", "1"), ("b", "1"), ("d", "1")]),
            [true, false]
        );
    }
}
