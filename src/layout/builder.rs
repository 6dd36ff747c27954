//! Builds a layout: pages come in one by one, a [`Layout`] without outputs goes out.

use std::collections::{BTreeMap, BTreeSet};

use super::groups::Groups;
use super::lists::Lists;
use super::skills::SkillUse;
use super::{Layout, Page, Unpublished, compared, role_files, search};
use crate::data::Id;
use crate::kind::{Kind, Kinds};
use crate::ordered;
use crate::path::{SourcePath, UrlPath};
use crate::reads::Tracked;
use crate::site::Site;
use crate::wording::Wording;

/// Collects the pages of a site and the maps by which they are found.
pub struct Builder<'a> {
    pub site: &'a Site,
    kinds: &'static Kinds,
    pages: Vec<Page>,
    names: ordered::Map<SourcePath, usize>,
    urls: ordered::Map<UrlPath, usize>,
    unmade: BTreeMap<SourcePath, Kind>,
    about: BTreeMap<Kind, ordered::Map<String, usize>>,
    parts: BTreeMap<Kind, ordered::Map<String, usize>>,
}

impl<'a> Builder<'a> {
    /// Returns a builder without pages.
    pub fn new(site: &'a Site, kinds: &'static Kinds) -> Self {
        Self {
            site,
            kinds,
            pages: vec![],
            names: ordered::Map::default(),
            urls: ordered::Map::default(),
            unmade: BTreeMap::new(),
            about: BTreeMap::new(),
            parts: BTreeMap::new(),
        }
    }

    /// Adds a page.
    pub fn add(&mut self, page: Page) {
        let index = self.pages.len();
        if page.number == 1 {
            if let Some(name) = &page.name {
                self.names.insert(name.clone(), index);
            }
            // An article is found by its file's name.
            if page.kind != Kind::Article {
                let of_kind = self.about.entry(page.kind).or_default();
                of_kind.entry(page.subject.id()).or_insert(index);
            }
        }
        if page.number > 1 {
            let of_kind = self.parts.entry(page.kind).or_default();
            let count = of_kind.entry(page.subject.id()).or_default();
            *count = page.number.max(*count);
        }
        self.urls.entry(page.url.clone()).or_insert(index);
        self.pages.push(page);
    }

    /// Remembers that a page is not made, by the file name of its prose.
    pub fn leave_out(&mut self, kind: Kind, name: Option<SourcePath>) {
        self.unmade.extend(name.map(|name| (name, kind)));
    }

    /// Groups the pages.
    ///
    /// The outputs are added later by [`Layout::with_outputs`], because they depend on titles and
    /// sections.
    pub fn grouped(
        self,
        words: &Wording<'_>,
        tags: BTreeMap<String, String>,
        skills_in_use: BTreeMap<Id, SkillUse>,
        lists: Lists,
        unpublished: Option<Box<Unpublished>>,
    ) -> Layout {
        let Self {
            site,
            kinds,
            pages,
            names,
            urls,
            unmade,
            about,
            parts,
        } = self;
        let groups = Groups::of(site, words.locale, &pages);
        let mut layout = Layout {
            pages: Tracked::new("pages", pages),
            outputs: Tracked::new("outputs", BTreeMap::new()),
            contested: Tracked::new("contested", BTreeSet::new()),
            names: Tracked::new("names", names),
            urls: Tracked::new("addresses", urls),
            unmade: Tracked::new("unmade", unmade),
            about: by_kind("about", about),
            parts: by_kind("parts", parts),
            found: Tracked::new("found", vec![]),
            groups,
            lists,
            role_files: Tracked::new("role files", BTreeMap::new()),
            compared: Tracked::new("compared", ordered::Map::default()),
            tags: Tracked::new("tags", tags),
            skills_in_use: Tracked::new("skills in use", skills_in_use),
            kinds,
            unpublished: Tracked::new("unpublished", unpublished),
        };
        *layout.found.fill() = search::findable(site, &layout);
        *layout.compared.fill() = compared::parts(site, &layout);
        *layout.role_files.fill() = role_files::of_lists(site, words, &layout);
        layout
    }
}

/// A table of the pages of a kind.
type OfKind = ordered::Map<String, usize>;

/// Returns a table for every kind: that a kind has no page is an answer too.
fn by_kind(name: &str, mut tables: BTreeMap<Kind, OfKind>) -> BTreeMap<Kind, Tracked<OfKind>> {
    let table = |kind: &Kind| {
        let table = tables.remove(kind).unwrap_or_default();
        (*kind, Tracked::new((name, kind), table))
    };
    Kind::ALL.iter().map(table).collect()
}
