//! Competencies along a ladder: rows come in, of a framework and of the role that uses it; what
//! each level shows of them goes out.

use std::collections::{BTreeMap, BTreeSet};

use super::row::Step;
use crate::config::{duplicate, id_or_slug, of_names};
use crate::data::{At, Decimal, Id};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::path::SourcePath;
use crate::role::RoleSettings;
use crate::role::record::{CompetencyRow, Criterion, MilestoneRow};
use crate::role::{Competency, Level, LevelCompetency, Rating};
use crate::source::Span;
use crate::suggest;

/// Competencies in the order of their files, each once.
#[derive(Default)]
pub(in crate::role) struct Competencies<'r>(Vec<(Id, Vec<Part<'r>>)>);

/// A row of one file; a role's row with the id of a framework's adds criteria to that.
struct Part<'r> {
    row: &'r CompetencyRow,
    path: &'r SourcePath,
    origin: Origin,
}

/// Whose row of a competency it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// The record whose ladder is made.
    Record,
    /// The framework that a role uses: its criteria may be for levels that the role leaves out.
    Framework,
}

impl<'r> Competencies<'r> {
    /// Adds the rows of a record.
    pub(in crate::role) fn add(
        &mut self,
        rows: &'r [At<CompetencyRow>],
        path: &'r SourcePath,
        diagnostics: &mut Diagnostics,
    ) {
        self.add_parts(rows, path, Origin::Record, diagnostics);
    }

    /// Adds the rows of the framework that a role uses: criteria of levels that the role leaves out
    /// are left out.
    pub(in crate::role) fn add_framework(
        &mut self,
        rows: &'r [At<CompetencyRow>],
        path: &'r SourcePath,
        diagnostics: &mut Diagnostics,
    ) {
        self.add_parts(rows, path, Origin::Framework, diagnostics);
    }

    fn add_parts(
        &mut self,
        rows: &'r [At<CompetencyRow>],
        path: &'r SourcePath,
        origin: Origin,
        diagnostics: &mut Diagnostics,
    ) {
        let mut seen: BTreeMap<Id, &At<CompetencyRow>> = BTreeMap::new();
        let named = |row: &'r CompetencyRow| row.id.is_none().then_some(row.name.as_str());
        for row in rows {
            let Some(id) = id_or_slug(row.id.as_ref(), &row.name, path, diagnostics) else {
                continue;
            };
            if let Some(first) = seen.insert(id.clone(), row) {
                diagnostics.push(of_names(
                    duplicate(&id, path, &row.span, path, &first.span),
                    &id,
                    named(row),
                    named(first),
                ));
                continue;
            }
            let part = Part {
                row: &row.value,
                path,
                origin,
            };
            match self.0.iter_mut().find(|(known, _)| *known == id) {
                Some((_, parts)) => parts.push(part),
                None => self.0.push((id, vec![part])),
            }
        }
    }

    /// Checks that criteria and positions are for levels of the ladder, and positions on their scale.
    pub(super) fn check(&self, steps: &[Step<'_>], diagnostics: &mut Diagnostics) {
        let known: BTreeSet<&str> = steps.iter().map(|step| step.id.as_str()).collect();
        let parts = self
            .0
            .iter()
            .flat_map(|(_, parts)| parts)
            .filter(|part| part.origin == Origin::Record);
        let levels = parts.flat_map(|part| {
            let criteria = part.row.criteria.0.iter().map(|(level, _)| level);
            let positions = part.row.positions.0.iter().map(|(level, _)| level);
            let levels = criteria.chain(positions);
            levels.map(move |level| (part, level))
        });
        for (part, level) in levels {
            if !known.contains(level.value.as_str()) {
                let help = suggest::help(&level.value, known.iter().copied());
                let fault = Diagnostic::error(
                    Code::UnknownId,
                    format!("there is no level `{}`", level.value),
                )
                .at(part.path, level.span.clone());
                diagnostics.push(fault.help(help));
            }
        }
        let parts = self.0.iter().flat_map(|(_, parts)| parts);
        for part in parts.filter(|part| part.origin == Origin::Record) {
            part.check_positions(diagnostics);
        }
    }

    /// Warns of competencies of which no level shows anything; a framework's may be for levels that a role
    /// leaves out.
    pub(super) fn without_criteria(
        &self,
        steps: &[Step<'_>],
        settings: &RoleSettings<'_>,
    ) -> Vec<Diagnostic> {
        let has_some = |part: &Part<'_>| {
            let is_told = |step: &Step<'_>| {
                let criteria = part.row.criteria.get(step.id.as_str());
                let position = part.row.positions.get(step.id.as_str());
                criteria.is_some_and(|criteria| !criteria.is_empty()) || position.is_some()
            };
            !part.row.milestones.is_empty() || steps.iter().any(is_told)
        };
        let finding =
            |(_, parts): &(Id, Vec<Part<'_>>)| {
                let part = parts
                    .first()
                    .filter(|part| part.origin == Origin::Record && !parts.iter().any(has_some))?;
                let message = format!(
                    "no page shows the competency `{}`: it has no criteria at any level",
                    part.row.name.value
                );
                let said = settings
                    .check
                    .unshown_facts
                    .finding(Code::UnshownFact, message)?;
                Some(said.at(part.path, part.row.name.span.clone()).help(
                    "add `criteria = { level = [\"…\"] }` with the id of a level, or remove it",
                ))
            };
        self.0.iter().filter_map(finding).collect()
    }

    /// Returns what a level shows of each competency: its own criteria, and those of the levels
    /// below. None for those of which there is nothing to show yet.
    pub(super) fn at(&self, level: &Id, below: Option<&Level>) -> Vec<LevelCompetency> {
        let of_level = |(id, parts): &(Id, Vec<Part<'_>>)| {
            let before =
                below.and_then(|below| below.competencies.iter().find(|row| row.id == *id));
            let kept: Vec<Criterion> = before
                .map(|row| row.kept.iter().chain(&row.added).cloned().collect())
                .unwrap_or_default();
            let added: Vec<Criterion> = parts
                .iter()
                .filter_map(|part| part.row.criteria.get(level.as_str()))
                .flatten()
                .cloned()
                .collect();
            let Competency {
                id,
                group,
                name,
                description,
            } = competency(id, parts)?;
            let position = parts.iter().find_map(|part| part.position(level));
            let milestones = milestones(parts);
            let is_shown = !kept.is_empty()
                || !added.is_empty()
                || position.is_some()
                || !milestones.is_empty();
            is_shown.then_some(LevelCompetency {
                id,
                group,
                name,
                description,
                added,
                kept,
                position,
                milestones,
            })
        };
        self.0.iter().filter_map(of_level).collect()
    }

    /// Returns the competencies themselves.
    pub(in crate::role) fn all(&self) -> Vec<Competency> {
        self.0
            .iter()
            .filter_map(|(id, parts)| competency(id, parts))
            .collect()
    }
}

/// Returns the steps of a competency: those of the first row that has some.
fn milestones(parts: &[Part<'_>]) -> Vec<MilestoneRow> {
    let rows = parts.iter().map(|part| &part.row.milestones);
    let mut told = rows.filter(|milestones| !milestones.is_empty());
    told.next().cloned().unwrap_or_default()
}

impl Part<'_> {
    /// Returns where a level stands on the scale of the competency, if it is on it.
    fn position(&self, level: &Id) -> Option<Rating> {
        let value = self.row.positions.get(level.as_str())?.value;
        let rating = Rating {
            value,
            ..self.scale()?
        };
        rating.is_on_scale().then_some(rating)
    }

    /// Returns the scale, with its highest number as the value; `None` if it is none.
    fn scale(&self) -> Option<Rating> {
        let positions = self.row.positions.0.iter();
        let highest = positions.map(|(_, position)| position.value).max();
        let max = self.row.max.as_ref().map(|max| max.value).or(highest)?;
        let min = self.row.min.as_ref().map(|min| min.value);
        let min = min.unwrap_or(Decimal(rust_decimal::Decimal::ZERO));
        let scale = Rating {
            value: max,
            min,
            max,
        };
        (min < max).then_some(scale)
    }

    /// Says that positions are not on their scale.
    fn check_positions(&self, diagnostics: &mut Diagnostics) {
        let Some((_, first)) = self.row.positions.0.first() else {
            return;
        };
        let mut fault = |span: &Span, message: String, help: &str| {
            let fault = Diagnostic::error(Code::BadValue, message).at(self.path, span.clone());
            diagnostics.push(fault.help(help.to_owned()));
        };
        let Some(Rating { min, max, .. }) = self.scale() else {
            let span = self.row.max.as_ref().map_or(&first.span, |max| &max.span);
            let message = "the scale ends where it begins, or below".to_owned();
            return fault(span, message, "`max` is the highest number of the scale");
        };
        for (_, position) in &self.row.positions.0 {
            if position.value < min || position.value > max {
                let message = format!(
                    "{} is not on its scale, which is from {min} to {max}",
                    position.value
                );
                let help = "correct the number, or `max` and `min` of the scale";
                fault(&position.span, message, help);
            }
        }
    }
}

/// Returns the first row says what a competency is.
fn competency(id: &Id, parts: &[Part<'_>]) -> Option<Competency> {
    let CompetencyRow {
        id: _,
        group,
        name,
        description,
        criteria: _,
        positions: _,
        max: _,
        min: _,
        milestones: _,
    } = parts.first()?.row;
    Some(Competency {
        id: id.clone(),
        group: group.clone(),
        name: name.value.clone(),
        description: description.clone(),
    })
}
