//! What becomes of skills from one level to another, and which two roles share: needs come in, lists of what is gained, raised,
//! dropped and kept go out.

use crate::plan::Plan;
use crate::plan::view::{ComparedSkill, RoleSkillView, SkillChanges};
use crate::role::record::Importance;
use crate::role::{Level, Need, Role, raise};

/// Needs of two levels, held against each other.
pub(super) struct Needs<'l> {
    pub gained: Vec<&'l Need>,
    /// Before and after.
    pub raised: Vec<(&'l Need, &'l Need)>,
    pub dropped: Vec<&'l Need>,
    pub shared: Vec<(&'l Need, &'l Need)>,
}

impl Plan {
    /// What each of two levels asks for.
    pub(super) fn needs_of<'l>(&self, a: &'l Level, b: &'l Level) -> Needs<'l> {
        let held = |need: &Need| a.skills.iter().find(|held| held.is_for_same(need));
        let both = b.skills.iter().filter_map(|need| Some((held(need)?, need)));
        let (raised, shared) = both.partition(|(before, after)| raise(before, after, &self.site.config).is_some());
        let is_asked = |need: &&Need| b.skills.iter().any(|other| other.is_for_same(need));
        Needs {
            gained: b.skills.iter().filter(|need| held(need).is_none()).collect(),
            raised,
            dropped: a.skills.iter().filter(|need| !is_asked(need)).collect(),
            shared,
        }
    }

    pub(super) fn skill_changes(&self, a: &Level, b: &Level) -> SkillChanges {
        let Needs { gained, raised, dropped, shared } = self.needs_of(a, b);
        SkillChanges {
            gained: gained.into_iter().map(|need| self.compared(None, Some(need))).collect(),
            raised: raised.into_iter().map(|(before, after)| self.compared(Some(before), Some(after))).collect(),
            dropped: dropped.into_iter().map(|need| self.compared(Some(need), None)).collect(),
            shared: shared.into_iter().map(|(before, after)| self.compared(Some(before), Some(after))).collect(),
        }
    }

    /// A need of one level or of both, which are needs of the same skills.
    fn compared(&self, before: Option<&Need>, after: Option<&Need>) -> ComparedSkill {
        let changes = before.zip(after).is_some_and(|(before, after)| before.importance != after.importance);
        let text = |need: Option<&Need>| need.map(|need| self.standard(need, changes)).unwrap_or_default();
        let (before, after, shown) = (text(before), text(after), after.or(before).map(|need| self.need(need)));
        let (id, name, url) = shown.as_ref().map(|need| (need.id.clone(), need.name.clone(), need.url.clone())).unwrap_or_default();
        ComparedSkill { id, name, url, importance: shown.map_or(Importance::Essential.as_str(), |need| need.importance), before, after, note: String::new() }
    }

    /// How well a skill is wanted; with its importance where that is what changes.
    fn standard(&self, need: &Need, with_importance: bool) -> String {
        let importance = with_importance.then(|| self.named("importance", need.importance.as_str()).name);
        let parts: Vec<String> = need.proficiency.as_ref().map(|id| self.proficiency(id).name).into_iter().chain(importance).collect();
        parts.join(self.strings().get("list_separator"))
    }

    /// Skills that one role names and the other does not, and those that both do.
    pub(super) fn skills_of_both(&self, a: &Role, b: &Role) -> SkillChanges {
        let (of_a, of_b) = (self.skills_of(a), self.skills_of(b));
        let own = |skills: &[RoleSkillView], others: &[RoleSkillView]| skills.iter().filter(|skill| find(others, skill).is_none()).map(alone).collect();
        let shared = of_a.iter().filter_map(|skill| Some(self.of_both((a, skill), (b, find(&of_b, skill)?))));
        SkillChanges { gained: own(&of_b, &of_a), raised: vec![], dropped: own(&of_a, &of_b), shared: shared.collect() }
    }

    /// A skill of two roles. Where they want it in different ways, it is told what it is to each.
    fn of_both(&self, (role, skill): (&Role, &RoleSkillView), (other_role, other): (&Role, &RoleSkillView)) -> ComparedSkill {
        let is_optional = |skill: &RoleSkillView| skill.importance == Importance::Optional.as_str();
        let both_optional = is_optional(skill) && is_optional(other);
        let standing = |skill: &RoleSkillView| {
            let optional = (is_optional(skill) && !both_optional).then(|| self.named("importance", skill.importance).name);
            Some(skill.one_of.clone())
                .filter(|text| !text.is_empty())
                .into_iter()
                .chain(optional)
                .collect::<Vec<_>>()
                .join(self.strings().get("list_separator"))
        };
        let (own, its) = (standing(skill), standing(other));
        let of = |role: &Role, text: &str| (!text.is_empty()).then(|| self.strings().fill("compare_in", &[("role", &role.title), ("text", text)]));
        let note = if own == its {
            own
        } else {
            [of(role, &own), of(other_role, &its)].into_iter().flatten().collect::<Vec<_>>().join(self.strings().get("list_semicolon"))
        };
        let importance = if both_optional { Importance::Optional } else { Importance::Essential };
        ComparedSkill { importance: importance.as_str(), note, ..alone(skill) }
    }
}

fn find<'s>(skills: &'s [RoleSkillView], skill: &RoleSkillView) -> Option<&'s RoleSkillView> {
    skills.iter().find(|other| other.id == skill.id)
}

/// A skill of one role.
fn alone(skill: &RoleSkillView) -> ComparedSkill {
    let RoleSkillView { id, name, url, group: _, importance, one_of, from: _ } = skill;
    ComparedSkill { id: id.clone(), name: name.clone(), url: url.clone(), importance, before: String::new(), after: String::new(), note: one_of.clone() }
}
