//! Titles: a ladder and the rows of [[titles]] come in, each level's own title goes out, and then those that were written.

use std::collections::BTreeMap;

use super::record::{TitleKind, TitleRow};
use super::resolve::Resolver;
use super::{Ladder, Level, Title};
use crate::data::{At, Id};
use crate::diag::{Code, Diagnostic};
use crate::source::Span;

/// Titles while they are collected.
struct Titles {
    all: Vec<Title>,
    /// Where ids were written, for messages.
    seen: BTreeMap<Id, Span>,
    /// The id of a row that was merged into a level's title, and that title's own: both name it as a parent.
    aliases: BTreeMap<Id, Id>,
}

impl Resolver<'_> {
    /// Titles: each level's own, then those that were written. A row with the name of a level's title adds to that.
    pub(super) fn titles(&mut self, ladder: &Ladder) -> Vec<Title> {
        let rows = &self.written.record.titles;
        let mut titles = Titles { all: ladder.levels().map(of_level).collect(), seen: BTreeMap::new(), aliases: BTreeMap::new() };
        for row in rows {
            self.check_level(row.level.as_ref(), ladder);
            let same_name = |title: &Title| title.of_level && title.name.to_lowercase() == row.name.to_lowercase();
            let same_level = |title: &Title| row.level.as_ref().is_none_or(|level| title.level.as_ref() == Some(&level.value));
            match titles.all.iter().position(|title| same_name(title) && same_level(title)) {
                Some(at) => self.merge(&mut titles, at, row),
                None => self.add(&mut titles, row, ladder),
            }
        }
        for title in &mut titles.all {
            title.parent = title.parent.take().map(|parent| titles.aliases.get(&parent).cloned().unwrap_or(parent));
        }
        self.check_parents(rows, &mut titles);
        titles.all
    }

    fn merge(&mut self, titles: &mut Titles, at: usize, row: &At<TitleRow>) {
        let Some(id) = self.new_id(&mut titles.seen, row.id.as_ref(), &row.name, &row.span) else { return };
        let TitleRow { id: _, name: _, level: _, stage, parent, kind, description, featured, salary } = &row.value;
        let salary = salary.as_ref().and_then(|pay| self.ledger.pay(pay, self.faults));
        let Some(title) = titles.all.get_mut(at) else { return };
        titles.aliases.insert(id, title.id.clone());
        title.stage = stage.as_ref().map(|stage| stage.value).or(title.stage);
        title.parent = parent.as_ref().map(|parent| parent.value.clone());
        title.kind = kind.unwrap_or(title.kind);
        title.description = description.clone();
        title.featured = *featured;
        title.salary = salary.or_else(|| title.salary.take());
    }

    fn add(&mut self, titles: &mut Titles, row: &At<TitleRow>, ladder: &Ladder) {
        let Some(id) = self.new_id(&mut titles.seen, row.id.as_ref(), &row.name, &row.span) else { return };
        if ladder.level(id.as_str()).is_some() {
            self.taken_by_level(&id, row);
            return;
        }
        let TitleRow { id: _, name, level, stage, parent, kind, description, featured, salary } = &row.value;
        let level = level.as_ref().and_then(|level| ladder.level(level.as_str()));
        titles.all.push(Title {
            id,
            name: name.value.clone(),
            level: level.map(|level| level.id.clone()),
            stage: stage.as_ref().map(|stage| stage.value).or_else(|| level.and_then(|level| level.stage)),
            parent: parent.as_ref().map(|parent| parent.value.clone()),
            kind: kind.unwrap_or(TitleKind::Alternate),
            description: description.clone(),
            featured: *featured,
            salary: salary.as_ref().and_then(|pay| self.ledger.pay(pay, self.faults)),
            of_level: false,
        });
    }

    fn taken_by_level(&mut self, id: &Id, row: &At<TitleRow>) {
        let path = &self.written.path;
        let span = row.id.as_ref().map_or(&row.name.span, |id| &id.span);
        let fault = Diagnostic::error(Code::DuplicateId, format!("the title's id `{id}` is that of a level")).at(path, span.clone());
        let level = self.written.record.levels.iter().find(|level| super::ladder::id_of(level).as_ref() == Some(id));
        let fault = level.into_iter().fold(fault, |fault, level| fault.related("the level is here", path, level.span.clone()));
        self.faults.push(fault.help("give the title another `id`"));
    }

    /// Parents exist and lead up. A circle is said once, and cut where it was said.
    fn check_parents(&mut self, rows: &[At<TitleRow>], titles: &mut Titles) {
        for row in rows {
            let Some(parent) = &row.parent else { continue };
            let own = self.id_in(titles, row);
            let target = titles.aliases.get(&parent.value).unwrap_or(&parent.value).clone();
            let parents: BTreeMap<&Id, &Id> = titles.all.iter().filter_map(|title| Some((&title.id, title.parent.as_ref()?))).collect();
            let is_known = titles.all.iter().any(|title| title.id == target);
            let returns = std::iter::successors(Some(&target), |id| parents.get(id).copied()).take(parents.len() + 1).any(|id| Some(id) == own.as_ref());
            if is_known && !returns {
                continue;
            }
            if is_known {
                let message = format!("the title `{}` is its own ancestor", parent.value);
                self.fault(Code::Cycle, &parent.span, message, "a parent stands higher in the hierarchy");
            } else if !self.written.lost_titles() {
                self.unknown("level or title", parent, titles.all.iter().map(|title| title.id.as_str()).collect::<Vec<_>>());
            }
            if let Some(title) = titles.all.iter_mut().find(|title| Some(&title.id) == own.as_ref()) {
                title.parent = None;
            }
        }
    }

    /// The id under which the title of a row is known.
    fn id_in(&self, titles: &Titles, row: &At<TitleRow>) -> Option<Id> {
        let id = row.id.as_ref().map(|id| id.value.clone()).or_else(|| Id::of_name(&row.name))?;
        Some(titles.aliases.get(&id).cloned().unwrap_or(id))
    }
}

fn of_level(level: &Level) -> Title {
    Title {
        id: level.id.clone(),
        name: level.title.clone(),
        level: Some(level.id.clone()),
        stage: level.stage,
        parent: None,
        kind: TitleKind::Alternate,
        description: None,
        featured: false,
        salary: level.salary.clone(),
        of_level: true,
    }
}
