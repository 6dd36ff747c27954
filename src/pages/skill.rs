//! The page of a skill: the roles and levels that want it.

use super::draft::{Drafted, Drafting, Entry, of_entry};
use super::section::{SectionKind, StandsIn, no_terms};
use super::{About, JsonTwin, Made, Menu, PageKind};
use crate::data::Id;
use crate::kind::{Kind, Scope};
use crate::layout::Subject;
use crate::role::Need;
use crate::view::skill;
use crate::view::variable::Variable;
use crate::wording::words::{promise, skill_name};

pub(super) static KIND: PageKind = PageKind {
    kind: Kind::Skill,
    scope: Scope::Thing,
    permalink: "/skills/{slug}/",
    prose: &["skills/*.md"],
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
    variables: |about, cx| match &about.page.subject {
        Subject::Skill(id) => vec![Variable::new("skill", skill::skill_with_roles(cx, id))],
        _ => vec![],
    },
    json_ld: |_, _| None,
    json: JsonTwin::Index,
    menu: Menu::None,
    search_group: "nav_skills",
};

fn drafts(drafting: &Drafting<'_>) -> Vec<Drafted> {
    let draft = |id: &Id| {
        let skill = drafting.site.config.skills.get(id)?;
        let entry = Entry {
            subject: Subject::Skill(id.clone()),
            title: skill.row.name.value.clone(),
            path: &skill.path,
            span: &skill.span,
        };
        Some(of_entry(drafting, &KIND, entry))
    };
    drafting.roles_of_skill.keys().filter_map(draft).collect()
}

fn description(about: &About<'_>) -> String {
    let Subject::Skill(id) = &about.page.subject else {
        return String::new();
    };
    let counts = skill::roles_by_standing(about.site, about.layout, id);
    let key = match (counts.asked + counts.one_of, counts.helps) {
        (0, _) => "description_skill_optional",
        (_, 0) => "description_skill",
        _ => "description_skill_both",
    };
    let roles = skill::roles_with(about.site, about.layout, id);
    let levels = roles.flat_map(|role| role.ladder.levels());
    let needs: Vec<&Need> = levels
        .flat_map(|level| &level.skills)
        .filter(|need| need.skills.contains(id))
        .collect();
    let is_measured = needs.iter().any(|need| need.proficiency.is_some());
    let parts = [
        (!needs.is_empty(), "part_from_level"),
        (is_measured, "part_how_well"),
    ];
    let name = skill_name(&about.wording, id);
    promise(&about.wording, key, &[("skill", &name)], &parts)
}
