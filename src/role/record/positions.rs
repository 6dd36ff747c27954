//! Open jobs as they are written: `positions.toml`.

use jiff::civil::Date;

use serde_json::json;

use super::{SalaryRow, Workplace};
use crate::data::{At, Decode, Decoder, Id, Link, Md, Node, Schema, Text, Value, choice, record};
use crate::diag::Code;

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
        /// Places, each a name, or a name with a country: `{ name = "Paris", country = "FR" }`.
        pub locations: Vec<JobPlace>,
        /// ISO 3166 country of places that name none: where the job is, or where applicants for a remote one may live.
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

/// A place of a job: a name, a country, or both.
#[derive(Clone, Debug)]
pub struct JobPlace {
    pub name: Option<String>,
    pub country: Option<At<String>>,
}

record! {
    struct JobPlaceTable {
        pub name: Option<Text>,
        /// ISO 3166 country.
        pub country: Option<At<Text>>,
    }
}

impl Decode for JobPlace {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        if !matches!(node.value, Value::Table(_)) {
            let name = Text::decode(node, d)?;
            return Some(Self {
                name: Some(name),
                country: None,
            });
        }
        let before = d.lost();
        let JobPlaceTable { name, country } = JobPlaceTable::decode(node, d)?;
        // What is wrong inside was said already.
        d.whole(before)?;
        if name.is_none() && country.is_none() {
            let message = "a place has a `name`, a `country`, or both";
            d.fault(Code::BadValue, &node.span, message);
            return None;
        }
        Some(Self { name, country })
    }
    fn encode(&self) -> Option<Value> {
        let Self { name, country } = self;
        match (name, country) {
            (Some(name), None) => name.encode(),
            _ => JobPlaceTable {
                name: name.clone(),
                country: country.clone(),
            }
            .encode(),
        }
    }
    fn schema(schema: &mut Schema) -> serde_json::Value {
        json!({ "anyOf": [Text::schema(schema), JobPlaceTable::schema(schema)] })
    }
}
