//! The skills in use: all roles come in; for each skill the roles that want it, and how, go out. They
//! are looked at once, so that no page of a skill looks at all needs of all roles.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::data::Id;
use crate::ordered;
use crate::role::{Need, Role, Standing};
use crate::site::Site;

/// A skill that some role wants.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SkillUse {
    /// The published roles that want it, in the order of their ids.
    pub roles: Vec<Id>,
    /// How many of them ask for it.
    pub asked: usize,
    /// How many ask for it or for another one.
    pub one_of: usize,
    /// How many name it as helpful.
    pub helps: usize,
    /// Whether a level wants it, and not only a role as a whole.
    pub is_of_levels: bool,
    /// Whether a level says how well it has to be known.
    pub is_measured: bool,
}

/// Returns the skills in use.
pub fn in_use(site: &Site) -> BTreeMap<Id, SkillUse> {
    let mut skills = ordered::Map::default();
    for role in site.all_roles() {
        add(role, &mut skills);
    }
    let owned = skills.into_iter().map(|(id, own)| (Id::clone(id), own));
    owned.collect()
}

fn add<'r>(role: &'r Role, skills: &mut ordered::Map<&'r Id, SkillUse>) {
    let mut firmest: ordered::Map<&Id, Standing> = ordered::Map::default();
    for need in role.needs() {
        let standing = Standing::of(need);
        for id in &need.skills {
            let known = firmest.entry(id).or_insert(standing);
            *known = standing.min(*known);
        }
    }
    for (id, standing) in firmest {
        let skill = skills.entry(id).or_default();
        skill.roles.push(role.id.clone());
        match standing {
            Standing::Asked => skill.asked += 1,
            Standing::OneOf => skill.one_of += 1,
            Standing::Helps => skill.helps += 1,
        }
    }
    let of_levels = role.ladder.levels().flat_map(|level| &level.skills);
    let of_skills = of_levels.flat_map(|need: &Need| need.skills.iter().map(move |id| (id, need)));
    for (id, need) in of_skills {
        if let Some(skill) = skills.get_mut(id) {
            skill.is_of_levels = true;
            skill.is_measured |= need.proficiency.is_some();
        }
    }
}
