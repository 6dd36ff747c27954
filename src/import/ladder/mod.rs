//! `rungs import ladder`: an employer's ladder in whatever shape it is kept comes in; a framework's layer goes
//! out. What was recognized is told.

mod grid;
mod headings;
mod long;
mod matrix;
mod model;
mod sheet;
#[cfg(test)]
mod tests;
mod tree;
mod words;

use super::content::front;
use super::upstream::bytes;
use super::{Fault, Imported, LossReport, Request, Where};
use crate::data::{Id, Table, Value, parse_yaml};
use crate::diag::Diagnostics;
use crate::source::Source;
use long::Long;
use model::Ladder;
use tree::{Reader, Shape};

/// Whether the command itself named the import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// The framework is called as the import is.
    ByCommand,
    /// It is called as its file is.
    ByFile,
}

/// Endings of files that may hold a ladder.
const ENDINGS: [&str; 14] = [
    "csv", "tsv", "txt", "xlsx", "xlsm", "xls", "ods", "yaml", "yml", "json", "jsonl", "md",
    "markdown", "-",
];

/// Imports the ladders of some files, each as a framework.
pub fn import(request: &Request<'_>, naming: Naming) -> Result<Imported, Fault> {
    let mut imported = Imported::default();
    let names: Vec<&String> = request
        .upstream
        .names()
        .iter()
        .filter(|name| is_candidate(name))
        .collect();
    let mut faults = vec![];
    for name in &names {
        match ladder(request, name, &mut imported.report) {
            Ok(Some(mut ladder)) => {
                ladder.tracks_in_use();
                let id = framework_id(request, name, naming, names.len());
                imported.layers.frameworks.insert(id, ladder.table());
            }
            Ok(None) => imported.report.drop(
                name,
                "a file in which no ladder is recognized",
                Where::file(name),
            ),
            Err(fault) if names.len() == 1 => return Err(fault),
            Err(fault) => faults.push(fault),
        }
    }
    if imported.layers.frameworks.is_empty() {
        return Err(faults.into_iter().next().unwrap_or_else(nothing));
    }
    for fault in faults {
        let place = fault.place.unwrap_or_default();
        imported
            .report
            .drop(&place.file.clone(), fault.message, place);
    }
    Ok(imported)
}

fn nothing() -> Fault {
    Fault::new(
        "no ladder is recognized in these files",
        "a ladder is a sheet with levels in the first row and competencies in the first column, rows of level, skill and level of the skill, or YAML, JSON or Markdown with levels and competencies",
    )
}

fn is_candidate(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    let stem = file
        .split('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let ending = file
        .rsplit_once('.')
        .map_or("-", |(_, ending)| ending)
        .to_ascii_lowercase();
    let is_about = matches!(
        stem.as_str(),
        "readme"
            | "license"
            | "licence"
            | "contributing"
            | "changelog"
            | "package"
            | "package-lock"
    );
    !is_about
        && ENDINGS.contains(&ending.as_str())
        && !name.split('/').any(|part| part == "node_modules")
}

fn framework_id(request: &Request<'_>, file: &str, naming: Naming, files: usize) -> Id {
    let name = file.rsplit('/').next().unwrap_or(file);
    let stem = name.split('.').next().unwrap_or(name);
    let by_file = Id::of_name(stem);
    let by_command = Id::new(request.name.as_str());
    let id = match naming {
        Naming::ByCommand if files == 1 => by_command.or(by_file),
        _ => by_file.or(by_command),
    };
    id.unwrap_or_else(|| Id::known("ladder"))
}

/// Reads the ladder of a file; `None` where none is recognized.
fn ladder(
    request: &Request<'_>,
    name: &str,
    report: &mut LossReport,
) -> Result<Option<Ladder>, Fault> {
    let ending = name
        .rsplit_once('.')
        .map_or("", |(_, ending)| ending)
        .to_ascii_lowercase();
    match ending.as_str() {
        "md" | "markdown" => {
            let source = source(request, name)?;
            of_markdown(&source, report)
        }
        "yaml" | "yml" => {
            let source = source(request, name)?;
            match yaml(&source)? {
                Some(table) => Ok(of_tree(&table, name, report)),
                None => of_sheet(request, name, report).map(Some),
            }
        }
        "json" => {
            let source = source(request, name)?;
            match json(&source)? {
                Some(table) => Ok(of_tree(&table, name, report)),
                None => of_sheet(request, name, report).map(Some),
            }
        }
        _ => of_sheet(request, name, report).map(Some),
    }
}

fn source(request: &Request<'_>, name: &str) -> Result<Source, Fault> {
    let bytes = bytes(request.upstream, name).map_err(|error| {
        Fault::new(
            format!("this file cannot be read: {error}"),
            "see that the file is there and may be read",
        )
        .at(Where::file(name))
    })?;
    front::text(name, &bytes)
}

/// Parses YAML; `None` for a list of rows.
fn yaml(source: &Source) -> Result<Option<Table>, Fault> {
    let first = source
        .text
        .lines()
        .find(|line| !line.trim().is_empty() && !line.starts_with(['#', '%']) && *line != "---");
    if first.is_some_and(|line| line.starts_with(['-', '['])) {
        return Ok(None);
    }
    let mut diagnostics = Diagnostics::default();
    let table = parse_yaml(&source.path, &source.text, 0, &mut diagnostics);
    match diagnostics.into_sorted().into_iter().next() {
        Some(fault) => Err(front::of_diagnostic(fault, source)),
        None => Ok(table),
    }
}

/// Parses JSON; `None` for a list of rows.
fn json(source: &Source) -> Result<Option<Table>, Fault> {
    match serde_json::from_str::<serde_json::Value>(&source.text) {
        Ok(serde_json::Value::Object(object)) => Ok(Some(front::table_of(&object))),
        Ok(_) => Ok(None),
        Err(error) => {
            let message = error.to_string();
            let message = message.split(" at line").next().unwrap_or(&message);
            let place = Where::file(source.path.as_str()).row(error.line() as u64);
            Err(Fault::new(
                format!("this JSON cannot be read: {message}"),
                "correct it, and import again",
            )
            .at(place))
        }
    }
}

fn of_tree(table: &Table, name: &str, report: &mut LossReport) -> Option<Ladder> {
    let shape = Shape::of(table)?;
    report.note(format!("{name} was read as {}", shape.about()));
    Some(Reader::new(name, title(name), report).read(table, shape))
}

fn of_markdown(source: &Source, report: &mut LossReport) -> Result<Option<Ladder>, Fault> {
    let name = source.path.as_str();
    let parts = front::read(source)?;
    if let Some(Shape::Topics) = Shape::of(&parts.keys) {
        report.note(format!(
            "{name} was read as {} in its front matter",
            Shape::Topics.about()
        ));
        let mut keys = parts.keys.clone();
        keys.0.retain(|(key, _)| {
            ![
                "path",
                "sidebarTitle",
                "sidebarGroup",
                "yaml",
                "homepage",
                "layout",
            ]
            .contains(&key.name.as_str())
        });
        return Ok(Some(
            Reader::new(name, title(name), report).read(&keys, Shape::Topics),
        ));
    }
    let own = match parts.keys.get("title").map(|node| &node.value) {
        Some(Value::String(text)) => text.clone(),
        _ => title(name),
    };
    let ladder = Reader::new(name, own, report).body(&source.text[parts.body..]);
    if ladder.is_some() {
        report.note(format!(
            "{name} was read as headings that name levels, and below them competencies"
        ));
    }
    Ok(ladder)
}

fn of_sheet(request: &Request<'_>, name: &str, report: &mut LossReport) -> Result<Ladder, Fault> {
    let grid = sheet::grid(request.upstream, name)?;
    if let Some(long) = Long::of(&grid) {
        report.note(format!("{name} was read as rows of levels and skills"));
        return long.ladder(title(name), report);
    }
    matrix::read(&grid, title(name), report)
}

/// Makes a name of that of a file.
fn title(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let words = stem.replace(['-', '_', '.'], " ");
    let mut letters = words.trim().chars();
    let first = letters.next();
    first.map_or_else(
        || "Ladder".to_owned(),
        |first| first.to_uppercase().chain(letters).collect(),
    )
}
