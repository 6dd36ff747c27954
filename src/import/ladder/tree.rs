//! Ladders in YAML and JSON: themes with competencies by level, topics with criteria by level, tracks with
//! milestones.

use super::model::{Criterion, Ids, Ladder, Level, Named, line, number_of, plain_number};
use super::words::items;
use crate::data::{Id, Node, Table, Value};
use crate::import::markdown::inert;
use crate::import::{LossReport, Where};
use crate::path::title_of;

/// Which shape a tree has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `levels`, `themes`, and `competencies` that name one of each.
    Themes,
    /// `topics` or `competencies` with what each level shows of them.
    Topics,
    /// `tracks` with `milestones`.
    Milestones,
}

impl Shape {
    /// Recognizes a tree; `None` for one that is no ladder.
    pub fn of(table: &Table) -> Option<Self> {
        let first = |name: &str| rows(table, name).first().map(|(_, row)| *row);
        if first("competencies").is_some_and(|row| row.get("level").is_some()) {
            return Some(Self::Themes);
        }
        let has_levels = |row: &Table| LEVELS.iter().any(|key| row.get(key).is_some());
        if TOPICS
            .iter()
            .any(|name| first(name).is_some_and(has_levels))
        {
            return Some(Self::Topics);
        }
        let has_milestones = |row: &Table| row.get("milestones").is_some();
        let is_found =
            first("tracks").is_some_and(has_milestones) || !bare_tracks(table).is_empty();
        is_found.then_some(Self::Milestones)
    }

    /// Says what was recognized.
    pub fn about(self) -> &'static str {
        match self {
            Self::Themes => "levels, themes, and competencies of a theme at a level",
            Self::Topics => "topics with criteria by level",
            Self::Milestones => "tracks with milestones",
        }
    }
}

/// Keys under which topics stand.
const TOPICS: [&str; 6] = [
    "topics",
    "competencies",
    "skills",
    "attributes",
    "areas",
    "themes",
];

/// Keys under which a topic says what each level shows.
const LEVELS: [&str; 5] = [
    "content",
    "levels",
    "criteria",
    "expectations",
    "milestones",
];

/// Reads ladders of one file.
pub struct Reader<'r> {
    pub file: &'r str,
    pub report: &'r mut LossReport,
    ids: Ids,
    level_ids: Ids,
    ladder: Ladder,
}

impl<'r> Reader<'r> {
    /// Begins a ladder of a name, unless the file itself has one.
    pub fn new(file: &'r str, name: String, report: &'r mut LossReport) -> Self {
        let ladder = Ladder {
            name,
            ..Ladder::default()
        };
        Self {
            file,
            report,
            ids: Ids::default(),
            level_ids: Ids::default(),
            ladder,
        }
    }

    /// Reads a tree.
    pub fn read(mut self, table: &Table, shape: Shape) -> Ladder {
        if let Some(name) = first_text(table, &["name", "title", "displayName"]) {
            self.ladder.name = name;
        }
        self.ladder.summary = first_text(table, &["summary", "description"]);
        let read = match shape {
            Shape::Themes => self.themes(table),
            Shape::Topics => self.topics(table),
            Shape::Milestones => self.milestones(table),
        };
        let known = [
            "name",
            "title",
            "displayName",
            "summary",
            "description",
            "levels",
        ];
        self.homeless(table, &[&known, read]);
        self.ladder
    }

    fn place(&self) -> Where {
        Where::file(self.file)
    }

    /// Tells the keys that nothing reads.
    fn homeless(&mut self, table: &Table, known: &[&[&str]]) {
        for (key, node) in &table.0 {
            if !known.iter().any(|keys| keys.contains(&key.name.as_str()))
                && !matches!(node.value, Value::Null)
            {
                self.report
                    .no_home(self.file, format!("`{}`", key.name), Where::file(self.file));
            }
        }
    }

    /// Reads `levels`: rows with names, names alone, or how many there are.
    fn levels(&mut self, table: &Table) {
        match table.get("levels").map(|node| &node.value) {
            Some(Value::Integer(count)) => {
                for number in 1..=count.parse::<usize>().unwrap_or_default().min(50) {
                    self.level(&number.to_string());
                }
            }
            Some(Value::Array(items)) => {
                for item in items {
                    match &item.value {
                        Value::Table(row) => self.level_row(row),
                        other => {
                            if let Some(name) = scalar(other) {
                                self.level(&name);
                            }
                        }
                    }
                }
            }
            Some(Value::Table(levels)) => {
                for (key, node) in &levels.0 {
                    let name = match &node.value {
                        Value::Table(row) => first_text(row, &["name", "title"]),
                        other => scalar(other),
                    };
                    self.add_level(&key.name, &name.unwrap_or_else(|| key.name.clone()));
                }
            }
            _ => {}
        }
    }

    fn level_row(&mut self, row: &Table) {
        let name = first_text(row, &["name", "title", "label"]);
        let id = first_text(row, &["id", "key", "level"]).or_else(|| name.clone());
        let (Some(id), name) = (id, name) else { return };
        self.add_level(&id, &name.unwrap_or_else(|| id.clone()));
        if let Some(level) = self.ladder.levels.last_mut() {
            level.summary = first_text(row, &["summary", "description"]);
        }
        self.homeless(
            row,
            &[&[
                "name",
                "title",
                "label",
                "id",
                "key",
                "level",
                "summary",
                "description",
            ]],
        );
    }

    /// Adds a level with the key that other rows name it by.
    fn add_level(&mut self, key: &str, title: &str) -> Id {
        let id = self.level_ids.of(key);
        self.ladder.levels.push(Level {
            id: id.clone(),
            title: title.to_owned(),
            track: None,
            summary: None,
            points: None,
        });
        id
    }

    /// Returns the level that a row names, a new one if there is none of the name.
    fn level(&mut self, name: &str) -> Id {
        let title = if name.chars().all(|c| c.is_ascii_digit()) {
            format!("Level {name}")
        } else {
            name.to_owned()
        };
        let (slug, own) = (crate::path::slugify(name), crate::path::slugify(&title));
        let known = self.ladder.levels.iter().find(|level| {
            let id = level.id.as_str();
            id == slug || id == own || level.title == title
        });
        match known {
            Some(level) => level.id.clone(),
            None => self.add_level(&title, &title),
        }
    }

    fn themes(&mut self, table: &Table) -> &'static [&'static str] {
        self.levels(table);
        let themes: Vec<(String, String, Option<String>)> = rows(table, "themes")
            .into_iter()
            .map(|(key, row)| {
                let name = first_text(row, &["name", "title"]);
                let id = first_text(row, &["id"])
                    .or(key)
                    .or_else(|| name.clone())
                    .unwrap_or_default();
                (
                    id.clone(),
                    name.unwrap_or(id),
                    first_text(row, &["summary", "description"]),
                )
            })
            .collect();
        let known = [
            "id",
            "level",
            "theme",
            "summary",
            "name",
            "text",
            "description",
            "examples",
            "domain",
            "proficiency",
            "group",
            "area",
        ];
        for (_, row) in rows(table, "competencies") {
            self.report.read(self.file);
            let (Some(level), Some(text)) = (
                first_text(row, &["level"]),
                first_text(row, &["summary", "text", "description", "name"]),
            ) else {
                self.report.drop(
                    self.file,
                    "a competency without level or summary",
                    self.place(),
                );
                continue;
            };
            self.report.joined(self.file);
            let level = self.level(&level);
            let theme = first_text(row, &["theme", "area"]).unwrap_or_else(|| "General".to_owned());
            let (name, description) = match themes.iter().find(|(id, ..)| *id == theme) {
                Some((_, name, description)) => (name.clone(), description.clone()),
                None => (theme, None),
            };
            let group = first_text(row, &["domain", "group"]);
            let competency = self
                .ladder
                .competency(&name, group.as_deref(), &mut self.ids);
            competency.description = competency.description.take().or(description);
            let examples = texts(row.get("examples"));
            let mut criteria: Vec<Criterion> =
                items(&text).into_iter().map(Criterion::new).collect();
            if let Some(first) = criteria.first_mut() {
                first.examples = examples;
                if let Some(proficiency) = first_text(row, &["proficiency"]) {
                    first.text = format!("**{proficiency}:** {}", first.text);
                }
            }
            competency.add(&level, criteria);
            self.homeless(row, &[&known]);
        }
        &["themes", "competencies"]
    }

    fn topics(&mut self, table: &Table) -> &'static [&'static str] {
        self.levels(table);
        let has_levels = |row: &Table| LEVELS.iter().any(|key| row.get(key).is_some());
        let name = TOPICS
            .iter()
            .find(|name| rows(table, name).iter().any(|(_, row)| has_levels(row)));
        for (key, row) in name.map(|name| rows(table, name)).unwrap_or_default() {
            let title = first_text(row, &["title", "displayName", "name"]).or(key);
            let Some(title) = title.map(|title| titled(&title)) else {
                self.report
                    .drop(self.file, "a topic without a name", self.place());
                continue;
            };
            self.topic(&title, row);
        }
        &TOPICS
    }

    /// Reads a topic.
    fn topic(&mut self, title: &str, row: &Table) {
        let group = first_text(row, &["group", "category", "area"]);
        let description = first_text(row, &["description", "summary"]);
        let id = {
            let competency = self
                .ladder
                .competency(title, group.as_deref(), &mut self.ids);
            competency.description = description;
            competency.id.clone()
        };
        let levels = LEVELS.iter().find_map(|key| row.get(key));
        for (number, (key, node)) in levels
            .map(|node| entries(&node.value))
            .unwrap_or_default()
            .into_iter()
            .enumerate()
        {
            let named = match &node.value {
                Value::Table(row) => first_text(row, &["level", "name", "title", "id"]),
                _ => None,
            };
            let level = self.level(&named.or(key).unwrap_or_else(|| (number + 1).to_string()));
            let criteria = self.criteria(&node.value);
            let competency = self
                .ladder
                .competencies
                .iter_mut()
                .find(|competency| competency.id == id);
            competency
                .into_iter()
                .for_each(|competency| competency.add(&level, criteria.clone()));
        }
        let known = [
            "title",
            "displayName",
            "name",
            "id",
            "path",
            "group",
            "category",
            "area",
            "description",
            "summary",
        ];
        self.homeless(row, &[&known, &LEVELS]);
    }

    /// Reads what a level shows: texts, or tables with criteria, examples and signals.
    fn criteria(&mut self, value: &Value) -> Vec<Criterion> {
        self.report.read(self.file);
        self.report.joined(self.file);
        let Value::Table(row) = value else {
            return texts_of(value).into_iter().map(Criterion::new).collect();
        };
        let mut criteria = vec![];
        if let Some(text) = first_text(row, &["summary", "description"]) {
            criteria.push(Criterion::new(text));
        }
        for key in [
            "criteria",
            "signals",
            "behaviours",
            "behaviors",
            "items",
            "text",
            "expectations",
        ] {
            criteria.extend(
                row.get(key)
                    .map(|node| self.list(&node.value))
                    .unwrap_or_default(),
            );
        }
        criteria.extend(
            row.get("exampleCriteria")
                .map(|node| self.list(&node.value))
                .unwrap_or_default(),
        );
        let examples = texts(row.get("examples"));
        match criteria.first_mut() {
            Some(first) => first.examples.extend(examples),
            None => criteria.extend(examples.into_iter().map(Criterion::new)),
        }
        let known = [
            "summary",
            "description",
            "criteria",
            "signals",
            "behaviours",
            "behaviors",
            "items",
            "text",
            "expectations",
            "exampleCriteria",
            "examples",
            "level",
            "name",
            "title",
            "id",
            "path",
        ];
        self.homeless(row, &[&known]);
        criteria
    }

    /// Reads a list of criteria, of which each is a text, or a table with a text and examples.
    fn list(&self, value: &Value) -> Vec<Criterion> {
        let Value::Array(items) = value else {
            return texts_of(value).into_iter().map(Criterion::new).collect();
        };
        let one = |item: &Node| match &item.value {
            Value::Table(row) => {
                let text = first_text(row, &["criteria", "text", "summary", "name", "title"])?;
                Some(Criterion {
                    text,
                    examples: texts(row.get("examples")),
                })
            }
            value => scalar(value).map(Criterion::new),
        };
        items.iter().filter_map(one).collect()
    }

    fn milestones(&mut self, table: &Table) -> &'static [&'static str] {
        let tracks = match table.get("tracks") {
            Some(node) => rows_of(&node.value),
            None => bare_tracks(table),
        };
        self.titles(table);
        let points = texts(
            ["milestonePoints", "points"]
                .iter()
                .find_map(|key| table.get(key)),
        );
        for (key, row) in &tracks {
            let title = first_text(row, &["displayName", "name", "title"]).or_else(|| key.clone());
            let Some(title) = title else {
                self.report
                    .drop(self.file, "a track without a name", self.place());
                continue;
            };
            self.track(&title, row, &points);
        }
        if table.get("tracks").is_none() {
            return BARE;
        }
        &["tracks", "titles", "milestonePoints", "points"]
    }

    /// Reads the titles that points lead to: they are the levels.
    fn titles(&mut self, table: &Table) {
        self.levels(table);
        for (_, row) in rows(table, "titles") {
            let Some(title) = first_text(row, &["label", "name", "title"]) else {
                self.report
                    .drop(self.file, "a title without a name", self.place());
                continue;
            };
            self.add_level(&title, &title);
            let points =
                first_text(row, &["minPoints", "points"]).and_then(|text| plain_number(&text));
            if let Some(level) = self.ladder.levels.last_mut() {
                level.points = points;
            }
            self.homeless(row, &[&["label", "name", "title", "minPoints", "points"]]);
        }
    }

    /// Reads a track: a competency with its milestones.
    fn track(&mut self, title: &str, row: &Table, points: &[String]) {
        let group = first_text(row, &["category", "group"]);
        let description = first_text(row, &["description", "summary"]);
        let parts = row
            .get("milestones")
            .map(|node| entries(&node.value))
            .unwrap_or_default();
        let mut milestones = vec![];
        for (number, (_, node)) in parts.into_iter().enumerate() {
            self.report.read(self.file);
            self.report.joined(self.file);
            // Of six numbers for five milestones the first is for none of them.
            let skipped = points.len().saturating_sub(row_count(row));
            milestones.push(self.step(&node.value, points.get(number + skipped.min(1))));
        }
        let competency = self
            .ladder
            .competency(title, group.as_deref(), &mut self.ids);
        competency.description = description;
        competency.milestones = milestones;
        let known = [
            "displayName",
            "name",
            "title",
            "category",
            "group",
            "description",
            "summary",
            "milestones",
            "id",
        ];
        self.homeless(row, &[&known]);
    }

    /// Writes a milestone as the record has it.
    fn step(&mut self, value: &Value, points: Option<&String>) -> Table {
        let mut step = Table::default();
        let inerts = |node: Option<&Node>| {
            texts(node)
                .iter()
                .map(|text| Value::from(inert(&line(text))))
                .collect::<Vec<_>>()
        };
        let Value::Table(row) = value else {
            let text = texts_of(value).join(" ");
            step.put("description", inert(&line(&text)));
            return step;
        };
        if let Some(name) = first_text(row, &["name", "title"]) {
            step.put("name", line(&name));
        }
        let own = first_text(row, &["points"]);
        if let Some(points) = own.as_ref().or(points).and_then(|text| plain_number(text)) {
            step.put("points", number_of(&points));
        }
        if let Some(text) = first_text(row, &["summary", "description"]) {
            step.put("description", inert(&line(&text)));
        }
        for key in ["signals", "examples"] {
            let texts = inerts(row.get(key));
            if !texts.is_empty() {
                step.put(key, texts);
            }
        }
        self.homeless(
            row,
            &[&[
                "name",
                "title",
                "points",
                "summary",
                "description",
                "signals",
                "examples",
            ]],
        );
        step
    }
}

/// Returns the tables of a file that have milestones, with their keys.
fn bare_tracks(table: &Table) -> Vec<(Option<String>, &Table)> {
    let rows = table.0.iter().filter_map(|(key, node)| match &node.value {
        Value::Table(row) => Some((Some(key.name.clone()), row)),
        _ => None,
    });
    rows.filter(|(_, row)| row.get("milestones").is_some())
        .collect()
}

/// Returns how many milestones a track has.
fn row_count(row: &Table) -> usize {
    row.get("milestones")
        .map_or(0, |node| entries(&node.value).len())
}

/// All keys are tracks, which are read one by one.
const BARE: &[&str] = &[];

impl Ladder {
    /// Keeps the order of tracks; nothing refers to one that has no level.
    pub fn tracks_in_use(&mut self) {
        let is_used = |track: &Named| {
            self.levels
                .iter()
                .any(|level| level.track.as_ref() == Some(&track.id))
        };
        self.tracks.retain(is_used);
    }
}

/// Returns the rows of a list or a table of tables, with their keys.
fn rows<'t>(table: &'t Table, name: &str) -> Vec<(Option<String>, &'t Table)> {
    table
        .get(name)
        .map(|node| rows_of(&node.value))
        .unwrap_or_default()
}

fn rows_of(value: &Value) -> Vec<(Option<String>, &Table)> {
    let rows = entries(value).into_iter();
    rows.filter_map(|(key, node)| match &node.value {
        Value::Table(row) => Some((key, row)),
        _ => None,
    })
    .collect()
}

/// Returns the parts of a list, or of a table with their keys.
fn entries(value: &Value) -> Vec<(Option<String>, &Node)> {
    match value {
        Value::Array(items) => items.iter().map(|item| (None, item)).collect(),
        Value::Table(table) => table
            .0
            .iter()
            .map(|(key, node)| (Some(key.name.clone()), node))
            .collect(),
        _ => vec![],
    }
}

pub fn first_text(row: &Table, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| scalar(&row.get(key)?.value))
}

/// Returns the texts of a list, or one text.
pub fn texts(node: Option<&Node>) -> Vec<String> {
    node.map(|node| texts_of(&node.value)).unwrap_or_default()
}

pub fn texts_of(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items
            .iter()
            .filter_map(|item| scalar(&item.value))
            .collect(),
        Value::String(text) => super::words::lines(text),
        other => scalar(other).into_iter().collect(),
    }
}

pub fn scalar(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) | Value::Integer(text) | Value::Float(text) | Value::DateTime(text) => {
            text.trim().to_owned()
        }
        Value::Bool(value) => value.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Null | Value::Array(_) | Value::Table(_) => return None,
    };
    Some(text).filter(|text| !text.is_empty())
}

/// Writes a name such as `technical-skills` as a title.
fn titled(name: &str) -> String {
    if name.chars().any(|c| c.is_uppercase() || c.is_whitespace()) {
        return name.to_owned();
    }
    title_of(name)
}
