//! Questions: those that the data answers are made here, those that were written replace, join or hide them.

use std::collections::BTreeMap;

use super::Plan;
use super::view::{ClaimView, FaqView, Html};
use crate::kind::Kind;
use crate::role::{Change, Faq, Level, Pay, Role};

/// A question before it is shown: its id, and the words if it is generated.
struct Generated {
    id: String,
    question: String,
    answer: Html,
    claims: Vec<ClaimView>,
    /// Kinds of pages that show it.
    pages: &'static [Kind],
}

impl Plan {
    /// How many questions a page of a role shows.
    pub(super) fn questions_on(&self, role: &Role, kind: Kind) -> usize {
        self.faqs_on(role, kind).len()
    }

    /// The questions that a page of a role shows: generated ones first, in the order of the ladder, then the written.
    pub(super) fn faqs_on(&self, role: &Role, kind: Kind) -> Vec<FaqView> {
        let mut written: BTreeMap<&str, &Faq> = role.faqs.iter().map(|faq| (faq.id.as_str(), faq)).collect();
        let mut shown = vec![];
        for generated in self.generated(role) {
            let row = written.remove(generated.id.as_str());
            let on_page = match row {
                Some(row) if !row.pages.is_empty() => row.pages.iter().any(|page| page.as_str() == kind.as_str()),
                _ => generated.pages.contains(&kind),
            };
            if on_page && row.is_none_or(|row| !row.hidden) {
                shown.push(self.merged(generated, row));
            }
        }
        let rest = role.faqs.iter().filter(|faq| written.contains_key(faq.id.as_str()) && !faq.hidden);
        shown.extend(rest.filter(|faq| is_on(faq, kind)).filter_map(|faq| self.written(faq)));
        shown
    }

    /// Every question of a role, whatever page shows it.
    pub fn all_faqs(&self, role: &Role) -> Vec<FaqView> {
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

    fn merged(&self, generated: Generated, row: Option<&Faq>) -> FaqView {
        let question = row.and_then(|row| row.question.clone());
        let answer = row.and_then(|row| row.answer.as_ref());
        FaqView {
            id: generated.id,
            question: question.unwrap_or(generated.question),
            generated: answer.is_none(),
            claims: if answer.is_none() { generated.claims } else { vec![] },
            answer: answer.map_or(generated.answer, |answer| self.block(answer)),
        }
    }

    /// What the data answers by itself. The ids are documented: a written row of the same id replaces the question.
    fn generated(&self, role: &Role) -> Vec<Generated> {
        let mut all = vec![];
        for level in role.ladder.levels() {
            all.extend(self.skills_question(level));
            all.extend(self.years_question(level));
        }
        all.extend(self.salary_question(role));
        all.extend(role.ladder.levels().filter_map(|level| self.advance_question(role, level)));
        all
    }

    fn skills_question(&self, level: &Level) -> Option<Generated> {
        let added: Vec<String> = level.skills.iter().filter(|need| need.change != Change::Kept).map(|need| self.need_name(need)).collect();
        let skills = self.join_and(&added);
        let summary = level.summary.clone().unwrap_or_default();
        let key = if level.skills.len() == added.len() { "faq_skills_answer" } else { "faq_skills_answer_new" };
        let mut answer = self.strings().fill(key, &[("level", &level.title), ("skills", &skills)]);
        if !summary.is_empty() {
            answer = format!("{answer} {summary}");
        }
        let question = self.strings().fill("faq_skills_question", &[("level", &level.title)]);
        (!added.is_empty()).then(|| Generated {
            id: format!("skills-{}", level.id),
            question,
            answer: paragraph(&answer),
            claims: vec![],
            pages: &[Kind::Faq, Kind::Ladder],
        })
    }

    fn years_question(&self, level: &Level) -> Option<Generated> {
        let (min, max) = level.experience?;
        let years = self.experience(min, max).text;
        let fill = |key: &str| self.strings().fill(key, &[("level", &level.title), ("years", &years)]);
        Some(Generated {
            id: format!("years-{}", level.id),
            question: fill("faq_years_question"),
            answer: paragraph(&fill("faq_years_answer")),
            claims: vec![],
            pages: &[Kind::Faq],
        })
    }

    /// What the role pays: the headline, and from the first level to the best paid.
    fn salary_question(&self, role: &Role) -> Option<Generated> {
        let paid: Vec<(&Level, &Pay)> = role.ladder.levels().filter_map(|level| Some((level, level.salary.as_ref()?))).collect();
        let headline = role.salary.first();
        let mut answers = vec![];
        if let Some(pay) = headline {
            let area = pay.area.as_ref().map(|area| self.site.config.area_name(area)).unwrap_or_default();
            let key = if area.is_empty() { "faq_salary_answer" } else { "faq_salary_answer_area" };
            answers.push(self.strings().fill(key, &[("label", &self.pay_label(pay)), ("pay", &self.pay_text_long(pay)), ("area", &area)]));
        }
        if let [(first, low), .., (last, high)] = paid.as_slice() {
            let (low, high) = (self.pay_text(low), self.pay_text(high));
            answers.push(self.strings().fill("faq_salary_levels", &[("first", &first.title), ("low", &low), ("last", &last.title), ("high", &high)]));
        }
        let question = self.strings().fill("faq_salary_question", &[("role", &role.title)]);
        let claims = headline.into_iter().chain(paid.first().map(|(_, pay)| *pay)).map(|pay| self.claim(&pay.claim)).collect();
        (!answers.is_empty()).then(|| Generated {
            id: "salary".into(),
            question,
            answer: paragraph(&answers.join(" ")),
            claims,
            pages: &[Kind::Faq, Kind::Ladder, Kind::Salary],
        })
    }

    /// How to advance: what was written for each way up, or what the data says of it.
    fn advance_question(&self, role: &Role, level: &Level) -> Option<Generated> {
        let way = |next: &crate::role::Next| {
            let target = role.ladder.level(next.level.as_str())?;
            let gained: Vec<String> = next.gained.iter().map(|need| self.need_name(need)).collect();
            let name = |html: Html| format!("<p><strong>{}</strong></p>\n{}\n", super::escape(&target.title), html.to_html());
            match &next.advance {
                Some(text) if level.next.len() > 1 => Some(name(self.block(text))),
                Some(text) => Some(self.block(text).to_html()),
                None if gained.is_empty() => None,
                None => Some(paragraph(&self.advance_text(level, target, &gained)).to_html()),
            }
        };
        let ways: Vec<String> = level.next.iter().filter_map(way).collect();
        let question = self.strings().fill("faq_advance_question", &[("level", &level.title)]);
        (!ways.is_empty()).then(|| Generated {
            id: format!("advance-{}", level.id),
            question,
            answer: Html::Ready(ways.concat()),
            claims: vec![],
            pages: &[Kind::Faq],
        })
    }
}

fn paragraph(text: &str) -> Html {
    Html::Ready(format!("<p>{}</p>", super::escape(text)))
}

fn is_on(faq: &Faq, kind: Kind) -> bool {
    if faq.pages.is_empty() { kind == Kind::Faq } else { faq.pages.iter().any(|page| page.as_str() == kind.as_str()) }
}
