//! Which pages there are: the site comes in, pages with addresses, titles and file names go out.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::address::{Words, address, bad_permalink, below, folder_of, made_of};
use super::{Page, Plan, Subject};
use crate::content::Article;
use crate::data::Id;
use crate::diag::{Diagnostic, Diagnostics};
use crate::kind::Kind;
use crate::path::{PathFault, SourcePath, UrlPath, nearest_slug, slugify};
use crate::site::{framework_of, role_of};

/// A page before its prose was looked at.
pub(super) struct Draft {
    pub kind: Kind,
    pub subject: Subject,
    pub url: Result<UrlPath, Diagnostic>,
    /// The file name by which links know it.
    pub name: Option<SourcePath>,
    pub title: String,
    pub description: String,
}

impl Plan {
    pub(super) fn add_pages(&mut self, faults: &mut Diagnostics) {
        self.add_role_pages(faults);
        self.add_framework_pages(faults);
        self.add_comparisons(faults);
        self.add_articles(faults);
        self.add_list_pages(faults);
        self.add_site_pages(faults);
    }

    pub(super) fn add(&mut self, draft: Draft, faults: &mut Diagnostics) {
        let Draft { kind, subject, url, name, title, description } = draft;
        let prose = name.as_ref().and_then(|name| self.site.article(name));
        let title = prose.and_then(|article| article.front.title.clone()).unwrap_or(title);
        let description = prose.and_then(|article| article.front.description.clone()).unwrap_or(description);
        let prose = prose.map(|article| article.path.clone());
        if let Some(url) = faults.take(url) {
            self.push(Page { kind, subject, url, title, description, prose, name, number: 1 });
        }
    }

    pub(super) fn push(&mut self, page: Page) {
        let index = self.pages.len();
        if page.number == 1 {
            if let Some(name) = &page.name {
                self.lay_out().names.insert(name.clone(), index);
            }
            // An article is found by its file's name.
            if page.kind != Kind::Article {
                self.lay_out().about.entry(page.kind).or_default().entry(page.subject.id()).or_insert(index);
            }
        }
        self.lay_out().urls.entry(page.url.clone()).or_insert(index);
        self.lay_out().pages.push(page);
    }

    fn add_role_pages(&mut self, faults: &mut Diagnostics) {
        let ids: Vec<Id> = self.site.roles.keys().cloned().collect();
        for id in &ids {
            let role = &self.site.roles[id];
            let made: Vec<(Kind, bool)> = Kind::of_role().map(|kind| (kind, self.is_made(role, kind))).collect();
            let (title, category, path) = (role.title.clone(), role.category.to_string(), role.path.clone());
            let summary = |kind: Kind| role.summary.clone().filter(|_| kind == Kind::Hub);
            let made: Vec<(Kind, Option<String>)> = made
                .into_iter()
                .map(|(kind, is_made)| (kind, is_made.then(|| summary(kind).unwrap_or_else(|| self.description_of_role(role, kind)))))
                .collect();
            let (slug, span) = role.slug.as_ref().map_or((slugify(id.as_str()), 0..0), |slug| (slug.value.clone(), slug.span.clone()));
            let place = |fault: Diagnostic| made_of(fault, &path, &span).help("the address of a role is its `slug`, or the name of its folder");
            let hub = address(&self.site.config.site, Kind::Hub, &Words { slug: &slug, category: &category, parent: "/" }).map_err(place);
            let parent = hub.as_ref().map(folder_of).unwrap_or_default();
            for (kind, description) in made {
                let name = named(&format!("roles/{id}/{}", kind.file_name()));
                let Some(description) = description else {
                    self.lay_out().unmade.extend(name.map(|name| (name, kind)));
                    continue;
                };
                let url = match kind {
                    Kind::Hub => hub.clone(),
                    _ if hub.is_err() => continue,
                    _ => address(&self.site.config.site, kind, &Words { slug: &slug, category: &category, parent: &parent }).map_err(place),
                };
                let page_title = if kind == Kind::Hub { title.clone() } else { self.strings().fill(&format!("title_{}", kind.key()), &[("role", &title)]) };
                self.add(Draft { kind, subject: Subject::Role(id.clone()), url, name, title: page_title, description }, faults);
            }
            self.add_position_pages(id, &category, &parent, faults);
        }
    }

    fn add_position_pages(&mut self, id: &Id, category: &str, parent: &str, faults: &mut Diagnostics) {
        let positions: Vec<_> = self.site.roles[id].positions.iter().filter(|position| position.description.is_some()).cloned().collect();
        for position in positions {
            let words = Words { slug: position.id.as_str(), category, parent };
            let url = address(&self.site.config.site, Kind::Position, &words).map_err(|fault| made_of(fault, &position.path, &position.span));
            let name = named(&format!("roles/{id}/positions/{}.md", position.id));
            let fill = |key: &str| self.strings().fill(key, &[("title", &position.title), ("employer", &position.employer)]);
            let (title, described) = (fill("title_position"), fill(if position.url.is_some() { "description_position" } else { "description_position_bare" }));
            let subject = Subject::Position(id.clone(), position.id.clone());
            self.add(Draft { kind: Kind::Position, subject, url, name, title, description: position.summary.unwrap_or(described) }, faults);
        }
    }

    fn add_framework_pages(&mut self, faults: &mut Diagnostics) {
        let described = |f: &crate::role::Framework| f.summary.clone().unwrap_or_else(|| self.description_of_framework(f));
        let frameworks: Vec<_> =
            self.site.frameworks.values().map(|f| (f.id.clone(), f.path.clone(), f.name.clone(), described(f), f.competencies.is_empty())).collect();
        for (id, path, name, description, has_no_matrix) in frameworks {
            let slug = slugify(id.as_str());
            let place = |fault: Diagnostic| made_of(fault, &path, &(0..0));
            let url = address(&self.site.config.site, Kind::Framework, &Words { slug: &slug, category: "", parent: "/" }).map_err(place);
            let parent = url.as_ref().map(folder_of).unwrap_or_default();
            let subject = Subject::Framework(id.clone());
            self.add(
                Draft {
                    kind: Kind::Framework,
                    subject: subject.clone(),
                    url,
                    name: named(&format!("frameworks/{id}/index.md")),
                    title: name.clone(),
                    description,
                },
                faults,
            );
            if has_no_matrix || parent.is_empty() {
                continue;
            }
            let url = address(&self.site.config.site, Kind::Matrix, &Words { slug: &slug, category: "", parent: &parent }).map_err(place);
            let fill = |key: &str| self.strings().fill(key, &[("framework", &name)]);
            let (title, description) = (fill("title_matrix"), fill("description_matrix"));
            self.add(Draft { kind: Kind::Matrix, subject, url, name: named(&format!("frameworks/{id}/matrix.md")), title, description }, faults);
        }
    }

    /// Articles and sections: every Markdown file that is not the prose of a generated page.
    fn add_articles(&mut self, faults: &mut Diagnostics) {
        let articles = self.site.articles.values().filter(|article| !is_prose_of_generated(&article.path)).collect::<Vec<_>>();
        let pages: Vec<_> = articles.into_par_iter().map(|article| self.article_page(article)).collect();
        pages.into_iter().filter_map(|page| faults.take(page)).for_each(|page| self.push(page));
        self.add_parts_of_sections(faults);
    }

    fn article_page(&self, article: &Article) -> Result<Page, Diagnostic> {
        let path = &article.path;
        let url = self.article_address(article).map_err(|(text, fault)| {
            let span = article.front.slug.as_ref().map_or(0..0, |slug| slug.span.clone());
            let help = match fault {
                PathFault::NoLetters(_) => Some("rename it, or set `slug` in the front matter".to_owned()),
                _ => nearest_slug(&text).map(|slug| format!("write \"{slug}\"")),
            };
            bad_permalink(&text, &fault).at(path, span).help(help)
        })?;
        let title = article.front.title.clone().or_else(|| article.facts.title.clone()).unwrap_or_else(|| title_of_file(path));
        let description = article.front.description.clone().unwrap_or_else(|| article.facts.summary.clone());
        let role = role_of(path).and_then(Id::new).filter(|role| self.site.roles.contains_key(role));
        let is_section = path.name() == "_index.md";
        let (kind, subject) = if is_section { (Kind::Section, Subject::Section(path.clone())) } else { (Kind::Article, Subject::Article(path.clone(), role)) };
        Ok(Page { kind, subject, url, title, description, prose: Some(path.clone()), name: Some(path.clone()), number: 1 })
    }

    /// Further pages of long sections.
    fn add_parts_of_sections(&mut self, faults: &mut Diagnostics) {
        let mut articles: BTreeMap<SourcePath, usize> = BTreeMap::new();
        for page in &self.pages {
            if let Subject::Article(path, None) = &page.subject {
                *articles.entry(super::index::section_file(path)).or_default() += 1;
            }
        }
        let firsts: Vec<Page> = self.pages.iter().filter(|page| page.kind == Kind::Section).cloned().collect();
        for first in firsts {
            let Subject::Section(path) = &first.subject else { continue };
            let parts = articles.get(path).copied().unwrap_or(0).div_ceil(self.part_size(path));
            for number in 2..=parts {
                let url = below(&self.site.config.site, &folder_of(&first.url), &format!("page/{number}"));
                let url = url.map_err(|fault| bad_permalink(first.url.as_str(), &fault).at_file(path));
                if let Some(url) = faults.take(url) {
                    let title = self.strings().fill("title_paginated", &[("title", &first.title), ("page", &number.to_string())]);
                    self.push(Page { url, title, number, prose: None, name: None, ..first.clone() });
                }
            }
        }
    }

    fn article_address(&self, article: &Article) -> Result<UrlPath, (String, PathFault)> {
        let no_letters = |name: &str| (name.to_owned(), PathFault::NoLetters(name.to_owned()));
        let folder = self.folder_address(article.path.folder());
        if folder.contains("//") {
            let lost = article.path.folder().split('/').find(|name| slugify(name).is_empty());
            return Err(no_letters(lost.unwrap_or_default()));
        }
        let is_index = matches!(article.path.name(), "_index.md" | "index.md");
        let own = if is_index { String::new() } else { slugify(article.path.stem()) };
        let name = article.front.slug.as_ref().map_or(own, |slug| slug.value.clone());
        if name.is_empty() && !is_index {
            return Err(no_letters(article.path.stem()));
        }
        if name.is_empty() {
            return super::address::ugly(&self.site.config.site, &folder).map_err(|fault| (folder.clone(), fault));
        }
        crate::path::check_segment(&name).map_err(|fault| (name.clone(), fault))?;
        below(&self.site.config.site, &folder, &name).map_err(|fault| (name, fault))
    }

    /// Where the files of a folder of `content/` are published, with `/` at both ends.
    pub(super) fn folder_address(&self, folder: &str) -> String {
        let inner = folder.strip_prefix("content").unwrap_or(folder).trim_start_matches('/');
        let mut segments = inner.split('/').filter(|part| !part.is_empty());
        let mut address = match (inner.strip_prefix("roles/"), inner.strip_prefix("frameworks/")) {
            (Some(rest), _) => {
                let id = rest.split('/').next().unwrap_or_default();
                let hub = self.page_about(Kind::Hub, id).map(|page| folder_of(&page.url));
                hub.inspect(|_| segments.by_ref().take(2).for_each(drop))
            }
            (_, Some(rest)) => {
                let id = rest.split('/').next().unwrap_or_default();
                let page = self.page_about(Kind::Framework, id).map(|page| folder_of(&page.url));
                page.inspect(|_| segments.by_ref().take(2).for_each(drop))
            }
            _ => None,
        }
        .unwrap_or_else(|| "/".to_owned());
        for segment in segments {
            address.push_str(&slugify(segment));
            address.push('/');
        }
        address
    }

    /// Categories, tags and skills: an index and a page each.
    fn add_list_pages(&mut self, faults: &mut Diagnostics) {
        let categories: Vec<_> = self.site.config.categories.iter().map(|(id, category)| (id.clone(), category.row.clone())).collect();
        for (id, row) in categories {
            if self.site.all_roles().any(|role| role.category == id) {
                let description = row.summary.clone().unwrap_or_else(|| self.description_of_category(&id, &row.title));
                self.add_list_page(Kind::Category, Subject::Category(id), (row.title.value.clone(), description), faults);
            }
        }
        let skills: Vec<_> = self.roles_of_skill.keys().filter_map(|id| Some((id.clone(), self.site.config.skills.get(id)?.row.name.value.clone()))).collect();
        for (id, name) in skills {
            let description = self.description_of_skill(&id, &name);
            self.add_list_page(Kind::Skill, Subject::Skill(id), (name, description), faults);
        }
        for (slug, tag) in self.tags.clone() {
            let fill = |key: &str| self.strings().fill(key, &[("tag", &tag)]);
            let words = (fill("title_tag"), fill("description_tag"));
            self.add_list_page(Kind::Tag, Subject::Tag(slug), words, faults);
        }
    }

    fn add_list_page(&mut self, kind: Kind, subject: Subject, (title, description): (String, String), faults: &mut Diagnostics) {
        let folder = match kind {
            Kind::Category => "categories",
            Kind::Skill => "skills",
            _ => "tags",
        };
        let slug = slugify(&subject.id());
        let url = address(&self.site.config.site, kind, &Words { slug: &slug, category: "", parent: "/" }).map_err(|fault| self.placed(&subject, fault));
        let name = named(&format!("{folder}/{}.md", subject.id()));
        self.add(Draft { kind, subject, url, name, title, description }, faults);
    }

    /// The fault of an address at the row or tag that gave it.
    fn placed(&self, subject: &Subject, fault: Diagnostic) -> Diagnostic {
        let config = &self.site.config;
        let found = match subject {
            Subject::Category(id) => config.categories.iter().find(|(other, _)| other == id).map(|(_, row)| (&row.path, &row.span)),
            Subject::Skill(id) => config.skills.get(id).map(|row| (&row.path, &row.span)),
            Subject::Tag(slug) => {
                let tags = self.site.articles.values().flat_map(|article| article.front.tags.iter().map(|tag| (&article.path, tag)));
                tags.into_iter().find(|(_, tag)| slugify(tag) == *slug).map(|(path, tag)| (path, &tag.span))
            }
            _ => None,
        };
        let help = if matches!(subject, Subject::Tag(_)) { "use another word for the tag, or more words" } else { "give the row another `id`" };
        match found {
            Some((path, span)) if fault.place.is_none() => fault.at(path, span.clone()).help(help),
            _ => fault,
        }
    }

    fn add_site_pages(&mut self, faults: &mut Diagnostics) {
        let site_title = self.site.config.site.title.clone();
        let site_description = self.site.config.site.description.clone();
        for (kind, name) in SITE_PAGES {
            if !self.is_site_page_made(*kind) {
                self.lay_out().unmade.extend(named(name).map(|name| (name, *kind)));
                continue;
            }
            let url = address(&self.site.config.site, *kind, &Words { slug: "", category: "", parent: "/" });
            let title = || self.strings().get(&format!("title_{}", kind.key())).to_owned();
            let (title, description) = match kind {
                Kind::Home => (site_title.clone(), site_description.clone().unwrap_or_default()),
                _ => (title(), self.description_of_site_page(*kind)),
            };
            self.add(Draft { kind: *kind, subject: Subject::Site, url, name: named(name), title, description }, faults);
        }
    }
}

/// Tags in use: slug to the first spelling.
pub(super) fn tags(site: &crate::site::Site) -> BTreeMap<String, String> {
    let (mut tags, mut spellings) = (BTreeMap::new(), BTreeSet::new());
    for tag in site.articles.values().flat_map(|article| &article.front.tags).map(|tag| &tag.value).filter(|tag| spellings.insert(*tag)) {
        tags.entry(slugify(tag)).or_insert_with(|| tag.clone());
    }
    // What has no letters was said at its place.
    tags.remove("");
    tags
}

/// Pages of the whole site, with the file that may carry their prose.
pub(super) const SITE_PAGES: &[(Kind, &str)] = &[
    (Kind::Home, "_index.md"),
    (Kind::Roles, "roles/_index.md"),
    (Kind::Skills, "skills/_index.md"),
    (Kind::Tags, "tags/_index.md"),
    (Kind::SiteFaq, "faq.md"),
    (Kind::SitePositions, "positions.md"),
    (Kind::Comparisons, "compare/_index.md"),
    (Kind::Sources, "sources.md"),
    (Kind::Search, "search.md"),
    (Kind::NotFound, "404.md"),
];

/// A file of `content/`.
pub(super) fn named(name: &str) -> Option<SourcePath> {
    SourcePath::new(&format!("content/{name}")).ok()
}

/// Whether a Markdown file is the prose of a generated page, by its name: of a page that is not made as well.
pub(super) fn is_prose_of_generated(path: &SourcePath) -> bool {
    let Some(inner) = path.inside("content") else { return true };
    let parts: Vec<&str> = inner.split('/').collect();
    let is_site_page = SITE_PAGES.iter().any(|(_, name)| *name == inner);
    is_site_page
        || match parts.as_slice() {
            ["categories" | "skills" | "tags", _] => true,
            ["roles", _, name] => Kind::of_role().any(|kind| kind.file_name() == *name),
            ["roles", _, "positions", _] => true,
            ["compare", _] | ["roles" | "frameworks", _, "compare", _] => true,
            ["frameworks", _, name] => matches!(*name, "index.md" | "matrix.md") && framework_of(path).is_some(),
            _ => false,
        }
}

fn title_of_file(path: &SourcePath) -> String {
    let stem = if matches!(path.name(), "index.md" | "_index.md") { path.folder().rsplit('/').next().unwrap_or_default() } else { path.stem() };
    let words = stem.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

impl Subject {
    /// The id that a page is found by, with its kind.
    pub fn id(&self) -> String {
        match self {
            Self::Site => String::new(),
            Self::Role(id) | Self::Category(id) | Self::Skill(id) | Self::Framework(id) => id.to_string(),
            Self::Position(role, id) => format!("{role}/{id}"),
            Self::Tag(slug) => slug.clone(),
            Self::Section(path) | Self::Article(path, _) => path.to_string(),
            Self::Levels(role, a, b) => format!("roles/{role}/{a}/{b}"),
            Self::FrameworkLevels(framework, a, b) => format!("frameworks/{framework}/{a}/{b}"),
            Self::Roles(a, b) => format!("{a}/{b}"),
        }
    }

    /// The role that the page belongs to.
    pub fn role(&self) -> Option<&Id> {
        match self {
            Self::Role(id) | Self::Position(id, _) | Self::Article(_, Some(id)) | Self::Levels(id, ..) => Some(id),
            _ => None,
        }
    }

    /// The roles whose records the page shows: the one that it belongs to, or the two that it compares.
    pub fn roles(&self) -> impl Iterator<Item = &Id> {
        let (first, second) = match self {
            Self::Roles(a, b) => (Some(a), Some(b)),
            other => (other.role(), None),
        };
        first.into_iter().chain(second)
    }
}
