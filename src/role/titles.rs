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
        let ids: Vec<String> = titles.all.iter().map(|title| title.id.to_string()).collect();
        let mut parents: BTreeMap<Id, Option<Id>> = titles.all.iter().map(|title| (title.id.clone(), title.parent.clone())).collect();
        for row in rows {
            let (Some(parent), Some(own)) = (&row.parent, titles.id_of(row)) else { continue };
            let target = titles.aliases.get(&parent.value).unwrap_or(&parent.value);
            let above = |id: &&Id| parents.get(*id).and_then(Option::as_ref);
            let returns = std::iter::successors(Some(target), above).take(parents.len() + 1).any(|id| *id == own);
            if returns {
                let message = format!("the title `{}` is its own ancestor", parent.value);
                self.fault(Code::Cycle, &parent.span, message, "a parent stands higher in the hierarchy");
            } else if parents.contains_key(target) {
                continue;
            } else if !self.written.lost_titles() {
                self.unknown("level or title", parent, ids.iter().map(String::as_str));
            }
            parents.insert(own, None);
        }
        for title in &mut titles.all {
            title.parent = parents.get(&title.id).cloned().flatten();
        }
    }
}

impl Titles {
    /// The id under which the title of a row is known.
    fn id_of(&self, row: &At<TitleRow>) -> Option<Id> {
        let id = row.id.as_ref().map(|id| id.value.clone()).or_else(|| Id::of_name(&row.name))?;
        Some(self.aliases.get(&id).cloned().unwrap_or(id))
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
