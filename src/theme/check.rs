//! What templates ask for held against what there is: variables, fields, strings and assets that a
//! template names but that do not exist. Tera finds these only when it prints them, and `{% if
//! titel %}` it takes for false, silently.

use std::collections::{BTreeMap, BTreeSet};

use tera::{Context, Value};

use super::explain::Templates;
use super::graph;
use super::scan::{Name, Path, Scope};
use super::strings::Strings;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::path::SourcePath;
use crate::suggest;

/// Maps of a View whose keys depend on the site or on the page: an unknown key is not a slip of the
/// hand.
const OPEN: [&str; 8] = [
    "args", "assets", "codes", "extra", "lists", "pages", "params", "sections",
];

/// What can be said of templates without a View: components that read what is not among their
/// arguments, strings and assets that are nowhere.
pub fn names(
    templates: &Templates,
    strings: &Strings,
    assets: &BTreeMap<String, String>,
    diagnostics: &mut Diagnostics,
) {
    for template in templates.values() {
        let path = &template.source.path;
        diagnostics.extend(template.facts.dumps.iter().map(|span| {
            let fault = Diagnostic::error(
                Code::Template,
                "`__tera_context` is refused: its order is another at each run",
            )
            .at(path, span.clone());
            fault.help("print the variables that you want to see: {{ page | json }}")
        }));
        for scope in &template.facts.scopes {
            diagnostics.extend(
                scope
                    .component
                    .iter()
                    .flat_map(|component| strangers(component, scope, path)),
            );
            for read in &scope.reads {
                diagnostics.extend(missing_string(scope, read, strings, path));
                diagnostics.extend(missing_asset(read, assets, path));
            }
        }
    }
}

/// Variables that a template, or one that it extends or includes, reads, and that neither a page of
/// its kind has nor any of these templates sets. A name that is tested with `is defined` or `?.`,
/// or has a `default`, may be absent.
pub fn variables(templates: &Templates, template: &str, known: &BTreeSet<&str>) -> Vec<Diagnostic> {
    let mut diagnostics = vec![];
    each_read(templates, template, |scope, read, path| {
        if known.contains(read.root.text.as_str()) || scope.optional.contains(&read.root.text) {
            return;
        }
        let fault = Diagnostic::error(
            Code::TemplateField,
            format!("there is no variable `{}`", read.root.text),
        )
        .at(path, read.root.span.clone());
        let near = suggest::nearest(&read.root.text, known.iter().copied());
        diagnostics.push(match near {
            Some(near) => fault.help(format!("did you mean `{near}`?")),
            None => fault.help(format!(
                "pages of another kind may have it: then ask first, {{% if {} is defined %}}",
                read.root.text
            )),
        });
    });
    diagnostics
}

/// Fields that these templates read of the variables in a context, and that are not there:
/// `page.titel`. What stands in loops, components and behind null is left to rendering.
pub fn fields(templates: &Templates, template: &str, context: &Context) -> Vec<Diagnostic> {
    let mut diagnostics = vec![];
    each_read(templates, template, |_, read, path| {
        diagnostics.extend(
            context
                .get(&read.root.text)
                .and_then(|value| missing_field(read, value, path)),
        );
    });
    diagnostics
}

/// Whether a template, or anything that it reaches, reads a field of `site`, or `site` as a whole.
pub fn reads_of_site(templates: &Templates, template: &str, field: &str) -> bool {
    let reads = |read: &Path| {
        read.root.text == "site" && read.keys.first().is_none_or(|key| key.text == field)
    };
    let reached = graph::dependencies(templates, template);
    reached
        .into_iter()
        .filter_map(|name| templates.get(name))
        .flat_map(|template| &template.facts.scopes)
        .flat_map(|scope| &scope.reads)
        .any(reads)
}

/// Calls for every variable that is read outside components and that none of the templates sets.
fn each_read(
    templates: &Templates,
    template: &str,
    mut call: impl FnMut(&Scope, &Path, &SourcePath),
) {
    let reached = graph::reach(templates, template);
    let scopes: Vec<(&SourcePath, &Scope)> = reached
        .iter()
        .filter_map(|name| templates.get(*name))
        .filter_map(|template| Some((&template.source.path, template.facts.scopes.first()?)))
        .collect();
    let bound: BTreeSet<&String> = scopes.iter().flat_map(|(_, scope)| &scope.bound).collect();
    for (path, scope) in scopes {
        for read in scope
            .reads
            .iter()
            .filter(|read| !bound.contains(&read.root.text))
        {
            call(scope, read, path);
        }
    }
}

fn strangers(component: &Name, scope: &Scope, path: &SourcePath) -> Vec<Diagnostic> {
    let unknown = scope.reads.iter().filter(|read| {
        !scope.bound.contains(&read.root.text) && !scope.optional.contains(&read.root.text)
    });
    let fault = |read: &Path| {
        let name = &read.root.text;
        Diagnostic::error(Code::TemplateField, format!("the component `{}` has no argument `{name}`", component.text))
            .at(path, read.root.span.clone())
            .help(suggest::nearest(name, scope.bound.iter().map(String::as_str)).map(|near| format!("did you mean `{near}`?")))
            .help(format!("a component sees its arguments only: add `{name}`, or `@{name}` to take it from where the component is called"))
    };
    unknown.map(fault).collect()
}

fn missing_string(
    scope: &Scope,
    read: &Path,
    strings: &Strings,
    path: &SourcePath,
) -> Option<Diagnostic> {
    let key = read.keys.first().filter(|_| read.root.text == "t")?;
    // In a component `t` is an argument; it has no other meaning there than anywhere else.
    let is_strings = scope.component.is_some() || !scope.bound.contains("t");
    if !is_strings || strings.has(&key.text) || read.optional {
        return None;
    }
    let near =
        suggest::nearest(&key.text, strings.keys()).map(|near| format!("did you mean `{near}`?"));
    let fault = Diagnostic::error(
        Code::MissingString,
        format!("there is no string `{}`", key.text),
    )
    .at(path, key.span.clone());
    Some(
        fault
            .help(near)
            .help(format!("add `{} = \"…\"` to i18n/en.toml", key.text)),
    )
}

fn missing_asset(
    read: &Path,
    assets: &BTreeMap<String, String>,
    path: &SourcePath,
) -> Option<Diagnostic> {
    let [collection, file, ..] = read.keys.as_slice() else {
        return None;
    };
    if read.root.text != "site"
        || collection.text != "assets"
        || assets.contains_key(&file.text)
        || read.optional
    {
        return None;
    }
    let near = suggest::nearest(&file.text, assets.keys().map(String::as_str))
        .map(|near| format!("did you mean `{near}`?"));
    let fault = Diagnostic::error(
        Code::MissingFile,
        format!("there is no file `{}` in static/", file.text),
    )
    .at(path, file.span.clone());
    Some(
        fault.help(near).help(
            "static/ is a folder of the site or of its theme; the name is the path inside it",
        ),
    )
}

fn missing_field(read: &Path, root: &Value, path: &SourcePath) -> Option<Diagnostic> {
    let asked = if read.optional {
        read.keys.split_last().map_or(&[][..], |(_, rest)| rest)
    } else {
        &read.keys
    };
    let (mut value, mut owner) = (root, read.root.text.clone());
    let mut last = read.root.text.as_str();
    for key in asked {
        let map = value.as_map().filter(|_| !OPEN.contains(&last))?;
        let Some((_, found)) = map
            .iter()
            .find(|(known, _)| known.as_str() == Some(key.text.as_str()))
        else {
            let known: Vec<&str> = map.keys().filter_map(|known| known.as_str()).collect();
            let fault = Diagnostic::error(
                Code::TemplateField,
                format!("`{owner}` has no field `{}`", key.text),
            )
            .at(path, key.span.clone());
            return Some(fault.help(suggest::help(&key.text, known)));
        };
        value = found;
        last = &key.text;
        owner = format!("{owner}.{}", key.text);
    }
    None
}
