//! Jobs: the rows of positions.toml come in; those that are open on the day of the build go out,
//! and those that are not.

use jiff::civil::Date;

use super::ahead::ahead;
use super::few::few;
use super::record::{PositionRow, Workplace};
use super::resolver::{Resolver, Seen};
use super::{Ladder, Position};
use crate::calendar::{Absence, Calendar, is_ahead};
use crate::config::country;
use crate::data::{At, Id, meant};
use crate::diag::{Code, Diagnostic};
use crate::suggest;

/// The jobs of a role.
pub(super) struct Positions {
    pub open: Vec<Position>,
    /// Jobs that are not shown, with the reason.
    pub absent: Vec<(Position, Absence)>,
}

/// Reads the open jobs; and the others, with the reason.
pub(super) fn positions(resolver: &mut Resolver<'_>, ladder: &Ladder) -> Positions {
    let path = &resolver.written.positions_path;
    let mut seen = Seen::new();
    let (mut open, mut absent) = (vec![], vec![]);
    for row in &resolver.written.positions {
        check_position(resolver, row, ladder);
        let name = At {
            value: format!("{} {}", row.title.value, row.employer),
            span: row.title.span.clone(),
        };
        let Some(id) = resolver.new_id_in(path, &mut seen, row.id.as_ref(), &name, &row.span)
        else {
            continue;
        };
        match (position(resolver, id, row), absence(resolver, row)) {
            (position, None) => open.push(position),
            (position, Some(absence)) => absent.push((position, absence)),
        }
    }
    // A job without a page of its own is told to nobody.
    let with_page = open
        .iter()
        .filter(|position: &&Position| position.description.is_some());
    resolver
        .diagnostics
        .extend(few(with_page.filter_map(incomplete_job), "jobs"));
    if resolver
        .written
        .absence(&resolver.context.calendar)
        .is_none()
    {
        say_aged(resolver);
    }
    Positions { open, absent }
}

/// Returns why a job is not shown, if it is not. Without `expires` it goes when it is old.
fn absence(resolver: &Resolver<'_>, row: &PositionRow) -> Option<Absence> {
    let (posted, context) = (row.posted.value, resolver.context);
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
fn say_aged(resolver: &mut Resolver<'_>) {
    let rows = &resolver.written.positions;
    let mut aged = rows
        .iter()
        .filter(|row| matches!(absence(resolver, row), Some(Absence::Aged(_))));
    let Some(first) = aged.next() else { return };
    let age = resolver.context.settings.positions_expire_after.text;
    let message = match aged.count() {
        0 => format!(
            "this job is not shown: it was posted more than {age} ago, and has no `expires`"
        ),
        more => format!(
            "this job and {more} more of this file are not shown: they were posted more than {age} ago, and have no `expires`"
        ),
    };
    let warning = Diagnostic::warning(Code::OldJob, message)
        .at(&resolver.written.positions_path, first.posted.span.clone());
    resolver.diagnostics.push(warning.help("remove old jobs, give those that are open `expires`, or raise `expires_after` in [positions] of site.toml"));
}

fn check_position(resolver: &mut Resolver<'_>, row: &At<PositionRow>, ladder: &Ladder) {
    let path = &resolver.written.positions_path;
    let PositionRow {
        level,
        posted,
        expires,
        country: of_country,
        ..
    } = &row.value;
    if let Some(level) = level
        && ladder.level(level.as_str()).is_none()
        && !resolver.written.lost_levels()
    {
        resolver
            .diagnostics
            .push(no_level(level, ladder).at(path, level.span.clone()));
    }
    if let Some(expires) = expires
        && expires.value < posted.value
    {
        let message = format!(
            "the job expires on {}, before it was posted on {}",
            expires.value, posted.value
        );
        resolver.diagnostics.push(
            Diagnostic::error(Code::OutOfOrder, message)
                .at(path, expires.span.clone())
                .help("correct one of the two"),
        );
    }
    let Calendar {
        future, build_date, ..
    } = resolver.context.calendar;
    if is_ahead(posted.value, build_date) && !future {
        resolver
            .diagnostics
            .push(ahead("posted", posted.value, build_date).at(path, posted.span.clone()));
    }
    if let Some(code) = of_country
        && country(code).is_none()
    {
        resolver
            .diagnostics
            .push(no_country(code).at(path, code.span.clone()));
    }
}

fn position(resolver: &mut Resolver<'_>, id: Id, row: &At<PositionRow>) -> Position {
    let path = &resolver.written.positions_path;
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
    let reader = resolver.reader.in_file(path);
    let rows = salary.as_slice();
    let mut worded = reader.worded_pays(rows, resolver.diagnostics);
    let salary = salary.as_ref();
    let salary = salary.and_then(|pay| reader.pay(pay, resolver.diagnostics));
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
        worded_pay: worded.pop(),
        posted: posted.value,
        expires: expires.as_ref().map(|expires| expires.value),
        url: url.clone(),
        summary: summary.clone(),
        description: description.clone(),
        path: path.clone(),
        span: row.span.clone(),
    }
}

fn no_level(level: &At<Id>, ladder: &Ladder) -> Diagnostic {
    let levels = ladder.levels().map(|level| level.id.as_str());
    let help = suggest::help(level.as_str(), levels.collect::<Vec<_>>());
    let message = format!("there is no level `{}`", level.value);
    Diagnostic::error(Code::UnknownId, message).help(help)
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
        "country" => format!("add `country = \"US\"`, the country {of_country}"),
        _ => "add `locations = [\"…\"]`, or `workplace = \"remote\"`".to_owned(),
    };
    let warning = Diagnostic::warning(
        Code::IncompleteJob,
        format!("search engines are not told of this job: it has {listed}"),
    );
    let warning = warning.at(&position.path, position.span.clone());
    (!missing.is_empty()).then(|| missing.iter().map(help).fold(warning, Diagnostic::help))
}
