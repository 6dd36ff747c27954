//! Whether pay can be meant as it stands: pay that is worked out comes in, warnings go out for what
//! falls along a track, is far from its neighbours (75 for 75_000), or is nothing at all. Only like
//! is held against like.
//!
//! `alone` looks at one figure, `track` at the levels of a track, `list` at the figures of a role,
//! which have no order.

mod alone;
mod list;
mod track;

use std::collections::BTreeSet;

use rust_decimal::prelude::ToPrimitive;

use alone::alone;
use list::far;
use track::{falls, nearest, odd_runs};

use super::claim::FigureReader;
use super::few::few;
use super::{Amounts, Ladder, Pay, PayLevel, Role, RoleContext};
use crate::config::{Basis, Lists, Period, Strictness, country};
use crate::data::{Currency, Decimal, Id, amount};
use crate::diag::{Code, Diagnostic};
use crate::path::SourcePath;

/// So many times another amount is too far from it.
const FAR: f64 = 10.0;

const HELP: &str = "what is meant as it stands can stay: `implausible_pay = \"allow\"` in [check] of site.toml turns this warning off";

/// What amounts must share before their sizes are compared.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Like<'p> {
    currency: Currency,
    period: Period,
    basis: Option<Basis>,
    label: Option<&'p str>,
    level: Option<&'p PayLevel>,
    /// Pay of two countries may differ by any factor.
    country: Option<String>,
    /// None: whatever the figures are, for a mean and a percentile of one job are never far from
    /// each other.
    measure: Option<&'static str>,
}

/// Pay in its country, with the one amount that stands for it.
#[derive(Clone)]
struct Sum<'p> {
    pay: &'p Pay,
    country: Option<String>,
    amount: f64,
}

/// How the amounts of a list are held against each other.
struct Scale {
    far: f64,
    /// Among fewer nothing is said.
    least: usize,
    by_measure: bool,
}

/// All pay of a role.
const ALL: Scale = Scale {
    far: FAR,
    least: 2,
    by_measure: false,
};
/// Figures of one kind: between the states of a country the median of a job is at most 2.6 times
/// the next lower one.
const LIST: Scale = Scale {
    far: 5.0,
    least: 4,
    by_measure: true,
};

/// Where pay is written.
type Place<'p> = (&'p SourcePath, usize);

/// Warns of what is odd about the pay of a role but for its ladder by itself.
pub(super) fn of_role(role: &Role, context: &RoleContext<'_>) -> Vec<Diagnostic> {
    let pay = PayOfRole::new(role);
    let rows = role.salary.iter();
    let single = rows.chain(pay.titles.iter().copied());
    let single = single.chain(pay.jobs.iter().map(|job| job.pay));
    let alone = few(single.filter_map(alone), "rows");
    let tracks = role.ladder.tracks.iter();
    let mut odd: BTreeSet<Place<'_>> = tracks
        .flat_map(|track| odd_runs(track, &context.lists))
        .flatten()
        .map(|sum| place(sum.pay))
        .collect();
    let rows = sums(&role.salary, &context.lists);
    let levels = sums(pay.levels.iter().copied(), &context.lists);
    let titles = sums(pay.titles.iter().copied(), &context.lists);
    let jobs = pay.jobs.iter().filter_map(|Job { pay, country }| {
        let country = country.map(str::to_owned);
        Sum::of(pay, country.or_else(|| country_of_pay(pay, &context.lists)))
    });
    let all = levels.into_iter().chain(rows.iter().cloned());
    let all = all.chain(titles).chain(jobs).collect();
    let mut found = alone;
    found.extend(far(rows, &LIST, &role.path, &mut odd));
    found.extend(far(all, &ALL, &role.path, &mut odd));
    strictly(found, context.settings.check.implausible_pay)
}

/// The pay of a role besides its own rows.
struct PayOfRole<'p> {
    levels: Vec<&'p Pay>,
    /// Titles of levels have the levels' own pay, and are left out.
    titles: Vec<&'p Pay>,
    jobs: Vec<Job<'p>>,
}

/// The pay of a job.
struct Job<'p> {
    pay: &'p Pay,
    country: Option<&'p str>,
}

/// Returns the one of some, if there is just one.
fn only<T>(mut some: impl Iterator<Item = T>) -> Option<T> {
    let first = some.next();
    first.filter(|_| some.next().is_none())
}

impl<'p> PayOfRole<'p> {
    fn new(role: &'p Role) -> Self {
        let levels: Vec<&Pay> = role.ladder.pays().collect();
        let of_levels: BTreeSet<Place<'_>> = levels.iter().copied().map(place).collect();
        let titles = role
            .titles
            .iter()
            .filter_map(|title| title.salary.as_ref())
            .filter(|pay| !of_levels.contains(&place(pay)));
        let jobs = role.positions.iter().filter_map(|job| {
            Some(Job {
                pay: job.salary.as_ref()?,
                // Of several countries, none is that of the pay.
                country: only(job.countries()),
            })
        });
        Self {
            titles: titles.collect(),
            jobs: jobs.collect(),
            levels,
        }
    }
}

/// Returns the amounts of pay that are not odd by themselves.
fn sums<'p>(pay: impl IntoIterator<Item = &'p Pay>, lists: &Lists<'_>) -> Vec<Sum<'p>> {
    pay.into_iter()
        .filter_map(|pay| Sum::of(pay, country_of_pay(pay, lists)))
        .collect()
}

fn country_of_pay(pay: &Pay, lists: &Lists<'_>) -> Option<String> {
    country_of(pay.area.as_ref()?, lists)
}

/// Warns of what is odd about the pay of a ladder's levels.
pub(super) fn of_ladder(ladder: &Ladder, reader: &FigureReader<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = few(ladder.pays().filter_map(alone), "levels");
    for track in &ladder.tracks {
        let steps: Vec<&Pay> = track
            .levels
            .iter()
            .filter_map(|level| level.salary.as_ref())
            .collect();
        let mut odd = BTreeSet::new();
        for run in odd_runs(track, &reader.context.lists) {
            odd.extend(run.iter().map(|sum| place(sum.pay)));
            let neighbour = run
                .first()
                .and_then(|first| nearest(first.pay, &steps, &odd));
            diagnostics.extend(
                run.first()
                    .zip(neighbour)
                    .map(|(first, neighbour)| is_far(first.pay, neighbour, reader.path)),
            );
        }
        diagnostics.extend(falls(
            steps.into_iter().filter(|pay| !odd.contains(&place(pay))),
            reader.path,
        ));
    }
    strictly(diagnostics, reader.context.settings.check.implausible_pay)
}

fn strictly(
    diagnostics: impl IntoIterator<Item = Diagnostic>,
    strictness: Strictness,
) -> Vec<Diagnostic> {
    let taken = |fault: Diagnostic| match strictness {
        Strictness::Allow => None,
        Strictness::Warn => Some(fault),
        Strictness::Deny => Some(fault.denied()),
    };
    diagnostics.into_iter().filter_map(taken).collect()
}

fn place(pay: &Pay) -> Place<'_> {
    (&pay.claim.path, pay.claim.span.start)
}

impl<'p> Sum<'p> {
    /// Returns `None` for pay that is nothing, or odd by itself.
    fn of(pay: &'p Pay, country: Option<String>) -> Option<Self> {
        let (min, max) = pay.amounts.bounds();
        let amount = match &pay.amounts {
            Amounts::Percentiles([_, _, Some(median), _, _]) => float(*median),
            _ => f64::midpoint(float(min), float(max)),
        };
        (amount > 0.0 && alone(pay).is_none()).then_some(Self {
            pay,
            country,
            amount,
        })
    }

    fn like(&self, scale: &Scale) -> Like<'p> {
        let Pay {
            currency,
            period,
            basis,
            label,
            level,
            ..
        } = self.pay;
        let measure = scale.by_measure.then(|| self.pay.measure());
        Like {
            currency: *currency,
            period: *period,
            basis: *basis,
            label: label.as_deref(),
            level: level.as_ref(),
            country: self.country.clone(),
            measure,
        }
    }
}

fn float(amount: Decimal) -> f64 {
    amount.0.to_f64().unwrap_or_default()
}

/// Returns how many times one amount is the other, the smaller being the measure.
fn ratio(a: f64, b: f64) -> f64 {
    if a > b { a / b } else { b / a }
}

/// Returns the country that an area lies in, if its parents lead to one.
fn country_of(area: &Id, lists: &Lists<'_>) -> Option<String> {
    let above = |id: &&Id| lists.areas.get(*id)?.parent;
    let code_of = |id: &Id| {
        if country(id.as_str()).is_some() {
            return Some(id.to_string());
        }
        let code = lists.areas.get(id)?.code?;
        code.get(..2).map(str::to_owned)
    };
    // Parents may lead in a circle.
    std::iter::successors(Some(area), above)
        .take(lists.areas.len() + 1)
        .find_map(code_of)
}

fn warning(pay: &Pay, message: impl Into<String>) -> Diagnostic {
    Diagnostic::warning(Code::ImplausiblePay, message).at(&pay.claim.path, pay.claim.span.clone())
}

/// Warns that pay is far from a neighbour. What a framework says is said at the role's own file, which is the
/// one to change, if it can.
fn is_far(pay: &Pay, neighbour: &Pay, own: &SourcePath) -> Diagnostic {
    let (pay, neighbour) = if is_of(pay, own) {
        (pay, neighbour)
    } else {
        (neighbour, pay)
    };
    let fault = warning(
        pay,
        format!(
            "this pay is far from its neighbours: {} beside {}",
            written(pay),
            written(neighbour)
        ),
    );
    let fault = fault.related(
        "a neighbour is here",
        &neighbour.claim.path,
        neighbour.claim.span.clone(),
    );
    let full = "write amounts in full, such as 75_000 for 75 thousand, and name the `period` or the `currency` of pay that has another";
    fault.help(full).help(HELP)
}

/// Returns true if pay stands in the folder of a record.
fn is_of(pay: &Pay, own: &SourcePath) -> bool {
    pay.claim.path.folder() == own.folder()
}

/// Returns the amounts of pay as they are written.
fn written(pay: &Pay) -> String {
    let one = |amount: Decimal| amount::written(amount.0, &pay.claim.path);
    let (min, max) = pay.amounts.stated();
    if min == max {
        one(min)
    } else {
        format!("{} to {}", one(min), one(max))
    }
}

/// Splits amounts where the next is too far from the one before.
fn runs(sums: Vec<Sum<'_>>, far: f64) -> Vec<Vec<Sum<'_>>> {
    let mut runs: Vec<Vec<Sum<'_>>> = vec![];
    for sum in sums {
        match runs.last_mut().filter(|run| {
            run.last()
                .is_some_and(|last| ratio(last.amount, sum.amount) < far)
        }) {
            Some(run) => run.push(sum),
            None => runs.push(vec![sum]),
        }
    }
    runs
}
