//! The shell steps that a file of a recipe holds, and what a host knows when it runs them.

use std::collections::BTreeMap;

use rungs::data::{Table, Value, parse_toml, parse_yaml};
use rungs::diag::Diagnostics;
use rungs::path::SourcePath;

/// One shell step of a recipe.
#[derive(Debug)]
pub struct Step {
    pub script: String,
    /// Its variables as they are written, with the expressions of the host.
    pub env: Vec<(String, String)>,
}

/// What a host knows when it runs a step: variables by name, and values of its expressions.
#[derive(Clone, Default)]
pub struct Known(BTreeMap<String, String>);

impl Step {
    /// A step whose variables the host sets under their own names.
    pub fn with_variables(script: &str, names: &[&str]) -> Self {
        let env = names.iter();
        Self {
            script: script.to_owned(),
            env: env
                .map(|name| ((*name).to_owned(), format!("${{{{ {name} }}}}")))
                .collect(),
        }
    }
}

impl Known {
    pub fn of(values: &[(&str, &str)]) -> Self {
        let values = values.iter();
        Self(
            values
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        )
    }

    /// The same, with another value or without one.
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut known = self.clone();
        known.0.insert(name.to_owned(), value.to_owned());
        known
    }

    /// Fills the expressions `${{ … }}` of a text in. An expression that nobody explained fails.
    pub fn fill(&self, text: &str) -> String {
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${{ ") {
            let (expression, after) = after.split_once(" }}").unwrap();
            let value = self.0.get(expression);
            filled += before;
            filled += value.unwrap_or_else(|| panic!("nothing is known of {expression}"));
            rest = after;
        }
        filled + rest
    }
}

/// Reads a YAML file of a recipe.
pub fn yaml(text: &str) -> Table {
    let mut diagnostics = Diagnostics::default();
    let table = parse_yaml(
        &SourcePath::new("recipe.yml").unwrap(),
        text,
        0,
        &mut diagnostics,
    );
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    table.unwrap()
}

/// Reads a TOML file of a recipe.
pub fn toml(text: &str) -> Table {
    let mut diagnostics = Diagnostics::default();
    let table = parse_toml(
        &SourcePath::new("recipe.toml").unwrap(),
        text,
        0,
        &mut diagnostics,
    );
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    table.unwrap()
}

/// The table below a path of keys.
pub fn table<'t>(mut from: &'t Table, path: &[&str]) -> &'t Table {
    for key in path {
        from = match &from.get(key).unwrap_or_else(|| panic!("no {key}")).value {
            Value::Table(table) => table,
            other => panic!("{key} is {}", other.kind()),
        };
    }
    from
}

/// The tables of a list.
pub fn rows<'t>(from: &'t Table, key: &str) -> Vec<&'t Table> {
    let Value::Array(rows) = &from.get(key).unwrap().value else {
        panic!("{key} is no list");
    };
    let rows = rows.iter().map(|row| match &row.value {
        Value::Table(table) => table,
        other => panic!("a row of {key} is {}", other.kind()),
    });
    rows.collect()
}

/// The texts of a list.
pub fn texts<'t>(from: &'t Table, key: &str) -> Vec<&'t str> {
    let Value::Array(rows) = &from.get(key).unwrap().value else {
        panic!("{key} is no list");
    };
    let rows = rows.iter().map(|row| match &row.value {
        Value::String(text) => text.as_str(),
        other => panic!("a row of {key} is {}", other.kind()),
    });
    rows.collect()
}

/// The text of a key, if it is there.
pub fn text<'t>(from: &'t Table, key: &str) -> Option<&'t str> {
    match &from.get(key)?.value {
        Value::String(text) => Some(text),
        other => panic!("{key} is {}", other.kind()),
    }
}

/// The shell steps of a job of a workflow, in their order.
pub fn workflow_steps(workflow: &Table, job: &str) -> Vec<Step> {
    let steps = rows(table(workflow, &["jobs", job]), "steps");
    let steps = steps.into_iter().filter_map(|step| {
        let env = step.get("env").map(|_| table(step, &["env"]));
        let env = env.map_or(&[][..], |env| &env.0);
        Some(Step {
            script: text(step, "run")?.to_owned(),
            env: env
                .iter()
                .map(|(key, _)| key.name.as_str())
                .map(|name| {
                    (
                        name.to_owned(),
                        text(table(step, &["env"]), name).unwrap().to_owned(),
                    )
                })
                .collect(),
        })
    });
    steps.collect()
}
