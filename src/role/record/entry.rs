//! The way into a job and its conditions as they are written: what is asked for before somebody may do
//! it, how people come to it, and how the work is.

use serde::{Deserialize, Serialize};

use super::PlainRow;
use crate::data::{Link, Md, Text, choice, record};

choice! {
    /// What has to be had before the job may be done.
    pub enum RequirementKind {
        /// A licence to practise.
        Licence = "licence",
        /// An entry in a register.
        Registration = "registration",
        /// A check of the person: of criminal records, of health.
        Check = "check",
        /// Something that must be renewed.
        Renewal = "renewal",
    }
}

record! {
    /// What the law, a register or employers ask for before somebody may do the job.
    #[derive(Serialize, Deserialize)]
    pub struct RequirementRow {
        pub name: Text,
        pub kind: Option<RequirementKind>,
        /// Nobody may do the job without it.
        pub compulsory: bool,
        /// In Markdown.
        pub description: Option<Md>,
        /// Where it is had.
        pub url: Option<Link>,
    }
}

choice! {
    /// Where a way into a job leads through.
    pub enum RouteKind {
        University = "university", College = "college", Apprenticeship = "apprenticeship",
        /// Beginning in another job.
        Work = "work",
        Other = "other",
    }
}

record! {
    /// A way into the job.
    #[derive(Serialize, Deserialize)]
    pub struct RouteRow {
        /// Default: what its kind is called.
        pub name: Option<Text>,
        pub kind: RouteKind = RouteKind::Other,
        /// How long it takes, in words.
        pub duration: Option<Text>,
        /// In Markdown.
        pub description: Option<Md>,
        /// What it takes to be admitted, in Markdown.
        pub requirements: Vec<Md>,
        /// Where to read more.
        pub links: Vec<LinkRow>,
    }
}

record! {
    /// A link with its words.
    #[derive(Serialize, Deserialize)]
    pub struct LinkRow {
        pub title: Text,
        pub url: Link,
    }
}

record! {
    /// How the work is.
    #[derive(Default, Serialize, Deserialize)]
    pub struct ConditionsRow {
        /// Hours a week, in words.
        pub hours: Option<Text>,
        /// When they are: shifts, evenings, away from home.
        pub pattern: Option<Text>,
        /// Where the work is done, in Markdown.
        pub place: Option<Md>,
        /// What is worn, in Markdown.
        pub clothing: Option<Md>,
        /// What the surroundings are like, in Markdown.
        pub environment: Option<Md>,
    }
}

impl ConditionsRow {
    /// Returns true if nothing is said.
    pub fn is_empty(&self) -> bool {
        let Self {
            hours,
            pattern,
            place,
            clothing,
            environment,
        } = self;
        hours.is_none()
            && pattern.is_none()
            && place.is_none()
            && clothing.is_none()
            && environment.is_none()
    }

    /// Returns its texts in Markdown.
    pub fn texts(&self) -> impl Iterator<Item = &Md> {
        [&self.place, &self.clothing, &self.environment]
            .into_iter()
            .flatten()
    }
}

impl PlainRow for RequirementRow {
    fn texts(&self) -> Vec<&Md> {
        self.description.iter().collect()
    }
}

impl PlainRow for RouteRow {
    fn texts(&self) -> Vec<&Md> {
        self.description.iter().collect()
    }
}
