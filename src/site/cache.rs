//! What readings of a site keep for the next one in the same process.

use crate::content::Article;
use crate::data::Id;
use crate::path::SourcePath;
use crate::role::{DeclaredRole, Role};
use crate::session_cache::SessionCache;
use crate::theme::Theme;

/// Parsed parts of a site, each with a digest of everything that it is a function of.
#[derive(Default)]
pub struct PartsCache {
    pub(super) theme: SessionCache<(), Theme>,
    pub(super) articles: SessionCache<SourcePath, Article>,
    pub(super) declared_roles: SessionCache<Id, DeclaredRole>,
    pub(super) roles: SessionCache<Id, Role>,
}

impl PartsCache {
    /// Keeps nothing, for the only reading of a process: each part is dropped as soon as nothing
    /// else needs it.
    pub const DISABLED: Self = Self {
        theme: SessionCache::DISABLED,
        articles: SessionCache::DISABLED,
        declared_roles: SessionCache::DISABLED,
        roles: SessionCache::DISABLED,
    };

    /// Keeps the theme alone, which takes longer to load than a small site to build.
    pub fn theme_only() -> Self {
        Self {
            theme: SessionCache::default(),
            ..Self::DISABLED
        }
    }
}
