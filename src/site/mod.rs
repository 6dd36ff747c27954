//! The site: all parsed parts come in, one immutable value with what is published on the build date goes out.
//! No addresses here (those are `plan/`'s) and no HTML.

mod images;
mod parse;
mod strays;
mod uses;

use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hash;
use std::sync::Arc;

use indexmap::Equivalent;
use jiff::civil::Date;

use crate::config::Config;
use crate::content::Article;
use crate::data::{Id, Md};
use crate::digest::Digest;
use crate::ordered;
use crate::path::SourcePath;
use crate::role::{Framework, Role};
use crate::theme::Theme;

pub use parse::{Parts, parse};
pub use strays::is_copy;

/// Everything that is published.
pub struct Site {
    pub config: Config,
    pub theme: Arc<Theme>,
    /// Parameters in site.toml that some template reads as Markdown.
    pub texts: Vec<Md>,
    /// Whether the templates were loaded without an error: with one, a page's own errors would only be echoes.
    pub can_render: bool,
    pub build_date: Date,
    /// In the order of their ids.
    pub roles: ordered::Map<Id, Arc<Role>>,
    pub frameworks: BTreeMap<Id, Framework>,
    /// Articles and the prose of generated pages, by file, in the order of their paths.
    pub articles: ordered::Map<SourcePath, Arc<Article>>,
    /// Files in `content/` that are published as they are, because something refers to them, with their digests.
    pub beside: BTreeMap<SourcePath, Digest>,
    /// Articles that exist but are drafts, lie in the future or have expired.
    pub unpublished: BTreeSet<SourcePath>,
    /// Roles of which the same is true.
    pub hidden: BTreeSet<Id>,
    /// The titles of all roles, published or not.
    pub titles: BTreeMap<Id, String>,
    /// What could not be read, so that links to it are not said to dangle as well.
    pub failed: Failed,
    /// Of all that the site is but for the bodies of its articles, with the day of the build. Plans and Views are a function
    /// of it, a page's own text aside.
    pub outline: Digest,
    /// The same without what is in templates. Which pages there are, and what they say of themselves, is a function of it.
    pub shape: Digest,
    /// Sizes of images in pixels, where the file says them.
    pub image_sizes: BTreeMap<SourcePath, (u32, u32)>,
}

/// Sources that could not be read; what is wrong with them was said.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Failed {
    pub roles: BTreeSet<Id>,
    /// Roles with mistakes in their data: what their pages lack may be for that.
    pub records: BTreeSet<Id>,
    pub articles: BTreeSet<SourcePath>,
}

/// What decides which drafts and dates are published, and where the site will live.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Options {
    /// Replaces `base_url` of site.toml.
    pub base_url: Option<String>,
    pub drafts: bool,
    pub future: bool,
    /// The day of the build in UTC.
    pub build_date: Date,
}

impl Options {
    /// Whether something with these dates is published.
    pub fn publishes(&self, draft: bool, date: Option<Date>, expires: Option<Date>) -> bool {
        (self.drafts || !draft) && (self.future || date.is_none_or(|date| date <= self.build_date)) && expires.is_none_or(|expires| expires > self.build_date)
    }
}

impl Site {
    /// A role that is published.
    pub fn role(&self, id: &Id) -> Option<&Role> {
        self.roles.get(id).map(Arc::as_ref)
    }

    /// All roles that are published, in the order of their ids.
    pub fn all_roles(&self) -> impl Iterator<Item = &Role> {
        self.roles.values().map(Arc::as_ref)
    }

    /// An article that is published.
    pub fn article<P: Hash + Equivalent<SourcePath> + ?Sized>(&self, path: &P) -> Option<&Article> {
        self.articles.get(path).map(Arc::as_ref)
    }

    /// The title of a role, published or not.
    pub fn title_of_role(&self, id: &Id) -> String {
        self.titles.get(id).cloned().unwrap_or_else(|| id.to_string())
    }

    /// Whether a link to a file fails only because the file, or its role, failed.
    pub fn has_failed(&self, path: &SourcePath) -> bool {
        let has_role_failed = || role_of(path).and_then(Id::new).is_some_and(|id| self.failed.roles.contains(&id));
        self.failed.articles.contains(path) || (!self.failed.roles.is_empty() && has_role_failed())
    }

    /// Whether a link leads to something that exists but is not published.
    pub fn is_unpublished(&self, path: &SourcePath) -> bool {
        self.unpublished.contains(path) || role_of(path).and_then(Id::new).is_some_and(|id| self.hidden.contains(&id))
    }
}

/// The path of the home page's file, from which links of the configuration are counted.
pub fn home_file() -> SourcePath {
    SourcePath::known("content/_index.md")
}

/// The path of site.toml.
pub fn site_file() -> SourcePath {
    SourcePath::known("site.toml")
}

/// The role that a file belongs to: `content/roles/<id>/…`.
pub fn role_of(path: &SourcePath) -> Option<&str> {
    path.inside("content/roles")?.split_once('/').map(|(id, _)| id)
}

/// The framework that a file belongs to: `content/frameworks/<id>/…`.
pub fn framework_of(path: &SourcePath) -> Option<&str> {
    path.inside("content/frameworks")?.split_once('/').map(|(id, _)| id)
}
