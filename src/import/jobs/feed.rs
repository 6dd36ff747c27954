//! Feeds of jobs: a file comes in; which feed it is, and its jobs, go out.

use std::borrow::Cow;

use serde_json::Value as Json;

use super::job::Job;
use super::{ashby, general, greenhouse, indeed, lever};
use crate::data::{Value, parse_yaml};
use crate::diag::Diagnostics;
use crate::import::content::front;
use crate::import::read::{Cell, Layout, Table as Rows};
use crate::import::upstream::ending;
use crate::import::{Fault, LossReport, Upstream, Where};
use crate::source::Source;

/// The jobs of a file.
#[derive(Debug, Default)]
pub struct Feed {
    /// What the feed is: "Greenhouse".
    pub kind: &'static str,
    pub jobs: Vec<Job>,
}

/// Reads a feed.
pub fn read(upstream: &dyn Upstream, name: &str, report: &mut LossReport) -> Result<Feed, Fault> {
    if TABLES.contains(&ending(name).as_str()) {
        return sheet(upstream, name, report);
    }
    let source = front::source(upstream, name)?;
    let first = source.text.trim_start().chars().next();
    match first {
        Some('<') => indeed::read(&source, report),
        Some('{' | '[') => json(&source, report),
        _ => yaml(&source, report),
    }
}

/// Endings of tables, of which each row is a job.
const TABLES: [&str; 7] = ["csv", "tsv", "xlsx", "xlsm", "xlsb", "xls", "ods"];

/// Reads a table.
fn sheet(upstream: &dyn Upstream, name: &str, report: &mut LossReport) -> Result<Feed, Fault> {
    let layout = Layout::default();
    let table = |wanted| Rows {
        upstream,
        file: name,
        layout: &layout,
        wanted,
    };
    let names = table(&[]).names()?;
    let keys: serde_json::Map<String, Json> = names
        .iter()
        .map(|name| (name.clone(), Json::Null))
        .collect();
    let keys = general::canonical(&Json::Object(keys));
    if keys.get("title").is_none() {
        let fault = Fault::new(
            "no column of this table names the jobs",
            "call it `title`; other columns are `employer`, `posted`, `locations`, `salary`, `url` and `description`",
        );
        return Err(fault.at(Where::file(name).row(1)));
    }
    let service = Service::table();
    let mut jobs = vec![];
    table(&names).read(&mut |row| {
        let cell = |name: &String| match row.cell(name) {
            Cell::Nothing => Json::Null,
            Cell::Text(text) => Json::String(text.clone()),
            Cell::List(texts) => Json::from(texts.clone()),
        };
        let cells = names.iter().map(|name| (name.clone(), cell(name)));
        report.read(name);
        jobs.push(service.job(&Json::Object(cells.collect()), name, row.place(), report));
        Ok(())
    })?;
    Ok(Feed {
        kind: service.kind,
        jobs,
    })
}

fn json(source: &Source, report: &mut LossReport) -> Result<Feed, Fault> {
    let json: Json = serde_json::from_str(&source.text).map_err(|error| {
        let message = error.to_string();
        let message = message.split(" at line").next().unwrap_or(&message);
        let place = Where::file(source.path.as_str()).row(error.line() as u64);
        Fault::new(
            format!("this JSON cannot be read: {message}"),
            "download the feed again, or correct it",
        )
        .at(place)
    })?;
    of_json(&json, source, report)
}

/// Who writes a feed, and how its rows are read.
struct Service {
    kind: &'static str,
    /// Keys that are read.
    known: &'static [&'static str],
    /// Calls the keys of a row as they are read.
    renamed: fn(&Json) -> Cow<'_, Json>,
    read: fn(&Json) -> Job,
}

impl Service {
    /// Recognizes a service by the keys that its jobs have.
    fn of(has: impl Fn(&str) -> bool) -> Self {
        let service = |kind, known, read| Self {
            kind,
            known,
            renamed: |row| Cow::Borrowed(row),
            read,
        };
        match () {
            () if has("absolute_url") => service("Greenhouse", &greenhouse::KNOWN, greenhouse::job),
            () if has("hostedUrl") || has("categories") && has("text") => {
                service("Lever", &lever::KNOWN, lever::job)
            }
            () if has("jobUrl") || has("descriptionHtml") && has("publishedAt") => {
                service("Ashby", &ashby::KNOWN, ashby::job)
            }
            () => Self::general("a list of jobs"),
        }
    }

    fn table() -> Self {
        Self::general("a table with a job in each row")
    }

    fn general(kind: &'static str) -> Self {
        Self {
            kind,
            known: &general::KNOWN,
            renamed: |row| Cow::Owned(general::canonical(row)),
            read: general::job,
        }
    }

    /// Reads a job, and tells the keys that nothing reads.
    fn job(&self, row: &Json, file: &str, at: Where, report: &mut LossReport) -> Job {
        let row = (self.renamed)(row);
        general::tell_others(&row, self.known, file, &at, report);
        Job {
            at,
            ..(self.read)(&row)
        }
    }
}

/// Reads the jobs of a list.
fn of_json(json: &Json, source: &Source, report: &mut LossReport) -> Result<Feed, Fault> {
    let rows = rows(json).ok_or_else(|| no_feed(source))?;
    let file = source.path.as_str();
    let has = |key: &str| rows.iter().any(|row| row.get(key).is_some());
    let service = Service::of(has);
    let mut jobs = vec![];
    for (number, row) in rows.iter().enumerate() {
        report.read(file);
        let at = Where::file(file).row(number as u64 + 1);
        if !row.is_object() {
            report.drop(file, "an item that is no job", at);
            continue;
        }
        if row.get("isListed") == Some(&Json::Bool(false)) {
            report.drop(file, "a job that is not listed", at);
            continue;
        }
        jobs.push(service.job(row, file, at, report));
    }
    Ok(Feed {
        kind: service.kind,
        jobs,
    })
}

/// Returns the list of jobs: the file itself, or the one under a usual key.
fn rows(json: &Json) -> Option<&Vec<Json>> {
    let keys = [
        "jobs",
        "postings",
        "positions",
        "results",
        "data",
        "items",
        "openings",
        "vacancies",
        "jobPostings",
        "content",
    ];
    match json {
        Json::Array(rows) => Some(rows),
        Json::Object(object) => {
            let own = keys.iter().find_map(|key| object.get(*key)?.as_array());
            // A key above it, such as that of the answer of a service, says nothing.
            own.or_else(|| object.values().find_map(|value| rows_in(value, &keys)))
        }
        _ => None,
    }
}

fn rows_in<'j>(json: &'j Json, keys: &[&str]) -> Option<&'j Vec<Json>> {
    let object = json.as_object()?;
    keys.iter().find_map(|key| object.get(*key)?.as_array())
}

fn yaml(source: &Source, report: &mut LossReport) -> Result<Feed, Fault> {
    // A list at the top of a file is the list of a key, two blanks further.
    let first = source
        .text
        .lines()
        .find(|line| !line.trim().is_empty() && !line.starts_with(['#', '%']) && *line != "---");
    let is_list = first.is_some_and(|line| line.starts_with('-'));
    let text = if is_list {
        listed(&source.text)
    } else {
        source.text.to_string()
    };
    let mut diagnostics = Diagnostics::default();
    let table = parse_yaml(&source.path, &text, 0, &mut diagnostics);
    if let Some(fault) = diagnostics.into_sorted().into_iter().next() {
        let read = Source {
            path: source.path.clone(),
            text: text.into(),
        };
        let mut fault = front::of_diagnostic(fault, &read);
        if let Some(place) = fault.place.as_mut().filter(|_| is_list) {
            place.row = place.row.map(|row| row.saturating_sub(1).max(1));
        }
        return Err(fault);
    }
    let json = table
        .map(|table| Value::Table(table).to_json())
        .unwrap_or_default();
    of_json(&json, source, report)
}

fn listed(text: &str) -> String {
    let lines = text
        .lines()
        .filter(|line| *line != "---")
        .map(|line| format!("  {line}\n"));
    std::iter::once("jobs:\n".to_owned()).chain(lines).collect()
}

fn no_feed(source: &Source) -> Fault {
    Fault::new(
        "no list of jobs is recognized in this file",
        "give a feed of Greenhouse, Lever or Ashby (JSON), of Indeed (XML), or a list in YAML or JSON whose rows have `title`, `employer`, `posted`, `locations`, `url` and `description`",
    )
    .at(Where::file(source.path.as_str()))
}
