//! Diagnostics as text: a `Report` comes in, and goes out for people, as one line, or as one JSON object.

use std::path::Path;

use annotate_snippets::renderer::{DEFAULT_ERROR_STYLE, DEFAULT_HELP_STYLE};
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};
use serde_json::{Value, json};

use super::args::Format;
use super::shown;
use crate::build::Outcome;
use crate::calendar::LeftOut;
use crate::diag::{Located, Report, Severity};
use crate::disk::Published;
use crate::source::Position;

/// How many errors and warnings there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    pub errors: usize,
    pub warnings: usize,
}

impl Counts {
    /// Counts.
    pub fn of(reports: &[Report]) -> Self {
        let errors = reports.iter().filter(|report| report.severity == Severity::Error).count();
        Self { errors, warnings: reports.len() - errors }
    }

    /// `3 errors, 1 warning`; none when there are none.
    pub fn in_words(&self) -> Option<String> {
        let counted = [(self.errors, "error"), (self.warnings, "warning")];
        let words: Vec<String> = counted.into_iter().filter(|(count, _)| *count > 0).map(|(count, word)| plural(count, word)).collect();
        (!words.is_empty()).then(|| words.join(", "))
    }
}

/// `1 page`, `2 pages`.
pub fn plural(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// What a build that went well did, in a line.
pub fn built(
    Outcome { pages, rendered, files, drawn, indexed, left_out: unpublished, .. }: &Outcome,
    Published { removed, .. }: Published,
    seconds: &str,
    folder: &str,
) -> String {
    let reused = pages - rendered;
    let removed = if removed == 0 { String::new() } else { format!(", removed {}", plural(removed, "file")) };
    let drawn = if *drawn == 0 { String::new() } else { format!("Drew {}\n", plural(*drawn, "picture")) };
    let indexed = if *indexed == 0 { String::new() } else { format!("Indexed {} for search\n", plural(*indexed, "page")) };
    let (pages, files) = (plural(*pages, "page"), plural(*files, "file"));
    format!("{drawn}{indexed}Built {pages} ({rendered} rebuilt, {reused} reused) and {files}{removed} in {seconds} s -> {folder}{}", left_out(unpublished))
}

/// `; left out: 2 drafts, 1 until 2026-12-24`, behind what was made; nothing when all is published.
pub fn left_out(left_out: &LeftOut) -> String {
    left_out.in_words().map(|words| format!("; left out: {words}")).unwrap_or_default()
}

/// The same for programs.
pub fn left_out_json(LeftOut { drafts, future, days, expired, aged }: &LeftOut) -> Value {
    json!({ "drafts": drafts, "future": future, "next": days.map(|(first, _)| first), "expired": expired, "old_jobs": aged })
}

/// The last line of JSON. `published` says where the site is and what changed in it.
pub fn summary(counts: &Counts, outcome: Option<&Outcome>, published: Option<(&Path, Published)>) -> Value {
    let Counts { errors, warnings } = counts;
    let (pages, rebuilt, files) = outcome.map_or((0, 0, 0), |Outcome { pages, rendered, files, .. }| (*pages, *rendered, *files));
    let (drawn, indexed) = outcome.map_or((0, 0), |Outcome { drawn, indexed, .. }| (*drawn, *indexed));
    let nothing = LeftOut::default();
    let left_out = left_out_json(outcome.map_or(&nothing, |outcome| &outcome.left_out));
    let output = published.map(|(path, _)| shown::folder(path));
    let changes = published.map(|(_, Published { written, kept, removed })| json!({ "written": written, "kept": kept, "removed": removed }));
    json!({
        "type": "summary", "errors": errors, "warnings": warnings,
        "pages": pages, "rebuilt": rebuilt, "reused": pages - rebuilt, "files": files, "drawn": drawn, "indexed": indexed, "left_out": left_out, "output": output, "changes": changes
    })
}

/// One diagnostic in a format, with the line end.
pub fn show(report: &Report, format: Format) -> String {
    match format {
        Format::Human => format!("{}\n\n", human(report).trim_end()),
        Format::Short => format!("{}\n", short(report)),
        Format::Json => format!("{}\n", json(report)),
    }
}

/// Why a command stops, for people.
pub fn failure(message: &str, help: &[&str]) -> String {
    let error = DEFAULT_ERROR_STYLE;
    format!("{error}error{error:#}: {}\n{}", plain(message), tips(help))
}

/// Help below a message that has no place.
fn tips(help: &[impl AsRef<str>]) -> String {
    let tip = DEFAULT_HELP_STYLE;
    help.iter().map(|help| format!("  {tip}help{tip:#}: {}\n", plain(help.as_ref()))).collect()
}

/// A text without line ends and without what a terminal would take as a command.
pub fn one_line(text: &str) -> String {
    let words = text.split(['\n', '\r', '\t']).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    plain(&words)
}

/// A text without what a terminal would take as a command.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '\u{FFFD}' } else { c }).collect()
}

fn human(report: &Report) -> String {
    let Report { severity, code, message, place, help, related } = report;
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = Group::with_title(level.primary_title(message).id(code.name()));
    let Some(place) = place else { return format!("{}\n{}", Renderer::styled().render(&[title]), tips(help)) };
    let main = title.element(excerpt(place)).elements(help.iter().map(|help| Level::HELP.message(help)));
    let others = related.iter().map(|(words, place)| Group::with_title(Level::NOTE.secondary_title(words)).element(excerpt(place)));
    let groups: Vec<Group<'_>> = std::iter::once(main).chain(others).collect();
    Renderer::styled().render(&groups)
}

/// The line with its mark; for a whole file, its name.
fn excerpt(Located { path, position, line, mark }: &Located) -> Element<'_> {
    let origin = Origin::path(path.as_str());
    match (line.is_empty(), position) {
        (true, Position { line: 1, column: 1 }) => return origin.into(),
        (true, Position { line, column }) => return origin.line(*line).char_column(*column).into(),
        (false, _) => {}
    }
    let annotation = AnnotationKind::Primary.span(mark.clone());
    Snippet::source(line).path(path.as_str()).line_start(position.line).annotation(annotation).into()
}

fn short(report: &Report) -> String {
    let Report { severity, code, message, place, help: _, related: _ } = report;
    let place = place.as_ref().map(|Located { path, position, .. }| format!("{path}:{}:{}: ", position.line, position.column)).unwrap_or_default();
    format!("{}{severity}[{}]: {}", plain(&place), code.name(), one_line(message))
}

fn json(report: &Report) -> Value {
    let Report { severity, code, message, place, help, related } = report;
    let related: Vec<Value> = related.iter().map(|(words, place)| with_place(json!({ "message": words }), Some(place))).collect();
    let object = json!({ "type": "diagnostic", "severity": severity, "code": code.name(), "message": message, "help": help, "related": related });
    with_place(object, place.as_ref())
}

fn with_place(mut object: Value, place: Option<&Located>) -> Value {
    let (file, line, column, end) = match place {
        None => (Value::Null, Value::Null, Value::Null, Value::Null),
        Some(Located { path, position, line, mark }) => {
            let marked = line.get(mark.clone()).unwrap_or_default().chars().count();
            (json!(path), json!(position.line), json!(position.column), json!(position.column + marked))
        }
    };
    for (key, value) in [("file", file), ("line", line), ("column", column), ("end_column", end)] {
        object[key] = value;
    }
    object
}
