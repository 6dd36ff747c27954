//! Tera's errors as diagnostics: an error comes in; places in templates, words that authors use and
//! what to do about it go out. Tera says some things as values and others only as text; both are
//! read here and nowhere else.

use std::collections::BTreeMap;

use tera::{Error, ErrorKind, ReportError};

use super::engine::Template;
use super::filters::{OF_TERA, OWN, kind_named};
use crate::diag::{Code, Diagnostic};
use crate::path::SourcePath;
use crate::source::{Source, Span};
use crate::suggest;

/// Tests and functions of Tera.
const TESTS: [&str; 17] = [
    "array",
    "bool",
    "containing",
    "defined",
    "divisible_by",
    "ending_with",
    "even",
    "float",
    "integer",
    "iterable",
    "map",
    "none",
    "number",
    "odd",
    "starting_with",
    "string",
    "undefined",
];
const FUNCTIONS: [&str; 3] = ["range", "super", "throw"];
const TAGS: &str = "the tags are block, component, extends, filter, for, if, include, raw, set and set_global; what other engines call a macro is a component";

/// How Tera's message about a block starts that no parent has.
const BLOCK: &str = "Block `";

/// All templates by name, to look up the places that errors name.
pub type Templates = BTreeMap<String, Template>;

/// A syntax error, or what the checks of a whole set of templates found.
pub fn loading(error: &Error, templates: &Templates) -> Vec<Diagnostic> {
    match error.kind() {
        ErrorKind::SyntaxError(report) => vec![reported(report, templates)],
        ErrorKind::Msg(text) => {
            let found: Vec<Diagnostic> = excerpts(text)
                .iter()
                .map(|excerpt| excerpt.diagnostic(templates))
                .collect();
            if found.is_empty() {
                vec![Diagnostic::error(Code::Template, plain(text))]
            } else {
                found
            }
        }
        other => vec![Diagnostic::error(Code::Template, plain(&other.to_string()))],
    }
}

/// The same for one template among empty ones: nothing is said about blocks that its parent lacks,
/// or about circles.
pub fn loading_alone(error: &Error, templates: &Templates) -> Vec<Diagnostic> {
    match error.kind() {
        ErrorKind::SyntaxError(_) => loading(error, templates),
        ErrorKind::Msg(text) => excerpts(text)
            .iter()
            .filter(|excerpt| !excerpt.message.starts_with(BLOCK))
            .map(|excerpt| excerpt.diagnostic(templates))
            .collect(),
        _ => vec![],
    }
}

/// What went wrong while a page was rendered with a template.
pub fn rendering(
    error: &Error,
    templates: &Templates,
    template: &str,
    page_url: &str,
) -> Diagnostic {
    let while_rendering = format!("while rendering {page_url}");
    match error.kind() {
        ErrorKind::RenderingError(report) => {
            let mut diagnostic = reported(report, templates);
            for note in notes(&error.to_string()) {
                diagnostic.related.extend(note.related(templates));
            }
            diagnostic.help(while_rendering)
        }
        ErrorKind::TemplateNotFound(name) => {
            missing_template(name, templates).help(while_rendering)
        }
        other => {
            let diagnostic = Diagnostic::error(Code::Template, plain(&other.to_string()));
            match templates.get(template) {
                Some(known) => diagnostic.at_file(&known.source.path).help(while_rendering),
                None => diagnostic.help(while_rendering),
            }
        }
    }
}

/// A template that is named and does not exist.
pub fn missing_template(name: &str, templates: &Templates) -> Diagnostic {
    let help = match templates.contains_key(&format!("{name}.html")) {
        true => Some(format!("did you mean `{name}.html`?")),
        false => suggest::nearest(name, templates.keys().map(String::as_str))
            .map(|near| format!("did you mean `{near}`?")),
    };
    Diagnostic::error(Code::MissingTemplate, format!("there is no template `{name}`"))
        .help(help)
        .help("templates are files below templates/ of the site or of its theme, named by their path there")
}

fn reported(report: &ReportError, templates: &Templates) -> Diagnostic {
    let Some(template) = templates.get(report.filename()) else {
        return Diagnostic::error(Code::Template, plain(report.message()));
    };
    let Span { start, mut end } = report.span().range.clone();
    // Tera leaves the last bracket of `page["title"]` out.
    let text = template.source.text.get(start..end).unwrap_or_default();
    if text.matches('[').count() > text.matches(']').count()
        && template
            .source
            .text
            .get(end..)
            .is_some_and(|rest| rest.starts_with(']'))
    {
        end += 1;
    }
    explain(report.message(), &template.source, start..end, templates)
}

/// Finds the words for a message of Tera's.
fn explain(message: &str, source: &Source, span: Span, templates: &Templates) -> Diagnostic {
    let at =
        |code: Code, text: String| Diagnostic::error(code, text).at(&source.path, span.clone());
    if let Some(name) = named(message, "Unknown filter `") {
        return at(Code::Template, format!("there is no filter `{name}`"))
            .help(suggest::help(name, OWN.into_iter().chain(OF_TERA)));
    }
    if let Some(name) = named(message, "Unknown test `") {
        return at(Code::Template, format!("there is no test `{name}`"))
            .help(suggest::help(name, TESTS));
    }
    if let Some(name) = named(message, "Unknown function `") {
        return at(Code::Template, format!("there is no function `{name}`"))
            .help(suggest::help(name, FUNCTIONS))
            .help("a template sees its View and nothing else: lists come from [lists] in theme.toml, values from [params]");
    }
    if let Some(name) = named(message, "Unknown component `") {
        let known: Vec<&str> = templates
            .values()
            .flat_map(|template| template.facts.components())
            .map(|component| component.text.as_str())
            .collect();
        return at(Code::Template, format!("there is no component `{name}`"))
            .help(suggest::help(name, known));
    }
    if let Some(name) = named(message, BLOCK) {
        let text = format!("no template that this one extends has a block `{name}`");
        let parent = parent(source, templates).map_or_else(
            || "what it extends".to_owned(),
            |parent| parent.source.path.to_string(),
        );
        return at(Code::Template, text).help(format!(
            "add {{% block {name} %}}{{% endblock %}} to {parent}, or remove it here"
        ));
    }
    if let Some((name, known)) = listed(message, "Variable `", "Available variables: ") {
        return at(
            Code::TemplateField,
            format!("there is no variable `{name}` here"),
        )
        .help(suggest::help(name, known));
    }
    if let Some((name, known)) = listed(message, "Field `", "Available fields: ") {
        return field(name, known, source, &span);
    }
    if let Some(rest) = message.strip_prefix("Unknown argument(s) ") {
        return arguments(rest, at);
    }
    let text = source.text.get(span.clone()).unwrap_or_default();
    match message {
        "Tried to render a variable that is undefined" | "Tried to escape an undefined value" => at(Code::TemplateField, format!("`{text}` is not defined"))
            .help("look for a slip of the hand; every field of a View is there, null or empty if need be"),
        "Unknown tag" => at(Code::Template, format!("there is no tag `{text}`")).help(TAGS),
        "Unexpected end of input" => {
            at(Code::Template, "the template ends before this is closed".into()).help("close the tag or add its end, such as {% endif %}")
        }
        other => at(Code::Template, plain(other)),
    }
}

/// Returns true for Tera's message about a loop over a value that does not exist.
pub fn says_undefined(message: &str) -> bool {
    message.contains("`undefined`")
}

/// The template that one extends.
fn parent<'t>(source: &Source, templates: &'t Templates) -> Option<&'t Template> {
    let child = templates
        .values()
        .find(|template| template.source.path == source.path)?;
    templates.get(&child.facts.extends.as_ref()?.text)
}

/// A field that is asked of a map without it, or of something that has no fields.
fn field(name: &str, known: Vec<&str>, source: &Source, span: &Span) -> Diagnostic {
    let before = source.text.get(..span.start).unwrap_or_default();
    let path = before
        .trim_end_matches('.')
        .rsplit(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '?')))
        .next()
        .unwrap_or_default();
    let owner = if path.is_empty() {
        "what stands before it".to_owned()
    } else {
        format!("`{path}`")
    };
    let diagnostic = Diagnostic::error(
        Code::TemplateField,
        format!("{owner} has no field `{name}`"),
    )
    .at(&source.path, span.clone());
    match known.is_empty() {
        false => diagnostic.help(suggest::help(name, known)),
        true if path.is_empty() => diagnostic.help("it is null, or no map"),
        true => diagnostic.help(format!(
            "here it is null, or no map: write {{% if {path} %}} around it, or `{path}?.{name}`"
        )),
    }
}

/// Arguments that a component does not have. Tera lists them in another order each time.
fn arguments(rest: &str, at: impl Fn(Code, String) -> Diagnostic) -> Diagnostic {
    let (unknown, known) = rest.split_once(" in component call.").unwrap_or((rest, ""));
    let mut names: Vec<&str> = unknown.split('`').skip(1).step_by(2).collect();
    names.sort_unstable();
    let known: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
    let help = names
        .first()
        .and_then(|name| suggest::help(name, known.iter().copied()));
    at(
        Code::Template,
        format!("the component has no argument `{}`", names.join("`, `")),
    )
    .help(help)
}

/// The name behind `start`, up to the next backtick.
fn named<'a>(message: &'a str, start: &str) -> Option<&'a str> {
    message.strip_prefix(start)?.split('`').next()
}

fn listed<'a>(message: &'a str, start: &str, list: &str) -> Option<(&'a str, Vec<&'a str>)> {
    let name = named(message, start)?;
    let is_about_absence = message.contains("` is not defined");
    let known = message
        .split_once(list)
        .map(|(_, names)| names.split(", ").collect())
        .unwrap_or_default();
    is_about_absence.then_some((name, known))
}

/// A message as ours are written: a small letter first, no full stop, no type of Rust.
fn plain(message: &str) -> String {
    let message = message.trim().trim_end_matches('.');
    if let Some((wanted, found)) = message
        .strip_prefix("Invalid type for the value, expected `")
        .and_then(|rest| rest.split_once("` but got `"))
    {
        return format!(
            "this must be {}, not {}",
            kind_named(wanted),
            kind_named(found.trim_end_matches('`'))
        );
    }
    if let Some(name) = named(message, "Argument `").filter(|_| message.ends_with("missing")) {
        return format!("the argument `{name}` is missing");
    }
    if let Some(name) = named(message, "Missing keyword argument `") {
        return format!("the argument `{name}` is missing");
    }
    let mut chars = message.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if first.is_uppercase() && second.is_lowercase() => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => message.to_owned(),
    }
}

/// A message with a place, as Tera writes it for a terminal:
///
/// ```text
/// error: Unknown filter `uper`
///  --> page.html:3:9
///   |
/// 3 | {{ a | uper }}
///   |        ^^^^
/// ```
struct Excerpt<'a> {
    message: String,
    /// File, line and column, with `:` between them.
    place: &'a str,
    width: usize,
}

fn excerpts(text: &str) -> Vec<Excerpt<'_>> {
    let mut found: Vec<Excerpt<'_>> = vec![];
    let mut message: Option<String> = None;
    for line in text.lines() {
        let trimmed = line.trim_start();
        if let Some(start) = line.strip_prefix("error: ") {
            message = Some(start.to_owned());
        } else if let (Some(place), Some(text)) = (trimmed.strip_prefix("--> "), &message) {
            found.push(Excerpt {
                message: text.clone(),
                place,
                width: 1,
            });
            message = None;
        } else if let Some(text) = &mut message {
            text.push('\n');
            text.push_str(line);
        } else if let (Some(last), Some(mark)) = (
            found.last_mut(),
            trimmed
                .strip_prefix("| ")
                .map(str::trim)
                .filter(|mark| mark.starts_with('^')),
        ) {
            last.width = mark.chars().count();
        }
    }
    found
}

/// `note: called from page.html:3:9`
fn notes(text: &str) -> Vec<Excerpt<'_>> {
    let note = |place| Excerpt {
        message: "called from here".to_owned(),
        place,
        width: 1,
    };
    text.lines()
        .filter_map(|line| line.strip_prefix("note: called from "))
        .map(note)
        .collect()
}

impl Excerpt<'_> {
    fn diagnostic(&self, templates: &Templates) -> Diagnostic {
        match self.find(templates) {
            Some((source, span)) => explain(&self.message, source, span, templates),
            None => Diagnostic::error(Code::Template, plain(&self.message)),
        }
    }

    fn related(&self, templates: &Templates) -> Option<(String, crate::diag::Place)> {
        let (source, span) = self.find(templates)?;
        Some((
            self.message.clone(),
            crate::diag::Place::new(&source.path, span),
        ))
    }

    fn find<'t>(&self, templates: &'t Templates) -> Option<(&'t Source, Span)> {
        let mut parts = self.place.rsplitn(3, ':');
        let column: usize = parts.next()?.parse().ok()?;
        let line: usize = parts.next()?.parse().ok()?;
        let template = templates.get(parts.next()?)?;
        let text = &*template.source.text;
        let start: usize = text
            .split_inclusive('\n')
            .take(line.checked_sub(1)?)
            .map(str::len)
            .sum();
        let width = |text: &str, characters: usize| {
            text.chars()
                .take(characters)
                .map(char::len_utf8)
                .sum::<usize>()
        };
        let from = start + width(text.get(start..)?, column.checked_sub(1)?);
        let span = from..from + width(text.get(from..)?, self.width);
        Some((&template.source, span))
    }
}

/// A template that is included although it extends another: Tera would show it without what it
/// extends.
pub fn included_child(name: &str, parent: &str, path: &SourcePath, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::Template,
        format!(
            "`{name}` cannot be included: it extends `{parent}`, and would be shown without it"
        ),
    )
    .at(path, span)
    .help("make the shared part a component, or include a template that extends nothing")
}
