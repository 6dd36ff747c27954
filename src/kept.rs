//! What a process keeps from one reading of a site to the next: values come in with the digest of all that they are a
//! function of, and are handed out again as long as that stays. What outlives the process is `memo`'s.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::diag::Diagnostics;
use crate::digest::Digest;

/// Values of one kind, one for each key, with what was said while each was made.
pub struct Kept<K, T> {
    made: Mutex<BTreeMap<K, (Digest, Made<T>)>>,
}

/// A value, if it could be made, and what was said.
pub type Made<T> = (Option<Arc<T>>, Diagnostics);

impl<K: Ord + Clone, T> Kept<K, T> {
    /// The value of a key: the one that is kept, if it was made of the same; else it is made, and kept.
    pub fn get(&self, key: &K, of: Digest, make: impl FnOnce(&mut Diagnostics) -> Option<T>) -> Made<T> {
        if let Some((_, made)) = self.lock().get(key).filter(|(digest, _)| *digest == of) {
            return made.clone();
        }
        let mut faults = Diagnostics::default();
        let made = (make(&mut faults).map(Arc::new), faults);
        self.lock().insert(key.clone(), (of, made.clone()));
        made
    }

    /// Lets go of what the site does not have any more.
    pub fn retain(&self, is_there: impl Fn(&K) -> bool) {
        self.lock().retain(|key, _| is_there(key));
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<K, (Digest, Made<T>)>> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K, T> Default for Kept<K, T> {
    fn default() -> Self {
        Self { made: Mutex::default() }
    }
}
