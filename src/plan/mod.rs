//! The plan: the site comes in, its outputs go out, each with one owner, an address, and for a page a template and a View.
//! A View is made when it is asked for: nothing here holds all pages at once, and nothing renders Markdown.

mod address;
mod article;
mod card;
mod compare;
mod faq;
mod figures;
mod files;
mod framework;
mod groups;
mod head;
mod hosts;
mod index;
mod jsonld;
mod ladder;
mod links;
mod machines;
mod origin;
mod outputs;
mod page;
mod pages;
mod picture;
mod position;
mod role;
mod search;
mod sections;
mod shared;
mod sitemap;
mod skill;
mod source;
mod titles;
mod unmade;
pub mod view;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use crate::content::Article;
use crate::data::{Id, Md};
use crate::diag::Diagnostics;
use crate::kind::Kind;
use crate::locale::Locale;
use crate::ordered;
use crate::path::{OutPath, SourcePath, UrlPath};
use crate::site::Site;
use crate::theme::Strings;

pub use crate::escape::escape;
pub use files::File;
pub use links::{LinkFault, Target};
pub use origin::Origin;
pub use outputs::{Output, What};
pub use page::{OfRole, View};
pub use picture::{ICON_SOURCE, Icon, Picture};
pub use role::RoleParts;
pub use search::{PAGES_A_FILE, Said, SearchSizes};
pub use shared::Shared;
use view::Html;

/// Everything that will be published: a site, and how it is laid out.
pub struct Plan {
    pub site: Site,
    layout: Arc<Layout>,
}

/// Pages, their addresses, and what is derived from them. It is a function of the site's shape: where only bodies of
/// articles and templates differ, two plans share it.
#[derive(Clone, Default)]
pub struct Layout {
    pub pages: Vec<Page>,
    /// Every output by its path, one owner each.
    pub outputs: BTreeMap<OutPath, Output>,
    /// Paths that two owners want: which page is there, and with which anchors, is not known.
    pub contested: BTreeSet<OutPath>,
    /// Pages by the file name that links use for them, whether or not that file exists.
    names: ordered::Map<SourcePath, usize>,
    /// Pages by address.
    urls: ordered::Map<UrlPath, usize>,
    /// Kinds of pages of a role that are not made, by the file name that a link would use.
    unmade: BTreeMap<SourcePath, Kind>,
    /// Pages by kind and by the id of what they are about (empty for a page of the whole site), but for articles.
    about: BTreeMap<Kind, ordered::Map<String, usize>>,
    /// Pages that search finds, in the order of their addresses.
    pub found: Vec<usize>,
    groups: groups::Groups,
    /// Tags in use: slug to the first spelling.
    tags: BTreeMap<String, String>,
    /// Roles by the skills in use.
    roles_of_skill: BTreeMap<Id, Vec<Id>>,
    sharing: Arc<shared::Sharing>,
    /// The menu with its addresses.
    nav: OnceLock<Vec<view::NavView>>,
    /// The links to icons that every page has.
    icons: OnceLock<String>,
}

/// A page that will be published.
#[derive(Clone, Debug)]
pub struct Page {
    pub kind: Kind,
    pub subject: Subject,
    pub url: UrlPath,
    /// The heading, and what links say.
    pub title: String,
    /// One sentence; empty when nothing was said.
    pub description: String,
    /// The Markdown file that was written for the page.
    pub prose: Option<SourcePath>,
    /// The file name by which links know it.
    pub name: Option<SourcePath>,
    /// Which part of a paginated index this is, from 1.
    pub number: usize,
}

/// What a page is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    Site,
    Role(Id),
    /// A role, and one of its open jobs.
    Position(Id, Id),
    Category(Id),
    Skill(Id),
    /// A tag's slug.
    Tag(String),
    /// A folder of articles, by its `_index.md`.
    Section(SourcePath),
    /// An article, and the role that it belongs to.
    Article(SourcePath, Option<Id>),
    Framework(Id),
    /// A role and two levels of its ladder, the lower one first.
    Levels(Id, Id, Id),
    /// A framework and two of its levels, the lower one first.
    FrameworkLevels(Id, Id, Id),
    /// Two roles, in the order of their ids.
    Roles(Id, Id),
}

/// Plans a site.
pub fn plan(site: Site, faults: &mut Diagnostics) -> Plan {
    let sharing = Arc::new(shared::Sharing::of(site.roles.keys()));
    let (tags, roles_of_skill) = rayon::join(|| pages::tags(&site), || groups::roles_of_skill(&site));
    let mut plan = Plan { site, layout: Arc::new(Layout { sharing, tags, roles_of_skill, ..Layout::default() }) };
    plan.add_pages(faults);
    let (groups, paths) = rayon::join(|| groups::Groups::of(&plan), || plan.page_paths());
    plan.lay_out().groups = groups;
    let found = plan.findable();
    plan.lay_out().found = found;
    plan.add_outputs(paths, faults);
    plan.check_links_of_files(faults);
    plan
}

impl Deref for Plan {
    type Target = Layout;

    fn deref(&self) -> &Layout {
        &self.layout
    }
}

impl Plan {
    /// The plan of a site that has the shape of this one, whose layout it shares. The site comes back when it has another one. What planning said of this one is not said again: its places may be others now.
    pub fn with_layout_of(&self, site: Site) -> Result<Self, Box<Site>> {
        match site.shape == self.site.shape && site.failed == self.site.failed {
            true => Ok(Self { site, layout: self.layout.clone() }),
            false => Err(Box::new(site)),
        }
    }

    /// The layout while it is made.
    fn lay_out(&mut self) -> &mut Layout {
        Arc::make_mut(&mut self.layout)
    }
}

impl Plan {
    pub(super) fn strings(&self) -> &Strings {
        &self.site.theme.strings
    }

    pub(super) fn locale(&self) -> &Locale {
        self.site.theme.locale()
    }

    /// An address of the site as a link: with the base path, percent-encoded.
    pub fn href(&self, url: &UrlPath) -> String {
        [self.site.config.base_path.trim_end_matches('/'), &url.encoded()].concat()
    }

    /// An address of the site with scheme and host.
    pub fn permalink(&self, url: &UrlPath) -> String {
        self.whole(&self.href(url))
    }

    /// A link with scheme and host: one of the site gets them.
    pub(super) fn whole(&self, href: &str) -> String {
        if href.starts_with('/') { format!("{}{href}", self.site.config.origin) } else { href.to_owned() }
    }

    /// The page of a kind about something, when it is made.
    pub(super) fn page_about(&self, kind: Kind, id: &str) -> Option<&Page> {
        self.about.get(&kind)?.get(id).map(|index| &self.pages[*index])
    }

    /// Its address as a link.
    pub(super) fn url_of(&self, kind: Kind, id: &str) -> Option<String> {
        self.page_about(kind, id).map(|page| self.href(&page.url))
    }

    /// A place on a page of the whole site as a link.
    pub(super) fn anchor_on(&self, kind: Kind, anchor: &str) -> Option<String> {
        self.url_of(kind, "").map(|url| format!("{url}#{anchor}"))
    }

    /// The prose that was written for a page.
    pub fn prose(&self, page: &Page) -> Option<&Article> {
        page.prose.as_ref().and_then(|path| self.site.article(path))
    }

    /// A Markdown text of a record as a paragraph or more.
    pub(super) fn block(&self, text: &Md) -> Html {
        self.record(text, RecordShape::Block)
    }

    /// A Markdown text of a record that stands in a line.
    pub(super) fn inline(&self, text: &Md) -> Html {
        self.record(text, RecordShape::Inline)
    }

    fn record(&self, text: &Md, shape: RecordShape) -> Html {
        let links = crate::content::record_links(&text.text).into_iter().filter_map(|link| {
            let target = self.resolve(&text.path, &link, None).ok()?;
            Some((link, target.href))
        });
        Html::Record { markdown: text.text.clone(), inline: shape == RecordShape::Inline, links: links.collect() }
    }
}

#[derive(PartialEq, Eq)]
enum RecordShape {
    Inline,
    Block,
}
