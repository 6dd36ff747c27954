//! Jobs: the rows of positions.toml come in; those that are open on the day of the build go out, and those that are not.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::few::few;
use super::record::{PositionRow, Workplace};
use super::resolve::{Resolver, ahead};
use super::{Ladder, Position};
use crate::calendar::{Absence, Calendar, is_ahead};
use crate::config::{country, duplicate, id_or_slug, of_names};
use crate::data::{At, Id, meant};
use crate::diag::{Code, Diagnostic};
use crate::source::Span;
use crate::suggest;

impl Resolver<'_> {
    /// The open jobs; and the others, with the reason.
    pub(super) fn positions(&mut self, ladder: &Ladder) -> (Vec<Position>, Vec<(Position, Absence)>) {
        let path = &self.written.positions_path;
        let mut seen: BTreeMap<Id, (Span, Option<String>)> = BTreeMap::new();
        let (mut open, mut absent) = (vec![], vec![]);
        for row in &self.written.positions {
            self.check_position(row, ladder);
            let name = At { value: format!("{} {}", row.title.value, row.employer), span: row.title.span.clone() };
            let Some(id) = id_or_slug(row.id.as_ref(), &name, path, self.faults) else { continue };
            match seen.get(&id) {
                Some((first, first_name)) => {
                    let fault = duplicate(&id, path, &row.span, path, first);
                    self.faults.push(of_names(fault, &id, row.id.is_none().then_some(name.as_str()), first_name.as_deref()));
                }
                None => {
                    seen.insert(id.clone(), (row.span.clone(), row.id.is_none().then(|| name.value.clone())));
                    match (self.position(id, row), self.absence(row)) {
                        (position, None) => open.push(position),
                        (position, Some(absence)) => absent.push((position, absence)),
                    }
                }
            }
        }
        // A job without a page of its own is told to nobody.
        let with_page = open.iter().filter(|position: &&Position| position.description.is_some());
        self.faults.extend(few(with_page.filter_map(incomplete_job), "jobs"));
        if self.written.absence(&self.world.calendar).is_none() {
            self.say_aged();
        }
        (open, absent)
    }

    /// Why a job is not shown, if it is not. Without `expires` it goes when it is old.
    fn absence(&self, row: &PositionRow) -> Option<Absence> {
        let (posted, world) = (row.posted.value, self.world);
        let absence = world.calendar.absence(false, Some(posted), row.expires.as_ref().map(|day| day.value));
        let last_day = posted.checked_add(world.config.positions_expire_after).unwrap_or(Date::MAX);
        absence.or_else(|| (row.expires.is_none() && last_day < world.calendar.build_date).then_some(Absence::Aged(posted)))
    }

    /// Says once for the file that jobs are not shown because they are old.
    fn say_aged(&mut self) {
        let rows = &self.written.positions;
        let mut aged = rows.iter().filter(|row| matches!(self.absence(row), Some(Absence::Aged(_))));
        let Some(first) = aged.next() else { return };
        let age = &self.world.config.site.positions.expires_after.value;
        let message = match aged.count() {
            0 => format!("this job is not shown: it was posted more than {age} ago, and has no `expires`"),
            more => format!("this job and {more} more of this file are not shown: they were posted more than {age} ago, and have no `expires`"),
        };
        let warning = Diagnostic::warning(Code::OldJob, message).at(&self.written.positions_path, first.posted.span.clone());
        self.faults.push(warning.help("remove old jobs, give those that are open `expires`, or raise `expires_after` in [positions] of site.toml"));
    }

    fn check_position(&mut self, row: &At<PositionRow>, ladder: &Ladder) {
        let path = &self.written.positions_path;
        let PositionRow { level, posted, expires, country: of_country, .. } = &row.value;
        let lost_levels = self.written.lost_levels();
        if let Some(level) = level.as_ref().filter(|level| ladder.level(level.as_str()).is_none() && !lost_levels) {
            let help = suggest::help(level.as_str(), ladder.levels().map(|level| level.id.as_str()).collect::<Vec<_>>());
            self.faults.push(Diagnostic::error(Code::UnknownId, format!("there is no level `{}`", level.value)).at(path, level.span.clone()).help(help));
        }
        if let Some(expires) = expires.as_ref().filter(|expires| expires.value < posted.value) {
            let fault = Diagnostic::error(Code::OutOfOrder, format!("the job expires on {}, before it was posted on {}", expires.value, posted.value));
            self.faults.push(fault.at(path, expires.span.clone()).help("correct one of the two"));
        }
        let Calendar { future, build_date, .. } = self.world.calendar;
        if is_ahead(posted.value, build_date) && !future {
            self.faults.push(ahead("posted", posted.value, build_date).at(path, posted.span.clone()));
        }
        if let Some(code) = of_country.as_ref().filter(|code| country(code).is_none()) {
            let fault = Diagnostic::error(Code::BadValue, format!("`{}` is no ISO 3166 country code", code.value)).at(path, code.span.clone());
            let meant = meant::country(code).map(|code| format!("write \"{code}\""));
            self.faults.push(fault.help(meant.unwrap_or_else(|| "write two capital letters, such as \"US\"".to_owned())));
        }
    }

    fn position(&mut self, id: Id, row: &At<PositionRow>) -> Position {
        let path = &self.written.positions_path;
        let PositionRow { id: _, title, employer, employer_url, locations, country, workplace, employment_type, level, .. } = &row.value;
        let PositionRow { salary, posted, expires, url, summary, description, .. } = &row.value;
        let salary = salary.as_ref().and_then(|pay| self.ledger.of_file(path).pay(pay, self.faults));
        Position {
            id,
            title: title.value.clone(),
            employer: employer.clone(),
            employer_url: employer_url.clone(),
            locations: locations.clone(),
            country: country.as_ref().map(|country| country.value.clone()),
            workplace: *workplace,
            employment_type: *employment_type,
            level: level.as_ref().map(|level| level.value.clone()),
            salary,
            posted: posted.value,
            expires: expires.as_ref().map(|expires| expires.value),
            url: url.clone(),
            summary: summary.clone(),
            description: description.clone(),
            path: path.clone(),
            span: row.span.clone(),
        }
    }
}

/// What search engines want to know of a job, and the job does not say.
fn incomplete_job(position: &Position) -> Option<Diagnostic> {
    let missing = position.missing();
    let listed = missing.iter().map(|key| format!("no `{key}`")).collect::<Vec<_>>().join(" and ");
    let of_country = if position.workplace == Some(Workplace::Remote) { "where applicants may live" } else { "where the job is" };
    let help = |key: &&str| match *key {
        "country" => format!("add `country = \"US\"`, the country {of_country}"),
        _ => "add `locations = [\"…\"]`, or `workplace = \"remote\"`".to_owned(),
    };
    let warning = Diagnostic::warning(Code::IncompleteJob, format!("search engines are not told of this job: it has {listed}"));
    let warning = warning.at(&position.path, position.span.clone());
    (!missing.is_empty()).then(|| missing.iter().map(help).fold(warning, Diagnostic::help))
}
