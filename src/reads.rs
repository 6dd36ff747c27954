//! What a value was made from: a site that notes what is asked of it comes in; the questions that
//! the making of a value asked, and later whether the answers are still the same, go out.
//!
//! The tables of a [`Site`](crate::site::Site) and of its [`Layout`](crate::layout::Layout) are
//! [`Tracked`]. Nobody reads one but through its methods, and these note the question. So what a page
//! depends on is found by making it, and no list of dependencies is kept by hand. That a key is
//! absent is an answer as well, and so is which keys a table has.
//!
//! Questions are noted per thread, for a value is made on one. What several values share is a
//! [`Once`]: it hands what it was made from on to whoever asks for it.

use std::borrow::Borrow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher, Hash};
use std::ops::Index;
use std::sync::{Arc, OnceLock};

use foldhash::quality::FixedState;
use indexmap::Equivalent;
use rayon::prelude::*;

use crate::digest::Digest;
use crate::ordered;

/// A key that was looked up in a table, or all of a table: a hash of the name of the table and of
/// the key, the same in every run of one program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Question(pub u64);

/// The questions that the making of a value asked.
#[derive(Debug, Default)]
pub struct Reads {
    pub questions: ordered::Set<Question>,
    /// What was made from other questions, and used.
    pub shared: Vec<Arc<Reads>>,
}

/// The answers of a site to all questions about what it has. What is absent has none.
#[derive(Default)]
pub struct Answers(ordered::Map<Question, Digest>);

impl Answers {
    /// Adds the answer to a question that is not about a table.
    pub fn add(&mut self, question: Question, answer: Digest) {
        self.0.insert(question, answer);
    }

    /// Returns the answer to a question, which is zero for what is absent.
    pub fn get(&self, question: Question) -> Digest {
        self.0.get(&question).copied().unwrap_or_default()
    }
}

thread_local! {
    /// The values that this thread makes, the innermost last.
    static MAKING: RefCell<Vec<Reads>> = const { RefCell::new(vec![]) };
}

/// Makes a value, and returns it with the questions that were asked for it.
///
/// All of it must happen on this thread.
pub fn noted<T>(make: impl FnOnce() -> T) -> (T, Reads) {
    MAKING.with_borrow_mut(|making| making.push(Reads::default()));
    let value = make();
    let reads = MAKING.with_borrow_mut(Vec::pop);
    (value, reads.unwrap_or_default())
}

/// Notes that a value was made from what another one was made from.
pub fn note_shared(reads: &Arc<Reads>) {
    MAKING.with_borrow_mut(|making| {
        if let Some(making) = making.last_mut()
            && !making.shared.iter().any(|known| Arc::ptr_eq(known, reads))
        {
            making.shared.push(reads.clone());
        }
    });
}

/// Notes a question.
pub fn note(question: Question) {
    note_made(|| question);
}

/// Notes a question, if somebody wants to know.
fn note_made(question: impl FnOnce() -> Question) {
    MAKING.with_borrow_mut(|making| {
        if let Some(making) = making.last_mut() {
            making.questions.insert(question());
        }
    });
}

/// A value that is made when it is first asked for, and that hands what it was made from on to all
/// who ask for it.
pub struct Once<T>(OnceLock<(T, Arc<Reads>)>);

impl<T> Once<T> {
    /// Returns the value, which is made if it is not there.
    pub fn get_or_make(&self, make: impl FnOnce() -> T) -> &T {
        let (value, reads) = self.0.get_or_init(|| {
            let (value, reads) = noted(make);
            (value, Arc::new(reads))
        });
        note_shared(reads);
        value
    }

    /// Returns the value, if it was made before.
    pub fn get(&self) -> Option<&T> {
        let (value, reads) = self.0.get()?;
        note_shared(reads);
        Some(value)
    }
}

impl<T> Default for Once<T> {
    fn default() -> Self {
        Self(OnceLock::new())
    }
}

/// A part of the values of a table, by its name.
#[derive(Clone, Copy, Debug)]
pub struct Part(pub &'static str);

/// A table that notes what is asked of it.
#[derive(Clone)]
pub struct Tracked<C> {
    /// Hash of its name.
    name: u64,
    table: C,
}

impl<C> Tracked<C> {
    /// Returns a table. The name tells it from others of the site and of its layout.
    pub fn new(name: impl Hash, table: C) -> Self {
        Self {
            name: FixedState::default().hash_one(name),
            table,
        }
    }

    /// Returns all of the table. What is made from it depends on every change of it.
    pub fn whole(&self) -> &C {
        note_made(|| self.question_of_whole());
        &self.table
    }

    /// Returns true if there is nothing in the table.
    pub fn is_empty<'t>(&'t self) -> bool
    where
        &'t C: IntoIterator,
    {
        note_made(|| self.question_of_emptiness());
        (&self.table).into_iter().next().is_none()
    }

    /// Returns the table as it is filled.
    pub fn fill(&mut self) -> &mut C {
        &mut self.table
    }

    /// Adds the answers of a table that is always read as a whole.
    pub fn answers_as_whole(&self, rows: impl IntoIterator<Item = Digest>, answers: &mut Answers) {
        let rows = rows.into_iter().enumerate();
        let rows = rows.map(|(at, digest)| (self.question(&at), digest));
        self.answer(rows, answers);
    }

    fn question(&self, key: &(impl Hash + ?Sized)) -> Question {
        Question(FixedState::with_seed(self.name).hash_one(key))
    }

    fn question_of_whole(&self) -> Question {
        Question(self.name)
    }

    fn question_of_emptiness(&self) -> Question {
        Question(FixedState::with_seed(self.name).hash_one(()))
    }

    /// Adds the answers of the table: of each key, and of all together in their order.
    fn answer(&self, rows: impl Iterator<Item = (Question, Digest)>, answers: &mut Answers) {
        let mut whole = vec![];
        for (question, digest) in rows {
            whole.extend(question.0.to_le_bytes());
            whole.extend(digest.as_bytes());
            answers.0.insert(question, digest);
        }
        if !whole.is_empty() {
            answers
                .0
                .insert(self.question_of_emptiness(), Digest::of(b"some"));
        }
        answers
            .0
            .insert(self.question_of_whole(), Digest::of(&whole));
    }
}

impl<C: Default> Default for Tracked<C> {
    /// An empty table that is thrown away before anybody reads it.
    fn default() -> Self {
        Self::new("", C::default())
    }
}

impl<K: Hash + Eq, V> Tracked<ordered::Map<K, V>> {
    /// Returns the value of a key.
    pub fn get<Q: Hash + Equivalent<K> + ?Sized>(&self, key: &Q) -> Option<&V> {
        note_made(|| self.question(key));
        self.table.get(key)
    }

    /// Returns true if the table has a key.
    pub fn contains_key<Q: Hash + Equivalent<K> + ?Sized>(&self, key: &Q) -> bool {
        self.get(key).is_some()
    }

    /// Adds the answers of the table. `digest` names exactly what is read of a value.
    pub fn answers(&self, digest: impl Fn(&V) -> Digest, answers: &mut Answers) {
        let rows = self.table.iter();
        let rows = rows.map(|(key, value)| (self.question(key), digest(value)));
        self.answer(rows, answers);
        let keys = self
            .table
            .keys()
            .map(|key| self.question(key).0.to_le_bytes());
        let keys: Vec<u8> = keys.flatten().collect();
        answers.add(self.question_of_keys(), Digest::of(&keys));
    }

    /// Returns the keys of the table.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &K> {
        note_made(|| self.question_of_keys());
        self.table.keys()
    }

    /// Returns a part of the value of a key. What is made from it depends on this part alone.
    pub fn part<'t, Q, P>(&'t self, part: Part, key: &Q, of: impl FnOnce(&'t V) -> P) -> Option<P>
    where
        Q: Hash + Equivalent<K> + ?Sized,
    {
        note_made(|| self.question_of_part(part, key));
        self.table.get(key).map(of)
    }

    /// Adds the answers of a part of all values. `digest` names exactly what is in the part.
    pub fn answers_of_part(
        &self,
        part: Part,
        digest: impl Fn(&V) -> Digest,
        answers: &mut Answers,
    ) {
        for (key, value) in &self.table {
            answers.add(self.question_of_part(part, key), digest(value));
        }
    }

    fn question_of_part(&self, Part(part): Part, key: &(impl Hash + ?Sized)) -> Question {
        let hasher = FixedState::with_seed(self.name);
        Question(hasher.hash_one((part, hasher.hash_one(key))))
    }

    fn question_of_keys(&self) -> Question {
        Question(FixedState::with_seed(self.name).hash_one("keys of the table"))
    }
}

impl<K: Hash + Ord, V> Tracked<BTreeMap<K, V>> {
    /// Returns the value of a key.
    pub fn get<Q: Hash + Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        note_made(|| self.question(key));
        self.table.get(key)
    }

    /// Returns true if the table has a key.
    pub fn contains_key<Q: Hash + Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.get(key).is_some()
    }

    /// Adds the answers of the table. `digest` names exactly what is read of a value.
    pub fn answers(&self, digest: impl Fn(&V) -> Digest, answers: &mut Answers) {
        self.answers_by(|_, value| digest(value), answers);
    }

    /// Does the same where it takes the key to say what a value is.
    pub fn answers_by(&self, digest: impl Fn(&K, &V) -> Digest, answers: &mut Answers) {
        let rows = self.table.iter();
        let rows = rows.map(|(key, value)| (self.question(key), digest(key, value)));
        self.answer(rows, answers);
    }
}

impl<K: Hash + Ord> Tracked<BTreeSet<K>> {
    /// Returns true if the set has a value.
    pub fn contains<Q: Hash + Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        note_made(|| self.question(key));
        self.table.contains(key)
    }

    /// Adds the answers of the set.
    pub fn answers(&self, answers: &mut Answers) {
        let rows = self.table.iter();
        let rows = rows.map(|key| (self.question(key), Digest::of(b"in")));
        self.answer(rows, answers);
    }
}

/// A value that other tables know by its place in a list, and that is told from others by a key that
/// is the same in every build.
pub trait Keyed {
    type Key: Hash + ?Sized;

    /// Returns the key.
    fn key(&self) -> &Self::Key;
}

impl<T: Keyed> Index<usize> for Tracked<Vec<T>> {
    type Output = T;

    fn index(&self, at: usize) -> &T {
        let value = &self.table[at];
        note_made(|| self.question(value.key()));
        value
    }
}

impl<T: Keyed + Sync> Tracked<Vec<T>> {
    /// Adds the answers of the list. `digest` names exactly what is read of a value.
    pub fn answers(&self, digest: impl Fn(&T) -> Digest + Sync, answers: &mut Answers) {
        let rows = self.table.par_iter();
        let rows = rows.map(|value| (self.question(value.key()), digest(value)));
        let rows: Vec<_> = rows.collect();
        self.answer(rows.into_iter(), answers);
    }
}
