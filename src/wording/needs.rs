//! Needs in words: what levels ask for comes in, names and sentences go out.

use crate::role::{Change, Level, Need, Raise};
use crate::wording::{Wording, words};

/// The names of needs that are new or raised.
#[derive(Default)]
pub(super) struct News {
    /// Essential and new.
    pub new: Vec<String>,
    /// Essential and raised to a proficiency: "SQL to Expert".
    pub raised: Vec<String>,
    /// Optional before, essential now.
    pub firmer: Vec<String>,
    /// Optional, and new or raised.
    pub helpful: Vec<String>,
}

/// Returns the name of a need: "Git", or "one of Python, Java or Go".
pub fn need_name(words: &Wording<'_>, need: &Need) -> String {
    let names: Vec<String> = need
        .skills
        .iter()
        .map(|id| words::skill_name(words, id))
        .collect();
    match names.as_slice() {
        [one] => one.clone(),
        _ => words
            .strings
            .fill("need_one_of", &[("skills", &words::join_or(words, &names))]),
    }
}

/// Returns the standard to which a need is raised: "Expert", "essential", or both. It is empty for
/// other needs.
pub fn raised_to(words: &Wording<'_>, need: &Need) -> String {
    let Change::Raised(raise) = need.change else {
        return String::new();
    };
    let proficiency = || {
        need.proficiency
            .as_ref()
            .map(|id| words::proficiency_name(words, id))
    };
    let importance = || Some(words::term(words, "importance", need.importance.as_str()));
    let parts = match raise {
        Raise::Proficiency => [proficiency(), None],
        Raise::Importance => [None, importance()],
        Raise::Both => [proficiency(), importance()],
    };
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(words.strings.get("list_separator"))
}

/// Returns the name of a need with the standard to which it is raised: "SQL (Expert)".
pub fn need_at(words: &Wording<'_>, need: &Need) -> String {
    let (name, standard) = (need_name(words, need), raised_to(words, need));
    if standard.is_empty() {
        name
    } else {
        words
            .strings
            .fill("need_at", &[("skill", &name), ("standard", &standard)])
    }
}

/// Returns what is new or raised among some needs.
pub(super) fn news<'n>(words: &Wording<'_>, needs: impl IntoIterator<Item = &'n Need>) -> News {
    let mut news = News::default();
    for need in needs {
        match need.change {
            Change::Kept => {}
            _ if !need.is_essential() => news.helpful.push(need_at(words, need)),
            Change::New => news.new.push(need_name(words, need)),
            Change::Raised(Raise::Proficiency) => news.raised.push(need_to(words, need)),
            Change::Raised(Raise::Importance) => news.firmer.push(need_name(words, need)),
            Change::Raised(Raise::Both) => {
                news.raised.push(need_to(words, need));
                news.firmer.push(need_name(words, need));
            }
        }
    }
    news
}

/// Returns the name of a need with the proficiency that it is raised to: "SQL to Expert".
fn need_to(words: &Wording<'_>, need: &Need) -> String {
    let values = [
        ("skill", need_name(words, need)),
        ("proficiency", standard(words, need)),
    ];
    let values = values
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    words.strings.fill("need_raised_to", &values)
}

/// Returns advice on how to get to the next level: what it asks for, and what the level before asks
/// for already. It is empty if both ask for the same.
pub fn advice(words: &Wording<'_>, from: &Level, to: &Level, gained: &[Need]) -> String {
    let News {
        new,
        raised,
        firmer,
        helpful,
    } = news(words, gained);
    let is_built_on = |need: &&Need| {
        let stays = to.skills.iter().any(|other| other.is_for_same(need))
            && !gained.iter().any(|other| other.is_for_same(need));
        need.change != Change::Kept && need.is_essential() && stays
    };
    let kept: Vec<String> = from
        .skills
        .iter()
        .filter(is_built_on)
        .take(3)
        .map(|need| need_name(words, need))
        .collect();
    let kept_names = words::join_and(words, &kept);
    let sentence = |(key, skills): &(&str, Vec<String>)| {
        let values = [
            ("from", from.title.as_str()),
            ("to", &to.title),
            ("kept", &kept_names),
            ("skills", &words::join_and(words, skills)),
        ];
        words.strings.plural_with(key, skills.len(), &values)
    };
    let key_of_new = if kept.is_empty() {
        "advance_generated_new"
    } else {
        "advance_generated"
    };
    let key_of_raised = if new.is_empty() {
        "advance_generated_raise"
    } else {
        "advance_raise"
    };
    let groups = [
        (key_of_new, new),
        (key_of_raised, raised),
        ("advance_essential", firmer),
        ("advance_helpful", helpful),
    ];
    let known = groups.iter().filter(|(_, skills)| !skills.is_empty());
    let sentences: Vec<String> = known.map(sentence).collect();
    words::join_sentences(words, &sentences)
}

/// Returns a sentence with what a level asks for on top of the levels below it, and what helps.
pub fn asks(words: &Wording<'_>, level: &Level) -> String {
    let (mut asked, mut helpful) = (vec![], vec![]);
    for need in level
        .skills
        .iter()
        .filter(|need| need.change != Change::Kept)
    {
        let list = if need.is_essential() {
            &mut asked
        } else {
            &mut helpful
        };
        list.push(need_at(words, need));
    }
    let has_kept = level
        .skills
        .iter()
        .any(|need| need.change == Change::Kept && need.is_essential());
    let key = match (asked.is_empty(), has_kept, helpful.is_empty()) {
        (true, ..) => "faq_skills_answer_optional",
        (false, false, true) => "faq_skills_answer",
        (false, false, false) => "faq_skills_answer_helpful",
        (false, true, true) => "faq_skills_answer_new",
        (false, true, false) => "faq_skills_answer_new_helpful",
    };
    let values = [
        ("level", level.title.as_str()),
        ("skills", &words::join_and(words, &asked)),
        ("helpful", &words::join_and(words, &helpful)),
    ];
    words.strings.plural_with(key, helpful.len(), &values)
}

/// Returns how well a skill is wanted: "Expert", or an empty text.
pub fn standard(words: &Wording<'_>, need: &Need) -> String {
    let proficiency = need.proficiency.as_ref();
    proficiency
        .map(|id| words::proficiency_name(words, id))
        .unwrap_or_default()
}

/// Returns how well and how firmly a skill is wanted: "expert, essential".
pub fn standard_with_importance(words: &Wording<'_>, need: &Need) -> String {
    let mut parts: Vec<String> = vec![];
    if let Some(id) = &need.proficiency {
        parts.push(words::proficiency_name(words, id));
    }
    parts.push(words::term(words, "importance", need.importance.as_str()));
    parts.join(words.strings.get("list_separator"))
}
