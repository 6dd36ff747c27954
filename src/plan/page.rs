//! The View of a page: a planned page comes in, everything that its template sees goes out, but for the rendered body.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value as Json;
use tera::{Context, Value};

use super::role::{RoleParts, Variables};
use super::shared::Shared;
use super::view::{Card, Crumb, Html, NavView, PageView, Sibling, SiteView, SourceFile, TocEntry};
use super::{Page, Plan, Subject};
use crate::config::NavItem;
use crate::diag::Diagnostic;
use crate::digest::Digest;
use crate::kind::Kind;
use crate::path::SourcePath;

/// The View of one page.
pub struct View {
    pub page: PageView,
    /// What it shares with other pages of a role.
    pub role: Option<OfRole>,
    /// The page's own variables by name.
    pub own: Vec<(&'static str, Own)>,
}

/// A variable that becomes a value only when a template needs it.
type Own = Box<dyn Shown>;

/// Something that a template can be shown, and that can be hashed without showing it.
pub trait Shown {
    fn value(&self) -> Value;
    fn digest(&self) -> Digest;
    /// The same for programs, as JSON.
    fn json(&self) -> String;
}

impl<T: serde::Serialize> Shown for T {
    fn value(&self) -> Value {
        Value::from_serializable(self)
    }
    fn digest(&self) -> Digest {
        Digest::of_value(self)
    }
    fn json(&self) -> String {
        // What a View is made of always has a text.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Plan {
    /// Makes the View of a page. `page.body` is empty: whoever renders the page fills it in.
    pub fn view(&self, page: &Page) -> View {
        let described = self.described(page);
        let page = described.as_ref().unwrap_or(page);
        let faqs = page.subject.role().and_then(|id| self.site.role(id)).map(|role| self.faqs_on(role, page.kind)).unwrap_or_default();
        let breadcrumbs = self.breadcrumbs(page);
        let image = self.image_of(page);
        let prose = self.prose(page);
        let front = prose.map(|article| &article.front);
        let words = prose.map_or(0, |article| article.facts.words);
        let sections = self.sections(page);
        let view = PageView {
            kind: page.kind.as_str(),
            url: self.href(&page.url),
            permalink: self.permalink(&page.url),
            title: page.title.clone(),
            description: page.description.clone(),
            lead: if self.is_described_by_body(page) { String::new() } else { page.description.clone() },
            language: self.site.config.site.language.value.clone(),
            direction: self.locale().direction(),
            head: self.head(page, &breadcrumbs, &faqs, image.as_ref()),
            body: Html::Empty,
            toc: self.toc(page, &sections),
            breadcrumbs,
            siblings: self.siblings(page),
            date: front.and_then(|front| front.date.as_ref()).map(|date| date.value.to_string()),
            updated: self.updated(page).map(|date| date.to_string()),
            expires: front.and_then(|front| front.expires.as_ref()).map(|date| date.value.to_string()),
            draft: self.is_draft(page),
            noindex: !self.is_listed(page),
            image,
            authors: self.authors(page),
            tags: self.tags_of(page),
            words,
            reading_minutes: words.div_ceil(WORDS_A_MINUTE),
            up_next: self.up_next(page),
            calls_to_action: self.calls_to_action(page),
            sections,
            feed: match &page.subject {
                Subject::Section(path) => self.feed_url(Some(path)).map(|url| self.href(&url)),
                _ => None,
            },
            extra: front.map_or(Json::Object(serde_json::Map::new()), |front| Json::Object(front.extra.0.clone())),
            source: SourceFile { path: page.prose.clone().or_else(|| self.source_of(page)).map(|path| path.to_string()) },
        };
        let mut own = self.own_variables(page);
        own.push(("faqs", Box::new(faqs)));
        own.push(("lists", Box::new(self.lists(page))));
        View { page: view, role: self.of_role(page), own }
    }

    /// The template of a page: the one that its prose asks for, or its kind's.
    pub fn template(&self, page: &Page) -> Result<String, Diagnostic> {
        let article = self.prose(page);
        let asked = article.and_then(|article| Some((article, article.front.template.as_ref()?)));
        let found = self.site.theme.template_for(page.kind, asked.map(|(_, template)| template.value.as_str()));
        found.map_err(|fault| match asked {
            Some((article, template)) => fault.at(&article.path, template.span.clone()),
            None => fault,
        })
    }

    /// All that is known of the role on its pages, the role itself on what belongs to it; null on other articles.
    fn of_role(&self, page: &Page) -> Option<OfRole> {
        match &page.subject {
            Subject::Role(id) => self.role(id).map(OfRole::All),
            Subject::Position(id, _) => self.role(id).map(OfRole::Role),
            Subject::Article(_, Some(id)) => Some(self.role(id).map_or(OfRole::Null, OfRole::Role)),
            Subject::Article(_, None) => Some(OfRole::Null),
            _ => None,
        }
    }

    pub(super) fn own_variables(&self, page: &Page) -> Vec<(&'static str, Own)> {
        match (&page.subject, page.kind) {
            (Subject::Role(_), _) => vec![],
            (Subject::Position(role, id), _) => self.position_variables(role, id),
            (Subject::Article(path, role), _) => self.article_variables(page, path, role.as_ref()),
            (Subject::Section(path), _) => {
                let (items, paginator) = self.part_of_section(page, path);
                vec![("items", Box::new(items)), ("paginator", Box::new(paginator)), ("subsections", Box::new(self.subsections(path)))]
            }
            (Subject::Category(id), _) => vec![("category", Box::new(self.category(id)))],
            (Subject::Skill(id), _) => vec![("skill", Box::new(self.skill_with_roles(id)))],
            (Subject::Tag(slug), _) => {
                let tag = Crumb { title: self.tags.get(slug).cloned().unwrap_or_default(), url: self.href(&page.url) };
                vec![("tag", Box::new(tag)), ("items", Box::new(self.cards_of_tag(slug))), ("paginator", Box::new(None::<()>))]
            }
            (Subject::Framework(id), _) => self.framework_variables(id),
            (Subject::Levels(..) | Subject::FrameworkLevels(..) | Subject::Roles(..), _) => vec![("comparison", Box::new(self.comparison(page)))],
            (Subject::Site, kind) => self.site_variables(kind),
        }
    }

    fn position_variables(&self, role: &crate::data::Id, id: &crate::data::Id) -> Vec<(&'static str, Own)> {
        let Some(role) = self.site.role(role) else { return vec![] };
        let position = role.position(id).map(|position| self.position(role, position));
        vec![("position", Box::new(position))]
    }

    fn article_variables(&self, page: &Page, path: &SourcePath, role: Option<&crate::data::Id>) -> Vec<(&'static str, Own)> {
        let (previous, next) = self.neighbours(page);
        let section = self.section_of(path).filter(|_| role.is_none()).map(|page| Crumb { title: page.title.clone(), url: self.href(&page.url) });
        vec![("section", Box::new(section)), ("previous", Box::new(previous)), ("next", Box::new(next))]
    }

    fn framework_variables(&self, id: &crate::data::Id) -> Vec<(&'static str, Own)> {
        let Some(framework) = self.site.frameworks.get(id) else { return vec![] };
        vec![("framework", Box::new(self.framework(framework))), ("ladder", Box::new(self.framework_ladder(framework)))]
    }

    fn site_variables(&self, kind: Kind) -> Vec<(&'static str, Own)> {
        match kind {
            Kind::Home => vec![
                ("categories", Box::new(self.categories())),
                ("roles_count", Box::new(self.site.roles.len())),
                ("skills_count", Box::new(self.roles_of_skill.len())),
                ("articles", Box::new(self.newest_articles(6))),
                ("frameworks", Box::new(self.cards_of(Kind::Framework))),
            ],
            Kind::Roles => {
                vec![("groups", Box::new(self.roles_by_letter())), ("categories", Box::new(self.categories())), ("count", Box::new(self.site.roles.len()))]
            }
            Kind::Tags => vec![("tags", Box::new(self.tag_counts()))],
            Kind::Skills => vec![("groups", Box::new(self.skill_groups())), ("proficiencies", Box::new(self.proficiency_scale()))],
            Kind::SiteFaq => vec![("groups", Box::new(self.faq_groups()))],
            Kind::SitePositions => vec![("positions", Box::new(self.all_positions()))],
            Kind::Comparisons => vec![("groups", Box::new(self.comparison_groups())), ("roles", Box::new(self.comparable_roles()))],
            Kind::Sources => vec![("sources", Box::new(self.sources()))],
            Kind::Search => vec![("categories", Box::new(self.category_links()))],
            _ => vec![],
        }
    }

    fn cards_of(&self, kind: Kind) -> Vec<Card> {
        self.pages.iter().filter(|page| page.kind == kind && page.number == 1).map(|page| self.card(page)).collect()
    }

    fn tag_counts(&self) -> Vec<Json> {
        let count = |slug: &str| self.groups.tagged.get(slug).map_or(0, Vec::len);
        self.tags.iter().map(|(slug, title)| serde_json::json!({ "title": title, "url": self.url_of(Kind::Tag, slug), "count": count(slug) })).collect()
    }

    fn proficiency_scale(&self) -> Vec<Json> {
        self.site.config.proficiencies.iter().map(|row| serde_json::json!({ "id": row.id.value, "name": row.name, "description": row.description })).collect()
    }

    fn all_positions(&self) -> Vec<super::view::PositionView> {
        let mut all: Vec<_> = self.site.all_roles().flat_map(|role| self.positions_of(role)).collect();
        all.sort_by(|a, b| b.posted.cmp(&a.posted).then_with(|| a.id.cmp(&b.id)));
        all
    }

    fn breadcrumbs(&self, page: &Page) -> Vec<Crumb> {
        let crumb = |page: &Page| Crumb { title: page.title.clone(), url: self.href(&page.url) };
        let about = |kind: Kind, id: &str| self.page_about(kind, id).map(crumb);
        let role = page.subject.role().and_then(|id| self.site.role(id));
        let mut path: Vec<Option<Crumb>> = vec![about(Kind::Home, "").map(|home| Crumb { title: self.strings().get("nav_home").to_owned(), ..home })];
        if let Some(role) = role {
            path.push(about(Kind::Roles, ""));
            path.push(about(Kind::Category, role.category.as_str()));
            path.push(about(Kind::Hub, role.id.as_str()));
        }
        match &page.subject {
            Subject::Position(role, _) => path.push(about(Kind::Positions, role.as_str())),
            Subject::Category(_) => path.push(about(Kind::Roles, "")),
            Subject::Skill(_) => path.push(about(Kind::Skills, "")),
            Subject::Tag(_) => path.push(about(Kind::Tags, "")),
            Subject::Framework(id) | Subject::FrameworkLevels(id, ..) => path.push(about(Kind::Framework, id.as_str())),
            Subject::Levels(id, ..) => path.push(about(Kind::Ladder, id.as_str())),
            Subject::Roles(..) => path.push(about(Kind::Comparisons, "")),
            Subject::Article(file, None) | Subject::Section(file) => path.extend(self.sections_above(file).into_iter().map(|page| Some(crumb(page)))),
            _ => {}
        }
        let mut path: Vec<Crumb> = path.into_iter().flatten().filter(|crumb| crumb.url != self.href(&page.url)).collect();
        path.push(crumb(page));
        if page.kind == Kind::Home { vec![] } else { path }
    }

    /// The sections that a file stands in, outermost first.
    fn sections_above(&self, file: &SourcePath) -> Vec<&Page> {
        let mut folder = file.folder();
        let mut above = vec![];
        while !folder.is_empty() && folder != "content" {
            above.extend(self.page_about(Kind::Section, &format!("{folder}/_index.md")));
            folder = folder.rsplit_once('/').map_or("", |(parent, _)| parent);
        }
        above.reverse();
        above
    }

    /// The pages of the same role, or of the same framework.
    fn siblings(&self, page: &Page) -> Vec<Sibling> {
        let (kinds, id): (Vec<Kind>, String) = match &page.subject {
            Subject::Role(id) | Subject::Position(id, _) | Subject::Article(_, Some(id)) | Subject::Levels(id, ..) => {
                (Kind::of_role().collect(), id.to_string())
            }
            Subject::Framework(id) | Subject::FrameworkLevels(id, ..) => (vec![Kind::Framework, Kind::Matrix], id.to_string()),
            _ => return vec![],
        };
        let sibling = |kind: &Kind| {
            let other = self.page_about(*kind, &id)?;
            let title = self.strings().get(&format!("nav_{}", kind.key())).to_owned();
            Some(Sibling { kind: kind.as_str(), title, url: self.href(&other.url), current: other.url == page.url })
        };
        kinds.iter().filter_map(sibling).collect()
    }

    /// Whether nobody wrote a description, and the first words of the body serve as one.
    fn is_described_by_body(&self, page: &Page) -> bool {
        let prose = self.prose(page).filter(|_| matches!(page.kind, Kind::Article | Kind::Section));
        prose.is_some_and(|article| article.front.description.is_none())
    }

    /// Headings of the body, then the generated sections that are shown.
    fn toc(&self, page: &Page, sections: &std::collections::BTreeMap<String, super::view::Section>) -> Vec<TocEntry> {
        let mut toc = self.prose(page).map(|article| article.facts.own.toc()).unwrap_or_default();
        for id in page.kind.sections() {
            let Some(section) = sections.get(&id.replace('-', "_")).filter(|section| section.show) else { continue };
            let children = if *id == "levels" && page.kind == Kind::Ladder { self.level_entries(page) } else { vec![] };
            toc.push(TocEntry { id: section.id.clone(), text: section.heading.clone(), children });
        }
        toc
    }

    fn level_entries(&self, page: &Page) -> Vec<TocEntry> {
        let role = page.subject.role().and_then(|id| self.site.role(id));
        let entry = |level: &crate::role::Level| TocEntry { id: level.id.to_string(), text: level.title.clone(), children: vec![] };
        role.map(|role| role.ladder.levels().map(entry).collect()).unwrap_or_default()
    }

    /// What all pages share, made once for a build.
    pub fn site_view(&self) -> SiteView {
        let site = &self.site.config.site;
        SiteView {
            title: site.title.clone(),
            description: site.description.clone().unwrap_or_default(),
            about: self.about(),
            url: self.site.config.base_path.clone(),
            origin: self.site.config.origin.clone(),
            language: site.language.value.clone(),
            logo: site.logo.as_ref().and_then(|logo| self.site.theme.assets.urls.get(&logo.value).cloned()),
            publisher: site.publisher.clone(),
            pages: super::pages::SITE_PAGES.iter().map(|(kind, _)| (site_key(*kind), self.url_of(*kind, ""))).collect(),
            assets: self.site.theme.assets.urls.clone(),
            params: Json::Object(self.params()),
            build_date: self.site.build_date.to_string(),
            generator: concat!("Rungs ", env!("CARGO_PKG_VERSION")),
            languages: vec![],
        }
    }

    /// The theme's parameters with what the site says on top.
    pub(super) fn params(&self) -> serde_json::Map<String, Json> {
        let mut params = self.site.theme.params.clone();
        crate::theme::merge(&mut params, &self.site.config.site.params.0);
        params
    }

    /// Which entries of the menu, each before its children, lead to a page or above it.
    pub fn nav_marks(&self, page: &Page) -> Vec<bool> {
        let (own, mut marks) = (self.href(&page.url), vec![]);
        for item in self.menu() {
            self.mark(item, &own, &mut marks);
        }
        marks
    }

    /// The menu as pages with these marks show it.
    pub fn nav(&self, marks: &[bool]) -> Vec<NavView> {
        let mut marks = marks.iter().copied();
        self.menu().iter().map(|item| marked(item, &mut marks)).collect()
    }

    fn menu(&self) -> &[NavView] {
        self.nav.get_or_init(|| self.site.config.site.nav.iter().filter_map(|item| self.nav_item(item)).collect())
    }

    /// An entry on no page. One that leads to what is not published has no address.
    fn nav_item(&self, item: &NavItem) -> Option<NavView> {
        let url = match (&item.url, &item.to) {
            (Some(url), _) => url.to_string(),
            (None, Some(to)) => self.resolve_nav(&to.value).ok()?.href,
            (None, None) => String::new(),
        };
        let children = item.children.iter().filter_map(|child| self.nav_item(child)).collect();
        Some(NavView { title: item.title.value.clone(), url, current: false, children })
    }

    fn mark(&self, NavView { url, children, .. }: &NavView, own: &str, marks: &mut Vec<bool>) -> bool {
        let at = marks.len();
        marks.push(false);
        // Each child has a mark, also after one that is set.
        let below = children.iter().filter(|child| self.mark(child, own, marks)).count() > 0;
        let above = url.len() > self.site.config.base_path.len() && url.ends_with('/') && own.starts_with(url);
        marks[at] = own == url || above || below;
        marks[at]
    }

    /// A menu entry names a file of `content/`, with or without that folder in front.
    pub(super) fn resolve_nav(&self, to: &str) -> Result<super::Target, super::LinkFault> {
        self.resolve(&crate::site::home_file(), to.strip_prefix("content/").unwrap_or(to), None)
    }
}

fn marked(NavView { title, url, children, .. }: &NavView, marks: &mut dyn Iterator<Item = bool>) -> NavView {
    let current = marks.next().unwrap_or(false);
    let children = children.iter().map(|child| marked(child, marks)).collect();
    NavView { title: title.clone(), url: url.clone(), current, children }
}

/// The words that most people read in a minute.
const WORDS_A_MINUTE: usize = 220;

/// The names of site-wide pages in `site.pages`, as Tera writes keys.
fn site_key(kind: Kind) -> &'static str {
    match kind {
        Kind::SiteFaq => "site_faq",
        Kind::SitePositions => "site_positions",
        Kind::NotFound => "not_found",
        other => other.as_str(),
    }
}

/// The role variables that a page has.
pub enum OfRole {
    /// All of them.
    All(Arc<Shared>),
    /// `role` alone.
    Role(Arc<Shared>),
    /// `role`, which is null.
    Null,
}

impl OfRole {
    fn names(&self) -> &'static [&'static str] {
        match self {
            Self::All(_) => RoleParts::NAMES,
            Self::Role(_) | Self::Null => &["role"],
        }
    }

    fn variables(&self) -> Variables {
        match self {
            Self::All(shared) => shared.variables().to_vec(),
            Self::Role(shared) => shared.variables().iter().filter(|(name, _)| *name == "role").cloned().collect(),
            Self::Null => vec![("role", Value::none())],
        }
    }

    fn digest(&self) -> Digest {
        match self {
            Self::All(shared) | Self::Role(shared) => shared.digest(),
            Self::Null => Digest::default(),
        }
    }
}

impl View {
    /// The names of all variables of the page's template.
    pub fn names(&self) -> BTreeSet<&'static str> {
        let of_role = self.role.as_ref().map(OfRole::names).unwrap_or_default();
        ["page", "site", "t"].into_iter().chain(of_role.iter().copied()).chain(self.own.iter().map(|(name, _)| *name)).collect()
    }

    /// The context of the page's template.
    pub fn context(&self, site: Value, t: Value) -> Context {
        let mut context = Context::new();
        context.insert_value("page", self.page.value());
        context.insert_value("site", site);
        context.insert_value("t", t);
        let own = self.own.iter().map(|(name, own)| (*name, own.value()));
        for (name, value) in self.role.as_ref().map(OfRole::variables).unwrap_or_default().into_iter().chain(own) {
            context.insert_value(name, value);
        }
        context
    }

    /// A digest of all that the template sees but for `site` and `t`.
    pub fn digest(&self) -> Digest {
        let Self { page, role, own } = self;
        let own: Vec<(&str, Digest)> = own.iter().map(|(name, own)| (*name, own.digest())).collect();
        Digest::of_value(&(page, role.as_ref().map(|role| (role.names().len(), role.digest())), own))
    }
}
