//! Ladders as pages show them: a `Ladder` comes in, levels with bars, skills, ways up and the matrix go out.

use super::Plan;
use super::figures::Axis;
use super::unit::{self, Unit};
use super::view::{
    CriterionView, Crumb, ExperienceView, Html, LadderView, LevelCompetencyView, LevelView, MatrixGroup, MatrixRow, MatrixView, Named, NextView, SkillRef,
    TrackView,
};
use super::words::paragraph;
use crate::data::Id;
use crate::kind::Kind;
use crate::locale::Form;
use crate::role::record::{Criterion, Stage};
use crate::role::{Change, Ladder, Level, LevelCompetency, Next, Pay, Role, Track};

/// Of how many kinds of pay one line tells.
const MOST_KINDS: usize = 3;

/// A ladder and where it is shown.
pub(super) struct Shown<'a> {
    pub ladder: &'a Ladder,
    /// The page that shows it, as `Plan::levels_on` says it; empty when there is none.
    pub url: String,
    /// What `Subject::id` of a comparison of its levels begins with: `roles/<id>`, or `frameworks/<id>`.
    pub owner: String,
}

impl Plan {
    /// The page of a kind on which levels have their places, ready for `level_url`: with `#` unless the section of the
    /// levels is hidden there.
    pub(super) fn levels_on(&self, kind: Kind, id: &str) -> Option<String> {
        let in_full = || Id::new(id).and_then(|id| self.site.role(&id)).filter(|role| kind == Kind::Ladder && self.tells_levels(role));
        let Some(page) = self.page_about(kind, id) else {
            // The hub of another theme may have no places for them.
            return self.url_of(Kind::Hub, in_full()?.id.as_str());
        };
        let sign = if self.shows(page, "levels") { "#" } else { "" };
        Some(format!("{}{sign}", self.href(&page.url)))
    }

    /// Whether the hub shows the levels of a role in full, because there are too few for a page of theirs.
    pub(super) fn tells_levels(&self, role: &Role) -> bool {
        role.ladder.levels().next().is_some() && self.lacks(role, Kind::Ladder)
    }

    pub(super) fn ladder(&self, shown: &Shown<'_>) -> LadderView {
        let axis = Axis::over(shown.ladder.pays());
        let (salary_text, salary_text_long) = self.span_of_pay(shown.ladder);
        let tracks = shown.ladder.tracks.iter().map(|track| TrackView {
            id: track.id.to_string(),
            name: self.track_name(track, shown.ladder),
            levels: track.levels.iter().map(|level| self.level(level, shown, axis.as_ref())).collect(),
        });
        LadderView {
            tracks: tracks.collect(),
            matrix: self.matrix(shown),
            salary_axis: axis.as_ref().map(|axis| self.axis(axis)),
            count: shown.ladder.levels().count(),
            begin: self.begins_with(shown.ladder),
            salary_notes: self.shared_notes(&shown.ladder.pays().collect::<Vec<_>>()),
            salary_text,
            salary_text_long,
            experience: self.experience_of(shown.ladder),
        }
    }

    /// "$55K–$270K+" over all levels by their amounts, and the same with its period. Of pay of several kinds each is told with what it is.
    fn span_of_pay(&self, ladder: &Ladder) -> (String, String) {
        let kinds = unit::groups(ladder.pays(), |pay| Unit::of(pay));
        let spans: Vec<(&Pay, String)> = kinds.iter().filter_map(|pays| Some((*pays.first()?, self.pay_amount(&unit::span(pays)?, Form::Short)))).collect();
        if let [(pay, span)] = spans.as_slice() {
            return (self.unmistakable(span.clone(), pay), self.unmistakable(self.with_period(span, pay), pay));
        }
        let told = self.shared_notes(&spans.iter().map(|(pay, _)| *pay).collect::<Vec<_>>());
        let texts = spans.iter().take_while(|_| spans.len() <= MOST_KINDS).map(|(pay, span)| self.pay_told(self.with_period(span, pay), pay, &told));
        let text = texts.collect::<Vec<_>>().join(self.strings().get("list_semicolon"));
        (text.clone(), text)
    }

    /// What a track is called. One that nobody named is the ladder itself, unless there is another kind of track to tell it from:
    /// "Individual contributor" says something only beside managers.
    pub(super) fn track_name(&self, track: &Track, ladder: &Ladder) -> String {
        let has = |id: &str| ladder.tracks.iter().any(|other| other.id.as_str() == id);
        let known = match track.id.as_str() {
            "individual" if has("manager") => "track_individual",
            "manager" => "track_manager",
            "individual" => "ladder",
            _ => return track.name.clone().unwrap_or_else(|| track.id.to_string()),
        };
        track.name.clone().unwrap_or_else(|| self.strings().get(known).to_owned())
    }

    fn level(&self, level: &Level, shown: &Shown<'_>, axis: Option<&Axis<'_>>) -> LevelView {
        let rich = |texts: &[crate::data::Md]| texts.iter().map(|text| self.item(text)).collect();
        LevelView {
            id: level.id.to_string(),
            anchor: level.id.to_string(),
            url: level_url(&shown.url, &level.id),
            title: level.title.clone(),
            name: level.name.clone().unwrap_or_default(),
            track: level.track.to_string(),
            stage: level.stage.map(|stage| self.stage(stage)),
            experience: level.experience.map(|(min, max)| self.experience(min, max)),
            salary: level.salary.as_ref().map(|pay| self.pay(pay, axis)),
            summary: level.summary.clone().unwrap_or_default(),
            scope: level.scope.clone().unwrap_or_default(),
            reach: level.reach.clone().unwrap_or_default(),
            responsibilities: rich(&level.responsibilities),
            tasks: rich(&level.tasks),
            skills: level.skills.iter().map(|need| self.need(need)).collect(),
            dropped: level.dropped.iter().map(|id| self.skill_ref(id)).collect(),
            competencies: level.competencies.iter().map(|competency| self.competency(competency)).collect(),
            focus: level.focus.as_ref().map_or(Html::Empty, |text| self.block(text)),
            next: level.next.iter().filter_map(|next| self.next(level, next, shown)).collect(),
        }
    }

    fn competency(&self, competency: &LevelCompetency) -> LevelCompetencyView {
        let criteria = |rows: &[Criterion]| rows.iter().map(|row| self.criterion(row)).collect();
        LevelCompetencyView {
            id: competency.id.to_string(),
            name: competency.name.clone(),
            group: competency.group.clone().unwrap_or_default(),
            added: criteria(&competency.added),
            kept: criteria(&competency.kept),
        }
    }

    pub(super) fn criterion(&self, row: &Criterion) -> CriterionView {
        CriterionView { text: self.inline(&row.text), examples: row.examples.iter().map(|text| self.inline(text)).collect() }
    }

    fn next(&self, from: &Level, next: &Next, shown: &Shown<'_>) -> Option<NextView> {
        let target = shown.ladder.level(next.level.as_str())?;
        let of = |essential: bool, is_new: bool| {
            let some = next.gained.iter().filter(move |need| need.is_essential() == essential && (need.change == Change::New) == is_new);
            some.map(|need| self.need_at(need)).collect::<Vec<String>>()
        };
        let advance = match &next.advance {
            Some(text) => self.block(text),
            None => paragraph(&self.advice(from, target, &next.gained)),
        };
        let helpful = [of(false, true), of(false, false)].concat();
        let dropped = next.dropped.iter().map(|id| self.skill_ref(id).name).collect();
        let compare_url = self.url_of(Kind::Compare, &format!("{}/{}/{}", shown.owner, from.id, target.id));
        Some(NextView {
            id: target.id.to_string(),
            title: target.title.clone(),
            url: level_url(&shown.url, &target.id),
            advance,
            gained: of(true, true),
            raised: of(true, false),
            helpful,
            dropped,
            compare_url,
        })
    }

    fn matrix(&self, shown: &Shown<'_>) -> Option<MatrixView> {
        let levels: Vec<&Level> = shown.ladder.levels().collect();
        let mut groups: Vec<MatrixGroup> = vec![];
        for competency in levels.iter().flat_map(|level| &level.competencies) {
            let name = competency.group.clone().unwrap_or_default();
            let at = groups.iter().position(|group| group.name == name).unwrap_or_else(|| {
                groups.push(MatrixGroup { name, competencies: vec![] });
                groups.len() - 1
            });
            if groups[at].competencies.iter().any(|row| row.id == competency.id.as_str()) {
                continue;
            }
            let of_level = |level: &&Level| {
                let row = level.competencies.iter().find(|other| other.id == competency.id);
                row.map(|row| row.added.iter().map(|criterion| self.criterion(criterion)).collect()).unwrap_or_default()
            };
            groups[at].competencies.push(MatrixRow {
                id: competency.id.to_string(),
                name: competency.name.clone(),
                description: competency.description.as_ref().map_or(Html::Empty, |text| self.inline(text)),
                cells: levels.iter().map(of_level).collect(),
            });
        }
        let named = |level: &&Level| Named { id: level.id.to_string(), name: level.name.clone().unwrap_or_else(|| level.title.clone()) };
        (!groups.is_empty()).then(|| MatrixView { levels: levels.iter().map(named).collect(), groups })
    }

    pub(super) fn stage(&self, stage: Stage) -> Named {
        self.named("stage", stage.as_str())
    }

    /// A word of a fixed vocabulary with its name in the site's language: `stage_entry`.
    pub(super) fn named(&self, vocabulary: &str, id: &str) -> Named {
        let key = format!("{vocabulary}_{}", id.replace('-', "_"));
        Named { id: id.to_owned(), name: self.strings().get(&key).to_owned() }
    }

    pub(super) fn experience(&self, min: u32, max: Option<u32>) -> ExperienceView {
        let text = match (min, max) {
            (0, None) => self.strings().get("years_any").to_owned(),
            (min, None) => self.strings().plural_with("years_open", min, &[("years", &self.span(min, None))]),
            (min, Some(max)) => self.strings().plural_with("years_range", max, &[("years", &self.span(min, Some(max)))]),
        };
        ExperienceView { min, max, text }
    }

    /// Years from the first level to the last: "0–10 years", "0 to 8+ years" when one of them is open.
    pub(super) fn experience_of(&self, ladder: &Ladder) -> Option<ExperienceView> {
        let years = || ladder.levels().filter_map(|level| level.experience);
        let min = years().map(|(min, _)| min).min()?;
        let top = years().map(|(min, max)| max.unwrap_or(min)).max()?;
        let is_open = years().any(|(_, max)| max.is_none());
        if !is_open || top == min {
            return Some(self.experience(min, (!is_open).then_some(top)));
        }
        let text = self.strings().plural_with("years_span_open", top, &[("min", &min.to_string()), ("max", &self.span(top, None))]);
        Some(ExperienceView { min, max: None, text })
    }

    /// "2–5", "8+": figures without a word.
    fn span(&self, min: u32, max: Option<u32>) -> String {
        let key = if max.is_some() { "span" } else { "span_open" };
        let max = max.map(|max| max.to_string()).unwrap_or_default();
        self.locale().isolated(self.strings().fill(key, &[("min", &min.to_string()), ("max", &max)]))
    }

    /// A level as a link to its place on the ladder of its role.
    pub(super) fn level_of_role(&self, role: &Role, level: &Level) -> Crumb {
        let ladder = self.levels_on(Kind::Ladder, role.id.as_str()).unwrap_or_default();
        Crumb { title: level.title.clone(), url: level_url(&ladder, &level.id) }
    }

    pub(super) fn proficiency(&self, id: &Id) -> Named {
        let row = self.site.config.proficiencies.iter().find(|row| row.id.value == *id);
        Named { id: id.to_string(), name: row.map_or_else(|| id.to_string(), |row| row.name.clone()) }
    }

    pub(super) fn skill_ref(&self, id: &Id) -> SkillRef {
        let name = self.site.config.skills.get(id).map_or_else(|| id.to_string(), |skill| skill.row.name.value.clone());
        SkillRef { id: id.to_string(), name, url: self.url_of(Kind::Skill, id.as_str()) }
    }
}

/// A level's place on the page that shows its ladder: `page` ends in `#` where the page has such places.
pub(super) fn level_url(page: &str, id: &Id) -> String {
    if page.ends_with('#') { format!("{page}{id}") } else { page.to_owned() }
}
