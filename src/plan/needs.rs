//! Needs in words: what levels ask for comes in, names and sentences go out. What is essential is asked for, what is optional helps,
//! of several that would do one is asked for, and what was asked for before is raised.

use std::collections::BTreeSet;

use super::Plan;
use super::view::{NeedView, RoleNeedView, RoleSkillView, SkillRef};
use crate::data::Id;
use crate::role::record::Importance;
use crate::role::{Change, Ladder, Level, Need, Raise, Role};

/// What some needs bring that was not there before, by name.
#[derive(Default)]
pub(super) struct News {
    /// New and essential: to be learnt.
    pub new: Vec<String>,
    /// Wanted to a higher standard: "SQL to Expert".
    pub raised: Vec<String>,
    /// Optional before, essential now.
    pub firmer: Vec<String>,
    /// Optional: new, or of use to a higher standard.
    pub helpful: Vec<String>,
}

/// How firmly a role wants a skill: the firmest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    Asked,
    /// One of several of which one is asked for.
    OneOf,
    Helps,
}

impl Standing {
    pub(super) fn of(need: &Need) -> Self {
        match (need.importance, need.skills.as_slice()) {
            (Importance::Optional, _) => Self::Helps,
            (Importance::Essential, [_]) => Self::Asked,
            (Importance::Essential, _) => Self::OneOf,
        }
    }
}

impl Plan {
    pub(super) fn need(&self, need: &Need) -> NeedView {
        let any_of: Vec<SkillRef> = need.skills.iter().map(|id| self.skill_ref(id)).collect();
        let (id, url) = match any_of.as_slice() {
            [one] => (one.id.clone(), one.url.clone()),
            several => (several.iter().map(|skill| skill.id.as_str()).collect::<Vec<_>>().join("-or-"), None),
        };
        NeedView {
            id,
            name: self.need_name(need),
            url,
            importance: need.importance.as_str(),
            proficiency: need.proficiency.as_ref().map(|id| self.proficiency(id)),
            new: need.change == Change::New,
            raised: matches!(need.change, Change::Raised(_)),
            raised_to: self.raised_to(need),
            any_of: if any_of.len() > 1 { any_of } else { vec![] },
        }
    }

    /// "Git", or "one of Python, Java or Go".
    pub(super) fn need_name(&self, need: &Need) -> String {
        let names: Vec<String> = need.skills.iter().map(|id| self.skill_ref(id).name).collect();
        match names.as_slice() {
            [one] => one.clone(),
            _ => self.strings().fill("need_one_of", &[("skills", &self.join_or(&names))]),
        }
    }

    /// The standard that a raised need is raised to: "Expert", "essential", or both; nothing for others.
    fn raised_to(&self, need: &Need) -> String {
        let Change::Raised(raise) = need.change else { return String::new() };
        let proficiency = || need.proficiency.as_ref().map(|id| self.proficiency(id).name);
        let importance = || Some(self.named("importance", need.importance.as_str()).name);
        let parts = match raise {
            Raise::Proficiency => [proficiency(), None],
            Raise::Importance => [None, importance()],
            Raise::Both => [proficiency(), importance()],
        };
        parts.into_iter().flatten().collect::<Vec<_>>().join(self.strings().get("list_separator"))
    }

    /// The name with the standard that it is raised to: "SQL (Expert)".
    pub(super) fn need_at(&self, need: &Need) -> String {
        let (name, standard) = (self.need_name(need), self.raised_to(need));
        if standard.is_empty() { name } else { self.strings().fill("need_at", &[("skill", &name), ("standard", &standard)]) }
    }

    /// What is new in some needs; those that are kept are not.
    pub(super) fn news<'n>(&self, needs: impl IntoIterator<Item = &'n Need>) -> News {
        let mut news = News::default();
        for need in needs {
            let raised = |news: &mut News| {
                let proficiency = need.proficiency.as_ref().map(|id| self.proficiency(id).name).unwrap_or_default();
                news.raised.push(self.strings().fill("need_raised_to", &[("skill", &self.need_name(need)), ("proficiency", &proficiency)]));
            };
            match need.change {
                Change::Kept => {}
                _ if !need.is_essential() => news.helpful.push(self.need_at(need)),
                Change::New => news.new.push(self.need_name(need)),
                Change::Raised(Raise::Proficiency) => raised(&mut news),
                Change::Raised(Raise::Importance) => news.firmer.push(self.need_name(need)),
                Change::Raised(Raise::Both) => {
                    raised(&mut news);
                    news.firmer.push(self.need_name(need));
                }
            }
        }
        news
    }

    /// Advice made of what the next level asks for, and of what this one asks for first; empty where both ask for the same.
    pub(super) fn advice(&self, from: &Level, to: &Level, gained: &[Need]) -> String {
        let News { new, raised, firmer, helpful } = self.news(gained);
        let is_built_on = |need: &&Need| {
            let stays = to.skills.iter().any(|other| other.is_for_same(need)) && !gained.iter().any(|other| other.is_for_same(need));
            need.change != Change::Kept && need.is_essential() && stays
        };
        let kept: Vec<String> = from.skills.iter().filter(is_built_on).take(3).map(|need| self.need_name(need)).collect();
        let fill = |key: &str, skills: &[String]| {
            let values = [("from", from.title.as_str()), ("to", &to.title), ("kept", &self.join_and(&kept)), ("skills", &self.join_and(skills))];
            (!skills.is_empty()).then(|| self.strings().plural_with(key, skills.len(), &values))
        };
        let sentences = [
            fill(if kept.is_empty() { "advance_generated_new" } else { "advance_generated" }, &new),
            fill(if new.is_empty() { "advance_generated_raise" } else { "advance_raise" }, &raised),
            fill("advance_essential", &firmer),
            fill("advance_helpful", &helpful),
        ];
        self.join_sentences(&sentences.into_iter().flatten().collect::<Vec<_>>())
    }

    /// What a level asks for on top of those below it, in a sentence; what only helps is told as that.
    pub(super) fn asks(&self, level: &Level) -> String {
        let of = |essential: bool| level.skills.iter().filter(move |need| need.change != Change::Kept && need.is_essential() == essential);
        let (asked, helpful): (Vec<_>, Vec<_>) = (of(true).map(|need| self.need_at(need)).collect(), of(false).map(|need| self.need_at(need)).collect());
        let has_kept = level.skills.iter().any(|need| need.change == Change::Kept && need.is_essential());
        let key = match (asked.is_empty(), has_kept, helpful.is_empty()) {
            (true, ..) => "faq_skills_answer_optional",
            (false, false, true) => "faq_skills_answer",
            (false, false, false) => "faq_skills_answer_helpful",
            (false, true, true) => "faq_skills_answer_new",
            (false, true, false) => "faq_skills_answer_new_helpful",
        };
        let values = [("level", level.title.as_str()), ("skills", &self.join_and(&asked)), ("helpful", &self.join_and(&helpful))];
        self.strings().plural_with(key, helpful.len(), &values)
    }

    /// What a role asks for, in the order in which its levels do; each once, with the level from which on it is wanted most firmly.
    pub(super) fn needs_of_role(&self, role: &Role) -> Vec<RoleNeedView> {
        let mut needs: Vec<(&Level, &Need)> = vec![];
        for (level, need) in role.ladder.levels().flat_map(|level| level.skills.iter().map(move |need| (level, need))) {
            match needs.iter_mut().find(|(_, known)| known.is_for_same(need)) {
                Some(known) if Standing::of(need) < Standing::of(known.1) => *known = (level, need),
                Some(_) => {}
                None => needs.push((level, need)),
            }
        }
        needs.into_iter().map(|(level, need)| RoleNeedView { need: self.need(need), from: self.level_of_role(role, level) }).collect()
    }

    /// The skills of a role, in the order in which its levels name them, each as firmly as it is wanted at most.
    pub(super) fn skills_of(&self, role: &Role) -> Vec<RoleSkillView> {
        role.skills().filter_map(|id| self.skill_of(role, id)).collect()
    }

    fn skill_of(&self, role: &Role, id: &Id) -> Option<RoleSkillView> {
        let (level, need) = most_firmly(role, id)?;
        let skill = self.skill_ref(id);
        let group = self.site.config.skills.get(id).and_then(|row| row.row.group.clone()).unwrap_or_default();
        let one_of = if need.skills.len() > 1 { self.need_name(need) } else { String::new() };
        let from = self.level_of_role(role, level);
        Some(RoleSkillView { id: skill.id, name: skill.name, url: skill.url, group, importance: need.importance.as_str(), one_of, from })
    }

    /// What the job begins with: essential needs of the lowest levels.
    pub(super) fn begins_with(&self, ladder: &Ladder) -> Vec<NeedView> {
        let mut seen: Vec<&Need> = vec![];
        for need in lowest(ladder).into_iter().flat_map(|level| &level.skills).filter(|need| need.is_essential()) {
            if !seen.iter().any(|known| known.is_for_same(need)) {
                seen.push(need);
            }
        }
        seen.into_iter().map(|need| self.need(need)).collect()
    }
}

/// The first of the levels that want a skill most firmly, and how.
pub(super) fn most_firmly<'r>(role: &'r Role, id: &Id) -> Option<(&'r Level, &'r Need)> {
    let wanted = role.ladder.levels().flat_map(|level| level.skills.iter().filter(|need| need.skills.contains(id)).map(move |need| (level, need)));
    wanted.min_by_key(|(_, need)| Standing::of(need))
}

/// The levels that a career begins with: those that no other leads to, but for those that stand higher than another of them.
fn lowest(ladder: &Ladder) -> Vec<&Level> {
    let known: BTreeSet<&Id> = ladder.levels().map(|level| &level.id).collect();
    let first: Vec<&Level> = ladder.levels().filter(|level| !level.previous.iter().any(|id| known.contains(id))).collect();
    let is_above = |level: &Level, other: &Level| {
        let by_stage = level.stage.zip(other.stage).is_some_and(|(a, b)| a > b);
        let by_years = level.experience.zip(other.experience).is_some_and(|((a, _), (b, _))| a > b);
        by_stage || by_years || (level.track.as_str() == "manager" && other.track != level.track)
    };
    first.iter().filter(|level| !first.iter().any(|other| is_above(level, other))).copied().collect()
}
