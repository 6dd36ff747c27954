//! Skills: the index, and for each skill the roles and levels that name it.

use std::collections::{BTreeMap, BTreeSet};

use super::Plan;
use super::ladder::level_url;
use super::needs::{Standing, most_firmly};
use super::view::{Group, Html, SkillLevel, SkillRole, SkillView};
use crate::data::Id;
use crate::kind::Kind;
use crate::path::slugify;
use crate::role::{Change, Role};

impl Plan {
    /// Skills in use by group, groups and skills by name.
    pub(super) fn skill_groups(&self) -> Vec<Group<SkillView>> {
        let mut groups: BTreeMap<String, Vec<SkillView>> = BTreeMap::new();
        for id in self.roles_of_skill.keys() {
            let group = self.site.config.skills.get(id).and_then(|skill| skill.row.group.clone()).unwrap_or_default();
            groups.entry(group).or_default().push(self.skill(id, vec![]));
        }
        let mut taken = BTreeSet::new();
        let group = |(title, mut items): (String, Vec<SkillView>)| {
            items.sort_by_cached_key(|skill| self.locale().sort_key(&skill.name));
            let title = if title.is_empty() { self.strings().get("group_other").to_owned() } else { title };
            Group { id: unique(&slugify(&title), &mut taken), title, url: None, summary: String::new(), items }
        };
        groups.into_iter().map(group).collect()
    }

    /// A skill with the roles that name it, by title.
    pub(super) fn skill_with_roles(&self, id: &Id) -> SkillView {
        let mut roles: Vec<&Role> = self.roles_with(id).collect();
        roles.sort_by_cached_key(|role| self.locale().sort_key(&role.title));
        let roles = roles.into_iter().map(|role| SkillRole {
            title: role.title.clone(),
            url: self.url_of(Kind::Hub, role.id.as_str()).unwrap_or_default(),
            category: self.category_crumb(&role.category),
            levels: self.levels_with(role, id),
        });
        self.skill(id, roles.collect())
    }

    fn levels_with(&self, role: &Role, id: &Id) -> Vec<SkillLevel> {
        let ladder = self.levels_on(Kind::Ladder, role.id.as_str()).unwrap_or_default();
        let of_level = |level: &crate::role::Level| {
            let need = level.skills.iter().filter(|need| need.skills.contains(id)).min_by_key(|need| Standing::of(need))?;
            Some(SkillLevel {
                title: level.title.clone(),
                url: level_url(&ladder, &level.id),
                importance: need.importance.as_str(),
                one_of: if need.skills.len() > 1 { self.need_name(need) } else { String::new() },
                proficiency: need.proficiency.as_ref().map(|id| self.proficiency(id)),
                new: need.change == Change::New,
                raised: matches!(need.change, Change::Raised(_)),
            })
        };
        role.ladder.levels().filter_map(of_level).collect()
    }

    /// How many roles ask for a skill, ask for it or another, and name it as helpful.
    pub(super) fn roles_by_standing(&self, id: &Id) -> [usize; 3] {
        let standings: Vec<Standing> = self.roles_with(id).filter_map(|role| Some(Standing::of(most_firmly(role, id)?.1))).collect();
        [Standing::Asked, Standing::OneOf, Standing::Helps].map(|standing| standings.iter().filter(|other| **other == standing).count())
    }

    fn roles_with<'a>(&'a self, id: &'a Id) -> impl Iterator<Item = &'a Role> {
        self.roles_of_skill.get(id).into_iter().flatten().filter_map(|role| self.site.role(role))
    }

    fn skill(&self, id: &Id, roles: Vec<SkillRole>) -> SkillView {
        let reference = self.skill_ref(id);
        let declared = self.site.config.skills.get(id);
        let row = declared.map(|declared| &declared.row);
        let counts = self.roles_by_standing(id);
        let keys = ["skill_roles_count", "skill_roles_one_of_count", "skill_roles_optional_count"];
        let description = declared.and_then(|declared| Some(self.block(declared.row.description.as_ref()?)));
        SkillView {
            id: reference.id,
            name: reference.name,
            url: reference.url,
            group: row.and_then(|row| row.group.clone()).unwrap_or_default(),
            kind: row.and_then(|row| row.kind).map(|kind| self.named("skill_kind", kind.as_str())),
            description: description.unwrap_or(Html::Empty),
            external_url: row.and_then(|row| row.url.as_ref()).map(ToString::to_string),
            concept: row.and_then(|row| row.concept.as_ref()).map(ToString::to_string),
            count: counts[0],
            total: counts.iter().sum(),
            counts: keys.into_iter().zip(counts).filter(|(_, count)| *count > 0).map(|(key, count)| self.strings().plural(key, count)).collect(),
            roles,
        }
    }
}

/// The id of a group: names of other signs have one slug, or none.
fn unique(slug: &str, taken: &mut BTreeSet<String>) -> String {
    let slug = if slug.is_empty() { "group" } else { slug };
    let ids = std::iter::once(slug.to_owned()).chain((1..).map(|number| format!("{slug}-{number}")));
    ids.into_iter().find(|id| taken.insert(id.clone())).unwrap_or_default()
}
