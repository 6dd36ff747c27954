//! Maps and sets that keep the order in which entries came, and look them up by a quick hash that is the same in every run.
//! What comes in is the site's own: nobody gains by texts that meet in one place of a table.

use foldhash::quality::FixedState;

/// Values by key, in the order in which keys first came.
pub type Map<K, V> = indexmap::IndexMap<K, V, FixedState>;
/// Each value once, in the order in which they first came.
pub type Set<T> = indexmap::IndexSet<T, FixedState>;
