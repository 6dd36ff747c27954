//! Questions that a record answers by itself: a [`Topic`] of a role comes in, the question and its
//! answer go out.

use super::Topic;
use crate::escape::escape;
use crate::locale::Form;
use crate::role::{Change, Ladder, Level, Next, Pay, Role};
use crate::view::context::ViewContext;
use crate::view::figures;
use crate::view::text::{self, paragraph};
use crate::view::types::{ClaimView, Html};
use crate::wording::unit::{self, Unit};
use crate::wording::years::{self, Years};
use crate::wording::{Wording, needs, pay, words};

/// A question with its answer.
pub struct Answer {
    pub question: String,
    pub answer: Html,
    /// The sources of the figures in the answer.
    pub claims: Vec<ClaimView>,
}

/// A level with its pay.
#[derive(Clone, Copy)]
struct PaidLevel<'r> {
    level: &'r Level,
    pay: &'r Pay,
}

/// Answers a question about a role.
pub fn answer(cx: &ViewContext<'_>, role: &Role, topic: Topic<'_>) -> Answer {
    match topic {
        Topic::Skills(level) => skills(&cx.wording, level),
        Topic::Years(level, years) => experience(&cx.wording, level, years),
        Topic::Salary => salary(cx, role),
        Topic::Advance(level) => advance(cx, role, level),
    }
}

fn skills(words: &Wording<'_>, level: &Level) -> Answer {
    let is_asked = level
        .skills
        .iter()
        .any(|need| need.change != Change::Kept && need.is_essential());
    let key = if is_asked {
        "faq_skills_question"
    } else {
        "faq_skills_question_optional"
    };
    let mut sentences = vec![needs::asks(words, level)];
    sentences.extend(level.summary.clone());
    Answer {
        question: words.strings.fill(key, &[("level", &level.title)]),
        answer: paragraph(&words::join_sentences(words, &sentences)),
        claims: vec![],
    }
}

fn experience(words: &Wording<'_>, level: &Level, years: Years) -> Answer {
    let key = match years {
        Years { min: 0, max: None } => "faq_years_answer_any",
        _ => "faq_years_answer",
    };
    let years = years::text(words, years);
    let values = [("level", level.title.as_str()), ("years", &years)];
    Answer {
        question: words.strings.fill("faq_years_question", &values),
        answer: paragraph(&words.strings.fill(key, &values)),
        claims: vec![],
    }
}

/// Tells the headline pay of a role, and the lowest and highest pay on its ladder.
fn salary(cx: &ViewContext<'_>, role: &Role) -> Answer {
    let words = &cx.wording;
    let headline = role.headline();
    let told = headline
        .map(|pay| pay::particulars(words, pay))
        .unwrap_or_default();
    let ends = ends_of_pay(&role.ladder);
    let mut sentences: Vec<String> = vec![];
    sentences.extend(headline.map(|pay| headline_sentence(words, pay)));
    sentences.extend(ladder_sentence(words, &ends, &told));
    let pays = headline
        .into_iter()
        .chain(ends.iter().flatten().map(|paid| paid.pay));
    let claims = pays.map(|pay| figures::claim_view(cx, &pay.claim));
    Answer {
        question: words
            .strings
            .fill("faq_salary_question", &[("role", &role.title)]),
        answer: paragraph(&words::join_sentences(words, &sentences)),
        claims: claims.collect(),
    }
}

/// Returns a sentence such as "Median pay (United States): $135,980 a year."
fn headline_sentence(words: &Wording<'_>, pay: &Pay) -> String {
    let label = pay::label(words, pay);
    let mut notes = pay::particulars(words, pay);
    notes.retain(|note| *note != label);
    let key = if notes.is_empty() {
        "faq_salary_answer"
    } else {
        "faq_salary_answer_area"
    };
    let notes = notes.join(words.strings.get("list_separator"));
    let values = [
        ("label", label.as_str()),
        ("pay", &pay::amount(words, pay, Form::Long)),
        ("area", &notes),
    ];
    words.strings.fill(key, &values)
}

/// Returns a sentence such as "On the ladder, Junior pays $25–$50 an hour and Senior $60–$90 an
/// hour."
///
/// `told` are the notes that the sentence before has told already.
fn ladder_sentence(
    words: &Wording<'_>,
    ends: &[Vec<PaidLevel<'_>>],
    told: &[String],
) -> Option<String> {
    if let [kind] = ends
        && let [low, high] = kind.as_slice()
    {
        let values = [
            ("first", low.level.title.as_str()),
            ("low", &short_text(words, low.pay)),
            ("last", &high.level.title),
            (
                "high",
                &pay::told(words, short_text(words, high.pay), high.pay, told),
            ),
        ];
        return Some(words.strings.fill("faq_salary_levels", &values));
    }
    sentence_of_kinds(words, ends, told)
}

/// Returns the sentence about a ladder with pay of several kinds: each amount is told with its kind,
/// and what all amounts share is told once, at the end.
fn sentence_of_kinds(
    words: &Wording<'_>,
    ends: &[Vec<PaidLevel<'_>>],
    told: &[String],
) -> Option<String> {
    let first = ends.first()?.first()?.pay;
    let pays: Vec<&Pay> = ends.iter().flatten().map(|paid| paid.pay).collect();
    let shared = pay::shared_notes(words, &pays);
    let told_for_all = [told, &shared].concat();
    let level = |PaidLevel { level, pay }: &PaidLevel<'_>| {
        let text = pay::told(words, short_text(words, pay), pay, &told_for_all);
        words.strings.fill(
            "faq_salary_level",
            &[("level", &level.title), ("pay", &text)],
        )
    };
    let levels: Vec<String> = ends.iter().flatten().map(level).collect();
    let mut not_shared = pay::particulars(words, first);
    not_shared.retain(|note| !shared.contains(note));
    let levels = pay::told(
        words,
        words::join_and(words, &levels),
        first,
        &[told, &not_shared].concat(),
    );
    let values = [("levels", levels.as_str())];
    Some(words.strings.fill("faq_salary_kinds", &values))
}

fn short_text(words: &Wording<'_>, pay: &Pay) -> String {
    pay::with_period(words, &pay::amount(words, pay, Form::Short), pay)
}

/// Tells how to reach the next levels: in the words of the record, or by the skills that they add.
fn advance(cx: &ViewContext<'_>, role: &Role, level: &Level) -> Answer {
    let ways = level
        .next
        .iter()
        .filter_map(|next| way_up(cx, role, level, next));
    let values = [("level", level.title.as_str())];
    Answer {
        answer: Html::Parts(ways.collect()),
        question: cx.wording.strings.fill("faq_advance_question", &values),
        claims: vec![],
    }
}

/// Returns the advice for one way up. Where a level has several, the advice begins with the name of
/// the next level.
fn way_up(cx: &ViewContext<'_>, role: &Role, level: &Level, next: &Next) -> Option<Html> {
    let target = role.ladder.level(next.level.as_str())?;
    let Some(advice) = &next.advance else {
        if next.gained.is_empty() {
            return None;
        }
        let advice = needs::advice(&cx.wording, level, target, &next.gained);
        return Some(paragraph(&advice));
    };
    let advice = text::block(cx.site, cx.layout, advice);
    if level.next.len() < 2 {
        return Some(advice);
    }
    let name = format!("<p><strong>{}</strong></p>\n", escape(&target.title));
    Some(Html::Parts(vec![
        Html::Ready(name),
        advice,
        Html::Ready("\n".to_owned()),
    ]))
}

/// Returns for each kind of pay on a ladder the level with the lowest pay and the level with the
/// highest, or only one level if it is both.
fn ends_of_pay(ladder: &Ladder) -> Vec<Vec<PaidLevel<'_>>> {
    let paid = ladder.levels().filter_map(|level| {
        let pay = level.salary.as_ref()?;
        Some(PaidLevel { level, pay })
    });
    unit::groups(paid, |paid| Unit::of(paid.pay))
        .into_iter()
        .map(|levels| lowest_and_highest(&levels))
        .collect()
}

fn lowest_and_highest<'r>(levels: &[PaidLevel<'r>]) -> Vec<PaidLevel<'r>> {
    let lowest = levels.iter().min_by_key(|paid| paid.pay.amounts.stated());
    let highest = levels
        .iter()
        .max_by_key(|paid| (paid.pay.amounts.stated().1, unit::is_open(paid.pay)));
    let mut ends: Vec<PaidLevel<'_>> = lowest.into_iter().chain(highest).copied().collect();
    ends.dedup_by_key(|paid| &paid.level.id);
    ends
}
