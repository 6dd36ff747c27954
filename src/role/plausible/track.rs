//! The levels of a track: their pay comes in, what is far from the levels before and after goes
//! out, and warnings for what falls.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::{ALL, FAR, HELP, Like, Place, Sum, is_of, place, ratio, runs, sums, warning, written};
use crate::config::Lists;
use crate::data::Decimal;
use crate::diag::Diagnostic;
use crate::path::SourcePath;
use crate::role::{Amounts, Pay, Track};

/// Finds levels whose pay is far from that of the levels before and after, in runs that have one cause.
pub(super) fn odd_runs<'l>(track: &'l Track, lists: &Lists<'_>) -> Vec<Vec<Sum<'l>>> {
    let mut alike: BTreeMap<Like<'l>, Vec<Sum<'l>>> = BTreeMap::new();
    let pay = track
        .levels
        .iter()
        .filter_map(|level| level.salary.as_ref());
    for sum in sums(pay, lists) {
        alike.entry(sum.like(&ALL)).or_default().push(sum);
    }
    alike.into_values().flat_map(odd_of).collect()
}

fn odd_of(steps: Vec<Sum<'_>>) -> Vec<Vec<Sum<'_>>> {
    let (mut odd, mut rest): (Vec<Vec<Sum<'_>>>, Vec<Sum<'_>>) = (vec![], vec![]);
    for (at, step) in steps.iter().enumerate() {
        match (rest.last(), steps.get(at + 1)) {
            (Some(before), Some(after)) if stands_out(before, step, after) => {
                odd.push(vec![step.clone()]);
            }
            _ => rest.push(step.clone()),
        }
    }
    odd.extend(all_but_longest(runs(rest, FAR)));
    odd
}

/// Returns true if a level is above or below both of its neighbours, by ten times on the whole. An 800_000
/// between 65_000 and 100_000 is that, though it is eight times the latter.
fn stands_out(before: &Sum<'_>, step: &Sum<'_>, after: &Sum<'_>) -> bool {
    let (below, above) = (before.amount / step.amount, step.amount / after.amount);
    let is_peak = below < 1.0 / 3.0 && above > 3.0 || below > 3.0 && above < 1.0 / 3.0;
    is_peak
        && ratio(before.amount, step.amount) * ratio(step.amount, after.amount) >= FAR * FAR / 2.0
}

fn all_but_longest(mut runs: Vec<Vec<Sum<'_>>>) -> Vec<Vec<Sum<'_>>> {
    let longest = (0..runs.len()).max_by_key(|at| (runs[*at].len(), Reverse(*at)));
    longest.map(|at| runs.remove(at));
    runs
}

/// Returns the step before one, or after it, that is not odd itself.
pub(super) fn nearest<'l>(
    pay: &Pay,
    steps: &[&'l Pay],
    odd: &BTreeSet<Place<'_>>,
) -> Option<&'l Pay> {
    let at = steps.iter().position(|step| place(step) == place(pay))?;
    let is_sound = |step: &&&'l Pay| {
        !odd.contains(&place(step)) && (step.currency, step.period) == (pay.currency, pay.period)
    };
    let before = steps[..at].iter().rev().find(is_sound);
    before
        .or_else(|| steps[at..].iter().find(is_sound))
        .copied()
}

/// Warns of pay of a level that is below that of the level before.
pub(super) fn falls<'l>(steps: impl Iterator<Item = &'l Pay>, own: &SourcePath) -> Vec<Diagnostic> {
    let mut last: BTreeMap<_, &Pay> = BTreeMap::new();
    let mut diagnostics = vec![];
    for pay in steps {
        let like = (
            pay.currency,
            pay.period,
            pay.basis,
            pay.label.as_deref(),
            pay.area.as_ref(),
            pay.measure(),
        );
        let Some(before) = last
            .insert(like, pay)
            .filter(|before| is_below(pay, before))
        else {
            continue;
        };
        let message = format!(
            "the pay falls along the track: {} comes after {}",
            written(pay),
            written(before)
        );
        let (words, at, other) = if is_of(pay, own) {
            ("before", pay, before)
        } else {
            ("after", before, pay)
        };
        let fault = warning(at, message).related(
            format!("the level {words} is here"),
            &other.claim.path,
            other.claim.span.clone(),
        );
        diagnostics.push(
            fault
                .help("correct one of the two, or move the level, or give it another track")
                .help(HELP),
        );
    }
    diagnostics
}

/// Returns true if no amount is above the other's, and one is below. What is open at the top may be above.
fn is_below(pay: &Pay, before: &Pay) -> bool {
    let pairs: Vec<(Decimal, Decimal)> = match (&pay.amounts, &before.amounts) {
        (Amounts::Percentiles(now), Amounts::Percentiles(then)) => match (now[2], then[2]) {
            (Some(now), Some(then)) => vec![(now, then)],
            _ => now
                .iter()
                .zip(then)
                .filter_map(|(now, then)| (*now).zip(*then))
                .collect(),
        },
        (now, then) => vec![
            (now.bounds().0, then.bounds().0),
            (now.bounds().1, then.bounds().1),
        ],
    };
    !pay.open_top
        && pairs.iter().all(|(now, then)| now <= then)
        && pairs.iter().any(|(now, then)| now < then)
}
