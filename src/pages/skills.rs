//! The index of skills, by group.

use serde_json::{Value as Json, json};

use super::draft::of_site;
use super::section::{SectionKind, StandsIn, no_terms};
use super::{About, JsonTwin, Made, Menu, PageKind};
use crate::kind::{Kind, Scope};
use crate::view::variable::Variable;
use crate::view::{ViewContext, skill};

pub(super) static KIND: PageKind = PageKind {
    kind: Kind::Skills,
    scope: Scope::Site,
    permalink: "/skills/",
    prose: &["skills/_index.md"],
    made: Made::When {
        needs: "a level that asks for a skill",
        from: "from 1 skill on that a level asks for",
    },
    drafts: |drafting| of_site(drafting, &KIND, !drafting.roles_of_skill.is_empty()),
    description,
    sections: &[SectionKind {
        id: "skills",
        has_content: |about| !about.layout.roles_of_skill.is_empty(),
        stands_in: StandsIn::Never,
        index_terms: no_terms,
    }],
    on_hub: None,
    role_variable: None,
    variables: |_, cx| {
        vec![
            Variable::new("groups", skill::skill_groups(cx)),
            Variable::new("proficiencies", proficiencies(cx)),
        ]
    },
    json_ld: |_, _| None,
    json: JsonTwin::Index,
    menu: Menu::None,
    search_group: "nav_skills",
};

fn description(about: &About<'_>) -> String {
    let key = if skill::has_skill_groups(about.site, about.layout) {
        "description_skills"
    } else {
        "description_skills_bare"
    };
    about.wording.strings.get(key).to_owned()
}

/// Returns the scale of proficiency.
fn proficiencies(cx: &ViewContext<'_>) -> Vec<Json> {
    let scale = cx.site.config.proficiencies.iter();
    let row = scale
        .map(|row| json!({ "id": row.id.value, "name": row.name, "description": row.description }));
    row.collect()
}
