//! `rungs import ladder`: an employer's ladder in whatever shape it is kept comes in; a framework's layer goes
//! out. What was recognized is told.

mod branches;
mod folder;
mod grid;
mod long;
mod matrix;
mod model;
mod outline;
mod page;
mod sheet;
mod tables;
#[cfg(test)]
mod tests;
mod tree;
mod words;

use super::content::front;
use super::upstream::ending;
use super::{Fault, Imported, LossReport, Request, Where};
use crate::data::{Id, Table, Value, parse_yaml_value};
use crate::diag::Diagnostics;
use crate::path::capitalized;
use crate::source::Source;
use folder::Part;
use grid::Grid;
use long::Long;
use model::Ladder;
use outline::Outline;
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
const ENDINGS: [&str; 13] = [
    "csv", "tsv", "txt", "xlsx", "xlsm", "xls", "ods", "yaml", "yml", "json", "jsonl", "md",
    "markdown",
];

/// Imports the ladders of some files, each as a framework. Pages of one level each, and files of one
/// competency each, are a framework together.
pub fn import(request: &Request<'_>, naming: Naming) -> Result<Imported, Fault> {
    let names = request.upstream.names();
    let (about, names): (Vec<&String>, Vec<&String>) = names
        .iter()
        .filter(|name| is_candidate(name) || names.len() == 1 && may_be_named(name))
        .partition(|name| names.len() > 1 && is_about(name));
    let mut reading = Reading {
        request,
        naming,
        files: names.len(),
        imported: Imported::default(),
        parts: vec![],
        ladders: vec![],
        faults: vec![],
    };
    names.into_iter().for_each(|name| reading.file(name));
    reading.join();
    if reading.ladders.is_empty() {
        about.into_iter().for_each(|name| reading.file(name));
        reading.join();
    }
    reading.finish()
}

fn nothing() -> Fault {
    Fault::new(
        "no ladder is recognized in these files",
        "a ladder is a sheet with levels in the first row and competencies in the first column, rows of level, skill and level of the skill, or YAML, JSON or Markdown with levels and competencies",
    )
}

/// What a file holds.
enum Holds {
    Ladder(Ladder),
    /// Names in names, which may be a ladder, or a part of one.
    Outline(Outline, Text),
}

/// What kind of text an outline was made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Text {
    Page,
    Tree,
}

/// The files of an import while they are read.
struct Reading<'r> {
    request: &'r Request<'r>,
    naming: Naming,
    files: usize,
    imported: Imported,
    parts: Vec<Part>,
    ladders: Vec<(String, Ladder)>,
    faults: Vec<Fault>,
}

impl Reading<'_> {
    fn file(&mut self, name: &str) {
        match holds(self.request, name, &mut self.imported.report) {
            Ok(Holds::Ladder(ladder)) => self.insert(ladder, name),
            Ok(Holds::Outline(outline, text)) => {
                let file = name.to_owned();
                self.parts.push(Part {
                    file,
                    outline,
                    text,
                });
            }
            Err(fault) => self.faults.push(fault),
        }
    }

    /// Makes ladders of what is no ladder by itself.
    fn join(&mut self) {
        let parts = std::mem::take(&mut self.parts);
        for joined in folder::join(parts) {
            let report = &mut self.imported.report;
            let outline = &joined.outline;
            match outline::read(outline, joined.general(), &joined.file, report) {
                Some(ladder) => {
                    report.note(joined.about());
                    self.insert(ladder, &joined.file);
                }
                None => report.drop(
                    &joined.file,
                    "a file in which no ladder is recognized",
                    Where::file(&joined.file),
                ),
            }
        }
    }

    fn insert(&mut self, ladder: Ladder, file: &str) {
        self.ladders.push((file.to_owned(), ladder));
    }

    /// Returns an id that no other framework has.
    fn id(&self, file: &str, ladders: usize) -> Id {
        let first = framework_id(self.request, file, self.naming, ladders);
        let with_folder = Id::of_name(&folder::stem(file).replace('/', " "));
        let numbered = (2_u32..10_000).filter_map(|number| Id::new(&format!("{first}-{number}")));
        let ids = std::iter::once(first.clone())
            .chain(with_folder)
            .chain(numbered);
        let known = &self.imported.layers.frameworks;
        ids.into_iter()
            .find(|id| !known.contains_key(id))
            .unwrap_or_else(|| Id::known("ladder"))
    }

    fn finish(mut self) -> Result<Imported, Fault> {
        if self.ladders.is_empty() {
            let is_alone = self.request.upstream.names().len() == 1;
            let only = self.faults.pop().filter(|_| self.files == 1);
            return Err(match only {
                Some(fault) if is_alone => fault,
                Some(fault) => {
                    let nothing = nothing();
                    let file = fault.place.unwrap_or_default().file;
                    let why = format!("{} ({file}: {})", nothing.message, fault.message);
                    Fault::new(why, nothing.help)
                }
                None => nothing(),
            });
        }
        let ladders = std::mem::take(&mut self.ladders);
        let count = ladders.len();
        for (file, mut ladder) in ladders {
            ladder.tracks_in_use();
            let id = self.id(&file, count);
            self.imported.layers.frameworks.insert(id, ladder.table());
        }
        for fault in self.faults {
            let place = fault.place.unwrap_or_default();
            let report = &mut self.imported.report;
            report.drop(&place.file.clone(), fault.message, place);
        }
        Ok(self.imported)
    }
}

/// Returns true for a file about a project rather than of its facts.
fn is_about(name: &str) -> bool {
    let stem = folder::name_of(name).to_ascii_lowercase();
    stem == "readme" || stem == "index" || stem == "_index"
}

/// Returns true for a file that is read if it is named alone.
fn may_be_named(name: &str) -> bool {
    let ending = ending(name);
    ending.is_empty() || ENDINGS.contains(&ending.as_str())
}

fn is_candidate(name: &str) -> bool {
    let stem = folder::name_of(name).to_ascii_lowercase();
    let ending = ending(name);
    let is_of_project = matches!(
        stem.as_str(),
        "license"
            | "licence"
            | "contributing"
            | "changelog"
            | "code_of_conduct"
            | "package"
            | "package-lock"
            | "pnpm-lock"
            | "requirements"
            | "robots"
    );
    // A text in a folder is seldom a sheet; one that is named alone is read.
    let may_hold = ending != "txt" && ENDINGS.contains(&ending.as_str());
    let is_hidden = |part: &str| part == "node_modules" || part.starts_with('.') && part.len() > 1;
    !is_of_project && may_hold && !name.split('/').any(is_hidden)
}

fn framework_id(request: &Request<'_>, file: &str, naming: Naming, files: usize) -> Id {
    let by_file = Id::of_name(folder::name_of(file));
    let by_command = Id::new(request.name.as_str());
    let id = match naming {
        Naming::ByCommand if files == 1 => by_command.or(by_file),
        _ => by_file.or(by_command),
    };
    id.unwrap_or_else(|| Id::known("ladder"))
}

/// Reads a file.
fn holds(request: &Request<'_>, name: &str, report: &mut LossReport) -> Result<Holds, Fault> {
    let source = || front::source(request.upstream, name);
    let value = match ending(name).as_str() {
        "md" | "markdown" => return of_markdown(&source()?, report),
        "yaml" | "yml" => yaml(&source()?)?,
        "json" => json(&source()?)?,
        _ => return of_sheet(request, name, report).map(Holds::Ladder),
    };
    if branches::are_jobs(&value) {
        return Ok(Holds::Outline(Outline::new(title(name)), Text::Tree));
    }
    match &value {
        Value::Table(table) => match of_tree(table, name, report) {
            Some(ladder) => Ok(Holds::Ladder(ladder)),
            None => Ok(Branches::of(&value, name).holds(name, report)),
        },
        _ => {
            // Rows are rows in any notation, and a list of levels is one of trees.
            let mut own = LossReport::default();
            let sheet = of_sheet(request, name, &mut own);
            let is_flat = sheet
                .as_ref()
                .is_ok_and(|ladder| !ladder.competencies.is_empty());
            let branches = Branches::of(&value, name);
            if is_flat && !is_nested(&value) || !outline::has_levels(&branches.outline) {
                report.absorb(own);
                return sheet.map(Holds::Ladder);
            }
            Ok(branches.holds(name, report))
        }
    }
}

/// Returns true for a list whose rows have lists or tables in them.
fn is_nested(value: &Value) -> bool {
    let Value::Array(items) = value else {
        return false;
    };
    items.iter().any(|item| match &item.value {
        Value::Table(row) => row.0.iter().any(|(_, node)| branches::is_tree(&node.value)),
        _ => false,
    })
}

/// A tree as an outline, with what was lost in making it.
struct Branches {
    outline: Outline,
    lost: LossReport,
    is_schema: bool,
}

impl Branches {
    fn of(value: &Value, name: &str) -> Self {
        let mut lost = LossReport::default();
        let outline = branches::outline(&title(name), value, name, &mut lost);
        let is_schema = matches!(value, Value::Table(table) if table.get("$schema").is_some());
        Self {
            outline,
            lost,
            is_schema,
        }
    }

    fn holds(self, name: &str, report: &mut LossReport) -> Holds {
        let Self {
            outline,
            lost,
            is_schema,
        } = self;
        // What the keys of another file say is no loss.
        if is_schema || !outline.is_prose() {
            return Holds::Outline(Outline::new(title(name)), Text::Tree);
        }
        if outline::has_levels(&outline) {
            report.absorb(lost);
        }
        Holds::Outline(outline, Text::Tree)
    }
}

/// Parses YAML.
fn yaml(source: &Source) -> Result<Value, Fault> {
    let mut diagnostics = Diagnostics::default();
    let value = parse_yaml_value(&source.path, &source.text, &mut diagnostics);
    match diagnostics.into_sorted().into_iter().next() {
        Some(fault) => Err(front::of_diagnostic(fault, source)),
        None => Ok(value.unwrap_or(Value::Null)),
    }
}

/// Parses JSON.
fn json(source: &Source) -> Result<Value, Fault> {
    serde_json::from_str(&source.text)
        .map(|value| front::value_of(&value))
        .map_err(|error| {
            let message = error.to_string();
            let message = message.split(" at line").next().unwrap_or(&message);
            let place = Where::file(source.path.as_str()).row(error.line() as u64);
            Fault::new(
                format!("this JSON cannot be read: {message}"),
                "correct it, and import again",
            )
            .at(place)
        })
}

fn of_tree(table: &Table, name: &str, report: &mut LossReport) -> Option<Ladder> {
    let shape = Shape::of(table)?;
    report.note(format!("{name} was read as {}", shape.about()));
    Some(Reader::new(name, title(name), report).read(table, shape))
}

fn of_markdown(source: &Source, report: &mut LossReport) -> Result<Holds, Fault> {
    let name = source.path.as_str();
    let parts = front::read(source)?;
    if let Some(shape @ (Shape::Topics | Shape::Themes)) = Shape::of(&parts.keys) {
        report.note(format!(
            "{name} was read as {} in its front matter",
            shape.about()
        ));
        let mut keys = parts.keys.clone();
        keys.0
            .retain(|(key, _)| !PAGE_KEYS.contains(&key.name.as_str()));
        return Ok(Holds::Ladder(
            Reader::new(name, title(name), report).read(&keys, shape),
        ));
    }
    let before = source.text[..parts.body].matches('\n').count() as u64;
    let mut page = page::read(name, &source.text[parts.body..], before + 1);
    let own = match parts.keys.get("title").map(|node| &node.value) {
        Some(Value::String(text)) => Some(text.clone()),
        _ => Some(page.outline.name.clone()).filter(|name| !name.is_empty()),
    };
    page.outline.name = own.unwrap_or_else(|| title(name));
    if page.outline.summary.is_none() {
        page.outline.summary = match parts.keys.get("description").map(|node| &node.value) {
            Some(Value::String(text)) => Some(text.clone()),
            _ => None,
        };
    }
    page.outline.order = ["weight", "order", "nav_order", "position"]
        .iter()
        .find_map(|key| match &parts.keys.get(key)?.value {
            Value::Integer(number) => number.parse().ok(),
            _ => None,
        });
    let facts = if outline::has_levels(&page.outline) {
        page.outline.facts()
    } else {
        0
    };
    let tables = tables::ladder(&page.outline.name, &page.tables, facts, report);
    Ok(match tables {
        Some(mut ladder) => {
            ladder.summary = ladder.summary.or(page.outline.summary);
            Holds::Ladder(ladder)
        }
        None => Holds::Outline(page.outline, Text::Page),
    })
}

/// Keys of front matter that say how a page is shown.
const PAGE_KEYS: [&str; 7] = [
    "path",
    "sidebarTitle",
    "sidebarGroup",
    "yaml",
    "homepage",
    "layout",
    "permalink",
];

/// Reads rows or a matrix. The sheets of a workbook that are ladders are one.
fn of_sheet(request: &Request<'_>, name: &str, report: &mut LossReport) -> Result<Ladder, Fault> {
    let sheets = sheet::names(request.upstream, name)?;
    if sheets.len() < 2 {
        return of_grid(&sheet::grid(request.upstream, name, None)?, name, report);
    }
    let mut read = vec![];
    let mut first = None;
    for sheet in sheets {
        let ladder = sheet::grid(request.upstream, name, Some(&sheet))
            .and_then(|grid| of_grid(&grid, name, report));
        match ladder {
            Ok(ladder) => read.push((sheet, ladder)),
            Err(fault) => {
                let why = format!("the sheet `{sheet}`, in which no ladder is recognized");
                report.drop(name, why, fault.place.clone().unwrap_or_default());
                first.get_or_insert(fault);
            }
        }
    }
    match (read.is_empty(), first) {
        (true, Some(fault)) => Err(fault),
        _ => Ok(tables::joined(&title(name), read)),
    }
}

fn of_grid(grid: &Grid, name: &str, report: &mut LossReport) -> Result<Ladder, Fault> {
    if let Some(long) = Long::of(grid) {
        report.note_once(format!("{name} was read as rows of levels and skills"));
        return long.ladder(title(name), report);
    }
    matrix::read(grid, title(name), report)
}

/// Makes a name of that of a file.
fn title(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let words = stem.replace(['-', '_', '.'], " ");
    match words.trim() {
        "" => "Ladder".to_owned(),
        words => capitalized(words),
    }
}
