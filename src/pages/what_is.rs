//! What a role is: its definition, its daily tasks and its specializations.

use super::draft::of_roles;
use super::section::{
    DAILY_TASKS, REPEATED_QUESTIONS, RESPONSIBILITIES, SectionKind, StandsIn, role,
};
use super::terms::{TextKind, add_entry, add_texts};
use super::{About, JsonTwin, Made, Menu, PageKind};
use crate::kind::{Kind, Scope};
use crate::role::Role;
use crate::wording::words::promise;

pub(super) static KIND: PageKind = PageKind {
    kind: Kind::WhatIs,
    scope: Scope::Role,
    permalink: "{parent}/{kind}/",
    prose: &["roles/*/what-is.md"],
    made: Made::When {
        needs: "a `definition`, [[specializations]] or [[testimonials]]",
        from: "of a definition, a specialization or a testimonial",
    },
    drafts: |drafting| of_roles(drafting, &KIND, has_enough),
    description,
    sections: &[
        DEFINITION,
        RESPONSIBILITIES,
        DAILY_TASKS,
        SPECIALIZATIONS,
        TESTIMONIALS,
        REPEATED_QUESTIONS,
    ],
    on_hub: None,
    role_variable: None,
    variables: |_, _| vec![],
    json_ld: |_, _| None,
    json: JsonTwin::None,
    menu: Menu::Role,
    search_group: "nav_roles",
};

/// The definition of the role.
const DEFINITION: SectionKind = SectionKind {
    id: "definition",
    has_content: |about| role(about, |role| role.definition.is_some()),
    stands_in: StandsIn::Never,
    index_terms: |about, _, sink| {
        let definition = about.role.into_iter().flat_map(|role| &role.definition);
        definition.for_each(|text| sink(TextKind::Markdown, &text.text));
    },
};

/// The specializations of the role.
const SPECIALIZATIONS: SectionKind = SectionKind {
    id: "specializations",
    has_content: |about| role(about, |role| !role.specializations.is_empty()),
    stands_in: StandsIn::Never,
    index_terms: |about, _, sink| {
        let rows = about
            .role
            .into_iter()
            .flat_map(|role| &role.specializations);
        rows.for_each(|row| add_entry(&row.name, row.description.as_ref(), sink));
    },
};

/// Quotes of people in the role.
const TESTIMONIALS: SectionKind = SectionKind {
    id: "testimonials",
    has_content: |about| role(about, |role| !role.testimonials.is_empty()),
    stands_in: StandsIn::Never,
    index_terms: |about, _, sink| {
        let rows = about.role.into_iter().flat_map(|role| &role.testimonials);
        add_texts(rows.map(|row| &row.quote), sink);
    },
};

fn has_enough(role: &Role) -> bool {
    role.definition.is_some() || !role.specializations.is_empty() || !role.testimonials.is_empty()
}

fn description(about: &About<'_>) -> String {
    let Some(role) = about.role else {
        return String::new();
    };
    let has_day = about.has("daily-tasks");
    let is_each = role.ladder.levels().count() > 1
        && role.ladder.levels().all(|level| !level.tasks.is_empty());
    let parts = [
        (about.has("responsibilities"), "part_its_duties"),
        (has_day && is_each, "part_day_at_each_level"),
        (has_day && !is_each, "part_day"),
        (about.has("specializations"), "part_specializations"),
    ];
    promise(
        &about.wording,
        "description_what_is",
        &[("role", &role.title)],
        &parts,
    )
}
