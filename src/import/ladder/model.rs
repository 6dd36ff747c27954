//! A ladder, whatever it was written in: levels and competencies. It becomes a framework's layer.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, TagEnd};

use crate::data::{Id, Node, Table, Value};
use crate::import::content::code::events;
use crate::import::markdown::inert;

/// An employer's ladder.
#[derive(Clone, Debug, Default)]
pub struct Ladder {
    pub name: String,
    pub summary: Option<String>,
    pub tracks: Vec<Named>,
    pub levels: Vec<Level>,
    pub competencies: Vec<Competency>,
}

/// An id and a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub id: Id,
    pub name: String,
}

/// A level.
#[derive(Clone, Debug)]
pub struct Level {
    pub id: Id,
    pub title: String,
    /// The id of its track.
    pub track: Option<Id>,
    pub summary: Option<String>,
    /// The points that it takes: a number as it is written.
    pub points: Option<String>,
}

/// A competency with what each level shows of it.
#[derive(Clone, Debug)]
pub struct Competency {
    pub id: Id,
    pub name: String,
    pub group: Option<String>,
    pub description: Option<String>,
    pub criteria: Vec<(Id, Vec<Criterion>)>,
    /// Where levels stand on a scale: numbers as they are written.
    pub positions: Vec<(Id, String)>,
    /// The highest number of that scale.
    pub max: Option<String>,
    /// Steps that are of no level, as rows of the record.
    pub milestones: Vec<Table>,
}

/// What someone at a level does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Criterion {
    pub text: String,
    pub examples: Vec<String>,
}

impl Criterion {
    /// Makes a criterion without examples.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            examples: vec![],
        }
    }
}

/// How many rows of one name there are at most.
const MOST_ALIKE: usize = 100_000;

/// How many bytes of a name stand in an id. A letter may have several.
const LONGEST: usize = 60;

/// Cuts a text off at a letter.
fn cut(text: &str) -> &str {
    let end = (0..=LONGEST.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at));
    text.get(..end.unwrap_or_default()).unwrap_or_default()
}

/// Gives out ids that no other row has.
#[derive(Debug, Default)]
pub struct Ids {
    taken: BTreeSet<Id>,
}

impl Ids {
    /// Takes ids that are given out already.
    pub fn of_all<'i>(ids: impl Iterator<Item = &'i Id>) -> Self {
        Self {
            taken: ids.cloned().collect(),
        }
    }

    /// Makes an id of a name.
    pub fn of(&mut self, name: &str) -> Id {
        let slug = crate::path::slugify(name);
        let slug = match cut(&slug).trim_matches('-') {
            "" => "row",
            slug => slug,
        };
        let numbered = (2..MOST_ALIKE).map(|number| format!("{slug}-{number}"));
        let mut all = std::iter::once(slug.to_owned())
            .chain(numbered)
            .filter_map(|text| Id::new(&text));
        let free = all
            .find(|id| !self.taken.contains(id))
            .unwrap_or_else(|| Id::known("row"));
        self.taken.insert(free.clone());
        free
    }
}

impl Ladder {
    /// Finds the competency of a name in a group, or adds one.
    pub fn competency(
        &mut self,
        name: &str,
        group: Option<&str>,
        ids: &mut Ids,
    ) -> &mut Competency {
        let is_same = |known: &Competency| known.name == name && known.group.as_deref() == group;
        let at = self
            .competencies
            .iter()
            .position(is_same)
            .unwrap_or_else(|| {
                let id = ids.of(name);
                let group = group.map(str::to_owned);
                self.competencies.push(Competency {
                    id,
                    name: name.to_owned(),
                    group,
                    description: None,
                    criteria: vec![],
                    positions: vec![],
                    max: None,
                    milestones: vec![],
                });
                self.competencies.len() - 1
            });
        &mut self.competencies[at]
    }

    /// Returns how many facts its competencies have.
    pub fn facts(&self) -> usize {
        let of = |competency: &Competency| {
            let criteria = competency.criteria.iter().map(|(_, texts)| texts.len());
            criteria.sum::<usize>() + competency.positions.len()
        };
        self.competencies.iter().map(of).sum()
    }

    /// Returns true if at least half of the levels of another are among its own.
    pub fn shares_levels(&self, other: &Self) -> bool {
        let is_known = |level: &&Level| self.levels.iter().any(|own| own.title == level.title);
        let shared = other.levels.iter().filter(is_known).count();
        shared * 2 >= other.levels.len().min(self.levels.len())
    }

    /// Takes over another ladder, whose competencies without a group are of this one.
    pub fn absorb(&mut self, other: Self, group: Option<&str>) {
        let mut level_ids = Ids::of_all(self.levels.iter().map(|level| &level.id));
        let mut ids = Ids::of_all(self.competencies.iter().map(|own| &own.id));
        let mut renamed: Vec<(Id, Id)> = vec![];
        for level in other.levels {
            let is_same = |own: &&Level| own.title == level.title && own.track == level.track;
            let id = match self.levels.iter().find(is_same) {
                Some(own) => own.id.clone(),
                None => {
                    let id = match &level.track {
                        Some(track) if level_ids.taken.contains(&level.id) => {
                            level_ids.of(&format!("{} {}", track.as_str(), level.title))
                        }
                        _ => level_ids.of(&level.title),
                    };
                    self.levels.push(Level {
                        id: id.clone(),
                        ..level.clone()
                    });
                    id
                }
            };
            renamed.push((level.id, id));
        }
        let own = |level: &Id| {
            let known = renamed.iter().find(|(from, _)| from == level);
            known.map_or_else(|| level.clone(), |(_, to)| to.clone())
        };
        for competency in other.competencies {
            let group = competency.group.as_deref().or(group);
            let target = self.competency(&competency.name, group, &mut ids);
            target.description = target.description.take().or(competency.description);
            for (level, criteria) in competency.criteria {
                target.add(&own(&level), criteria);
            }
            let positions = competency.positions.into_iter();
            target
                .positions
                .extend(positions.map(|(level, number)| (own(&level), number)));
            target.max = target.max.take().or(competency.max);
            target.milestones.extend(competency.milestones);
        }
    }

    /// Returns the layer of the framework.
    pub fn table(&self) -> Table {
        let mut table = Table::default();
        table.put("name", words(&self.name));
        if let Some(summary) = &self.summary {
            table.put("summary", words(summary));
        }
        for track in &self.tracks {
            let mut row = Table::default();
            row.put("id", track.id.as_str());
            row.put("name", words(&track.name));
            table.push("tracks", row);
        }
        for level in &self.levels {
            table.push("levels", level.table());
        }
        for competency in self
            .competencies
            .iter()
            .filter(|competency| competency.says_something())
        {
            table.push("competencies", competency.table());
        }
        table
    }
}

impl Level {
    fn table(&self) -> Table {
        let mut row = Table::default();
        row.put("id", self.id.as_str());
        if let Some(track) = &self.track {
            row.put("track", track.as_str());
        }
        row.put("title", words(&self.title));
        if let Some(summary) = &self.summary {
            row.put("summary", words(summary));
        }
        if let Some(points) = &self.points {
            row.put("points", number_of(points));
        }
        row
    }
}

impl Competency {
    /// Adds criteria of a level.
    pub fn add(&mut self, level: &Id, criteria: Vec<Criterion>) {
        let criteria: Vec<_> = criteria
            .into_iter()
            .filter(|criterion| !criterion.text.trim().is_empty())
            .collect();
        if criteria.is_empty() {
            return;
        }
        match self.criteria.iter_mut().find(|(known, _)| known == level) {
            Some((_, known)) => known.extend(criteria),
            None => self.criteria.push((level.clone(), criteria)),
        }
    }

    /// Returns true if it has a fact beside its name.
    pub fn says_something(&self) -> bool {
        !(self.criteria.is_empty() && self.positions.is_empty() && self.milestones.is_empty())
    }

    fn table(&self) -> Table {
        let mut row = Table::default();
        row.put("id", self.id.as_str());
        if let Some(group) = &self.group {
            row.put("group", line(group));
        }
        row.put("name", words(&self.name));
        if let Some(description) = &self.description {
            row.put("description", inert(&line(description)));
        }
        let mut criteria = Table::default();
        for (level, texts) in &self.criteria {
            let texts = texts
                .iter()
                .map(|criterion| Node::made(criterion.value()))
                .collect();
            criteria.put(level.as_str(), Value::Array(texts));
        }
        if !criteria.is_empty() {
            row.put("criteria", criteria);
        }
        let mut positions = Table::default();
        for (level, number) in &self.positions {
            positions.put(level.as_str(), number_of(number));
        }
        if !positions.is_empty() {
            row.put("positions", positions);
        }
        if let Some(max) = &self.max {
            row.put("max", number_of(max));
        }
        for milestone in &self.milestones {
            row.push("milestones", milestone.clone());
        }
        row
    }
}

impl Criterion {
    fn value(&self) -> Value {
        let text = Value::from(inert(&line(&self.text)));
        let examples: Vec<Value> = self
            .examples
            .iter()
            .map(|text| line(text))
            .filter(|text| !text.is_empty())
            .map(|text| Value::from(inert(&text)))
            .collect();
        if examples.is_empty() {
            return text;
        }
        let mut table = Table::default();
        table.put("text", text);
        table.put("examples", Value::from(examples));
        Value::Table(table)
    }
}

/// Returns a number as a tree has it.
pub fn number_of(text: &str) -> Value {
    if text.contains('.') {
        Value::Float(text.to_owned())
    } else {
        Value::Integer(text.to_owned())
    }
}

/// Returns a plain number that is not negative: `3`, `2.5`.
pub fn plain_number(text: &str) -> Option<String> {
    let text = text.trim();
    let digits = |part: &str| {
        !part.is_empty() && part.len() <= 9 && part.bytes().all(|c| c.is_ascii_digit())
    };
    let (whole, rest) = text.split_once('.').unwrap_or((text, "0"));
    let is_number = digits(whole) && digits(rest);
    let whole_is_plain = whole == "0" || !whole.starts_with('0');
    (is_number && whole_is_plain).then(|| text.to_owned())
}

/// Returns the words of Markdown in one line: names and summaries are plain.
pub fn words(text: &str) -> String {
    let mut words = String::new();
    for (event, _) in events(text.trim()) {
        match event {
            Event::Text(part) | Event::Code(part) => words.push_str(&part),
            Event::InlineHtml(part) | Event::Html(part) => words.push_str(&part),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph) => words.push(' '),
            _ => {}
        }
    }
    // "1." alone is a list to Markdown.
    line(if words.trim().is_empty() {
        text
    } else {
        &words
    })
}

/// Brings a text into one line: criteria stand inside lines.
pub fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
