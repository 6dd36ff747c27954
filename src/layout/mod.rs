//! The layout: which pages and files exist, and where. A site comes in; pages with addresses,
//! outputs with one owner each, and the maps to look them up go out. Nothing here makes a View or
//! renders.
//!
//! A [`Layout`] is a function of the structure of a site: builds that differ only in the bodies of
//! articles and in templates share it. [`Builder`] takes pages one by one; the finished layout
//! never changes.

pub mod address;
mod answers;
mod builder;
pub mod compared;
pub mod files;
pub mod groups;
pub mod links;
pub mod lists;
pub mod origin;
pub mod output;
pub mod outputs;
pub mod page;
pub mod pair;
pub mod parts;
pub mod picture;
pub mod role_files;
pub mod search;
pub mod skills;
pub mod unmade;

use std::collections::{BTreeMap, BTreeSet};

use crate::data::Id;
use crate::kind::{JsonTwin, Kind, Kinds};
use crate::ordered;
use crate::path::{OutPath, SourcePath, UrlPath, slugify};
use crate::reads::{Keyed, Tracked};
use crate::role::Role;
use crate::site::Site;

pub use builder::Builder;
use compared::ComparedRole;
use groups::Groups;
use lists::Lists;
use output::Output;
use role_files::RoleFiles;
use skills::SkillUse;

/// The pages and files of a site.
pub struct Layout {
    /// All pages, in the order in which they were found.
    pub pages: Tracked<Vec<Page>>,
    /// Every output by its path, one owner each.
    pub outputs: Tracked<BTreeMap<OutPath, Output>>,
    /// Paths that two owners want. Which of the two is there, and with which ids, is not certain.
    pub contested: Tracked<BTreeSet<OutPath>>,
    /// Pages by the file name that links use, whether or not the file exists.
    pub names: Tracked<ordered::Map<SourcePath, usize>>,
    /// Pages by address.
    pub urls: Tracked<ordered::Map<UrlPath, usize>>,
    /// Kinds of pages that are not made, by the file name that a link would use.
    pub unmade: Tracked<BTreeMap<SourcePath, Kind>>,
    /// How many parts a list has, by kind and by the id of its subject, where it has several.
    pub parts: BTreeMap<Kind, Tracked<ordered::Map<String, usize>>>,
    /// Pages by kind and by the id of their subject, which is empty for a page of the whole site.
    /// Articles are found by [`Layout::names`].
    pub about: BTreeMap<Kind, Tracked<ordered::Map<String, usize>>>,
    /// The pages that search finds, sorted by address.
    pub found: Tracked<Vec<usize>>,
    pub groups: Groups,
    /// The lists that may fall into parts.
    pub lists: Lists,
    /// The files by which lists of roles in parts are filtered, by the index of their first page.
    pub role_files: Tracked<BTreeMap<usize, RoleFiles>>,
    /// The roles that a script can put side by side: the parts of their list, from 0.
    pub compared: Tracked<ordered::Map<usize, Vec<ComparedRole>>>,
    /// Tags in use: slug to the first spelling.
    pub tags: Tracked<BTreeMap<String, String>>,
    /// The skills that roles want.
    pub skills_in_use: Tracked<BTreeMap<Id, SkillUse>>,
    /// The facts that the kinds of pages declare.
    pub kinds: &'static Kinds,
    /// The site with all that is not published, if something is not.
    unpublished: Tracked<Option<Box<Unpublished>>>,
}

/// A site with all that is not published, and its layout. Links to such pages are looked up in it.
pub struct Unpublished {
    pub site: Site,
    pub layout: Layout,
}

/// A page of the layout.
#[derive(Clone, Debug)]
pub struct Page {
    pub kind: Kind,
    pub subject: Subject,
    pub url: UrlPath,
    /// The heading, and the text of links to the page.
    pub title: String,
    /// The description in one sentence, or empty.
    pub description: String,
    /// The Markdown file that was written for the page.
    pub prose: Option<SourcePath>,
    /// The file name that links use for the page.
    pub name: Option<SourcePath>,
    /// The number of this page of a paginated index, from 1.
    pub number: usize,
    /// The ids of the generated sections on the page.
    pub sections: Box<[&'static str]>,
}

/// What a page is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    Site,
    Role(Id),
    /// An open job, of a role or of none.
    Position(Option<Id>, Id),
    Category(Id),
    Skill(Id),
    /// A tag, by its slug.
    Tag(String),
    /// A folder of articles, by its `_index.md`.
    Section(SourcePath),
    /// An article, with the role that it belongs to.
    Article(SourcePath, Option<Id>),
    Framework(Id),
    /// A role and two levels of its ladder, the lower one first.
    Levels(Id, Id, Id),
    /// A framework and two of its levels, the lower one first.
    FrameworkLevels(Id, Id, Id),
    /// Two roles, in the order of their ids.
    Roles(Id, Id),
}

impl Keyed for Page {
    type Key = UrlPath;

    fn key(&self) -> &UrlPath {
        &self.url
    }
}

impl Subject {
    /// Returns the id by which a page of a kind is found.
    pub fn id(&self) -> String {
        match self {
            Self::Site => String::new(),
            Self::Role(id) | Self::Category(id) | Self::Skill(id) | Self::Framework(id) => {
                id.to_string()
            }
            Self::Position(Some(role), id) => format!("{role}/{id}"),
            Self::Position(None, id) => id.to_string(),
            Self::Tag(slug) => slug.clone(),
            Self::Section(path) | Self::Article(path, _) => path.to_string(),
            Self::Levels(role, a, b) => format!("roles/{role}/{a}/{b}"),
            Self::FrameworkLevels(framework, a, b) => format!("frameworks/{framework}/{a}/{b}"),
            Self::Roles(a, b) => format!("{a}/{b}"),
        }
    }

    /// Returns the role that the page belongs to.
    pub fn role(&self) -> Option<&Id> {
        match self {
            Self::Role(id)
            | Self::Position(Some(id), _)
            | Self::Article(_, Some(id))
            | Self::Levels(id, ..) => Some(id),
            _ => None,
        }
    }

    /// Returns the roles whose records the page shows: its own role, or the two that it compares.
    pub fn roles(&self) -> impl Iterator<Item = &Id> {
        let (first, second) = match self {
            Self::Roles(a, b) => (Some(a), Some(b)),
            other => (other.role(), None),
        };
        first.into_iter().chain(second)
    }
}

impl Layout {
    /// Returns the site with all that is not published, if something is not.
    ///
    /// What is made from it depends on every change of the site.
    pub fn unpublished(&self) -> Option<&Unpublished> {
        self.unpublished.whole().as_deref()
    }

    /// Returns the page of a kind with a subject, if it is made.
    pub fn page_about(&self, kind: Kind, id: &str) -> Option<&Page> {
        self.about
            .get(&kind)?
            .get(id)
            .map(|index| &self.pages[*index])
    }

    /// Returns how many parts the list of a page has.
    pub fn part_count(&self, page: &Page) -> usize {
        let of_kind = self.parts.get(&page.kind);
        let count = of_kind.and_then(|of_kind| of_kind.get(&page.subject.id()));
        count.copied().unwrap_or(1)
    }

    /// Returns the address of a part of the list that a page shows, by its number from 1.
    pub fn url_of_part(&self, site: &Site, page: &Page, number: usize) -> Option<UrlPath> {
        let first = match page.number {
            1 => page,
            _ => self.page_about(page.kind, &page.subject.id())?,
        };
        if number == 0 || number > self.part_count(page) {
            return None;
        }
        address::part(&site.config.site, &first.url, number).ok()
    }

    /// Returns the page with a file name.
    pub fn page_named(&self, name: &str) -> Option<&Page> {
        self.names.get(name).map(|index| &self.pages[*index])
    }

    /// Returns pages by their indexes.
    pub fn pages_at<'a>(
        &'a self,
        indexes: Option<&'a Vec<usize>>,
    ) -> impl Iterator<Item = &'a Page> {
        indexes
            .into_iter()
            .flatten()
            .map(|index| &self.pages[*index])
    }

    /// Returns true if there are pages of a kind.
    pub fn has_pages(&self, kind: Kind) -> bool {
        self.about.get(&kind).is_some_and(|pages| !pages.is_empty())
    }

    /// Returns the page of a kind with a subject as a link.
    pub fn url_of(&self, site: &Site, kind: Kind, id: &str) -> Option<String> {
        self.page_about(kind, id)
            .map(|page| site.config.href(&page.url))
    }

    /// Returns the page that compares two roles, in either order, as a link.
    pub fn url_of_comparison(&self, site: &Site, a: &Id, b: &Id) -> Option<String> {
        let (first, second) = if a < b { (a, b) } else { (b, a) };
        self.url_of(site, Kind::Compare, &format!("{first}/{second}"))
    }

    /// Returns a place on a page of the whole site as a link.
    pub fn anchor_on(&self, site: &Site, kind: Kind, anchor: &str) -> Option<String> {
        self.url_of(site, kind, "")
            .map(|url| format!("{url}#{anchor}"))
    }

    /// Returns true if a page of a role is not made because there is too little to say.
    ///
    /// It is false if the site or the record switches the page off.
    pub fn lacks(&self, site: &Site, role: &Role, kind: Kind) -> bool {
        let of_role = role.pages.get(kind.as_str());
        let decided = of_role.or_else(|| site.config.site.pages.get(kind.as_str()));
        self.page_about(kind, role.id.as_str()).is_none() && decided != Some(&false)
    }

    /// Returns the address at which the files of a folder of `content/` are published.
    pub fn folder_address(&self, folder: &str) -> String {
        let address = |kind, id: &str| self.page_about(kind, id).map(|page| page.url.clone());
        folder_address(
            folder,
            |id| address(Kind::Hub, id),
            |id| address(Kind::Framework, id),
        )
    }

    /// Returns the address of the JSON of a page, if it has some.
    pub fn json_url(&self, page: &Page) -> Option<UrlPath> {
        let json = self.kinds.get(page.kind)?.json;
        if page.number > 1 || json == JsonTwin::None {
            return None;
        }
        UrlPath::new(&format!("{}index.json", address::folder_of(&page.url))).ok()
    }
}

/// Returns the address at which the files of a folder of `content/` are published, with `/` at both
/// ends.
///
/// It is below the page of the role or framework that owns the folder, or else follows the names of
/// the folders.
pub fn folder_address(
    folder: &str,
    hub: impl Fn(&str) -> Option<UrlPath>,
    framework: impl Fn(&str) -> Option<UrlPath>,
) -> String {
    let inner = folder
        .strip_prefix("content")
        .unwrap_or(folder)
        .trim_start_matches('/');
    let mut segments = inner.split('/').filter(|part| !part.is_empty());
    let id = |rest: &'_ str| rest.split('/').next().unwrap_or_default().to_owned();
    let owner = match (
        inner.strip_prefix("roles/"),
        inner.strip_prefix("frameworks/"),
    ) {
        (Some(rest), _) => hub(&id(rest)),
        (_, Some(rest)) => framework(&id(rest)),
        _ => None,
    };
    let mut address = "/".to_owned();
    if let Some(owner) = owner {
        address = address::folder_of(&owner);
        segments.by_ref().take(2).for_each(drop);
    }
    for segment in segments {
        address.push_str(&slugify(segment));
        address.push('/');
    }
    address
}
