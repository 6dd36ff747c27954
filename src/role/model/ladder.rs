//! Ladders: levels with everything that those below them brought along.

use serde::{Deserialize, Serialize};

use super::{Pay, Rating, WordedPay};
use crate::data::{Decimal, Id, Md};
use crate::role::record::{Criterion, Importance, MilestoneRow, Stage};

/// A ladder: levels by track, tracks in the order of their first level.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Ladder {
    pub tracks: Vec<Track>,
}

/// The levels of one track, lowest first.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Track {
    pub id: Id,
    pub name: Option<String>,
    pub levels: Vec<Level>,
}

/// A level with everything that those below it brought along.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Level {
    pub id: Id,
    pub track: Id,
    pub stage: Option<Stage>,
    pub title: String,
    /// Short name in a framework: "IC4".
    pub name: Option<String>,
    /// Years of experience, half-open; none above: open.
    pub experience: Option<(u32, Option<u32>)>,
    pub salary: Option<Pay>,
    /// Further parts of it, and the same on another basis.
    pub more_pay: Vec<Pay>,
    pub worded_pay: Vec<WordedPay>,
    pub summary: Option<String>,
    pub responsibilities: Vec<Md>,
    pub tasks: Vec<Md>,
    /// All that the level asks for: what it adds or raises first, then what it keeps.
    pub skills: Vec<Need>,
    /// Ids that the level no longer asks for.
    pub dropped: Vec<Id>,
    /// Competencies with the criteria of this level and of those below.
    pub competencies: Vec<LevelCompetency>,
    pub focus: Option<Md>,
    /// The points that it takes.
    pub points: Option<Decimal>,
    pub scope: Option<String>,
    pub reach: Option<String>,
    pub next: Vec<Next>,
    /// Levels that lead here.
    pub previous: Vec<Id>,
}

/// A skill, or one of several, that a level asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    pub skills: Vec<Id>,
    pub importance: Importance,
    pub proficiency: Option<Id>,
    pub change: Change,
}

/// What a level does with a skill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    New,
    Raised(Raise),
    Kept,
}

/// What of a need is raised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Raise {
    /// How well the skill must be known.
    Proficiency,
    /// From optional to essential.
    Importance,
    Both,
}

/// A way up from a level.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Next {
    pub level: Id,
    /// Written advice; none: the page generates it from `gained`.
    pub advance: Option<Md>,
    /// Needs that the next level adds or raises, optional ones among them.
    pub gained: Vec<Need>,
    pub dropped: Vec<Id>,
}

/// What a level shows of a competency.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LevelCompetency {
    pub id: Id,
    pub group: Option<String>,
    pub name: String,
    pub description: Option<Md>,
    /// Criteria that this level adds.
    pub added: Vec<Criterion>,
    /// Criteria of the levels below, lowest first.
    pub kept: Vec<Criterion>,
    /// Where the level stands on its scale.
    pub position: Option<Rating>,
    /// Its steps that are of no level.
    pub milestones: Vec<MilestoneRow>,
}

impl LevelCompetency {
    /// Returns true if the level says something of it, and not only its milestones.
    pub fn is_of_level(&self) -> bool {
        !self.added.is_empty() || !self.kept.is_empty() || self.position.is_some()
    }
}

/// How firmly a role wants a skill, the firmest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// The role asks for the skill.
    Asked,
    /// The role asks for this skill or another one.
    OneOf,
    /// The skill helps and is not asked for.
    Helps,
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

impl Need {
    /// Returns true if the level asks for it; what is optional only helps.
    pub fn is_essential(&self) -> bool {
        self.importance == Importance::Essential
    }

    /// Returns true if both ask for the same skills, in whatever order.
    pub fn is_for_same(&self, other: &Self) -> bool {
        same_skills(&self.skills, &other.skills)
    }
}

/// Compares skills, in whatever order.
pub(in crate::role) fn same_skills(a: &[Id], b: &[Id]) -> bool {
    a.len() == b.len() && a.iter().all(|id| b.contains(id))
}

impl Ladder {
    /// Returns all levels, track by track.
    pub fn levels(&self) -> impl Iterator<Item = &Level> {
        self.tracks.iter().flat_map(|track| &track.levels)
    }

    /// Returns all pay of all levels.
    pub fn all_pays(&self) -> impl Iterator<Item = &Pay> {
        self.levels()
            .flat_map(|level| level.salary.iter().chain(&level.more_pay))
    }

    /// Returns the pay of all levels that say theirs.
    pub fn pays(&self) -> impl Iterator<Item = &Pay> {
        self.levels().filter_map(|level| level.salary.as_ref())
    }

    /// Returns the level of an id.
    pub fn level(&self, id: &str) -> Option<&Level> {
        self.levels().find(|level| level.id.as_str() == id)
    }
}
