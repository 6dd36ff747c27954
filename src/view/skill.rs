//! Skills: the list of skills and the layout come in; the index, and each skill with the roles that
//! want it, go out.

use std::cmp::Reverse;

use crate::data::Id;
use crate::kind::Kind;
use crate::layout::Layout;
use crate::role::{Change, Standing, WantedOfLevel, WantedOfRole};
use crate::site::Site;
use crate::view::context::ViewContext;
use crate::view::ladder::level_url;
use crate::view::needs::{NeedOfRole, firmest_need};
use crate::view::types::{Group, SkillLevel, SkillRole, SkillView};
use crate::view::{card, ladder, parts, survey, text};
use crate::wording::needs;

/// Returns true if some skill in use has a group.
pub fn has_skill_groups(site: &Site, layout: &Layout) -> bool {
    layout.skills_in_use.whole().keys().any(|id| {
        site.config
            .skills
            .get(id)
            .is_some_and(|skill| skill.row.group.is_some())
    })
}

/// Returns the skills of the index by group: of one part, or of all.
pub fn skill_groups(cx: &ViewContext<'_>, part: Option<usize>) -> Vec<Group<SkillView>> {
    let groups = cx.layout.lists.skills.whole().on(part).map(|(group, ids)| {
        let skills = ids.iter().map(|id| view(cx, id, vec![]));
        parts::group_of(group, skills.collect())
    });
    groups.collect()
}

/// Returns a skill with the roles that want it. Those of a part are in the order of their titles;
/// all of them are sorted by how firmly they want it.
pub fn skill_with_roles(cx: &ViewContext<'_>, id: &Id, part: Option<usize>) -> SkillView {
    let list = cx.layout.lists.roles_of_skill.get(id);
    let ids = list.filter(|_| part.is_some());
    let roles: Vec<WantedOfRole<'_>> = match ids {
        Some(list) => {
            let ids = list.on(part).flat_map(|(_, ids)| ids);
            ids.filter_map(|id| cx.site.wanted(id)).collect()
        }
        None => firmest_first(cx, id),
    };
    let roles = roles.iter().filter_map(|role| role_with(cx, role, id));
    view(cx, id, roles.collect())
}

/// Returns the roles that want a skill on a part of its list by letter, or nothing where all fit on
/// one page.
pub fn roles_by_letter(cx: &ViewContext<'_>, id: &Id, part: usize) -> Vec<Group<SkillRole>> {
    let Some(list) = cx.layout.lists.roles_of_skill.get(id) else {
        return vec![];
    };
    let role = |role: &Id| role_with(cx, &cx.site.wanted(role)?, id);
    let groups = list
        .on(Some(part))
        .map(|(group, ids)| parts::group_of(group, ids.iter().filter_map(role).collect()));
    groups.collect()
}

/// Returns the roles that want a skill: first those that ask for it, the most important first.
fn firmest_first<'a>(cx: &ViewContext<'a>, id: &Id) -> Vec<WantedOfRole<'a>> {
    let skill = cx.layout.skills_in_use.get(id);
    let roles = skill.into_iter().flat_map(|skill| &skill.roles);
    let mut roles: Vec<WantedOfRole<'_>> = roles.filter_map(|role| cx.site.wanted(role)).collect();
    roles.sort_by_cached_key(|role| {
        let need = firmest_need(role, id);
        let rating = need.as_ref().and_then(|need| need.rating);
        (
            need.as_ref().map(NeedOfRole::standing),
            // The bits of numbers that are not negative sort as the numbers do.
            Reverse(rating.map(|rating| rating.share().to_bits())),
            cx.wording.locale.sort_key(role.title),
        )
    });
    roles
}

/// Returns a role that wants a skill.
fn role_with(cx: &ViewContext<'_>, role: &WantedOfRole<'_>, id: &Id) -> Option<SkillRole> {
    let NeedOfRole { need, rating, .. } = firmest_need(role, id)?;
    let url = cx.layout.url_of(cx.site, Kind::Hub, role.id.as_str());
    Some(SkillRole {
        title: role.title.to_owned(),
        url: url.unwrap_or_default(),
        category: card::category_crumb(cx.site, cx.layout, role.category),
        levels: levels_with(cx, role, id),
        importance: need.importance.as_str(),
        rating: rating.map(|rating| survey::rating(&cx.wording, &rating)),
    })
}

/// Returns the levels of a role that want a skill.
fn levels_with(cx: &ViewContext<'_>, role: &WantedOfRole<'_>, id: &Id) -> Vec<SkillLevel> {
    if role.levels.is_empty() {
        return vec![];
    }
    let ladder = ladder::levels_on(cx, Kind::Ladder, role.id.as_str()).unwrap_or_default();
    let of_level = |level: &WantedOfLevel<'_>| {
        let need = level
            .needs
            .iter()
            .filter(|need| need.skills.contains(id))
            .min_by_key(|need| Standing::of(need))?;
        Some(SkillLevel {
            title: level.title.to_owned(),
            url: level_url(&ladder, level.id),
            importance: need.importance.as_str(),
            one_of: if need.skills.len() > 1 {
                needs::need_name(&cx.wording, need)
            } else {
                String::new()
            },
            proficiency: need
                .proficiency
                .as_ref()
                .map(|id| ladder::proficiency(&cx.wording, id)),
            new: need.change == Change::New,
            raised: matches!(need.change, Change::Raised(_)),
        })
    };
    role.levels.iter().filter_map(of_level).collect()
}

/// Returns a skill with some roles.
fn view(cx: &ViewContext<'_>, id: &Id, roles: Vec<SkillRole>) -> SkillView {
    let reference = ladder::skill_ref(cx, id);
    let row = cx.site.config.skills.get(id).map(|declared| &declared.row);
    let (asked, one_of, helps) = match cx.layout.skills_in_use.get(id) {
        Some(skill) => (skill.asked, skill.one_of, skill.helps),
        None => (0, 0, 0),
    };
    let texts = [
        ("skill_roles_count", asked),
        ("skill_roles_one_of_count", one_of),
        ("skill_roles_optional_count", helps),
    ];
    let description = row.and_then(|row| row.description.as_ref());
    SkillView {
        id: reference.id,
        name: reference.name,
        url: reference.url,
        group: row.and_then(|row| row.group.clone()).unwrap_or_default(),
        kind: row
            .and_then(|row| row.kind)
            .map(|kind| ladder::named(&cx.wording, "skill_kind", kind.as_str())),
        description: text::optional_block(cx, description),
        external_url: row
            .and_then(|row| row.url.as_ref())
            .map(ToString::to_string),
        concept: row
            .and_then(|row| row.concept.as_ref())
            .map(ToString::to_string),
        count: asked,
        total: asked + one_of + helps,
        counts: texts
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(key, count)| cx.wording.strings.plural(key, count))
            .collect(),
        roles,
    }
}
