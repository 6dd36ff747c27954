//! The comparisons of roles, and a form for any other two.

use super::parts::of_site_with_parts;
use super::section::{SectionKind, StandsIn, no_terms};
use super::{About, JsonTwin, Made, Menu, PageKind};
use crate::kind::{Kind, Scope};
use crate::layout::pair;
use crate::view::types::{Crumb, Group};
use crate::view::variable::Variable;
use crate::view::{ViewContext, compare, parts};
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
        let has_enough = !drafting.pairs.is_empty() || pair::has_related_pairs(drafting.site);
        let parts = drafting.lists.comparisons.whole().count();
        of_site_with_parts(drafting, &KIND, has_enough, parts)
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
    variables,
    json_ld: |_, _| None,
    json: JsonTwin::Index,
    menu: Menu::None,
    search_group: "nav_comparisons",
};

fn variables(about: &About<'_>, cx: &ViewContext<'_>) -> Vec<Variable> {
    let list = &cx.layout.lists.comparisons.whole();
    let letters = compare::comparisons_by_letter(cx, about.part());
    let groups: Vec<Group<Crumb>> = letters
        .iter()
        .flat_map(|letter| letter.items.clone())
        .collect();
    let is_first = about.page.number == 1;
    let is_cut = list.count() > 1;
    let bar = is_cut.then(|| parts::bar(cx, about.page, list, parts::own_id));
    // The form stands on the first part alone.
    let roles = is_first.then(|| compare::comparable_roles(cx));
    let role_lists = is_first.then(|| compare::role_lists(cx));
    vec![
        Variable::new("groups", groups),
        Variable::new("letters", if is_cut { letters } else { vec![] }),
        Variable::new("bar", bar.unwrap_or_default()),
        Variable::new("paginator", parts::paginator(cx, about.page)),
        Variable::new("roles", roles.unwrap_or_default()),
        Variable::new("role_lists", role_lists.unwrap_or_default()),
    ]
}

fn description(about: &About<'_>) -> String {
    let roles = || about.site.all_roles();
    let has_pay = roles().any(|role| role.headline().is_some());
    let has_sources = !about.site.config.sources.is_empty();
    let parts = [
        (has_pay, "part_what_they_pay"),
        (!about.layout.skills_in_use.is_empty(), "part_skills_shared"),
        (
            roles().any(|role| !role.responsibilities.is_empty()),
            "part_what_each_does",
        ),
        (has_pay && has_sources, "part_where_from"),
    ];
    promise(&about.wording, "description_comparisons", &[], &parts)
}
