//! What surveys of occupations say of a job, as it is written: skills without levels, technologies,
//! preparation and interests.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Importance, PlainRow};
use crate::data::{At, Decimal, Decode, Decoder, Id, Md, Node, Schema, Text, Value, record};

record! {
    /// A skill that the job asks for at whatever level.
    pub struct RequiresRow {
        /// An id of skills.toml.
        pub skill: At<Id>,
        /// How much it matters: a word, or a number with its scale. Default: `essential`.
        pub importance: Option<RatedImportance>,
    }
}

/// How much a skill matters.
#[derive(Clone, Debug)]
pub enum RatedImportance {
    Word(Importance),
    Number(At<RatingRow>),
}

record! {
    /// A number with the scale that it is measured on.
    pub struct RatingRow {
        pub value: At<Decimal>,
        /// The highest number of the scale.
        pub max: At<Decimal>,
        /// The lowest number of the scale. Default: 0.
        pub min: Option<At<Decimal>>,
    }
}

impl Decode for RatedImportance {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        match node.value {
            Value::String(_) => Importance::decode(node, d).map(Self::Word),
            Value::Table(_) => At::decode(node, d).map(Self::Number),
            _ => d.wrong_type(
                node,
                "\"essential\", \"optional\" or { value = …, max = … }",
                &node.value,
                None,
            ),
        }
    }
    fn encode(&self) -> Option<Value> {
        match self {
            Self::Word(word) => word.encode(),
            Self::Number(rating) => rating.encode(),
        }
    }
    fn schema(schema: &mut Schema) -> serde_json::Value {
        json!({ "anyOf": [Importance::schema(schema), RatingRow::schema(schema)] })
    }
}

record! {
    /// A program, device or tool that the job is done with.
    #[derive(Serialize, Deserialize)]
    pub struct TechnologyRow {
        pub name: Text,
        /// What sort of thing it is: "Spreadsheet software".
        pub category: Option<Text>,
        /// Many employers ask for it, in whatever job.
        pub hot: bool,
        /// Many employers ask for it in this job.
        pub in_demand: bool,
    }
}

record! {
    /// How much preparation the job takes.
    #[derive(Default, Serialize, Deserialize)]
    pub struct PreparationRow {
        /// The number of the job zone, from 1 for the least preparation.
        pub zone: Option<u32>,
        /// What the zone is called.
        pub name: Option<Text>,
        /// In Markdown.
        pub education: Option<Md>,
        /// Experience in related jobs, in Markdown.
        pub experience: Option<Md>,
        /// Training on the job, in Markdown.
        pub training: Option<Md>,
    }
}

record! {
    /// What people who like the job are interested in.
    pub struct InterestRow {
        pub name: Text,
        /// How well it fits, on a scale that ends at `max`.
        pub value: Option<At<Decimal>>,
        /// The highest number of the scale.
        pub max: Option<At<Decimal>>,
        /// The lowest number of the scale. Default: 0.
        pub min: Option<At<Decimal>>,
    }
}

impl PreparationRow {
    /// Returns true if nothing is said.
    pub fn is_empty(&self) -> bool {
        let Self {
            zone,
            name,
            education,
            experience,
            training,
        } = self;
        zone.is_none()
            && name.is_none()
            && education.is_none()
            && experience.is_none()
            && training.is_none()
    }

    /// Returns its texts in Markdown.
    pub fn texts(&self) -> impl Iterator<Item = &Md> {
        [&self.education, &self.experience, &self.training]
            .into_iter()
            .flatten()
    }
}

impl PlainRow for TechnologyRow {
    fn texts(&self) -> Vec<&Md> {
        vec![]
    }
}
