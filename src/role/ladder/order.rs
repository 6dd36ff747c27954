//! The order of levels: steps come in, faults for stages and years that fall, and the ways from level to level go out.

use std::collections::{BTreeMap, BTreeSet};

use super::row::Step;
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

/// Which levels may follow each, and which lead to it; without circles.
#[derive(Default)]
pub(super) struct Ways {
    next: BTreeMap<Id, Vec<Id>>,
    previous: BTreeMap<Id, Vec<Id>>,
}

/// The levels that may follow each: those that it names, or the following one of its track.
pub(super) fn ways(steps: &[Step<'_>], lost_levels: bool, faults: &mut Diagnostics) -> Ways {
    let known: BTreeSet<&Id> = steps.iter().map(|step| &step.id).collect();
    let mut ways = Ways::default();
    let following = following(steps);
    for step in steps {
        match step.row.next() {
            None => ways.add(&step.id, following.get(&step.id).copied()),
            Some((named, path)) => {
                for target in named {
                    let fault = if known.contains(&target.value) { ways.refuse(step, target) } else { (!lost_levels).then(|| no_level(target, &known)) };
                    match fault {
                        Some(fault) => faults.push(fault.at(path, target.span.clone())),
                        None => ways.add(&step.id, Some(&target.value).filter(|id| known.contains(id))),
                    }
                }
            }
        }
        if !lost_levels {
            check_advance(step, ways.next(&step.id), faults);
        }
    }
    ways
}

/// The following level of its track for each.
fn following<'s>(steps: &'s [Step<'_>]) -> BTreeMap<&'s Id, &'s Id> {
    let mut last: BTreeMap<&Id, &Id> = BTreeMap::new();
    steps.iter().filter_map(|step| Some((last.insert(&step.track, &step.id)?, &step.id))).collect()
}

fn no_level(id: &At<Id>, known: &BTreeSet<&Id>) -> Diagnostic {
    let help = suggest::help(id.as_str(), known.iter().map(|id| id.as_str()));
    Diagnostic::error(Code::UnknownId, format!("there is no level `{}`", id.value)).help(help)
}

/// Texts for each way up must be for ways that there are. (A framework's may be for levels that a role leaves out.)
fn check_advance(step: &Step<'_>, next: &[Id], faults: &mut Diagnostics) {
    let (own, path) = step.row.own;
    let Some(Advance::Each(texts)) = &own.advance else { return };
    let named = || own.next.iter().flatten().map(|id| &id.value).chain(next);
    for (name, _) in texts.0.iter().filter(|(name, _)| !named().any(|id| id.as_str() == name.value)) {
        let help = suggest::help(&name.value, next.iter().map(Id::as_str)).unwrap_or_else(|| "name the level in `next` first".to_owned());
        let fault = Diagnostic::error(Code::UnknownId, format!("`{}` is no level that follows this one", name.value));
        faults.push(fault.at(path, name.span.clone()).help(help));
    }
}

impl Ways {
    /// The levels that may follow a level.
    pub(super) fn next(&self, id: &Id) -> &[Id] {
        self.next.get(id).map_or(&[], Vec::as_slice)
    }

    /// The levels that lead to a level, in the order of the file.
    pub(super) fn previous(&self, id: &Id) -> &[Id] {
        self.previous.get(id).map_or(&[], Vec::as_slice)
    }

    /// Steps so that every level comes after those that lead to it.
    pub(super) fn by_precedence(&self, steps: &[Step<'_>]) -> Vec<usize> {
        let (mut order, mut done) = (vec![], BTreeSet::new());
        // One round does for a ladder in which ways lead down the file; each further round makes at least one level.
        loop {
            let before = order.len();
            for (index, step) in steps.iter().enumerate() {
                if !done.contains(&step.id) && self.previous(&step.id).iter().all(|id| done.contains(id)) {
                    done.insert(&step.id);
                    order.push(index);
                }
            }
            if order.len() == before {
                return order;
            }
        }
    }

    fn add(&mut self, from: &Id, to: Option<&Id>) {
        if let Some(to) = to {
            self.next.entry(from.clone()).or_default().push(to.clone());
            self.previous.entry(to.clone()).or_default().push(from.clone());
        }
    }

    /// Why a way cannot be added, if so: it would close a circle, or is there already.
    fn refuse(&self, step: &Step<'_>, target: &At<Id>) -> Option<Diagnostic> {
        let Step { id, .. } = step;
        if target.value == *id {
            return Some(Diagnostic::error(Code::Cycle, format!("the level `{id}` follows itself")).help("`next` names levels further up"));
        }
        if self.next(id).contains(&target.value) {
            return Some(Diagnostic::error(Code::DuplicateId, format!("`{}` stands twice in `next`", target.value)).help("remove one of the two"));
        }
        let returns = self.reaches(&target.value, id);
        returns.then(|| Diagnostic::error(Code::Cycle, format!("the level `{}` leads back to `{id}`", target.value)).help("`next` names levels further up"))
    }

    fn reaches(&self, from: &Id, to: &Id) -> bool {
        let (mut reached, mut queue) = (BTreeSet::new(), vec![from]);
        while let Some(id) = queue.pop() {
            if id == to {
                return true;
            }
            if reached.insert(id) {
                queue.extend(self.next(id));
            }
        }
        false
    }
}
