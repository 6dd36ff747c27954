//! What many pages show, made once: the menu, the links to icons, and the role variables, which are
//! made when the first page of a role asks for them and dropped when 32 other roles have been asked
//! for since. The variables themselves are made in [`super::role`].

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::data::Id;
use crate::digest::Digest;
use crate::reads::{self, Once, Reads};
use crate::site::Site;
use crate::view::role_parts::{RoleParts, Variables};
use crate::view::types::{FaqView, NavView};
use crate::view::variable::Variable;

/// The most roles in memory. Outputs are made in the order of their paths, so the pages of a role
/// come one after the other, and a site of thousands of roles need not fit into memory.
const MOST_ROLES: usize = 32;

/// What all pages of a role share. Variables, questions and digests are made when they are first
/// asked for.
pub struct SharedRole {
    id: Id,
    pub parts: RoleParts,
    /// The variables that kinds of pages add to the parts.
    pub more: Vec<Variable>,
    variables: OnceLock<Variables>,
    faqs: Once<Vec<FaqView>>,
    digests: Arc<Digests>,
    /// What the parts and the other variables were made from.
    reads: Arc<Reads>,
}

/// The variables of a role, before they are shared.
pub(super) struct NewRole {
    pub parts: RoleParts,
    /// The variables that kinds of pages add to the parts.
    pub more: Vec<Variable>,
}

/// The digests of the parts of a role and of all its questions. They are never dropped: they are
/// small, and pages of other roles ask for them.
#[derive(Default)]
struct Digests {
    /// With what the parts were made from.
    parts: OnceLock<(Digest, Arc<Reads>)>,
    faqs: Once<Digest>,
}

/// What many pages of a site show.
#[derive(Default)]
pub struct Shared {
    pub roles: SharedRoles,
    /// The menu with its addresses.
    pub menu: Once<Vec<NavView>>,
    /// The links to icons that every page has.
    pub icons: Once<String>,
}

impl Shared {
    /// Returns an empty store for the roles of a site, published or not.
    pub fn of(site: &Site) -> Self {
        let roles = SharedRoles::of(
            site.roles
                .whole()
                .keys()
                .chain(site.absent.roles.whole().keys()),
        );
        Self {
            roles,
            ..Self::default()
        }
    }
}

/// What each role of a site shares with its pages.
#[derive(Default)]
pub struct SharedRoles {
    digests: BTreeMap<Id, Arc<Digests>>,
    recent: Mutex<Recent>,
}

/// The roles that pages asked for last.
#[derive(Default)]
struct Recent {
    slots: BTreeMap<Id, RecentSlot>,
    /// How many roles were asked for so far.
    uses: u64,
}

struct RecentSlot {
    /// The number of the last use.
    last_use: u64,
    slot: Arc<Slot>,
}

/// The place of a role. The thread that takes the lock first makes the role; others wait for it.
type Slot = Mutex<Option<Arc<SharedRole>>>;

impl SharedRoles {
    fn of<'i>(roles: impl Iterator<Item = &'i Id>) -> Self {
        Self {
            digests: roles.map(|id| (id.clone(), Arc::default())).collect(),
            recent: Mutex::default(),
        }
    }

    /// Returns what a role shares, which is made if it is not there.
    ///
    /// `None` if there is no such role.
    pub(super) fn get(
        &self,
        id: &Id,
        make: impl FnOnce() -> Option<NewRole>,
    ) -> Option<Arc<SharedRole>> {
        let digests = self.digests.get(id)?;
        let slot = self.slot(id);
        let mut made = slot.lock().unwrap_or_else(PoisonError::into_inner);
        if made.is_none() {
            let (new, reads) = reads::noted(make);
            *made = new.map(|new| Arc::new(SharedRole::new(id, new, reads, digests.clone())));
        }
        let shared = made.clone()?;
        reads::note_shared(&shared.reads);
        Some(shared)
    }

    /// Returns the digest of the variables of a role, if it was asked for before.
    pub(super) fn known_digest(&self, id: &Id) -> Option<Digest> {
        let (digest, reads) = self.digests.get(id)?.parts.get()?;
        reads::note_shared(reads);
        Some(*digest)
    }

    /// Returns the digest of all questions of a role, which is made if it is not known.
    ///
    /// `None` if there is no such role.
    pub(super) fn faqs_digest(&self, id: &Id, make: impl FnOnce() -> Digest) -> Option<Digest> {
        Some(*self.digests.get(id)?.faqs.get_or_make(make))
    }

    /// Returns the place of a role, and drops the role that was used the longest ago if there is no
    /// room.
    fn slot(&self, id: &Id) -> Arc<Slot> {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        recent.uses += 1;
        let now = recent.uses;
        if let Some(known) = recent.slots.get_mut(id) {
            known.last_use = now;
            return known.slot.clone();
        }
        if recent.slots.len() >= MOST_ROLES {
            let slots = recent.slots.iter();
            let oldest = slots.min_by_key(|(_, slot)| slot.last_use);
            if let Some(id) = oldest.map(|(id, _)| id.clone()) {
                recent.slots.remove(&id);
            }
        }
        let slot = Arc::<Slot>::default();
        let added = RecentSlot {
            last_use: now,
            slot: slot.clone(),
        };
        recent.slots.insert(id.clone(), added);
        slot
    }
}

impl SharedRole {
    fn new(id: &Id, NewRole { parts, more }: NewRole, reads: Reads, digests: Arc<Digests>) -> Self {
        Self {
            id: id.clone(),
            parts,
            more,
            variables: OnceLock::new(),
            faqs: Once::default(),
            digests,
            reads: Arc::new(reads),
        }
    }

    /// Returns every question of the role, which are made if they are not there.
    pub(super) fn faqs(&self, make: impl FnOnce(&Id) -> Vec<FaqView>) -> &[FaqView] {
        self.faqs.get_or_make(|| make(&self.id))
    }

    /// Returns the role variables as values of a template. They are cheap to clone.
    pub fn variables(&self) -> &[(&'static str, tera::Value)] {
        self.variables.get_or_init(|| {
            let more = self.more.iter().map(|own| (own.name, own.value.value()));
            self.parts.variables().into_iter().chain(more).collect()
        })
    }

    /// Returns the names of the role variables.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        RoleParts::NAMES
            .iter()
            .copied()
            .chain(self.more.iter().map(|own| own.name))
    }

    /// Returns the digest of the role variables.
    pub fn digest(&self) -> Digest {
        let (digest, _) = self.digests.parts.get_or_init(|| {
            let more: Vec<(&str, Digest)> = self.more.iter().map(Variable::digest).collect();
            let digest = Digest::of_value(&(&self.parts, more));
            (digest, self.reads.clone())
        });
        *digest
    }
}
