//! The index of all roles, from A to Z and by category.

use super::draft::of_site;
use super::home::CATEGORIES;
use super::section::{SectionKind, StandsIn, no_terms};
use super::{About, JsonTwin, Made, Menu, PageKind};
use crate::kind::{Kind, Scope};
use crate::role::Role;
use crate::view::index;
use crate::view::variable::Variable;

pub(super) static KIND: PageKind = PageKind {
    kind: Kind::Roles,
    scope: Scope::Site,
    permalink: "/roles/",
    prose: &["roles/_index.md"],
    made: Made::When {
        needs: "a role",
        from: "from 1 role on",
    },
    drafts: |drafting| of_site(drafting, &KIND, !drafting.site.roles.is_empty()),
    description,
    sections: &[
        CATEGORIES,
        SectionKind {
            id: "a-z",
            has_content: |about| !about.site.roles.is_empty(),
            stands_in: StandsIn::Never,
            index_terms: no_terms,
        },
    ],
    on_hub: None,
    role_variable: None,
    variables: |_, cx| {
        vec![
            Variable::new("groups", index::roles_by_letter(cx)),
            Variable::new("categories", index::categories(cx)),
            Variable::new("count", cx.site.roles.whole().len()),
        ]
    },
    json_ld: |_, _| None,
    json: JsonTwin::Index,
    menu: Menu::None,
    search_group: "group_other",
};

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
