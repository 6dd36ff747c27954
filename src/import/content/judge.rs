//! The last word about imported articles has the check of the site itself: it is run with them in memory,
//! and what it would call an error in one of them is taken out and told.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use super::body::{RawHtml, to_markdown};
use super::links::{self, Leads};
use super::old_site::Files;
use super::write::Written;
use crate::data::Value;
use crate::diag::{Code, Report, Severity};
use crate::digest::Digest;
use crate::import::{Fault, LossReport, Request, Where};
use crate::inputs::{File, Inputs, Read};
use crate::memo::Forgetful;
use crate::path::SourcePath;
use crate::pipeline::{self, Before, Nowhere, Published};
use crate::site::Options;
use crate::source::Span;
use crate::watch::Unwatched;

/// How often a site is checked: a mended article may show another mistake.
const ROUNDS: usize = 12;

/// Takes out what the check of the site would call an error.
pub fn mend(
    written: &mut Written,
    request: &Request<'_>,
    files: &Files<'_>,
    options: &Options,
    report: &mut LossReport,
) -> Result<(), Fault> {
    for _ in 0..ROUNDS {
        let reports = check(written, request, files, options)?;
        let of_articles = reports
            .into_iter()
            .filter(|report| report.severity == Severity::Error);
        let mut mended = 0;
        let mut left = vec![];
        // From the end of a file to its beginning, so that places stay right.
        let mut faults: Vec<Report> = of_articles
            .filter(|report| is_ours(report, written))
            .collect();
        faults.sort_by_key(|fault| {
            fault.place.as_ref().map(|place| {
                (
                    place.path.clone(),
                    std::cmp::Reverse(place.position.clone()),
                )
            })
        });
        for fault in faults {
            if mend_one(&fault, written, report) {
                mended += 1;
            } else {
                left.push(fault);
            }
        }
        if mended == 0 {
            for fault in left {
                let place = fault
                    .place
                    .map(|place| format!("{}:{}: ", place.path, place.position.line));
                report.note(format!(
                    "`rungs check` will say: {}{}",
                    place.unwrap_or_default(),
                    fault.message
                ));
            }
            return Ok(());
        }
    }
    Ok(())
}

fn is_ours(report: &Report, written: &Written) -> bool {
    report
        .place
        .as_ref()
        .is_some_and(|place| written.articles.contains_key(&place.path))
}

/// Checks the site with the articles that it has not yet.
fn check(
    written: &Written,
    request: &Request<'_>,
    files: &Files<'_>,
    options: &Options,
) -> Result<Vec<Report>, Fault> {
    let made = written.files(files)?;
    let mut all: BTreeMap<SourcePath, File> = request
        .site
        .iter()
        .map(|(path, file)| (path.clone(), *file))
        .collect();
    let mut held = BTreeMap::new();
    for (path, bytes) in made {
        // A file that is there is the author's, or was imported earlier, and is replaced at most.
        let file = File {
            digest: Digest::of(&bytes),
            size: bytes.len() as u64,
        };
        all.insert(path.clone(), file);
        held.insert(path, Arc::from(bytes));
    }
    let reader = Overlay {
        site: request.site.clone(),
        held,
    };
    let inputs = Inputs::new(Arc::new(all), Arc::new(reader));
    let before = Before {
        memo: &Forgetful,
        published: Published::All,
    };
    let Ok(built) = pipeline::build(
        pipeline::Request::new(&inputs, options),
        before,
        &Unwatched,
        &mut Nowhere,
    );
    Ok(built.outcome.reports)
}

/// Files in memory before those of the site.
struct Overlay {
    site: Inputs,
    held: BTreeMap<SourcePath, Arc<[u8]>>,
}

impl Read for Overlay {
    fn read(&self, path: &SourcePath) -> io::Result<Vec<u8>> {
        match self.held.get(path) {
            Some(bytes) => Ok(bytes.to_vec()),
            None => self
                .site
                .bytes(path)
                .map(|bytes| bytes.to_vec())
                .map_err(|fault| io::Error::other(fault.message)),
        }
    }
}

/// Takes out what a message is about. Returns whether the article changed.
fn mend_one(fault: &Report, written: &mut Written, report: &mut LossReport) -> bool {
    let Some(place) = &fault.place else {
        return false;
    };
    let Some(article) = written.articles.get_mut(&place.path) else {
        return false;
    };
    let text = String::from_utf8_lossy(&article.bytes()).into_owned();
    let Some(at) = offset(&text, place.position.line, place.position.column) else {
        return false;
    };
    let why = fault.message.clone();
    let file = Where::file(place.path.as_str()).row(place.position.line as u64);
    let Some(in_body) = at.checked_sub(article.body_start()) else {
        let mended = mend_front(
            &mut article.front,
            place.line.get(place.mark.clone()).unwrap_or_default(),
        );
        if mended {
            report.drop("checked articles", format!("{why}: left out"), file);
        }
        return mended;
    };
    let start = article.body.len() - article.body.trim_start_matches('\n').len();
    let at = start + in_body;
    let body = match fault.code {
        Code::RawHtml => without_html(&article.body, at..at + place.mark.len()),
        Code::Shortcode => Some(
            article
                .body
                .get(at..)
                .map(|rest| format!("{}{}", &article.body[..at], rest.replacen("{{<", "{{ <", 1)))
                .unwrap_or_default(),
        ),
        _ => Some(
            links::rewrite(&article.body, |_, _, own| {
                if own == at {
                    Leads::Nowhere
                } else {
                    Leads::AsWritten
                }
            })
            .text,
        ),
    };
    let changed = body.filter(|body| *body != article.body && !body.is_empty());
    let Some(body) = changed else { return false };
    article.body = body;
    report.drop("checked articles", format!("{why}: its words stay"), file);
    true
}

/// Takes the text that a message marks out of the front matter: an old address, a tag, a picture.
fn mend_front(front: &mut crate::data::Table, marked: &str) -> bool {
    let marked = marked.trim_matches('"');
    let says = |value: &Value| matches!(value, Value::String(text) if text == marked);
    for key in ["aliases", "tags", "authors"] {
        let node = front.0.iter_mut().find(|(own, _)| own.name == key);
        if let Some((_, node)) = node
            && let Value::Array(items) = &mut node.value
        {
            let before = items.len();
            items.retain(|item| !says(&item.value));
            if items.len() < before {
                front.0.retain(
                    |(_, node)| !matches!(&node.value, Value::Array(items) if items.is_empty()),
                );
                return true;
            }
        }
    }
    let before = front.0.len();
    front.0.retain(|(key, node)| {
        !(matches!(key.name.as_str(), "image" | "description") && says(&node.value))
    });
    front.0.len() < before
}

/// Reads a body once more, for what a tag of a template hid is HTML now; if that changes nothing, the tag
/// that a message marks is taken out.
fn without_html(text: &str, span: Span) -> Option<String> {
    let again = to_markdown(text, &[], RawHtml::Refused).edited.text;
    if again == text {
        without(text, span)
    } else {
        Some(again)
    }
}

fn without(text: &str, span: Span) -> Option<String> {
    Some(format!(
        "{}{}",
        text.get(..span.start)?,
        text.get(span.end..)?
    ))
}

/// Returns the offset of a line and a column in characters, both from 1.
fn offset(text: &str, line: usize, column: usize) -> Option<usize> {
    let start: usize = text
        .split_inclusive('\n')
        .take(line.checked_sub(1)?)
        .map(str::len)
        .sum();
    let rest = text.get(start..)?;
    let (at, _) = rest
        .char_indices()
        .nth(column.checked_sub(1)?)
        .unwrap_or((rest.len(), ' '));
    Some(start + at)
}
