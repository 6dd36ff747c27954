//! Whether pay can be meant as it stands: pay that is worked out comes in, warnings go out for what falls along a track, is
//! far from its neighbours (75 for 75_000), or is nothing at all. Only like is held against like.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::prelude::ToPrimitive;

use super::claim::Ledger;
use super::few::few;
use super::{Amounts, Ladder, Pay, Role, Track};
use crate::config::{Basis, Config, Period, Strictness, country};
use crate::data::{Currency, Decimal, Id, amount};
use crate::diag::{Code, Diagnostic};
use crate::path::SourcePath;

/// So many times another amount is too far from it.
const FAR: f64 = 10.0;

/// The same for a percentile and the next one that is known, by their places. Official statistics have 12 from the 10th to
/// the 25th and 16 to the 50th, where doctors in training are counted too; 11 from the median up; and 35 in all, for athletes.
fn far_percentile(from: usize, to: usize) -> f64 {
    match (from, to) {
        (0, 2) => 16.0,
        _ if from >= 2 || to == from + 1 => 12.0,
        _ => 40.0,
    }
}

/// What amounts must share before their sizes are compared.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Like<'p> {
    currency: Currency,
    period: Period,
    basis: Option<Basis>,
    label: Option<&'p str>,
    /// Pay of two countries may differ by any factor.
    country: Option<String>,
    /// None: whatever the figures are, for a mean and a percentile of one job are never far from each other.
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
const ALL: Scale = Scale { far: FAR, least: 2, by_measure: false };
/// Figures of one kind: between the states of a country the median of a job is at most 2.6 times the next lower one.
const LIST: Scale = Scale { far: 5.0, least: 4, by_measure: true };

/// Where pay is written.
type Place<'p> = (&'p SourcePath, usize);

/// What is odd about the pay of a role but for its ladder by itself.
pub(super) fn of_role(role: &Role, config: &Config) -> Vec<Diagnostic> {
    let of_pay = |pay: &'_ Pay| pay.area.as_ref().and_then(|area| country_of(area, config));
    let sum = |pay| Sum::of(pay, of_pay(pay));
    let levels: Vec<&Pay> = role.ladder.levels().filter_map(|level| level.salary.as_ref()).collect();
    let of_levels: BTreeSet<Place<'_>> = levels.iter().copied().map(place).collect();
    // The title of a level has the level's own pay.
    let titles = || role.titles.iter().filter_map(|title| title.salary.as_ref()).filter(|pay| !of_levels.contains(&place(pay)));
    let jobs = || role.positions.iter().filter_map(|job| Some((job.salary.as_ref()?, job.country.clone())));
    let alone = few(role.salary.iter().chain(titles()).chain(jobs().map(|(pay, _)| pay)).filter_map(alone), "rows");
    let mut odd: BTreeSet<Place<'_>> = role.ladder.tracks.iter().flat_map(|track| odd_runs(track, config)).flatten().map(|sum| place(sum.pay)).collect();
    let rows: Vec<Sum<'_>> = role.salary.iter().filter_map(sum).collect();
    let jobs = jobs().filter_map(|(pay, country)| Sum::of(pay, country.or_else(|| of_pay(pay))));
    let all: Vec<Sum<'_>> = levels.into_iter().filter_map(sum).chain(rows.iter().cloned()).chain(titles().filter_map(sum)).chain(jobs).collect();
    let far = [(rows, LIST), (all, ALL)].map(|(sums, scale)| far(sums, &scale, &role.path, &mut odd));
    strictly(alone.into_iter().chain(far.into_iter().flatten()), config.site.check.implausible_pay)
}

/// What is odd about the pay of a ladder's levels.
pub(super) fn of_ladder(ladder: &Ladder, ledger: &Ledger<'_>) -> Vec<Diagnostic> {
    let levels = ladder.levels().filter_map(|level| level.salary.as_ref());
    let mut faults = few(levels.filter_map(alone), "levels");
    for track in &ladder.tracks {
        let steps: Vec<&Pay> = track.levels.iter().filter_map(|level| level.salary.as_ref()).collect();
        let mut odd = BTreeSet::new();
        for run in odd_runs(track, ledger.config) {
            odd.extend(run.iter().map(|sum| place(sum.pay)));
            let neighbour = run.first().and_then(|first| nearest(first.pay, &steps, &odd));
            faults.extend(run.first().zip(neighbour).map(|(first, neighbour)| is_far(first.pay, neighbour, ledger.path)));
        }
        faults.extend(falls(steps.into_iter().filter(|pay| !odd.contains(&place(pay))), ledger.path));
    }
    strictly(faults, ledger.config.site.check.implausible_pay)
}

fn strictly(faults: impl IntoIterator<Item = Diagnostic>, strictness: Strictness) -> Vec<Diagnostic> {
    let taken = |fault: Diagnostic| match strictness {
        Strictness::Allow => None,
        Strictness::Warn => Some(fault),
        Strictness::Deny => Some(fault.denied()),
    };
    faults.into_iter().filter_map(taken).collect()
}

fn place(pay: &Pay) -> Place<'_> {
    (&pay.claim.path, pay.claim.span.start)
}

impl<'p> Sum<'p> {
    /// None for pay that is nothing, or odd by itself.
    fn of(pay: &'p Pay, country: Option<String>) -> Option<Self> {
        let (min, max) = pay.amounts.bounds();
        let amount = match &pay.amounts {
            Amounts::Percentiles([_, _, Some(median), _, _]) => float(*median),
            _ => f64::midpoint(float(min), float(max)),
        };
        (amount > 0.0 && alone(pay).is_none()).then_some(Self { pay, country, amount })
    }

    fn like(&self, scale: &Scale) -> Like<'p> {
        let Pay { currency, period, basis, label, .. } = self.pay;
        let measure = scale.by_measure.then(|| self.pay.measure());
        Like { currency: *currency, period: *period, basis: *basis, label: label.as_deref(), country: self.country.clone(), measure }
    }
}

fn float(amount: Decimal) -> f64 {
    amount.0.to_f64().unwrap_or_default()
}

/// How many times one amount is the other, the smaller being the measure.
fn ratio(a: f64, b: f64) -> f64 {
    if a > b { a / b } else { b / a }
}

/// The country that an area lies in, if its parents lead to one.
fn country_of(area: &Id, config: &Config) -> Option<String> {
    let above = |id: &&Id| config.areas.get(*id)?.row.parent.as_ref().map(|parent| &parent.value);
    let code = |id: &Id| config.areas.get(id)?.row.code.as_ref().and_then(|code| code.get(..2)).map(str::to_owned);
    let known = |id: &Id| country(id.as_str()).map(|_| id.to_string()).or_else(|| code(id));
    std::iter::successors(Some(area), above).take(config.areas.len() + 1).find_map(known)
}

/// What makes no sense by itself: a span that nobody is paid, or nothing.
fn alone(pay: &Pay) -> Option<Diagnostic> {
    let (min, max) = pay.amounts.bounds();
    let is_unknown = matches!(pay.amounts, Amounts::Percentiles(_)) && float(min) == 0.0;
    if pay.label.is_none() && (float(max) == 0.0 || is_unknown) {
        let help = "leave out what is not known; pay that is really nothing needs a `label` that says so, such as \"Unpaid\"";
        return Some(warning(pay, "this pay is nothing: 0").help(help));
    }
    let (low, high) = torn(&pay.amounts)?;
    let [low, high] = [low, high].map(|amount| amount::written(amount.0, &pay.claim.path));
    let message = format!("this pay is implausible: it goes from {low} to {high}");
    Some(warning(pay, message).help("write both amounts in full, such as 75_000 for 75 thousand").help(HELP))
}

const HELP: &str = "what is meant as it stands can stay: `implausible_pay = \"allow\"` in [check] of site.toml turns this warning off";

/// Two amounts of a figure that are too far from each other.
fn torn(amounts: &Amounts) -> Option<(Decimal, Decimal)> {
    match amounts {
        Amounts::Value(_) => None,
        Amounts::Range { min, max } => (float(*min) > 0.0 && float(*max) / float(*min) >= FAR).then_some((*min, *max)),
        Amounts::Percentiles(values) => {
            let known: Vec<(usize, Decimal)> = values.iter().enumerate().filter_map(|(at, value)| Some((at, (*value)?))).collect();
            let pairs = known.windows(2).filter_map(|pair| <[_; 2]>::try_from(pair).ok());
            let is_torn = |[(from, low), (to, high)]: &[(usize, Decimal); 2]| float(*low) > 0.0 && float(*high) / float(*low) >= far_percentile(*from, *to);
            pairs.filter(is_torn).map(|[(_, low), (_, high)]| (low, high)).next()
        }
    }
}

fn warning(pay: &Pay, message: impl Into<String>) -> Diagnostic {
    Diagnostic::warning(Code::ImplausiblePay, message).at(&pay.claim.path, pay.claim.span.clone())
}

/// Pay is far from a neighbour. What a framework says is said at the role's own file, which is the one to change, if it can.
fn is_far(pay: &Pay, neighbour: &Pay, own: &SourcePath) -> Diagnostic {
    let (pay, neighbour) = if is_of(pay, own) { (pay, neighbour) } else { (neighbour, pay) };
    let fault = warning(pay, format!("this pay is far from its neighbours: {} beside {}", said(pay), said(neighbour)));
    let fault = fault.related("a neighbour is here", &neighbour.claim.path, neighbour.claim.span.clone());
    let full = "write amounts in full, such as 75_000 for 75 thousand, and name the `period` or the `currency` of pay that has another";
    fault.help(full).help(HELP)
}

/// Whether pay stands in the folder of a record.
fn is_of(pay: &Pay, own: &SourcePath) -> bool {
    pay.claim.path.folder() == own.folder()
}

/// The amounts of pay as they are written.
fn said(pay: &Pay) -> String {
    let one = |amount: Decimal| amount::written(amount.0, &pay.claim.path);
    let (min, max) = match &pay.amounts {
        Amounts::Percentiles([_, _, Some(median), _, _]) => (*median, *median),
        amounts => amounts.bounds(),
    };
    if min == max { one(min) } else { format!("{} to {}", one(min), one(max)) }
}

/// Levels whose pay is far from that of the levels before and after, in runs that have one cause.
fn odd_runs<'l>(track: &'l Track, config: &Config) -> Vec<Vec<Sum<'l>>> {
    let mut alike: BTreeMap<Like<'l>, Vec<Sum<'l>>> = BTreeMap::new();
    for pay in track.levels.iter().filter_map(|level| level.salary.as_ref()) {
        let country = pay.area.as_ref().and_then(|area| country_of(area, config));
        Sum::of(pay, country).into_iter().for_each(|sum| alike.entry(sum.like(&ALL)).or_default().push(sum));
    }
    alike.into_values().flat_map(odd_of).collect()
}

fn odd_of(steps: Vec<Sum<'_>>) -> Vec<Vec<Sum<'_>>> {
    let (mut odd, mut rest): (Vec<Vec<Sum<'_>>>, Vec<Sum<'_>>) = (vec![], vec![]);
    for (at, step) in steps.iter().enumerate() {
        match (rest.last(), steps.get(at + 1)) {
            (Some(before), Some(after)) if stands_out(before, step, after) => odd.push(vec![step.clone()]),
            _ => rest.push(step.clone()),
        }
    }
    odd.extend(all_but_longest(runs(rest, FAR)));
    odd
}

/// Whether a level is above or below both of its neighbours, by ten times on the whole. An 800_000 between 65_000 and 100_000
/// is that, though it is eight times the latter.
fn stands_out(before: &Sum<'_>, step: &Sum<'_>, after: &Sum<'_>) -> bool {
    let (below, above) = (before.amount / step.amount, step.amount / after.amount);
    let is_peak = below < 1.0 / 3.0 && above > 3.0 || below > 3.0 && above < 1.0 / 3.0;
    is_peak && ratio(before.amount, step.amount) * ratio(step.amount, after.amount) >= FAR * FAR / 2.0
}

/// Splits amounts where the next is too far from the one before.
fn runs(sums: Vec<Sum<'_>>, far: f64) -> Vec<Vec<Sum<'_>>> {
    let mut runs: Vec<Vec<Sum<'_>>> = vec![];
    for sum in sums {
        match runs.last_mut().filter(|run| run.last().is_some_and(|last| ratio(last.amount, sum.amount) < far)) {
            Some(run) => run.push(sum),
            None => runs.push(vec![sum]),
        }
    }
    runs
}

fn all_but_longest(mut runs: Vec<Vec<Sum<'_>>>) -> Vec<Vec<Sum<'_>>> {
    let longest = (0..runs.len()).max_by_key(|at| (runs[*at].len(), Reverse(*at)));
    longest.map(|at| runs.remove(at));
    runs
}

/// The step before one, or after it, that is not odd itself.
fn nearest<'l>(pay: &Pay, steps: &[&'l Pay], odd: &BTreeSet<Place<'_>>) -> Option<&'l Pay> {
    let at = steps.iter().position(|step| place(step) == place(pay))?;
    let is_sound = |step: &&&'l Pay| !odd.contains(&place(step)) && (step.currency, step.period) == (pay.currency, pay.period);
    let before = steps[..at].iter().rev().find(is_sound);
    before.or_else(|| steps[at..].iter().find(is_sound)).copied()
}

/// Pay of a level that is below that of the level before.
fn falls<'l>(steps: impl Iterator<Item = &'l Pay>, own: &SourcePath) -> Vec<Diagnostic> {
    let mut last: BTreeMap<_, &Pay> = BTreeMap::new();
    let mut faults = vec![];
    for pay in steps {
        let like = (pay.currency, pay.period, pay.basis, pay.label.as_deref(), pay.area.as_ref(), pay.measure());
        let Some(before) = last.insert(like, pay).filter(|before| is_below(pay, before)) else { continue };
        let message = format!("the pay falls along the track: {} comes after {}", said(pay), said(before));
        let (words, at, other) = if is_of(pay, own) { ("before", pay, before) } else { ("after", before, pay) };
        let fault = warning(at, message).related(format!("the level {words} is here"), &other.claim.path, other.claim.span.clone());
        faults.push(fault.help("correct one of the two, or move the level, or give it another track").help(HELP));
    }
    faults
}

/// Whether no amount is above the other's, and one is below. What is open at the top may be above.
fn is_below(pay: &Pay, before: &Pay) -> bool {
    let pairs: Vec<(Decimal, Decimal)> = match (&pay.amounts, &before.amounts) {
        (Amounts::Percentiles(now), Amounts::Percentiles(then)) => match (now[2], then[2]) {
            (Some(now), Some(then)) => vec![(now, then)],
            _ => now.iter().zip(then).filter_map(|(now, then)| (*now).zip(*then)).collect(),
        },
        (now, then) => vec![(now.bounds().0, then.bounds().0), (now.bounds().1, then.bounds().1)],
    };
    !pay.open_top && pairs.iter().all(|(now, then)| now <= then) && pairs.iter().any(|(now, then)| now < then)
}

/// Amounts of a list that are far from most of the others. Those that have one cause are said once.
fn far<'p>(sums: Vec<Sum<'p>>, scale: &Scale, own: &SourcePath, odd: &mut BTreeSet<Place<'p>>) -> Vec<Diagnostic> {
    let mut alike: BTreeMap<Like<'p>, Vec<(usize, Sum<'p>)>> = BTreeMap::new();
    for (at, sum) in sums.into_iter().enumerate().filter(|(_, sum)| !odd.contains(&place(sum.pay))) {
        alike.entry(sum.like(scale)).or_default().push((at, sum));
    }
    let mut faults = vec![];
    for mut group in alike.into_values().filter(|group| group.len() >= scale.least) {
        let written: BTreeMap<Place<'p>, usize> = group.iter().map(|(at, sum)| (place(sum.pay), *at)).collect();
        let order = |sum: &Sum<'p>| written.get(&place(sum.pay)).copied();
        group.sort_by(|(_, a), (_, b)| a.amount.total_cmp(&b.amount));
        let mut runs = runs(group.into_iter().map(|(_, sum)| sum).collect(), scale.far);
        let Some(most) = (0..runs.len()).max_by_key(|at| (runs[*at].len(), Reverse(runs[*at].iter().filter_map(order).min()))) else { continue };
        let usual = runs.remove(most);
        for run in runs {
            odd.extend(run.iter().map(|sum| place(sum.pay)));
            // What a framework says is none of the role's, and said once for all.
            let first_of = |run: &[Sum<'p>]| run.iter().min_by_key(|sum| (!is_of(sum.pay, own), order(sum))).map(|sum| sum.pay);
            let Some((first, neighbour)) = first_of(&run).zip(first_of(&usual)).filter(|(a, b)| is_of(a, own) || is_of(b, own)) else { continue };
            let more = (run.len() > 1).then(|| format!("the same is true of {} more of the role's figures", run.len() - 1));
            faults.push(is_far(first, neighbour, own).help(more));
        }
    }
    faults
}
