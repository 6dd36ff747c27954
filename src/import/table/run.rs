//! The import while it runs: each table is read once, and each row asks all that the map says of its
//! table.

use rust_decimal::Decimal;

use super::finish;
use super::from::From;
use super::lookup::Lookups;
use super::make::{Entry, Made, Maker, text_of};
use super::map::GuardRow;
use super::number::number;
use super::plan::{Key, Keys, ListPlan, Plan, RolesPlan, RowsPlan, SALARY};
use super::register::{Candidate, Entered, Register};
use super::rows::{Kept, Set, SortKey, Waiting, get, set, unset};
use super::shape::Shape;
use super::test::{Failed, Tests};
use crate::data::{Decode, Id, Table, Value};
use crate::import::fault::{Fault, Where};
use crate::import::layers::{Added, Layers};
use crate::import::read::{self, Cell, Row};
use crate::import::report::LossReport;
use crate::import::{Imported, Request};
use crate::role::record::Codes;

/// How many reasons of one kind the report of a table names before it says what they have in common.
const MOST_REASONS: usize = 8;

/// An import.
pub struct Run<'r> {
    request: &'r Request<'r>,
    plan: &'r Plan,
    lookups: &'r Lookups,
    register: Register,
    layers: Layers,
    waiting: Waiting,
    report: LossReport,
}

/// What became of a row.
#[derive(Default)]
struct Fate {
    is_used: bool,
    /// Why something that nearly took it did not: it is not meant, or says nothing.
    unmeant: Option<Failed>,
    /// What it says that has no place.
    lost: Vec<LostOf>,
}

/// What a list did not take of a row.
struct LostOf {
    list: String,
    why: String,
}

/// What the keys of a record or row became.
struct Said {
    /// How many columns had something to say.
    count: usize,
    /// Whether one of them was a number.
    has_number: bool,
    lost: Vec<Lost>,
}

/// What a row says that no key can take.
struct Lost {
    path: String,
    why: String,
    shape: Shape,
}

impl Said {
    /// Returns what a number is about, if that is lost: pay of a place that nobody knows would be read as
    /// pay of the country.
    fn subject(&self) -> Option<&Lost> {
        let is_subject = |lost: &&Lost| {
            matches!(
                lost.shape,
                Shape::Id | Shape::Word(_) | Shape::Currency | Shape::AsOf
            )
        };
        self.lost
            .iter()
            .find(is_subject)
            .filter(|_| self.has_number)
    }
}

impl Fate {
    /// Notes why a row is not meant for something. Of two reasons, the one that came after more tests is
    /// kept, or else the first.
    fn unmeant(&mut self, failed: Failed) {
        let is_nearer = |known: &Failed| failed.passed > known.passed;
        if self.unmeant.as_ref().is_none_or(is_nearer) {
            self.unmeant = Some(failed);
        }
    }

    /// Returns why nothing took the row.
    fn reason(self) -> String {
        let lost = self.lost.into_iter().next().map(|lost| lost.why);
        let why = lost.or(self.unmeant.map(|failed| failed.why));
        why.unwrap_or_else(|| "nothing asks for it".to_owned())
    }
}

impl<'r> Run<'r> {
    /// Begins an import.
    pub fn new(
        request: &'r Request<'r>,
        plan: &'r Plan,
        lookups: &'r Lookups,
        register: Register,
    ) -> Self {
        Self {
            request,
            plan,
            lookups,
            register,
            layers: Layers::default(),
            waiting: Waiting::default(),
            report: LossReport::default(),
        }
    }

    /// Reads all tables.
    pub fn tables(mut self) -> Result<Imported, Fault> {
        let plan = self.plan;
        let upstream = self.request.upstream;
        for (name, row) in &plan.tables {
            let wanted = plan.columns(name);
            let is_looked_up = plan.froms().any(|(_, from)| {
                from.lookup
                    .as_ref()
                    .is_some_and(|lookup| lookup.table.value == *name)
            });
            let is_read =
                plan.is_of_roles(name) || plan.lists.iter().any(|list| list.table == *name);
            if !is_read && !is_looked_up {
                continue;
            }
            for (file, layout) in super::files::of(plan, name, upstream)? {
                self.report.files.insert(file.clone());
                if !is_read {
                    continue;
                }
                let table = read::Table {
                    upstream,
                    file: &file,
                    layout: &layout,
                    wanted: &wanted,
                };
                let tests = row.as_ref().map(|row| &row.tests);
                if plan.names_roles(name) {
                    self.enter_all(&table, tests)?;
                }
                let columns = table.read(&mut |row| {
                    self.report.read(row.file);
                    let refused = tests.and_then(|tests| tests.refuse(row, plan.reading()));
                    match refused {
                        Some(failed) => self.leave(row, failed.why),
                        None => self.row(name, row),
                    }
                    Ok(())
                })?;
                for column in columns
                    .names()
                    .filter(|column| !wanted.iter().any(|wanted| wanted == column))
                {
                    let place = Where::file(&file).column(column);
                    self.report.no_home(&file, format!("`{column}`"), place);
                }
            }
        }
        self.note_unread_files();
        Ok(finish::finish(
            self.request,
            plan,
            self.layers,
            self.waiting,
            self.report,
        ))
    }

    /// Finds or makes the roles of all rows, where rows name roles of later ones.
    fn enter_all(&mut self, table: &read::Table<'_>, tests: Option<&Tests>) -> Result<(), Fault> {
        let plan = self.plan;
        table.read(&mut |row| {
            let refused = tests.and_then(|tests| tests.refuse(row, plan.reading()));
            if refused.is_none() {
                // Why a row is no role is said when the row is taken.
                let _ = self.enter(&plan.roles, row);
            }
            Ok(())
        })?;
        Ok(())
    }

    fn note_unread_files(&mut self) {
        let names = self.request.upstream.names();
        let unread: Vec<&str> = names
            .iter()
            .map(String::as_str)
            .filter(|name| !self.report.files.contains(*name))
            .collect();
        if !unread.is_empty() {
            self.report.note(format!(
                "not read, because the map has no table for it: {}",
                unread.join(", ")
            ));
        }
    }

    fn maker(&self) -> Maker<'_> {
        Maker {
            words: self.plan.reading(),
            lists: &self.plan.words,
            lookups: self.lookups,
            register: &self.register,
        }
    }

    /// Takes a row of a table.
    fn row(&mut self, table: &str, row: &Row<'_>) {
        let plan = self.plan;
        let mut fate = Fate::default();
        let mut own = None;
        if plan.roles.table.as_deref() == Some(table) {
            match self.role(&plan.roles, row) {
                Ok(id) => {
                    own = Some(id);
                    fate.is_used = true;
                }
                Err(why) => fate.unmeant(Failed::first(why)),
            }
        }
        for (number, rows) in plan
            .rows
            .iter()
            .enumerate()
            .filter(|(_, rows)| rows.table == table)
        {
            self.rows(number, rows, row, own.as_ref(), &mut fate);
        }
        let is_of_lists = !plan.is_of_roles(table);
        for list in plan.lists.iter().filter(|list| list.table == table) {
            // What names a skill, and says nothing of a role, is no fact that was used.
            match self.list(list, row) {
                _ if !is_of_lists => {}
                Ok(()) => fate.is_used = true,
                Err(why) => fate.unmeant(Failed::first(why)),
            }
        }
        if !fate.is_used {
            return self.leave(row, fate.reason());
        }
        self.report.joined(row.file);
        for LostOf { list, why } in fate.lost {
            self.lose(row, &list, &why);
        }
    }

    /// Notes that a row is left out.
    fn leave(&mut self, row: &Row<'_>, why: String) {
        let why = format!("row: {why}");
        let why = self.report.grouped(row.file, why, MOST_REASONS);
        self.report.drop(row.file, why, row.place());
    }

    /// Notes that a fact of a row is left out.
    fn lose(&mut self, row: &Row<'_>, key: &str, why: &str) {
        let why = format!("{key}: {why}");
        let why = self.report.grouped(row.file, why, MOST_REASONS);
        self.report.drop(row.file, why, row.place());
    }

    /// Finds or makes the role of a row of the table of roles. Returns it with what names it.
    fn enter(&mut self, plan: &RolesPlan, row: &Row<'_>) -> Result<(Id, String), String> {
        if let Some(failed) = plan.tests.refuse(row, self.plan.reading()) {
            return Err(failed.why);
        }
        let entry = Entry { row, part: None };
        let title = plan.keys.keys.iter().find(|key| key.path == "title");
        let title = title.map_or(Ok(None), |key| self.maker().text(&key.from, entry))?;
        let name = plan
            .id
            .as_ref()
            .map_or(Ok(title.clone()), |id| self.maker().text(id, entry))?;
        let key = match &plan.key {
            Some(column) => self.cell(row, column),
            None => title.clone(),
        };
        let key = key.ok_or("it names no role")?;
        let entered = self.register.enter(
            Candidate {
                key: &key,
                title: title.as_deref(),
                name: name.as_deref(),
            },
            plan.new,
        )?;
        let id = match entered {
            Entered::Again(id) | Entered::Known(id) => id,
            Entered::New(id) => {
                self.report
                    .made_id(id.as_str(), name.as_deref().unwrap_or(&key));
                id
            }
        };
        Ok((id, key))
    }

    /// Takes a row of the table of roles.
    fn role(&mut self, plan: &RolesPlan, row: &Row<'_>) -> Result<Id, String> {
        let (id, key) = self.enter(plan, row)?;
        let entry = Entry { row, part: None };
        let mut record = std::mem::take(&mut self.layers.role(&id).record);
        if let Some(code) = &plan.code {
            let is_named = code != "other" && Codes::keys().contains(&code.as_str());
            let table = record.table_mut("codes");
            let table = if is_named {
                table
            } else {
                table.and_then(|codes| codes.table_mut("other"))
            };
            if let Some(table) = table {
                table.put(code, key.as_str());
            }
        }
        let lost = self.keys(&plan.keys, entry, &mut record).lost;
        self.lose_all(row, lost);
        self.layers.role(&id).record = record;
        Ok(id)
    }

    /// Notes what a row says that is left out.
    fn lose_all(&mut self, row: &Row<'_>, lost: Vec<Lost>) {
        for Lost { path, why, .. } in lost {
            self.lose(row, &path, &why);
        }
    }

    /// Sets the keys of a record or row.
    fn keys(&self, keys: &Keys, entry: Entry<'_>, record: &mut Table) -> Said {
        let (mut said, mut lost): (Vec<&Key>, Vec<Lost>) = Default::default();
        let mut lose = |key: &Key, why| {
            lost.push(Lost {
                path: key.path.clone(),
                why,
                shape: key.shape.clone(),
            });
        };
        for key in keys.keys.iter().filter(|key| key.from.is.is_none()) {
            let Key { path, shape, from } = key;
            match self.maker().value(from, shape, entry) {
                Ok(Some(value)) => {
                    if set(record, path, value) == Set::Done {
                        said.push(key);
                    }
                }
                Ok(None) => {}
                Err(why) => lose(key, why),
            }
        }
        let is_said = |table: &str| said.iter().any(|key| is_inside(&key.path, table));
        let is_fixed = |table: &str| {
            let mut inside = keys.keys.iter().filter(|key| is_inside(&key.path, table));
            inside.all(|key| key.from.is.is_some())
        };
        for key in keys.keys.iter().filter(|key| key.from.is.is_some()) {
            let Key { path, shape, from } = key;
            // The scale of a number that is not there would be a table of its own.
            let table = path.rsplit_once('.').map(|(table, _)| table);
            if table.is_some_and(|table| !is_said(table) && !is_fixed(table)) {
                continue;
            }
            match self.maker().value(from, shape, entry) {
                Ok(Some(value)) => {
                    set(record, path, value);
                }
                Ok(None) => {}
                Err(why) => lose(key, why),
            }
        }
        for inner in &keys.inner {
            if let Some(Value::Table(table)) = get(record, &inner.path)
                && let Some(key) = inner.required.iter().find(|key| table.get(key).is_none())
            {
                lost.push(Lost {
                    path: inner.path.clone(),
                    why: format!("it has no {key}"),
                    shape: Shape::Table,
                });
                unset(record, &inner.path);
            }
        }
        Said {
            count: said.len(),
            has_number: said
                .iter()
                .any(|key| matches!(key.shape, Shape::Number | Shape::Whole(..))),
            lost,
        }
    }

    /// Takes a row for a list of a role.
    fn rows(
        &mut self,
        number: usize,
        plan: &RowsPlan,
        row: &Row<'_>,
        own: Option<&Id>,
        fate: &mut Fate,
    ) {
        if let Some(failed) = plan.tests.refuse(row, self.plan.reading()) {
            return fate.unmeant(failed);
        }
        let lost = |why| LostOf {
            list: plan.name().to_owned(),
            why,
        };
        let found = self.roles_of(plan, row, own);
        let found = found.and_then(|roles| Ok((roles, self.parts(plan.each.as_ref(), row)?)));
        let (roles, parts) = match found {
            Ok(found) => found,
            Err(why) => return fate.lost.push(lost(why)),
        };
        for part in parts {
            let part = part.as_deref();
            match self.kept(plan, Entry { row, part }) {
                Ok(Some(kept)) => {
                    for role in &roles {
                        self.keep(number, plan, role, kept.clone());
                    }
                    fate.is_used = true;
                }
                Ok(None) => fate.unmeant(Failed::first("it says nothing".to_owned())),
                Err(why) => fate.lost.push(lost(why)),
            }
        }
    }

    /// Keeps a row until all tables were read. Rows of pay, of which there are many, become part of the
    /// layer at once if nothing is to be done with all of them.
    fn keep(&mut self, number: usize, plan: &RowsPlan, role: &Id, kept: Kept) {
        let is_done = plan.sort.is_none() && plan.limit.is_none() && plan.group.is_none();
        match &kept.value {
            Value::Table(row) if plan.list == SALARY && is_done => {
                self.layers.role(role).salary.push(finish::cells(row));
            }
            _ => self.waiting.add(role, number, kept),
        }
    }

    fn roles_of(
        &self,
        plan: &RowsPlan,
        row: &Row<'_>,
        own: Option<&Id>,
    ) -> Result<Vec<Id>, String> {
        let column = self.plan.roles.key.as_ref();
        let (key, named) = match (&plan.role, own, column) {
            (Some(from), _, _) => {
                let column = from.columns().next().unwrap_or("role");
                (self.maker().text(from, Entry { row, part: None })?, column)
            }
            (None, Some(id), _) => return Ok(vec![id.clone()]),
            (None, None, Some(column)) => (self.cell(row, column), column.as_str()),
            (None, None, None) => return Err("its role is left out".to_owned()),
        };
        let key = key.ok_or_else(|| format!("`{named}` says nothing"))?;
        let roles = self.register.find(&key);
        if roles.is_empty() {
            return Err(format!("no role has its `{named}`"));
        }
        Ok(roles)
    }

    /// Returns the parts of a row that become rows each; one part, which is nothing, if the row does.
    fn parts(&self, each: Option<&From>, row: &Row<'_>) -> Result<Vec<Option<String>>, String> {
        let Some(each) = each else {
            return Ok(vec![None]);
        };
        let texts = self.maker().texts(each, Entry { row, part: None })?;
        Ok(texts.into_iter().map(Some).collect())
    }

    /// Makes a row of a list.
    fn kept(&mut self, plan: &RowsPlan, entry: Entry<'_>) -> Made<Kept> {
        let value = match &plan.text {
            Some(Key { shape, from, .. }) => match self.maker().value(from, shape, entry)? {
                Some(value) => value,
                None => return Ok(None),
            },
            None => {
                let mut table = Table::default();
                let said = self.keys(&plan.keys, entry, &mut table);
                if let Some(Lost { path, why, .. }) = said.subject() {
                    return Err(format!("{path}: {why}"));
                }
                if said.count == 0 && said.lost.is_empty() {
                    return Ok(None);
                }
                if let Err(why) = finish::complete(plan, &table) {
                    let first = said.lost.into_iter().next();
                    return Err(
                        first.map_or(why, |Lost { path, why, .. }| format!("{path}: {why}"))
                    );
                }
                self.lose_all(entry.row, said.lost);
                // What is not so needs no key.
                table
                    .0
                    .retain(|(_, node)| !matches!(node.value, Value::Bool(false)));
                self.guard(&plan.guards, entry.row, &mut table)?;
                Value::Table(table)
            }
        };
        let sort = plan
            .sort
            .as_ref()
            .and_then(|sort| self.cell(entry.row, &sort.column));
        Ok(Some(Kept {
            value,
            sort: sort.map(|text| SortKey::of(&text, self.plan.decimal)),
            group: plan
                .group
                .as_ref()
                .and_then(|column| self.cell(entry.row, column)),
            place: entry.row.place(),
        }))
    }

    /// Mends what cannot be right.
    fn guard(
        &mut self,
        guards: &[GuardRow],
        row: &Row<'_>,
        table: &mut Table,
    ) -> Result<(), String> {
        for guard in guards {
            if guard.tests.refuse(row, self.plan.reading()).is_some() {
                continue;
            }
            let beyond = guard.keys.iter().find(|key| is_beyond(guard, table, key));
            let Some(key) = beyond else {
                continue;
            };
            if guard.set.0.is_empty() {
                return Err(format!("{key} cannot be right"));
            }
            for (path, word) in &guard.set.0 {
                table.0.retain(|(key, _)| key.name != path.value);
                set(table, path, word.as_str().into());
                let why = format!(
                    "{key} cannot be right, so that {} became `{word}`",
                    path.value
                );
                self.report.mended(row.file, why, row.place());
            }
        }
        Ok(())
    }

    /// Takes a row for a list of the site.
    fn list(&mut self, plan: &ListPlan, row: &Row<'_>) -> Result<(), String> {
        if let Some(failed) = plan.tests.refuse(row, self.plan.reading()) {
            return Err(failed.why);
        }
        let mut taken = Err("it says nothing".to_owned());
        for part in self.parts(plan.each.as_ref(), row)? {
            let entry = Entry {
                row,
                part: part.as_deref(),
            };
            let mut table = Table::default();
            let said = self.keys(&plan.keys, entry, &mut table);
            self.lose_all(row, said.lost);
            if said.count == 0 {
                continue;
            }
            let name = table
                .text("name")
                .or(table.text("title"))
                .map(str::to_owned);
            let id = match table.text("id") {
                Some(id) => Id::new(id),
                None => name.as_deref().and_then(Id::of_name),
            };
            let (Some(id), Some(_)) = (id, name) else {
                taken = Err(format!(
                    "a row of {} needs a name, and an id or letters to make one of",
                    plan.list.name()
                ));
                continue;
            };
            // Rows of roles name a skill many times: that is no duplicate worth a word.
            let (Added::New | Added::Known) = self.layers.list_row(plan.list, &id, table);
            taken = Ok(());
        }
        taken
    }

    fn cell(&self, row: &Row<'_>, column: &str) -> Option<String> {
        match row.cell(column) {
            Cell::Text(text) if !self.plan.reading().is_nothing(text) => {
                Some(text.trim().to_owned())
            }
            _ => None,
        }
    }
}

/// Returns true if a path leads into a table.
fn is_inside(path: &str, table: &str) -> bool {
    path.strip_prefix(table)
        .is_some_and(|rest| rest.starts_with('.'))
}

fn is_beyond(guard: &GuardRow, table: &Table, key: &str) -> bool {
    let value = get(table, key).and_then(text_of);
    let number = value.and_then(|text| number(&text, super::map::DecimalMark::Point));
    let is_above = |number: Decimal| guard.above.is_some_and(|above| number > above.0);
    let is_below = |number: Decimal| guard.below.is_some_and(|below| number < below.0);
    number.is_some_and(|number| is_above(number) || is_below(number))
}
