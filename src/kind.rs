//! The kinds of pages: their names (which are the names of their templates) and their generated sections.

use std::fmt;

use serde::{Serialize, Serializer};

macro_rules! kinds {
    ($($(#[doc = $doc:literal])* $variant:ident $name:literal $scope:ident [$($section:literal)*])*) => {
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

            /// The ids of the sections that are generated on pages of this kind, in order.
            pub fn sections(self) -> &'static [&'static str] {
                match self { $(Self::$variant => &[$($section),*]),* }
            }

            fn scope(self) -> Scope {
                match self { $(Self::$variant => Scope::$scope),* }
            }
        }
    };
}

#[derive(PartialEq, Eq)]
enum Scope {
    /// One of the pages that each role may have.
    Role,
    /// A page of one thing.
    Thing,
    /// One page of the whole site.
    Site,
}

kinds! {
    Hub "hub" Role ["responsibilities" "daily-tasks" "salary" "levels" "competencies" "skills" "titles" "tips" "outlook" "education" "certifications" "industries" "locations" "statistics" "related" "faq" "articles"]
    WhatIs "what-is" Role ["definition" "responsibilities" "daily-tasks" "specializations" "testimonials" "faq"]
    Ladder "ladder" Role ["levels" "competencies" "faq" "positions" "related"]
    /// What the levels ask for, to be ticked off.
    WhereAmI "where-am-i" Role ["checklist"]
    JobTitles "job-titles" Role ["types" "hierarchy" "titles-entry" "titles-mid" "titles-senior" "titles-lead" "titles-director" "titles-vp" "titles-executive" "similar" "tips" "related" "faq"]
    JobDescription "job-description" Role ["responsibilities" "skills" "education" "certifications" "industries" "locations" "salary" "similar-titles" "statistics" "faq"]
    Salary "salary" Role ["headline" "levels" "rows" "areas" "outlook" "faq"]
    Faq "faq" Role ["faq"]
    Positions "positions" Role ["positions"]
    /// One open job.
    Position "position" Thing []
    Article "article" Thing []
    Section "section" Thing []
    Category "category" Thing ["roles"]
    Tag "tag" Thing []
    /// A skill.
    Skill "skill" Thing ["roles"]
    /// An employer's framework: roles by levels.
    Framework "framework" Thing ["levels" "roles"]
    /// Competencies by levels.
    Matrix "matrix" Thing ["matrix"]
    /// Two levels of a ladder, or two roles, side by side.
    Compare "compare" Thing ["side-by-side" "skill-changes" "duties" "criteria"]
    Home "home" Site ["categories" "articles" "frameworks"]
    /// All roles, A to Z and by category.
    Roles "roles" Site ["categories" "a-z"]
    Tags "tags" Site []
    Skills "skills" Site ["skills"]
    /// The questions of all roles.
    SiteFaq "site-faq" Site ["faq"]
    /// The open jobs of all roles.
    SitePositions "site-positions" Site ["positions"]
    /// The comparisons of roles, and a form for any other two.
    Comparisons "comparisons" Site ["ready"]
    Sources "sources" Site ["sources"]
    /// The search over everything, and without scripts the ways to all indexes.
    Search "search" Site ["indexes"]
    NotFound "404" Site []
}

/// Sections that the hub has only in place of a page that there is too little for, so that no fact of a record is on no page.
pub const IN_PLACE: [&str; 9] = ["responsibilities", "daily-tasks", "competencies", "tips", "certifications", "industries", "locations", "statistics", "faq"];

impl Kind {
    /// The kind of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == name)
    }

    /// The kinds of pages that each role may have: what a Markdown file in its folder can be named after.
    pub fn of_role() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|kind| kind.scope() == Scope::Role)
    }

    /// Whether each role may have a page of this kind.
    pub fn is_of_role(self) -> bool {
        self.scope() == Scope::Role
    }

    /// Whether a role says under `[pages]` if it has pages of this kind.
    pub fn is_decided_by_role(self) -> bool {
        self.is_of_role() || self == Self::Compare
    }

    /// Whether the whole site has one page of this kind.
    pub fn is_of_site(self) -> bool {
        self.scope() == Scope::Site
    }

    /// The name of the Markdown file in a role's folder that belongs to the page of this kind.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Hub => "index.md",
            Self::WhatIs => "what-is.md",
            Self::Ladder => "ladder.md",
            Self::WhereAmI => "where-am-i.md",
            Self::JobTitles => "job-titles.md",
            Self::JobDescription => "job-description.md",
            Self::Salary => "salary.md",
            Self::Faq => "faq.md",
            Self::Positions => "positions.md",
            _ => "_index.md",
        }
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
