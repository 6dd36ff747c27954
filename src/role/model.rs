//! Roles and frameworks after everything was worked out: ids checked, figures complete, skills accumulated.
//! Plain data; how it comes about stands in the files beside this one, how it looks in `plan/`.

use jiff::civil::Date;

use super::record::{CertificationRow, Codes, EducationRow, EmploymentType, Importance, Relation, SectionRow, Stage, Statistic, TitleKind, Workplace};
use crate::calendar::Absence;
use crate::config::{Basis, Period};
use crate::data::{AsOf, At, Currency, Decimal, Free, Id, Link, Map, Md};
use crate::path::SourcePath;
use crate::source::Span;

/// A role, complete.
#[derive(Clone, Debug)]
pub struct Role {
    pub id: Id,
    /// The role.toml.
    pub path: SourcePath,
    pub title: String,
    pub category: Id,
    pub summary: Option<String>,
    pub definition: Option<Md>,
    pub codes: Codes,
    pub slug: Option<At<String>>,
    pub publication: Publication,
    pub industries: Vec<String>,
    pub locations: Vec<String>,
    pub workplace: Vec<Workplace>,
    pub responsibilities: Vec<Md>,
    pub framework: Option<Id>,
    pub pages: Map<bool>,
    pub sections: Map<SectionRow>,
    pub ladder: Ladder,
    /// Pay of the role as a whole: rows of salary.csv follow those of the record.
    pub salary: Vec<Pay>,
    /// Which row of `salary` is the headline.
    pub headline_row: Option<usize>,
    /// Paid hours of a year, by which pay of different periods is compared.
    pub hours_per_year: Decimal,
    pub statistics: Vec<Figure>,
    pub outlook: Option<Outlook>,
    pub titles: Vec<Title>,
    pub specializations: Vec<Specialization>,
    pub related: Vec<Related>,
    pub education: Vec<EducationRow>,
    pub certifications: Vec<CertificationRow>,
    pub tips: Vec<Tip>,
    /// Written questions only; generated ones are made in `plan/`, where the words are.
    pub faqs: Vec<Faq>,
    /// Those with consent.
    pub testimonials: Vec<Testimonial>,
    /// Jobs that are open on the day of the build.
    pub positions: Vec<Position>,
    /// Jobs that are not, with the reason.
    pub absent_positions: Vec<(Position, Absence)>,
    pub extra: Free,
}

/// What decides whether and how a source is published.
#[derive(Clone, Debug, Default)]
pub struct Publication {
    pub date: Option<Date>,
    pub updated: Option<Date>,
    pub expires: Option<Date>,
    pub draft: bool,
    pub aliases: Vec<At<String>>,
    pub weight: Option<i64>,
    pub image: Option<At<String>>,
    pub image_alt: Option<String>,
    pub noindex: bool,
}

/// A figure's origin after inheritance. A day in `as_of` comes only with a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    pub source: Option<Id>,
    pub as_of: Option<AsOf>,
    /// Where the figure stands, for messages.
    pub path: SourcePath,
    pub span: Span,
}

/// An amount of pay with all that it needs to be understood.
#[derive(Clone, Debug)]
pub struct Pay {
    pub id: Option<Id>,
    pub label: Option<String>,
    pub statistic: Statistic,
    pub amounts: Amounts,
    pub open_top: bool,
    pub currency: Currency,
    pub period: Period,
    pub basis: Option<Basis>,
    pub area: Option<Id>,
    pub claim: Claim,
}

/// What is known of an amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Amounts {
    Value(Decimal),
    Range {
        min: Decimal,
        max: Decimal,
    },
    /// At 10, 25, 50, 75 and 90 percent; at least one is known.
    Percentiles([Option<Decimal>; 5]),
}

/// Percentages that `Amounts::Percentiles` stands for, in order.
pub const PERCENTS: [u32; 5] = [10, 25, 50, 75, 90];

/// A ladder: levels by track, tracks in the order of their first level.
#[derive(Clone, Debug, Default)]
pub struct Ladder {
    pub tracks: Vec<Track>,
}

#[derive(Clone, Debug)]
pub struct Track {
    pub id: Id,
    pub name: Option<String>,
    pub levels: Vec<Level>,
}

/// A level with everything that those below it brought along.
#[derive(Clone, Debug)]
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
    pub scope: Option<String>,
    pub reach: Option<String>,
    pub next: Vec<Next>,
    /// Levels that lead here.
    pub previous: Vec<Id>,
}

/// A skill, or one of several, that a level asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    pub skills: Vec<Id>,
    pub importance: Importance,
    pub proficiency: Option<Id>,
    pub change: Change,
}

/// What a level does with a skill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    New,
    Raised(Raise),
    Kept,
}

/// What of a need is raised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Raise {
    /// How well the skill must be known.
    Proficiency,
    /// From optional to essential.
    Importance,
    Both,
}

/// A way up from a level.
#[derive(Clone, Debug)]
pub struct Next {
    pub level: Id,
    /// Written advice; none: the page generates it from `gained`.
    pub advance: Option<Md>,
    /// Needs that the next level adds or raises, optional ones among them.
    pub gained: Vec<Need>,
    pub dropped: Vec<Id>,
}

#[derive(Clone, Debug)]
pub struct LevelCompetency {
    pub id: Id,
    pub group: Option<String>,
    pub name: String,
    pub description: Option<Md>,
    /// Criteria that this level adds.
    pub added: Vec<super::record::Criterion>,
    /// Criteria of the levels below, lowest first.
    pub kept: Vec<super::record::Criterion>,
}

#[derive(Clone, Debug)]
pub struct Figure {
    pub id: Id,
    pub label: String,
    /// One value, or a range.
    pub min: Decimal,
    pub max: Option<Decimal>,
    pub unit: Option<String>,
    pub approximate: bool,
    pub note: Option<String>,
    pub area: Option<Id>,
    pub claim: Claim,
}

#[derive(Clone, Debug)]
pub struct Outlook {
    pub base_year: i16,
    pub target_year: i16,
    pub change_percent: Decimal,
    pub jobs_base: Option<Decimal>,
    pub jobs_target: Option<Decimal>,
    pub openings_per_year: Option<Decimal>,
    pub area: Option<Id>,
    pub claim: Claim,
}

#[derive(Clone, Debug)]
pub struct Title {
    pub id: Id,
    pub name: String,
    pub level: Option<Id>,
    /// The title's own, or its level's.
    pub stage: Option<Stage>,
    pub parent: Option<Id>,
    pub kind: TitleKind,
    pub description: Option<Md>,
    pub featured: bool,
    pub salary: Option<Pay>,
    /// Made of a level: its title is a title by itself.
    pub of_level: bool,
}

#[derive(Clone, Debug)]
pub struct Specialization {
    pub id: Id,
    pub name: String,
    pub role: Option<Id>,
    pub description: Option<Md>,
}

#[derive(Clone, Debug)]
pub struct Related {
    pub target: RelatedTo,
    pub kind: Relation,
    pub from: Option<Id>,
    pub reason: Option<String>,
}

#[derive(Clone, Debug)]
pub enum RelatedTo {
    Role(Id),
    Name(String),
}

#[derive(Clone, Debug)]
pub struct Tip {
    pub id: Id,
    pub name: String,
    pub text: Md,
}

/// A written question, or a change to a generated one.
#[derive(Clone, Debug)]
pub struct Faq {
    pub id: Id,
    pub question: Option<String>,
    pub answer: Option<Md>,
    pub pages: Vec<At<Id>>,
    pub hidden: bool,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Testimonial {
    pub quote: String,
    pub name: String,
    pub job_title: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Position {
    pub id: Id,
    pub title: String,
    pub employer: String,
    pub employer_url: Option<Link>,
    pub locations: Vec<String>,
    pub country: Option<String>,
    pub workplace: Option<Workplace>,
    pub employment_type: Option<EmploymentType>,
    pub level: Option<Id>,
    pub salary: Option<Pay>,
    pub posted: Date,
    pub expires: Option<Date>,
    pub url: Option<Link>,
    pub summary: Option<String>,
    pub description: Option<Md>,
    /// The positions.toml.
    pub path: SourcePath,
    pub span: Span,
}

/// An employer's ladder.
#[derive(Clone, Debug)]
pub struct Framework {
    pub id: Id,
    /// The framework.toml.
    pub path: SourcePath,
    pub name: String,
    pub summary: Option<String>,
    pub description: Option<Md>,
    pub employer: Option<String>,
    pub updated: Option<Date>,
    pub draft: bool,
    /// Levels with their competencies; titles are the levels' names.
    pub ladder: Ladder,
    /// Competencies in the order of the file.
    pub competencies: Vec<Competency>,
    pub extra: Free,
}

#[derive(Clone, Debug)]
pub struct Competency {
    pub id: Id,
    pub group: Option<String>,
    pub name: String,
    pub description: Option<Md>,
}

impl Pay {
    /// What the amounts are: percentiles, or what `statistic` says.
    pub fn measure(&self) -> &'static str {
        if matches!(self.amounts, Amounts::Percentiles(_)) { "percentiles" } else { self.statistic.as_str() }
    }
}

impl Role {
    /// The same role with all of its jobs, open or not.
    pub fn with_all_positions(&self) -> Self {
        let mut all = self.clone();
        all.positions.extend(std::mem::take(&mut all.absent_positions).into_iter().map(|(position, _)| position));
        all
    }

    /// The figure that stands for the pay of the role: the first of the role's or the site's own area.
    pub fn headline(&self) -> Option<&Pay> {
        self.headline_row.and_then(|row| self.salary.get(row))
    }

    /// Rows of pay about the headline's area, it among them; without a headline there are none.
    pub fn pay_at_home(&self) -> impl Iterator<Item = &Pay> {
        self.headline().into_iter().flat_map(|headline| self.salary.iter().filter(|pay| pay.area == headline.area))
    }

    /// Rows of pay about other areas.
    pub fn pay_elsewhere(&self) -> impl Iterator<Item = &Pay> {
        let headline = self.headline();
        self.salary.iter().filter(move |pay| headline.is_none_or(|headline| pay.area != headline.area))
    }

    /// Every skill that some level asks for, each once, in the order of the ladder.
    pub fn skills(&self) -> impl Iterator<Item = &Id> {
        let mut seen = crate::ordered::Set::default();
        self.ladder.levels().flat_map(|level| &level.skills).flat_map(|need| &need.skills).filter(move |id| seen.insert(*id))
    }

    /// The open job of an id.
    pub fn position(&self, id: &Id) -> Option<&Position> {
        self.positions.iter().find(|position| position.id == *id)
    }
}

impl Position {
    /// Keys without which search engines cannot be told of the job.
    pub fn missing(&self) -> Vec<&'static str> {
        let is_remote = self.workplace == Some(Workplace::Remote);
        let of_place = (!is_remote && self.locations.is_empty()).then_some("locations");
        of_place.into_iter().chain(self.country.is_none().then_some("country")).collect()
    }
}

impl Need {
    /// Whether the level asks for it; what is optional only helps.
    pub fn is_essential(&self) -> bool {
        self.importance == Importance::Essential
    }

    /// Whether both ask for the same skills, in whatever order.
    pub fn is_for_same(&self, other: &Self) -> bool {
        same_skills(&self.skills, &other.skills)
    }
}

/// The same skills, in whatever order.
pub(super) fn same_skills(a: &[Id], b: &[Id]) -> bool {
    a.len() == b.len() && a.iter().all(|id| b.contains(id))
}

impl Ladder {
    /// All levels, track by track.
    pub fn levels(&self) -> impl Iterator<Item = &Level> {
        self.tracks.iter().flat_map(|track| &track.levels)
    }

    /// The pay of all levels that say theirs.
    pub fn pays(&self) -> impl Iterator<Item = &Pay> {
        self.levels().filter_map(|level| level.salary.as_ref())
    }

    /// The level of an id.
    pub fn level(&self, id: &str) -> Option<&Level> {
        self.levels().find(|level| level.id.as_str() == id)
    }
}

impl Amounts {
    /// The ends of what a text about the amounts says: of percentiles the middle one, if it is known.
    pub fn stated(&self) -> (Decimal, Decimal) {
        match self {
            Self::Percentiles([_, _, Some(median), _, _]) => (*median, *median),
            amounts => amounts.bounds(),
        }
    }

    /// The lowest and the highest amount that is known.
    pub fn bounds(&self) -> (Decimal, Decimal) {
        match self {
            Self::Value(value) => (*value, *value),
            Self::Range { min, max } => (*min, *max),
            Self::Percentiles(values) => {
                let known = || values.iter().flatten().copied();
                let zero = Decimal(rust_decimal::Decimal::ZERO);
                (known().min().unwrap_or(zero), known().max().unwrap_or(zero))
            }
        }
    }
}
