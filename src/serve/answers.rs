//! Answers of the preview: the path of a request comes in; the page or file that the site has
//! there, or what an open page should be told, goes out. How answers are sent is not here.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::json;

use super::address::{Found, find};
use super::headers;
use super::pages::Made;
use super::preview::{Preview, Snapshot};
use super::site::{Answer, Body, Event, News, Site};
use crate::diag::{Report, Severity};
use crate::escape::escape;
use crate::layout::output::OutputKind;
use crate::path::{OutPath, SourcePath};
use crate::pipeline;
use crate::site;

const HTML: &str = "text/html; charset=utf-8";

impl Site for Preview {
    fn get(&self, path: &str) -> Answer {
        let Some(snapshot) = self.snapshot() else {
            return error_page(&self.reported().reports);
        };
        let mount = snapshot.plan.site.config.base_path.trim_end_matches('/');
        let inner = path.strip_prefix(mount).unwrap_or(path);
        Answer {
            headers: headers::headers(&snapshot.headers, inner),
            ..self.answer(&snapshot, path)
        }
    }

    fn news(&self, path: &str, since: u64) -> News {
        let now = self.news_since(since);
        let mut events = vec![];
        if let Some(snapshot) = now.snapshot {
            let made = self.shown(&snapshot, path);
            let digest = made.as_ref().map(|made| made.digest.to_string());
            let mark = made.map_or("", |made| made.mark);
            events.push(Event {
                name: "page",
                data: json!({ "digest": digest, "changed": now.changed, "mark": mark }).to_string(),
            });
        }
        if let Some(report) = now.report {
            events.push(Event {
                name: "report",
                data: report.json.clone(),
            });
        }
        News {
            generation: now.generation,
            events,
        }
    }
}

impl Preview {
    /// Returns the answer for a path of a site, without the headers of the site.
    fn answer(&self, snapshot: &Snapshot, path: &str) -> Answer {
        match find(&snapshot.plan, path) {
            Found::Output(out) => self.output(snapshot, &out),
            Found::Elsewhere(address) => Answer {
                status: 307,
                body: Body::Redirect(address),
                content_type: HTML.into(),
                headers: vec![],
            },
            Found::Missing(out) => match self.last_good(snapshot, &out) {
                Some(made) => page(made, 200),
                None => {
                    let mistakes = mistakes_at(snapshot, path);
                    if mistakes.is_empty() {
                        self.not_found(snapshot)
                    } else {
                        error_page(&mistakes)
                    }
                }
            },
            Found::Nowhere => self.not_found(snapshot),
        }
    }

    fn output(&self, snapshot: &Snapshot, out: &OutPath) -> Answer {
        let Some(output) = snapshot.plan.layout.outputs.get(out) else {
            return self.not_found(snapshot);
        };
        if let OutputKind::Page(index) = &output.what {
            let made = self.page(snapshot, out, *index);
            if made.html.is_empty() {
                return error_page(&self.reported().reports);
            }
            return page(made, 200);
        }
        match snapshot.renderer().bytes(&output.what) {
            Ok(bytes) => Answer {
                status: 200,
                body: Body::File(bytes),
                content_type: super::http::content_type(out.as_str()).into(),
                headers: vec![],
            },
            // The file is being written right now, or is gone already.
            Err(_) => self.not_found(snapshot),
        }
    }

    /// Returns the page that an address shows.
    fn shown(&self, snapshot: &Snapshot, path: &str) -> Option<Made> {
        match find(&snapshot.plan, path) {
            Found::Output(out) => match snapshot.plan.layout.outputs.get(&out)?.what {
                OutputKind::Page(index) => Some(self.page(snapshot, &out, index)),
                _ => None,
            },
            Found::Missing(out) => self.last_good(snapshot, &out),
            Found::Elsewhere(_) | Found::Nowhere => None,
        }
    }

    fn not_found(&self, snapshot: &Snapshot) -> Answer {
        let found = snapshot
            .plan
            .layout
            .outputs
            .whole()
            .get_key_value("404.html")
            .map(|(out, output)| (out, &output.what));
        match found {
            Some((out, OutputKind::Page(index))) => page(self.page(snapshot, out, *index), 404),
            _ => Answer {
                status: 404,
                body: Body::File(Arc::from(&b"There is no such page.\n"[..])),
                content_type: "text/plain; charset=utf-8".into(),
                headers: vec![],
            },
        }
    }
}

fn page(made: Made, status: u16) -> Answer {
    Answer {
        status,
        body: Body::Page {
            html: made.html,
            digest: made.digest.to_string(),
            mark: made.mark,
        },
        content_type: HTML.into(),
        headers: vec![],
    }
}

/// Returns the mistakes of the files whose page would be at a path, as far as their names tell.
fn mistakes_at(snapshot: &Snapshot, path: &str) -> Vec<Report> {
    let errors = snapshot.diagnostics.paths_with_errors();
    let broken: BTreeSet<&SourcePath> = errors
        .filter(|file| name_of(file).is_some_and(|name| path.split('/').any(|part| part == name)))
        .collect();
    if broken.is_empty() {
        return vec![];
    }
    let mut reports = pipeline::reports(&snapshot.inputs, snapshot.diagnostics.clone());
    reports.retain(|report| {
        let place = report.place.as_ref();
        report.severity == Severity::Error && place.is_some_and(|at| broken.contains(&at.path))
    });
    reports
}

/// Returns what the address of a page is named after that a file is the source of.
fn name_of(file: &SourcePath) -> Option<&str> {
    if let Some(role) = site::role_of(file) {
        return Some(role);
    }
    let inner = file.inside("content")?;
    let mut parts = inner.rsplit('/');
    let name = parts.next()?;
    match name.rsplit_once('.').map_or(name, |(stem, _)| stem) {
        "index" | "_index" => parts.next(),
        stem => Some(stem),
    }
}

/// Returns the page that stands where no good page ever was, and says why.
fn error_page(reports: &[Report]) -> Answer {
    let lines: String = reports.iter().map(error_line).collect();
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>The site has mistakes</title></head>\
        <body><h1>The site has mistakes</h1><p>The page appears here once they are corrected.</p><ul>{lines}</ul></body></html>"
    );
    Answer {
        status: 500,
        body: Body::Page {
            html: html.into_bytes().into(),
            digest: String::new(),
            mark: "",
        },
        content_type: HTML.into(),
        headers: vec![],
    }
}

fn error_line(report: &Report) -> String {
    let place = report.place.as_ref().map_or(String::new(), |at| {
        format!(" ({}:{}:{})", at.path, at.position.line, at.position.column)
    });
    format!(
        "<li>{}: {}{}</li>",
        report.severity,
        escape(&report.message),
        escape(&place)
    )
}
