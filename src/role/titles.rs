//! Titles: a ladder and the rows of [[titles]] come in, each level's own title goes out, and then
//! those that were written.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::record::{SalaryRow, TitleKind, TitleRow};
use super::resolver::Resolver;
use super::worded::is_worded;
use super::{Ladder, Level, Pay, Title};
use crate::config::{duplicate, id_or_slug, of_names};
use crate::data::{At, Id};
use crate::diag::{Code, Diagnostic, Scope};

/// Titles while they are collected.
struct Titles {
    all: Vec<Title>,
    /// The id of a row that was merged into a level's title, and that title's own: both name it as
    /// a parent.
    aliases: BTreeMap<Id, Id>,
}

/// A row with its id; one that others were joined to is a copy.
struct Joined<'r> {
    id: Id,
    row: Cow<'r, At<TitleRow>>,
}

impl Titles {
    /// Returns the title of a level that a row adds to: one with its name, or with the slug of its
    /// name.
    fn of_level_like(&self, Joined { id, row }: &Joined<'_>) -> Option<usize> {
        let is_of_level = |title: &Title| {
            let level = row.level.as_ref();
            level.is_none_or(|level| title.level.as_ref() == Some(&level.value))
        };
        let has_name = |title: &Title| title.name.to_lowercase() == row.name.to_lowercase();
        let has_slug = |title: &Title| {
            row.id.is_none() && title.id == *id && Id::of_name(&title.name).as_ref() == Some(id)
        };
        let find = |is_like: &dyn Fn(&Title) -> bool| {
            // Those of levels come first.
            let mut titles = self.all.iter().take_while(|title| title.of_level);
            titles.position(|title| is_of_level(title) && is_like(title))
        };
        find(&has_name).or_else(|| find(&has_slug))
    }
}

/// Collects titles: each level's own, then those that were written. A row with the name of a
/// level's title adds to that.
pub(super) fn titles(resolver: &mut Resolver<'_>, ladder: &Ladder) -> Vec<Title> {
    let written = resolver.written;
    let rows = joined(resolver, &written.record.titles, ladder);
    let mut titles = Titles {
        all: ladder.levels().map(of_level).collect(),
        aliases: BTreeMap::new(),
    };
    for row in &rows {
        match titles.of_level_like(row) {
            Some(at) => merge(resolver, &mut titles, at, row),
            None => add(resolver, &mut titles, row, ladder),
        }
    }
    for title in &mut titles.all {
        title.parent = title
            .parent
            .take()
            .map(|parent| titles.aliases.get(&parent).cloned().unwrap_or(parent));
    }
    check_parents(resolver, &rows, &mut titles);
    titles.all
}

/// Joins the rows of one title: lists of titles from elsewhere have "Set-Up Mechanic"
/// and "Set Up Mechanic".
fn joined<'r>(
    resolver: &mut Resolver<'_>,
    rows: &'r [At<TitleRow>],
    ladder: &Ladder,
) -> Vec<Joined<'r>> {
    let path = &resolver.written.path;
    let mut at: BTreeMap<Id, usize> = BTreeMap::new();
    let mut all: Vec<Joined<'r>> = vec![];
    for row in rows {
        resolver.check_level(row.level.as_ref(), ladder);
        let Some(id) = id_or_slug(row.id.as_ref(), &row.name, path, resolver.diagnostics) else {
            continue;
        };
        let known = at.get(&id).copied();
        let Some(Joined { row: first, .. }) = known.and_then(|at| all.get_mut(at)) else {
            at.insert(id.clone(), all.len());
            all.push(Joined {
                id,
                row: Cow::Borrowed(row),
            });
            continue;
        };
        let is_one = (row.id.is_none() || first.id.is_none()) && fit(first, row);
        if is_one {
            resolver.diagnostics.push(
                twin(&id, &first.name, &row.name)
                    .at(path, row.span.clone())
                    .related("the other one", path, first.span.clone()),
            );
            join(first.to_mut(), row);
        } else {
            let named = |row: &At<TitleRow>| row.id.is_none().then(|| row.name.value.clone());
            let fault = duplicate(&id, path, &row.span, path, &first.span);
            resolver.diagnostics.push(of_names(
                fault,
                &id,
                named(row).as_deref(),
                named(first).as_deref(),
            ));
        }
    }
    all
}

/// Adds what a row says to the title of a level. What an earlier row said stays where this one
/// is silent.
fn merge(
    resolver: &mut Resolver<'_>,
    titles: &mut Titles,
    at: usize,
    Joined { id, row }: &Joined<'_>,
) {
    let TitleRow {
        id: _,
        name: _,
        level: _,
        stage,
        parent,
        kind,
        description,
        featured,
        salary,
    } = &row.value;
    let salary = salary.as_ref().and_then(|pay| pay_of(resolver, pay));
    let Some(title) = titles.all.get_mut(at) else {
        return;
    };
    if title.name.to_lowercase() != row.name.to_lowercase() {
        resolver
            .diagnostics
            .push(twin(id, &title.name, &row.name).at(&resolver.written.path, row.span.clone()));
    }
    titles.aliases.insert(id.clone(), title.id.clone());
    title.stage = stage.as_ref().map(|stage| stage.value).or(title.stage);
    title.parent = parent
        .as_ref()
        .map(|parent| parent.value.clone())
        .or_else(|| title.parent.take());
    title.kind = kind.unwrap_or(title.kind);
    title.description = description.clone().or_else(|| title.description.take());
    title.featured |= *featured;
    title.salary = salary.or_else(|| title.salary.take());
}

/// Adds a title that is none of a level.
fn add(
    resolver: &mut Resolver<'_>,
    titles: &mut Titles,
    Joined { id, row }: &Joined<'_>,
    ladder: &Ladder,
) {
    if ladder.level(id.as_str()).is_some() {
        taken_by_level(resolver, id, row);
        return;
    }
    let TitleRow {
        id: _,
        name,
        level,
        stage,
        parent,
        kind,
        description,
        featured,
        salary,
    } = &row.value;
    let level = level
        .as_ref()
        .and_then(|level| ladder.level(level.as_str()));
    titles.all.push(Title {
        id: id.clone(),
        name: name.value.clone(),
        level: level.map(|level| level.id.clone()),
        stage: stage
            .as_ref()
            .map(|stage| stage.value)
            .or_else(|| level.and_then(|level| level.stage)),
        parent: parent.as_ref().map(|parent| parent.value.clone()),
        kind: kind.unwrap_or(TitleKind::Alternate),
        description: description.clone(),
        featured: *featured,
        salary: salary.as_ref().and_then(|pay| pay_of(resolver, pay)),
        of_level: false,
    });
}

/// Reads the pay of a title, which is an amount: lists of titles have no room for words.
fn pay_of(resolver: &mut Resolver<'_>, row: &At<SalaryRow>) -> Option<Pay> {
    if is_worded(row) {
        resolver.fault(
            Code::BadValue,
            &row.span,
            "pay of a title is an amount of money, not words or percent",
            "write `value`, or `min` and `max`; or say it in the `description` of the title",
        );
        return None;
    }
    resolver.reader.pay(row, resolver.diagnostics)
}

fn taken_by_level(resolver: &mut Resolver<'_>, id: &Id, row: &At<TitleRow>) {
    let path = &resolver.written.path;
    let span = row.id.as_ref().map_or(&row.name.span, |id| &id.span);
    let fault = Diagnostic::error(
        Code::DuplicateId,
        format!("the title's id `{id}` is that of a level"),
    )
    .at(path, span.clone());
    let level = resolver
        .written
        .record
        .levels
        .iter()
        .find(|level| super::ladder::id_of(level).as_ref() == Some(id));
    let fault = level.into_iter().fold(fault, |fault, level| {
        fault.related("the level is here", path, level.span.clone())
    });
    resolver
        .diagnostics
        .push(fault.help("give the title another `id`"));
}

/// Checks that parents exist and lead up. A circle is said once, and cut where it was said.
fn check_parents(resolver: &mut Resolver<'_>, rows: &[Joined<'_>], titles: &mut Titles) {
    let ids: Vec<String> = titles
        .all
        .iter()
        .map(|title| title.id.to_string())
        .collect();
    let mut parents: BTreeMap<Id, Option<Id>> = titles
        .all
        .iter()
        .map(|title| (title.id.clone(), title.parent.clone()))
        .collect();
    for Joined { id, row } in rows {
        let Some(parent) = &row.parent else { continue };
        let own = titles.aliases.get(id).unwrap_or(id).clone();
        let target = titles.aliases.get(&parent.value).unwrap_or(&parent.value);
        let above = |id: &&Id| parents.get(*id).and_then(Option::as_ref);
        let returns = std::iter::successors(Some(target), above)
            .take(parents.len() + 1)
            .any(|id| *id == own);
        if returns {
            let message = format!("the title `{}` is its own ancestor", parent.value);
            resolver.fault(
                Code::Cycle,
                &parent.span,
                message,
                "a parent stands higher in the hierarchy",
            );
        } else if parents.contains_key(target) {
            continue;
        } else if !resolver.written.lost_titles() {
            resolver.unknown("level or title", parent, ids.iter().map(String::as_str));
        }
        parents.insert(own, None);
    }
    for title in &mut titles.all {
        title.parent = parents.get(&title.id).cloned().flatten();
    }
}

/// Returns true if two rows of one name can be one title: no fact is said by both, and differently.
fn fit(first: &TitleRow, row: &TitleRow) -> bool {
    fn differ<T: PartialEq>(a: Option<&At<T>>, b: Option<&At<T>>) -> bool {
        a.zip(b).is_some_and(|(a, b)| a.value != b.value)
    }
    let both = first.description.is_some() && row.description.is_some()
        || first.salary.is_some() && row.salary.is_some();
    let TitleRow {
        level,
        stage,
        parent,
        ..
    } = first;
    !both
        && !differ(level.as_ref(), row.level.as_ref())
        && !differ(stage.as_ref(), row.stage.as_ref())
        && !differ(parent.as_ref(), row.parent.as_ref())
}

/// Adds what the second row of a title says to the first. A kind that says more than that it is
/// another name stays.
fn join(first: &mut At<TitleRow>, row: &TitleRow) {
    let TitleRow {
        id,
        name: _,
        level,
        stage,
        parent,
        kind,
        description,
        featured,
        salary,
    } = row;
    let of = &mut first.value;
    of.id = of.id.take().or_else(|| id.clone());
    of.level = of.level.take().or_else(|| level.clone());
    of.stage = of.stage.take().or_else(|| stage.clone());
    of.parent = of.parent.take().or_else(|| parent.clone());
    of.kind = of
        .kind
        .filter(|kind| *kind != TitleKind::Alternate)
        .or(*kind)
        .or(of.kind);
    of.description = of.description.take().or_else(|| description.clone());
    of.featured |= *featured;
    of.salary = of.salary.take().or_else(|| salary.clone());
}

/// Returns the warning about two rows of one title.
fn twin(id: &Id, first: &str, name: &str) -> Diagnostic {
    let message =
        format!("\"{first}\" and \"{name}\" are shown as one title: both have the id `{id}`");
    let said = "stand in [[titles]] a second time, with the same id as another one: each pair is shown as one title";
    let help = format!(
        "remove one of the two rows; if they are two titles, give one an id of its own, such as `id = \"{id}-2\"`"
    );
    Diagnostic::warning(Code::DuplicateId, message)
        .help(help)
        .shared(Scope::File, "titles", "titles", said)
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
