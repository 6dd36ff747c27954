//! The index of skills, by group.

use serde_json::{Value as Json, json};

use super::parts::of_site_with_parts;
use super::section::{SectionKind, StandsIn, no_terms};
use super::{About, JsonTwin, Made, Menu, PageKind};
use crate::kind::{Kind, Scope};
use crate::view::variable::Variable;
use crate::view::{ViewContext, parts, skill};

pub(super) static KIND: PageKind = PageKind {
    kind: Kind::Skills,
    scope: Scope::Site,
    permalink: "/skills/",
    prose: &["skills/_index.md"],
    made: Made::When {
        needs: "a level that asks for a skill",
        from: "from 1 skill on that a level asks for",
    },
    drafts: |drafting| {
        let has_skills = !drafting.skills_in_use.is_empty();
        of_site_with_parts(
            drafting,
            &KIND,
            has_skills,
            drafting.lists.skills.whole().count(),
        )
    },
    description,
    sections: &[SectionKind {
        id: "skills",
        has_content: |about| !about.layout.skills_in_use.is_empty(),
        stands_in: StandsIn::Never,
        index_terms: no_terms,
    }],
    on_hub: None,
    role_variable: None,
    variables: |about, cx| {
        let list = &cx.layout.lists.skills.whole();
        vec![
            Variable::new("groups", skill::skill_groups(cx, about.part())),
            Variable::new("proficiencies", proficiencies(cx)),
            Variable::new("bar", parts::bar(cx, about.page, list, parts::own_id)),
            Variable::new("paginator", parts::paginator(cx, about.page)),
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
