//! The open jobs of a role.

use super::draft::of_roles;
use super::section::{POSITIONS, SectionKind};
use super::terms::add_position;
use super::{About, JsonTwin, Made, Menu, PageKind};
use crate::kind::{Kind, Scope};
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
    drafts: |drafting| of_roles(drafting, &KIND, |role| !role.positions.is_empty()),
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
    variables: |_, _| vec![],
    json_ld: |_, _| None,
    json: JsonTwin::None,
    menu: Menu::Role,
    search_group: "nav_positions",
};

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
