//! The comparisons of roles, and a form for any other two.

use super::compare::{has_related_pairs, made_pairs};
use super::draft::of_site;
use super::section::{SectionKind, StandsIn, no_terms};
use super::{About, JsonTwin, Made, Menu, PageKind};
use crate::kind::{Kind, Scope};
use crate::view::compare;
use crate::view::variable::Variable;
use crate::wording::words::promise;

pub(super) static KIND: PageKind = PageKind {
    kind: Kind::Comparisons,
    scope: Scope::Site,
    permalink: "/compare/",
    prose: &["compare/_index.md"],
    made: Made::When {
        needs: "two roles of which one names the other in [[related]]",
        from: "from 2 related roles on",
    },
    drafts: |drafting| {
        let has_enough = has_related_pairs(drafting) || !made_pairs(drafting).is_empty();
        of_site(drafting, &KIND, has_enough)
    },
    description,
    sections: &[SectionKind {
        id: "ready",
        has_content: |about| !about.layout.groups.comparisons_of_role.is_empty(),
        stands_in: StandsIn::Never,
        index_terms: no_terms,
    }],
    on_hub: None,
    role_variable: None,
    variables: |_, cx| {
        vec![
            Variable::new("groups", compare::comparison_groups(cx)),
            Variable::new("roles", compare::comparable_roles(cx)),
            Variable::new("role_lists", compare::role_lists(cx)),
        ]
    },
    json_ld: |_, _| None,
    json: JsonTwin::Index,
    menu: Menu::None,
    search_group: "nav_comparisons",
};

fn description(about: &About<'_>) -> String {
    let roles = || about.site.all_roles();
    let has_pay = roles().any(|role| role.headline().is_some());
    let has_sources = !about.site.config.sources.is_empty();
    let parts = [
        (has_pay, "part_what_they_pay"),
        (
            !about.layout.roles_of_skill.is_empty(),
            "part_skills_shared",
        ),
        (
            roles().any(|role| !role.responsibilities.is_empty()),
            "part_what_each_does",
        ),
        (has_pay && has_sources, "part_where_from"),
    ];
    promise(&about.wording, "description_comparisons", &[], &parts)
}
