//! The lists that records refer to: skills, sources, categories, areas and authors, as their files
//! declare them.

use serde::{Deserialize, Serialize};

use crate::data::{AsOf, At, Id, Link, Md, Text, choice, record};

record! {
    /// `content/skills.toml`: what levels ask for.
    #[derive(Default)]
    pub struct SkillsFile {
        /// The one scale of proficiency, lowest first.
        pub proficiencies: Vec<ProficiencyRow>,
        pub skills: Vec<At<SkillRow>>,
    }
}

record! {
    /// A step of the proficiency scale.
    pub struct ProficiencyRow {
        pub id: At<Id>,
        pub name: Text,
        pub description: Option<Text>,
    }
}

choice! {
    /// What a skill is (ESCO "skill type", and tools).
    pub enum SkillKind {
        Skill = "skill", Knowledge = "knowledge", Tool = "tool", Attitude = "attitude",
    }
}

record! {
    /// A skill.
    #[derive(Serialize, Deserialize)]
    pub struct SkillRow {
        /// Default: the slug of the name.
        pub id: Option<At<Id>>,
        pub name: At<Text>,
        /// Skills of one group stand together: "Databases".
        pub group: Option<Text>,
        pub kind: Option<SkillKind>,
        /// What it is, in Markdown.
        pub description: Option<Md>,
        /// Where to learn more.
        pub url: Option<Link>,
        /// A concept URI, such as ESCO's.
        pub concept: Option<Link>,
    }
}

record! {
    /// `content/sources.toml`: where figures come from.
    #[derive(Default)]
    pub struct SourcesFile {
        pub sources: Vec<At<SourceRow>>,
    }
}

choice! {
    /// What a source is.
    pub enum SourceKind {
        Statistics = "statistics", Survey = "survey", Vacancies = "vacancies", Report = "report",
        /// The publication's own judgement: needs no URL and never goes stale.
        Own = "own",
    }
}

record! {
    /// A source of figures.
    #[derive(Serialize, Deserialize)]
    pub struct SourceRow {
        /// Default: the slug of the title.
        pub id: Option<At<Id>>,
        pub title: At<Text>,
        pub kind: Option<SourceKind>,
        pub publisher: Option<Text>,
        pub url: Option<Link>,
        /// Name of the licence: "CC BY 4.0".
        pub licence: Option<Text>,
        pub licence_url: Option<Link>,
        /// When its figures were true, for figures that do not say it themselves.
        pub as_of: Option<AsOf>,
        /// The text that the licence asks for.
        pub attribution: Option<Text>,
        /// How its figures were made and what to mind, in Markdown.
        pub note: Option<Md>,
    }
}

record! {
    /// `content/categories.toml`: the categories of roles, in the order that they are shown.
    #[derive(Default)]
    pub struct CategoriesFile {
        pub categories: Vec<At<CategoryRow>>,
    }
}

record! {
    /// A category of roles.
    pub struct CategoryRow {
        /// Default: the slug of the title.
        pub id: Option<At<Id>>,
        pub title: At<Text>,
        /// One sentence.
        pub summary: Option<Text>,
        /// In Markdown.
        pub description: Option<Md>,
    }
}

record! {
    /// `content/areas.toml`: places that figures are about. ISO 3166 country codes need no row.
    #[derive(Default)]
    pub struct AreasFile {
        pub areas: Vec<At<AreaRow>>,
    }
}

choice! {
    /// What an area is.
    pub enum AreaKind {
        Country = "country", State = "state", Metro = "metro", City = "city", Other = "other",
    }
}

record! {
    /// A place that figures are about.
    pub struct AreaRow {
        pub id: At<Id>,
        pub name: At<Text>,
        pub kind: Option<AreaKind>,
        /// The area that holds this one: an id, or an ISO 3166 country code.
        pub parent: Option<At<Id>>,
        /// ISO 3166 code: `"US-CA"`.
        pub code: Option<At<Text>>,
    }
}

record! {
    /// `content/authors.toml`.
    #[derive(Default)]
    pub struct AuthorsFile {
        pub authors: Vec<At<AuthorRow>>,
    }
}

record! {
    /// An author of articles.
    pub struct AuthorRow {
        /// Default: the slug of the name.
        pub id: Option<At<Id>>,
        pub name: At<Text>,
        pub job_title: Option<Text>,
        /// A page about the author elsewhere.
        pub url: Option<Link>,
        /// A page about the author on this site: a source file, with `#id` for a place on it. `url`
        /// wins.
        pub to: Option<At<Text>>,
        /// In Markdown.
        pub bio: Option<Md>,
    }
}

/// A row of a list, which its id may name, or the slug of its name.
pub trait ListRow: Clone {
    /// Returns the id that the row itself gives.
    fn id(&self) -> Option<&At<Id>>;

    /// Returns the name, of which an id is made for a row that gives none.
    fn name(&self) -> &At<Text>;
}

impl ListRow for SkillRow {
    fn id(&self) -> Option<&At<Id>> {
        self.id.as_ref()
    }
    fn name(&self) -> &At<Text> {
        &self.name
    }
}

impl ListRow for SourceRow {
    fn id(&self) -> Option<&At<Id>> {
        self.id.as_ref()
    }
    fn name(&self) -> &At<Text> {
        &self.title
    }
}

impl ListRow for CategoryRow {
    fn id(&self) -> Option<&At<Id>> {
        self.id.as_ref()
    }
    fn name(&self) -> &At<Text> {
        &self.title
    }
}

impl ListRow for AreaRow {
    fn id(&self) -> Option<&At<Id>> {
        Some(&self.id)
    }
    fn name(&self) -> &At<Text> {
        &self.name
    }
}

impl ListRow for AuthorRow {
    fn id(&self) -> Option<&At<Id>> {
        self.id.as_ref()
    }
    fn name(&self) -> &At<Text> {
        &self.name
    }
}
