//! What a process keeps from one reading of a site to the next: values come in with the digest of all that they are a
//! function of, and are handed out again as long as that stays. What outlives the process is `memo`'s.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::diag::Diagnostics;
use crate::digest::Digest;

/// Values of one kind, one for each key, with what was said while each was made.
pub struct Kept<K, T> {
    /// None where nothing is kept, because there is no next reading.
    made: Option<Mutex<ByKey<K, T>>>,
}

type ByKey<K, T> = BTreeMap<K, (Digest, Made<T>)>;

/// A value, if it could be made, and what was said.
pub type Made<T> = (Option<Arc<T>>, Diagnostics);

impl<K: Ord + Clone, T> Kept<K, T> {
    /// Keeps nothing.
    pub const NOTHING: Self = Self { made: None };

    /// Whether anything is kept.
    pub fn keeps(&self) -> bool {
        self.made.is_some()
    }

    /// The value of a key: the one that is kept, if it was made of the same; else it is made, and kept.
    pub fn get(&self, key: &K, of: Digest, make: impl FnOnce(&mut Diagnostics) -> Option<T>) -> Made<T> {
        let kept = || self.lock()?.get(key).filter(|(digest, _)| *digest == of).map(|(_, made)| made.clone());
        if let Some(made) = kept() {
            return made;
        }
        let mut faults = Diagnostics::default();
        let made = (make(&mut faults).map(Arc::new), faults);
        if let Some(mut kept) = self.lock() {
            kept.insert(key.clone(), (of, made.clone()));
        }
        made
    }

    /// Lets go of what the site does not have any more.
    pub fn retain(&self, is_there: impl Fn(&K) -> bool) {
        self.lock().iter_mut().for_each(|kept| kept.retain(|key, _| is_there(key)));
    }

    fn lock(&self) -> Option<MutexGuard<'_, ByKey<K, T>>> {
        Some(self.made.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<K, T> Default for Kept<K, T> {
    fn default() -> Self {
        Self { made: Some(Mutex::default()) }
    }
}
