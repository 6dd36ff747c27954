//! `role.toml`, `positions.toml` and `framework.toml` as they are written: the declaration of every key.
//! What the figures inherit and what references mean is worked out in the files beside this one.

use jiff::civil::Date;
use serde_json::json;

use crate::config::{Basis, Figures, Period, SkillRow, SourceRow, TrackRow};
use crate::data::{AsOf, At, Currency, Decimal, Decode, Decoder, Free, Id, Link, Map, Md, Node, Schema, Text, Value, choice, record};

choice! {
    /// The stages of a career, in order.
    pub enum Stage {
        Entry = "entry", Mid = "mid", Senior = "senior", Lead = "lead", Director = "director", Vp = "vp", Executive = "executive",
    }
}

record! {
    /// A role: `content/roles/<id>/role.toml`.
    pub struct RoleFile {
        /// The role's name.
        pub title: At<Text>,
        /// An id of categories.toml.
        pub category: At<Id>,
        /// One sentence: on cards and for search engines.
        pub summary: Option<Text>,
        /// What the role is, in Markdown.
        pub definition: Option<Md>,
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
        /// Pay of the role as a whole; the first row of its own area, or of the site's, is the headline.
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
        /// How to advance, for the whole role.
        pub tips: Vec<At<TipRow>>,
        pub faqs: Vec<At<FaqRow>>,
        pub testimonials: Vec<At<TestimonialRow>>,
        /// Skills that only this role names.
        pub skills: Vec<At<SkillRow>>,
        /// Sources that only this role names.
        pub sources: Vec<At<SourceRow>>,
        /// The theme's; not checked.
        pub extra: Free,
    }
}

record! {
    /// Codes of occupational classifications.
    #[derive(Default)]
    pub struct Codes {
        /// O*NET-SOC: `15-1252.00`.
        pub onet_soc: Option<Text>,
        /// ISCO-08: `2512`.
        pub isco_08: Option<Text>,
        /// ESCO: the URI of the occupation.
        pub esco: Option<Link>,
    }
}

choice! {
    /// Where the work is done.
    pub enum Workplace {
        OnSite = "on-site", Hybrid = "hybrid", Remote = "remote",
    }
}

record! {
    /// A generated section of a page.
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
    /// A level of a ladder, in ladder order within its track.
    pub struct LevelRow {
        /// Default: the slug of the title.
        pub id: Option<At<Id>>,
        /// Default: `individual`.
        pub track: Option<At<Id>>,
        pub stage: Option<At<Stage>>,
        pub title: Option<At<Text>>,
        /// The level's short name in its framework: "IC4".
        pub name: Option<Text>,
        pub experience: Option<At<ExperienceRow>>,
        pub salary: Option<At<SalaryRow>>,
        pub summary: Option<Text>,
        /// Duties at this level, in Markdown.
        pub responsibilities: Vec<Md>,
        /// A day's work at this level, in Markdown.
        pub tasks: Vec<Md>,
        /// Skills that the level adds or raises.
        pub skills: Vec<At<Requirement>>,
        /// Skills that the level no longer asks for.
        pub drops: Vec<At<Id>>,
        /// What to concentrate on, in Markdown.
        pub focus: Option<Md>,
        /// How to reach the next level, in Markdown: one text, or one for each next level by its id.
        pub advance: Option<Advance>,
        /// Levels that may follow. Default: the following level of the track.
        pub next: Option<Vec<At<Id>>>,
        /// How large the work is that the level owns.
        pub scope: Option<Text>,
        /// How far its influence goes.
        pub reach: Option<Text>,
    }
}

record! {
    /// Years of experience, half-open: 2 to 5 and 5 to 8 do not overlap.
    pub struct ExperienceRow {
        pub min_years: u32,
        pub max_years: Option<u32>,
    }
}

choice! {
    /// What min and max bound.
    pub enum Statistic {
        Range = "range", Mean = "mean", Median = "median",
    }
}

record! {
    /// Pay: a value, a range or percentiles, with what it is about and where it is from.
    pub struct SalaryRow: whole {
        pub id: Option<At<Id>>,
        /// What the figure is, where that is not plain.
        pub label: Option<Text>,
        /// What `min` and `max`, or `value`, are. Default: the range of pay.
        pub statistic: Option<Statistic>,
        pub value: Option<At<Decimal>>,
        pub min: Option<At<Decimal>>,
        pub max: Option<At<Decimal>>,
        pub percentiles: Option<At<PercentilesRow>>,
        /// More than `max` is paid.
        pub open_top: bool,
        pub currency: Option<Currency>,
        pub period: Option<Period>,
        pub basis: Option<Basis>,
        pub area: Option<At<Id>>,
        pub source: Option<At<Id>>,
        pub as_of: Option<AsOf>,
    }
}

record! {
    /// Percentiles of pay; those that are not known are left out.
    pub struct PercentilesRow: whole {
        pub p10: Option<At<Decimal>>,
        pub p25: Option<At<Decimal>>,
        pub p50: Option<At<Decimal>>,
        pub p75: Option<At<Decimal>>,
        pub p90: Option<At<Decimal>>,
    }
}

/// A skill that a level asks for, or one of several.
#[derive(Clone, Debug)]
pub struct Requirement {
    /// One id, or several of which any will do.
    pub skills: Vec<At<Id>>,
    /// None: essential, or as it was at the level below.
    pub importance: Option<Importance>,
    pub proficiency: Option<At<Id>>,
}

choice! {
    /// How much a skill matters (ESCO).
    pub enum Importance {
        Essential = "essential", Optional = "optional",
    }
}

record! {
    struct RequirementTable: whole {
        pub skill: Option<At<Id>>,
        pub any_of: Vec<At<Id>>,
        pub importance: Option<Importance>,
        pub proficiency: Option<At<Id>>,
    }
}

impl Decode for Requirement {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        if let Value::String(_) = node.value {
            let skill = At::<Id>::decode(node, d)?;
            return Some(Self { skills: vec![skill], importance: Some(Importance::Essential), proficiency: None });
        }
        let Value::Table(_) = node.value else { return d.wrong_type(node, "a skill's id or { skill = \"id\", … }", &node.value, None) };
        let RequirementTable { skill, any_of, importance, proficiency } = RequirementTable::decode(node, d)?;
        let skills = match (skill, any_of) {
            (Some(skill), any_of) if any_of.is_empty() => vec![skill],
            (None, any_of) if !any_of.is_empty() => any_of,
            _ => {
                d.fault(crate::diag::Code::BadValue, &node.span, "a requirement names either `skill` or `any_of`");
                return None;
            }
        };
        Some(Self { skills, importance, proficiency })
    }
    fn meant(value: &Value) -> Option<String> {
        Id::meant(value)
    }
    fn schema(schema: &mut Schema) -> serde_json::Value {
        json!({ "anyOf": [Id::schema(schema), RequirementTable::schema(schema)] })
    }
}

/// How to advance: one text, or a text for each next level.
#[derive(Clone, Debug)]
pub enum Advance {
    All(Md),
    Each(Map<Md>),
}

impl Decode for Advance {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        match node.value {
            Value::Table(_) => Map::decode(node, d).map(Self::Each),
            _ => Md::decode(node, d).map(Self::All),
        }
    }
    fn schema(schema: &mut Schema) -> serde_json::Value {
        json!({ "anyOf": [Md::schema(schema), Map::<Md>::schema(schema)] })
    }
}

record! {
    /// A competency with what each level shows of it.
    pub struct CompetencyRow {
        /// Default: the slug of the name.
        pub id: Option<At<Id>>,
        pub group: Option<Text>,
        pub name: At<Text>,
        pub description: Option<Md>,
        /// Criteria by the id of the level.
        pub criteria: Map<Vec<Criterion>>,
    }
}

/// What someone at a level does, with examples or without.
#[derive(Clone, Debug)]
pub struct Criterion {
    pub text: Md,
    pub examples: Vec<Md>,
}

record! {
    struct CriterionTable {
        pub text: Md,
        pub examples: Vec<Md>,
    }
}

impl Decode for Criterion {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        if let Value::Table(_) = node.value {
            let CriterionTable { text, examples } = CriterionTable::decode(node, d)?;
            return Some(Self { text, examples });
        }
        Md::decode(node, d).map(|text| Self { text, examples: vec![] })
    }
    fn schema(schema: &mut Schema) -> serde_json::Value {
        json!({ "anyOf": [Md::schema(schema), CriterionTable::schema(schema)] })
    }
}

record! {
    /// Any other figure about the role.
    pub struct StatisticRow: whole {
        /// Default: the slug of the label.
        pub id: Option<At<Id>>,
        pub label: At<Text>,
        pub value: Option<At<Decimal>>,
        pub min: Option<At<Decimal>>,
        pub max: Option<At<Decimal>>,
        /// `percent`, or the word that follows the number.
        pub unit: Option<Text>,
        pub approximate: bool,
        pub note: Option<Text>,
        pub area: Option<At<Id>>,
        pub source: Option<At<Id>>,
        pub as_of: Option<AsOf>,
    }
}

record! {
    /// The projection of employment.
    pub struct OutlookRow {
        pub base_year: At<i16>,
        pub target_year: At<i16>,
        pub change_percent: At<Decimal>,
        /// Jobs in the base year.
        pub jobs_base: Option<At<Decimal>>,
        /// Jobs in the target year.
        pub jobs_target: Option<At<Decimal>>,
        pub openings_per_year: Option<At<Decimal>>,
        pub area: Option<At<Id>>,
        pub source: Option<At<Id>>,
        pub as_of: Option<AsOf>,
    }
}

choice! {
    /// What another title is.
    pub enum TitleKind {
        /// Another name.
        Alternate = "alternate",
        /// Reported by people who do the job, or seen in adverts (O*NET "reported title").
        Reported = "reported",
        /// New, and growing.
        Emerging = "emerging",
    }
}

record! {
    /// Another name of the job.
    pub struct TitleRow {
        /// Default: the slug of the name.
        pub id: Option<At<Id>>,
        pub name: At<Text>,
        /// The level that the title stands for.
        pub level: Option<At<Id>>,
        /// The stage, where the ladder has no such level.
        pub stage: Option<At<Stage>>,
        /// The level or title above it in the hierarchy.
        pub parent: Option<At<Id>>,
        pub kind: Option<TitleKind>,
        /// In Markdown.
        pub description: Option<Md>,
        /// In the short list of types.
        pub featured: bool,
        pub salary: Option<At<SalaryRow>>,
    }
}

record! {
    /// A kind of the job.
    pub struct SpecializationRow {
        /// Default: the slug of the name.
        pub id: Option<At<Id>>,
        pub name: At<Text>,
        /// A role of this site.
        pub role: Option<At<Id>>,
        /// In Markdown.
        pub description: Option<Md>,
    }
}

choice! {
    /// How another job relates to this one.
    pub enum Relation {
        Next = "next", Previous = "previous", Lateral = "lateral", Similar = "similar",
    }
}

record! {
    /// Another job.
    pub struct RelatedRow: whole {
        /// A role of this site.
        pub role: Option<At<Id>>,
        /// A job without a page here.
        pub name: Option<At<Text>>,
        pub kind: Relation = Relation::Similar,
        /// The level at which people move.
        pub from: Option<At<Id>>,
        /// Why it is near.
        pub reason: Option<Text>,
    }
}

choice! {
    /// Levels of education.
    pub enum EducationLevel {
        None = "none", Secondary = "secondary", Certificate = "certificate", Associate = "associate", Bachelor = "bachelor", Master = "master", Doctorate = "doctorate",
    }
}

record! {
    /// A way of learning the job.
    pub struct EducationRow {
        pub name: Text,
        pub level: Option<EducationLevel>,
        /// In Markdown.
        pub description: Option<Md>,
    }
}

record! {
    /// A certificate that helps.
    pub struct CertificationRow {
        pub name: Text,
        pub issuer: Option<Text>,
        pub url: Option<Link>,
        pub summary: Option<Text>,
    }
}

record! {
    /// Advice on how to advance.
    pub struct TipRow {
        /// Default: the slug of the name.
        pub id: Option<At<Id>>,
        pub name: At<Text>,
        /// In Markdown.
        pub text: Md,
    }
}

record! {
    /// A question, or a change to a generated one.
    pub struct FaqRow: whole {
        /// Default: the slug of the question. The id of a generated one replaces it.
        pub id: Option<At<Id>>,
        pub question: Option<At<Text>>,
        /// In Markdown.
        pub answer: Option<Md>,
        /// Kinds of pages that show it. Default: the role's FAQ page.
        pub pages: Vec<At<Id>>,
        /// Drops the generated question of this id.
        pub hidden: bool,
    }
}

record! {
    /// What somebody says of the job.
    pub struct TestimonialRow {
        pub quote: At<Text>,
        pub name: Text,
        pub job_title: Option<Text>,
        /// Whether the person agreed. Without it the quote is not published.
        pub consent: bool,
    }
}

record! {
    /// Open jobs: `positions.toml` beside the record.
    #[derive(Default)]
    pub struct PositionsFile {
        pub positions: Vec<At<PositionRow>>,
    }
}

choice! {
    /// How somebody is employed.
    pub enum EmploymentType {
        FullTime = "full-time", PartTime = "part-time", Contract = "contract", Temporary = "temporary", Intern = "intern",
    }
}

record! {
    /// An open job.
    pub struct PositionRow {
        /// Default: the slug of title and employer.
        pub id: Option<At<Id>>,
        pub title: At<Text>,
        pub employer: Text,
        pub employer_url: Option<Link>,
        pub locations: Vec<Text>,
        /// ISO 3166 country where the job is, or where applicants for a remote one may live. Without it search engines are not told of the job.
        pub country: Option<At<Text>>,
        pub workplace: Option<Workplace>,
        pub employment_type: Option<EmploymentType>,
        /// A level of the role.
        pub level: Option<At<Id>>,
        pub salary: Option<At<SalaryRow>>,
        /// The first day on which the job is shown.
        pub posted: At<Date>,
        /// The last day on which it is shown. Default: 60 days after `posted`, or as `[positions]` of site.toml says.
        pub expires: Option<At<Date>>,
        /// Where to apply.
        pub url: Option<Link>,
        /// One sentence.
        pub summary: Option<Text>,
        /// In Markdown. With it, the job has a page of its own.
        pub description: Option<Md>,
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
