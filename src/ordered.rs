//! Maps and sets that keep the order in which entries came, and look them up by a quick hash that
//! is the same in every run. Keys are the site's own, so a hash that resists an attacker is not
//! needed.

use foldhash::quality::FixedState;

/// Values by key, in the order in which keys first came.
pub type Map<K, V> = indexmap::IndexMap<K, V, FixedState>;
/// Each value once, in the order in which they first came.
pub type Set<T> = indexmap::IndexSet<T, FixedState>;
