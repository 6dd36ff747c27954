//! The plan: the site comes in, its outputs go out, each with one owner, an address, and for a page a template and a View.
//! A View is made when it is asked for: nothing here holds all pages at once, and nothing renders Markdown.

mod address;
mod article;
mod card;
mod compare;
mod describe;
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
mod lost;
mod machines;
mod needs;
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
mod texts;
mod titles;
mod unit;
mod unmade;
mod unshown;
pub mod view;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use crate::content::{Article, ImageUse, RecordText, Shape};
use crate::data::{Id, Md};
use crate::diag::{Diagnostics, Place};
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
pub use texts::Texts;
use view::Html;

/// Everything that will be published: a site, and how it is laid out.
pub struct Plan {
    pub site: Site,
    layout: Arc<Layout>,
    /// Where links of records and lists were written, by what they became; made when a message wants it.
    places: OnceLock<ordered::Map<String, Place>>,
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
    /// The site as it would be laid out with all that is not published.
    everything: OnceLock<Option<Arc<Plan>>>,
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
    let plan = laid_out(site, faults);
    plan.check_links_of_files(faults);
    plan.check_texts(faults);
    plan.check_shown(faults);
    plan.check_prose(faults);
    plan.check_titles(faults);
    plan
}

fn laid_out(site: Site, faults: &mut Diagnostics) -> Plan {
    let sharing = Arc::new(shared::Sharing::of(site.roles.keys().chain(site.absent.roles.keys())));
    let (tags, roles_of_skill) = rayon::join(|| pages::tags(&site), || groups::roles_of_skill(&site));
    let mut plan = Plan { site, places: OnceLock::new(), layout: Arc::new(Layout { sharing, tags, roles_of_skill, ..Layout::default() }) };
    plan.add_pages(faults);
    let (groups, paths) = rayon::join(|| groups::Groups::of(&plan), || plan.page_paths());
    plan.lay_out().groups = groups;
    let found = plan.findable();
    plan.lay_out().found = found;
    plan.add_outputs(paths, faults);
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
            true => Ok(Self { site, places: OnceLock::new(), layout: self.layout.clone() }),
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
        self.record(text, Shape::Block)
    }

    /// A Markdown text of a record that is an item of a list.
    pub(super) fn item(&self, text: &Md) -> Html {
        self.record(text, Shape::Item)
    }

    /// A Markdown text of a record that stands in a line.
    pub(super) fn inline(&self, text: &Md) -> Html {
        self.record(text, Shape::Line)
    }

    fn record(&self, text: &Md, shape: Shape) -> Html {
        let targets = self.targets_in(&text.path, &text.text);
        Html::Record(RecordText { markdown: text.text.clone(), shape, targets, options: self.site.theme.markdown.clone() })
    }

    /// Where the links and pictures of a text lead that are no whole URLs; what leads nowhere is left out.
    pub(super) fn targets_in(&self, from: &SourcePath, markdown: &str) -> BTreeMap<String, ImageUse> {
        let links = crate::content::record_links(markdown).into_iter().filter(|link| !crate::data::is_safe_url(link) && !link.starts_with('#'));
        links.filter_map(|link| self.resolve(from, &link, None).ok().map(|target| (link, self.use_of(target)))).collect()
    }

    /// A target as a text uses it: a picture has a size, and smaller ones of it.
    pub fn use_of(&self, target: Target) -> ImageUse {
        let size = target.source.as_ref().and_then(|path| self.site.image_sizes.get(path)).copied();
        let srcset = target.source.as_ref().filter(|_| size.is_some()).map(|path| self.srcset(path)).unwrap_or_default();
        ImageUse { src: target.href, srcset, width: size.map(|size| size.0), height: size.map(|size| size.1) }
    }
}
