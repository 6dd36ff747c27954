//! The checklist of a role: what each level asks for, to be ticked off.

use super::draft::of_roles;
use super::section::{SectionKind, StandsIn, any_level, no_terms};
use super::{About, JsonTwin, Made, Menu, PageKind};
use crate::kind::{Kind, Scope};
use crate::role::{Change, Level, Role};
use crate::wording::words::promise;

pub(super) static KIND: PageKind = PageKind {
    kind: Kind::WhereAmI,
    scope: Scope::Role,
    permalink: "{parent}/{kind}/",
    prose: &["roles/*/where-am-i.md"],
    made: Made::When {
        needs: "two [[levels]] that add skills, duties or criteria",
        from: "from 2 levels on that ask for something",
    },
    drafts: |drafting| of_roles(drafting, &KIND, has_enough),
    description,
    sections: &[SectionKind {
        id: "checklist",
        has_content: |about| any_level(about, adds_something),
        stands_in: StandsIn::Never,
        index_terms: no_terms,
    }],
    on_hub: None,
    role_variable: None,
    variables: |_, _| vec![],
    json_ld: |_, _| None,
    json: JsonTwin::None,
    menu: Menu::Role,
    search_group: "group_other",
};

fn has_enough(role: &Role) -> bool {
    role.ladder
        .levels()
        .filter(|level| adds_something(level))
        .count()
        >= 2
}

/// Returns true if a level asks for something that the levels below it do not.
fn adds_something(level: &Level) -> bool {
    level.skills.iter().any(|need| need.change != Change::Kept)
        || level
            .competencies
            .iter()
            .any(|competency| !competency.added.is_empty())
}

fn description(about: &About<'_>) -> String {
    let Some(role) = about.role else {
        return String::new();
    };
    let parts = [
        (about.has("checklist"), "part_level_that_fits"),
        (about.has("checklist"), "part_next_level"),
    ];
    promise(
        &about.wording,
        "description_where_am_i",
        &[("role", &role.title)],
        &parts,
    )
}
