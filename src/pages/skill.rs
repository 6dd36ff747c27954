//! The page of a skill: the roles and levels that want it.

use super::draft::{Drafted, Drafting, Entry, of_entry};
use super::parts::with_parts;
use super::section::{SectionKind, StandsIn, no_terms};
use super::{About, JsonTwin, Made, Menu, PageKind};
use crate::data::Id;
use crate::kind::{Kind, Scope};
use crate::layout::Subject;
use crate::layout::parts::List;
use crate::view::variable::Variable;
use crate::view::{ViewContext, parts, skill};
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
    variables,
    json_ld: |_, _| None,
    json: JsonTwin::Index,
    menu: Menu::None,
    search_group: "nav_skills",
};

fn drafts(drafting: &Drafting<'_>) -> Vec<Drafted> {
    let drafted = |id: &Id| {
        let skill = drafting.site.config.skills.get(id)?;
        let entry = Entry {
            subject: Subject::Skill(id.clone()),
            title: skill.row.name.value.clone(),
            path: &skill.path,
            span: &skill.span,
        };
        let parts = drafting.lists.roles_of_skill.get(id).map_or(1, List::count);
        Some(with_parts(
            drafting,
            &KIND,
            of_entry(drafting, &KIND, entry),
            parts,
        ))
    };
    let skills = drafting.skills_in_use.keys();
    skills.filter_map(drafted).flatten().collect()
}

fn variables(about: &About<'_>, cx: &ViewContext<'_>) -> Vec<Variable> {
    let Subject::Skill(id) = &about.page.subject else {
        return vec![];
    };
    let list = cx.layout.lists.roles_of_skill.get(id);
    let bar = list.map(|list| parts::bar(cx, about.page, list, parts::own_id));
    vec![
        Variable::new("skill", skill::skill_with_roles(cx, id, about.part())),
        Variable::new("groups", skill::roles_by_letter(cx, id, about.page.number)),
        Variable::new("bar", bar.unwrap_or_default()),
        Variable::new("paginator", parts::paginator(cx, about.page)),
    ]
}

fn description(about: &About<'_>) -> String {
    let Subject::Skill(id) = &about.page.subject else {
        return String::new();
    };
    let Some(skill) = about.layout.skills_in_use.get(id) else {
        return String::new();
    };
    let key = match (skill.asked + skill.one_of, skill.helps) {
        (0, _) => "description_skill_optional",
        (_, 0) => "description_skill",
        _ => "description_skill_both",
    };
    let parts = [
        (skill.is_of_levels, "part_from_level"),
        (skill.is_measured, "part_how_well"),
    ];
    let name = skill_name(&about.wording, id);
    promise(&about.wording, key, &[("skill", &name)], &parts)
}
