//! The kinds of pages by name: what `site.toml`, records and templates call them. Everything else
//! that is true of a kind stands in its file in `pages/`, which hands [`Facts`] to whoever needs
//! them earlier.

use std::fmt;

use serde::{Serialize, Serializer};

macro_rules! kinds {
    ($($(#[doc = $doc:literal])* $variant:ident $name:literal)*) => {
        /// A kind of page.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind { $($(#[doc = $doc])* $variant),* }

        impl Kind {
            /// Every kind; those of a role in the order in which its pages are shown.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The kind as it is written in files, and the name of its template without `.html`.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

kinds! {
    Hub "hub"
    WhatIs "what-is"
    Ladder "ladder"
    /// What the levels ask for, to be ticked off.
    WhereAmI "where-am-i"
    JobTitles "job-titles"
    JobDescription "job-description"
    Salary "salary"
    Faq "faq"
    /// What an interview for the role asks.
    InterviewQuestions "interview-questions"
    Positions "positions"
    /// One open job.
    Position "position"
    Article "article"
    Section "section"
    Category "category"
    Tag "tag"
    Skill "skill"
    /// An employer's framework: roles by levels.
    Framework "framework"
    /// Competencies by levels.
    Matrix "matrix"
    /// Two levels of a ladder, or two roles, side by side.
    Compare "compare"
    Home "home"
    /// All roles, A to Z and by category.
    Roles "roles"
    Tags "tags"
    Skills "skills"
    /// The questions of all roles.
    SiteFaq "site-faq"
    /// The open jobs of all roles.
    SitePositions "site-positions"
    /// The comparisons of roles, and a form for any other two.
    Comparisons "comparisons"
    Sources "sources"
    /// The search over everything, and without scripts the ways to all indexes.
    Search "search"
    NotFound "404"
}

impl Kind {
    /// The kind of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == name)
    }

    /// The name with `_` for `-`: what keys of strings and of maps in a View are called.
    pub fn key(self) -> String {
        self.as_str().replace('-', "_")
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// How many pages of a kind there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// One of the pages that each role may have.
    Role,
    /// A page of one thing.
    Thing,
    /// One page of the whole site.
    Site,
}

/// What programs can read in place of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonTwin {
    None,
    /// All that is known of a role.
    Role,
    /// The variables of the template, for a page that lists others.
    Index,
    /// The list of the files of the search index.
    Search,
}

/// What a kind declares that rooms below `pages` need to know.
#[derive(Debug)]
pub struct Facts {
    pub kind: Kind,
    pub scope: Scope,
    /// Markdown files of `content/` whose prose belongs to pages of the kind; `*` stands for one
    /// name.
    pub prose: &'static [&'static str],
    /// The address of a page when the site says no other.
    pub permalink: &'static str,
    /// The ids of its generated sections.
    pub sections: Vec<&'static str>,
    pub json: JsonTwin,
    /// What a page of the kind needs, when it may be missing for want of it.
    pub needs: Option<&'static str>,
}

/// The facts of every kind.
#[derive(Debug)]
pub struct Kinds(pub Vec<Facts>);

impl Kinds {
    /// The facts of a kind.
    pub fn get(&self, kind: Kind) -> Option<&Facts> {
        self.0.iter().find(|facts| facts.kind == kind)
    }

    /// The kinds of pages that each role may have, in the order in which they are shown.
    pub fn of_role(&self) -> impl Iterator<Item = Kind> + Clone {
        self.0
            .iter()
            .filter(|facts| facts.scope == Scope::Role)
            .map(|facts| facts.kind)
    }

    /// Returns true if each role may have a page of a kind.
    pub fn is_of_role(&self, kind: Kind) -> bool {
        self.get(kind)
            .is_some_and(|facts| facts.scope == Scope::Role)
    }

    /// Returns true if a role says under `[pages]` whether it has pages of a kind.
    pub fn is_decided_by_role(&self, kind: Kind) -> bool {
        self.is_of_role(kind) || kind == Kind::Compare
    }

    /// Returns true if the whole site has one page of a kind.
    pub fn is_of_site(&self, kind: Kind) -> bool {
        self.get(kind)
            .is_some_and(|facts| facts.scope == Scope::Site)
    }

    /// Returns true if pages of a kind can have a generated section.
    pub fn has_section(&self, kind: Kind, section: &str) -> bool {
        self.get(kind)
            .is_some_and(|facts| facts.sections.contains(&section))
    }

    /// The ids of the sections of a role's pages.
    pub fn sections_of_role(&self) -> impl Iterator<Item = &'static str> {
        let of_role = self.0.iter().filter(|facts| facts.scope == Scope::Role);
        of_role.flat_map(|facts| facts.sections.iter().copied())
    }

    /// The names of the Markdown files in a role's folder that belong to its pages.
    pub fn files_of_role(&self) -> impl Iterator<Item = &'static str> {
        let of_role = self.0.iter().filter(|facts| facts.scope == Scope::Role);
        of_role
            .flat_map(|facts| facts.prose)
            .filter_map(|prose| prose.rsplit('/').next())
    }
}
