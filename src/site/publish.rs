//! What of a site is published on the day of the build: parsed parts come in, a [`Site`] goes out,
//! with what is not published beside the rest.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::files::Files;
use super::parse::RecordFileNames;
use super::records::Records;
use super::structure::{self, RolesApart, StructureDigests};
use super::themes::CheckedTheme;
use super::uses::Uses;
use super::{
    Absent, AbsentArticles, Failed, LinkedPairs, Options, Site, framework_of, image_sizes, pairs,
    role_of, unused,
};
use crate::calendar::{Absence, Calendar};
use crate::config::Config;
use crate::content::{Article, ArticleFile};
use crate::data::Id;
use crate::diag::Diagnostics;
use crate::digest::Digest;
use crate::inputs::Inputs;
use crate::ordered;
use crate::path::SourcePath;
use crate::reads::Tracked;
use crate::role::{Framework, Role, RoleFiles};

/// What a site is made of.
pub(super) struct Parsed {
    /// Roles with errors in their data.
    pub broken_roles: BTreeSet<Id>,
    pub config: Config,
    pub theme: CheckedTheme,
    pub articles: Vec<Arc<Article>>,
    pub records: Records,
    pub files: Files,
    /// What could be the names of files in the records of roles.
    pub named: Vec<RecordFileNames>,
}

/// What decides whether a file is published.
struct Publication {
    calendar: Calendar,
    absent_roles: BTreeMap<Id, (Arc<Role>, Absence)>,
    draft_frameworks: BTreeSet<Id>,
}

/// Sorts what is published from what is not.
pub(super) fn publish(
    parsed: Parsed,
    inputs: &Inputs,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Site {
    let publication = Publication::new(&parsed.records, options);
    let colocated_files = colocated_files(&parsed, &publication, inputs, diagnostics);
    let linked_pairs = linked_pairs(&parsed, &publication, inputs);
    let apart = RolesApart {
        files: parsed
            .files
            .roles
            .iter()
            .flat_map(RoleFiles::paths)
            .collect(),
        shared: parsed.records.shared_digest,
    };
    let published = structure::Published {
        articles: &parsed.articles,
        colocated_files: &colocated_files,
        linked_pairs: &linked_pairs,
    };
    let StructureDigests {
        structure,
        layout,
        common,
    } = structure::digests(inputs, options, &published, apart);
    let Parsed {
        broken_roles,
        config,
        theme,
        articles,
        records:
            Records {
                roles,
                frameworks,
                positions,
                shared_digest: _,
            },
        files,
        named: _,
    } = parsed;
    let titles = roles
        .iter()
        .map(|(id, role)| (id.clone(), role.title.clone()))
        .collect();
    let failed = Failed {
        roles: failed_roles(&files, &roles),
        records: broken_roles,
        articles: failed_articles(files.articles, &articles),
    };
    let (published, absent_articles) = publication.split(articles);
    let absent_files = files
        .colocated
        .into_iter()
        .filter(|(path, _)| publication.is_of_absent(path))
        .collect();
    let (absent_frameworks, frameworks) = frameworks
        .into_iter()
        .partition(|(id, _)| publication.draft_frameworks.contains(id));
    let published_roles = roles
        .into_iter()
        .filter(|(id, _)| !publication.absent_roles.contains_key(id))
        .collect();
    Site {
        structure_digest: structure,
        layout_digest: layout,
        common_digest: common,
        image_sizes: image_sizes::read(colocated_files.keys(), inputs),
        build_date: options.build_date,
        roles: Tracked::new("roles", published_roles),
        frameworks,
        articles: Tracked::new("articles", published),
        failed,
        absent: Absent {
            roles: Tracked::new("absent roles", publication.absent_roles),
            frameworks: absent_frameworks,
            articles: Tracked::new("absent articles", absent_articles),
            colocated_files: absent_files,
            positions: positions.absent,
        },
        positions: positions.open,
        titles: Tracked::new("titles", titles),
        colocated_files,
        linked_pairs,
        config,
        texts: theme.texts,
        can_render: theme.can_render,
        theme: theme.theme,
    }
}

impl Publication {
    fn new(records: &Records, options: &Options) -> Self {
        let calendar = options.calendar();
        let absence = |role: &Role| {
            let publication = &role.publication;
            calendar.absence(publication.draft, publication.date, publication.expires)
        };
        let absent_roles = records
            .roles
            .values()
            .filter_map(|role| Some((role.id.clone(), (role.clone(), absence(role)?))));
        let is_draft = |framework: &&Framework| framework.draft && !options.drafts;
        let draft_frameworks = records.frameworks.values().filter(is_draft);
        Self {
            calendar,
            absent_roles: absent_roles.collect(),
            draft_frameworks: draft_frameworks
                .map(|framework| framework.id.clone())
                .collect(),
        }
    }

    /// Returns true for a file of a role or a framework that is not published.
    fn is_of_absent(&self, path: &SourcePath) -> bool {
        // Most sites publish all that they have: no path need be looked at.
        if self.absent_roles.is_empty() && self.draft_frameworks.is_empty() {
            return false;
        }
        let id = |of: fn(&SourcePath) -> Option<&str>| of(path).and_then(Id::new);
        id(role_of).is_some_and(|id| self.absent_roles.contains_key(&id))
            || id(framework_of).is_some_and(|id| self.draft_frameworks.contains(&id))
    }

    /// Returns why an article is not published, if for a reason of its own.
    fn absence(&self, article: &Article) -> Option<Absence> {
        let front = &article.front;
        let date = front.date.as_ref().map(|day| day.value);
        let expires = front.expires.as_ref().map(|day| day.value);
        self.calendar.absence(front.draft, date, expires)
    }

    fn is_published(&self, article: &Article) -> bool {
        self.absence(article).is_none() && !self.is_of_absent(&article.path)
    }

    /// Sorts published articles from the others.
    fn split(
        &self,
        articles: Vec<Arc<Article>>,
    ) -> (ordered::Map<SourcePath, Arc<Article>>, AbsentArticles) {
        let (mut published, mut absent) = (ordered::Map::default(), BTreeMap::new());
        for article in articles {
            let path = article.path.clone();
            if self.is_of_absent(&path) {
                absent.insert(path, (article, None));
                continue;
            }
            match self.absence(&article) {
                None => drop(published.insert(path, article)),
                Some(absence) => drop(absent.insert(path, (article, Some(absence)))),
            }
        }
        (published, absent)
    }
}

/// Returns the roles that could not be read.
fn failed_roles(files: &Files, roles: &BTreeMap<Id, Arc<Role>>) -> BTreeSet<Id> {
    let ids = files.roles.iter().map(|role| &role.id);
    ids.filter(|id| !roles.contains_key(*id)).cloned().collect()
}

/// Returns the articles that could not be read. Both lists are in the order of paths.
fn failed_articles(files: Vec<ArticleFile>, articles: &[Arc<Article>]) -> BTreeSet<SourcePath> {
    let is_read = |path: &SourcePath| {
        articles
            .binary_search_by(|article| article.path.cmp(path))
            .is_ok()
    };
    let paths = files.into_iter().map(|file| file.path);
    paths.filter(|path| !is_read(path)).collect()
}

/// Returns the comparisons of roles that something published links to.
fn linked_pairs(parsed: &Parsed, publication: &Publication, inputs: &Inputs) -> LinkedPairs {
    let articles = parsed.articles.iter();
    let records = parsed.named.iter();
    pairs::linked(
        articles.filter(|article| publication.is_published(article)),
        records.filter(|record| !publication.is_of_absent(&record.path)),
        inputs,
    )
}

/// Returns the colocated files that something refers to. Warns of the others, unless what refers to
/// them may be what could not be read.
fn colocated_files(
    parsed: &Parsed,
    publication: &Publication,
    inputs: &Inputs,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<SourcePath, Digest> {
    let all: BTreeMap<SourcePath, Digest> = parsed
        .files
        .colocated
        .iter()
        .filter(|(path, _)| !publication.is_of_absent(path))
        .map(|(path, digest)| (path.clone(), *digest))
        .collect();
    if all.is_empty() {
        return all;
    }
    let mut uses = Uses::new(&all, &parsed.config);
    uses.add_lists(inputs);
    uses.add_templates(&parsed.theme.theme);
    let articles = || parsed.articles.par_iter().map(Arc::as_ref);
    for record in &parsed.named {
        if !publication.is_of_absent(&record.path) {
            uses.add_record(record);
        }
    }
    uses.add_articles(articles().filter(|article| publication.is_published(article)));
    uses.follow(inputs);
    let used = uses.found();
    if !diagnostics.has_errors() {
        // What a draft refers to is not said to be unused.
        for record in &parsed.named {
            uses.add_record(record);
        }
        uses.add_articles(articles().filter(|article| !publication.is_published(article)));
        uses.follow(inputs);
        let known = uses.found();
        let unused_files = all.keys().filter(|path| !known.contains(*path));
        unused::warn(unused_files, diagnostics);
    }
    all.into_iter()
        .filter(|(path, _)| used.contains(path))
        .collect()
}
