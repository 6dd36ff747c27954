//! SARIF 2.1.0, the format of code scanning: diagnostics come in; one document goes out.

use std::collections::BTreeSet;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::exit::Exit;
use super::report::end_column;
use super::shown::SitePaths;
use crate::diag::{Code, Located, Report};

/// What stays as it is in the path of a URI.
const IN_PATH: AsciiSet = NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// What a command found, until it ends.
#[derive(Debug, Default)]
pub struct Log {
    codes: BTreeSet<Code>,
    results: Vec<Value>,
    /// What stopped the command, with the help.
    failures: Vec<String>,
}

impl Log {
    /// Adds a diagnostic.
    pub fn add(&mut self, report: &Report, paths: &SitePaths) {
        let Report {
            severity,
            code,
            message,
            place,
            help,
            related,
        } = report;
        self.codes.insert(*code);
        let text: Vec<&str> = std::iter::once(message.as_str())
            .chain(help.iter().map(String::as_str))
            .collect();
        let others = related.iter().zip(1..).map(|((words, place), id)| {
            let mut other = location(place, paths);
            other["id"] = json!(id);
            other["message"] = json!({ "text": words });
            other
        });
        self.results.push(json!({
            "ruleId": code.name(),
            "level": severity,
            "message": { "text": text.join("\n") },
            "locations": place.iter().map(|place| location(place, paths)).collect::<Vec<_>>(),
            "relatedLocations": others.collect::<Vec<_>>(),
        }));
    }

    /// Adds what stops the command.
    pub fn add_failure(&mut self, message: &str, help: &[&str]) {
        let lines = std::iter::once(message).chain(help.iter().copied());
        self.failures.push(lines.collect::<Vec<_>>().join("\n"));
    }

    /// Returns the document of a command that ended.
    pub fn document(&self, exit: Exit) -> Value {
        let rules = self
            .codes
            .iter()
            .map(|code| json!({ "id": code.name(), "shortDescription": { "text": code.about() } }));
        let failures = self
            .failures
            .iter()
            .map(|text| json!({ "level": "error", "message": { "text": text } }));
        json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": "Rungs",
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": rules.collect::<Vec<_>>(),
                } },
                "columnKind": "unicodeCodePoints",
                "invocations": [{
                    "executionSuccessful": exit == Exit::Fine,
                    "exitCode": exit as u8,
                    "toolExecutionNotifications": failures.collect::<Vec<_>>(),
                }],
                "results": self.results,
            }],
        })
    }
}

/// Returns a place. Its URI counts from the current folder, `properties.file` from the folder of
/// site.toml. A file inside the program is none that a reader could open, so it has a name alone.
fn location(place: &Located, paths: &SitePaths) -> Value {
    let file = json!({ "file": place.path });
    let Some(path) = paths.path(&place.path) else {
        let name = paths.name(&place.path);
        return json!({ "logicalLocations": [{ "fullyQualifiedName": name, "kind": "resource" }], "properties": file });
    };
    let uri = utf8_percent_encode(&path, &IN_PATH).to_string();
    let mut physical = json!({ "artifactLocation": { "uri": uri } });
    if !place.is_whole_file() {
        physical["region"] = json!({
            "startLine": place.position.line,
            "startColumn": place.position.column,
            "endColumn": end_column(place),
        });
    }
    json!({ "physicalLocation": physical, "properties": file })
}
