//! What all pages of a role share: made when the first of them asks for it, then only pointed at, and forgotten when other
//! roles were asked for since. What it holds is `role`'s.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::Plan;
use super::role::{RoleParts, Variables};
use super::view::FaqView;
use crate::data::Id;
use crate::digest::Digest;

/// How many roles are kept. The outputs are made in the order of their paths, so that those of one role come together; a site
/// of thousands of roles would not fit into memory otherwise.
const KEPT: usize = 32;

/// What all pages of a role share, each part made when it is first asked for, but for the parts themselves.
pub struct Shared {
    id: Id,
    pub parts: RoleParts,
    variables: OnceLock<Variables>,
    faqs: OnceLock<Vec<FaqView>>,
    digests: Arc<Digests>,
}

/// The digests of a role's parts and of all its questions: small, and asked for by pages of other roles, so never forgotten.
#[derive(Default)]
struct Digests {
    parts: OnceLock<Digest>,
    faqs: OnceLock<Digest>,
}

/// What roles share with their pages, for a whole plan.
#[derive(Default)]
pub(super) struct Sharing {
    digests: BTreeMap<Id, Arc<Digests>>,
    recent: Mutex<Recent>,
}

/// The roles that were asked for last.
#[derive(Default)]
struct Recent {
    /// Each with the number of its last use.
    slots: BTreeMap<Id, (u64, Arc<Slot>)>,
    uses: u64,
}

/// Where one thread makes what others wait for.
type Slot = Mutex<Option<Arc<Shared>>>;

impl Sharing {
    pub(super) fn of<'i>(roles: impl Iterator<Item = &'i Id>) -> Self {
        Self { digests: roles.map(|id| (id.clone(), Arc::default())).collect(), recent: Mutex::default() }
    }

    fn slot(&self, id: &Id) -> Arc<Slot> {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        recent.uses += 1;
        let now = recent.uses;
        if let Some((used, slot)) = recent.slots.get_mut(id) {
            *used = now;
            return slot.clone();
        }
        if recent.slots.len() >= KEPT {
            let oldest = recent.slots.iter().min_by_key(|(_, (used, _))| *used).map(|(id, _)| id.clone());
            oldest.map(|id| recent.slots.remove(&id));
        }
        recent.slots.entry(id.clone()).or_insert_with(|| (now, Arc::default())).1.clone()
    }
}

impl Shared {
    /// As variables of a template: cheap to clone, for every value is shared.
    pub fn variables(&self) -> &[(&'static str, tera::Value)] {
        self.variables.get_or_init(|| self.parts.variables())
    }

    /// Of all parts.
    pub fn digest(&self) -> Digest {
        *self.digests.parts.get_or_init(|| Digest::of_value(&self.parts))
    }
}

impl Plan {
    /// What all pages of a role share. A shortcode may name one that is not published: of that no page is linked.
    pub fn role(&self, id: &Id) -> Option<Arc<Shared>> {
        let role = self.site.any_role(id)?;
        let digests = self.sharing.digests.get(id)?;
        let slot = self.sharing.slot(id);
        let mut made = slot.lock().unwrap_or_else(PoisonError::into_inner);
        let make = || {
            let (id, digests) = (id.clone(), digests.clone());
            Arc::new(Shared { id, parts: self.role_parts(role), variables: OnceLock::new(), faqs: OnceLock::new(), digests })
        };
        Some(made.get_or_insert_with(make).clone())
    }

    /// Every question of a role, whatever page shows it.
    pub fn all_faqs<'s>(&self, shared: &'s Shared) -> &'s [FaqView] {
        shared.faqs.get_or_init(|| self.site.any_role(&shared.id).map(|role| self.every_faq(role)).unwrap_or_default())
    }

    /// The digest of all that the pages of a role share.
    pub fn role_digest(&self, id: &Id) -> Option<Digest> {
        let known = self.sharing.digests.get(id)?.parts.get().copied();
        known.or_else(|| Some(self.role(id)?.digest()))
    }

    /// The digest of every question of a role.
    pub fn faqs_digest(&self, id: &Id) -> Option<Digest> {
        let make = || self.role(id).map(|shared| Digest::of_value(self.all_faqs(&shared))).unwrap_or_default();
        Some(*self.sharing.digests.get(id)?.faqs.get_or_init(make))
    }
}
