//! Needs: what levels and roles ask for comes in; names, standards and links go out.

use std::collections::BTreeSet;

use crate::data::Id;
use crate::role::record::Importance;
use crate::role::{Change, Ladder, Level, Need, Role};
use crate::view::context::ViewContext;
use crate::view::ladder;
use crate::view::types::{NeedView, RoleNeedView, RoleSkillView, SkillRef};
use crate::wording::needs;

/// How firmly a role wants a skill, the firmest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// The role asks for the skill.
    Asked,
    /// The role asks for this skill or another one.
    OneOf,
    /// The skill helps and is not asked for.
    Helps,
}

/// A need with the level that has it.
#[derive(Clone, Copy)]
pub(super) struct NeedOfLevel<'r> {
    pub level: &'r Level,
    pub need: &'r Need,
}

impl NeedOfLevel<'_> {
    /// Returns how firmly the level wants it.
    pub fn standing(&self) -> Standing {
        Standing::of(self.need)
    }
}

impl Standing {
    /// Returns how firmly a need wants its skills.
    pub fn of(need: &Need) -> Self {
        match (need.importance, need.skills.as_slice()) {
            (Importance::Optional, _) => Self::Helps,
            (Importance::Essential, [_]) => Self::Asked,
            (Importance::Essential, _) => Self::OneOf,
        }
    }
}

/// Returns a need of a level.
pub(super) fn need_view(cx: &ViewContext<'_>, need: &Need) -> NeedView {
    let any_of: Vec<SkillRef> = need
        .skills
        .iter()
        .map(|id| ladder::skill_ref(cx, id))
        .collect();
    let ids: Vec<&str> = any_of.iter().map(|skill| skill.id.as_str()).collect();
    let url = match any_of.as_slice() {
        [one] => one.url.clone(),
        _ => None,
    };
    NeedView {
        id: ids.join("-or-"),
        name: needs::need_name(&cx.wording, need),
        url,
        importance: need.importance.as_str(),
        proficiency: need
            .proficiency
            .as_ref()
            .map(|id| ladder::proficiency(&cx.wording, id)),
        new: need.change == Change::New,
        raised: matches!(need.change, Change::Raised(_)),
        raised_to: needs::raised_to(&cx.wording, need),
        any_of: if any_of.len() > 1 { any_of } else { vec![] },
    }
}

/// Returns what a role asks for in the order of its levels: each need once, with the level that
/// first wants it most firmly.
pub(super) fn needs_of_role(cx: &ViewContext<'_>, role: &Role) -> Vec<RoleNeedView> {
    let mut needs: Vec<NeedOfLevel<'_>> = vec![];
    for need in needs_by_level(role) {
        let mut known = needs.iter_mut();
        match known.find(|known| known.need.is_for_same(need.need)) {
            Some(known) if need.standing() < known.standing() => *known = need,
            Some(_) => {}
            None => needs.push(need),
        }
    }
    let view = |NeedOfLevel { level, need }| RoleNeedView {
        need: need_view(cx, need),
        from: ladder::level_of_role(cx, role, level),
    };
    needs.into_iter().map(view).collect()
}

fn needs_by_level(role: &Role) -> impl Iterator<Item = NeedOfLevel<'_>> {
    role.ladder.levels().flat_map(|level| {
        let needs = level.skills.iter();
        needs.map(move |need| NeedOfLevel { level, need })
    })
}

/// Returns the skills of a role in the order of its levels, each as firmly as a level wants it at
/// most.
pub(super) fn skills_of_role(cx: &ViewContext<'_>, role: &Role) -> Vec<RoleSkillView> {
    role.skills()
        .filter_map(|id| skill_of(cx, role, id))
        .collect()
}

fn skill_of(cx: &ViewContext<'_>, role: &Role, id: &Id) -> Option<RoleSkillView> {
    let NeedOfLevel { level, need } = firmest_need(role, id)?;
    let skill = ladder::skill_ref(cx, id);
    let declared = cx.site.config.skills.get(id);
    let group = declared.and_then(|skill| skill.row.group.clone());
    let one_of = if need.skills.len() > 1 {
        needs::need_name(&cx.wording, need)
    } else {
        String::new()
    };
    let from = ladder::level_of_role(cx, role, level);
    Some(RoleSkillView {
        id: skill.id,
        name: skill.name,
        url: skill.url,
        group: group.unwrap_or_default(),
        importance: need.importance.as_str(),
        one_of,
        from,
    })
}

/// Returns what a beginner needs: the essential needs of the lowest levels.
pub(super) fn begins_with(cx: &ViewContext<'_>, ladder: &Ladder) -> Vec<NeedView> {
    let mut needs: Vec<&Need> = vec![];
    for need in lowest(ladder).into_iter().flat_map(|level| &level.skills) {
        if need.is_essential() && !needs.iter().any(|known| known.is_for_same(need)) {
            needs.push(need);
        }
    }
    needs.into_iter().map(|need| need_view(cx, need)).collect()
}

/// Returns the need of a skill at the first level that wants it most firmly.
pub(super) fn firmest_need<'r>(role: &'r Role, id: &Id) -> Option<NeedOfLevel<'r>> {
    needs_by_level(role)
        .filter(|wanted| wanted.need.skills.contains(id))
        .min_by_key(NeedOfLevel::standing)
}

/// Returns the levels at which a career begins: no other level leads to them, and they stand no
/// higher than another such level.
fn lowest(ladder: &Ladder) -> Vec<&Level> {
    let known: BTreeSet<&Id> = ladder.levels().map(|level| &level.id).collect();
    let first: Vec<&Level> = ladder
        .levels()
        .filter(|level| !level.previous.iter().any(|id| known.contains(id)))
        .collect();
    let is_above = |level: &Level, other: &Level| {
        let by_stage = level.stage.zip(other.stage).is_some_and(|(a, b)| a > b);
        let by_years = level
            .experience
            .zip(other.experience)
            .is_some_and(|((a, _), (b, _))| a > b);
        by_stage || by_years || (level.track.as_str() == "manager" && other.track != level.track)
    };
    first
        .iter()
        .filter(|level| !first.iter().any(|other| is_above(level, other)))
        .copied()
        .collect()
}
