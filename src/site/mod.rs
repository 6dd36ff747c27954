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

use crate::calendar::{Absence, Calendar, LeftOut};
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
#[derive(Clone)]
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
    /// What exists and is not published on the day of the build.
    pub absent: Absent,
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

/// Drafts, and what lies in the future or has expired. With a role goes all that belongs to it, with a framework too: that has
/// no reason of its own. (The jobs of roles that are published stand in those.)
#[derive(Clone, Default)]
pub struct Absent {
    pub roles: BTreeMap<Id, (Arc<Role>, Absence)>,
    pub frameworks: BTreeMap<Id, Framework>,
    pub articles: BTreeMap<SourcePath, (Arc<Article>, Option<Absence>)>,
    pub beside: BTreeMap<SourcePath, Digest>,
}

/// Sources that could not be read; what is wrong with them was said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
    /// What decides about publication.
    pub fn calendar(&self) -> Calendar {
        let Self { base_url: _, drafts, future, build_date } = *self;
        Calendar { drafts, future, build_date }
    }
}

impl Site {
    /// A role that is published.
    pub fn role(&self, id: &Id) -> Option<&Role> {
        self.roles.get(id).map(Arc::as_ref)
    }

    /// A role, published or not.
    pub fn any_role(&self, id: &Id) -> Option<&Role> {
        self.role(id).or_else(|| self.absent.roles.get(id).map(|(role, _)| role.as_ref()))
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

    /// How much is not published.
    pub fn left_out(&self) -> LeftOut {
        let Absent { roles, frameworks, articles, beside: _ } = &self.absent;
        let jobs = self.all_roles().flat_map(|role| &role.absent_positions).map(|(_, absence)| *absence);
        let of_articles = articles.values().filter_map(|(_, absence)| *absence);
        let mut left_out = LeftOut::default();
        let all = roles.values().map(|(_, absence)| *absence).chain(frameworks.values().map(|_| Absence::Draft)).chain(of_articles).chain(jobs);
        all.for_each(|absence| left_out.add(absence));
        left_out
    }

    /// The site with all that exists, published or not; none when all of it is published.
    pub fn everything(&self) -> Option<Self> {
        let Absent { roles, frameworks, articles, beside } = &self.absent;
        let has_jobs = self.all_roles().any(|role| !role.absent_positions.is_empty());
        if roles.is_empty() && frameworks.is_empty() && articles.is_empty() && !has_jobs {
            return None;
        }
        let mut all = Self { absent: Absent::default(), ..self.clone() };
        all.roles.extend(roles.iter().map(|(id, (role, _))| (id.clone(), role.clone())));
        all.roles.values_mut().filter(|role| !role.absent_positions.is_empty()).for_each(|role| *role = Arc::new(role.with_all_positions()));
        all.roles.sort_unstable_keys();
        all.frameworks.extend(frameworks.iter().map(|(id, framework)| (id.clone(), framework.clone())));
        all.articles.extend(articles.iter().map(|(path, (article, _))| (path.clone(), article.clone())));
        all.articles.sort_unstable_keys();
        all.beside.extend(beside.iter().map(|(path, digest)| (path.clone(), *digest)));
        Some(all)
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
