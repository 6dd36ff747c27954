//! Which template reaches which: names in `extends` and `include` come in; missing files, circles
//! and, for each template, all that its output can depend on go out.

use std::collections::{BTreeMap, BTreeSet};

use super::engine::Template;
use super::explain::{Templates, included_child, missing_template};
use super::scan::Name;
use crate::diag::{Code, Diagnostic, Diagnostics};

/// Notes every name that leads nowhere, every circle, and every component that has two definitions.
pub fn check(templates: &Templates, diagnostics: &mut Diagnostics) {
    for template in templates.values() {
        for target in targets(template) {
            if !templates.contains_key(&target.text) {
                diagnostics.push(
                    missing_template(&target.text, templates)
                        .at(&template.source.path, target.span.clone()),
                );
            }
        }
        for included in &template.facts.includes {
            if let Some(parent) = templates
                .get(&included.text)
                .and_then(|child| child.facts.extends.as_ref())
            {
                diagnostics.push(included_child(
                    &included.text,
                    &parent.text,
                    &template.source.path,
                    included.span.clone(),
                ));
            }
        }
    }
    circles(templates, diagnostics);
    twins(templates, diagnostics);
}

/// The templates that one can reach through `extends` and `include`, itself among them. Those that
/// do not exist are not.
pub fn reach<'a>(templates: &'a Templates, from: &'a str) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut open = vec![from];
    while let Some(name) = open.pop() {
        let Some((name, template)) = templates.get_key_value(name) else {
            continue;
        };
        if found.insert(name.as_str()) {
            open.extend(targets(template).map(|target| target.text.as_str()));
        }
    }
    found
}

/// All that the output of a template can depend on: what it reaches, and what every file reaches
/// that defines components. Which component is called from where is not followed: a component more
/// than needed costs a render, one less a stale page.
pub fn dependencies<'a>(templates: &'a Templates, from: &'a str) -> BTreeSet<&'a str> {
    let with_components = templates
        .iter()
        .filter(|(_, template)| template.facts.components().next().is_some());
    let mut all = reach(templates, from);
    for (name, _) in with_components {
        if !all.contains(name.as_str()) {
            all.extend(reach(templates, name));
        }
    }
    all
}

fn targets(template: &Template) -> impl Iterator<Item = &Name> {
    template
        .facts
        .extends
        .iter()
        .chain(&template.facts.includes)
}

/// How many templates may stand on each other: far more than anyone needs, far fewer than a stack
/// holds.
const DEEPEST: usize = 32;

/// Tera looks for circles of `extends` and of `include` apart; a circle of both would never end.
fn circles(templates: &Templates, diagnostics: &mut Diagnostics) {
    // Templates that were looked at, with the number of those that stand on each other there.
    let mut done: BTreeMap<&str, usize> = BTreeMap::new();
    for start in templates.keys() {
        // The way from `start` to where the search is, with what is left to look at in each.
        let mut way: Vec<(&str, Vec<&Name>)> = vec![];
        let mut next = Some(start.as_str()).filter(|start| !done.contains_key(start));
        loop {
            if let Some((name, template)) =
                next.take().and_then(|name| templates.get_key_value(name))
            {
                let mut left: Vec<&Name> = targets(template).collect();
                left.reverse();
                way.push((name, left));
            }
            let Some((here, left)) = way.last_mut() else {
                break;
            };
            let here = *here;
            let Some(target) = left.pop() else {
                let below = templates
                    .get(here)
                    .and_then(|template| {
                        targets(template)
                            .filter_map(|target| done.get(target.text.as_str()))
                            .max()
                    })
                    .copied();
                let depth = below.unwrap_or(0) + 1;
                if depth == DEEPEST + 1 {
                    diagnostics.extend(templates.get(here).map(too_deep));
                }
                done.insert(here, depth);
                way.pop();
                continue;
            };
            if let Some(at) = way.iter().position(|(name, _)| *name == target.text) {
                let chain: Vec<&str> = way[at..]
                    .iter()
                    .map(|(name, _)| *name)
                    .chain([target.text.as_str()])
                    .collect();
                diagnostics.extend(
                    templates.get(here).map(|template| {
                        circle(&chain).at(&template.source.path, target.span.clone())
                    }),
                );
            } else if !done.contains_key(target.text.as_str()) {
                next = Some(&target.text);
            }
        }
    }
}

fn circle(chain: &[&str]) -> Diagnostic {
    let text = match chain {
        [name, _] => format!("`{name}` extends or includes itself"),
        chain => format!(
            "templates extend or include each other in a circle: {}",
            chain.join(" > ")
        ),
    };
    Diagnostic::error(Code::TemplateCycle, text)
        .help("make the part that both need a component or a template of its own")
}

fn too_deep(template: &Template) -> Diagnostic {
    Diagnostic::error(
        Code::TooDeep,
        format!("more than {DEEPEST} templates extend or include each other from here on"),
    )
    .at_file(&template.source.path)
    .help("make shared parts components")
}

/// A component with two definitions: which one counts would be chance.
fn twins(templates: &Templates, diagnostics: &mut Diagnostics) {
    let mut known: BTreeMap<&str, (&Template, &Name)> = BTreeMap::new();
    for template in templates.values() {
        for component in template.facts.components() {
            match known.get(component.text.as_str()) {
                Some((other, first)) => diagnostics.push(
                    Diagnostic::error(Code::Template, format!("the component `{}` is defined twice", component.text))
                        .at(&template.source.path, component.span.clone())
                        .help("to change a component of a theme, put a file of the same name as the theme's into templates/")
                        .related("the other definition", &other.source.path, first.span.clone()),
                ),
                None => {
                    known.insert(&component.text, (template, component));
                }
            }
        }
    }
}
