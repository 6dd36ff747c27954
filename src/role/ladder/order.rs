//! The order of levels: steps come in, faults for stages and years that fall, and the ways from level to level go out.

use std::collections::BTreeMap;

use super::row::Step;
use crate::config::Config;
use crate::data::{At, Id};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::path::SourcePath;
use crate::role::record::{Advance, ExperienceRow, Stage};
use crate::source::Span;
use crate::suggest;

/// Stages and years never fall along a track.
pub(super) fn check(steps: &[Step<'_>], faults: &mut Diagnostics) {
    let mut stages: BTreeMap<&Id, (&At<Stage>, &SourcePath)> = BTreeMap::new();
    let mut years: BTreeMap<&Id, (&At<ExperienceRow>, &SourcePath)> = BTreeMap::new();
    for step in steps {
        if let Some(now) = step.row.first(|level| level.stage.as_ref())
            && let Some(before) = stages.insert(&step.track, now).filter(|before| now.0.value < before.0.value)
        {
            let message = format!("the stage falls along the track: {} comes after {}", now.0.value, before.0.value);
            faults.push(falls(message, (&now.0.span, now.1), (&before.0.span, before.1)));
        }
        let Some(now) = step.row.first(|level| level.experience.as_ref()) else { continue };
        check_years(now, faults);
        if let Some(before) = years.insert(&step.track, now).filter(|before| now.0.min_years < before.0.min_years) {
            let message = format!("the years fall along the track: {} comes after {}", now.0.min_years, before.0.min_years);
            faults.push(falls(message, (&now.0.span, now.1), (&before.0.span, before.1)));
        }
    }
}

fn falls(message: String, (span, path): (&Span, &SourcePath), (before, before_path): (&Span, &SourcePath)) -> Diagnostic {
    let fault = Diagnostic::error(Code::OutOfOrder, message).at(path, span.clone());
    fault.related("the level before is here", before_path, before.clone()).help("levels stand in ladder order; move one, or give it another track")
}

fn check_years((years, path): (&At<ExperienceRow>, &SourcePath), faults: &mut Diagnostics) {
    let ExperienceRow { min_years, max_years } = &years.value;
    if let Some(max) = max_years.filter(|max| max <= min_years) {
        let fault = Diagnostic::error(Code::OutOfOrder, format!("the years run backwards: from {min_years} to {max}")).at(path, years.span.clone());
        faults.push(fault.help("max_years is the first year of the next level, so it is larger than min_years"));
    }
}

/// Which levels may follow each, and which lead to it, by their place among the steps; without circles.
pub(super) struct Ways {
    next: Vec<Vec<usize>>,
    previous: Vec<Vec<usize>>,
}

/// The levels that may follow each: those that it names, or the following one of its track.
pub(super) fn ways(steps: &[Step<'_>], lost_levels: bool, faults: &mut Diagnostics) -> Ways {
    let known: BTreeMap<&Id, usize> = steps.iter().enumerate().map(|(index, step)| (&step.id, index)).collect();
    let mut ways = Ways { next: vec![vec![]; steps.len()], previous: vec![vec![]; steps.len()] };
    let following = following(steps);
    for (index, step) in steps.iter().enumerate() {
        let Some((named, path)) = step.row.next() else {
            following[index].into_iter().for_each(|target| ways.add(index, target));
            continue;
        };
        for target in named {
            let fault = match known.get(&target.value) {
                Some(to) => ways.refuse(index, *to, steps),
                None => (!lost_levels).then(|| no_level(target, &known)),
            };
            match (fault, known.get(&target.value)) {
                (Some(fault), _) => faults.push(fault.at(path, target.span.clone())),
                (None, Some(to)) => ways.add(index, *to),
                (None, None) => {}
            }
        }
    }
    if !lost_levels {
        check_advice(steps, &ways, faults);
    }
    ways
}

/// The following level of its track for each.
fn following(steps: &[Step<'_>]) -> Vec<Option<usize>> {
    let mut last: BTreeMap<&Id, usize> = BTreeMap::new();
    let mut following = vec![None; steps.len()];
    for (index, step) in steps.iter().enumerate() {
        if let Some(before) = last.insert(&step.track, index) {
            following[before] = Some(index);
        }
    }
    following
}

fn no_level(id: &At<Id>, known: &BTreeMap<&Id, usize>) -> Diagnostic {
    let help = suggest::help(id.as_str(), known.keys().map(|id| id.as_str()));
    Diagnostic::error(Code::UnknownId, format!("there is no level `{}`", id.value)).help(help)
}

/// Texts for each way up must be for ways that there are. (A framework's may be for levels that a role leaves out.)
fn check_advice(steps: &[Step<'_>], ways: &Ways, faults: &mut Diagnostics) {
    for (index, step) in steps.iter().enumerate() {
        let (own, path) = step.row.own;
        let Some(Advance::Each(texts)) = &own.advance else { continue };
        let next: Vec<&Id> = ways.next(index).iter().map(|target| &steps[*target].id).collect();
        let named = || own.next.iter().flatten().map(|id| &id.value).chain(next.iter().copied());
        for (name, _) in texts.0.iter().filter(|(name, _)| !named().any(|id| id.as_str() == name.value)) {
            let help = suggest::help(&name.value, next.iter().map(|id| id.as_str())).unwrap_or_else(|| "name the level in `next` first".to_owned());
            let fault = Diagnostic::error(Code::UnknownId, format!("`{}` is no level that follows this one", name.value));
            faults.push(fault.at(path, name.span.clone()).help(help));
        }
    }
}

/// Advice on how to go on, at levels that nothing follows: no page shows it.
pub(super) fn unused_advice(steps: &[Step<'_>], ways: &Ways, config: &Config) -> Vec<Diagnostic> {
    let finding = |(index, step): (usize, &Step<'_>)| {
        let (Some(Advance::All(text)), path) = (&step.row.own.0.advance, step.row.own.1) else { return None };
        let said = config.site.check.unshown_facts.finding(Code::UnshownFact, "no page shows `advance`: no level follows this one");
        said.filter(|_| ways.next(index).is_empty())
            .map(|said| said.at(path, text.span.clone()).help("name the levels that may follow in `next`, add a level below this one, or remove it"))
    };
    steps.iter().enumerate().filter_map(finding).collect()
}

impl Ways {
    /// The levels that may follow a level.
    pub(super) fn next(&self, level: usize) -> &[usize] {
        &self.next[level]
    }

    /// The levels that lead to a level, in the order of the file.
    pub(super) fn previous(&self, level: usize) -> &[usize] {
        &self.previous[level]
    }

    /// All levels so that each comes after those that lead to it.
    pub(super) fn by_precedence(&self) -> Vec<usize> {
        let mut waiting: Vec<usize> = self.previous.iter().map(Vec::len).collect();
        let mut order: Vec<usize> = (0..waiting.len()).filter(|level| waiting[*level] == 0).collect();
        let mut done = 0;
        while let Some(level) = order.get(done).copied() {
            done += 1;
            for target in &self.next[level] {
                waiting[*target] -= 1;
                if waiting[*target] == 0 {
                    order.push(*target);
                }
            }
        }
        order
    }

    fn add(&mut self, from: usize, to: usize) {
        self.next[from].push(to);
        self.previous[to].push(from);
    }

    /// Why a way cannot be added, if so: it would close a circle, or is there already.
    fn refuse(&self, from: usize, to: usize, steps: &[Step<'_>]) -> Option<Diagnostic> {
        let (id, target) = (&steps[from].id, &steps[to].id);
        if from == to {
            return Some(Diagnostic::error(Code::Cycle, format!("the level `{id}` follows itself")).help("`next` names levels further up"));
        }
        if self.next[from].contains(&to) {
            return Some(Diagnostic::error(Code::DuplicateId, format!("`{target}` stands twice in `next`")).help("remove one of the two"));
        }
        let returns = self.reaches(to, from);
        returns.then(|| Diagnostic::error(Code::Cycle, format!("the level `{target}` leads back to `{id}`")).help("`next` names levels further up"))
    }

    fn reaches(&self, from: usize, to: usize) -> bool {
        let (mut reached, mut queue) = (vec![false; self.next.len()], vec![from]);
        while let Some(level) = queue.pop() {
            if level == to {
                return true;
            }
            if !std::mem::replace(&mut reached[level], true) {
                queue.extend(&self.next[level]);
            }
        }
        false
    }
}
