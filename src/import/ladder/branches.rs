//! A tree of YAML or JSON as an outline: its keys and the names of its rows are names, its texts are texts.

use super::model::Criterion;
use super::outline::{Form, Kind, Outline, Said};
use super::tree::{first_text, scalar, texts, texts_of};
use crate::data::{Node, Table, Value};
use crate::import::{LossReport, Where};
use crate::path::capitalized;

/// Keys whose parts are levels.
const LEVELS: [&str; 12] = [
    "levels",
    "level",
    "grades",
    "bands",
    "steps",
    "ranks",
    "stages",
    "positions",
    "milestones",
    "ladder",
    "rungs",
    "seniorities",
];

/// Keys that only say what their parts are.
const PLURALS: [&str; 36] = [
    "competencies",
    "competences",
    "skills",
    "capabilities",
    "topics",
    "attributes",
    "dimensions",
    "pillars",
    "areas",
    "categories",
    "groups",
    "domains",
    "themes",
    "sections",
    "traits",
    "values",
    "behaviours",
    "behaviors",
    "criteria",
    "expectations",
    "responsibilities",
    "requirements",
    "tracks",
    "roles",
    "families",
    "job_families",
    "disciplines",
    "ladders",
    "frameworks",
    "framework",
    "items",
    "data",
    "entries",
    "children",
    "parts",
    "content",
];

/// Keys that name a row.
const NAMES: [&str; 9] = [
    "name",
    "title",
    "displayName",
    "label",
    "competency",
    "skill",
    "role",
    "category",
    "area",
];

/// Keys of a short word for a row.
const KEYS: [&str; 8] = [
    "id", "key", "code", "slug", "level", "grade", "band", "rank",
];

/// Keys of what a row is.
const SUMMARIES: [&str; 6] = [
    "summary",
    "description",
    "about",
    "definition",
    "overview",
    "tagline",
];

/// Keys of what somebody does.
const TEXTS: [&str; 16] = [
    "criteria",
    "expectations",
    "signals",
    "behaviours",
    "behaviors",
    "items",
    "text",
    "texts",
    "content",
    "value",
    "bullets",
    "points",
    "detail",
    "details",
    "indicators",
    "statements",
];

/// How deep a tree is read.
const DEEPEST: usize = 12;

/// Keys that rows of open jobs have, in small letters without signs.
const JOBS: [&str; 15] = [
    "posted",
    "dateposted",
    "postedon",
    "publishedat",
    "publishedon",
    "publicationdate",
    "expires",
    "validthrough",
    "url",
    "hostedurl",
    "absoluteurl",
    "joburl",
    "applyurl",
    "applicationurl",
    "externalpath",
];

/// How deep lists of jobs are looked for.
const JOBS_DEEPEST: usize = 3;

/// Returns true for a list of open jobs, whose titles look like levels.
pub fn are_jobs(value: &Value) -> bool {
    jobs_in(value, JOBS_DEEPEST)
}

fn jobs_in(value: &Value, depth: usize) -> bool {
    match value {
        Value::Array(rows) => {
            let jobs = rows.iter().filter(|row| is_job(&row.value)).count();
            jobs > 0 && jobs * 2 >= rows.len()
                || depth > 0 && rows.iter().any(|row| jobs_in(&row.value, depth - 1))
        }
        Value::Table(table) => {
            depth > 0 && (table.0.iter()).any(|(_, node)| jobs_in(&node.value, depth - 1))
        }
        _ => false,
    }
}

fn is_job(row: &Value) -> bool {
    let Value::Table(row) = row else { return false };
    let plain = |name: &str| name.replace(['_', '-', ' '], "").to_ascii_lowercase();
    let known = |name: &str| JOBS.contains(&plain(name).as_str());
    row.0.iter().filter(|(key, _)| known(&key.name)).count() >= 2
}

/// Reads a tree.
pub fn outline(name: &str, value: &Value, file: &str, report: &mut LossReport) -> Outline {
    let mut outline = Outline::new(name);
    let mut reader = Reader { file, report };
    match value {
        Value::Table(table) => reader.row(&mut outline, table, 0),
        Value::Array(items) => reader.rows(&mut outline, items, None, 0),
        _ => {}
    }
    outline
}

struct Reader<'r> {
    file: &'r str,
    report: &'r mut LossReport,
}

impl Reader<'_> {
    /// Reads the keys of a row into its part.
    fn row(&mut self, part: &mut Outline, row: &Table, depth: usize) {
        if let Some(name) = first_text(row, &NAMES) {
            part.name = name;
        }
        part.key = part.key.take().or_else(|| first_text(row, &KEYS));
        part.summary = first_text(row, &SUMMARIES);
        let named = first_key(row, &NAMES);
        let summed = first_key(row, &SUMMARIES);
        let keyed = first_key(row, &KEYS);
        for (key, node) in &row.0 {
            let name = key.name.as_str();
            if [named, summed, keyed].contains(&Some(name)) {
                continue;
            }
            self.key(part, name, node, depth);
        }
    }

    fn key(&mut self, part: &mut Outline, name: &str, node: &Node, depth: usize) {
        let lower = name.to_ascii_lowercase();
        let is_text = TEXTS.contains(&lower.as_str());
        if depth > DEEPEST {
            self.homeless(name);
            return;
        }
        match &node.value {
            Value::Null => {}
            Value::String(text) if text.trim().is_empty() => {}
            Value::Array(items) if items.iter().any(|item| is_tree(&item.value)) => {
                if is_text && items.iter().all(is_criterion) {
                    part.texts.extend(items.iter().filter_map(criterion));
                    return;
                }
                self.parts(part, name, depth, |reader, inner, kind| {
                    reader.rows(inner, items, kind, depth + 1);
                });
            }
            Value::Table(row) if !row.0.iter().any(|(_, node)| is_tree(&node.value)) && is_text => {
                // Texts with names that are not told apart.
                for (_, node) in &row.0 {
                    say(part, &node.value);
                }
            }
            Value::Table(row) => {
                let is_list = LEVELS.contains(&lower.as_str()) || PLURALS.contains(&lower.as_str());
                if is_list {
                    self.parts(part, name, depth, |reader, inner, kind| {
                        reader.keys(inner, row, kind, depth + 1);
                    });
                    return;
                }
                let mut inner = Outline::new(titled(name));
                inner.key = Some(name.to_owned());
                self.row(&mut inner, row, depth + 1);
                part.parts.push(inner);
            }
            Value::Array(_) | Value::String(_) if lower == "examples" && !part.texts.is_empty() => {
                if let Some(last) = part.texts.last_mut() {
                    last.criterion.examples.extend(texts(Some(node)));
                }
            }
            Value::Array(_) if is_text => say(part, &node.value),
            Value::String(_) if is_text => say(part, &node.value),
            Value::Array(_) => self.said(part, name, &node.value),
            Value::String(text) if !is_word(text) => self.said(part, name, &node.value),
            _ => self.homeless(name),
        }
    }

    /// Reads parts under a key, which stand in a part of its name unless it only says what they are.
    fn parts(
        &mut self,
        part: &mut Outline,
        name: &str,
        depth: usize,
        read: impl FnOnce(&mut Self, &mut Outline, Option<Kind>),
    ) {
        let lower = name.to_ascii_lowercase();
        let kind = if LEVELS.contains(&lower.as_str()) {
            Some(Kind::Level)
        } else if PLURALS.contains(&lower.as_str()) {
            Some(Kind::Other)
        } else {
            None
        };
        if kind.is_some() || depth == 0 && part.parts.is_empty() {
            read(self, part, kind);
            return;
        }
        let mut inner = Outline::new(titled(name));
        inner.key = Some(name.to_owned());
        read(self, &mut inner, None);
        part.parts.push(inner);
    }

    /// Reads the rows of a list.
    fn rows(&mut self, part: &mut Outline, items: &[Node], kind: Option<Kind>, depth: usize) {
        for item in items {
            match &item.value {
                Value::Table(row) => {
                    let mut inner = Outline::new(String::new());
                    self.row(&mut inner, row, depth);
                    if inner.name.is_empty() {
                        inner.name = match (inner.key.clone(), row.0.as_slice()) {
                            (Some(key), _) => name_of_level(&key),
                            // A row with one key is named by it.
                            (None, [(key, _)]) => {
                                if let [only] = inner.parts.as_mut_slice() {
                                    let mut only = std::mem::take(only);
                                    only.kind = kind;
                                    part.parts.push(only);
                                    continue;
                                }
                                titled(&key.name)
                            }
                            (None, _) => String::new(),
                        };
                    }
                    inner.kind = kind;
                    if inner.name.is_empty() {
                        part.texts.append(&mut inner.texts);
                        part.parts.append(&mut inner.parts);
                    } else {
                        part.parts.push(inner);
                    }
                }
                other if kind == Some(Kind::Level) => {
                    if let Some(name) = scalar(other) {
                        let mut inner = Outline::new(name_of_level(&name));
                        inner.kind = kind;
                        inner.key = Some(name);
                        part.parts.push(inner);
                    }
                }
                other => say(part, other),
            }
        }
    }

    /// Reads parts that are named by their keys.
    fn keys(&mut self, part: &mut Outline, row: &Table, kind: Option<Kind>, depth: usize) {
        for (key, node) in &row.0 {
            let title = match kind {
                Some(Kind::Level) => name_of_level(&key.name),
                _ => titled(&key.name),
            };
            let mut inner = Outline::new(title);
            inner.key = Some(key.name.clone());
            inner.kind = kind;
            match &node.value {
                Value::Table(row) => self.row(&mut inner, row, depth),
                Value::Array(items) => self.rows(&mut inner, items, None, depth),
                value => say(&mut inner, value),
            }
            part.parts.push(inner);
        }
    }

    /// Reads texts under a key of their own.
    fn said(&mut self, part: &mut Outline, name: &str, value: &Value) {
        let mut inner = Outline::new(titled(name));
        inner.key = Some(name.to_owned());
        say(&mut inner, value);
        part.parts.push(inner);
    }

    fn homeless(&mut self, name: &str) {
        self.report
            .no_home(self.file, format!("`{name}`"), Where::file(self.file));
    }
}

fn say(part: &mut Outline, value: &Value) {
    let form = Form::Item;
    for text in texts_of(value) {
        part.say(form, text);
    }
}

/// Returns true for a list or a table.
pub fn is_tree(value: &Value) -> bool {
    matches!(value, Value::Table(_) | Value::Array(_))
}

/// Returns true for a text, or a row with a text and nothing below it but examples.
fn is_criterion(item: &Node) -> bool {
    let Value::Table(row) = &item.value else {
        return !is_tree(&item.value);
    };
    let is_plain = |key: &str, node: &Node| key == "examples" || !is_tree(&node.value);
    row.0.iter().all(|(key, node)| is_plain(&key.name, node))
        && first_text(row, &["criteria", "text", "summary", "description"]).is_some()
        && first_key(row, &["name", "title", "level"]).is_none()
}

fn criterion(item: &Node) -> Option<Said> {
    let criterion = match &item.value {
        Value::Table(row) => Criterion {
            text: first_text(row, &["criteria", "text", "summary", "description"])?,
            examples: texts(row.get("examples")),
        },
        value => Criterion::new(scalar(value)?),
    };
    Some(Said {
        form: Form::Item,
        criterion,
    })
}

fn first_key<'k>(row: &Table, keys: &[&'k str]) -> Option<&'k str> {
    keys.iter()
        .find(|key| {
            row.get(key)
                .is_some_and(|node| scalar(&node.value).is_some())
        })
        .copied()
}

/// Returns true for what says nothing to a reader: an address, a color, a word of a program.
fn is_word(text: &str) -> bool {
    !text.trim().contains(char::is_whitespace)
}

/// Writes a key as a title: `seniorEngineer`, `senior_engineer`.
fn titled(key: &str) -> String {
    if key.contains(char::is_whitespace) {
        return key.to_owned();
    }
    let mut words = String::new();
    let mut is_after_small = false;
    for c in key.chars() {
        if c.is_uppercase() && is_after_small {
            words.push(' ');
            words.extend(c.to_lowercase());
        } else {
            words.push(if matches!(c, '-' | '_') { ' ' } else { c });
        }
        is_after_small = c.is_lowercase();
    }
    capitalized(words.trim())
}

/// Writes the key of a level as a title: `3` becomes "Level 3".
fn name_of_level(key: &str) -> String {
    if key.bytes().all(|c| c.is_ascii_digit()) {
        return format!("Level {key}");
    }
    titled(key)
}
