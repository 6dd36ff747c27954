//! A requirement of a level as it is written: the id of a skill, or a table.

use serde_json::json;

use crate::data::{At, Decode, Decoder, Id, Node, Schema, Value, choice, record};
use crate::diag::Code;

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
            return Some(Self {
                skills: vec![skill],
                importance: Some(Importance::Essential),
                proficiency: None,
            });
        }
        let Value::Table(_) = node.value else {
            return d.wrong_type(
                node,
                "a skill's id or { skill = \"id\", … }",
                &node.value,
                None,
            );
        };
        let RequirementTable {
            skill,
            any_of,
            importance,
            proficiency,
        } = RequirementTable::decode(node, d)?;
        let skills = match (skill, any_of) {
            (Some(skill), any_of) if any_of.is_empty() => vec![skill],
            (None, any_of) if !any_of.is_empty() => any_of,
            _ => {
                d.fault(
                    Code::BadValue,
                    &node.span,
                    "a requirement names either `skill` or `any_of`",
                );
                return None;
            }
        };
        Some(Self {
            skills,
            importance,
            proficiency,
        })
    }
    fn encode(&self) -> Option<Value> {
        let Self {
            skills,
            importance,
            proficiency,
        } = self;
        if let ([skill], Some(Importance::Essential), None) =
            (skills.as_slice(), importance, proficiency)
        {
            return skill.encode();
        }
        let (skill, any_of) = match skills.as_slice() {
            [skill] => (Some(skill.clone()), vec![]),
            several => (None, several.to_vec()),
        };
        let row = RequirementTable {
            skill,
            any_of,
            importance: *importance,
            proficiency: proficiency.clone(),
        };
        row.encode()
    }
    fn meant(value: &Value) -> Option<String> {
        Id::meant(value)
    }
    fn schema(schema: &mut Schema) -> serde_json::Value {
        json!({ "anyOf": [Id::schema(schema), RequirementTable::schema(schema)] })
    }
}
