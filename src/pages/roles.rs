//! The index of all roles, from A to Z and by category.

use super::home::CATEGORIES;
use super::parts::of_site_with_parts;
use super::section::{SectionKind, StandsIn, no_terms};
use super::{About, JsonTwin, Made, Menu, PageKind};
use crate::kind::{Kind, Scope};
use crate::role::Role;
use crate::view::variable::Variable;
use crate::view::{ViewContext, index, parts};

pub(super) static KIND: PageKind = PageKind {
    kind: Kind::Roles,
    scope: Scope::Site,
    permalink: "/roles/",
    prose: &["roles/_index.md"],
    made: Made::When {
        needs: "a role",
        from: "from 1 role on",
    },
    drafts: |drafting| {
        let has_roles = !drafting.site.roles.is_empty();
        of_site_with_parts(
            drafting,
            &KIND,
            has_roles,
            drafting.lists.roles.whole().count(),
        )
    },
    description,
    sections: &[
        SectionKind {
            has_content: |about| about.page.number == 1 && (CATEGORIES.has_content)(about),
            ..CATEGORIES
        },
        SectionKind {
            id: "a-z",
            has_content: |about| !about.site.roles.is_empty(),
            stands_in: StandsIn::Never,
            index_terms: no_terms,
        },
    ],
    on_hub: None,
    role_variable: None,
    variables,
    json_ld: |_, _| None,
    json: JsonTwin::Index,
    menu: Menu::None,
    search_group: "group_other",
};

fn variables(about: &About<'_>, cx: &ViewContext<'_>) -> Vec<Variable> {
    let list = &cx.layout.lists.roles.whole();
    let groups = index::roles_by_letter(cx, list, about.part());
    let is_whole = list.count() == 1 || about.part().is_none();
    let categories = if is_whole {
        index::categories(cx)
    } else {
        index::categories_of(cx, &groups)
    };
    vec![
        Variable::new("groups", groups),
        Variable::new("categories", categories),
        Variable::new("count", cx.site.roles.keys().len()),
        Variable::new("bar", parts::bar(cx, about.page, list, parts::own_id)),
        Variable::new("filter", index::role_filter(cx, about.page)),
        Variable::new("paginator", parts::paginator(cx, about.page)),
    ]
}

fn description(about: &About<'_>) -> String {
    let is_paid = |role: &Role| role.headline().is_some();
    let key = if !about.site.all_roles().any(is_paid) {
        "description_roles"
    } else if about.site.all_roles().all(is_paid) {
        "description_roles_pay"
    } else {
        "description_roles_some_pay"
    };
    about.wording.strings.get(key).to_owned()
}
