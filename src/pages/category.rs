//! A category of roles.

use super::draft::{Drafted, Drafting, Entry, of_entry};
use super::ladder::advances;
use super::parts::with_parts;
use super::section::{SectionKind, StandsIn, no_terms};
use super::{About, JsonTwin, Made, Menu, PageKind};
use crate::config::{CategoryRow, Declared};
use crate::data::Id;
use crate::kind::{Kind, Scope};
use crate::layout::Subject;
use crate::layout::parts::List;
use crate::role::Role;
use crate::site::Site;
use crate::view::variable::Variable;
use crate::view::{ViewContext, index, parts};
use crate::wording::words::promise;

pub(super) static KIND: PageKind = PageKind {
    kind: Kind::Category,
    scope: Scope::Thing,
    permalink: "/categories/{slug}/",
    prose: &["categories/*.md"],
    made: Made::Always,
    drafts,
    description,
    sections: &[SectionKind {
        id: "roles",
        has_content: |_| true,
        stands_in: StandsIn::Never,
        index_terms: no_terms,
    }],
    on_hub: None,
    role_variable: None,
    variables,
    json_ld: |_, _| None,
    json: JsonTwin::Index,
    menu: Menu::None,
    search_group: "group_other",
};

fn drafts(drafting: &Drafting<'_>) -> Vec<Drafted> {
    let categories = drafting.site.config.categories.iter();
    let used = categories.filter(|(id, _)| roles(drafting.site, id).next().is_some());
    let draft = |(id, category): &(Id, Declared<CategoryRow>)| {
        let entry = Entry {
            subject: Subject::Category(id.clone()),
            title: category.row.title.value.clone(),
            path: &category.path,
            span: &category.span,
        };
        let parts = drafting
            .lists
            .roles_of_category
            .get(id)
            .map_or(1, List::count);
        with_parts(drafting, &KIND, of_entry(drafting, &KIND, entry), parts)
    };
    used.flat_map(draft).collect()
}

/// Returns the category with its roles, and where there are many, the roles by letter.
fn variables(about: &About<'_>, cx: &ViewContext<'_>) -> Vec<Variable> {
    let Subject::Category(id) = &about.page.subject else {
        return vec![];
    };
    let list = cx.layout.lists.roles_of_category.get(id);
    let list = list.filter(|_| about.part().is_some());
    let groups = list.map(|list| index::roles_by_letter(cx, list, about.part()));
    let groups = groups.unwrap_or_default();
    let category = match list {
        Some(_) => {
            let cards = groups.iter().flat_map(|group| &group.items);
            index::category_with(cx, id, cards.cloned().collect())
        }
        None => index::category(cx, id),
    };
    let bar = list.map(|list| parts::bar(cx, about.page, list, parts::own_id));
    vec![
        Variable::new("category", category),
        Variable::new("groups", groups),
        Variable::new(
            "count",
            cx.layout
                .groups
                .roles_of_category
                .get(id)
                .map_or(0, Vec::len),
        ),
        Variable::new("bar", bar.unwrap_or_default()),
        Variable::new("filter", index::role_filter(cx, about.page)),
        Variable::new("paginator", parts::paginator(cx, about.page)),
    ]
}

/// Returns the published roles of a category.
fn roles<'a>(site: &'a Site, id: &'a Id) -> impl Iterator<Item = &'a Role> {
    site.all_roles()
        .filter(move |role| role.categories.contains(id))
}

fn description(about: &About<'_>) -> String {
    let Subject::Category(id) = &about.page.subject else {
        return String::new();
    };
    let mut categories = about.site.config.categories.iter();
    let Some((_, category)) = categories.find(|(other, _)| other == id) else {
        return String::new();
    };
    if let Some(summary) = &category.row.summary {
        return summary.clone();
    }
    let any = |has: fn(&Role) -> bool| roles(about.site, id).any(has);
    let says_what_they_do = |role: &Role| {
        role.summary.is_some() || role.definition.is_some() || !role.responsibilities.is_empty()
    };
    let parts = [
        (any(says_what_they_do), "part_what_they_do"),
        (any(|role| role.headline().is_some()), "part_what_they_pay"),
        (any(|role| advances(&role.ladder)), "part_how_to_advance"),
    ];
    let title = category.row.title.value.as_str();
    promise(
        &about.wording,
        "description_category",
        &[("category", title)],
        &parts,
    )
}
