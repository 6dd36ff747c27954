//! Annotations of GitHub workflows: a diagnostic comes in; the line with which a step of a workflow
//! marks a line of a pull request goes out.

use super::report::{end_column, one_line};
use super::shown::SitePaths;
use crate::diag::{Located, Report};

/// Returns a diagnostic as a workflow command, without the line end.
pub fn annotation(report: &Report, paths: &SitePaths) -> String {
    let Report {
        severity,
        code,
        message,
        place,
        help,
        related,
    } = report;
    let mut properties = place
        .as_ref()
        .map(|place| properties(place, paths))
        .unwrap_or_default();
    properties.push(format!("title={}", property(code.name())));
    let mut lines = vec![one_line(message)];
    // What is inside the program is on no line of the repository.
    let built_in = place
        .iter()
        .filter(|place| paths.path(&place.path).is_none());
    lines.extend(built_in.map(|place| named(place, paths)));
    lines.extend(help.iter().map(|help| format!("help: {}", one_line(help))));
    let others = related
        .iter()
        .map(|(words, place)| format!("{}: {}", one_line(words), named(place, paths)));
    lines.extend(others);
    format!(
        "::{severity} {}::{}",
        properties.join(","),
        data(&lines.join("\n"))
    )
}

/// Returns the message about what stops a command, without the line end.
pub fn failure(message: &str, help: &[&str]) -> String {
    let lines: Vec<String> = std::iter::once(one_line(message))
        .chain(help.iter().map(|help| format!("help: {}", one_line(help))))
        .collect();
    format!("::error title=rungs::{}", data(&lines.join("\n")))
}

fn properties(place: &Located, paths: &SitePaths) -> Vec<String> {
    let Some(path) = paths.path(&place.path) else {
        return vec![];
    };
    let mut properties = vec![format!("file={}", property(&path))];
    if !place.is_whole_file() {
        let (line, column) = (place.position.line, place.position.column);
        properties.push(format!("line={line},endLine={line}"));
        properties.push(format!("col={column},endColumn={}", end_column(place)));
    }
    properties
}

fn named(place: &Located, paths: &SitePaths) -> String {
    let name = one_line(&paths.name(&place.path));
    format!("{name}:{}:{}", place.position.line, place.position.column)
}

/// Escapes the text of a command as GitHub's own toolkit does.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Escapes the value of a property, which `:` and `,` would end.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
