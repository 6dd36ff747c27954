//! The order of levels: steps come in, diagnostics for stages and years that fall, and the ways from
//! level to level go out.

use std::collections::BTreeMap;
use std::fmt::Display;

use super::LevelsRead;
use super::row::Step;
use crate::data::{At, Id};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::path::SourcePath;
use crate::role::RoleSettings;
use crate::role::record::{Advance, ExperienceRow, Stage};
use crate::source::Span;
use crate::suggest;

/// A stage, or the first year of experience, of a level, and where it stands.
#[derive(Clone, Copy)]
struct Mark<'s, T> {
    value: T,
    path: &'s SourcePath,
    span: &'s Span,
}

/// Checks that stages and years do not fall along a track.
pub(super) fn check(steps: &[Step<'_>], diagnostics: &mut Diagnostics) {
    let mut stages: BTreeMap<&Id, Mark<'_, Stage>> = BTreeMap::new();
    let mut years: BTreeMap<&Id, Mark<'_, u32>> = BTreeMap::new();
    for step in steps {
        if let Some((stage, path)) = step.row.first(|level| level.stage.as_ref()) {
            let now = Mark {
                value: stage.value,
                path,
                span: &stage.span,
            };
            let before = stages.insert(&step.track, now);
            diagnostics.extend(falls("stage falls", now, before));
        }
        if let Some((experience, path)) = step.row.first(|level| level.experience.as_ref()) {
            check_years(experience, path, diagnostics);
            let now = Mark {
                value: experience.min_years,
                path,
                span: &experience.span,
            };
            let before = years.insert(&step.track, now);
            diagnostics.extend(falls("years fall", now, before));
        }
    }
}

/// Says that a mark is below that of the level before. `what` begins the message.
fn falls<T: PartialOrd + Display>(
    what: &str,
    now: Mark<'_, T>,
    before: Option<Mark<'_, T>>,
) -> Option<Diagnostic> {
    let before = before.filter(|before| now.value < before.value)?;
    let message = format!(
        "the {what} along the track: {} comes after {}",
        now.value, before.value
    );
    Some(
        Diagnostic::error(Code::OutOfOrder, message)
            .at(now.path, now.span.clone())
            .related("the level before is here", before.path, before.span.clone())
            .help("levels stand in ladder order; move one, or give it another track"),
    )
}

fn check_years(years: &At<ExperienceRow>, path: &SourcePath, diagnostics: &mut Diagnostics) {
    let ExperienceRow {
        min_years,
        max_years,
    } = &years.value;
    if let Some(max) = max_years.filter(|max| max <= min_years) {
        let fault = Diagnostic::error(
            Code::OutOfOrder,
            format!("the years run backwards: from {min_years} to {max}"),
        )
        .at(path, years.span.clone());
        diagnostics.push(
            fault.help(
                "max_years is the first year of the next level, so it is larger than min_years",
            ),
        );
    }
}

/// Which levels may follow each, and which lead to it, by their place among the steps; without
/// circles.
pub(super) struct Ways {
    next: Vec<Vec<usize>>,
    previous: Vec<Vec<usize>>,
}

/// Returns the levels that may follow each: those that it names, or the following one of its track.
pub(super) fn ways(steps: &[Step<'_>], reading: LevelsRead, diagnostics: &mut Diagnostics) -> Ways {
    let known: BTreeMap<&Id, usize> = steps
        .iter()
        .enumerate()
        .map(|(index, step)| (&step.id, index))
        .collect();
    let mut ways = Ways {
        next: vec![vec![]; steps.len()],
        previous: vec![vec![]; steps.len()],
    };
    let following = following(steps);
    for (index, step) in steps.iter().enumerate() {
        let Some((named, path)) = step.row.next() else {
            if let Some(target) = following[index] {
                ways.add(index, target);
            }
            continue;
        };
        for target in named {
            let fault = match known.get(&target.value) {
                Some(to) => match ways.refuse(index, *to, steps) {
                    Some(fault) => fault,
                    None => {
                        ways.add(index, *to);
                        continue;
                    }
                },
                None if reading == LevelsRead::Some => continue,
                None => no_level(target, &known),
            };
            diagnostics.push(fault.at(path, target.span.clone()));
        }
    }
    if reading == LevelsRead::All {
        check_advice(steps, &ways, diagnostics);
    }
    ways
}

/// Returns the following level of its track for each.
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

/// Checks that texts for each way up are for ways that there are. (A framework's may be for levels that a
/// role leaves out.)
fn check_advice(steps: &[Step<'_>], ways: &Ways, diagnostics: &mut Diagnostics) {
    for (index, step) in steps.iter().enumerate() {
        let (own, path) = step.row.own;
        let Some(Advance::Each(texts)) = &own.advance else {
            continue;
        };
        let next: Vec<&Id> = ways
            .next(index)
            .iter()
            .map(|target| &steps[*target].id)
            .collect();
        let named = || {
            own.next
                .iter()
                .flatten()
                .map(|id| &id.value)
                .chain(next.iter().copied())
        };
        for (name, _) in texts
            .0
            .iter()
            .filter(|(name, _)| !named().any(|id| id.as_str() == name.value))
        {
            let help = suggest::help(&name.value, next.iter().map(|id| id.as_str()))
                .unwrap_or_else(|| "name the level in `next` first".to_owned());
            let fault = Diagnostic::error(
                Code::UnknownId,
                format!("`{}` is no level that follows this one", name.value),
            );
            diagnostics.push(fault.at(path, name.span.clone()).help(help));
        }
    }
}

/// Warns of advice on how to go on, at levels that nothing follows: no page shows it.
pub(super) fn unused_advice(
    steps: &[Step<'_>],
    ways: &Ways,
    settings: &RoleSettings<'_>,
) -> Vec<Diagnostic> {
    let finding = |(index, step): (usize, &Step<'_>)| {
        let (Some(Advance::All(text)), path) = (&step.row.own.0.advance, step.row.own.1) else {
            return None;
        };
        let said = settings.check.unshown_facts.finding(
            Code::UnshownFact,
            "no page shows `advance`: no level follows this one",
        );
        said.filter(|_| ways.next(index).is_empty())
            .map(|said| said.at(path, text.span.clone()).help("name the levels that may follow in `next`, add a level below this one, or remove it"))
    };
    steps.iter().enumerate().filter_map(finding).collect()
}

impl Ways {
    /// Returns the levels that may follow a level.
    pub(super) fn next(&self, level: usize) -> &[usize] {
        &self.next[level]
    }

    /// Returns the levels that lead to a level, in the order of the file.
    pub(super) fn previous(&self, level: usize) -> &[usize] {
        &self.previous[level]
    }

    /// Returns all levels so that each comes after those that lead to it.
    pub(super) fn by_precedence(&self) -> Vec<usize> {
        let mut waiting: Vec<usize> = self.previous.iter().map(Vec::len).collect();
        let mut order: Vec<usize> = (0..waiting.len())
            .filter(|level| waiting[*level] == 0)
            .collect();
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

    /// Returns why a way cannot be added, if so: it would close a circle, or is there already.
    fn refuse(&self, from: usize, to: usize, steps: &[Step<'_>]) -> Option<Diagnostic> {
        let (id, target) = (&steps[from].id, &steps[to].id);
        if from == to {
            return Some(
                Diagnostic::error(Code::Cycle, format!("the level `{id}` follows itself"))
                    .help("`next` names levels further up"),
            );
        }
        if self.next[from].contains(&to) {
            return Some(
                Diagnostic::error(
                    Code::DuplicateId,
                    format!("`{target}` stands twice in `next`"),
                )
                .help("remove one of the two"),
            );
        }
        let returns = self.reaches(to, from);
        returns.then(|| {
            Diagnostic::error(
                Code::Cycle,
                format!("the level `{target}` leads back to `{id}`"),
            )
            .help("`next` names levels further up")
        })
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
