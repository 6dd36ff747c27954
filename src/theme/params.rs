//! Parameters of a theme held against what a site says: the defaults of the themes and `[params]`
//! of site.toml come in, a message goes out for each value that is of another type than its
//! default. What no theme declares is the site's own affair, unless it looks like a slip of the
//! hand.

use serde_json::{Map, Value};

use super::Theme;
use crate::config::SiteFile;
use crate::data::{Decode, Md, Node, Table, parse_toml};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::inputs::Inputs;
use crate::path::SourcePath;
use crate::source::Span;
use crate::suggest;

/// Checks the names and types of a site's parameters.
pub fn check_params(
    defaults: &Map<String, Value>,
    own: &Map<String, Value>,
    (inputs, site): (&Inputs, &SourcePath),
    diagnostics: &mut Diagnostics,
) {
    let mut wrong = vec![];
    compare(defaults, own, &mut vec!["params".to_owned()], &mut wrong);
    if wrong.is_empty() {
        return;
    }
    // Values have lost their places; only a mistake asks for them.
    let table = inputs
        .source(site)
        .ok()
        .and_then(|source| parse_toml(site, &source.text, 0, &mut Diagnostics::default()));
    for Wrong { path, what } in wrong {
        let (key, value) = table
            .as_ref()
            .and_then(|table| place(table, &path))
            .unwrap_or_default();
        let name = path[1..].join(".");
        diagnostics.push(match what {
            Mistake::Type { default, found } => {
                let message = format!("the parameter `{name}` must be {}, not {}", kind(&default), kind(&found));
                Diagnostic::error(Code::WrongType, message).at(site, value).help(format!("the theme's default is {default}"))
            }
            Mistake::OfSite => {
                let message = format!("`{name}` stands in [params], where only templates see it");
                let help = format!("move `{name}` to the top of site.toml, above the first [header]; if it is the theme's, give it another name");
                Diagnostic::warning(Code::MisplacedKey, message).at(site, key).help(help)
            }
            Mistake::Name { nearest } => {
                let message = format!("the theme has no parameter `{name}`");
                Diagnostic::warning(Code::UnknownKey, message).at(site, key).help(format!("did you mean `{nearest}`?"))
            }
        });
    }
}

/// The parameters of a site that its templates read as Markdown, with their places.
pub fn texts_of_params(
    theme: &Theme,
    own: &Map<String, Value>,
    (inputs, site): (&Inputs, &SourcePath),
) -> Vec<Md> {
    let names = theme
        .markdown_params()
        .into_iter()
        .filter(|name| own.get(*name).is_some_and(Value::is_string));
    let names: Vec<&str> = names.collect();
    let source = if names.is_empty() {
        None
    } else {
        inputs.source(site).ok()
    };
    let table =
        source.and_then(|source| parse_toml(site, &source.text, 0, &mut Diagnostics::default()));
    let params = table.as_ref().and_then(|table| table.get("params"));
    let text = |name: &str| {
        let crate::data::Value::Table(params) = &params?.value else {
            return None;
        };
        let Node { span, value, inset } = params.get(name)?;
        let crate::data::Value::String(text) = value else {
            return None;
        };
        Some(Md {
            text: text.clone(),
            span: span.clone(),
            inset: *inset,
            path: site.clone(),
            source: None,
        })
    };
    names.into_iter().filter_map(text).collect()
}

/// What is wrong with a parameter.
struct Wrong {
    path: Vec<String>,
    what: Mistake,
}

enum Mistake {
    Type {
        default: Value,
        found: Value,
    },
    /// A key of site.toml itself.
    OfSite,
    Name {
        nearest: String,
    },
}

fn compare(
    defaults: &Map<String, Value>,
    own: &Map<String, Value>,
    path: &mut Vec<String>,
    wrong: &mut Vec<Wrong>,
) {
    for (key, found) in own {
        path.push(key.clone());
        match (defaults.get(key), found) {
            (Some(Value::Object(defaults)), Value::Object(own)) => {
                compare(defaults, own, path, wrong);
            }
            (Some(default), found) if kind(default) == kind(found) => {}
            (Some(default), found) => {
                let what = Mistake::Type {
                    default: default.clone(),
                    found: found.clone(),
                };
                wrong.push(Wrong {
                    path: path.clone(),
                    what,
                });
            }
            (None, found) if path.len() == 2 && !found.is_object() && is_of_site(key) => wrong
                .push(Wrong {
                    path: path.clone(),
                    what: Mistake::OfSite,
                }),
            (None, _) => {
                let nearest = suggest::nearest(key, defaults.keys().map(String::as_str));
                wrong.extend(nearest.map(|name| Wrong {
                    path: path.clone(),
                    what: Mistake::Name {
                        nearest: name.to_owned(),
                    },
                }));
            }
        }
        path.pop();
    }
}

/// Whether site.toml has a key of this name at its top.
fn is_of_site(key: &str) -> bool {
    SiteFile::keys().contains(&key)
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

/// Where a key and its value stand.
fn place(table: &Table, path: &[String]) -> Option<(Span, Span)> {
    let (first, rest) = path.split_first()?;
    let (key, node) = table.0.iter().find(|(key, _)| key.name == *first)?;
    match (&node.value, rest) {
        (crate::data::Value::Table(inner), [_, ..]) => place(inner, rest),
        _ => Some((key.span.clone(), node.span.clone())),
    }
}
