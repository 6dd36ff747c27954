//! Ladders as pages show them: a `Ladder` comes in, levels with bars, skills, ways up and the matrix go out.

use super::Plan;
use super::figures::Axis;
use super::view::{
    CriterionView, ExperienceView, Html, LadderView, LevelCompetencyView, LevelView, MatrixGroup, MatrixRow, MatrixView, Named, NeedView, NextView, SkillRef,
    TrackView,
};
use crate::data::Id;
use crate::kind::Kind;
use crate::role::record::{Criterion, Stage};
use crate::role::{Change, Ladder, Level, LevelCompetency, Need, Next, Role, Track};

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
        let axis = Axis::over(shown.ladder.levels().filter_map(|level| level.salary.as_ref()));
        let tracks = shown.ladder.tracks.iter().map(|track| TrackView {
            id: track.id.to_string(),
            name: self.track_name(track),
            levels: track.levels.iter().map(|level| self.level(level, shown, axis.as_ref())).collect(),
        });
        LadderView {
            tracks: tracks.collect(),
            matrix: self.matrix(shown),
            salary_axis: axis.as_ref().map(|axis| self.axis(axis)),
            count: shown.ladder.levels().count(),
            salary_text: self.span_of_pay(shown.ladder),
            experience: self.experience_of(shown.ladder),
        }
    }

    /// "$55K–$270K+" over all levels that are paid in the first one's currency and period.
    fn span_of_pay(&self, ladder: &Ladder) -> String {
        let mut pays = ladder.levels().filter_map(|level| level.salary.as_ref());
        let Some(first) = pays.next() else { return String::new() };
        let (mut whole, (mut min, mut max)) = (first.clone(), first.amounts.bounds());
        for pay in pays.filter(|pay| pay.currency == first.currency && pay.period == first.period) {
            let (low, high) = pay.amounts.bounds();
            whole.open_top = if high > max { pay.open_top } else { whole.open_top || (high == max && pay.open_top) };
            (min, max) = (min.min(low), max.max(high));
        }
        whole.amounts = crate::role::Amounts::Range { min, max };
        self.pay_text(&whole)
    }

    pub(super) fn track_name(&self, track: &Track) -> String {
        track.name.clone().unwrap_or_else(|| match track.id.as_str() {
            known @ ("individual" | "manager") => self.strings().get(&format!("track_{known}")).to_owned(),
            other => other.to_owned(),
        })
    }

    fn level(&self, level: &Level, shown: &Shown<'_>, axis: Option<&Axis>) -> LevelView {
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
        let gained: Vec<String> = next.gained.iter().map(|need| self.need_name(need)).collect();
        let advance = match &next.advance {
            Some(text) => self.block(text),
            None => self.generated_advance(from, target, &gained),
        };
        let dropped = next.dropped.iter().map(|id| self.skill_ref(id).name).collect();
        let compare_url = self.url_of(Kind::Compare, &format!("{}/{}/{}", shown.owner, from.id, target.id));
        Some(NextView { id: target.id.to_string(), title: target.title.clone(), url: level_url(&shown.url, &target.id), advance, gained, dropped, compare_url })
    }

    fn generated_advance(&self, from: &Level, to: &Level, gained: &[String]) -> Html {
        Html::Ready(format!("<p>{}</p>", super::escape(&self.advance_text(from, to, gained))))
    }

    /// Advice made of what the next level asks for, and of what this one asks for first.
    pub(super) fn advance_text(&self, from: &Level, to: &Level, gained: &[String]) -> String {
        let is_new = |need: &&Need| need.change != Change::Kept;
        let built_on: Vec<String> = from.skills.iter().filter(is_new).take(3).map(|need| self.need_name(need)).collect();
        let key = match (gained, built_on.as_slice()) {
            ([], _) => "advance_generated_none",
            (_, []) => "advance_generated_new",
            _ => "advance_generated",
        };
        self.strings().fill(key, &[("from", &from.title), ("to", &to.title), ("kept", &self.join_and(&built_on)), ("skills", &self.join_and(gained))])
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

    pub(super) fn need(&self, need: &Need) -> NeedView {
        let any_of: Vec<SkillRef> = need.skills.iter().map(|id| self.skill_ref(id)).collect();
        let (id, url) = match any_of.as_slice() {
            [one] => (one.id.clone(), one.url.clone()),
            several => (several.iter().map(|skill| skill.id.as_str()).collect::<Vec<_>>().join("-or-"), None),
        };
        NeedView {
            id,
            name: self.need_name(need),
            url,
            importance: need.importance.as_str(),
            proficiency: need.proficiency.as_ref().map(|id| self.proficiency(id)),
            new: need.change == Change::New,
            raised: need.change == Change::Raised,
            any_of: if any_of.len() > 1 { any_of } else { vec![] },
        }
    }

    pub(super) fn need_name(&self, need: &Need) -> String {
        let names: Vec<String> = need.skills.iter().map(|id| self.skill_ref(id).name).collect();
        self.join_or(&names)
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
