//! The hub of a role: the page at its address, which leads to its other pages.

use super::draft::{Draft, Drafted, Drafting, of_role};
use super::section::{
    CERTIFICATIONS, COMPETENCIES, CONDITIONS, DAILY_TASKS, EDUCATION, INDUSTRIES, INTERESTS,
    LOCATIONS, OUTLOOK, PREPARATION, QUESTIONS, RELATED, REQUIREMENTS, RESPONSIBILITIES, ROUTES,
    SALARY, SKILLS, STATISTICS, SectionKind, StandsIn, TECHNOLOGIES, TIPS, any_level, in_place,
    no_terms, role,
};
use super::terms::{TermSink, TextKind, add_level_titles, add_levels};
use super::{About, JsonTwin, Made, Menu, PageKind};
use crate::kind::{Kind, Scope};
use crate::layout::Subject;
use crate::role::{Need, Role};
use crate::view::{ViewContext, jsonld, ladder};
use crate::wording::words::promise;

pub(super) static KIND: PageKind = PageKind {
    kind: Kind::Hub,
    scope: Scope::Role,
    permalink: "/roles/{slug}/",
    prose: &["roles/*/index.md"],
    made: Made::Always,
    drafts,
    description,
    sections: &[
        in_place(RESPONSIBILITIES),
        in_place(DAILY_TASKS),
        SALARY,
        LEVELS,
        COMPETENCIES_IN_PLACE,
        SKILLS,
        TECHNOLOGIES,
        TITLES,
        in_place(TIPS),
        OUTLOOK,
        ROUTES,
        REQUIREMENTS,
        PREPARATION,
        EDUCATION,
        in_place(CERTIFICATIONS),
        CONDITIONS,
        INTERESTS,
        in_place(INDUSTRIES),
        in_place(LOCATIONS),
        in_place(STATISTICS),
        RELATED,
        // Each question has pages of its own.
        SectionKind {
            stands_in: StandsIn::ForEntries,
            ..QUESTIONS
        },
        ARTICLES,
    ],
    on_hub: None,
    role_variable: None,
    variables: |_, _| vec![],
    json_ld: |shown, cx| Some(jsonld::occupation(cx, shown.about.page, shown.about.role?)),
    json: JsonTwin::Role,
    menu: Menu::Role,
    search_group: "nav_roles",
};

/// The levels: in full where they have no page of their own.
const LEVELS: SectionKind = SectionKind {
    id: "levels",
    has_content: |about| any_level(about, |_| true),
    stands_in: StandsIn::Never,
    index_terms: |about, cx, sink| {
        let is_in_full = |role: &Role| ladder::tells_levels(about.site, about.layout, role);
        if about.role.is_some_and(is_in_full) {
            add_levels(about, cx, sink);
        } else {
            add_level_titles(about, sink);
        }
    },
};

/// Competencies on the hub.
///
/// Levels in full show their criteria anyway, so the section is only needed for groups,
/// descriptions and milestones of competencies.
const COMPETENCIES_IN_PLACE: SectionKind = in_place(SectionKind {
    has_content: |about| {
        any_level(about, |level| {
            let mut rows = level.competencies.iter();
            rows.any(|row| {
                row.description.is_some() || row.group.is_some() || !row.milestones.is_empty()
            })
        })
    },
    ..COMPETENCIES
});

/// Job titles.
const TITLES: SectionKind = SectionKind {
    id: "titles",
    has_content: |about| role(about, |role| !role.titles.is_empty()),
    stands_in: StandsIn::Never,
    index_terms: title_terms,
};

/// The articles of the role.
const ARTICLES: SectionKind = SectionKind {
    id: "articles",
    has_content: |about| {
        role(about, |role| {
            about.layout.groups.articles_of_role.contains_key(&role.id)
        })
    },
    stands_in: StandsIn::Never,
    index_terms: no_terms,
};

fn drafts(drafting: &Drafting<'_>) -> Vec<Drafted> {
    let of_role = |role: &Role| {
        Drafted::page(Draft {
            subject: Subject::Role(role.id.clone()),
            url: drafting.hub(role),
            name: of_role(role, &KIND),
            title: role.title.clone(),
            number: 1,
        })
    };
    drafting.site.all_roles().map(of_role).collect()
}

fn description(about: &About<'_>) -> String {
    let Some(role) = about.role else {
        return String::new();
    };
    if let Some(summary) = &role.summary {
        return summary.clone();
    }
    let levels = about.has("levels");
    let asks = role.needs().any(Need::is_essential);
    let levels_are_paid = role.ladder.levels().any(|level| level.salary.is_some());
    let has_other_names = role.titles.iter().any(|title| !title.of_level);
    let parts = [
        (
            about.has("salary") || levels && levels_are_paid,
            "part_what_it_pays",
        ),
        (levels && role.ladder.levels().count() > 1, "part_levels"),
        (about.has("skills") && asks, "part_skills_asked"),
        (about.has("skills") && !asks, "part_skills_helpful"),
        (about.has("titles") && has_other_names, "part_other_names"),
        (about.has("outlook"), "part_outlook"),
        (about.has("routes"), "part_routes"),
        (about.has("education"), "part_education_for_it"),
        (about.has("related"), "part_related"),
        (role.definition.is_some(), "part_what_it_is"),
    ];
    let parts: Vec<_> = parts.into_iter().filter(|(has, _)| *has).take(5).collect();
    let values = [("role", role.title.as_str())];
    promise(&about.wording, "description_hub", &values, &parts)
}

/// Hands over the titles of a role, with their descriptions where the role has no page of titles.
fn title_terms(about: &About<'_>, _: &ViewContext<'_>, sink: &mut TermSink<'_>) {
    let Some(role) = about.role else { return };
    for title in &role.titles {
        sink(TextKind::Name, &title.name);
    }
    if about.layout.lacks(about.site, role, Kind::JobTitles) {
        for text in role
            .titles
            .iter()
            .filter_map(|title| title.description.as_ref())
        {
            sink(TextKind::Markdown, &text.text);
        }
    }
}
