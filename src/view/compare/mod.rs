//! Comparisons: two levels of a ladder or two roles come in, what sets them apart goes out.

pub mod facts;
mod skills;

use std::collections::VecDeque;

use crate::data::{Id, Md};
use crate::kind::Kind;
use crate::layout::compared::{self, ComparedRole};
use crate::layout::parts::ListGroup;
use crate::layout::{Layout, Page, Subject};
use crate::role::record::Criterion;
use crate::role::{Ladder, Level, LevelCompetency, Role};
use crate::site::Site;
use crate::view::context::ViewContext;
use crate::view::figures::Axis;
use crate::view::ladder::level_url;
use crate::view::types::{
    ComparableRole, ComparedView, ComparisonRow, ComparisonView, CompetencyGain, Crumb, FactView,
    Group, Html, RoleListView,
};
use crate::view::{figures, ladder, text};
use crate::wording::compare;

/// What a comparison is about.
enum Pair<'p> {
    Levels(LevelPair<'p>),
    Roles(&'p Role, &'p Role),
}

/// Two levels of one ladder, the lower one first.
struct LevelPair<'p> {
    a: &'p Level,
    b: &'p Level,
    ladder: &'p Ladder,
    owner: Owner<'p>,
}

/// Whose ladder it is.
#[derive(Clone, Copy)]
enum Owner<'p> {
    Role(&'p Id),
    Framework(&'p Id),
}

impl<'p> LevelPair<'p> {
    fn of(ladder: &'p Ladder, owner: Owner<'p>, a: &Id, b: &Id) -> Option<Self> {
        Some(Self {
            a: ladder.level(a.as_str())?,
            b: ladder.level(b.as_str())?,
            ladder,
            owner,
        })
    }

    fn has_two_tracks(&self) -> bool {
        self.a.track != self.b.track
    }
}

impl<'p> Owner<'p> {
    fn id(self) -> &'p Id {
        match self {
            Self::Role(id) | Self::Framework(id) => id,
        }
    }

    /// Returns the kind of page that shows the ladder.
    fn ladder_kind(self) -> Kind {
        match self {
            Self::Role(_) => Kind::Ladder,
            Self::Framework(_) => Kind::Framework,
        }
    }

    /// Returns the start of [`Subject::id`] of a comparison of levels.
    fn prefix(self) -> String {
        match self {
            Self::Role(id) => format!("roles/{id}"),
            Self::Framework(id) => format!("frameworks/{id}"),
        }
    }
}

/// Returns what a page compares, or `None` for a page that is no comparison.
fn pair<'p>(site: &'p Site, page: &'p Page) -> Option<Pair<'p>> {
    match &page.subject {
        Subject::Roles(a, b) => Some(Pair::Roles(site.role(a)?, site.role(b)?)),
        Subject::Levels(id, a, b) => {
            let ladder = &site.role(id)?.ladder;
            LevelPair::of(ladder, Owner::Role(id), a, b).map(Pair::Levels)
        }
        Subject::FrameworkLevels(id, a, b) => {
            let ladder = &site.frameworks.get(id)?.ladder;
            LevelPair::of(ladder, Owner::Framework(id), a, b).map(Pair::Levels)
        }
        _ => None,
    }
}

/// Returns a page with a description made of the figures of a comparison, or `None` if the page has
/// a description or is no comparison.
pub fn described(cx: &ViewContext<'_>, page: &Page) -> Option<Page> {
    if !page.description.is_empty() {
        return None;
    }
    let description = match pair(cx.site, page)? {
        Pair::Levels(LevelPair { a, b, .. }) => compare::summary_of_levels(&cx.wording, a, b),
        Pair::Roles(a, b) => compare::summary_of_roles(&cx.wording, a, b),
    };
    Some(Page {
        description,
        ..page.clone()
    })
}

/// Returns the comparison that a page shows.
pub fn view(cx: &ViewContext<'_>, page: &Page) -> Option<ComparisonView> {
    Some(match pair(cx.site, page)? {
        Pair::Levels(pair) => levels_compared(cx, &pair),
        Pair::Roles(a, b) => roles_compared(cx, page, a, b),
    })
}

fn levels_compared(cx: &ViewContext<'_>, pair: &LevelPair<'_>) -> ComparisonView {
    let (a, b) = (pair.a, pair.b);
    let id = pair.owner.id().as_str();
    let parent = cx
        .layout
        .page_about(pair.owner.ladder_kind(), id)
        .or_else(|| cx.layout.page_about(Kind::Hub, id))
        .map(|page| link_to(cx.site, page));
    let ladder_url = ladder::levels_on(cx, pair.owner.ladder_kind(), id)
        .or_else(|| parent.as_ref().map(|parent| parent.url.clone()))
        .unwrap_or_default();
    let axis = Axis::between(a.salary.as_ref(), b.salary.as_ref());
    let side = |level: &Level, other: &Level| {
        let pay = level.salary.as_ref();
        ComparedView {
            id: level.id.to_string(),
            title: level.title.clone(),
            url: level_url(&ladder_url, &level.id),
            summary: level.summary.clone().unwrap_or_default(),
            salary: pay.map(|pay| figures::pay(cx, pay, axis.as_ref())),
            duties: duties(cx, &level.responsibilities, &other.responsibilities),
        }
    };
    ComparisonView {
        of: "levels",
        parent,
        a: side(a, b),
        b: side(b, a),
        rows: rows(facts::of_level(cx, a, pair), facts::of_level(cx, b, pair)),
        skills: skills::skill_changes(cx, a, b),
        criteria: criteria_gained(cx.site, cx.layout, a, b),
        criteria_dropped: if pair.has_two_tracks() {
            criteria_gained(cx.site, cx.layout, b, a)
        } else {
            vec![]
        },
        others: other_levels(cx.site, cx.layout, pair),
    }
}

fn roles_compared(cx: &ViewContext<'_>, page: &Page, a: &Role, b: &Role) -> ComparisonView {
    let axis = Axis::between(a.headline(), b.headline());
    let side = |role: &Role, other: &Role| {
        let url = cx.layout.url_of(cx.site, Kind::Hub, role.id.as_str());
        let pay = role.headline();
        ComparedView {
            id: role.id.to_string(),
            title: role.title.clone(),
            url: url.unwrap_or_default(),
            summary: role.summary.clone().unwrap_or_default(),
            salary: pay.map(|pay| figures::pay(cx, pay, axis.as_ref())),
            duties: duties(cx, &role.responsibilities, &other.responsibilities),
        }
    };
    ComparisonView {
        of: "roles",
        parent: None,
        a: side(a, b),
        b: side(b, a),
        rows: rows(facts::of_role(cx, a), facts::of_role(cx, b)),
        skills: skills::skills_of_both(cx, a, b),
        criteria: vec![],
        criteria_dropped: vec![],
        others: other_roles(cx.site, cx.layout, page, a, b),
    }
}

/// Returns the criteria that the second level expects and the first one does not.
fn criteria_gained(site: &Site, layout: &Layout, a: &Level, b: &Level) -> Vec<CompetencyGain> {
    let gain = |competency: &LevelCompetency| CompetencyGain {
        id: competency.id.to_string(),
        name: competency.name.clone(),
        group: competency.group.clone().unwrap_or_default(),
        criteria: gained(a, competency)
            .map(|row| ladder::criterion_view(site, layout, row))
            .collect(),
    };
    let gains = b.competencies.iter().map(gain);
    gains.filter(|gain| !gain.criteria.is_empty()).collect()
}

/// Returns the comparisons of one of two levels with a third, in the order of the ladder.
fn other_levels(site: &Site, layout: &Layout, pair: &LevelPair<'_>) -> Vec<Crumb> {
    let prefix = pair.owner.prefix();
    let compared = |low: &Level, high: &Level| {
        layout.page_about(Kind::Compare, &format!("{prefix}/{}/{}", low.id, high.id))
    };
    let mut others = vec![];
    for level in [pair.a, pair.b] {
        for third in pair.ladder.levels() {
            if third.id == pair.a.id || third.id == pair.b.id {
                continue;
            }
            let page = compared(level, third).or_else(|| compared(third, level));
            others.extend(page.map(|page| link_to(site, page)));
        }
    }
    others
}

/// Returns the other comparisons of two roles.
fn other_roles(site: &Site, layout: &Layout, page: &Page, a: &Role, b: &Role) -> Vec<Crumb> {
    let of_role = |role: &Role| layout.pages_at(layout.groups.comparisons_of_role.get(&role.id));
    let others = of_role(a).chain(of_role(b));
    others
        .filter(|other| other.url != page.url)
        .map(|other| link_to(site, other))
        .collect()
}

fn link_to(site: &Site, page: &Page) -> Crumb {
    Crumb {
        title: page.title.clone(),
        url: site.config.href(&page.url),
    }
}

/// Returns the duties that the other level or role does not have.
fn duties(cx: &ViewContext<'_>, duties: &[Md], others: &[Md]) -> Vec<Html> {
    without(duties, others)
        .map(|text| text::item(cx.site, cx.layout, text))
        .collect()
}

/// Returns true if some fact is known about one of the two.
pub fn has_facts(site: &Site, layout: &Layout, page: &Page) -> bool {
    match pair(site, page) {
        Some(Pair::Levels(pair)) => {
            pair.has_two_tracks()
                || facts::has_some_of_level(pair.a)
                || facts::has_some_of_level(pair.b)
        }
        Some(Pair::Roles(a, b)) => {
            facts::has_some_of_role(layout, a) || facts::has_some_of_role(layout, b)
        }
        None => false,
    }
}

/// Returns true if one of the two asks for a skill.
pub fn has_skills(site: &Site, page: &Page) -> bool {
    match pair(site, page) {
        Some(Pair::Levels(LevelPair { a, b, .. })) => !a.skills.is_empty() || !b.skills.is_empty(),
        Some(Pair::Roles(a, b)) => a.skills().chain(b.skills()).next().is_some(),
        None => false,
    }
}

/// Returns true if one of the two has duties that the other one does not have.
pub fn has_duties(site: &Site, page: &Page) -> bool {
    match pair(site, page) {
        Some(Pair::Levels(LevelPair { a, b, .. })) => {
            differ(&a.responsibilities, &b.responsibilities)
        }
        Some(Pair::Roles(a, b)) => differ(&a.responsibilities, &b.responsibilities),
        None => false,
    }
}

/// Returns true if the higher level expects criteria that the lower one does not, or, on another
/// track, the lower one some that the higher one does not.
pub fn has_criteria(site: &Site, page: &Page) -> bool {
    let Some(Pair::Levels(pair)) = pair(site, page) else {
        return false;
    };
    let gains = |from: &Level, to: &Level| {
        let mut competencies = to.competencies.iter();
        competencies.any(|competency| gained(from, competency).next().is_some())
    };
    gains(pair.a, pair.b) || pair.has_two_tracks() && gains(pair.b, pair.a)
}

/// Returns for each role the comparisons with other roles, by letter: of one part of the list, or of
/// all.
pub fn comparisons_by_letter(
    cx: &ViewContext<'_>,
    part: Option<usize>,
) -> Vec<Group<Group<Crumb>>> {
    let of_role = |id: &Id| {
        let pages = cx.layout.groups.comparisons_of_role.get(id)?;
        comparisons_of(cx, id, pages)
    };
    let letter = |(letter, ids): (&ListGroup, &[Id])| Group {
        id: letter.id.clone(),
        title: letter.title.clone(),
        url: None,
        summary: String::new(),
        items: ids.iter().filter_map(of_role).collect(),
    };
    cx.layout
        .lists
        .comparisons
        .whole()
        .on(part)
        .map(letter)
        .collect()
}

/// Returns the comparisons of a role with other roles.
fn comparisons_of(cx: &ViewContext<'_>, id: &Id, pages: &Vec<usize>) -> Option<Group<Crumb>> {
    let role = cx.site.listed(id)?;
    let other = |page: &Page| {
        let other = page.subject.roles().find(|other| *other != id)?;
        Some(Crumb {
            title: cx.site.title_of_role(other),
            url: cx.site.config.href(&page.url),
        })
    };
    let mut items: Vec<Crumb> = cx.layout.pages_at(Some(pages)).filter_map(other).collect();
    items.sort_by_key(|crumb| cx.wording.locale.sort_key(&crumb.title));
    Some(Group {
        id: id.to_string(),
        title: role.title.to_owned(),
        url: cx.layout.url_of(cx.site, Kind::Hub, id.as_str()),
        summary: String::new(),
        items,
    })
}

/// Returns every role with the URL of its JSON, sorted by title.
pub fn comparable_roles(cx: &ViewContext<'_>) -> Vec<ComparableRole> {
    let parts = cx.layout.compared.whole().values();
    let of_role = |role: &ComparedRole| {
        let hub = cx.layout.page_about(Kind::Hub, role.id.as_str())?;
        Some(ComparableRole {
            id: role.id.to_string(),
            title: role.title.clone(),
            json_url: cx.site.config.href(&cx.layout.json_url(hub)?),
        })
    };
    parts.flatten().filter_map(of_role).collect()
}

/// Returns the parts of the list of roles that the script offers.
pub fn role_lists(cx: &ViewContext<'_>) -> Vec<RoleListView> {
    let list = |(number, part): (&usize, &Vec<ComparedRole>)| {
        let (first, last) = (part.first()?, part.last()?);
        let url = compared::part_url(cx.layout, *number)?;
        Some(RoleListView {
            url: cx.site.config.href(&url),
            first: first.title.clone(),
            last: last.title.clone(),
            first_id: first.id.to_string(),
        })
    };
    cx.layout.compared.whole().iter().filter_map(list).collect()
}

/// Returns the facts of both in one list. A fact of only one has no counterpart.
fn rows(a: Vec<FactView>, b: Vec<FactView>) -> Vec<ComparisonRow> {
    let of_b = |fact: FactView| ComparisonRow {
        id: fact.id,
        label: fact.label.clone(),
        a: None,
        b: Some(fact),
    };
    let mut rows: Vec<ComparisonRow> = vec![];
    let mut rest: VecDeque<FactView> = b.into();
    for fact in a {
        let mut other = None;
        if let Some(index) = rest.iter().position(|other| other.id == fact.id) {
            // Both lists are in the same order, so the facts before have no counterpart.
            rows.extend(rest.drain(..index).map(of_b));
            other = rest.pop_front();
        }
        rows.push(ComparisonRow {
            id: fact.id,
            label: fact.label.clone(),
            a: Some(fact),
            b: other,
        });
    }
    rows.extend(rest.into_iter().map(of_b));
    rows
}

/// Returns the texts that are not among the others.
fn without<'t>(texts: &'t [Md], others: &'t [Md]) -> impl Iterator<Item = &'t Md> {
    let texts = texts.iter();
    texts.filter(|text| others.iter().all(|other| other.text != text.text))
}

fn differ(a: &[Md], b: &[Md]) -> bool {
    without(a, b).chain(without(b, a)).next().is_some()
}

/// Returns the criteria of a higher level's competency that a lower level does not have.
fn gained<'l>(
    low: &'l Level,
    competency: &'l LevelCompetency,
) -> impl Iterator<Item = &'l Criterion> {
    let mut competencies = low.competencies.iter();
    let held = competencies.find(|held| held.id == competency.id);
    let is_new = move |row: &&Criterion| {
        let mut held = held.into_iter().flat_map(criteria_of);
        held.all(|other| other.text.text != row.text.text)
    };
    criteria_of(competency).filter(is_new)
}

fn criteria_of(competency: &LevelCompetency) -> impl Iterator<Item = &Criterion> {
    competency.kept.iter().chain(&competency.added)
}
