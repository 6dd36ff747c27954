//! All tables were read: rows that waited are sorted, grouped and limited, and become part of the
//! layers.

use std::collections::{BTreeMap, BTreeSet};

use super::make::text_of;
use super::plan::{POSITIONS, Plan, RowsPlan, SALARY};
use super::rows::{Kept, Set, Waiting, group, sort};
use crate::data::{Id, Node, Table, Value};
use crate::import::fault::Where;
use crate::import::layers::{Layers, RoleLayer, SiteList, sort_keys};
use crate::import::report::LossReport;
use crate::import::{Imported, Request};
use crate::path::slugify;
use crate::source::floor;

/// Keys by which a row of a list is known, the first that it has.
const IDENTITY: &[&str] = &[
    "id", "name", "title", "label", "question", "skill", "role", "quote",
];

/// Keys of which an id is made for a row that has none.
const NAMES: &[&str] = &["name", "title", "label", "question"];

/// Columns of amounts, of which a row of pay needs one.
const AMOUNTS: &[&str] = &["value", "min", "max", "p10", "p25", "p50", "p75", "p90"];

/// Keys of a record that say nothing in words.
const NO_TEXTS: &[&str] = &[
    "title",
    "category",
    "categories",
    "codes",
    "outlook",
    "statistics",
    "figures",
];

/// Makes the layers complete.
pub fn finish(
    request: &Request<'_>,
    plan: &Plan,
    mut layers: Layers,
    waiting: Waiting,
    mut report: LossReport,
) -> Imported {
    for (id, lists) in waiting.rows {
        let layer = layers.role(&id);
        for (number, rows) in lists {
            add_rows(&id, layer, &plan.rows[number], rows, &mut report);
        }
    }
    for layer in layers.roles.values_mut() {
        for _ in 0..layer.salary.dedupe() {
            report.duplicate("salary.csv", "row of salary", Where::file("salary.csv"));
        }
    }
    layers.roles.retain(|_, layer| !is_empty(layer));
    add_fixed(plan, &mut layers);
    add_source(request, plan, &mut layers);
    note_missing(request, &layers, &mut report);
    Imported { layers, report }
}

/// Returns why a row of a list cannot be one.
pub fn complete(plan: &RowsPlan, row: &Table) -> Result<(), String> {
    if plan.list == SALARY {
        let has_amount = AMOUNTS.iter().any(|column| row.get(column).is_some());
        return if has_amount {
            Ok(())
        } else {
            Err("it has no amount".to_owned())
        };
    }
    if let Some(key) = plan.keys.required.iter().find(|key| row.get(key).is_none()) {
        return Err(format!("it has no {key}"));
    }
    if !plan.list.is_empty() && identity(row).is_none() {
        return Err("it has no name".to_owned());
    }
    Ok(())
}

fn is_empty(layer: &RoleLayer) -> bool {
    layer.record.is_empty() && layer.salary.is_empty() && layer.positions.is_empty()
}

/// Returns what a row is known by.
fn identity(row: &Table) -> Option<String> {
    let known = IDENTITY.iter().find_map(|key| Some((key, row.text(key)?)));
    known.map(|(key, text)| match *key {
        "id" | "skill" | "role" => text.to_owned(),
        _ => slugify(text),
    })
}

fn add_rows(
    id: &Id,
    layer: &mut RoleLayer,
    plan: &RowsPlan,
    mut rows: Vec<Kept>,
    report: &mut LossReport,
) {
    if let Some(by) = &plan.sort {
        sort(&mut rows, by.order);
    }
    if plan.list.is_empty() {
        for Kept { value, place, .. } in rows {
            if let (Value::Table(row), Set::Taken) = (&value, fill(&mut layer.record, &value)) {
                let keys: Vec<&str> = row.0.iter().map(|(key, _)| key.name.as_str()).collect();
                report.duplicate(
                    &place.file.clone(),
                    format!("another value of {}", keys.join(", ")),
                    place,
                );
            }
        }
        return;
    }
    if plan.group.is_some() {
        rows = group(rows);
    }
    let mut seen = Seen::of(layer, &plan.list);
    let mut kept = 0;
    for Kept {
        mut value, place, ..
    } in rows
    {
        let table = place.file.clone();
        if let Value::Table(row) = &mut value {
            give_id(row, plan, report);
            sort_keys(row, &plan.keys.order);
        }
        if let Err(why) = seen.add(id, &plan.list, &value) {
            match why {
                Twice::Duplicate => {
                    report.duplicate(&table, format!("row of {}", plan.list), place);
                }
                Twice::Nameless(why) => report.drop(&table, format!("{}: {why}", plan.list), place),
            }
            continue;
        }
        if plan.limit.is_some_and(|limit| kept >= limit) {
            let limit = plan.limit.unwrap_or_default();
            report.drop(
                &table,
                format!("{}: beyond the limit of {limit} for a role", plan.list),
                place,
            );
            continue;
        }
        kept += 1;
        add_row(layer, &plan.list, value);
    }
}

/// Gives an id to a row whose name is too long to be one.
fn give_id(row: &mut Table, plan: &RowsPlan, report: &mut LossReport) {
    let has_ids = plan.keys.order.iter().any(|key| key == "id");
    if !has_ids || row.get("id").is_some() {
        return;
    }
    let name = NAMES.iter().find_map(|key| row.text(key));
    let slug = name.map(slugify).filter(|slug| slug.len() > Id::LONGEST);
    let (Some(name), Some(slug)) = (name, slug) else {
        return;
    };
    let end = floor(&slug, Id::LONGEST);
    let words = slug[..end]
        .rsplit_once('-')
        .map_or(&slug[..end], |(words, _)| words);
    if let Some(id) = Id::new(words) {
        report.made_id(id.as_str(), name);
        row.put("id", id.as_str());
    }
}

/// Adds the keys of a row to a record. Those that it has stay.
fn fill(record: &mut Table, row: &Value) -> Set {
    let Value::Table(row) = row else {
        return Set::Taken;
    };
    let mut done = Set::Taken;
    for (key, node) in &row.0 {
        let set = match (&node.value, record.get(&key.name).is_some()) {
            (Value::Table(_), _) => record
                .table_mut(&key.name)
                .map_or(Set::Taken, |inner| fill(inner, &node.value)),
            (_, true) => Set::Taken,
            (value, false) => {
                record.put(&key.name, value.clone());
                Set::Done
            }
        };
        if set == Set::Done {
            done = Set::Done;
        }
    }
    done
}

fn add_row(layer: &mut RoleLayer, list: &str, value: Value) {
    match (list, value) {
        (SALARY, Value::Table(row)) => layer.salary.push(cells(&row)),
        (POSITIONS, Value::Table(row)) => layer.positions.push(row),
        (list, value) => layer.record.push(list, value),
    }
}

/// Returns a row of pay as cells.
pub fn cells(row: &Table) -> BTreeMap<String, String> {
    let cell =
        |(key, node): &(crate::data::Key, Node)| Some((key.name.clone(), text_of(&node.value)?));
    row.0.iter().filter_map(cell).collect()
}

/// What a list has already.
struct Seen(BTreeSet<String>);

/// Why a row is not added.
enum Twice {
    Duplicate,
    Nameless(String),
}

impl Seen {
    fn of(layer: &RoleLayer, list: &str) -> Self {
        let rows: Vec<String> = match list {
            SALARY => vec![],
            POSITIONS => layer.positions.iter().filter_map(identity).collect(),
            list => match layer.record.get(list).map(|node| &node.value) {
                Some(Value::Array(rows)) => {
                    rows.iter().filter_map(|row| name_of(&row.value)).collect()
                }
                _ => vec![],
            },
        };
        Self(rows.into_iter().collect())
    }

    fn add(&mut self, role: &Id, list: &str, value: &Value) -> Result<(), Twice> {
        let name = match (list, value) {
            // All rows of pay are compared at the end.
            (SALARY, _) => return Ok(()),
            _ => name_of(value),
        };
        match name {
            None => Err(Twice::Nameless("no id can be made of its name".to_owned())),
            Some(name) if list == "related" && name == role.as_str() => {
                Err(Twice::Nameless("it is the role itself".to_owned()))
            }
            Some(name) => {
                if self.0.insert(name) {
                    Ok(())
                } else {
                    Err(Twice::Duplicate)
                }
            }
        }
    }
}

fn name_of(value: &Value) -> Option<String> {
    match value {
        Value::Table(row) => identity(row).filter(|name| !name.is_empty()),
        other => text_of(other),
    }
}

/// Adds the rows of lists that the map itself has. Categories that no role uses would be empty pages.
fn add_fixed(plan: &Plan, layers: &mut Layers) {
    let used: BTreeSet<String> = layers
        .roles
        .values()
        .flat_map(|layer| categories(&layer.record))
        .collect();
    for (list, row) in &plan.fixed {
        let name = row.text("id").map(str::to_owned);
        let name = name.or_else(|| row.text("name").or(row.text("title")).map(slugify));
        let Some(id) = name.and_then(|name| Id::new(&name)) else {
            continue;
        };
        if *list != SiteList::Categories || used.contains(id.as_str()) {
            layers.list_row(*list, &id, row.clone());
        }
    }
}

fn categories(record: &Table) -> Vec<String> {
    let mut found: Vec<String> = record
        .text("category")
        .map(str::to_owned)
        .into_iter()
        .collect();
    if let Some(Value::Array(rows)) = record.get("categories").map(|node| &node.value) {
        found.extend(rows.iter().filter_map(|row| text_of(&row.value)));
    }
    found
}

/// Adds the source, to which texts and figures refer.
fn add_source(request: &Request<'_>, plan: &Plan, layers: &mut Layers) {
    let source = plan.source.as_ref().and_then(|(id, row)| {
        let id = id.clone().or_else(|| Id::new(request.name.as_str()))?;
        layers.list_row(SiteList::Sources, &id, row.clone());
        Some(id)
    });
    for layer in layers.roles.values_mut() {
        let has_texts = layer
            .record
            .0
            .iter()
            .any(|(key, _)| !NO_TEXTS.contains(&key.name.as_str()));
        let has_figures = !layer.salary.is_empty()
            || ["outlook", "statistics", "salary"]
                .iter()
                .any(|key| layer.record.get(key).is_some());
        if let Some(id) = source.as_ref().filter(|_| has_texts) {
            let mut texts = Table::default();
            texts.put("source", id.as_str());
            layer.record.put("texts", texts);
        }
        if has_figures {
            let mut figures = plan.figures.clone();
            if let Some(id) = source.as_ref().filter(|_| figures.get("source").is_none()) {
                figures.put("source", id.as_str());
            }
            if !figures.is_empty() {
                layer.record.put("figures", figures);
            }
        }
    }
}

/// Notes what a role needs and nobody says.
fn note_missing(request: &Request<'_>, layers: &Layers, report: &mut LossReport) {
    let lacks = |id: &Id, layer: &RoleLayer| {
        let is_author_s = request
            .site
            .get(&format!("content/roles/{id}/role.toml"))
            .is_some();
        !is_author_s && categories(&layer.record).is_empty() && layer.record.text("title").is_some()
    };
    let without: Vec<&str> = layers
        .roles
        .iter()
        .filter(|(id, layer)| lacks(id, layer))
        .map(|(id, _)| id.as_str())
        .collect();
    if let Some(first) = without.first() {
        report.note(format!(
            "{} of the roles, such as {first}, have no category: add `category` to [roles.keys] of the map, or a role.toml to each",
            without.len()
        ));
    }
}
