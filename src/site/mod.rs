//! The site: all parsed parts come in, one immutable value with what is published on the build date
//! goes out. No addresses here (those are `layout/`'s) and no HTML.

mod cache;
mod copies;
mod files;
mod image_sizes;
mod pairs;
mod parse;
mod publish;
mod records;
mod slips;
mod strays;
mod structure;
mod themes;
mod unused;
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
use crate::reads::{Answers, Part, Tracked};
use crate::role::{Framework, ListedRole, Position, Role, WantedOfRole};
use crate::theme::Theme;

pub use cache::PartsCache;
pub use copies::is_copy;
pub use pairs::{LinkedPairs, pair_of};
pub use parse::parse;

/// Parts of a role on which others depend.
const LISTED: Part = Part("listed");
const WANTED: Part = Part("wanted");

/// Everything that is published.
#[derive(Clone)]
pub struct Site {
    pub config: Config,
    pub theme: Arc<Theme>,
    /// Parameters in site.toml that some template reads as Markdown.
    pub texts: Vec<Md>,
    /// Whether the templates were loaded without an error: with one, a page's own errors would only
    /// be echoes.
    pub can_render: bool,
    pub build_date: Date,
    /// In the order of their ids.
    pub roles: Tracked<ordered::Map<Id, Arc<Role>>>,
    pub frameworks: BTreeMap<Id, Framework>,
    /// Open jobs of no role.
    pub positions: Vec<Position>,
    /// Articles and the prose of generated pages, by file, in the order of their paths.
    pub articles: Tracked<ordered::Map<SourcePath, Arc<Article>>>,
    /// Colocated files: those of `content/` that are published as they are, because something
    /// refers to them, with their digests.
    pub colocated_files: BTreeMap<SourcePath, Digest>,
    /// The comparisons of roles that texts link to.
    pub linked_pairs: LinkedPairs,
    /// What exists and is not published on the day of the build.
    pub absent: Absent,
    /// The titles of all roles, published or not.
    pub titles: Tracked<BTreeMap<Id, String>>,
    /// What could not be read, so that links to it are not said to dangle as well.
    pub failed: Failed,
    /// Digest of everything except article bodies, with the day of the build; layout and views
    /// depend only on this.
    pub structure_digest: Digest,
    /// Digest of the same without what is in templates, but for their names; the layout depends
    /// only on this.
    pub layout_digest: Digest,
    /// Digest of what every page may depend on: everything but articles and roles.
    pub common_digest: Digest,
    /// Width and height of images in pixels, where the file says them.
    pub image_sizes: BTreeMap<SourcePath, (u32, u32)>,
}

/// Drafts, and what lies in the future or has expired.
///
/// What belongs to an absent role or framework is absent with it, without a reason of its own. Jobs
/// of published roles are in [`Role::absent_positions`].
#[derive(Clone, Default)]
pub struct Absent {
    pub roles: Tracked<BTreeMap<Id, (Arc<Role>, Absence)>>,
    pub frameworks: BTreeMap<Id, Framework>,
    pub articles: Tracked<AbsentArticles>,
    pub colocated_files: BTreeMap<SourcePath, Digest>,
    /// Jobs of no role.
    pub positions: Vec<(Position, Absence)>,
}

/// Articles that are not published, and why, if for a reason of their own.
pub type AbsentArticles = BTreeMap<SourcePath, (Arc<Article>, Option<Absence>)>;

/// Sources that could not be read. Their diagnostics have been reported.
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
    /// Returns what decides about publication.
    pub fn calendar(&self) -> Calendar {
        let Self {
            base_url: _,
            drafts,
            future,
            build_date,
        } = *self;
        Calendar {
            drafts,
            future,
            build_date,
        }
    }
}

impl Site {
    /// Adds the answers to all questions that its tables are asked.
    pub fn answers(&self, answers: &mut Answers) {
        let Self {
            roles,
            articles,
            absent:
                Absent {
                    roles: absent_roles,
                    articles: absent_articles,
                    frameworks: _,
                    colocated_files: _,
                    positions: _,
                },
            titles,
            // All else is a function of `common_digest`.
            config: _,
            theme: _,
            texts: _,
            can_render: _,
            build_date: _,
            frameworks: _,
            positions: _,
            colocated_files: _,
            failed: _,
            structure_digest: _,
            layout_digest: _,
            common_digest: _,
            image_sizes: _,
            linked_pairs: _,
        } = self;
        roles.answers(|role| role.digests.whole, answers);
        roles.answers_of_part(LISTED, |role| role.digests.listed, answers);
        roles.answers_of_part(WANTED, |role| role.digests.wanted, answers);
        articles.answers(|article| article.structure_digest, answers);
        absent_roles.answers(
            |(role, absence)| Digest::of_value(&(role.digests.whole, absence)),
            answers,
        );
        absent_articles.answers(
            |(article, absence)| Digest::of_value(&(article.structure_digest, absence)),
            answers,
        );
        titles.answers(|title| Digest::of(title.as_bytes()), answers);
    }

    /// Returns a published role.
    pub fn role(&self, id: &Id) -> Option<&Role> {
        self.roles.get(id).map(Arc::as_ref)
    }

    /// Returns what lists show of a published role.
    pub fn listed(&self, id: &Id) -> Option<ListedRole<'_>> {
        self.roles.part(LISTED, id, |role| role.listed())
    }

    /// Returns what pages of skills show of a published role.
    pub fn wanted(&self, id: &Id) -> Option<WantedOfRole<'_>> {
        self.roles.part(WANTED, id, |role| role.wanted())
    }

    /// Returns a role, published or not.
    pub fn any_role(&self, id: &Id) -> Option<&Role> {
        self.role(id)
            .or_else(|| self.absent.roles.get(id).map(|(role, _)| role.as_ref()))
    }

    /// Returns all published roles, in the order of their ids.
    pub fn all_roles(&self) -> impl Iterator<Item = &Role> {
        self.roles.whole().values().map(Arc::as_ref)
    }

    /// Returns an open job, of a role or of none.
    pub fn position(&self, role: Option<&Id>, id: &Id) -> Option<&Position> {
        match role {
            Some(role) => self.role(role)?.position(id),
            None => self.positions.iter().find(|position| position.id == *id),
        }
    }

    /// Returns a published article.
    pub fn article<P: Hash + Equivalent<SourcePath> + ?Sized>(&self, path: &P) -> Option<&Article> {
        self.articles.get(path).map(Arc::as_ref)
    }

    /// Returns the title of a role, published or not.
    pub fn title_of_role(&self, id: &Id) -> String {
        self.titles
            .get(id)
            .cloned()
            .unwrap_or_else(|| id.to_string())
    }

    /// Returns true if a link to a file fails only because the file, or its role, could not be read.
    pub fn has_failed(&self, path: &SourcePath) -> bool {
        if self.failed.articles.contains(path) {
            return true;
        }
        !self.failed.roles.is_empty()
            && role_of(path)
                .and_then(Id::new)
                .is_some_and(|id| self.failed.roles.contains(&id))
    }

    /// Counts what is not published.
    pub fn left_out(&self) -> LeftOut {
        let Absent {
            roles,
            frameworks,
            articles,
            colocated_files: _,
            positions,
        } = &self.absent;
        let of_roles = roles.whole().values().map(|(_, absence)| *absence);
        let of_frameworks = frameworks.values().map(|_| Absence::Draft);
        let of_articles = articles
            .whole()
            .values()
            .filter_map(|(_, absence)| *absence);
        let jobs = self.all_roles().flat_map(|role| &role.absent_positions);
        let jobs = jobs.chain(positions);
        let of_jobs = jobs.map(|(_, absence)| *absence);
        let mut left_out = LeftOut::default();
        of_roles
            .chain(of_frameworks)
            .chain(of_articles)
            .chain(of_jobs)
            .for_each(|absence| left_out.add(absence));
        left_out
    }

    /// Returns the site with all that exists, published or not. Returns `None` when all of it is
    /// published.
    pub fn everything(&self) -> Option<Self> {
        let Absent {
            roles,
            frameworks,
            articles,
            colocated_files,
            positions,
        } = &self.absent;
        let mut jobs = self.all_roles().map(|role| &role.absent_positions);
        let has_jobs = !positions.is_empty() || jobs.any(|jobs| !jobs.is_empty());
        let (roles, articles) = (roles.whole(), articles.whole());
        if roles.is_empty() && frameworks.is_empty() && articles.is_empty() && !has_jobs {
            return None;
        }
        let mut all = Self {
            absent: Absent::default(),
            ..self.clone()
        };
        for (id, (role, _)) in roles {
            all.roles.fill().insert(id.clone(), role.clone());
        }
        for role in all.roles.fill().values_mut() {
            if !role.absent_positions.is_empty() {
                *role = Arc::new(role.with_all_positions());
            }
        }
        let positions = positions.iter().map(|(position, _)| position.clone());
        all.positions.extend(positions);
        all.roles.fill().sort_unstable_keys();
        for (path, (article, _)) in articles {
            all.articles.fill().insert(path.clone(), article.clone());
        }
        all.articles.fill().sort_unstable_keys();
        all.frameworks.extend(frameworks.clone());
        all.colocated_files.extend(colocated_files.clone());
        Some(all)
    }
}

/// Returns the path of the home page's file, which links of the configuration are relative to.
pub fn home_file() -> SourcePath {
    SourcePath::known("content/_index.md")
}

/// Returns the path of `site.toml`.
pub fn site_file() -> SourcePath {
    SourcePath::known("site.toml")
}

/// Returns the id of the role that a file belongs to: `content/roles/<id>/…`.
pub fn role_of(path: &SourcePath) -> Option<&str> {
    path.inside("content/roles")?
        .split_once('/')
        .map(|(id, _)| id)
}

/// Returns the id of the framework that a file belongs to: `content/frameworks/<id>/…`.
pub fn framework_of(path: &SourcePath) -> Option<&str> {
    path.inside("content/frameworks")?
        .split_once('/')
        .map(|(id, _)| id)
}
