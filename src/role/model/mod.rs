//! Roles and frameworks after everything was worked out: ids checked, figures complete, skills
//! accumulated. Plain data; how it comes about stands in the files beside this one, how it looks in
//! `view/`.

mod figures;
mod ladder;
mod survey;
mod texts;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::RoleDigests;
use super::record::{
    Codes, ConditionsRow, EmploymentType, PlainLists, PreparationRow, Relation, SectionRow, Stage,
    TitleKind, Workplace,
};
use crate::calendar::Absence;
use crate::data::{At, Decimal, Free, Id, Link, Map, Md};
use crate::ordered;
use crate::path::SourcePath;
use crate::source::Span;

pub use figures::*;
pub use ladder::*;
pub use survey::*;

/// A role, complete.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Role {
    pub digests: RoleDigests,
    pub id: Id,
    /// The role.toml.
    pub path: SourcePath,
    pub title: String,
    /// Where breadcrumbs lead: the first of `categories`.
    pub category: Id,
    pub categories: Vec<Id>,
    pub summary: Option<String>,
    pub definition: Option<Md>,
    /// Where the texts are from that do not say it themselves.
    pub text_source: Option<At<Id>>,
    pub codes: Codes,
    pub slug: Option<At<String>>,
    pub publication: Publication,
    pub industries: Vec<String>,
    pub locations: Vec<String>,
    pub workplace: Vec<Workplace>,
    pub conditions: ConditionsRow,
    /// Skills that the job asks for at whatever level, the most important first.
    pub requires: Vec<Required>,
    pub preparation: PreparationRow,
    /// Those that fit best first.
    pub interests: Vec<Interest>,
    pub responsibilities: Vec<Md>,
    pub framework: Option<Id>,
    pub pages: Map<bool>,
    pub sections: Map<SectionRow>,
    pub ladder: Ladder,
    /// Pay of the role as a whole: rows of salary.csv follow those of the record.
    pub salary: Vec<Pay>,
    /// Pay of the role as a whole without an amount of money.
    pub worded_pay: Vec<WordedPay>,
    /// Which row of `salary` is the headline.
    pub headline_row: Option<usize>,
    /// Paid hours of a year, by which pay of different periods is compared.
    pub hours_per_year: Decimal,
    pub statistics: Vec<Figure>,
    pub outlook: Option<Outlook>,
    pub titles: Vec<Title>,
    pub specializations: Vec<Specialization>,
    pub related: Vec<Related>,
    /// Lists that pages show as they are written.
    pub lists: PlainLists,
    /// Written questions only; generated ones are made in `view/`, where the words are.
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
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
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

/// Another name of the job, or the title of a level.
#[derive(Clone, Debug, Serialize, Deserialize)]
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

/// A kind of the job.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Specialization {
    pub id: Id,
    pub name: String,
    pub role: Option<Id>,
    pub description: Option<Md>,
}

/// Another job that relates to this one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Related {
    pub target: RelatedTo,
    pub kind: Relation,
    pub from: Option<Id>,
    /// 1 for the nearest.
    pub rank: Option<u32>,
    pub tier: Option<String>,
    pub reason: Option<String>,
}

/// A related job: a role of this site, or the name of one without a page here.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum RelatedTo {
    Role(Id),
    Name(String),
}

/// A written question, or a change to a generated one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Faq {
    pub id: Id,
    pub question: Option<String>,
    pub answer: Option<Md>,
    pub pages: Vec<At<Id>>,
    pub hidden: bool,
    pub span: Span,
}

/// What somebody says of the job.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Testimonial {
    pub quote: String,
    pub name: String,
    pub job_title: Option<String>,
}

/// A job with an employer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Position {
    pub id: Id,
    pub title: String,
    pub employer: String,
    pub employer_url: Option<Link>,
    pub locations: Vec<JobPlace>,
    pub country: Option<String>,
    pub workplace: Option<Workplace>,
    pub employment_type: Option<EmploymentType>,
    pub level: Option<Id>,
    pub salary: Option<Pay>,
    pub worded_pay: Option<WordedPay>,
    pub posted: Date,
    pub expires: Option<Date>,
    pub url: Option<Link>,
    pub summary: Option<String>,
    pub description: Option<Md>,
    /// The positions.toml.
    pub path: SourcePath,
    pub span: Span,
}

/// A place of a job: a name, a country, or both.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct JobPlace {
    pub name: Option<String>,
    /// ISO 3166.
    pub country: Option<String>,
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
    /// Where the texts are from that do not say it themselves.
    pub text_source: Option<At<Id>>,
    pub employer: Option<String>,
    pub updated: Option<Date>,
    pub draft: bool,
    /// Levels with their competencies; titles are the levels' names.
    pub ladder: Ladder,
    /// Competencies in the order of the file.
    pub competencies: Vec<Competency>,
    pub extra: Free,
}

/// A competency of a framework.
#[derive(Clone, Debug)]
pub struct Competency {
    pub id: Id,
    pub group: Option<String>,
    pub name: String,
    pub description: Option<Md>,
}

impl Role {
    /// Returns the role with all of its jobs, open or not.
    pub fn with_all_positions(&self) -> Self {
        let mut all = self.clone();
        all.positions.extend(
            std::mem::take(&mut all.absent_positions)
                .into_iter()
                .map(|(position, _)| position),
        );
        all
    }

    /// Returns the figure that stands for the pay of the role: the first of the role's or the site's
    /// own area.
    pub fn headline(&self) -> Option<&Pay> {
        self.headline_row.and_then(|row| self.salary.get(row))
    }

    /// Returns rows of pay about the headline's area, it among them; without a headline there are
    /// none.
    pub fn pay_at_home(&self) -> impl Iterator<Item = &Pay> {
        self.headline()
            .into_iter()
            .flat_map(|headline| self.salary.iter().filter(|pay| pay.area == headline.area))
    }

    /// Returns rows of pay about other areas.
    pub fn pay_elsewhere(&self) -> impl Iterator<Item = &Pay> {
        let headline = self.headline();
        self.salary
            .iter()
            .filter(move |pay| headline.is_none_or(|headline| pay.area != headline.area))
    }

    /// Returns what the levels ask for in the order of the ladder, then what the job asks for at
    /// whatever level.
    pub fn needs(&self) -> impl Iterator<Item = &Need> {
        let of_levels = self.ladder.levels().flat_map(|level| &level.skills);
        of_levels.chain(self.requires.iter().map(|required| &required.need))
    }

    /// Returns every skill that the role names, each once, in the order of [`Role::needs`].
    pub fn skills(&self) -> impl Iterator<Item = &Id> {
        let mut seen = ordered::Set::default();
        self.needs()
            .flat_map(|need| &need.skills)
            .filter(move |id| seen.insert(*id))
    }

    /// Returns the open job of an id.
    pub fn position(&self, id: &Id) -> Option<&Position> {
        self.positions.iter().find(|position| position.id == *id)
    }
}

impl Position {
    /// Returns the keys without which search engines cannot be told of the job.
    pub fn missing(&self) -> Vec<&'static str> {
        let is_remote = self.workplace == Some(Workplace::Remote);
        let of_place = (!is_remote && self.locations.is_empty()).then_some("locations");
        let has_none = |place: &JobPlace| place.country.is_none();
        let is_nowhere = self.country.is_none()
            && (self.locations.is_empty() || self.locations.iter().any(has_none));
        of_place
            .into_iter()
            .chain(is_nowhere.then_some("country"))
            .collect()
    }

    /// Returns the countries of all places, each once.
    pub fn countries(&self) -> impl Iterator<Item = &str> {
        let own = self
            .locations
            .iter()
            .filter_map(|place| place.country.as_deref());
        let mut seen = ordered::Set::default();
        own.chain(self.country.as_deref())
            .filter(move |country| seen.insert(*country))
    }
}
