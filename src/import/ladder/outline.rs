//! Names in names, as headings, lists and trees of keys have them: an outline comes in, and which of its depths
//! names the levels is found out.

use std::collections::BTreeSet;

use super::grid::plain;
use super::model::{Criterion, Ids, Ladder, Level, Named};
use super::words::is_level;
use crate::data::Id;
use crate::import::{LossReport, Where};

/// How deep an outline is read.
const DEEPEST: usize = 8;

/// What the key above some parts says that they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Level,
    Other,
}

/// Whether a text stands in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Prose,
    Item,
}

/// A text of a part.
#[derive(Clone, Debug)]
pub struct Said {
    pub form: Form,
    pub criterion: Criterion,
}

/// A name, with what is said below it.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    pub name: String,
    /// What others call it.
    pub key: Option<String>,
    pub kind: Option<Kind>,
    pub row: Option<u64>,
    /// Where it stands among others of its kind, if that is said.
    pub order: Option<u64>,
    pub summary: Option<String>,
    pub texts: Vec<Said>,
    pub parts: Vec<Outline>,
}

impl Outline {
    /// Makes an outline of a name.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }

    /// Adds a text.
    pub fn say(&mut self, form: Form, text: impl Into<String>) {
        let criterion = Criterion::new(text);
        if !criterion.text.trim().is_empty() {
            self.texts.push(Said { form, criterion });
        }
    }

    /// Returns how many texts it has, at any depth.
    pub fn facts(&self) -> usize {
        let inner = self.parts.iter().map(Self::facts);
        self.texts.len() + inner.sum::<usize>()
    }

    /// Returns true if a quarter of its texts are for people: they have several words, or letters of a
    /// writing that has no blanks.
    pub fn is_prose(&self) -> bool {
        let (words, all) = self.words();
        words * 4 >= all
    }

    fn words(&self) -> (usize, usize) {
        let own = self.texts.iter().map(|said| &said.criterion.text);
        let is_said = |text: &&String| text.contains(char::is_whitespace) || !text.is_ascii();
        let own = own.filter(is_said).count();
        let inner = self.parts.iter().map(Self::words);
        inner.fold((own, self.texts.len()), |sum, (words, all)| {
            (sum.0 + words, sum.1 + all)
        })
    }

    fn place(&self, file: &str) -> Where {
        let place = Where::file(file);
        match self.row {
            Some(row) => place.row(row),
            None => place,
        }
    }
}

/// A part with those that it stands in, from the outermost.
struct Spot<'o> {
    above: Vec<&'o Outline>,
    own: &'o Outline,
}

impl<'o> Spot<'o> {
    /// What it stands in. The whole outline is no part of itself.
    fn parent(&self) -> Option<&'o Outline> {
        self.above.get(1..)?.last().copied()
    }

    fn is_beside(&self, other: &Self) -> bool {
        match (self.above.last(), other.above.last()) {
            (Some(one), Some(other)) => std::ptr::eq(*one, *other),
            _ => false,
        }
    }
}

fn spots(outline: &Outline) -> Vec<Vec<Spot<'_>>> {
    let mut depths = vec![vec![Spot {
        above: vec![],
        own: outline,
    }]];
    while let Some(last) = depths.last().filter(|_| depths.len() <= DEEPEST) {
        let mut next = vec![];
        for spot in last {
            let above: Vec<_> = spot.above.iter().copied().chain([spot.own]).collect();
            next.extend(spot.own.parts.iter().map(|own| Spot {
                above: above.clone(),
                own,
            }));
        }
        if next.is_empty() {
            break;
        }
        depths.push(next);
    }
    depths.remove(0);
    depths
}

/// Returns the names of levels at a depth, in the form in which they are compared.
fn names_at(spots: &[Spot<'_>]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (at, first) in spots.iter().enumerate() {
        let is_first = at
            .checked_sub(1)
            .is_none_or(|before| !spots[before].is_beside(first));
        if !is_first {
            continue;
        }
        let family = spots[at..].iter().take_while(|spot| spot.is_beside(first));
        let family: Vec<&Outline> = family.map(|spot| spot.own).collect();
        let direct: BTreeSet<String> = family
            .iter()
            .filter(|part| part.kind == Some(Kind::Level) || is_named_level(part))
            .map(|part| plain(&part.name))
            .collect();
        if direct.len() < 2 || (direct.len() < 3 && direct.len() * 2 < family.len()) {
            continue;
        }
        // Beside "Senior engineer" the name "Engineer" is one of a level as well.
        let words = |name: &str| name.split(' ').map(str::to_owned).collect::<BTreeSet<_>>();
        let is_within = |name: &str| {
            let own = words(name);
            !name.is_empty() && direct.iter().any(|known| own.is_subset(&words(known)))
        };
        let others: Vec<String> = family
            .iter()
            .map(|part| plain(&part.name))
            .filter(|name| is_within(name))
            .collect();
        names.extend(direct);
        names.extend(others);
    }
    names
}

fn is_named_level(part: &Outline) -> bool {
    part.kind.is_none() && is_level(&part.name)
}

/// Which depth names the levels.
struct Found<'o> {
    levels: Vec<Spot<'o>>,
    others: Vec<&'o Outline>,
    /// The levels, and what they stand in.
    own: BTreeSet<Mark>,
    above: BTreeSet<Mark>,
}

/// Tells one part from another of the same name.
type Mark = *const Outline;

fn find(outline: &Outline) -> Option<Found<'_>> {
    let mut best: Option<(bool, usize, Found<'_>)> = None;
    for spots in spots(outline) {
        let names = names_at(&spots);
        let (levels, others): (Vec<_>, Vec<_>) = spots
            .into_iter()
            .partition(|spot| names.contains(&plain(&spot.own.name)));
        let facts: usize = levels.iter().map(|spot| spot.own.facts()).sum();
        if levels.is_empty() || facts == 0 {
            continue;
        }
        let parent = |spot: &Spot<'_>| spot.above.last().map(|part| std::ptr::from_ref(*part));
        let parents: BTreeSet<Option<Mark>> = levels.iter().map(parent).collect();
        let beside = others
            .iter()
            .filter(|other| parents.contains(&parent(other)));
        let share = levels.len() * 100 / (levels.len() + beside.count());
        let is_told = levels.iter().any(|spot| spot.own.kind == Some(Kind::Level));
        let is_better = best
            .as_ref()
            .is_none_or(|(told, known, _)| (is_told, share) >= (*told, *known));
        if is_better {
            let others = others.into_iter().map(|spot| spot.own).collect();
            let own = levels
                .iter()
                .map(|spot| std::ptr::from_ref(spot.own))
                .collect();
            let above = levels.iter().flat_map(|spot| &spot.above);
            let above = above.map(|part| std::ptr::from_ref(*part)).collect();
            let found = Found {
                levels,
                others,
                own,
                above,
            };
            best = Some((is_told, share, found));
        }
    }
    best.map(|(.., found)| found)
}

/// Returns true if parts of an outline are levels.
pub fn has_levels(outline: &Outline) -> bool {
    find(outline).is_some()
}

/// Reads a ladder; `None` where no two levels are named. What somebody does at a level is of the competency
/// `general`, where the outline names none.
pub fn read(
    outline: &Outline,
    general: &str,
    file: &str,
    report: &mut LossReport,
) -> Option<Ladder> {
    let found = find(outline)?;
    let mut builder = Builder {
        file,
        report,
        general,
        ids: Ids::default(),
        level_ids: Ids::default(),
        track_ids: Ids::default(),
        ladder: Ladder {
            name: outline.name.clone(),
            summary: outline.summary.clone(),
            ..Ladder::default()
        },
    };
    builder.legend(outline, &found);
    match found.order() {
        Order::CompetenciesAbove => {
            builder.above(&found);
            builder.tell_between(&found, 1);
        }
        Order::CompetenciesBelow => {
            builder.below(&found);
            builder.tell_between(&found, 0);
        }
    }
    builder.tell(outline, &found);
    Some(builder.ladder)
}

/// Where the competencies stand.
enum Order {
    CompetenciesAbove,
    CompetenciesBelow,
}

impl<'o> Found<'o> {
    fn order(&self) -> Order {
        let with_parts = self.levels.iter().filter(|spot| !spot.own.parts.is_empty());
        let names: BTreeSet<String> = self
            .levels
            .iter()
            .map(|spot| plain(&spot.own.name))
            .collect();
        let are_repeated = names.len() < self.levels.len() && self.parents().len() > 1;
        if are_repeated && with_parts.count() * 2 < self.levels.len() {
            Order::CompetenciesAbove
        } else {
            Order::CompetenciesBelow
        }
    }

    fn parents(&self) -> Vec<&'o Outline> {
        let mut known = BTreeSet::new();
        let parents = self.levels.iter().filter_map(Spot::parent);
        parents
            .filter(|parent| known.insert(std::ptr::from_ref(*parent)))
            .collect()
    }

    fn is_above(&self, part: &Outline) -> bool {
        self.above.contains(&std::ptr::from_ref(part))
    }

    fn is_level(&self, part: &Outline) -> bool {
        self.own.contains(&std::ptr::from_ref(part))
    }
}

struct Builder<'b> {
    file: &'b str,
    report: &'b mut LossReport,
    general: &'b str,
    ids: Ids,
    level_ids: Ids,
    track_ids: Ids,
    ladder: Ladder,
}

impl Builder<'_> {
    /// Takes the levels from where they are only named, in their order: elsewhere they go by their keys.
    fn legend(&mut self, outline: &Outline, found: &Found<'_>) {
        let legend = outline.parts.iter().filter(|part| {
            part.kind == Some(Kind::Level) && part.parts.is_empty() && !found.is_level(part)
        });
        for part in legend {
            let id = self.level_ids.of(part.key.as_deref().unwrap_or(&part.name));
            let summary = part.summary.clone().or_else(|| prose(part));
            self.ladder.levels.push(Level {
                id,
                title: part.name.clone(),
                track: None,
                summary,
                points: None,
            });
        }
    }

    /// Returns the level that a part names.
    fn level(&mut self, part: &Outline, track: Option<&Id>) -> Id {
        let names = [Some(&part.name), part.key.as_ref()];
        let is_same = |level: &&Level| {
            let own = [plain(level.id.as_str()), plain(&level.title)];
            let of_part = names.iter().flatten().map(|name| plain(name));
            level.track.as_ref() == track && of_part.into_iter().any(|name| own.contains(&name))
        };
        if let Some(known) = self.ladder.levels.iter().find(is_same) {
            return known.id.clone();
        }
        let id = self.level_ids.of(&part.name);
        self.report.made_id(id.as_str(), &part.name);
        self.ladder.levels.push(Level {
            id: id.clone(),
            title: part.name.clone(),
            track: track.cloned(),
            summary: None,
            points: None,
        });
        id
    }

    fn add(&mut self, name: &str, group: Option<&str>, level: &Id, criteria: Vec<Criterion>) {
        if criteria.is_empty() {
            return;
        }
        self.report.read(self.file);
        self.report.joined(self.file);
        self.ladder
            .competency(name, group, &mut self.ids)
            .add(level, criteria);
    }

    /// Reads levels that stand in competencies.
    fn above(&mut self, found: &Found<'_>) {
        for spot in &found.levels {
            let level = self.level(spot.own, None);
            let Some(parent) = spot.parent() else {
                self.add(self.general, None, &level, all(spot.own));
                continue;
            };
            let group = spot.above.len().checked_sub(2).filter(|at| *at > 0);
            let group = group
                .and_then(|at| spot.above.get(at))
                .map(|part| part.name.as_str());
            let competency = self.ladder.competency(&parent.name, group, &mut self.ids);
            let about = || parent.summary.clone().or_else(|| prose(parent));
            competency.description = competency.description.take().or_else(about);
            let mut criteria = all(spot.own);
            if let Some(summary) = &spot.own.summary {
                criteria.insert(0, Criterion::new(summary));
            }
            self.add(&parent.name, group, &level, criteria);
        }
    }

    /// Reads levels that competencies stand in. What they stand in themselves is a track, if there are two.
    fn below(&mut self, found: &Found<'_>) {
        let parents = found.parents();
        let tracks: Vec<Option<Id>> = found
            .levels
            .iter()
            .map(|spot| spot.parent().filter(|_| parents.len() > 1))
            .map(|parent| parent.map(|parent| self.track(parent)))
            .collect();
        let is_bare = found
            .levels
            .iter()
            .all(|spot| spot.own.parts.is_empty() && spot.own.texts.iter().all(is_prose));
        let leads = leads_in(&found.levels);
        for (spot, track) in found.levels.iter().zip(tracks) {
            let level = self.level(spot.own, track.as_ref());
            let (about, items): (Vec<&Said>, Vec<&Said>) = spot
                .own
                .texts
                .iter()
                .partition(|said| is_prose(said) && !is_bare);
            let about = about.iter().map(|said| said.criterion.text.as_str());
            let about = spot.own.summary.as_deref().into_iter().chain(about);
            let about = about.collect::<Vec<_>>().join(" ");
            let known = self
                .ladder
                .levels
                .iter_mut()
                .find(|known| known.id == level);
            if let Some(known) = known.filter(|_| !about.is_empty()) {
                known.summary = Some(about);
            }
            for said in items {
                match lead(&said.criterion.text).filter(|_| leads == Leads::AreCompetencies) {
                    Some((name, rest)) => {
                        let criterion = Criterion {
                            text: rest.to_owned(),
                            ..said.criterion.clone()
                        };
                        self.add(name, None, &level, vec![criterion]);
                    }
                    None => {
                        self.add(self.general, None, &level, vec![said.criterion.clone()]);
                    }
                }
            }
            for part in &spot.own.parts {
                self.competencies(part, &level);
            }
        }
    }

    /// Reads a part of a level: a competency, or a group of them.
    fn competencies(&mut self, part: &Outline, level: &Id) {
        let own: Vec<Criterion> = summed(part);
        self.add(&part.name, None, level, own);
        for inner in &part.parts {
            let mut criteria = summed(inner);
            criteria.extend(inner.parts.iter().flat_map(named));
            self.add(&inner.name, Some(&part.name), level, criteria);
        }
    }

    fn track(&mut self, part: &Outline) -> Id {
        if let Some(known) = self
            .ladder
            .tracks
            .iter()
            .find(|known| known.name == part.name)
        {
            return known.id.clone();
        }
        let id = self.track_ids.of(&part.name);
        self.ladder.tracks.push(Named {
            id: id.clone(),
            name: part.name.clone(),
        });
        id
    }

    /// Tells what belongs to no level.
    fn tell(&mut self, outline: &Outline, found: &Found<'_>) {
        let is_summary =
            self.ladder.summary.is_none() && outline.texts.first().is_some_and(is_prose);
        let first = outline.texts.first().filter(|_| is_summary);
        if let Some(said) = first {
            self.ladder.summary = Some(said.criterion.text.clone());
        }
        let rest = outline.texts.len() - usize::from(is_summary);
        for _ in 0..rest {
            let place = outline.place(self.file);
            self.report
                .drop(self.file, "a text before the first level", place);
        }
        let above = found.levels.iter().flat_map(|spot| &spot.above);
        let outer = above.flat_map(|part| &part.parts);
        let mut told = BTreeSet::new();
        for part in found.others.iter().copied().chain(outer) {
            let is_used = found.is_above(part) || found.is_level(part);
            if is_used || part.facts() == 0 || !told.insert(std::ptr::from_ref(part)) {
                continue;
            }
            let why = format!("a part that is of no level: `{}`", part.name);
            self.report.drop(self.file, why, part.place(self.file));
        }
    }

    /// Tells texts between the whole and its levels that are of no competency.
    fn tell_between(&mut self, found: &Found<'_>, unread: usize) {
        let mut told = BTreeSet::new();
        for spot in &found.levels {
            let last = spot.above.len().saturating_sub(unread);
            for part in spot.above.get(1..last).unwrap_or_default() {
                if !told.insert(std::ptr::from_ref(*part)) {
                    continue;
                }
                for _ in 0..part.texts.len() {
                    let why = format!("a text of `{}`, which is of no level", part.name);
                    self.report.drop(self.file, why, part.place(self.file));
                }
            }
        }
    }
}

fn is_prose(said: &Said) -> bool {
    said.form == Form::Prose
}

/// Returns the texts of a part that stand in no list, as one.
fn prose(part: &Outline) -> Option<String> {
    let texts = part.texts.iter().map(|said| said.criterion.text.as_str());
    let text = texts.collect::<Vec<_>>().join(" ");
    Some(text).filter(|text| !text.is_empty())
}

/// Returns what a part says itself.
fn summed(part: &Outline) -> Vec<Criterion> {
    let summary = part.summary.iter().map(Criterion::new);
    summary
        .chain(part.texts.iter().map(|said| said.criterion.clone()))
        .collect()
}

/// Returns what a part and the parts in it say.
fn all(part: &Outline) -> Vec<Criterion> {
    let own = part.texts.iter().map(|said| said.criterion.clone());
    own.chain(part.parts.iter().flat_map(named)).collect()
}

/// Returns what a part says, with its name before each text.
fn named(part: &Outline) -> Vec<Criterion> {
    let with_name = |criterion: Criterion| Criterion {
        text: format!("**{}:** {}", part.name, criterion.text),
        ..criterion
    };
    let own = summed(part).into_iter();
    own.chain(part.parts.iter().flat_map(named))
        .map(with_name)
        .collect()
}

/// What words in bold at the beginning of texts are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Leads {
    AreCompetencies,
    AreWords,
}

/// Words in bold are competencies if one level after the other has them.
fn leads_in(levels: &[Spot<'_>]) -> Leads {
    let of = |part: &Outline| -> BTreeSet<String> {
        let texts = part
            .texts
            .iter()
            .filter_map(|said| lead(&said.criterion.text));
        texts.map(|(name, _)| plain(name)).collect()
    };
    let all: Vec<BTreeSet<String>> = levels.iter().map(|spot| of(spot.own)).collect();
    let most = all.iter().map(BTreeSet::len).max().unwrap_or_default();
    let distinct: BTreeSet<&String> = all.iter().flatten().collect();
    if most > 0 && distinct.len() * 2 <= most * 3 {
        Leads::AreCompetencies
    } else {
        Leads::AreWords
    }
}

/// Takes apart `**Scope:** one team` and `**Scope**: one team`.
fn lead(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = text.strip_prefix("**")?.split_once("**")?;
    let is_closed = name.ends_with(':') || rest.starts_with([':', '–', '-', '—']);
    let name = name.trim().trim_end_matches(':').trim();
    let rest = rest
        .trim_start()
        .trim_start_matches([':', '–', '-', '—'])
        .trim();
    (is_closed && !name.is_empty() && !rest.is_empty()).then_some((name, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_bold_lead_a_text() {
        assert_eq!(lead("**Scope:** one team"), Some(("Scope", "one team")));
        assert_eq!(lead("**Scope**: one - team"), Some(("Scope", "one - team")));
        assert_eq!(lead("**Scope** is one team"), None);
        assert_eq!(lead("Scope: one team"), None);
    }
}
