//! `role.toml`, `positions.toml` and `framework.toml` as they are written: the declaration of every
//! key. What the figures inherit and what references mean is worked out in the files beside this
//! one.

mod entry;
mod figures;
mod ladder;
mod lists;
mod plain;
mod positions;
mod requirement;
mod survey;

use jiff::civil::Date;
use plain::plain_lists;
use serde::{Deserialize, Serialize};

use crate::config::{Figures, SkillRow, SourceRow, TrackRow};
use crate::data::{At, Free, Id, Link, Map, Md, Text, choice, record};

pub use entry::*;
pub use figures::*;
pub use ladder::*;
pub use lists::*;
pub use plain::*;
pub use positions::*;
pub use requirement::*;
pub use survey::*;

record! {
    /// A role: `content/roles/<id>/role.toml`.
    pub struct RoleFile {
        /// The role's name.
        pub title: At<Text>,
        /// An id of categories.toml: the category where breadcrumbs lead.
        pub category: Option<At<Id>>,
        /// Several of them. Without `category`, breadcrumbs lead to the first.
        pub categories: Vec<At<Id>>,
        /// One sentence: on cards and for search engines.
        pub summary: Option<Text>,
        /// What the role is, in Markdown.
        pub definition: Option<Md>,
        /// Where the texts of the record are from.
        pub texts: TextsRow = TextsRow::default(),
        /// The role in occupational classifications.
        pub codes: Codes = Codes::default(),
        /// Changes only the URL.
        pub slug: Option<At<Text>>,
        /// The day of the first publication. Before it the role is not published.
        pub date: Option<At<Date>>,
        /// The day of the last change of substance.
        pub updated: Option<At<Date>>,
        /// The last day on which the role is published.
        pub expires: Option<At<Date>>,
        /// Not published yet.
        pub draft: bool,
        /// Old addresses of the role's hub.
        pub aliases: Vec<At<Text>>,
        /// Sorts lists: lower first.
        pub weight: Option<i64>,
        /// A picture beside the record.
        pub image: Option<At<Text>>,
        /// What the picture shows.
        pub image_alt: Option<At<Text>>,
        /// Asks search engines to leave the role's pages out.
        pub noindex: bool,
        /// Where the job is found.
        pub industries: Vec<Text>,
        /// Where it is found on the map.
        pub locations: Vec<Text>,
        /// Where the work is done.
        pub workplace: Vec<Workplace>,
        /// Duties, in Markdown; a page may show the first few.
        pub responsibilities: Vec<Md>,
        /// The employer's framework whose levels the role uses.
        pub framework: Option<At<Id>>,
        /// What the role's figures inherit.
        pub figures: Figures = Figures::default(),
        /// Which kinds of pages are made.
        pub pages: Map<bool>,
        /// Heading, introduction or absence of generated sections.
        pub sections: Map<SectionRow>,
        pub tracks: Vec<TrackRow>,
        pub levels: Vec<At<LevelRow>>,
        pub competencies: Vec<At<CompetencyRow>>,
        /// Pay of the role as a whole; the first row of its own area, or of the site's, is the
        /// headline.
        pub salary: Vec<At<SalaryRow>>,
        pub statistics: Vec<At<StatisticRow>>,
        /// The projection of employment.
        pub outlook: Option<At<OutlookRow>>,
        /// Other names of the same job.
        pub titles: Vec<At<TitleRow>>,
        pub specializations: Vec<At<SpecializationRow>>,
        /// Other jobs.
        pub related: Vec<At<RelatedRow>>,
        pub education: Vec<EducationRow>,
        pub certifications: Vec<CertificationRow>,
        /// What is asked for before somebody may do the job: licences, registrations, checks.
        pub requirements: Vec<RequirementRow>,
        /// Ways into the job.
        pub routes: Vec<RouteRow>,
        /// Skills that the job asks for at whatever level.
        pub requires: Vec<At<RequiresRow>>,
        /// Programs, devices and tools that the job is done with.
        pub technologies: Vec<TechnologyRow>,
        /// How much preparation the job takes.
        pub preparation: PreparationRow = PreparationRow::default(),
        /// What people who like the job are interested in.
        pub interests: Vec<InterestRow>,
        /// How the work is.
        pub conditions: ConditionsRow = ConditionsRow::default(),
        /// How to advance, for the whole role.
        pub tips: Vec<At<TipRow>>,
        pub faqs: Vec<At<FaqRow>>,
        /// What an interview asks.
        pub interview_questions: Vec<At<InterviewQuestionRow>>,
        pub testimonials: Vec<At<TestimonialRow>>,
        /// Skills that only this role names.
        pub skills: Vec<At<SkillRow>>,
        /// Sources that only this role names.
        pub sources: Vec<At<SourceRow>>,
        /// The theme's; not checked.
        pub extra: Free,
    }
}

impl RoleFile {
    /// Returns the categories of the role, each once, that of its breadcrumbs first.
    pub fn all_categories(&self) -> Vec<&At<Id>> {
        let mut all: Vec<&At<Id>> = vec![];
        for category in self.category.iter().chain(&self.categories) {
            if all.iter().all(|known| known.value != category.value) {
                all.push(category);
            }
        }
        all
    }
}

plain_lists! {
    education: EducationRow,
    certifications: CertificationRow,
    requirements: RequirementRow,
    routes: RouteRow,
    technologies: TechnologyRow,
    tips: At<TipRow>,
    interview_questions: At<InterviewQuestionRow>,
}

choice! {
    /// What a question of an interview is about.
    pub enum InterviewKind {
        Knowledge = "knowledge", Experience = "experience", Situation = "situation", Motivation = "motivation",
    }
}

record! {
    /// A question of an interview.
    #[derive(Serialize, Deserialize)]
    pub struct InterviewQuestionRow {
        /// Default: the slug of the question.
        pub id: Option<At<Id>>,
        pub question: At<Text>,
        /// What a good answer shows, in Markdown.
        pub looks_for: Option<Md>,
        /// What the question is about.
        pub kind: Option<InterviewKind>,
        /// The level that is asked; without it, everybody is.
        pub level: Option<At<Id>>,
    }
}

impl PlainRow for At<InterviewQuestionRow> {
    fn name(&self) -> Option<RowName<'_>> {
        Some(RowName {
            id: self.value.id.as_ref(),
            name: &self.value.question,
            span: &self.span,
        })
    }

    fn level(&self) -> Option<&At<Id>> {
        self.value.level.as_ref()
    }

    fn texts(&self) -> Vec<&Md> {
        self.value.looks_for.iter().collect()
    }
}

impl Codes {
    /// Returns each code with the name of its classification. That of ESCO is an address.
    pub fn named(&self) -> Vec<(&str, &str)> {
        let Self {
            onet_soc,
            isco_08,
            esco,
            soc,
            uk_soc,
            other,
        } = self;
        let esco = esco.as_ref().map(Link::as_str);
        let known = [
            ("O*NET-SOC", onet_soc.as_deref()),
            ("SOC", soc.as_deref()),
            ("ISCO-08", isco_08.as_deref()),
            ("UK SOC", uk_soc.as_deref()),
            (ESCO, esco),
        ];
        let known = known
            .into_iter()
            .filter_map(|(name, code)| Some((name, code?)));
        let others = other.0.iter();
        known
            .chain(others.map(|(name, code)| (name.value.as_str(), code.as_str())))
            .collect()
    }
}

/// The classification whose codes are addresses.
pub const ESCO: &str = "ESCO";

record! {
    /// Codes of occupational classifications.
    #[derive(Default, Serialize, Deserialize)]
    pub struct Codes {
        /// O*NET-SOC: `15-1252.00`.
        pub onet_soc: Option<Text>,
        /// ISCO-08: `2512`.
        pub isco_08: Option<Text>,
        /// ESCO: the URI of the occupation.
        pub esco: Option<Link>,
        /// SOC of the United States: `15-1252`.
        pub soc: Option<Text>,
        /// SOC of the United Kingdom: `2134`.
        pub uk_soc: Option<Text>,
        /// Codes of other classifications, by their names.
        pub other: Map<Text>,
    }
}

choice! {
    /// Where the work is done.
    pub enum Workplace {
        OnSite = "on-site", Hybrid = "hybrid", Remote = "remote",
    }
}

record! {
    /// What is true of all texts of a record.
    #[derive(Default)]
    pub struct TextsRow {
        /// The source of those texts that name none: an id of sources.toml.
        pub source: Option<At<Id>>,
    }
}

record! {
    /// A generated section of a page.
    #[derive(Serialize, Deserialize)]
    pub struct SectionRow {
        /// Replaces the heading.
        pub heading: Option<Text>,
        /// Stands below the heading, in Markdown.
        pub intro: Option<Md>,
        /// Leaves the section out.
        pub hidden: bool,
    }
}

record! {
    /// An employer's ladder: `content/frameworks/<id>/framework.toml`.
    pub struct FrameworkFile {
        pub name: At<Text>,
        /// One sentence.
        pub summary: Option<Text>,
        /// In Markdown.
        pub description: Option<Md>,
        /// Where the texts of the record are from.
        pub texts: TextsRow = TextsRow::default(),
        /// The employer.
        pub employer: Option<Text>,
        pub updated: Option<At<Date>>,
        pub draft: bool,
        pub tracks: Vec<TrackRow>,
        pub levels: Vec<At<LevelRow>>,
        pub competencies: Vec<At<CompetencyRow>>,
        pub extra: Free,
    }
}
