//! Results as text: diagnostics and the outcome of a build come in; text for people, or one JSON
//! object per line, goes out.

use std::path::Path;

use annotate_snippets::renderer::{DEFAULT_ERROR_STYLE, DEFAULT_HELP_STYLE};
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};
use serde_json::{Value, json};

use super::args::Format;
use super::github;
use super::shown::{self, SitePaths};
use crate::calendar::LeftOut;
use crate::diag::{Located, Report, Severity};
use crate::disk::FileChanges;
use crate::pipeline::Outcome;
use crate::source::Position;

/// How many errors and warnings there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub errors: usize,
    pub warnings: usize,
}

impl Counts {
    /// Counts diagnostics.
    pub fn of(reports: &[Report]) -> Self {
        let errors = reports
            .iter()
            .filter(|report| report.severity == Severity::Error)
            .count();
        Self {
            errors,
            warnings: reports.len() - errors,
        }
    }

    /// Returns `3 errors, 1 warning`, or `None` if there are none.
    pub fn in_words(&self) -> Option<String> {
        let counted = [(self.errors, "error"), (self.warnings, "warning")];
        let words: Vec<String> = counted
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| plural(count, word))
            .collect();
        if words.is_empty() {
            return None;
        }
        Some(words.join(", "))
    }
}

/// Returns `1 page`, `2 pages`.
pub fn plural(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// Returns the lines that say what a good build did.
pub fn built(
    Outcome {
        pages,
        rendered,
        files,
        drawn,
        indexed,
        left_out: unpublished,
        ..
    }: &Outcome,
    changes: &FileChanges,
    seconds: &str,
    folder: &str,
) -> String {
    let reused = pages - rendered;
    let removed = if changes.removed.is_empty() {
        String::new()
    } else {
        format!(", removed {}", plural(changes.removed.len(), "file"))
    };
    let drawn = if *drawn == 0 {
        String::new()
    } else {
        format!("Drew {}\n", plural(*drawn, "picture"))
    };
    let indexed = if *indexed == 0 {
        String::new()
    } else {
        format!("Indexed {} for search\n", plural(*indexed, "page"))
    };
    let (pages, files) = (plural(*pages, "page"), plural(*files, "file"));
    format!(
        "{drawn}{indexed}Built {pages} ({rendered} rebuilt, {reused} reused) and {files}{removed} in {seconds} s -> {folder}{}",
        left_out(unpublished)
    )
}

/// Returns `; left out: 2 drafts, 1 until 2026-12-24`, or nothing if everything is published.
pub fn left_out(left_out: &LeftOut) -> String {
    left_out
        .in_words()
        .map(|words| format!("; left out: {words}"))
        .unwrap_or_default()
}

/// Returns what is left out for programs.
pub fn left_out_json(
    LeftOut {
        drafts,
        future,
        days,
        expired,
        aged,
    }: &LeftOut,
) -> Value {
    json!({ "drafts": drafts, "future": future, "next": days.map(|(first, _)| first), "expired": expired, "old_jobs": aged })
}

/// The last line of JSON output.
#[derive(Default)]
pub struct Summary<'a> {
    counts: Counts,
    /// `None` if there was no site to build.
    outcome: Option<&'a Outcome>,
    published: Option<PublishedTo<'a>>,
}

/// Where a site was published, and what changed there.
struct PublishedTo<'a> {
    folder: &'a Path,
    changes: &'a FileChanges,
}

impl<'a> Summary<'a> {
    /// Returns the summary of a build that published nothing.
    pub fn of(outcome: &'a Outcome) -> Self {
        Self {
            counts: Counts::of(&outcome.reports),
            outcome: Some(outcome),
            published: None,
        }
    }

    /// Returns the summary of a command that found no site.
    pub fn of_no_site(counts: Counts) -> Self {
        Self {
            counts,
            ..Self::default()
        }
    }

    /// Adds where the site was published.
    pub fn published(self, folder: &'a Path, changes: &'a FileChanges) -> Self {
        Self {
            published: Some(PublishedTo { folder, changes }),
            ..self
        }
    }

    /// Returns the JSON object.
    pub fn json(&self) -> Value {
        let Counts { errors, warnings } = self.counts;
        let number = |of: fn(&Outcome) -> usize| self.outcome.map_or(0, of);
        let (pages, rebuilt) = (number(|it| it.pages), number(|it| it.rendered));
        let nothing = LeftOut::default();
        let left_out = self.outcome.map_or(&nothing, |outcome| &outcome.left_out);
        let published = self.published.as_ref();
        let changes = published.map(|PublishedTo { changes, .. }| {
            let FileChanges {
                written,
                kept,
                removed,
            } = changes;
            json!({ "written": written.len(), "kept": kept, "removed": removed.len() })
        });
        json!({
            "type": "summary",
            "errors": errors,
            "warnings": warnings,
            "pages": pages,
            "rebuilt": rebuilt,
            "reused": pages - rebuilt,
            "files": number(|it| it.files),
            "drawn": number(|it| it.drawn),
            "indexed": number(|it| it.indexed),
            "left_out": left_out_json(left_out),
            "output": published.map(|it| shown::folder(it.folder)),
            "changes": changes,
        })
    }
}

/// Returns one diagnostic in a format, with the line end.
pub fn show(report: &Report, format: Format, paths: &SitePaths) -> String {
    match format {
        Format::Human => format!("{}\n\n", human(report, paths).trim_end()),
        Format::Short => format!("{}\n", short(report, paths)),
        Format::Json => format!("{}\n", json(report, paths)),
        Format::Github => format!("{}\n", github::annotation(report, paths)),
        // One document has them all, at the end.
        Format::Sarif => String::new(),
    }
}

/// Returns the message for people about what stops a command.
pub fn failure(message: &str, help: &[&str]) -> String {
    let error = DEFAULT_ERROR_STYLE;
    format!("{error}error{error:#}: {}\n{}", plain(message), tips(help))
}

/// Returns the help below a message that has no place.
fn tips(help: &[impl AsRef<str>]) -> String {
    let tip = DEFAULT_HELP_STYLE;
    help.iter()
        .map(|help| format!("  {tip}help{tip:#}: {}\n", plain(help.as_ref())))
        .collect()
}

/// Returns a text without line ends and control characters.
pub fn one_line(text: &str) -> String {
    let words = text
        .split(['\n', '\r', '\t'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    plain(&words)
}

/// Returns a text without control characters, which a terminal may take for commands.
fn plain(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_control() && c != '\n' {
                '\u{FFFD}'
            } else {
                c
            }
        })
        .collect()
}

fn human(report: &Report, paths: &SitePaths) -> String {
    let Report {
        severity,
        code,
        message,
        place,
        help,
        related,
    } = report;
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = Group::with_title(level.primary_title(message).id(code.name()));
    let Some(place) = place else {
        return format!("{}\n{}", Renderer::styled().render(&[title]), tips(help));
    };
    let main = title
        .element(excerpt(place, paths))
        .elements(help.iter().map(|help| Level::HELP.message(help)));
    let others = related.iter().map(|(words, place)| {
        Group::with_title(Level::NOTE.secondary_title(words)).element(excerpt(place, paths))
    });
    let groups: Vec<Group<'_>> = std::iter::once(main).chain(others).collect();
    Renderer::styled().render(&groups)
}

/// Returns the line with the part that is wrong marked; for a whole file, its name.
fn excerpt<'r>(
    Located {
        path,
        position,
        line,
        mark,
    }: &'r Located,
    paths: &SitePaths,
) -> Element<'r> {
    let name = plain(&paths.name(path));
    let origin = Origin::path(name.clone());
    match (line.is_empty(), position) {
        (true, Position { line: 1, column: 1 }) => return origin.into(),
        (true, Position { line, column }) => return origin.line(*line).char_column(*column).into(),
        (false, _) => {}
    }
    let annotation = AnnotationKind::Primary.span(mark.clone());
    Snippet::source(line)
        .path(name)
        .line_start(position.line)
        .annotation(annotation)
        .into()
}

fn short(report: &Report, paths: &SitePaths) -> String {
    let Report {
        severity,
        code,
        message,
        place,
        help: _,
        related: _,
    } = report;
    let place = place
        .as_ref()
        .map(|Located { path, position, .. }| {
            let name = paths.name(path);
            format!("{name}:{}:{}: ", position.line, position.column)
        })
        .unwrap_or_default();
    format!(
        "{}{severity}[{}]: {}",
        plain(&place),
        code.name(),
        one_line(message)
    )
}

fn json(report: &Report, paths: &SitePaths) -> Value {
    let Report {
        severity,
        code,
        message,
        place,
        help,
        related,
    } = report;
    let related: Vec<Value> = related
        .iter()
        .map(|(words, place)| with_place(json!({ "message": words }), Some(place), paths))
        .collect();
    let object = json!({ "type": "diagnostic", "severity": severity, "code": code.name(), "message": message, "help": help, "related": related });
    with_place(object, place.as_ref(), paths)
}

/// Adds the place to an object: the file, counted from the folder of site.toml and (`path`) from the
/// current folder, line and columns. A file inside the program has no `path`.
fn with_place(mut object: Value, place: Option<&Located>, paths: &SitePaths) -> Value {
    for key in ["file", "path", "line", "column", "end_column"] {
        object[key] = Value::Null;
    }
    let Some(place) = place else {
        return object;
    };
    object["file"] = json!(place.path);
    object["path"] = json!(paths.path(&place.path));
    object["line"] = json!(place.position.line);
    object["column"] = json!(place.position.column);
    object["end_column"] = json!(end_column(place));
    object
}

/// Returns the column behind the last marked character.
pub fn end_column(place: &Located) -> usize {
    let marked = place.line.get(place.mark.clone()).unwrap_or_default();
    place.position.column + marked.chars().count()
}
