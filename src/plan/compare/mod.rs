//! Comparisons: two levels of a ladder or two roles come in, what sets them apart goes out. The plan knows their addresses and
//! titles only; all that stands on such a page is made when its View is asked for, from the records, never kept.
//!
//! `pairs` says which pages there are, `facts` what stands in the table, `skills` and `summary` what changes.

mod facts;
mod pairs;
mod skills;
mod summary;

use super::ladder::level_url;
use super::view::{ComparableRole, ComparedView, ComparisonRow, ComparisonView, CompetencyGain, Crumb, FactView, Group};
use super::{Page, Plan, Subject};
use crate::data::{Id, Md};
use crate::kind::Kind;
use crate::role::record::Criterion;
use crate::role::{Ladder, Level, Role};

/// What a comparison is about.
pub(super) enum Pair<'p> {
    Levels(LevelPair<'p>),
    Roles(&'p Role, &'p Role),
}

/// Two levels of one ladder, the lower one first.
pub(super) struct LevelPair<'p> {
    a: &'p Level,
    b: &'p Level,
    ladder: &'p Ladder,
    /// The kind of page that shows the ladder, and whose it is.
    kind: Kind,
    id: &'p Id,
}

impl Plan {
    /// What a page compares; none for a page of another kind.
    fn pair<'p>(&'p self, page: &'p Page) -> Option<Pair<'p>> {
        let (ladder, kind, id, a, b) = match &page.subject {
            Subject::Roles(a, b) => return Some(Pair::Roles(self.site.role(a)?, self.site.role(b)?)),
            Subject::Levels(id, a, b) => (&self.site.role(id)?.ladder, Kind::Ladder, id, a, b),
            Subject::FrameworkLevels(id, a, b) => (&self.site.frameworks.get(id)?.ladder, Kind::Framework, id, a, b),
            _ => return None,
        };
        Some(Pair::Levels(LevelPair { a: ladder.level(a.as_str())?, b: ladder.level(b.as_str())?, ladder, kind, id }))
    }

    /// A page of comparison with the sentence that its figures make; none where a sentence was written, or for other pages.
    pub(super) fn described(&self, page: &Page) -> Option<Page> {
        let pair = self.pair(page).filter(|_| page.description.is_empty())?;
        let description = match pair {
            Pair::Levels(LevelPair { a, b, .. }) => self.summary_of_levels(a, b),
            Pair::Roles(a, b) => self.summary_of_roles(a, b),
        };
        Some(Page { description, ..page.clone() })
    }

    /// Two levels or roles side by side.
    pub(super) fn comparison(&self, page: &Page) -> Option<ComparisonView> {
        Some(match self.pair(page)? {
            Pair::Levels(pair) => self.levels_compared(&pair),
            Pair::Roles(a, b) => self.roles_compared(page, a, b),
        })
    }

    fn levels_compared(&self, pair: &LevelPair<'_>) -> ComparisonView {
        let LevelPair { a, b, ladder, kind, id } = *pair;
        let parent = self.page_about(kind, id.as_str()).or_else(|| self.page_about(Kind::Hub, id.as_str()));
        let parent = parent.map(|page| Crumb { title: page.title.clone(), url: self.href(&page.url) });
        let on = self.levels_on(kind, id.as_str()).or_else(|| parent.as_ref().map(|parent| parent.url.clone())).unwrap_or_default();
        let owner = if kind == Kind::Framework { "frameworks" } else { "roles" };
        let axis = super::figures::Axis::between(a.salary.as_ref(), b.salary.as_ref());
        let side = |level: &Level, other: &Level| ComparedView {
            id: level.id.to_string(),
            title: level.title.clone(),
            url: level_url(&on, &level.id),
            summary: level.summary.clone().unwrap_or_default(),
            salary: level.salary.as_ref().map(|pay| self.pay(pay, axis.as_ref())),
            duties: own(&level.responsibilities, &other.responsibilities).map(|text| self.item(text)).collect(),
        };
        let tracks = a.track != b.track;
        ComparisonView {
            of: "levels",
            parent,
            a: side(a, b),
            b: side(b, a),
            rows: rows(self.facts_of_level(a, ladder, tracks), self.facts_of_level(b, ladder, tracks)),
            skills: self.skill_changes(a, b),
            criteria: self.criteria_gained(a, b),
            others: self.other_levels(a, b, ladder, &format!("{owner}/{id}")),
        }
    }

    fn roles_compared(&self, page: &Page, a: &Role, b: &Role) -> ComparisonView {
        let axis = super::figures::Axis::between(a.headline(), b.headline());
        let side = |role: &Role, other: &Role| ComparedView {
            id: role.id.to_string(),
            title: role.title.clone(),
            url: self.url_of(Kind::Hub, role.id.as_str()).unwrap_or_default(),
            summary: role.summary.clone().unwrap_or_default(),
            salary: role.headline().map(|pay| self.pay(pay, axis.as_ref())),
            duties: own(&role.responsibilities, &other.responsibilities).map(|text| self.item(text)).collect(),
        };
        ComparisonView {
            of: "roles",
            parent: None,
            a: side(a, b),
            b: side(b, a),
            rows: rows(self.facts_of_role(a), self.facts_of_role(b)),
            skills: self.skills_of_both(a, b),
            criteria: vec![],
            others: self.other_roles(page, a, b),
        }
    }

    /// What the higher level expects on top.
    fn criteria_gained(&self, a: &Level, b: &Level) -> Vec<CompetencyGain> {
        let gains = b.competencies.iter().map(|competency| (competency, gained(a, competency).collect::<Vec<_>>()));
        let view = |(competency, criteria): (&crate::role::LevelCompetency, Vec<&Criterion>)| CompetencyGain {
            id: competency.id.to_string(),
            name: competency.name.clone(),
            group: competency.group.clone().unwrap_or_default(),
            criteria: criteria.into_iter().map(|row| self.criterion(row)).collect(),
        };
        gains.filter(|(_, criteria)| !criteria.is_empty()).map(view).collect()
    }

    /// Comparisons of one of two levels with a third, in the order of the ladder.
    fn other_levels(&self, a: &Level, b: &Level, ladder: &Ladder, owner: &str) -> Vec<Crumb> {
        let with = |level: &Level, third: &Level| {
            let ids = [(&level.id, &third.id), (&third.id, &level.id)];
            let page = ids.iter().find_map(|(low, high)| self.page_about(Kind::Compare, &format!("{owner}/{low}/{high}")))?;
            Some(Crumb { title: page.title.clone(), url: self.href(&page.url) })
        };
        let thirds = || ladder.levels().filter(|level| level.id != a.id && level.id != b.id);
        [a, b].into_iter().flat_map(|level| thirds().filter_map(move |third| with(level, third))).collect()
    }

    fn other_roles(&self, page: &Page, a: &Role, b: &Role) -> Vec<Crumb> {
        let of_role = |role: &Role| self.pages_at(self.groups.comparisons_of_role.get(&role.id));
        let others = of_role(a).chain(of_role(b)).filter(|other| other.url != page.url);
        others.map(|page| Crumb { title: page.title.clone(), url: self.href(&page.url) }).collect()
    }

    /// Whether a generated section of a comparison has something to say.
    pub(super) fn comparison_says(&self, page: &Page, id: &str) -> bool {
        match (self.pair(page), id) {
            (Some(Pair::Levels(LevelPair { a, b, ladder, .. })), "side-by-side") => {
                [a, b].into_iter().any(|level| !self.facts_of_level(level, ladder, a.track != b.track).is_empty())
            }
            (Some(Pair::Levels(LevelPair { a, b, .. })), "skill-changes") => !a.skills.is_empty() || !b.skills.is_empty(),
            (Some(Pair::Levels(LevelPair { a, b, .. })), "duties") => differ(&a.responsibilities, &b.responsibilities),
            (Some(Pair::Levels(LevelPair { a, b, .. })), "criteria") => b.competencies.iter().any(|competency| gained(a, competency).next().is_some()),
            (Some(Pair::Roles(a, b)), "skill-changes") => a.skills().chain(b.skills()).next().is_some(),
            (Some(Pair::Roles(a, b)), "duties") => differ(&a.responsibilities, &b.responsibilities),
            (Some(Pair::Roles(a, b)), "side-by-side") => [a, b].into_iter().any(|role| !self.facts_of_role(role).is_empty()),
            _ => false,
        }
    }

    /// The page that compares two roles, whichever is named first.
    pub(super) fn role_comparison(&self, a: &Id, b: &Id) -> Option<String> {
        let (first, second) = if a < b { (a, b) } else { (b, a) };
        self.url_of(Kind::Compare, &format!("{first}/{second}"))
    }

    /// Comparisons of roles: for each role, by title, the others with the page that compares both.
    pub(super) fn comparison_groups(&self) -> Vec<Group<Crumb>> {
        let mut groups: Vec<Group<Crumb>> = self.groups.comparisons_of_role.iter().filter_map(|(id, pages)| self.comparisons_of(id, pages)).collect();
        groups.sort_by_key(|group| self.locale().sort_key(&group.title));
        groups
    }

    fn comparisons_of(&self, id: &Id, pages: &Vec<usize>) -> Option<Group<Crumb>> {
        let role = self.site.role(id)?;
        let other = |page: &Page| {
            let other = page.subject.roles().find(|other| *other != id)?;
            Some(Crumb { title: self.site.title_of_role(other), url: self.href(&page.url) })
        };
        let mut items: Vec<Crumb> = self.pages_at(Some(pages)).filter_map(other).collect();
        items.sort_by_key(|crumb| self.locale().sort_key(&crumb.title));
        Some(Group { id: id.to_string(), title: role.title.clone(), url: self.url_of(Kind::Hub, id.as_str()), summary: String::new(), items })
    }

    /// Every role with its JSON, by title.
    pub(super) fn comparable_roles(&self) -> Vec<ComparableRole> {
        let role = |role: &Role| {
            let json = self.json_url(self.page_about(Kind::Hub, role.id.as_str())?)?;
            Some(ComparableRole { id: role.id.to_string(), title: role.title.clone(), json_url: self.href(&json) })
        };
        let mut roles: Vec<ComparableRole> = self.site.all_roles().filter_map(role).collect();
        roles.sort_by_key(|role| (self.locale().sort_key(&role.title), role.id.clone()));
        roles
    }
}

/// Facts of two, each of which may have some that the other has not.
fn rows(a: Vec<FactView>, b: Vec<FactView>) -> Vec<ComparisonRow> {
    let mut rows: Vec<ComparisonRow> = vec![];
    let mut rest: std::collections::VecDeque<FactView> = b.into();
    let row = |a: Option<FactView>, b: Option<FactView>| {
        let (id, label) = a.as_ref().or(b.as_ref()).map(|fact| (fact.id, fact.label.clone()))?;
        Some(ComparisonRow { id, label, a, b })
    };
    for fact in a {
        let at = rest.iter().position(|other| other.id == fact.id);
        // Both lists are in one order: what stands before has no counterpart.
        let before: Vec<FactView> = rest.drain(..at.unwrap_or(0)).collect();
        rows.extend(before.into_iter().filter_map(|fact| row(None, Some(fact))));
        let other = at.and_then(|_| rest.pop_front());
        rows.extend(row(Some(fact), other));
    }
    rows.extend(rest.into_iter().filter_map(|fact| row(None, Some(fact))));
    rows
}

/// Texts that the other one does not have.
fn own<'t>(texts: &'t [Md], others: &'t [Md]) -> impl Iterator<Item = &'t Md> {
    texts.iter().filter(|text| !others.iter().any(|other| other.text == text.text))
}

fn differ(a: &[Md], b: &[Md]) -> bool {
    own(a, b).chain(own(b, a)).next().is_some()
}

/// Criteria of a higher level's competency that a lower level does not have.
fn gained<'l>(a: &'l Level, competency: &'l crate::role::LevelCompetency) -> impl Iterator<Item = &'l Criterion> {
    let held = a.competencies.iter().find(|held| held.id == competency.id);
    let is_held = move |row: &&Criterion| held.is_some_and(|held| held.kept.iter().chain(&held.added).any(|other| other.text.text == row.text.text));
    competency.kept.iter().chain(&competency.added).filter(move |row| !is_held(row))
}
