//! Open jobs as they are written: `positions.toml`.

use jiff::civil::Date;

use super::{SalaryRow, Workplace};
use crate::data::{At, Id, Link, Md, Text, choice, record};

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
        /// ISO 3166 country where the job is, or where applicants for a remote one may live.
        /// Without it search engines are not told of the job.
        pub country: Option<At<Text>>,
        pub workplace: Option<Workplace>,
        pub employment_type: Option<EmploymentType>,
        /// A level of the role.
        pub level: Option<At<Id>>,
        pub salary: Option<At<SalaryRow>>,
        /// The first day on which the job is shown.
        pub posted: At<Date>,
        /// The last day on which it is shown. Default: 60 days after `posted`, or as `[positions]`
        /// of site.toml says.
        pub expires: Option<At<Date>>,
        /// Where to apply.
        pub url: Option<Link>,
        /// One sentence.
        pub summary: Option<Text>,
        /// In Markdown. With it, the job has a page of its own.
        pub description: Option<Md>,
    }
}
