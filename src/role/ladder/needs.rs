//! Skills along a ladder: what a level's row adds, raises and drops comes in, with the level below;
//! all that the level asks for goes out.

use super::row::Row;
use crate::config::Lists;
use crate::data::{At, Id};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::path::SourcePath;
use crate::role::claim::FigureReader;
use crate::role::model::same_skills;
use crate::role::record::{Importance, Requirement};
use crate::role::{Change, Level, Need, Raise};

/// What a level asks for, and what it no longer asks for.
pub(super) struct Needs {
    /// New ones first, then raised ones, then those kept.
    pub all: Vec<Need>,
    pub dropped: Vec<Id>,
}

/// Works out what a level asks for: what it adds or raises, and what it keeps of the level below.
pub(super) fn needs(
    row: &Row<'_>,
    below: Option<&Level>,
    reader: &FigureReader<'_>,
    diagnostics: &mut Diagnostics,
) -> Needs {
    let mut kept: Vec<Need> = below.map(|level| level.skills.clone()).unwrap_or_default();
    let (drops, path) = row.list(|level| &level.drops);
    let dropped = drop_from(&mut kept, drops, path, diagnostics);
    let (skills, path) = row.list(|level| &level.skills);
    let rank = |proficiency: Option<&Id>| reader.context.lists.rank(proficiency);
    let context = Context {
        lists: &reader.context.lists,
        path,
    };
    let (mut new, mut raised): (Vec<Need>, Vec<Need>) = (vec![], vec![]);
    for requirement in skills {
        context.check(requirement, drops, diagnostics);
        let wanted = requirement.skills.iter().map(|id| id.value.clone());
        let wanted: Vec<Id> = wanted.collect();
        let is_same = |need: &Need| same_skills(&need.skills, &wanted);
        if new.iter().chain(&raised).any(is_same) {
            diagnostics.push(context.twice(requirement));
            continue;
        }
        let Some(at) = kept.iter().position(is_same) else {
            new.push(need(&requirement.value, None));
            continue;
        };
        let before = kept.remove(at);
        let now = need(&requirement.value, Some(&before));
        context.check_raise(requirement, &before, &now, diagnostics);
        let raise = raise(&before, &now, rank).unwrap_or(Raise::Proficiency);
        raised.push(Need {
            change: Change::Raised(raise),
            ..now
        });
    }
    let kept = kept.into_iter().map(|need| Need {
        change: Change::Kept,
        ..need
    });
    Needs {
        all: new.into_iter().chain(raised).chain(kept).collect(),
        dropped,
    }
}

/// Returns the needs of a level that another, which leads to it, does not have, or has lower: what must be
/// learnt on this way.
pub(super) fn gained(from: &Level, to: &Level, lists: &Lists<'_>) -> Vec<Need> {
    let rank = |proficiency: Option<&Id>| lists.rank(proficiency);
    let gain = |need: &Need| {
        let held = from.skills.iter().find(|held| held.is_for_same(need));
        let change = match held {
            None => Change::New,
            Some(held) => Change::Raised(raise(held, need, rank)?),
        };
        Some(Need {
            change,
            ..need.clone()
        })
    };
    to.skills.iter().filter_map(gain).collect()
}

/// Returns the skills of a level that the next one does not ask for.
pub(super) fn dropped(from: &Level, to: &Level) -> Vec<Id> {
    let is_kept = |id: &&Id| to.skills.iter().any(|other| other.skills.contains(id));
    from.skills
        .iter()
        .flat_map(|need| &need.skills)
        .filter(|id| !is_kept(id))
        .cloned()
        .collect()
}

/// Takes skills away. One of several that would do takes all of them away.
fn drop_from(
    kept: &mut Vec<Need>,
    drops: &[At<Id>],
    path: &SourcePath,
    diagnostics: &mut Diagnostics,
) -> Vec<Id> {
    let mut dropped = vec![];
    for id in drops {
        let before = kept.len();
        kept.retain(|need| !need.skills.contains(&id.value));
        if kept.len() == before {
            let fault = Diagnostic::error(
                Code::BadValue,
                format!(
                    "the level drops `{}`, which no level below asks for",
                    id.value
                ),
            );
            diagnostics.push(
                fault
                    .at(path, id.span.clone())
                    .help("remove it from `drops`"),
            );
        } else {
            dropped.push(id.value.clone());
        }
    }
    dropped
}

/// Makes a need of a requirement. What it does not say stays as it was.
fn need(requirement: &Requirement, before: Option<&Need>) -> Need {
    let Requirement {
        skills,
        importance,
        proficiency,
    } = requirement;
    Need {
        skills: skills.iter().map(|id| id.value.clone()).collect(),
        importance: importance
            .or(before.map(|need| need.importance))
            .unwrap_or(Importance::Essential),
        proficiency: proficiency
            .as_ref()
            .map(|id| id.value.clone())
            .or_else(|| before?.proficiency.clone()),
        change: Change::New,
    }
}

/// Returns in what a need asks for more than another for the same skills; `None` for nothing.
/// `rank` says how high a proficiency stands on the scale.
pub fn raise(before: &Need, now: &Need, rank: impl Fn(Option<&Id>) -> usize) -> Option<Raise> {
    let is_firmer = before.importance == Importance::Optional && now.is_essential();
    let is_higher = rank(now.proficiency.as_ref()) > rank(before.proficiency.as_ref());
    match (is_higher, is_firmer) {
        (true, true) => Some(Raise::Both),
        (true, false) => Some(Raise::Proficiency),
        (false, true) => Some(Raise::Importance),
        (false, false) => None,
    }
}

fn name_of(requirement: &Requirement) -> String {
    requirement
        .skills
        .iter()
        .map(|id| format!("`{}`", id.value))
        .collect::<Vec<_>>()
        .join(" or ")
}

/// What requirements are held against.
struct Context<'c> {
    lists: &'c Lists<'c>,
    path: &'c SourcePath,
}

impl Context<'_> {
    fn fault(&self, code: Code, requirement: &At<Requirement>, message: String) -> Diagnostic {
        Diagnostic::error(code, message).at(self.path, requirement.span.clone())
    }

    fn twice(&self, requirement: &At<Requirement>) -> Diagnostic {
        let message = format!("{} stands twice in `skills`", name_of(&requirement.value));
        self.fault(Code::DuplicateId, requirement, message)
            .help("remove one of the two")
    }

    fn check(
        &self,
        requirement: &At<Requirement>,
        drops: &[At<Id>],
        diagnostics: &mut Diagnostics,
    ) {
        for (index, id) in requirement.skills.iter().enumerate() {
            self.lists.check_skill(id, self.path, diagnostics);
            if requirement.skills[..index]
                .iter()
                .any(|other| other.value == id.value)
            {
                let fault = Diagnostic::error(
                    Code::DuplicateId,
                    format!("`{}` stands twice in `any_of`", id.value),
                )
                .at(self.path, id.span.clone());
                diagnostics.push(fault.help("remove one of the two"));
            }
            if drops.iter().any(|dropped| dropped.value == id.value) {
                let fault = Diagnostic::error(
                    Code::BadValue,
                    format!("the level both asks for `{}` and drops it", id.value),
                )
                .at(self.path, id.span.clone());
                diagnostics.push(fault.help("remove it from `skills` or from `drops`"));
            }
        }
        if let Some(id) = &requirement.proficiency {
            self.lists.check_proficiency(id, self.path, diagnostics);
        }
    }

    /// Checks that a level that names a skill again raises it: a higher proficiency, or essential where it was
    /// optional.
    fn check_raise(
        &self,
        requirement: &At<Requirement>,
        before: &Need,
        now: &Need,
        diagnostics: &mut Diagnostics,
    ) {
        let rank = |need: &Need| self.lists.rank(need.proficiency.as_ref());
        let name = name_of(&requirement.value);
        // A proficiency that the scale does not have was said already.
        if now.proficiency.is_some() && rank(now) == 0 {
            return;
        }
        let fault = if rank(now) < rank(before) {
            let fault = self.fault(
                Code::OutOfOrder,
                requirement,
                format!("the proficiency of {name} falls along the track"),
            );
            fault.help("a level adds or raises; use `drops` to take a skill away")
        } else if now.importance > before.importance {
            let fault = self.fault(
                Code::OutOfOrder,
                requirement,
                format!("{name} is essential at the level below, and optional here"),
            );
            fault.help("a level adds or raises; use `drops` to take a skill away")
        } else if raise(before, now, |proficiency| self.lists.rank(proficiency)).is_none() {
            let fault = self.fault(
                Code::BadValue,
                requirement,
                format!("{name} is asked for by a level below already"),
            );
            fault.help("skills accumulate: name a skill again only with a higher `proficiency`, or remove it here")
        } else {
            return;
        };
        diagnostics.push(fault);
    }
}
