//! Facts for comparisons: a level or a role comes in, short facts with labels go out.
//!
//! The JSON of a role holds the same facts, so that the script of the comparison page can put any
//! two roles side by side.

use super::LevelPair;
use crate::kind::Kind;
use crate::layout::Layout;
use crate::role::{Level, Role};
use crate::view::context::ViewContext;
use crate::view::types::{FactView, OutlookView, PayView};
use crate::view::{figures, ladder};
use crate::wording::years::Years;
use crate::wording::{Wording, words, years};

/// Returns the facts about a level. Its track is one of them if the other level is on another
/// track.
pub(super) fn of_level(cx: &ViewContext<'_>, level: &Level, pair: &LevelPair<'_>) -> Vec<FactView> {
    let words = &cx.wording;
    let mut facts = vec![];
    if let Some(pay) = &level.salary {
        facts.push(pay_fact(words, &figures::pay(cx, pay, None)));
    }
    if let Some((min, max)) = level.experience {
        let text = years::text(words, Years { min, max });
        facts.push(fact(words, "experience", "experience", text));
    }
    if let Some(stage) = level.stage {
        let text = words::term(words, "stage", stage.as_str());
        facts.push(fact(words, "stage", "stage", text));
    }
    let mut tracks = pair.ladder.tracks.iter();
    if pair.has_two_tracks()
        && let Some(track) = tracks.find(|track| track.id == level.track)
    {
        let text = words::track_name(words, track, pair.ladder);
        facts.push(fact(words, "track", "track", text));
    }
    if let Some(scope) = &level.scope {
        facts.push(fact(words, "scope", "scope", scope.clone()));
    }
    if let Some(reach) = &level.reach {
        facts.push(fact(words, "reach", "reach", reach.clone()));
    }
    facts
}

/// Returns the facts about a role.
pub fn of_role(cx: &ViewContext<'_>, role: &Role) -> Vec<FactView> {
    let words = &cx.wording;
    let mut facts = vec![];
    if let Some(pay) = role.headline() {
        facts.push(pay_fact(words, &figures::pay(cx, pay, None)));
    }
    if let Some(years) = ladder::experience_of(words, &role.ladder) {
        facts.push(fact(words, "experience", "experience", years.text));
    }
    let levels = role.ladder.levels().count();
    if levels > 0 {
        facts.push(fact(words, "levels", "compare_levels", levels.to_string()));
    }
    if let Some(row) = role.lists.education.first() {
        facts.push(fact(words, "education", "education", row.name.clone()));
    }
    if let Some(outlook) = &role.outlook {
        facts.extend(outlook_facts(words, &figures::outlook(cx, outlook)));
    }
    if let Some(page) = cx.layout.page_about(Kind::Category, role.category.as_str()) {
        facts.push(fact(words, "category", "category", page.title.clone()));
    }
    if !role.workplace.is_empty() {
        let workplaces = role.workplace.iter();
        let names: Vec<String> = workplaces
            .map(|workplace| words::term(words, "workplace", workplace.as_str()))
            .collect();
        let text = words::join_or(words, &names);
        facts.push(fact(words, "workplace", "workplace", text));
    }
    facts
}

/// Returns a fact without a source.
///
/// `key` is the string that names the fact.
fn fact(words: &Wording<'_>, id: &'static str, key: &str, text: String) -> FactView {
    FactView {
        id,
        label: words.strings.get(key).to_owned(),
        text,
        note: String::new(),
        claim: None,
    }
}

/// Returns the fact about pay, with what the figure measures as a note.
fn pay_fact(words: &Wording<'_>, pay: &PayView) -> FactView {
    let label = Some(pay.label.as_str()).filter(|label| *label != pay.measure);
    let note = [
        Some(pay.measure.as_str()),
        label,
        pay.area.as_ref().map(|area| area.name.as_str()),
    ];
    FactView {
        note: listed(words, &note),
        claim: Some(pay.claim.clone()),
        ..fact(words, "pay", "pay", pay.amount_long.clone())
    }
}

/// Returns the change in jobs, and the openings a year if they are known.
fn outlook_facts(words: &Wording<'_>, outlook: &OutlookView) -> Vec<FactView> {
    let years = format!("{}–{}", outlook.base_year, outlook.target_year);
    let area = outlook.area.as_ref().map(|area| area.name.as_str());
    let note = listed(words, &[Some(years.as_str()), area]);
    let with_source = |fact: FactView| FactView {
        note: note.clone(),
        claim: Some(outlook.claim.clone()),
        ..fact
    };
    let change = outlook.change_text.clone();
    let mut facts = vec![with_source(fact(
        words,
        "outlook",
        "compare_outlook",
        change,
    ))];
    if let Some(openings) = outlook.openings_text.clone() {
        let openings = fact(words, "openings", "outlook_openings", openings);
        facts.push(with_source(openings));
    }
    facts
}

/// Joins the parts that are known.
fn listed(words: &Wording<'_>, parts: &[Option<&str>]) -> String {
    let known: Vec<&str> = parts.iter().flatten().copied().collect();
    known.join(words.strings.get("list_separator"))
}

/// Returns true if a level has some fact other than its track.
pub(super) fn has_some_of_level(level: &Level) -> bool {
    level.salary.is_some()
        || level.experience.is_some()
        || level.stage.is_some()
        || level.scope.is_some()
        || level.reach.is_some()
}

/// Returns true if a role has some fact.
pub(super) fn has_some_of_role(layout: &Layout, role: &Role) -> bool {
    role.headline().is_some()
        || role.ladder.levels().next().is_some()
        || !role.lists.education.is_empty()
        || role.outlook.is_some()
        || layout
            .page_about(Kind::Category, role.category.as_str())
            .is_some()
        || !role.workplace.is_empty()
}
