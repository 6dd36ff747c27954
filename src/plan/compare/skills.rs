//! What becomes of skills from one level to another, and which two roles share: needs come in, lists of what is gained, raised,
//! dropped and kept go out.

use crate::plan::Plan;
use crate::plan::view::{ComparedSkill, RoleSkillView, SkillChanges};
use crate::role::record::Importance;
use crate::role::{Level, Need, Role, is_raised};

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
        let (raised, shared) = both.partition(|(before, after)| is_raised(before, after, &self.site.config));
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
        ComparedSkill { id, name, url, importance: shown.map_or(Importance::Essential.as_str(), |need| need.importance), before, after }
    }

    /// How well a skill is wanted; with its importance where that is what changes.
    fn standard(&self, need: &Need, with_importance: bool) -> String {
        let importance = with_importance.then(|| self.named("importance", need.importance.as_str()).name);
        let parts: Vec<String> = need.proficiency.as_ref().map(|id| self.proficiency(id).name).into_iter().chain(importance).collect();
        parts.join(self.strings().get("list_separator"))
    }

    /// Skills that one role asks for and the other does not, and those that both do.
    pub(super) fn skills_of_both(&self, a: &Role, b: &Role) -> SkillChanges {
        let (of_a, of_b) = (self.skills_of(a), self.skills_of(b));
        let (shared, dropped) = of_a.iter().partition::<Vec<_>, _>(|skill| has(&of_b, skill));
        let gained = of_b.iter().filter(|skill| !has(&of_a, skill));
        let list = |skills: Vec<&RoleSkillView>| skills.into_iter().map(compared_of_role).collect();
        SkillChanges { gained: list(gained.collect()), raised: vec![], dropped: list(dropped), shared: list(shared) }
    }
}

fn has(skills: &[RoleSkillView], skill: &RoleSkillView) -> bool {
    skills.iter().any(|other| other.id == skill.id)
}

fn compared_of_role(skill: &RoleSkillView) -> ComparedSkill {
    let RoleSkillView { id, name, url, group: _, importance, from: _ } = skill;
    ComparedSkill { id: id.clone(), name: name.clone(), url: url.clone(), importance, before: String::new(), after: String::new() }
}
