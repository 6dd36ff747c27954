//! Skills in comparisons: the needs of two levels or two roles come in; the skills gained, raised,
//! dropped and shared go out.

use crate::role::record::Importance;
use crate::role::{Level, Need, Role};
use crate::view::context::ViewContext;
use crate::view::needs;
use crate::view::types::{ComparedSkill, RoleSkillView, SkillChanges};
use crate::wording::compare::{NeedInBoth, Needs};
use crate::wording::needs as need_words;
use crate::wording::{Wording, compare, words};

/// Returns the skills that change from one level to another.
pub(super) fn skill_changes(cx: &ViewContext<'_>, a: &Level, b: &Level) -> SkillChanges {
    let Needs {
        gained,
        raised,
        lowered,
        dropped,
        shared,
    } = compare::needs_of(&cx.wording, a, b);
    let gained = gained.into_iter();
    let raised = raised.into_iter();
    let lowered = lowered.into_iter();
    let dropped = dropped.into_iter();
    let shared = shared.into_iter();
    SkillChanges {
        gained: gained
            .map(|need| ComparedSkill {
                after: need_words::standard(&cx.wording, need),
                ..skill_of(cx, need)
            })
            .collect(),
        raised: raised.map(|needs| of_both_levels(cx, &needs)).collect(),
        lowered: lowered.map(|needs| of_both_levels(cx, &needs)).collect(),
        dropped: dropped
            .map(|need| ComparedSkill {
                before: need_words::standard(&cx.wording, need),
                ..skill_of(cx, need)
            })
            .collect(),
        shared: shared.map(|needs| of_both_levels(cx, &needs)).collect(),
    }
}

/// Returns the skills that both levels need, with how well each level wants them.
fn of_both_levels(cx: &ViewContext<'_>, needs: &NeedInBoth<'_>) -> ComparedSkill {
    let NeedInBoth { before, after } = needs;
    let standard = if before.importance == after.importance {
        need_words::standard
    } else {
        need_words::standard_with_importance
    };
    ComparedSkill {
        before: standard(&cx.wording, before),
        after: standard(&cx.wording, after),
        ..skill_of(cx, after)
    }
}

/// Returns the skills of a need, without how well they are wanted.
fn skill_of(cx: &ViewContext<'_>, need: &Need) -> ComparedSkill {
    let need = needs::need_view(cx, need);
    ComparedSkill {
        id: need.id,
        name: need.name,
        url: need.url,
        importance: need.importance,
        before: String::new(),
        after: String::new(),
        note: String::new(),
    }
}

/// A skill with the role that wants it.
struct SkillOfRole<'r> {
    role: &'r Role,
    skill: &'r RoleSkillView,
}

/// Returns the skills of only one role, and the skills of both.
pub(super) fn skills_of_both(cx: &ViewContext<'_>, a: &Role, b: &Role) -> SkillChanges {
    let of_a = needs::skills_of_role(cx, a);
    let of_b = needs::skills_of_role(cx, b);
    let without = |skills: &[RoleSkillView], others: &[RoleSkillView]| {
        let skills = skills.iter();
        skills
            .filter(|skill| find(others, skill).is_none())
            .map(of_one_role)
            .collect()
    };
    let shared = of_a.iter().filter_map(|skill| {
        let first = SkillOfRole { role: a, skill };
        let second = SkillOfRole {
            role: b,
            skill: find(&of_b, skill)?,
        };
        Some(of_both_roles(&cx.wording, &first, &second))
    });
    SkillChanges {
        gained: without(&of_b, &of_a),
        raised: vec![],
        lowered: vec![],
        dropped: without(&of_a, &of_b),
        shared: shared.collect(),
    }
}

/// Returns a skill of both roles. A note tells in what the roles differ.
fn of_both_roles(
    words: &Wording<'_>,
    first: &SkillOfRole<'_>,
    second: &SkillOfRole<'_>,
) -> ComparedSkill {
    let is_optional = |skill: &RoleSkillView| skill.importance == Importance::Optional.as_str();
    let both_optional = is_optional(first.skill) && is_optional(second.skill);
    let standing = |skill: &RoleSkillView| {
        let mut parts = vec![];
        if !skill.one_of.is_empty() {
            parts.push(skill.one_of.clone());
        }
        if is_optional(skill) && !both_optional {
            parts.push(words::term(words, "importance", skill.importance));
        }
        parts.join(words.strings.get("list_separator"))
    };
    let importance = if both_optional {
        Importance::Optional
    } else {
        Importance::Essential
    };
    ComparedSkill {
        importance: importance.as_str(),
        note: note_on_both(
            words,
            [
                (first.role, standing(first.skill)),
                (second.role, standing(second.skill)),
            ],
        ),
        ..of_one_role(first.skill)
    }
}

/// Returns what is the same for both roles once, and otherwise what each role wants.
fn note_on_both(words: &Wording<'_>, standings: [(&Role, String); 2]) -> String {
    let [(_, first), (_, second)] = &standings;
    if first == second {
        return first.clone();
    }
    let known = standings.iter().filter(|(_, text)| !text.is_empty());
    let notes: Vec<String> = known
        .map(|(role, text)| {
            let values = [("role", role.title.as_str()), ("text", text)];
            words.strings.fill("compare_in", &values)
        })
        .collect();
    notes.join(words.strings.get("list_semicolon"))
}

fn find<'s>(skills: &'s [RoleSkillView], skill: &RoleSkillView) -> Option<&'s RoleSkillView> {
    skills.iter().find(|other| other.id == skill.id)
}

/// Returns a skill of one role.
fn of_one_role(skill: &RoleSkillView) -> ComparedSkill {
    let RoleSkillView {
        id,
        name,
        url,
        group: _,
        importance,
        one_of,
        from: _,
        rating: _,
    } = skill;
    ComparedSkill {
        id: id.clone(),
        name: name.clone(),
        url: url.clone(),
        importance,
        before: String::new(),
        after: String::new(),
        note: one_of.clone(),
    }
}
