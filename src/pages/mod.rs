//! The kinds of pages, a file for each.
//!
//! A kind is a [`PageKind`]: one value without defaults, so that a new kind does not compile until
//! every field is set. [`ALL`] lists the kinds. A site comes in and a [`Layout`] with all pages
//! goes out ([`lay_out`]); a page comes in and its View goes out ([`view::view`]); a page comes in
//! and what search finds it by goes out ([`index_terms`]).

mod draft;
mod parts;
mod section;
mod terms;
pub mod view;

mod article;
mod category;
mod compare;
mod comparisons;
mod faq;
mod framework;
mod home;
mod hub;
mod interview_questions;
mod job_description;
mod job_titles;
mod ladder;
mod matrix;
mod not_found;
mod position;
mod positions;
mod roles;
mod salary;
mod search;
mod section_page;
mod site_faq;
mod site_positions;
mod skill;
mod skills;
mod sources;
mod tag;
mod tags;
mod what_is;
mod where_am_i;

use std::sync::LazyLock;

use serde_json::Value as Json;

use crate::kind::{JsonTwin, Kind, Kinds, Scope};
use crate::layout::{Layout, Page};
use crate::role::Role;
use crate::site::Site;
use crate::view::ViewContext;
use crate::view::context::RoleVariable;
use crate::view::types::{Crumb, FaqView};
use crate::view::variable::Variable;
use crate::wording::Wording;

pub use draft::{Drafted, Drafting, is_prose_of_generated, lay_out};
pub use section::{SectionKind, StandsIn};
pub use terms::{TermSink, TextKind, index_terms};

/// Everything that is true of all pages of a kind.
pub struct PageKind {
    /// The kind. Its name stands in site.toml and in `[pages]` of a record, and is the name of the
    /// template.
    pub kind: Kind,
    /// How many pages of the kind there are.
    pub scope: Scope,
    /// The address of pages of this kind, unless `[permalinks]` sets another one.
    pub permalink: &'static str,
    /// The Markdown files of `content/` that are the prose of pages of this kind. `*` stands for
    /// one name. Articles and sections are the files that no other kind names.
    pub prose: &'static [&'static str],
    /// When a page of this kind is made, for messages.
    pub made: Made,
    /// Drafts all pages of this kind.
    pub drafts: fn(&Drafting<'_>) -> Vec<Drafted>,
    /// Returns the description of a page for which nobody wrote one.
    pub description: fn(&About<'_>) -> String,
    /// The generated sections, in the order in which they are shown.
    pub sections: &'static [SectionKind],
    /// The section of the hub that shows what this kind shows, where there is too little for a
    /// page.
    pub on_hub: Option<SectionKind>,
    /// A variable that all pages of a role, and the JSON of the role, have because of this kind.
    pub role_variable: Option<RoleVariable>,
    /// Makes the variables of the template, beside those that every page has.
    pub variables: fn(&About<'_>, &ViewContext<'_>) -> Vec<Variable>,
    /// Makes the JSON-LD of a page, beside the breadcrumbs.
    pub json_ld: fn(&Shown<'_>, &ViewContext<'_>) -> Option<Json>,
    /// The JSON that programs can read in place of the page.
    pub json: JsonTwin,
    /// The menu that lists pages of this kind.
    pub menu: Menu,
    /// The string that names the group of search results with pages of this kind.
    pub search_group: &'static str,
}

/// Every kind, in the order of the menu of a role.
pub static ALL: &[&PageKind] = &[
    &hub::KIND,
    &what_is::KIND,
    &ladder::KIND,
    &where_am_i::KIND,
    &job_titles::KIND,
    &job_description::KIND,
    &salary::KIND,
    &faq::KIND,
    &interview_questions::KIND,
    &positions::KIND,
    &position::KIND,
    &article::KIND,
    &section_page::KIND,
    &category::KIND,
    &tag::KIND,
    &skill::KIND,
    &framework::KIND,
    &matrix::KIND,
    &compare::KIND,
    &home::KIND,
    &roles::KIND,
    &tags::KIND,
    &skills::KIND,
    &site_faq::KIND,
    &site_positions::KIND,
    &comparisons::KIND,
    &sources::KIND,
    &search::KIND,
    &not_found::KIND,
];

/// When pages of a kind are made.
pub enum Made {
    /// Whenever there is what they are about.
    Always,
    /// When there is enough to say, unless `[pages]` decides.
    When {
        /// Completes "it needs": "two [[levels]]".
        needs: &'static str,
        /// Completes "which is made": "from 2 levels on".
        from: &'static str,
    },
}

/// A menu of pages about one subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    None,
    Role,
    Framework,
}

/// A page of the layout with everything that it depends on.
#[derive(Clone, Copy)]
pub struct About<'a> {
    pub site: &'a Site,
    pub layout: &'a Layout,
    pub wording: Wording<'a>,
    pub page: &'a Page,
    /// The role that the page belongs to.
    pub role: Option<&'a Role>,
    /// How much of a list in parts is meant.
    pub extent: Extent,
}

/// How much of a list in parts a View shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// What stands on the page.
    Part,
    /// All of it, for programs.
    Whole,
}

/// A page with the parts of its View that JSON-LD repeats.
pub struct Shown<'a> {
    pub about: About<'a>,
    pub breadcrumbs: &'a [Crumb],
    pub questions: &'a [FaqView],
}

impl<'a> About<'a> {
    /// Returns a page with everything that it depends on.
    pub fn of(site: &'a Site, layout: &'a Layout, wording: Wording<'a>, page: &'a Page) -> Self {
        let role = page.subject.role().and_then(|id| site.role(id));
        Self {
            site,
            layout,
            wording,
            page,
            role,
            extent: Extent::Part,
        }
    }

    /// Returns the number of the part of its list that is meant, or `None` for the whole list.
    pub fn part(&self) -> Option<usize> {
        match self.extent {
            Extent::Part => Some(self.page.number),
            Extent::Whole => None,
        }
    }

    /// Returns true if the page shows a generated section.
    pub fn has(&self, section: &str) -> bool {
        self.page.shows(section)
    }
}

/// The facts about kinds that other parts of the program need.
pub static KINDS: LazyLock<Kinds> = LazyLock::new(draft::facts);

/// Returns the kinds of a menu.
fn kinds_of_menu(menu: Menu) -> impl Iterator<Item = Kind> {
    ALL.iter()
        .filter(move |kind| kind.menu == menu)
        .map(|kind| kind.kind)
}

/// The variables that kinds add to those of every role.
pub static ROLE_VARIABLES: LazyLock<Vec<RoleVariable>> =
    LazyLock::new(|| ALL.iter().filter_map(|kind| kind.role_variable).collect());

/// Returns the generated sections of a kind. The hub also has those that stand in for other kinds.
fn sections(kind: &'static PageKind) -> impl Iterator<Item = &'static SectionKind> {
    let is_hub = kind.kind == Kind::Hub;
    let on_hub = ALL
        .iter()
        .filter(move |_| is_hub)
        .filter_map(|kind| kind.on_hub.as_ref());
    kind.sections.iter().chain(on_hub)
}

/// Returns the declaration of a kind.
pub fn of(kind: Kind) -> &'static PageKind {
    // Every kind has a row: `every_kind_is_declared_once` holds it.
    ALL.iter()
        .copied()
        .find(|declared| declared.kind == kind)
        .unwrap_or(&not_found::KIND)
}

/// Returns the name of the group of search results with pages of a kind.
pub fn search_group(words: &Wording<'_>, kind: Kind) -> String {
    words.strings.get(of(kind).search_group).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_declared_once() {
        let declared: Vec<Kind> = ALL.iter().map(|declared| declared.kind).collect();
        assert_eq!(declared, Kind::ALL);
    }
}
