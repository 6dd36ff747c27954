//! The lists of a role as they are written: titles, related jobs, education, advice, questions.

use serde::{Deserialize, Serialize};

use super::{SalaryRow, Stage};
use crate::data::{At, Decimal, Id, Link, Md, Text, choice, record};

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
        /// How near it is: 1 for the nearest.
        pub rank: Option<u32>,
        /// Which of several groups of related jobs it is in.
        pub tier: Option<Text>,
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
    #[derive(Serialize, Deserialize)]
    pub struct EducationRow {
        pub name: Text,
        pub level: Option<EducationLevel>,
        /// How many of a hundred people in the job have it, or are asked for it.
        pub share: Option<At<Decimal>>,
        /// In Markdown.
        pub description: Option<Md>,
    }
}

record! {
    /// A certificate that helps.
    #[derive(Serialize, Deserialize)]
    pub struct CertificationRow {
        pub name: Text,
        pub issuer: Option<Text>,
        pub url: Option<Link>,
        pub summary: Option<Text>,
    }
}

record! {
    /// Advice on how to advance.
    #[derive(Serialize, Deserialize)]
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
