//! Jobs: the rows of positions.toml come in; those that are open on the day of the build go out,
//! and those that are not.

use jiff::civil::Date;

use super::ahead::ahead;
use super::claim::FigureReader;
use super::few::few;
use super::read::WrittenPositions;
use super::record::{self, PositionRow, Workplace};
use super::resolver::{NamedRow, Resolver, Seen, new_id};
use super::{JobPlace, Ladder, Position, RoleContext};
use crate::calendar::{Absence, Calendar, is_ahead};
use crate::config::{FigureDefaults, country};
use crate::data::{At, Id, meant};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::path::SourcePath;
use crate::suggest;

/// Jobs of one file.
#[derive(Clone, Debug, Default)]
pub struct Positions {
    pub open: Vec<Position>,
    /// Jobs that are not shown, with the reason.
    pub absent: Vec<(Position, Absence)>,
}

/// The levels that jobs of a file may name.
#[derive(Clone, Copy)]
enum Levels<'r> {
    Of(&'r Ladder),
    /// Some could not be read.
    Lost,
    /// The jobs are of no role.
    None,
}

/// Reads the jobs of one file.
struct Jobs<'r> {
    rows: &'r [At<PositionRow>],
    path: &'r SourcePath,
    reader: FigureReader<'r>,
    levels: Levels<'r>,
}

/// Reads the open jobs of a role; and the others, with the reason.
pub(super) fn positions(resolver: &mut Resolver<'_>, ladder: &Ladder) -> Positions {
    let written = resolver.written;
    let jobs = Jobs {
        rows: &written.positions,
        path: &written.positions_path,
        reader: resolver.reader.in_file(&written.positions_path),
        levels: if written.lost_levels() {
            Levels::Lost
        } else {
            Levels::Of(ladder)
        },
    };
    let mut diagnostics = Diagnostics::default();
    let positions = jobs.read(&mut diagnostics);
    if !resolver.context.absent.contains_key(&written.id) {
        jobs.say_aged(&mut diagnostics);
    }
    resolver.diagnostics.extend(diagnostics);
    positions
}

/// Reads the jobs of no role.
pub fn positions_of_site(
    written: &WrittenPositions,
    context: &RoleContext<'_>,
    diagnostics: &mut Diagnostics,
) -> Positions {
    let figures = FigureDefaults::default();
    let jobs = Jobs {
        rows: &written.rows,
        path: &written.path,
        reader: FigureReader {
            context,
            figures: &figures,
            path: &written.path,
        },
        levels: Levels::None,
    };
    let positions = jobs.read(diagnostics);
    jobs.say_aged(diagnostics);
    positions
}

impl Jobs<'_> {
    fn read(&self, diagnostics: &mut Diagnostics) -> Positions {
        let mut seen = Seen::new();
        let mut positions = Positions::default();
        for row in self.rows {
            self.check(row, diagnostics);
            let name = At {
                value: format!("{} {}", row.title.value, row.employer),
                span: row.title.span.clone(),
            };
            let named = NamedRow {
                id: row.id.as_ref(),
                name: &name,
                span: &row.span,
            };
            let Some(id) = new_id(named, self.path, &mut seen, diagnostics) else {
                continue;
            };
            match (self.position(id, row, diagnostics), self.absence(row)) {
                (position, None) => positions.open.push(position),
                (position, Some(absence)) => positions.absent.push((position, absence)),
            }
        }
        // A job without a page of its own is told to nobody.
        let open = positions.open.iter();
        let with_page = open.filter(|position| position.description.is_some());
        diagnostics.extend(few(with_page.filter_map(incomplete_job), "jobs"));
        positions
    }

    /// Returns why a job is not shown, if it is not. Without `expires` it goes when it is old.
    fn absence(&self, row: &PositionRow) -> Option<Absence> {
        let (posted, context) = (row.posted.value, self.reader.context);
        let absence = context.calendar.absence(
            false,
            Some(posted),
            row.expires.as_ref().map(|day| day.value),
        );
        let last_day = posted
            .checked_add(context.settings.positions_expire_after.span)
            .unwrap_or(Date::MAX);
        absence.or_else(|| {
            (row.expires.is_none() && last_day < context.calendar.build_date)
                .then_some(Absence::Aged(posted))
        })
    }

    /// Says once for the file that jobs are not shown because they are old.
    fn say_aged(&self, diagnostics: &mut Diagnostics) {
        let mut aged = self
            .rows
            .iter()
            .filter(|row| matches!(self.absence(row), Some(Absence::Aged(_))));
        let Some(first) = aged.next() else { return };
        let age = self.reader.context.settings.positions_expire_after.text;
        let message = match aged.count() {
            0 => format!(
                "this job is not shown: it was posted more than {age} ago, and has no `expires`"
            ),
            more => format!(
                "this job and {more} more of this file are not shown: they were posted more than {age} ago, and have no `expires`"
            ),
        };
        let warning =
            Diagnostic::warning(Code::OldJob, message).at(self.path, first.posted.span.clone());
        diagnostics.push(warning.help("remove old jobs, give those that are open `expires`, or raise `expires_after` in [positions] of site.toml"));
    }

    fn check(&self, row: &At<PositionRow>, diagnostics: &mut Diagnostics) {
        let PositionRow {
            level,
            posted,
            expires,
            country: of_all,
            locations,
            ..
        } = &row.value;
        if let Some(fault) = level.as_ref().and_then(|level| self.no_level(level)) {
            diagnostics.push(fault);
        }
        if let Some(expires) = expires
            && expires.value < posted.value
        {
            let message = format!(
                "the job expires on {}, before it was posted on {}",
                expires.value, posted.value
            );
            diagnostics.push(
                Diagnostic::error(Code::OutOfOrder, message)
                    .at(self.path, expires.span.clone())
                    .help("correct one of the two"),
            );
        }
        let Calendar {
            future, build_date, ..
        } = self.reader.context.calendar;
        if is_ahead(posted.value, build_date) && !future {
            let fault = ahead("posted", posted.value, build_date);
            diagnostics.push(fault.at(self.path, posted.span.clone()));
        }
        let of_places = locations.iter().filter_map(|place| place.country.as_ref());
        for code in of_places
            .chain(of_all)
            .filter(|code| country(code).is_none())
        {
            diagnostics.push(no_country(code).at(self.path, code.span.clone()));
        }
    }

    /// Says that a job names a level that there is not.
    fn no_level(&self, level: &At<Id>) -> Option<Diagnostic> {
        let fault = match self.levels {
            Levels::Lost => return None,
            Levels::None => {
                let message = "a job of no role has no `level`";
                let help = "remove it, or move the job to the positions.toml of its role";
                Diagnostic::error(Code::BadValue, message).help(help)
            }
            Levels::Of(ladder) if ladder.level(level.as_str()).is_some() => return None,
            Levels::Of(ladder) => {
                let levels = ladder.levels().map(|level| level.id.as_str());
                let help = suggest::help(level.as_str(), levels.collect::<Vec<_>>());
                let message = format!("there is no level `{}`", level.value);
                Diagnostic::error(Code::UnknownId, message).help(help)
            }
        };
        Some(fault.at(self.path, level.span.clone()))
    }

    fn position(&self, id: Id, row: &At<PositionRow>, diagnostics: &mut Diagnostics) -> Position {
        let PositionRow {
            id: _,
            title,
            employer,
            employer_url,
            locations,
            country,
            workplace,
            employment_type,
            level,
            ..
        } = &row.value;
        let PositionRow {
            salary,
            posted,
            expires,
            url,
            summary,
            description,
            ..
        } = &row.value;
        let reader = &self.reader;
        let rows = salary.as_slice();
        let mut worded = reader.worded_pays(rows, diagnostics);
        let salary = salary.as_ref();
        let salary = salary.and_then(|pay| reader.pay(pay, diagnostics));
        Position {
            id,
            title: title.value.clone(),
            employer: employer.clone(),
            employer_url: employer_url.clone(),
            locations: locations.iter().map(place).collect(),
            country: country.as_ref().map(|country| country.value.clone()),
            workplace: *workplace,
            employment_type: *employment_type,
            level: level.as_ref().map(|level| level.value.clone()),
            salary,
            worded_pay: worded.pop(),
            posted: posted.value,
            expires: expires.as_ref().map(|expires| expires.value),
            url: url.clone(),
            summary: summary.clone(),
            description: description.clone(),
            path: self.path.clone(),
            span: row.span.clone(),
        }
    }
}

fn place(row: &record::JobPlace) -> JobPlace {
    JobPlace {
        name: row.name.clone(),
        country: row.country.as_ref().map(|country| country.value.clone()),
    }
}

fn no_country(code: &At<String>) -> Diagnostic {
    let help = match meant::country(code) {
        Some(code) => format!("write \"{code}\""),
        None => "write two capital letters, such as \"US\"".to_owned(),
    };
    let message = format!("`{}` is no ISO 3166 country code", code.value);
    Diagnostic::error(Code::BadValue, message).help(help)
}

/// Warns of what search engines want to know of a job, and the job does not say.
fn incomplete_job(position: &Position) -> Option<Diagnostic> {
    let missing = position.missing();
    let listed = missing
        .iter()
        .map(|key| format!("no `{key}`"))
        .collect::<Vec<_>>()
        .join(" and ");
    let of_country = if position.workplace == Some(Workplace::Remote) {
        "where applicants may live"
    } else {
        "where the job is"
    };
    let help = |key: &&str| match *key {
        "country" => format!(
            "add `country = \"US\"`, the country {of_country}, or to each of `locations`: `{{ name = \"…\", country = \"US\" }}`"
        ),
        _ => "add `locations = [\"…\"]`, or `workplace = \"remote\"`".to_owned(),
    };
    let warning = Diagnostic::warning(
        Code::IncompleteJob,
        format!("search engines are not told of this job: it has {listed}"),
    );
    let warning = warning.at(&position.path, position.span.clone());
    (!missing.is_empty()).then(|| missing.iter().map(help).fold(warning, Diagnostic::help))
}
