//! The career ladder of a role: its levels, what sets them apart, and how to reach the next one.

use super::draft::of_roles;
use super::section::{
    COMPETENCIES, POSITIONS, RELATED, REPEATED_QUESTIONS, SectionKind, StandsIn, any_level,
};
use super::terms::add_levels;
use super::{About, JsonTwin, Made, Menu, PageKind};
use crate::kind::{Kind, Scope};
use crate::role::Ladder;
use crate::wording::words::promise;

pub(super) static KIND: PageKind = PageKind {
    kind: Kind::Ladder,
    scope: Scope::Role,
    permalink: "{parent}/{kind}/",
    prose: &["roles/*/ladder.md"],
    made: Made::When {
        needs: "two [[levels]]",
        from: "from 2 levels on",
    },
    drafts: |drafting| of_roles(drafting, &KIND, |role| role.ladder.levels().count() >= 2),
    description,
    sections: &[LEVELS, COMPETENCIES, REPEATED_QUESTIONS, POSITIONS, RELATED],
    on_hub: None,
    role_variable: None,
    variables: |_, _| vec![],
    json_ld: |_, _| None,
    json: JsonTwin::None,
    menu: Menu::Role,
    search_group: "nav_ladder",
};

/// All levels in full.
const LEVELS: SectionKind = SectionKind {
    id: "levels",
    has_content: |about| any_level(about, |_| true),
    stands_in: StandsIn::Never,
    index_terms: add_levels,
};

fn description(about: &About<'_>) -> String {
    let Some(role) = about.role else {
        return String::new();
    };
    let levels = || role.ladder.levels().filter(|_| about.has("levels"));
    let parts = [
        (
            levels().any(|level| !level.responsibilities.is_empty()),
            "part_duties",
        ),
        (
            levels().any(|level| !level.skills.is_empty()),
            "part_skills",
        ),
        (levels().any(|level| level.salary.is_some()), "part_pay"),
        (
            levels().any(|level| level.experience.is_some()),
            "part_experience",
        ),
        (about.has("competencies"), "part_competencies"),
    ];
    let advance = (
        about.has("levels") && advances(&role.ladder),
        "part_what_it_takes",
    );
    let parts = parts.into_iter().filter(|(has, _)| *has).take(3);
    let parts: Vec<_> = parts.chain([advance]).collect();
    promise(
        &about.wording,
        "description_ladder",
        &[("role", &role.title)],
        &parts,
    )
}

/// Returns true if a ladder says how to get from some level to the next.
pub(super) fn advances(ladder: &Ladder) -> bool {
    let mut ways = ladder.levels().flat_map(|level| &level.next);
    ways.any(|next| next.advance.is_some() || !next.gained.is_empty())
}
