//! Questions: those that the data answers are made here, those that were written replace, join or hide them.

use std::collections::BTreeMap;

use super::Plan;
use super::view::{ClaimView, FaqView, Html};
use super::words::paragraph;
use crate::kind::Kind;
use crate::role::{Change, Faq, Level, Pay, Role};

/// A question that the data answers. Its words are made only where it is shown.
struct Generated<'a> {
    id: String,
    /// Kinds of pages that show it.
    pages: &'static [Kind],
    words: Box<dyn Fn() -> Words + 'a>,
}

/// What a generated question says.
struct Words {
    question: String,
    answer: Html,
    claims: Vec<ClaimView>,
}

/// A question that a page shows: generated, perhaps changed by a row, or written.
enum Shown<'a> {
    Generated(Generated<'a>, Option<&'a Faq>),
    Written(&'a Faq),
}

impl Plan {
    /// How many questions a page of a role shows.
    pub(super) fn questions_on(&self, role: &Role, kind: Kind) -> usize {
        self.shown_on(role, kind).len()
    }

    /// The questions that a page of a role shows: generated ones first, in the order of the ladder, then the written.
    pub(super) fn faqs_on(&self, role: &Role, kind: Kind) -> Vec<FaqView> {
        let view = |shown| match shown {
            Shown::Generated(generated, row) => Some(self.merged(generated, row)),
            Shown::Written(faq) => self.written(faq),
        };
        self.shown_on(role, kind).into_iter().filter_map(view).collect()
    }

    /// What the generated questions of a role are about, for the description of their page.
    pub(super) fn topics(&self, role: &Role) -> Vec<(bool, &'static str)> {
        let is_shown = self.is_generated(role, Kind::Faq);
        let shown = self.shown_on(role, Kind::Faq);
        let generated = || shown.iter().filter_map(|shown| if let Shown::Generated(generated, _) = shown { Some(&generated.id) } else { None });
        let topics = [("skills-", "part_skills"), ("years-", "part_experience"), ("salary", "part_pay"), ("advance-", "part_advancement")];
        topics.map(|(start, key)| (is_shown && generated().any(|id| id.starts_with(start)), key)).into()
    }

    fn shown_on<'a>(&'a self, role: &'a Role, kind: Kind) -> Vec<Shown<'a>> {
        let mut written: BTreeMap<&str, &Faq> = role.faqs.iter().map(|faq| (faq.id.as_str(), faq)).collect();
        let mut shown = vec![];
        for generated in self.generated(role) {
            let row = written.remove(generated.id.as_str());
            let on_page = match row {
                Some(row) if !row.pages.is_empty() => row.pages.iter().any(|page| page.as_str() == kind.as_str()),
                _ => generated.pages.contains(&kind),
            };
            if on_page && row.is_none_or(|row| !row.hidden) {
                shown.push(Shown::Generated(generated, row));
            }
        }
        let rest = role.faqs.iter().filter(|faq| written.contains_key(faq.id.as_str()) && !faq.hidden && faq.question.is_some() && faq.answer.is_some());
        shown.extend(rest.filter(|faq| is_on(faq, kind)).map(Shown::Written));
        shown
    }

    /// Every question of a role, whatever page shows it.
    pub(super) fn every_faq(&self, role: &Role) -> Vec<FaqView> {
        let mut all: Vec<FaqView> = vec![];
        for kind in Kind::of_role() {
            let more = self.faqs_on(role, kind);
            all.extend(more.into_iter().filter(|faq| all.iter().all(|known| known.id != faq.id)).collect::<Vec<_>>());
        }
        all
    }

    /// The questions of a role that somebody wrote.
    pub(super) fn written_faqs(&self, role: &Role) -> Vec<FaqView> {
        role.faqs.iter().filter(|faq| !faq.hidden).filter_map(|faq| self.written(faq)).collect()
    }

    fn written(&self, faq: &Faq) -> Option<FaqView> {
        let (question, answer) = (faq.question.clone()?, faq.answer.as_ref()?);
        Some(FaqView { id: faq.id.to_string(), question, answer: self.block(answer), generated: false, claims: vec![] })
    }

    fn merged(&self, generated: Generated<'_>, row: Option<&Faq>) -> FaqView {
        if let Some(whole) = row.and_then(|row| self.written(row)) {
            return whole;
        }
        let Words { question, answer, claims } = (generated.words)();
        let own = row.and_then(|row| row.answer.as_ref());
        FaqView {
            id: generated.id,
            question: row.and_then(|row| row.question.clone()).unwrap_or(question),
            generated: own.is_none(),
            claims: if own.is_none() { claims } else { vec![] },
            answer: own.map_or(answer, |own| self.block(own)),
        }
    }

    /// What the data answers by itself. The ids are documented: a written row of the same id replaces the question.
    fn generated<'a>(&'a self, role: &'a Role) -> Vec<Generated<'a>> {
        let mut all: Vec<Generated<'a>> = vec![];
        let mut add = |id: String, pages: &'static [Kind], words: Box<dyn Fn() -> Words + 'a>| all.push(Generated { id, pages, words });
        for level in role.ladder.levels() {
            if level.skills.iter().any(|need| need.change != Change::Kept) {
                add(format!("skills-{}", level.id), &[Kind::Faq, Kind::Ladder], Box::new(move || self.skills_words(level)));
            }
            if let Some((min, max)) = level.experience {
                add(format!("years-{}", level.id), &[Kind::Faq], Box::new(move || self.years_words(level, min, max)));
            }
        }
        if role.headline().is_some() || role.ladder.levels().filter(|level| level.salary.is_some()).count() > 1 {
            add("salary".to_owned(), &[Kind::Faq, Kind::Ladder, Kind::Salary], Box::new(move || self.salary_words(role)));
        }
        for level in role.ladder.levels().filter(|level| level.next.iter().any(|next| next.advance.is_some() || !next.gained.is_empty())) {
            add(format!("advance-{}", level.id), &[Kind::Faq], Box::new(move || self.advance_words(role, level)));
        }
        all
    }

    fn skills_words(&self, level: &Level) -> Words {
        let is_asked = level.skills.iter().any(|need| need.change != Change::Kept && need.is_essential());
        let answer = self.asks(level);
        let answer = self.join_sentences(&[Some(answer), level.summary.clone()].into_iter().flatten().collect::<Vec<_>>());
        let question = self.strings().fill(if is_asked { "faq_skills_question" } else { "faq_skills_question_optional" }, &[("level", &level.title)]);
        Words { question, answer: paragraph(&answer), claims: vec![] }
    }

    fn years_words(&self, level: &Level, min: u32, max: Option<u32>) -> Words {
        let years = self.experience(min, max).text;
        let answer = if (min, max) == (0, None) { "faq_years_answer_any" } else { "faq_years_answer" };
        let fill = |key: &str| self.strings().fill(key, &[("level", &level.title), ("years", &years)]);
        Words { question: fill("faq_years_question"), answer: paragraph(&fill(answer)), claims: vec![] }
    }

    /// What the role pays: the headline, and from the first level to the last.
    fn salary_words(&self, role: &Role) -> Words {
        let paid: Vec<(&Level, &Pay)> = role.ladder.levels().filter_map(|level| Some((level, level.salary.as_ref()?))).collect();
        let headline = role.headline();
        let mut answers = vec![];
        if let Some(pay) = headline {
            let area = pay.area.as_ref().map(|area| self.area_name(area)).unwrap_or_default();
            let key = if area.is_empty() { "faq_salary_answer" } else { "faq_salary_answer_area" };
            answers.push(self.strings().fill(key, &[("label", &self.pay_label(pay)), ("pay", &self.pay_text_long(pay)), ("area", &area)]));
        }
        if let [(first, low), .., (last, high)] = paid.as_slice() {
            let (low, high) = (self.pay_text(low), self.pay_text(high));
            answers.push(self.strings().fill("faq_salary_levels", &[("first", &first.title), ("low", &low), ("last", &last.title), ("high", &high)]));
        }
        let claims = headline.into_iter().chain(paid.first().map(|(_, pay)| *pay)).map(|pay| self.claim(&pay.claim)).collect();
        Words { question: self.strings().fill("faq_salary_question", &[("role", &role.title)]), answer: paragraph(&self.join_sentences(&answers)), claims }
    }

    /// How to advance: what was written for each way up, or what the data says of it.
    fn advance_words(&self, role: &Role, level: &Level) -> Words {
        let way = |next: &crate::role::Next| {
            let target = role.ladder.level(next.level.as_str())?;
            let name = |html: Html| format!("<p><strong>{}</strong></p>\n{}\n", super::escape(&target.title), html.to_html());
            match &next.advance {
                Some(text) if level.next.len() > 1 => Some(name(self.block(text))),
                Some(text) => Some(self.block(text).to_html().into_owned()),
                None if next.gained.is_empty() => None,
                None => Some(paragraph(&self.advice(level, target, &next.gained)).to_html().into_owned()),
            }
        };
        let ways: Vec<String> = level.next.iter().filter_map(way).collect();
        Words { question: self.strings().fill("faq_advance_question", &[("level", &level.title)]), answer: Html::Ready(ways.concat()), claims: vec![] }
    }
}

fn is_on(faq: &Faq, kind: Kind) -> bool {
    if faq.pages.is_empty() { kind == Kind::Faq } else { faq.pages.iter().any(|page| page.as_str() == kind.as_str()) }
}
