//! Diagnostics for the pages of the preview: reports come in, one line of JSON goes out, which
//! `client/` shows.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::diag::{Located, Report, Severity};
use crate::inputs::Inputs;
use crate::source::Position;

/// Turns the place of a diagnostic into an address that opens an editor.
#[derive(Clone, Debug, Default)]
pub struct Editor {
    /// The folder of the site.
    pub root: PathBuf,
    /// An address with `{file}`, `{line}` and `{column}`.
    pub pattern: String,
}

/// The diagnostics of a site.
pub struct Reported {
    /// For the terminal.
    pub reports: Vec<Report>,
    /// For the pages of the site: one line.
    pub json: String,
}

/// Whether all pages of a site were looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Some pages were not looked at yet.
    Checking,
    Done,
}

impl Default for Reported {
    /// Returns the report of a site of which nothing was looked at yet.
    fn default() -> Self {
        Self {
            reports: vec![],
            json: json!({ "checking": true, "errors": 0, "warnings": 0, "diagnostics": [] })
                .to_string(),
        }
    }
}

impl Reported {
    /// Returns the report of diagnostics.
    pub fn new(reports: Vec<Report>, progress: Progress, inputs: &Inputs, editor: &Editor) -> Self {
        let count = |severity| {
            reports
                .iter()
                .filter(|report| report.severity == severity)
                .count()
        };
        let to_editor = |at: &Located| {
            editor
                .address(at)
                .filter(|_| inputs.get(at.path.as_str()).is_some())
        };
        let all: Vec<Value> = reports
            .iter()
            .map(|report| diagnostic(report, &to_editor))
            .collect();
        let json = json!({
            "checking": progress == Progress::Checking,
            "errors": count(Severity::Error),
            "warnings": count(Severity::Warning),
            "diagnostics": all,
        })
        .to_string();
        Self { reports, json }
    }
}

impl Editor {
    fn address(&self, place: &Located) -> Option<String> {
        let file = self.root.join(place.path.as_str());
        let file = file.to_str()?.replace('\\', "/");
        let file = crate::path::encode(&file);
        let Position { line, column } = place.position;
        Some(
            self.pattern
                .replace("{line}", &line.to_string())
                .replace("{column}", &column.to_string())
                .replace("{file}", &file),
        )
    }
}

/// Returns the address of a place in an editor, if the site has the file: those of the built-in
/// theme are not on the disk.
type ToEditor<'a> = dyn Fn(&Located) -> Option<String> + 'a;

fn diagnostic(
    Report {
        severity,
        code,
        message,
        place,
        help,
        related,
    }: &Report,
    to_editor: &ToEditor<'_>,
) -> Value {
    let related: Vec<Value> = related
        .iter()
        .map(|(words, at)| json!({ "message": words, "place": self::place(at, to_editor) }))
        .collect();
    let place = place.as_ref().map(|at| self::place(at, to_editor));
    json!({ "severity": severity, "code": code.name(), "message": message, "help": help, "place": place, "related": related })
}

fn place(at: &Located, to_editor: &ToEditor<'_>) -> Value {
    let Located {
        path,
        position,
        line,
        mark,
    } = at;
    // JavaScript counts in UTF-16 units.
    let units = |end: usize| {
        line.get(..end)
            .map_or(0, |text| text.encode_utf16().count())
    };
    json!({
        "file": path, "line": position.line, "column": position.column, "excerpt": line, "mark": [units(mark.start), units(mark.end)],
        "editor": to_editor(at),
    })
}
