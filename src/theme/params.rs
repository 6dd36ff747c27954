//! Parameters of a theme held against what a site says: the defaults of the themes and `[params]` of site.toml come in, a
//! message goes out for each value that is of another type than its default. What no theme declares is the site's own affair.

use serde_json::{Map, Value};

use crate::data::{Table, parse_toml};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::inputs::Inputs;
use crate::path::SourcePath;
use crate::source::Span;

/// Checks the types of a site's parameters.
pub fn check_params(defaults: &Map<String, Value>, own: &Map<String, Value>, (inputs, site): (&Inputs, &SourcePath), faults: &mut Diagnostics) {
    let mut wrong = vec![];
    compare(defaults, own, &mut vec!["params".to_owned()], &mut wrong);
    if wrong.is_empty() {
        return;
    }
    // Values have lost their places; only a mistake asks for them.
    let table = inputs.source(site).ok().and_then(|source| parse_toml(site, &source.text, 0, &mut Diagnostics::default()));
    for Wrong { path, default, found } in wrong {
        let place = table.as_ref().and_then(|table| place(table, &path)).unwrap_or(0..0);
        let name = path[1..].join(".");
        let fault = Diagnostic::error(Code::WrongType, format!("the parameter `{name}` must be {}, not {}", kind(&default), kind(&found)));
        faults.push(fault.at(site, place).help(format!("the theme's default is {default}")));
    }
}

/// A parameter of the wrong type.
struct Wrong {
    path: Vec<String>,
    default: Value,
    found: Value,
}

fn compare(defaults: &Map<String, Value>, own: &Map<String, Value>, path: &mut Vec<String>, wrong: &mut Vec<Wrong>) {
    for (key, found) in own {
        let Some(default) = defaults.get(key) else { continue };
        path.push(key.clone());
        match (default, found) {
            (Value::Object(defaults), Value::Object(own)) => compare(defaults, own, path, wrong),
            (default, found) if kind(default) == kind(found) => {}
            (default, found) => wrong.push(Wrong { path: path.clone(), default: default.clone(), found: found.clone() }),
        }
        path.pop();
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a table",
    }
}

fn place(table: &Table, path: &[String]) -> Option<Span> {
    let (first, rest) = path.split_first()?;
    let node = table.get(first)?;
    match (&node.value, rest) {
        (crate::data::Value::Table(inner), [_, ..]) => place(inner, rest),
        _ => Some(node.span.clone()),
    }
}
