//! Levels and competencies as they are written, in `role.toml` and in `framework.toml`.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{PayRows, Requirement};
use crate::data::{
    At, Decimal, Decode, Decoder, Id, Map, Md, Node, Schema, Table, Text, Value, choice, record,
};

choice! {
    /// The stages of a career, in order.
    pub enum Stage {
        Entry = "entry", Mid = "mid", Senior = "senior", Lead = "lead", Director = "director", Vp = "vp", Executive = "executive",
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
        /// One row of pay, or a list of its parts.
        pub salary: PayRows,
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
        /// How to reach the next level, in Markdown: one text, or one for each next level by its
        /// id.
        pub advance: Option<Advance>,
        /// Levels that may follow. Default: the following level of the track.
        pub next: Option<Vec<At<Id>>>,
        /// The points that the level takes, where milestones of competencies give some.
        pub points: Option<At<Decimal>>,
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
    fn encode(&self) -> Option<Value> {
        match self {
            Self::All(text) => text.encode(),
            Self::Each(texts) => texts.encode(),
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
        /// Where a level stands on the scale of the competency, by the id of the level.
        pub positions: Map<At<Decimal>>,
        /// The highest number of that scale. Default: the highest position.
        pub max: Option<At<Decimal>>,
        /// The lowest number of that scale. Default: 0.
        pub min: Option<At<Decimal>>,
        /// Steps of the competency that are of no level.
        pub milestones: Vec<MilestoneRow>,
    }
}

record! {
    /// A step of a competency.
    #[derive(Serialize, Deserialize)]
    pub struct MilestoneRow {
        /// Default: its number.
        pub name: Option<Text>,
        /// What it gives to a level.
        pub points: Option<Decimal>,
        /// In Markdown.
        pub description: Option<Md>,
        /// What shows that somebody is there, in Markdown.
        pub signals: Vec<Md>,
        /// What somebody there did, in Markdown.
        pub examples: Vec<Md>,
    }
}

/// What someone at a level does, with examples or without.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Criterion {
    pub text: Md,
    pub examples: Vec<Md>,
}

record! {
    struct CriterionTable {
        pub text: Md,
        /// Where the text is from: an id of sources.toml.
        pub source: Option<At<Id>>,
        pub examples: Vec<Md>,
    }
}

impl Decode for Criterion {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        if let Value::Table(_) = node.value {
            let CriterionTable {
                text,
                source,
                examples,
            } = CriterionTable::decode(node, d)?;
            let text = Md {
                source: source.or(text.source),
                ..text
            };
            return Some(Self { text, examples });
        }
        Md::decode(node, d).map(|text| Self {
            text,
            examples: vec![],
        })
    }
    fn encode(&self) -> Option<Value> {
        if self.examples.is_empty() {
            return self.text.encode();
        }
        let Md { text, source, .. } = &self.text;
        let mut table = Table::default();
        table.put("text", text.as_str());
        if let Some(source) = source {
            table.put("source", source.as_str());
        }
        table.put("examples", self.examples.encode()?);
        Some(table.into())
    }
    fn schema(schema: &mut Schema) -> serde_json::Value {
        json!({ "anyOf": [Md::schema(schema), CriterionTable::schema(schema)] })
    }
}
