//! Ladders: rows of levels and competencies come in, in the order of the file; levels that know what came before them and
//! what may follow go out.

use std::collections::{BTreeMap, BTreeSet};

use super::money::Ledger;
use super::record::{Advance, CompetencyRow, Criterion, Importance, LevelRow, Requirement};
use super::{Change, Ladder, Level, LevelCompetency, Need, Next, Track};
use crate::config::{TrackRow, duplicate, id_or_slug};
use crate::data::{At, Id};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::path::SourcePath;
use crate::source::Span;
use crate::suggest;

/// The track of a level that names none.
pub(super) const DEFAULT_TRACK: &str = "individual";

/// What a ladder is made of.
pub(super) struct Rows {
    pub levels: Vec<Row>,
    pub tracks: Vec<TrackRow>,
    pub competencies: Vec<At<CompetencyRow>>,
}

/// A level's row and where it stands.
pub(super) struct Row {
    pub row: LevelRow,
    pub path: SourcePath,
    pub span: Span,
}

/// A level on its way: its id is known, its neighbours are not.
struct Step {
    id: Id,
    track: Id,
    row: Row,
}

/// Makes a ladder. Levels that make no sense are left out and said.
pub(super) fn ladder(rows: Rows, ledger: &Ledger<'_>, faults: &mut Diagnostics) -> Ladder {
    let Rows { levels, tracks, competencies } = rows;
    let names: BTreeMap<Id, String> = ledger.config.site.tracks.iter().chain(&tracks).map(|track| (track.id.value.clone(), track.name.clone())).collect();
    let steps = steps(levels, &names, faults);
    check_order(&steps, faults);
    let next = next_of(&steps, faults);
    if has_cycle(&steps, &next, faults) {
        return Ladder::default();
    }
    let competencies = competencies_of(&steps, &competencies, ledger.path, faults);
    let mut made: BTreeMap<Id, Level> = BTreeMap::new();
    let previous = previous_of(&steps, &next);
    for index in by_precedence(&steps, &previous) {
        let level = level(&steps[index], &previous, &made, &competencies, ledger, faults);
        made.insert(level.id.clone(), level);
    }
    for step in &steps {
        let ways = next.get(&step.id).into_iter().flatten().filter_map(|target| Some(way(step, made.get(&step.id)?, made.get(target)?))).collect();
        if let Some(level) = made.get_mut(&step.id) {
            level.next = ways;
        }
    }
    by_track(&steps, made, &names)
}

fn steps(rows: Vec<Row>, names: &BTreeMap<Id, String>, faults: &mut Diagnostics) -> Vec<Step> {
    let mut steps: Vec<Step> = vec![];
    for row in rows {
        let title = row.row.title.clone().or_else(|| row.row.name.clone().map(|name| At { value: name, span: row.span.clone() }));
        let id = match (&row.row.id, title) {
            (Some(id), _) => Some(id.value.clone()),
            (None, Some(title)) => id_or_slug(None, &title, &row.path, faults),
            (None, None) => {
                faults.push(Diagnostic::error(Code::MissingKey, "a level needs a `title`").at(&row.path, row.span.clone()).help("add `title = \"…\"`"));
                None
            }
        };
        let Some(id) = id else { continue };
        if let Some(first) = steps.iter().find(|step| step.id == id) {
            faults.push(duplicate(&id, &row.path, &row.span, &first.row.path, &first.row.span));
            continue;
        }
        let track = track_of(&row, names, faults);
        steps.push(Step { id, track, row });
    }
    steps
}

fn track_of(row: &Row, names: &BTreeMap<Id, String>, faults: &mut Diagnostics) -> Id {
    let default = || Id::known(DEFAULT_TRACK);
    let Some(track) = &row.row.track else { return default() };
    let known = || names.keys().map(Id::as_str).chain([DEFAULT_TRACK, "manager"]);
    if !known().any(|id| id == track.as_str()) {
        let fault = Diagnostic::error(Code::UnknownId, format!("there is no track `{}`", track.value)).at(&row.path, track.span.clone());
        faults.push(
            fault.help(
                suggest::nearest(track.as_str(), known())
                    .map_or_else(|| "declare it: [[tracks]] with `id` and `name`".to_owned(), |near| format!("did you mean `{near}`?")),
            ),
        );
    }
    track.value.clone()
}

/// Stages and years never fall along a track.
fn check_order(steps: &[Step], faults: &mut Diagnostics) {
    for (index, step) in steps.iter().enumerate() {
        let before = || steps[..index].iter().rev().filter(|other| other.track == step.track);
        let LevelRow { stage, experience, .. } = &step.row.row;
        let lower = |other: &Step| other.row.row.stage.as_ref().map(|stage| (stage.value.to_string(), stage.value, stage.span.clone()));
        if let (Some(stage), Some((other, (name, first, span)))) = (stage, before().find_map(|other| Some((other, lower(other)?))))
            && stage.value < first
        {
            faults.push(falls(step, &stage.span, ("stage", stage.value.to_string(), name), other, span));
        }
        let Some(years) = experience else { continue };
        if years.max_years.is_some_and(|max| max <= years.min_years) {
            let fault =
                Diagnostic::error(Code::OutOfOrder, format!("the years run backwards: up to {} from {}", years.max_years.unwrap_or(0), years.min_years));
            faults.push(fault.at(&step.row.path, years.span.clone()).help("max_years is the first year of the next level, so it is larger than min_years"));
        }
        if let Some((other, first)) = before().find_map(|other| Some((other, other.row.row.experience.as_ref()?)))
            && years.min_years < first.min_years
        {
            let words = ("years", years.min_years.to_string(), first.min_years.to_string());
            faults.push(falls(step, &years.span, words, other, first.span.clone()));
        }
    }
}

/// The fault of a value that falls along a track.
fn falls(step: &Step, span: &Span, (what, now, before): (&str, String, String), other: &Step, other_span: Span) -> Diagnostic {
    let verb = if what == "years" { "fall" } else { "falls" };
    let fault = Diagnostic::error(Code::OutOfOrder, format!("the {what} {verb} along the track: {now} comes after {before}")).at(&step.row.path, span.clone());
    fault.related("the level before is here", &other.row.path, other_span).help("levels stand in ladder order; move one, or give it another track")
}

/// The levels that may follow each: those it names, or the following one of its track.
fn next_of(steps: &[Step], faults: &mut Diagnostics) -> BTreeMap<Id, Vec<Id>> {
    let mut next: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    for (index, step) in steps.iter().enumerate() {
        let following = || steps[index + 1..].iter().find(|other| other.track == step.track).map(|other| other.id.clone());
        let ids: Vec<Id> = match &step.row.row.next {
            None => following().into_iter().collect(),
            Some(named) => named.iter().filter(|id| is_level(id, steps, &step.row.path, faults)).map(|id| id.value.clone()).collect(),
        };
        check_advance(step, &ids, faults);
        next.insert(step.id.clone(), ids);
    }
    next
}

fn is_level(id: &At<Id>, steps: &[Step], path: &SourcePath, faults: &mut Diagnostics) -> bool {
    let known = steps.iter().any(|step| step.id == id.value);
    if !known {
        let help = suggest::help(id.as_str(), steps.iter().map(|step| step.id.as_str()));
        faults.push(Diagnostic::error(Code::UnknownId, format!("there is no level `{}`", id.value)).at(path, id.span.clone()).help(help));
    }
    known
}

fn check_advance(step: &Step, next: &[Id], faults: &mut Diagnostics) {
    let Some(Advance::Each(texts)) = &step.row.row.advance else { return };
    for (name, _) in texts.0.iter().filter(|(name, _)| !next.iter().any(|id| id.as_str() == name.value)) {
        let help = suggest::help(&name.value, next.iter().map(Id::as_str));
        faults.push(
            Diagnostic::error(Code::UnknownId, format!("`{}` is no level that follows this one", name.value)).at(&step.row.path, name.span.clone()).help(help),
        );
    }
}

fn previous_of(steps: &[Step], next: &BTreeMap<Id, Vec<Id>>) -> BTreeMap<Id, Vec<Id>> {
    let mut previous: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    for step in steps {
        for target in next.get(&step.id).into_iter().flatten() {
            previous.entry(target.clone()).or_default().push(step.id.clone());
        }
    }
    previous
}

fn has_cycle(steps: &[Step], next: &BTreeMap<Id, Vec<Id>>, faults: &mut Diagnostics) -> bool {
    for step in steps {
        let (mut reached, mut queue): (BTreeSet<&Id>, Vec<&Id>) = (BTreeSet::new(), next.get(&step.id).into_iter().flatten().collect());
        while let Some(id) = queue.pop() {
            if *id == step.id {
                let span = step.row.row.next.as_ref().and_then(|next| next.first()).map_or(step.row.span.clone(), |first| first.span.clone());
                faults.push(
                    Diagnostic::error(Code::Cycle, format!("the level `{id}` leads back to itself"))
                        .at(&step.row.path, span)
                        .help("`next` names levels further up"),
                );
                return true;
            }
            if reached.insert(id) {
                queue.extend(next.get(id).into_iter().flatten());
            }
        }
    }
    false
}

/// Steps so that every level comes after those that lead to it; there are no cycles.
fn by_precedence(steps: &[Step], previous: &BTreeMap<Id, Vec<Id>>) -> Vec<usize> {
    let mut order: Vec<usize> = vec![];
    while order.len() < steps.len() {
        let is_done = |id: &Id| order.iter().any(|index| steps[*index].id == *id);
        let ready = (0..steps.len()).find(|index| !order.contains(index) && previous.get(&steps[*index].id).is_none_or(|ids| ids.iter().all(is_done)));
        match ready {
            Some(index) => order.push(index),
            None => break,
        }
    }
    order
}

fn level(
    step: &Step,
    previous: &BTreeMap<Id, Vec<Id>>,
    made: &BTreeMap<Id, Level>,
    competencies: &[Competency<'_>],
    ledger: &Ledger<'_>,
    faults: &mut Diagnostics,
) -> Level {
    let Step { id, track, row } = step;
    let LevelRow { title, name, stage, experience, salary, summary, responsibilities, tasks, focus, scope, reach, .. } = row.row.clone();
    let previous = previous.get(id).cloned().unwrap_or_default();
    // When several levels lead here, the first of them in the file is the one that this level builds on.
    let below = previous.first().and_then(|id| made.get(id));
    let ledger = ledger.of_file(&row.path);
    let (skills, dropped) = skills(step, below, &ledger, faults);
    Level {
        id: id.clone(),
        track: track.clone(),
        stage: stage.map(|stage| stage.value),
        title: title.map(|title| title.value).or_else(|| name.clone()).unwrap_or_else(|| id.to_string()),
        name,
        experience: experience.map(|years| (years.min_years, years.max_years)),
        salary: salary.and_then(|pay| ledger.pay(&pay, faults)),
        summary,
        responsibilities,
        tasks,
        skills,
        dropped,
        competencies: competencies.iter().filter_map(|competency| competency.at(id, below)).collect(),
        focus,
        scope,
        reach,
        next: vec![],
        previous,
    }
}

/// What a level asks for: what it adds or raises, and what it keeps of the level below.
fn skills(step: &Step, below: Option<&Level>, ledger: &Ledger<'_>, faults: &mut Diagnostics) -> (Vec<Need>, Vec<Id>) {
    let LevelRow { skills, drops, .. } = &step.row.row;
    let mut kept: Vec<Need> = below.map(|level| level.skills.clone()).unwrap_or_default();
    let mut dropped = vec![];
    for id in drops {
        let before = kept.len();
        kept.retain(|need| !need.skills.contains(&id.value));
        if kept.len() == before {
            faults.push(
                Diagnostic::error(Code::BadValue, format!("the level drops `{}`, which no level below asks for", id.value))
                    .at(&step.row.path, id.span.clone())
                    .help("remove it from `drops`"),
            );
        } else {
            dropped.push(id.value.clone());
        }
    }
    let (mut new, mut raised) = (vec![], vec![]);
    for requirement in skills {
        check_requirement(requirement, ledger, faults);
        let mut need = need(&requirement.value);
        match kept.iter().position(|other| other.skills == need.skills) {
            None => new.push(need),
            Some(at) => {
                let before = kept.remove(at);
                need.proficiency = need.proficiency.or_else(|| before.proficiency.clone());
                check_raise(requirement, &before, &need, ledger, faults);
                raised.push(need);
            }
        }
    }
    let with = |needs: Vec<Need>, change: Change| needs.into_iter().map(move |need| Need { change, ..need });
    (with(new, Change::New).chain(with(raised, Change::Raised)).chain(with(kept, Change::Kept)).collect(), dropped)
}

fn need(requirement: &Requirement) -> Need {
    let Requirement { skills, importance, proficiency } = requirement;
    Need {
        skills: skills.iter().map(|id| id.value.clone()).collect(),
        importance: *importance,
        proficiency: proficiency.as_ref().map(|id| id.value.clone()),
        change: Change::New,
    }
}

fn check_requirement(requirement: &Requirement, ledger: &Ledger<'_>, faults: &mut Diagnostics) {
    let config = ledger.config;
    if !config.is_whole("skills.toml") {
        return;
    }
    for id in requirement.skills.iter().filter(|id| !config.skills.contains_key(&id.value)) {
        let near = suggest::nearest(id.as_str(), config.skills.keys().map(Id::as_str)).map(|near| format!("did you mean `{near}`?"));
        let fault = Diagnostic::error(Code::UnknownId, format!("there is no skill `{}`", id.value)).at(ledger.path, id.span.clone());
        faults.push(fault.help(near.unwrap_or_else(|| "declare it in content/skills.toml, or in [[skills]] of this role".to_owned())));
    }
    let scale = || config.proficiencies.iter().map(|row| row.id.as_str());
    if let Some(id) = requirement.proficiency.as_ref().filter(|id| !scale().any(|known| known == id.as_str())) {
        let help =
            suggest::help(id.as_str(), scale().collect::<Vec<_>>()).or_else(|| Some("declare the scale: [[proficiencies]] in content/skills.toml".into()));
        faults.push(Diagnostic::error(Code::UnknownId, format!("there is no proficiency `{}`", id.value)).at(ledger.path, id.span.clone()).help(help));
    }
}

/// A level that names a skill again raises it: a higher proficiency, or essential where it was optional.
fn check_raise(requirement: &At<Requirement>, before: &Need, now: &Need, ledger: &Ledger<'_>, faults: &mut Diagnostics) {
    let rank = |id: &Option<Id>| id.as_ref().and_then(|id| ledger.config.proficiencies.iter().position(|row| row.id.value == *id)).map_or(0, |at| at + 1);
    let (low, high) = (rank(&before.proficiency), rank(&now.proficiency));
    let is_firmer = before.importance == Importance::Optional && now.importance == Importance::Essential;
    let name = now.skills.iter().map(Id::as_str).collect::<Vec<_>>().join(" or ");
    let fault = |code: Code, message: String| Diagnostic::error(code, message).at(ledger.path, requirement.span.clone());
    if high < low {
        faults.push(
            fault(Code::OutOfOrder, format!("the proficiency of `{name}` falls along the track"))
                .help("a level adds or raises; use `drops` to take a skill away"),
        );
    } else if high == low && !is_firmer {
        faults.push(
            fault(Code::BadValue, format!("`{name}` is asked for by a level below already"))
                .help("skills accumulate: name a skill again only with a higher `proficiency`, or remove it here"),
        );
    }
}

/// A way up: what the target asks for that this level does not.
fn way(step: &Step, from: &Level, to: &Level) -> Next {
    let advance = match &step.row.row.advance {
        Some(Advance::All(text)) => Some(text.clone()),
        Some(Advance::Each(texts)) => texts.get(to.id.as_str()).cloned(),
        None => None,
    };
    let held = |need: &Need| from.skills.iter().any(|own| own.skills == need.skills && own.proficiency == need.proficiency);
    let kept = |need: &Need| to.skills.iter().any(|other| other.skills == need.skills);
    Next {
        level: to.id.clone(),
        advance,
        gained: to.skills.iter().filter(|need| !held(need)).cloned().collect(),
        dropped: from.skills.iter().filter(|need| !kept(need)).flat_map(|need| need.skills.clone()).collect(),
    }
}

/// A competency's rows, merged.
struct Competency<'r> {
    id: Id,
    row: &'r CompetencyRow,
    criteria: BTreeMap<String, Vec<Criterion>>,
}

impl Competency<'_> {
    /// What a level shows of it; none when there is nothing yet.
    fn at(&self, level: &Id, below: Option<&Level>) -> Option<LevelCompetency> {
        let before = below.and_then(|below| below.competencies.iter().find(|row| row.id == self.id));
        let kept: Vec<Criterion> = before.map(|row| row.kept.iter().chain(&row.added).cloned().collect()).unwrap_or_default();
        let added = self.criteria.get(level.as_str()).cloned().unwrap_or_default();
        let CompetencyRow { id: _, group, name, description, criteria: _ } = self.row;
        let is_shown = !kept.is_empty() || !added.is_empty();
        is_shown.then(|| LevelCompetency { id: self.id.clone(), group: group.clone(), name: name.value.clone(), description: description.clone(), added, kept })
    }
}

/// Competencies in the order of the file; a row with the id of an earlier one adds its criteria to that.
fn competencies_of<'r>(steps: &[Step], rows: &'r [At<CompetencyRow>], path: &SourcePath, faults: &mut Diagnostics) -> Vec<Competency<'r>> {
    let mut all: Vec<Competency<'r>> = vec![];
    for row in rows {
        let Some(id) = id_or_slug(row.id.as_ref(), &row.name, path, faults) else { continue };
        let at = all.iter().position(|known| known.id == id).unwrap_or_else(|| {
            all.push(Competency { id, row: &row.value, criteria: BTreeMap::new() });
            all.len() - 1
        });
        for (level, criteria) in &row.criteria.0 {
            let key = At { value: Id::new(&level.value), span: level.span.clone() };
            let known = key.value.clone().is_some_and(|id| is_level(&At { value: id, span: key.span.clone() }, steps, path, faults));
            if known {
                all[at].criteria.entry(level.value.clone()).or_default().extend(criteria.iter().cloned());
            }
        }
    }
    all
}

fn by_track(steps: &[Step], mut made: BTreeMap<Id, Level>, names: &BTreeMap<Id, String>) -> Ladder {
    let mut tracks: Vec<Track> = vec![];
    for step in steps {
        let Some(level) = made.remove(&step.id) else { continue };
        match tracks.iter_mut().find(|track| track.id == step.track) {
            Some(track) => track.levels.push(level),
            None => tracks.push(Track { id: step.track.clone(), name: names.get(&step.track).cloned(), levels: vec![level] }),
        }
    }
    Ladder { tracks }
}
