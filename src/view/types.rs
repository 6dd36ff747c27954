//! The View: the types that templates see, which are the contract with theme authors.
//! `docs/themes.md` explains them.
//!
//! Every field is always there. It is null or an empty list where there is nothing, because an
//! absent field is an error in Tera.
//!
//! The types stand in one file although it is long: a test holds this file against the
//! documentation, and theme authors find all types in one place.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value as Json;

use crate::content::RecordText;
use crate::data::Decimal;

/// HTML that templates print without escaping it. In JSON it is the same text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Html {
    #[default]
    Empty,
    /// HTML that is ready.
    Ready(String),
    /// Markdown of a record: rendered when it is printed, so that an unchanged page costs no
    /// Markdown.
    Record(RecordText),
    /// A text of a record, and the HTML of its source behind it. Search engines get the text alone.
    Cited(Box<Cited>),
    /// Several, one after the other.
    Parts(Vec<Self>),
}

/// A text of a record with its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cited {
    pub text: RecordText,
    /// The HTML that names the source.
    pub source: String,
}

/// The texts of a picture for shared links: `share` in the template `share.svg`. A text that the
/// fonts of pictures cannot write is empty.
#[derive(Clone, Debug, Serialize)]
pub struct ShareView {
    /// What the picture is about, a role or the site, in lines that fit.
    pub title: Vec<String>,
    /// The size of the title in pixels.
    pub size: u32,
    /// The category of a role, or empty.
    pub category: String,
    /// The pay of a role over its levels, or its headline, with its period; or empty.
    pub salary: String,
    /// The size of the pay in pixels.
    pub salary_size: u32,
    /// What the pay measures, or empty: "Range of base pay, United States".
    pub salary_note: String,
    /// How many levels a role has; 0 on the picture of the site.
    pub levels: usize,
    /// The title of the site on the picture of a role, or empty.
    pub brand: String,
    /// What the site says of itself on its own picture, in lines that fit.
    pub description: Vec<String>,
}

/// What every page has. URLs in `url` are absolute paths with the base path of the site.
#[derive(Clone, Debug, Serialize)]
pub struct PageView {
    /// The kind of page, which is also the name of its template.
    pub kind: &'static str,
    pub url: String,
    /// The whole address with scheme and host.
    pub permalink: String,
    /// The heading of the page.
    pub title: String,
    /// The text of `<title>`: the heading, with the title of the site behind it where both have
    /// room.
    pub head_title: String,
    /// One sentence, or empty.
    pub description: String,
    /// The text below the title: the description, unless it is taken from the body, where readers
    /// see it again.
    pub lead: String,
    /// BCP 47 tag.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// Canonical link, OpenGraph, feeds and JSON-LD, ready for `<head>`. The `<title>` is not in
    /// it.
    pub head: Html,
    /// The text that was written for the page.
    pub body: Html,
    /// Headings of the body and of the generated sections, as a tree.
    pub toc: Vec<TocEntry>,
    pub breadcrumbs: Vec<Crumb>,
    /// The pages of the same role or framework, this one among them.
    pub siblings: Vec<Sibling>,
    /// ISO dates, or null.
    pub date: Option<String>,
    pub updated: Option<String>,
    pub expires: Option<String>,
    pub draft: bool,
    pub noindex: bool,
    pub image: Option<Image>,
    pub authors: Vec<Author>,
    pub tags: Vec<Crumb>,
    /// Words of the body, and minutes to read them; 0 without a body.
    pub words: usize,
    pub reading_minutes: usize,
    pub up_next: Vec<Card>,
    pub calls_to_action: Vec<Cta>,
    /// Generated sections of this kind by id, with `_` for `-`: `page.sections.titles_entry`.
    pub sections: BTreeMap<String, Section>,
    /// Where the texts of the page's record are from, or null. Texts that are from elsewhere say
    /// so themselves.
    pub text_source: Option<SourceRef>,
    /// The feed of this section, or null.
    pub feed: Option<String>,
    /// `[extra]` of the front matter.
    pub extra: Json,
    pub source: SourceFile,
}

/// The file that a page is made of.
#[derive(Clone, Debug, Serialize)]
pub struct SourceFile {
    /// The file that an editor would open, or null for a page made of many.
    pub path: Option<String>,
}

/// A generated section. `show` is false when it is hidden or has nothing to say.
#[derive(Clone, Debug, Serialize)]
pub struct Section {
    pub id: String,
    pub heading: String,
    pub intro: Html,
    pub show: bool,
}

/// An entry of the table of contents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TocEntry {
    pub id: String,
    pub text: String,
    pub children: Vec<TocEntry>,
}

/// A link with a title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Crumb {
    pub title: String,
    pub url: String,
}

/// A page in the menu of a role or framework.
#[derive(Clone, Debug, Serialize)]
pub struct Sibling {
    pub kind: &'static str,
    pub title: String,
    pub url: String,
    pub current: bool,
}

/// An image of the site. `srcset` lists smaller ones of it, or is empty. `width` and `height` are
/// null where the file does not say it (an SVG without a size).
#[derive(Clone, Debug, Serialize)]
pub struct Image {
    pub src: String,
    pub srcset: String,
    pub width: Option<u32>,
    pub height: Option<u32>,
    pub alt: String,
}

/// An author of an article.
#[derive(Clone, Debug, Serialize)]
pub struct Author {
    pub id: String,
    pub name: String,
    pub job_title: Option<String>,
    pub url: Option<String>,
    pub bio: Html,
}

/// A call to action.
#[derive(Clone, Debug, Serialize)]
pub struct Cta {
    pub id: String,
    pub text: String,
    pub url: String,
}

/// A link to a page, with what lists show of the page.
#[derive(Clone, Debug, Serialize)]
pub struct Card {
    pub kind: &'static str,
    pub title: String,
    pub url: String,
    pub summary: String,
    /// The category of a role, or null.
    pub category: Option<Crumb>,
    /// All categories of a role, that one first; empty for anything else.
    pub categories: Vec<Crumb>,
    /// The headline pay of a role as a text, or null.
    pub salary: Option<String>,
    /// What the headline pay measures, with its period: "Median pay, a year". Null without pay.
    pub salary_measure: Option<String>,
    /// The raw headline amount (median or middle), as its record has it; null without one.
    pub salary_value: Option<Decimal>,
    /// Currency and period: "USD/year". Values of different units cannot be compared. Null without
    /// pay.
    pub salary_unit: Option<String>,
    /// The headline pay for a year, for sorting and filters: an hour times `hours_per_year` of
    /// `[figures]`, a day times 260, a week times 52, a month times 12. Null without pay.
    pub salary_per_year: Option<Decimal>,
    /// What two amounts for a year must share to be compared: "USD/base/US/median" (currency,
    /// basis, area and statistic). Null without pay.
    pub salary_sort_unit: Option<String>,
    /// The headline pay with what it is in parts, or null.
    pub pay: Option<ShortPayView>,
    /// Levels of education that lead to a role, in the order of its record; empty for anything
    /// else.
    pub education: Vec<Named>,
    /// The projected change in jobs of a role in percent, raw and as a text ("+15.8%"), or null.
    pub growth: Option<Decimal>,
    pub growth_text: Option<String>,
    pub image: Option<Image>,
    pub date: Option<String>,
    pub updated: Option<String>,
    pub draft: bool,
}

/// What all pages see of the site, except for `nav`, which is marked for each page.
#[derive(Clone, Debug, Serialize)]
pub struct SiteView {
    pub title: String,
    pub description: String,
    /// What the site is about, for the title of its home page: "careers, levels and pay". Empty
    /// without roles.
    pub about: String,
    /// The home page with the base path.
    pub url: String,
    /// Scheme and host.
    pub origin: String,
    pub language: String,
    pub logo: Option<String>,
    pub publisher: Option<String>,
    /// Kinds of site-wide pages that exist, with their addresses: `site.pages.skills`. Null for
    /// those that do not.
    pub pages: BTreeMap<&'static str, Option<String>>,
    /// Path of a file in `static/` to its address.
    pub assets: BTreeMap<String, String>,
    pub params: Json,
    /// The day of the build (UTC), ISO.
    pub build_date: String,
    pub generator: &'static str,
    /// Other languages of the site: none yet.
    pub languages: Vec<Json>,
}

/// An entry of the menu; `site.nav` is a list of them.
#[derive(Clone, Debug, Serialize)]
pub struct NavView {
    pub title: String,
    /// Empty for an entry that only holds others, or whose page is not published.
    pub url: String,
    /// This page, or a page below it.
    pub current: bool,
    pub children: Vec<NavView>,
}

/// The source and date of a figure.
#[derive(Clone, Debug, Serialize)]
pub struct ClaimView {
    /// Null for a figure without a source.
    pub source: Option<SourceRef>,
    /// `2026`, `2026-11` or `2026-11-22`; null when unknown.
    pub as_of: Option<String>,
    /// `as_of` in words: "November 2026".
    pub as_of_text: Option<String>,
    /// One line for below a figure: "BLS, OEWS, May 2025".
    pub text: String,
}

/// A source of a figure.
#[derive(Clone, Debug, Serialize)]
pub struct SourceRef {
    pub id: String,
    pub title: String,
    /// Its place on the page of sources.
    pub url: Option<String>,
}

/// A figure of pay and what it is, for lists: what all of a list share may stand at its head.
#[derive(Clone, Debug, Serialize)]
pub struct ShortPayView {
    /// "$55K–$80K", the amount alone.
    pub amount: String,
    /// "a year".
    pub period_text: String,
    /// As in Pay: "Median pay", "a year", "United States", "May 2025".
    pub notes: Vec<String>,
}

/// Pay, as text and as numbers. `value` is the one figure or the median, null for a range. `x` (of
/// `value`), `x0` and `x1` (of `min` and `max`) are positions from 0 to 1 on the axis of the chart
/// that shows it.
#[derive(Clone, Debug, Serialize)]
pub struct PayView {
    /// What the figure is: "Median pay", "Range of base pay", or the words of its row.
    pub label: String,
    /// What is measured, in the site's words: "Median pay", "Range of base pay", "90th percentile".
    pub measure: String,
    /// Everything about the figure but its amount, in parts: "Median pay", "a year", "United
    /// States", "May 2025". Notes that all figures of a list share can be shown once.
    pub notes: Vec<String>,
    /// `range`, `mean`, `median` or `percentiles`.
    pub statistic: &'static str,
    pub value: Option<Decimal>,
    pub min: Decimal,
    pub max: Decimal,
    pub open_top: bool,
    pub percentiles: Vec<PercentileView>,
    pub currency: String,
    pub period: &'static str,
    /// "a year".
    pub period_text: String,
    pub basis: Option<&'static str>,
    pub area: Option<AreaView>,
    /// The level that a row of the whole role belongs to, or null.
    pub level: Option<Named>,
    /// How many people are employed, raw and as a text, or null.
    pub employment: Option<Decimal>,
    pub employment_text: Option<String>,
    /// How many times the usual share of all jobs this job has there, raw and as a text, or null.
    pub location_quotient: Option<Decimal>,
    pub location_quotient_text: Option<String>,
    /// Short: "$55K–$80K". Percentiles without the 50th say which they are: "$65K (90th
    /// percentile)".
    pub text: String,
    /// The long text: "$55,000 to $80,000 a year".
    pub text_long: String,
    /// The short and the long text without which percentiles they are, for places that show
    /// `measure` or `notes`: "$65K", "$65,000 a year".
    pub amount: String,
    pub amount_long: String,
    /// True if there is such an axis, and the pay has its currency, period, basis, statistic, label
    /// and area.
    pub on_axis: bool,
    pub x: Option<f64>,
    pub x0: f64,
    pub x1: f64,
    pub claim: ClaimView,
}

/// Pay without an amount of money.
#[derive(Clone, Debug, Serialize)]
pub struct WordedPayView {
    /// The words of its row, "Bonus", or "Pay".
    pub label: String,
    /// "variable", "10 to 20% of base pay".
    pub text: String,
    pub basis: Option<&'static str>,
    pub area: Option<AreaView>,
    /// The level that a row of the whole role belongs to, or null.
    pub level: Option<Named>,
    pub claim: ClaimView,
}

/// One percentile of a distribution of pay.
#[derive(Clone, Debug, Serialize)]
pub struct PercentileView {
    pub percent: u32,
    pub value: Decimal,
    pub text: String,
    pub x: f64,
}

/// An area that a figure is about.
#[derive(Clone, Debug, Serialize)]
pub struct AreaView {
    pub id: String,
    pub name: String,
}

/// The axis of a chart, from one round value to another. Null where there is nothing to draw.
#[derive(Clone, Debug, Serialize)]
pub struct AxisView {
    pub min: Decimal,
    pub max: Decimal,
    pub currency: String,
    pub period_text: String,
    pub ticks: Vec<TickView>,
}

/// A round value on an axis.
#[derive(Clone, Debug, Serialize)]
pub struct TickView {
    pub value: Decimal,
    pub text: String,
    pub x: f64,
}

/// `role` on every page of a role.
#[derive(Clone, Debug, Serialize)]
pub struct RoleView {
    pub id: String,
    pub title: String,
    pub url: String,
    pub summary: String,
    pub definition: Html,
    /// Where breadcrumbs lead: the first of `categories`.
    pub category: Crumb,
    pub categories: Vec<Crumb>,
    pub codes: BTreeMap<&'static str, String>,
    /// The same with the names of their classifications, and those of `[codes.other]`.
    pub classifications: Vec<ClassificationView>,
    pub industries: Vec<String>,
    pub locations: Vec<String>,
    /// `{id, name}`: "remote", "Remote".
    pub workplace: Vec<Named>,
    pub responsibilities: Vec<Html>,
    pub headline_salary: Option<PayView>,
    /// The employer's framework, or null.
    pub framework: Option<Crumb>,
    pub image: Option<Image>,
    pub updated: Option<String>,
    /// True if the hub shows the levels in full because there are too few for a page of their own.
    pub levels_in_full: bool,
    /// Addresses of the role's pages by kind, with `_` for `-`; null for those that are not made:
    /// `role.pages.what_is`.
    pub pages: BTreeMap<String, Option<String>>,
    pub extra: Json,
}

/// A term with its name in the language of the site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Named {
    pub id: String,
    pub name: String,
}

/// `ladder` on every page of a role, and on a framework's.
#[derive(Clone, Debug, Serialize)]
pub struct LadderView {
    pub tracks: Vec<TrackView>,
    /// Competencies by levels; null without competencies.
    pub matrix: Option<MatrixView>,
    /// The same for each track by itself, where there are several; else empty.
    pub track_matrices: Vec<TrackMatrix>,
    /// The axis of the pay that is of the ladder's most common kind; null where there is nothing to
    /// draw.
    pub salary_axis: Option<AxisView>,
    /// The notes that all pay on the ladder shares. Each level has the others.
    pub salary_notes: Vec<String>,
    /// How many levels there are, over all tracks.
    pub count: usize,
    /// What a beginner needs: what the lowest levels ask for, without optional needs.
    pub begin: Vec<NeedView>,
    /// "$55K–$270K+", from the lowest amount to the highest. Of several kinds of pay, each with
    /// what it measures: "$25–$50 an hour; $80K–$150K a year". Empty without pay, or with more than
    /// three kinds.
    pub salary_text: String,
    /// The same with its period: "$55K–$270K+ a year".
    pub salary_text_long: String,
    /// Years of experience from the first level to the last: "0 to 8+ years"; null when no level
    /// says any.
    pub experience: Option<ExperienceView>,
}

/// A track of a ladder.
#[derive(Clone, Debug, Serialize)]
pub struct TrackView {
    pub id: String,
    pub name: String,
    pub levels: Vec<LevelView>,
}

/// A level of a ladder.
#[derive(Clone, Debug, Serialize)]
pub struct LevelView {
    pub id: String,
    /// The id of its place on the ladder page.
    pub anchor: String,
    /// That place as a link from elsewhere.
    pub url: String,
    pub title: String,
    /// Short name in a framework ("IC4"), or empty.
    pub name: String,
    pub track: String,
    pub stage: Option<Named>,
    pub experience: Option<ExperienceView>,
    pub salary: Option<PayView>,
    /// Further parts of its pay, such as a bonus.
    pub more_pay: Vec<PayView>,
    pub worded_pay: Vec<WordedPayView>,
    pub summary: String,
    pub scope: String,
    pub reach: String,
    /// The points that it takes, raw and as a text ("12 points"), or null.
    pub points: Option<Decimal>,
    pub points_text: Option<String>,
    pub responsibilities: Vec<Html>,
    pub tasks: Vec<Html>,
    /// All that the level asks for; `new` and `raised` mark what it adds.
    pub skills: Vec<NeedView>,
    pub dropped: Vec<SkillRef>,
    pub competencies: Vec<LevelCompetencyView>,
    pub focus: Html,
    pub next: Vec<NextView>,
}

/// Years of experience.
#[derive(Clone, Debug, Serialize)]
pub struct ExperienceView {
    pub min: u32,
    pub max: Option<u32>,
    /// "2–5 years", "8+ years".
    pub text: String,
}

/// A requirement: one skill, or several of which any will do.
#[derive(Clone, Debug, Serialize)]
pub struct NeedView {
    pub id: String,
    /// "Git", or "one of Python, Java or Go".
    pub name: String,
    /// The skill's page; null where there are several.
    pub url: Option<String>,
    pub any_of: Vec<SkillRef>,
    /// `essential`, or `optional` for what helps and is not asked for.
    pub importance: &'static str,
    pub proficiency: Option<Named>,
    pub new: bool,
    pub raised: bool,
    /// The standard that it is raised to: "Expert", "essential", or both; empty unless it is
    /// raised.
    pub raised_to: String,
}

/// A skill as a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SkillRef {
    pub id: String,
    pub name: String,
    pub url: Option<String>,
}

/// A way from a level to the next.
#[derive(Clone, Debug, Serialize)]
pub struct NextView {
    pub id: String,
    pub title: String,
    pub url: String,
    /// Written or generated advice.
    pub advance: Html,
    /// Names of the skills that it adds and asks for.
    pub gained: Vec<String>,
    /// Those that it asks for to a higher standard, with it: "SQL (Expert)", "Git (essential)".
    pub raised: Vec<String>,
    /// Optional ones, which help there.
    pub helpful: Vec<String>,
    pub dropped: Vec<String>,
    /// The page that puts the two levels side by side, or null.
    pub compare_url: Option<String>,
}

/// A competency with the criteria of a level.
#[derive(Clone, Debug, Serialize)]
pub struct LevelCompetencyView {
    pub id: String,
    pub name: String,
    pub group: String,
    pub added: Vec<CriterionView>,
    pub kept: Vec<CriterionView>,
    /// Where the level stands on the scale of the competency, or null.
    pub position: Option<RatingView>,
}

/// A criterion of a competency.
#[derive(Clone, Debug, Serialize)]
pub struct CriterionView {
    pub text: Html,
    pub examples: Vec<Html>,
}

/// Competencies by levels: a cell per level in the order of `levels`.
#[derive(Clone, Debug, Serialize)]
pub struct MatrixView {
    pub levels: Vec<Named>,
    pub groups: Vec<MatrixGroup>,
}

/// Competencies of one group.
#[derive(Clone, Debug, Serialize)]
pub struct MatrixGroup {
    /// Empty for competencies without a group.
    pub name: String,
    pub competencies: Vec<MatrixRow>,
}

/// A competency with the criteria that each level adds.
#[derive(Clone, Debug, Serialize)]
pub struct MatrixRow {
    pub id: String,
    pub name: String,
    pub description: Html,
    pub cells: Vec<Vec<CriterionView>>,
    /// Where each level stands on the scale of the competency, or null; in the order of `levels`.
    pub positions: Vec<Option<RatingView>>,
    /// Whether any level asks for it. A competency may have nothing but milestones.
    pub is_asked: bool,
    /// Steps of the competency that are of no level.
    pub milestones: Vec<MilestoneView>,
}

/// A step of a competency.
#[derive(Clone, Debug, Serialize)]
pub struct MilestoneView {
    /// Its name, or its number.
    pub name: String,
    /// What it gives to a level, raw and as a text ("3 points"), or null.
    pub points: Option<Decimal>,
    pub points_text: Option<String>,
    pub description: Html,
    pub signals: Vec<Html>,
    pub examples: Vec<Html>,
}

/// The matrix of one track of a ladder.
#[derive(Clone, Debug, Serialize)]
pub struct TrackMatrix {
    pub id: String,
    /// The name of the track.
    pub name: String,
    pub matrix: MatrixView,
}

/// `salary` on every page of a role.
#[derive(Clone, Debug, Serialize)]
pub struct SalaryView {
    pub headline: Option<PayView>,
    /// Rows for the whole role that are about the headline's area, the headline among them.
    pub rows: Vec<PayView>,
    /// Rows about other areas, highest first, on the axis `areas_axis`, which starts at zero. Those
    /// of the most common kind come first.
    pub areas: Vec<PayView>,
    /// The notes that all of them share.
    pub areas_notes: Vec<String>,
    pub areas_axis: Option<AxisView>,
    /// Pay of the role as a whole without an amount of money.
    pub worded: Vec<WordedPayView>,
    /// The axis of the headline and of all rows that are figures of the same kind.
    pub axis: Option<AxisView>,
}

/// `titles` on every page of a role.
#[derive(Clone, Debug, Serialize)]
pub struct TitlesView {
    /// The short list of types.
    pub featured: Vec<TitleView>,
    /// The hierarchy: levels and titles below their parents.
    pub hierarchy: Vec<TitleNode>,
    /// How many stand in it.
    pub hierarchy_count: usize,
    /// By stage, in order; titles without a stage are in none.
    pub by_stage: Vec<StageTitles>,
    /// Other names that stand for no level and no stage.
    pub similar: Vec<TitleView>,
    /// All titles but those of levels, if the hub shows them because there are too few for a page
    /// of titles; otherwise empty.
    pub in_full: Vec<TitleView>,
    /// How many there are, levels included.
    pub count: usize,
}

/// A job title.
#[derive(Clone, Debug, Serialize)]
pub struct TitleView {
    pub id: String,
    pub name: String,
    pub kind: &'static str,
    pub level: Option<Crumb>,
    pub stage: Option<Named>,
    pub description: Html,
    pub salary: Option<PayView>,
}

/// A job title with the titles below it.
#[derive(Clone, Debug, Serialize)]
pub struct TitleNode {
    pub id: String,
    pub name: String,
    pub url: Option<String>,
    pub children: Vec<TitleNode>,
}

/// The job titles of one stage.
#[derive(Clone, Debug, Serialize)]
pub struct StageTitles {
    pub stage: Named,
    pub section: Section,
    pub titles: Vec<TitleView>,
}

/// A specialization of a role.
#[derive(Clone, Debug, Serialize)]
pub struct SpecializationView {
    pub id: String,
    pub name: String,
    pub url: Option<String>,
    pub description: Html,
}

/// A related role or job.
#[derive(Clone, Debug, Serialize)]
pub struct RelatedView {
    pub title: String,
    /// Null for a job without a page here.
    pub url: Option<String>,
    pub kind: Named,
    pub from: Option<Crumb>,
    /// How near it is, 1 for the nearest, or null. Those with a rank come first, in its order.
    pub rank: Option<u32>,
    /// Which of several groups it is in, or empty.
    pub tier: String,
    pub reason: String,
    pub salary: Option<String>,
    /// The headline pay with what it is in parts, or null.
    pub pay: Option<ShortPayView>,
    /// The page that puts the two roles side by side, or null.
    pub compare_url: Option<String>,
}

/// An education that leads to a role.
#[derive(Clone, Debug, Serialize)]
pub struct EducationView {
    pub name: String,
    pub level: Option<Named>,
    /// How many of a hundred people in the job have it, raw and as a text ("45%"), or null.
    pub share: Option<Decimal>,
    pub share_text: Option<String>,
    pub description: Html,
}

/// A certification that helps in a role.
#[derive(Clone, Debug, Serialize)]
pub struct CertificationView {
    pub name: String,
    pub issuer: String,
    pub url: Option<String>,
    pub summary: String,
}

/// What a classification of occupations calls a role.
#[derive(Clone, Debug, Serialize)]
pub struct ClassificationView {
    /// The name of the classification.
    pub name: String,
    /// Empty where the role is known by an address.
    pub code: String,
    pub url: Option<String>,
}

/// What is asked for before somebody may do a job.
#[derive(Clone, Debug, Serialize)]
pub struct RequirementView {
    pub name: String,
    pub kind: Option<Named>,
    /// Nobody may do the job without it.
    pub compulsory: bool,
    pub description: Html,
    pub url: Option<String>,
}

/// A way into a job.
#[derive(Clone, Debug, Serialize)]
pub struct RouteView {
    /// Its own name, or that of its kind.
    pub name: String,
    pub kind: Named,
    pub duration: String,
    pub description: Html,
    /// What it takes to be admitted.
    pub requirements: Vec<Html>,
    pub links: Vec<LinkView>,
}

/// A link with its words.
#[derive(Clone, Debug, Serialize)]
pub struct LinkView {
    pub title: String,
    pub url: String,
}

/// How the work is; what is not said is empty.
#[derive(Clone, Debug, Serialize)]
pub struct ConditionsView {
    pub hours: String,
    pub pattern: String,
    pub place: Html,
    pub clothing: Html,
    pub environment: Html,
}

/// A program, device or tool that a job is done with.
#[derive(Clone, Debug, Serialize)]
pub struct TechnologyView {
    pub name: String,
    pub category: String,
    /// Many employers ask for it, in whatever job.
    pub hot: bool,
    /// Many employers ask for it in this job.
    pub in_demand: bool,
}

/// `technologies` on every page of a role.
#[derive(Clone, Debug, Serialize)]
pub struct TechnologiesView {
    /// What employers ask for most; where nothing is marked, the first of the record.
    pub first: Vec<TechnologyView>,
    /// All others by category, in the order of the record.
    pub others: Vec<TechnologyGroup>,
    /// How many the others are.
    pub others_count: usize,
}

/// Technologies of one category.
#[derive(Clone, Debug, Serialize)]
pub struct TechnologyGroup {
    /// Empty for technologies without a category.
    pub category: String,
    pub items: Vec<TechnologyView>,
}

/// How much preparation a job takes; what is not said is empty.
#[derive(Clone, Debug, Serialize)]
pub struct PreparationView {
    /// The number of the job zone, or null.
    pub zone: Option<u32>,
    pub name: String,
    /// Zone and name as one text: "Job zone 4 · Considerable preparation".
    pub text: String,
    pub education: Html,
    pub experience: Html,
    pub training: Html,
}

/// What people who like a job are interested in.
#[derive(Clone, Debug, Serialize)]
pub struct InterestView {
    pub name: String,
    pub rating: Option<RatingView>,
}

/// A tip about job titles.
#[derive(Clone, Debug, Serialize)]
pub struct TipView {
    pub id: String,
    pub name: String,
    pub text: Html,
}

/// A question with its answer.
#[derive(Clone, Debug, Serialize)]
pub struct FaqView {
    pub id: String,
    pub question: String,
    pub answer: Html,
    pub generated: bool,
    /// Figures that a generated answer states.
    pub claims: Vec<ClaimView>,
}

/// A quote of somebody in the role.
#[derive(Clone, Debug, Serialize)]
pub struct TestimonialView {
    pub quote: String,
    pub name: String,
    pub job_title: String,
}

/// A statistic about a role.
#[derive(Clone, Debug, Serialize)]
pub struct StatisticView {
    pub id: String,
    pub label: String,
    pub min: Decimal,
    pub max: Option<Decimal>,
    pub unit: String,
    pub approximate: bool,
    pub note: String,
    pub area: Option<AreaView>,
    /// "about 2,900", "12%".
    pub text: String,
    pub claim: ClaimView,
}

/// The projection of employment in an occupation.
#[derive(Clone, Debug, Serialize)]
pub struct OutlookView {
    pub base_year: i16,
    pub target_year: i16,
    pub change_percent: Decimal,
    /// "+15.8%".
    pub change_text: String,
    pub jobs_base: Option<Decimal>,
    pub jobs_base_text: Option<String>,
    pub jobs_target: Option<Decimal>,
    pub jobs_target_text: Option<String>,
    pub openings_per_year: Option<Decimal>,
    pub openings_text: Option<String>,
    /// Positions from 0 to 1 of `jobs_base` and `jobs_target` on an axis from zero; null where one
    /// of them is unknown.
    pub x_base: Option<f64>,
    pub x_target: Option<f64>,
    /// The round values of that axis.
    pub ticks: Vec<TickView>,
    pub area: Option<AreaView>,
    pub claim: ClaimView,
}

/// An open job.
#[derive(Clone, Debug, Serialize)]
pub struct PositionView {
    pub id: String,
    pub title: String,
    /// Its own page, or where to apply; null without either.
    pub url: Option<String>,
    /// True if `url` is a page of this site.
    pub internal: bool,
    pub apply_url: Option<String>,
    /// Null for a job of no role.
    pub role: Option<Crumb>,
    pub employer: String,
    pub employer_url: Option<String>,
    /// Names of places, each with its country if the job is in several.
    pub locations: Vec<String>,
    /// The name of the country, or null where each place says its own.
    pub country: Option<String>,
    pub workplace: Option<Named>,
    pub employment_type: Option<Named>,
    pub level: Option<Crumb>,
    pub salary: Option<PayView>,
    pub worded_pay: Option<WordedPayView>,
    pub posted: String,
    pub posted_text: String,
    pub expires: Option<String>,
    pub expires_text: Option<String>,
    pub summary: String,
    pub description: Html,
}

/// A skill of a role, as firmly as some level wants it at most, with the first such level.
#[derive(Clone, Debug, Serialize)]
pub struct RoleSkillView {
    pub id: String,
    pub name: String,
    pub url: Option<String>,
    pub group: String,
    pub importance: &'static str,
    /// "one of Python or Java" where it is one of several that would do; else empty.
    pub one_of: String,
    /// Null if the role wants it at whatever level.
    pub from: Option<Crumb>,
    /// Its importance, where that is a number, or null.
    pub rating: Option<RatingView>,
}

/// A requirement of a role: one skill, or several of which any will do, with the first level that
/// wants it most firmly.
#[derive(Clone, Debug, Serialize)]
pub struct RoleNeedView {
    #[serde(flatten)]
    pub need: NeedView,
    /// Null if the role wants it at whatever level.
    pub from: Option<Crumb>,
    /// Its importance, where that is a number, or null.
    pub rating: Option<RatingView>,
}

/// A number on a scale.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RatingView {
    pub value: Decimal,
    pub min: Decimal,
    pub max: Decimal,
    /// Where it stands between them, from 0 to 1.
    pub x: f64,
    /// "4.12 of 5".
    pub text: String,
}

/// A skill on the index of skills and on its own page.
#[derive(Clone, Debug, Serialize)]
pub struct SkillView {
    pub id: String,
    pub name: String,
    pub url: Option<String>,
    pub group: String,
    pub kind: Option<Named>,
    pub description: Html,
    pub external_url: Option<String>,
    /// The concept of a classification, such as that of ESCO, or null.
    pub concept: Option<String>,
    /// How many roles ask for it.
    pub count: usize,
    /// How many roles want it in some way, and the same in words: "2 roles ask for it", "it helps
    /// in 1 role".
    pub total: usize,
    pub counts: Vec<String>,
    /// The roles and levels that name it; empty on the index.
    pub roles: Vec<SkillRole>,
}

/// A role that wants a skill.
#[derive(Clone, Debug, Serialize)]
pub struct SkillRole {
    pub title: String,
    pub url: String,
    pub category: Crumb,
    /// The levels that want it; empty if the role wants it at whatever level.
    pub levels: Vec<SkillLevel>,
    /// `essential`, or `optional` where it only helps.
    pub importance: &'static str,
    /// Its importance for the role, where that is a number, or null.
    pub rating: Option<RatingView>,
}

/// A level that wants a skill.
#[derive(Clone, Debug, Serialize)]
pub struct SkillLevel {
    pub title: String,
    pub url: String,
    pub importance: &'static str,
    /// "one of Python or Java" where it is one of several that would do; else empty.
    pub one_of: String,
    pub proficiency: Option<Named>,
    pub new: bool,
    pub raised: bool,
}

/// Cards under a heading: roles by letter, by category; skills by group; articles by section.
#[derive(Clone, Debug, Serialize)]
pub struct Group<T> {
    pub id: String,
    pub title: String,
    /// Null when the group has no page of its own.
    pub url: Option<String>,
    pub summary: String,
    pub items: Vec<T>,
}

/// A category with its roles.
#[derive(Clone, Debug, Serialize)]
pub struct CategoryView {
    pub id: String,
    pub title: String,
    pub url: String,
    pub summary: String,
    pub description: Html,
    pub roles: Vec<Card>,
}

/// Where a page of an index stands among the others.
#[derive(Clone, Debug, Serialize)]
pub struct Paginator {
    pub current: usize,
    pub count: usize,
    pub previous: Option<String>,
    pub next: Option<String>,
    pub pages: Vec<Crumb>,
}

/// A group of a long list in the bar that leads to all of them: a letter, a group of skills.
#[derive(Clone, Debug, Serialize)]
pub struct BarEntry {
    pub title: String,
    /// Where the group begins: a place on this page, or on another part of the list.
    pub url: String,
    /// True if some of the group stands on this page.
    pub current: bool,
    /// Where each piece of a group that stands on several parts begins; else empty.
    pub parts: Vec<BarPart>,
}

/// A piece of a group of a long list.
#[derive(Clone, Debug, Serialize)]
pub struct BarPart {
    /// "Ca–Ch", or a number.
    pub title: String,
    pub url: String,
    pub current: bool,
}

/// What the form needs that filters and sorts a list of roles in parts.
#[derive(Clone, Debug, Serialize)]
pub struct RoleFilterView {
    /// How many roles the list has.
    pub count: usize,
    /// Levels of education that lead to some of them.
    pub education: Vec<Named>,
    /// True if some have a projected change in jobs.
    pub grows: bool,
    /// The currency and the period of the pay that is sorted: "USD", "a year". Null where pay does
    /// not compare.
    pub currency: Option<String>,
    pub period_text: Option<String>,
    /// Files with all roles in an order (`title`, `pay`, `growth`), first to last.
    pub files: Vec<RoleFilesView>,
}

/// The files of a list of roles in one order.
#[derive(Clone, Debug, Serialize)]
pub struct RoleFilesView {
    pub order: &'static str,
    pub urls: Vec<String>,
}

/// A framework of an employer.
#[derive(Clone, Debug, Serialize)]
pub struct FrameworkView {
    pub id: String,
    pub name: String,
    pub url: String,
    pub matrix_url: Option<String>,
    pub summary: String,
    pub description: Html,
    pub employer: String,
    /// Roles that use it, each with its titles by level: a text or null per level in the order of
    /// `levels`.
    pub levels: Vec<Named>,
    pub roles: Vec<FrameworkRole>,
    /// Ids of levels that no role uses: the page of the framework shows them in full.
    pub levels_in_full: Vec<String>,
    pub extra: Json,
}

/// A role with its titles at the levels of a framework.
#[derive(Clone, Debug, Serialize)]
pub struct FrameworkRole {
    pub title: String,
    pub url: String,
    pub titles: Vec<Option<Crumb>>,
}

/// Two levels of a ladder, the lower one first, or two roles, side by side.
#[derive(Clone, Debug, Serialize)]
pub struct ComparisonView {
    /// `levels` or `roles`.
    pub of: &'static str,
    /// The page of the ladder or framework that both levels stand on; null for roles.
    pub parent: Option<Crumb>,
    pub a: ComparedView,
    pub b: ComparedView,
    /// What is known of at least one of the two.
    pub rows: Vec<ComparisonRow>,
    pub skills: SkillChanges,
    /// What the second level expects and the first does not; empty for roles.
    pub criteria: Vec<CompetencyGain>,
    /// What the first level expects and the second does not, where they are of two tracks.
    pub criteria_dropped: Vec<CompetencyGain>,
    /// Other comparisons with one of the two.
    pub others: Vec<Crumb>,
}

/// A level or a role in a comparison.
#[derive(Clone, Debug, Serialize)]
pub struct ComparedView {
    pub id: String,
    pub title: String,
    /// Its place on the ladder, or the role.
    pub url: String,
    pub summary: String,
    /// Its pay, on an axis that both share.
    pub salary: Option<PayView>,
    /// Duties that the other one does not have.
    pub duties: Vec<Html>,
}

/// One fact about a level or a role, ready to stand in a table.
#[derive(Clone, Debug, Serialize)]
pub struct FactView {
    /// `pay`, `experience`, `stage`, `track`, `scope`, `reach`; of a role `pay`, `experience`,
    /// `levels`, `education`, `outlook`, `openings`, `category`, `workplace`.
    pub id: &'static str,
    pub label: String,
    pub text: String,
    /// What the figure is and where it holds, or empty: "Median pay, United States".
    pub note: String,
    /// Where a figure comes from; null for what is no figure.
    pub claim: Option<ClaimView>,
}

/// A fact of both; null where it is not known.
#[derive(Clone, Debug, Serialize)]
pub struct ComparisonRow {
    pub id: &'static str,
    pub label: String,
    pub a: Option<FactView>,
    pub b: Option<FactView>,
}

/// Skills of two levels or roles. `raised` and `lowered` are empty for roles.
#[derive(Clone, Debug, Serialize)]
pub struct SkillChanges {
    /// The second one names them, the first does not.
    pub gained: Vec<ComparedSkill>,
    /// Both name them, the second one to a higher standard.
    pub raised: Vec<ComparedSkill>,
    /// Both name them, the second one to a lower standard: levels of two tracks.
    pub lowered: Vec<ComparedSkill>,
    /// The first one names them, the second does not.
    pub dropped: Vec<ComparedSkill>,
    pub shared: Vec<ComparedSkill>,
}

/// A skill in a comparison.
#[derive(Clone, Debug, Serialize)]
pub struct ComparedSkill {
    pub id: String,
    /// "Git", or "Python, Java or Go".
    pub name: String,
    pub url: Option<String>,
    pub importance: &'static str,
    /// How well the first and the second level want it known: "working"; empty where they do not
    /// say it.
    pub before: String,
    pub after: String,
    /// In what the two roles differ, or of which several it is one; empty for levels, and where
    /// there is nothing to say.
    pub note: String,
}

/// Criteria of a competency that a level has on top of another.
#[derive(Clone, Debug, Serialize)]
pub struct CompetencyGain {
    pub id: String,
    pub name: String,
    pub group: String,
    pub criteria: Vec<CriterionView>,
}

/// A role that can be compared by the script.
#[derive(Clone, Debug, Serialize)]
pub struct ComparableRole {
    pub id: String,
    pub title: String,
    /// Its JSON.
    pub json_url: String,
}

/// A part of the list of roles that the script can compare: a small file, which is loaded when
/// somebody chooses. A short list has one.
#[derive(Clone, Debug, Serialize)]
pub struct RoleListView {
    /// Its JSON: titles, with the addresses of what the script needs of each role.
    pub url: String,
    /// The title of its first role.
    pub first: String,
    /// The title of its last role.
    pub last: String,
    /// The id of its first role.
    pub first_id: String,
}

/// A source on the page of sources.
#[derive(Clone, Debug, Serialize)]
pub struct SourceView {
    pub id: String,
    pub title: String,
    pub kind: Option<Named>,
    pub publisher: String,
    pub url: Option<String>,
    pub licence: String,
    pub licence_url: Option<String>,
    pub as_of_text: Option<String>,
    pub attribution: String,
    pub note: Html,
    /// How many figures of the site name it, how many texts, and the roles that do.
    pub figures: usize,
    pub texts: usize,
    pub roles: Vec<Crumb>,
    /// The same by what it is used for.
    pub uses: Vec<SourceUseView>,
    /// True if the roles of the whole page are few enough to be named; else their categories are.
    pub names_roles: bool,
}

/// What a source is used for.
#[derive(Clone, Debug, Serialize)]
pub struct SourceUseView {
    /// `pay`, `outlook`, `statistics` or `texts`.
    pub id: &'static str,
    pub name: String,
    /// How many figures or texts there are.
    pub count: usize,
    /// How many roles have them.
    pub role_count: usize,
    /// These roles by category.
    pub categories: Vec<Group<Crumb>>,
}

/// Questions of one role on the FAQ of the whole site.
pub type FaqGroup = Group<FaqView>;

impl Html {
    /// Returns ready HTML, or nothing if it is empty.
    pub fn ready(html: String) -> Self {
        if html.is_empty() {
            Self::Empty
        } else {
            Self::Ready(html)
        }
    }

    /// Returns true if there is nothing to print.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    /// Returns the HTML.
    pub fn to_html(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => "".into(),
            Self::Ready(html) => html.into(),
            Self::Record(text) => text.to_html().into(),
            Self::Cited(cited) => format!("{}{}", cited.text.to_html(), cited.source).into(),
            Self::Parts(parts) => parts
                .iter()
                .map(Self::to_html)
                .collect::<Vec<_>>()
                .concat()
                .into(),
        }
    }

    /// Returns the HTML for programs that show it elsewhere: with absolute URLs, and without ids.
    pub fn to_data(&self, origin: &str) -> Cow<'_, str> {
        match self {
            Self::Empty | Self::Ready(_) => self.to_html(),
            Self::Record(text) => text.to_data(origin).into(),
            Self::Cited(cited) => cited.text.to_data(origin).into(),
            Self::Parts(parts) => parts
                .iter()
                .map(|part| part.to_data(origin))
                .collect::<Vec<_>>()
                .concat()
                .into(),
        }
    }
}

/// For templates and JSON the HTML; for a digest what it is made of, so that an unchanged page
/// costs no Markdown.
impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return match self {
                Self::Empty => serializer.serialize_unit(),
                Self::Ready(html) => serializer.serialize_str(html),
                Self::Record(text) => text.serialize(serializer),
                Self::Cited(cited) => cited.serialize(serializer),
                Self::Parts(parts) => parts.serialize(serializer),
            };
        }
        tera::Value::safe_string(&self.to_html()).serialize(serializer)
    }
}
