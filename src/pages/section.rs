//! Generated sections: which there are, when a page shows them, and what search finds in them.
//! Sections of several kinds of pages are declared here.

use super::terms::{
    TermSink, add_competencies, add_entry, add_markdown, add_questions, add_skill_name, add_texts,
};
use super::{ALL, About, PageKind};
use crate::kind::{Kind, Scope};
use crate::layout::{Page, page};
use crate::role::{Level, Role, Title};
use crate::view::{ViewContext, faq};

/// A generated section of a kind of page.
pub struct SectionKind {
    /// The anchor, which is also the key of `[sections.<id>]` in a record.
    pub id: &'static str,
    /// Returns true if there is something to show. A section without content is not shown.
    pub has_content: fn(&About<'_>) -> bool,
    /// Whether the section stands in for pages that are not made.
    pub stands_in: StandsIn,
    /// Adds the terms by which search finds the page.
    pub index_terms: fn(&About<'_>, &ViewContext<'_>, &mut TermSink<'_>),
}

/// Whether a section of a hub is always shown, or only in place of pages that are not made.
///
/// So every fact of a record is on some page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum StandsIn {
    Never,
    /// In place of all pages of the role that have a section of this id.
    ForPages,
    /// In place of the pages of single entries.
    ForEntries,
}

/// Returns the ids of the sections that a page shows.
pub(super) fn shown(about: &About<'_>) -> Box<[&'static str]> {
    let kind = super::of(about.page.kind);
    let is_shown = |section: &&'static SectionKind| is_shown(about, section);
    super::sections(kind)
        .filter(is_shown)
        .map(|section| section.id)
        .collect()
}

/// Returns true if a page shows a section.
pub fn is_shown(about: &About<'_>, section: &SectionKind) -> bool {
    let row = about.role.and_then(|role| role.sections.get(section.id));
    let is_hidden = row.is_some_and(|row| row.hidden);
    !is_hidden && is_generated(about) && (section.has_content)(about) && is_in_place(about, section)
}

/// Returns true unless the prose of a page switches its generated sections off.
pub(super) fn is_generated(about: &About<'_>) -> bool {
    page::prose(about.site, about.page).is_none_or(|article| article.front.generated)
}

/// Returns true unless a section stands in for pages and one of them is made.
fn is_in_place(about: &About<'_>, section: &SectionKind) -> bool {
    let Some(role) = about.role else {
        return true;
    };
    if section.stands_in != StandsIn::ForPages {
        return true;
    }
    let is_home = |kind: &&&PageKind| {
        kind.scope == Scope::Role
            && kind.kind != Kind::Hub
            && kind.sections.iter().any(|other| other.id == section.id)
    };
    ALL.iter()
        .filter(is_home)
        .all(|kind| about.layout.lacks(about.site, role, kind.kind))
}

/// Returns a section that the hub shows in place of pages that are not made.
pub(super) const fn in_place(section: SectionKind) -> SectionKind {
    SectionKind {
        stands_in: StandsIn::ForPages,
        ..section
    }
}

/// Adds nothing, because other pages have the same terms.
pub(super) fn no_terms(_: &About<'_>, _: &ViewContext<'_>, _: &mut TermSink<'_>) {}

/// Returns true if the page belongs to a role that fulfils a condition.
pub(super) fn role(about: &About<'_>, has: impl FnOnce(&Role) -> bool) -> bool {
    about.role.is_some_and(has)
}

/// Returns true if some level of the role fulfils a condition.
pub(super) fn any_level(about: &About<'_>, has: impl FnMut(&Level) -> bool) -> bool {
    about.role.is_some_and(|role| role.ladder.levels().any(has))
}

/// Returns true if some title of the role fulfils a condition.
pub(super) fn any_title(about: &About<'_>, has: impl FnMut(&Title) -> bool) -> bool {
    about.role.is_some_and(|role| role.titles.iter().any(has))
}

/// Returns true if the page shows a question.
pub(super) fn has_questions(about: &About<'_>) -> bool {
    let count = |role| faq::count_on(about.layout, about.site, role, about.page.kind);
    about.role.is_some_and(|role| count(role) > 0)
}

/// What the role is responsible for.
pub(super) const RESPONSIBILITIES: SectionKind = SectionKind {
    id: "responsibilities",
    has_content: |about| role(about, |role| !role.responsibilities.is_empty()),
    stands_in: StandsIn::Never,
    index_terms: |about, _, sink| {
        about
            .role
            .into_iter()
            .for_each(|role| add_markdown(&role.responsibilities, sink));
    },
};

/// What people at each level do in a day.
pub(super) const DAILY_TASKS: SectionKind = SectionKind {
    id: "daily-tasks",
    has_content: |about| any_level(about, |level| !level.tasks.is_empty()),
    stands_in: StandsIn::Never,
    index_terms: |about, _, sink| {
        let levels = about.role.into_iter().flat_map(|role| role.ladder.levels());
        levels.for_each(|level| add_markdown(&level.tasks, sink));
    },
};

/// The headline pay.
pub(super) const SALARY: SectionKind = SectionKind {
    id: "salary",
    has_content: |about| {
        role(about, |role| {
            role.headline().is_some() || !role.worded_pay.is_empty()
        })
    },
    stands_in: StandsIn::Never,
    index_terms: no_terms,
};

/// The matrix of competencies.
pub(super) const COMPETENCIES: SectionKind = SectionKind {
    id: "competencies",
    has_content: |about| any_level(about, |level| !level.competencies.is_empty()),
    stands_in: StandsIn::Never,
    index_terms: |about, _, sink| {
        about
            .role
            .into_iter()
            .for_each(|role| add_competencies(&role.ladder, sink));
    },
};

/// The skills that the role wants.
pub(super) const SKILLS: SectionKind = SectionKind {
    id: "skills",
    has_content: |about| role(about, |role| role.needs().next().is_some()),
    stands_in: StandsIn::Never,
    index_terms: |about, cx, sink| {
        let skills = about.role.into_iter().flat_map(Role::skills);
        skills.for_each(|id| add_skill_name(id, cx, sink));
    },
};

/// Tips about job titles.
pub(super) const TIPS: SectionKind = SectionKind {
    id: "tips",
    has_content: |about| role(about, |role| !role.lists.tips.is_empty()),
    stands_in: StandsIn::Never,
    index_terms: |about, _, sink| {
        let tips = about.role.into_iter().flat_map(|role| &role.lists.tips);
        tips.for_each(|tip| add_entry(&tip.name, Some(&tip.text), sink));
    },
};

/// The projection of employment.
pub(super) const OUTLOOK: SectionKind = SectionKind {
    id: "outlook",
    has_content: |about| role(about, |role| role.outlook.is_some()),
    stands_in: StandsIn::Never,
    index_terms: no_terms,
};

/// The education that leads to the role.
pub(super) const EDUCATION: SectionKind = SectionKind {
    id: "education",
    has_content: |about| role(about, |role| !role.lists.education.is_empty()),
    stands_in: StandsIn::Never,
    index_terms: |about, _, sink| {
        let rows = about
            .role
            .into_iter()
            .flat_map(|role| &role.lists.education);
        rows.for_each(|row| add_entry(&row.name, row.description.as_ref(), sink));
    },
};

/// Certifications that help in the role.
pub(super) const CERTIFICATIONS: SectionKind = SectionKind {
    id: "certifications",
    has_content: |about| role(about, |role| !role.lists.certifications.is_empty()),
    stands_in: StandsIn::Never,
    index_terms: |about, _, sink| {
        let rows = about
            .role
            .into_iter()
            .flat_map(|role| &role.lists.certifications);
        add_texts(rows.map(|row| &row.name), sink);
    },
};

/// What is asked for before somebody may do the job.
pub(super) const REQUIREMENTS: SectionKind = SectionKind {
    id: "requirements",
    has_content: |about| role(about, |role| !role.lists.requirements.is_empty()),
    stands_in: StandsIn::Never,
    index_terms: |about, _, sink| {
        let lists = about.role.into_iter().map(|role| &role.lists);
        let rows = lists.flat_map(|lists| &lists.requirements);
        rows.for_each(|row| add_entry(&row.name, row.description.as_ref(), sink));
    },
};

/// Ways into the job.
pub(super) const ROUTES: SectionKind = SectionKind {
    id: "routes",
    has_content: |about| role(about, |role| !role.lists.routes.is_empty()),
    stands_in: StandsIn::Never,
    index_terms: |about, _, sink| {
        for row in about.role.into_iter().flat_map(|role| &role.lists.routes) {
            add_texts(&row.name, sink);
            add_markdown(&row.description, sink);
            add_markdown(&row.requirements, sink);
        }
    },
};

/// How the work is.
pub(super) const CONDITIONS: SectionKind = SectionKind {
    id: "conditions",
    has_content: |about| role(about, |role| !role.conditions.is_empty()),
    stands_in: StandsIn::Never,
    index_terms: |about, _, sink| {
        for conditions in about.role.into_iter().map(|role| &role.conditions) {
            add_texts(conditions.hours.iter().chain(&conditions.pattern), sink);
            add_markdown(conditions.texts(), sink);
        }
    },
};

/// Programs, devices and tools that the job is done with.
pub(super) const TECHNOLOGIES: SectionKind = SectionKind {
    id: "technologies",
    has_content: |about| role(about, |role| !role.lists.technologies.is_empty()),
    stands_in: StandsIn::Never,
    index_terms: |about, _, sink| {
        let lists = about.role.into_iter().map(|role| &role.lists);
        for row in lists.flat_map(|lists| &lists.technologies) {
            add_texts(std::iter::once(&row.name).chain(&row.category), sink);
        }
    },
};

/// How much preparation the job takes.
pub(super) const PREPARATION: SectionKind = SectionKind {
    id: "preparation",
    has_content: |about| role(about, |role| !role.preparation.is_empty()),
    stands_in: StandsIn::Never,
    index_terms: |about, _, sink| {
        for preparation in about.role.into_iter().map(|role| &role.preparation) {
            add_texts(&preparation.name, sink);
            add_markdown(preparation.texts(), sink);
        }
    },
};

/// What people who like the job are interested in.
pub(super) const INTERESTS: SectionKind = SectionKind {
    id: "interests",
    has_content: |about| role(about, |role| !role.interests.is_empty()),
    stands_in: StandsIn::Never,
    index_terms: |about, _, sink| {
        let rows = about.role.into_iter().flat_map(|role| &role.interests);
        add_texts(rows.map(|row| &row.name), sink);
    },
};

/// The industries with the role.
pub(super) const INDUSTRIES: SectionKind = SectionKind {
    id: "industries",
    has_content: |about| role(about, |role| !role.industries.is_empty()),
    stands_in: StandsIn::Never,
    index_terms: |about, _, sink| {
        add_texts(
            about.role.into_iter().flat_map(|role| &role.industries),
            sink,
        );
    },
};

/// Where the role is done.
pub(super) const LOCATIONS: SectionKind = SectionKind {
    id: "locations",
    has_content: |about| {
        role(about, |role| {
            !role.locations.is_empty() || !role.workplace.is_empty()
        })
    },
    stands_in: StandsIn::Never,
    index_terms: |about, _, sink| {
        add_texts(
            about.role.into_iter().flat_map(|role| &role.locations),
            sink,
        );
    },
};

/// Statistics about the role.
pub(super) const STATISTICS: SectionKind = SectionKind {
    id: "statistics",
    has_content: |about| role(about, |role| !role.statistics.is_empty()),
    stands_in: StandsIn::Never,
    index_terms: |about, _, sink| {
        let rows = about.role.into_iter().flat_map(|role| &role.statistics);
        add_texts(rows.map(|row| &row.label), sink);
    },
};

/// Related roles and jobs.
pub(super) const RELATED: SectionKind = SectionKind {
    id: "related",
    has_content: |about| role(about, |role| !role.related.is_empty()),
    stands_in: StandsIn::Never,
    index_terms: no_terms,
};

/// Open jobs.
pub(super) const POSITIONS: SectionKind = SectionKind {
    id: "positions",
    has_content: |about| role(about, |role| !role.positions.is_empty()),
    stands_in: StandsIn::Never,
    index_terms: no_terms,
};

/// Questions on a page that repeats them. Search finds them on the FAQ page.
pub(super) const REPEATED_QUESTIONS: SectionKind = SectionKind {
    id: "faq",
    has_content: has_questions,
    stands_in: StandsIn::Never,
    index_terms: no_terms,
};

/// Questions on the FAQ page, or on the hub in its place.
pub(super) const QUESTIONS: SectionKind = SectionKind {
    index_terms: |about, cx, sink| add_questions(about, cx, sink),
    ..REPEATED_QUESTIONS
};

/// Returns the section of titles that belong to no level and no stage.
pub(super) const fn similar(id: &'static str) -> SectionKind {
    SectionKind {
        id,
        has_content: |about| {
            any_title(about, |title| {
                !title.of_level && title.stage.is_none() && title.level.is_none()
            })
        },
        stands_in: StandsIn::Never,
        index_terms: no_terms,
    }
}

impl Page {
    /// Returns true if the page shows a generated section.
    pub fn shows(&self, section: &str) -> bool {
        self.sections.contains(&section)
    }
}
