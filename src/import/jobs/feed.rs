//! Feeds of jobs: a file comes in; which feed it is, and its jobs, go out.

use serde_json::Value as Json;

use super::job::Job;
use super::{ashby, general, greenhouse, indeed, lever};
use crate::data::{Value, parse_yaml};
use crate::diag::Diagnostics;
use crate::import::content::front;
use crate::import::read::{Cell, Layout, Table as Rows};
use crate::import::upstream::bytes;
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
    let bytes = bytes(upstream, name).map_err(|error| {
        Fault::new(
            format!("this file cannot be read: {error}"),
            "see that the file is there and may be read",
        )
        .at(Where::file(name))
    })?;
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    if TABLES.contains(&ending.to_ascii_lowercase().as_str()) {
        return sheet(upstream, name, report);
    }
    let source = front::text(name, &bytes)?;
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
    let columns = table(&[]).read(&mut |_| Ok(()))?;
    let names: Vec<String> = columns.names().map(str::to_owned).collect();
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
    let mut jobs = vec![];
    table(&names).read(&mut |row| {
        let cell = |name: &String| match row.cell(name) {
            Cell::Nothing => Json::Null,
            Cell::Text(text) => Json::String(text.clone()),
            Cell::List(texts) => Json::from(texts.clone()),
        };
        let cells = names.iter().map(|name| (name.clone(), cell(name)));
        let job = general::canonical(&Json::Object(cells.collect()));
        report.read(name);
        let at = row.place();
        general::tell_others(&job, &general::KNOWN, name, &at, report);
        jobs.push(Job {
            at,
            ..general::job(&job)
        });
        Ok(())
    })?;
    Ok(Feed {
        kind: "a table with a job in each row",
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

/// Recognizes a feed by the keys of its jobs.
fn of_json(json: &Json, source: &Source, report: &mut LossReport) -> Result<Feed, Fault> {
    let rows = rows(json).ok_or_else(|| no_feed(source))?;
    let file = source.path.as_str();
    let has = |key: &str| rows.iter().any(|row| row.get(key).is_some());
    let read: (&'static str, &[&str], fn(&Json) -> Job) = match () {
        () if has("absolute_url") => ("Greenhouse", &greenhouse::KNOWN, greenhouse::job),
        () if has("hostedUrl") || has("categories") && has("text") => {
            ("Lever", &lever::KNOWN, lever::job)
        }
        () if has("jobUrl") || has("descriptionHtml") && has("publishedAt") => {
            ("Ashby", &ashby::KNOWN, ashby::job)
        }
        () => ("a list of jobs", &general::KNOWN, general::job),
    };
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
        if read.0 == "a list of jobs" {
            general::tell_others(&general::canonical(row), read.1, file, &at, report);
        } else {
            general::tell_others(row, read.1, file, &at, report);
        }
        jobs.push(Job { at, ..read.2(row) });
    }
    Ok(Feed { kind: read.0, jobs })
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
