//! `rungs import jobs`: a feed of open jobs comes in; positions of roles, and those without a role, go out.

mod ashby;
mod feed;
mod general;
mod greenhouse;
mod indeed;
mod job;
mod json;
mod lever;
mod matches;
mod pay_text;
mod places;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use jiff::civil::Date;

pub use matches::MatchFile;

use super::layers::SiteList;
use super::{Fault, Imported, Layers, LossReport, Request, html, markdown};
use crate::data::{Id, Table, Value, is_safe_url};
use crate::diag::Diagnostics;
use crate::source::Source;
use job::Job;
use matches::{Match, Matcher};
use places::Places;

/// How jobs are imported.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Which role a job is of, where its title does not say it.
    pub roles: Option<Source>,
    /// The employer, where the feed does not say it.
    pub employer: Option<String>,
    /// The day on which a job must not have expired.
    pub date: Date,
}

/// Why nothing is imported.
#[derive(Debug)]
pub enum Refused {
    /// A feed is to blame.
    Upstream(Fault),
    /// What the author says of roles is.
    Here(Diagnostics),
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        Self::Upstream(fault)
    }
}

/// Imports the jobs of some files.
pub fn import(request: &Request<'_>, wanted: &Wanted) -> Result<Imported, Refused> {
    let mut matcher = Matcher::of_site(request.site);
    if let Some(roles) = &wanted.roles {
        matcher.listen(roles).map_err(Refused::Here)?;
    }
    let mut importer = Importer {
        request,
        wanted,
        matcher,
        report: LossReport::default(),
        layers: Layers::default(),
        ids: BTreeSet::new(),
    };
    for name in request.upstream.names() {
        let feed = feed::read(request.upstream, name, &mut importer.report)?;
        importer
            .report
            .note(format!("{name} was read as {}", feed.kind));
        for job in feed.jobs {
            importer.add(&job);
        }
    }
    Ok(Imported {
        layers: importer.layers,
        report: importer.report,
    })
}

struct Importer<'i> {
    request: &'i Request<'i>,
    wanted: &'i Wanted,
    matcher: Matcher,
    report: LossReport,
    layers: Layers,
    ids: BTreeSet<String>,
}

impl Importer<'_> {
    /// Adds a job to its role, or to those without one.
    fn add(&mut self, job: &Job) {
        let Some(mut row) = self.row(job) else { return };
        self.report.joined(&job.at.file);
        match self.role(job) {
            Some(Match { role, level }) => {
                if let Some(level) = level {
                    row.put("level", level.as_str());
                }
                self.layers.role(&role).positions.push(row);
            }
            None => self.layers.positions.push(row),
        }
    }

    fn role(&mut self, job: &Job) -> Option<Match> {
        match self.matcher.role(&job.title) {
            Ok(Some(found)) => Some(found),
            Ok(None) => {
                let why = format!(
                    "\"{}\" is the title of no role: the job stands without one",
                    job.title
                );
                self.report.note_once(why);
                None
            }
            Err(roles) => {
                let names = roles.iter().map(Id::as_str).collect::<Vec<_>>().join(", ");
                let why = format!(
                    "\"{}\" is a title of {names}: the job stands without a role; say which with --roles",
                    job.title
                );
                self.report.note_once(why);
                None
            }
        }
    }

    /// Returns a job as positions.toml has it; `None` for one that is left out.
    fn row(&mut self, job: &Job) -> Option<Table> {
        let file = job.at.file.clone();
        let title = html::plain(&job.title);
        let mut refuse = |why: &str| self.report.drop(&file, why, job.at.clone());
        if title.is_empty() {
            refuse("a job without a title");
            return None;
        }
        let Some(posted) = job.posted else {
            refuse("a job without the day on which it was posted");
            return None;
        };
        if job.expires.is_some_and(|day| day < self.wanted.date) {
            refuse("a job that has expired");
            return None;
        }
        if job.expires.is_some_and(|day| day < posted) {
            refuse("a job that expires before it was posted");
            return None;
        }
        let employer = job
            .employer
            .as_deref()
            .map(html::plain)
            .or_else(|| self.wanted.employer.clone());
        let Some(employer) = employer.filter(|name| !name.is_empty()) else {
            refuse("a job without an employer: give one with --employer");
            return None;
        };
        let Some(id) = self.id(&title, &employer, job) else {
            self.report
                .duplicate(&file, "a job of a number that another has", job.at.clone());
            return None;
        };
        let mut row = Table::default();
        row.put("id", id);
        row.put("title", title);
        row.put("employer", employer);
        put_url(&mut row, "employer_url", job.employer_url.as_deref());
        self.put_places(&mut row, job);
        if let Some(employment) = job.employment {
            row.put("employment_type", employment);
        }
        self.put_pay(&mut row, job, posted);
        row.put("posted", posted);
        if let Some(day) = job.expires {
            row.put("expires", day);
        }
        put_url(&mut row, "url", job.url.as_deref());
        if let Some(text) = description(job).filter(|text| !text.is_empty()) {
            row.put("description", text);
        }
        Some(row)
    }

    /// Makes an id of a title and the number that the feed gives; `None` if another job has it.
    fn id(&mut self, title: &str, employer: &str, job: &Job) -> Option<String> {
        let short = |text: &str| {
            crate::path::slugify(text)
                .chars()
                .take(48)
                .collect::<String>()
                .trim_matches('-')
                .to_owned()
        };
        let number = job
            .number
            .as_deref()
            .map(short)
            .filter(|number| !number.is_empty());
        let slug = short(title);
        let base = match number {
            Some(number) => format!("{slug}-{number}"),
            None => format!("{slug}-{}", short(employer)),
        };
        if self.ids.insert(base.clone()) {
            return Some(base);
        }
        // Without a number of its own it is another job of the same title.
        if job.number.is_some() {
            return None;
        }
        let mut numbered = (2..).map(|number: usize| format!("{base}-{number}"));
        numbered.find(|id| self.ids.insert(id.clone()))
    }

    fn put_places(&mut self, row: &mut Table, job: &Job) {
        let Places {
            names,
            countries,
            workplace,
        } = places::read(&job.places);
        if !names.is_empty() {
            row.put(
                "locations",
                names.into_iter().map(Value::from).collect::<Vec<_>>(),
            );
        }
        if let Some(country) = countries.first() {
            row.put("country", *country);
        }
        if let Some(workplace) = job.workplace.or(workplace) {
            row.put("workplace", workplace);
        }
    }

    fn put_pay(&mut self, row: &mut Table, job: &Job, posted: Date) {
        let name = self.request.name.as_str();
        let pay = job.pay.as_ref().and_then(|pay| pay.table(name, posted));
        let (Some(pay), Some(id)) = (pay, Id::new(name)) else {
            return;
        };
        row.put("salary", pay);
        let mut source = Table::default();
        source.put("title", "Adverts of employers");
        source.put("kind", "vacancies");
        self.layers.list_row(SiteList::Sources, &id, source);
    }
}

fn put_url(row: &mut Table, key: &str, url: Option<&str>) {
    let is_web = |url: &&str| {
        (url.starts_with("https://") || url.starts_with("http://")) && is_safe_url(url)
    };
    if let Some(url) = url.map(str::trim).filter(is_web) {
        row.put(key, url);
    }
}

/// Writes what a job says of itself as Markdown of a record.
fn description(job: &Job) -> Option<String> {
    let text = job.description.as_deref()?;
    Some(if job.is_markdown {
        markdown::inert_text(text)
    } else {
        markdown::inert_text(&html::to_markdown(text))
    })
}
