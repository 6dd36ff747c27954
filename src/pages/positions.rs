//! The open jobs of a role.

use super::draft::{Drafted, Drafting, of_roles};
use super::parts::with_parts;
use super::section::{POSITIONS, SectionKind};
use super::terms::add_position;
use super::{About, JsonTwin, Made, Menu, PageKind};
use crate::kind::{Kind, Scope};
use crate::layout::lists::MOST_POSITIONS;
use crate::view::variable::Variable;
use crate::view::{ViewContext, parts, position};
use crate::wording::words::promise;

pub(super) static KIND: PageKind = PageKind {
    kind: Kind::Positions,
    scope: Scope::Role,
    permalink: "{parent}/{kind}/",
    prose: &["roles/*/positions.md"],
    made: Made::When {
        needs: "an open job in positions.toml",
        from: "from 1 open job on",
    },
    drafts,
    description,
    sections: &[SectionKind {
        index_terms: |about, _, sink| {
            let positions = about.role.into_iter().flat_map(|role| &role.positions);
            positions.for_each(|position| add_position(position, sink));
        },
        ..POSITIONS
    }],
    on_hub: None,
    role_variable: None,
    variables,
    json_ld: |_, _| None,
    json: JsonTwin::None,
    menu: Menu::Role,
    search_group: "nav_positions",
};

fn drafts(drafting: &Drafting<'_>) -> Vec<Drafted> {
    let first = of_roles(drafting, &KIND, |role| !role.positions.is_empty());
    let all_parts = |drafted: Drafted| {
        let role = match &drafted {
            Drafted::Page(draft) => draft.subject.role(),
            Drafted::Unmade(_) => None,
        };
        let jobs = role.and_then(|id| drafting.site.role(id));
        let jobs = jobs.map_or(0, |role| role.positions.len());
        with_parts(drafting, &KIND, drafted, jobs.div_ceil(MOST_POSITIONS))
    };
    first.into_iter().flat_map(all_parts).collect()
}

fn variables(about: &About<'_>, cx: &ViewContext<'_>) -> Vec<Variable> {
    let role = about.role;
    let jobs = role.map(|role| position::on_part(cx, role, about.page.number));
    vec![
        Variable::new("items", jobs.unwrap_or_default()),
        Variable::new("paginator", parts::paginator(cx, about.page)),
    ]
}

fn description(about: &About<'_>) -> String {
    let Some(role) = about.role else {
        return String::new();
    };
    let has_jobs = about.has("positions");
    let has_places = role
        .positions
        .iter()
        .any(|position| !position.locations.is_empty());
    let paid = role
        .positions
        .iter()
        .filter(|position| position.salary.is_some())
        .count();
    let all_paid = paid == role.positions.len();
    let parts = [
        (has_jobs, "part_employer"),
        (has_jobs && has_places, "part_place"),
        (has_jobs && paid > 0 && all_paid, "part_pay"),
        (has_jobs && paid > 0 && !all_paid, "part_pay_if_named"),
    ];
    promise(
        &about.wording,
        "description_positions",
        &[("role", &role.title)],
        &parts,
    )
}
