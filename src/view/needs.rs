//! Needs: what levels and roles ask for comes in; names, standards and links go out.

use std::collections::BTreeSet;

use crate::data::Id;
use crate::role::{Change, Ladder, Level, Need, Rating, Role, Standing, WantedOfRole};
use crate::view::context::ViewContext;
use crate::view::types::{Crumb, NeedView, RoleNeedView, RoleSkillView, SkillRef};
use crate::view::{ladder, survey};
use crate::wording::needs;

/// A need of a role.
#[derive(Clone, Copy)]
pub(super) struct NeedOfRole<'r> {
    /// The level that has it; `None` if the role has it at whatever level.
    level: Option<&'r Id>,
    pub need: &'r Need,
    /// Its importance, where that is a number.
    pub rating: Option<Rating>,
}

impl NeedOfRole<'_> {
    /// Returns how firmly the role wants it.
    pub fn standing(&self) -> Standing {
        Standing::of(self.need)
    }

    /// Returns the level that has it as a link.
    fn from(&self, cx: &ViewContext<'_>, role: &Role) -> Option<Crumb> {
        let level = role.ladder.level(self.level?.as_str())?;
        Some(ladder::level_of_role(cx, role, level))
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
/// first wants it most firmly. What it asks for at whatever level comes last, the most important
/// first.
pub(super) fn needs_of_role(cx: &ViewContext<'_>, role: &Role) -> Vec<RoleNeedView> {
    let mut needs: Vec<NeedOfRole<'_>> = vec![];
    for need in all_needs(&role.wanted()) {
        let mut known = needs.iter_mut();
        match known.find(|known| known.need.is_for_same(need.need)) {
            // A level says more than the role as a whole.
            Some(known) if need.level.is_none() => known.rating = need.rating,
            Some(known) if need.standing() < known.standing() => *known = need,
            Some(_) => {}
            None => needs.push(need),
        }
    }
    let view = |of_role: NeedOfRole<'_>| {
        let rating = of_role.rating;
        RoleNeedView {
            need: need_view(cx, of_role.need),
            from: of_role.from(cx, role),
            rating: rating.map(|rating| survey::rating(&cx.wording, &rating)),
        }
    };
    needs.into_iter().map(view).collect()
}

/// Returns the needs of all levels, then those of the role as a whole.
fn all_needs<'r>(role: &WantedOfRole<'r>) -> impl Iterator<Item = NeedOfRole<'r>> {
    let of_levels = role.levels.iter().flat_map(|level| {
        let needs = level.needs.iter();
        needs.map(|need| NeedOfRole {
            level: Some(level.id),
            need,
            rating: None,
        })
    });
    let of_all = role.requires.iter().map(|required| NeedOfRole {
        level: None,
        need: &required.need,
        rating: required.rating,
    });
    of_levels.chain(of_all)
}

/// Returns the skills of a role in the order of its levels, each as firmly as a level wants it at
/// most.
pub(super) fn skills_of_role(cx: &ViewContext<'_>, role: &Role) -> Vec<RoleSkillView> {
    let wanted = role.wanted();
    role.skills()
        .filter_map(|id| skill_of(cx, role, &wanted, id))
        .collect()
}

fn skill_of(
    cx: &ViewContext<'_>,
    role: &Role,
    wanted: &WantedOfRole<'_>,
    id: &Id,
) -> Option<RoleSkillView> {
    let firmest = firmest_need(wanted, id)?;
    let NeedOfRole { need, rating, .. } = firmest;
    let skill = ladder::skill_ref(cx, id);
    let declared = cx.site.config.skills.get(id);
    let group = declared.and_then(|skill| skill.row.group.clone());
    let one_of = if need.skills.len() > 1 {
        needs::need_name(&cx.wording, need)
    } else {
        String::new()
    };
    Some(RoleSkillView {
        id: skill.id,
        name: skill.name,
        url: skill.url,
        group: group.unwrap_or_default(),
        importance: need.importance.as_str(),
        one_of,
        from: firmest.from(cx, role),
        rating: rating.map(|rating| survey::rating(&cx.wording, &rating)),
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

/// Returns the need of a skill that wants it most firmly, the first of several.
pub(super) fn firmest_need<'r>(role: &WantedOfRole<'r>, id: &Id) -> Option<NeedOfRole<'r>> {
    let wanted = || all_needs(role).filter(|wanted| wanted.need.skills.contains(id));
    let firmest = wanted().min_by_key(NeedOfRole::standing)?;
    let rating = wanted().find_map(|wanted| wanted.rating);
    Some(NeedOfRole { rating, ..firmest })
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
