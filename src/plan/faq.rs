//! Questions: those that the data answers are made here, those that were written replace, join or hide them.

use std::collections::BTreeMap;

use super::Plan;
use super::view::{ClaimView, FaqView, Html};
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

    fn shown_on<'a>(&'a self, role: &'a Role, kind: Kind) -> Vec<Shown<'a>> {
        let mut written: BTreeMap<&str, &Faq> = role.faqs.iter().map(|faq| (faq.id.as_str(), faq)).collect();
        let mut shown = vec![];
        for generated in self.generated(role) {
            let row = written.remove(generated.id.as_str());
            let on_page = match row {
                Some(row) if !row.pages.is_empty() => self.is_on(role, named(row), kind),
                // What somebody wrote into it must be somewhere.
                Some(row) if row.answer.is_some() || row.question.is_some() => self.is_on(role, generated.pages.iter().copied(), kind),
                _ => generated.pages.contains(&kind),
            };
            if on_page && row.is_none_or(|row| !row.hidden) {
                shown.push(Shown::Generated(generated, row));
            }
        }
        let rest = role.faqs.iter().filter(|faq| written.contains_key(faq.id.as_str()) && !faq.hidden && faq.question.is_some() && faq.answer.is_some());
        shown.extend(rest.filter(|faq| self.is_on(role, pages_of(faq), kind)).map(Shown::Written));
        shown
    }

    /// Whether a page of a kind shows a question of some pages: the hub also does when there is too little for all of those.
    fn is_on(&self, role: &Role, mut pages: impl Iterator<Item = Kind> + Clone, kind: Kind) -> bool {
        let has_none = |page: Kind| !page.sections().contains(&"faq") || self.lacks(role, page);
        pages.clone().any(|page| page == kind) || (kind == Kind::Hub && pages.all(has_none))
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
        if !role.salary.is_empty() || role.ladder.levels().filter(|level| level.salary.is_some()).count() > 1 {
            add("salary".to_owned(), &[Kind::Faq, Kind::Ladder, Kind::Salary], Box::new(move || self.salary_words(role)));
        }
        for level in role.ladder.levels().filter(|level| level.next.iter().any(|next| next.advance.is_some() || !next.gained.is_empty())) {
            add(format!("advance-{}", level.id), &[Kind::Faq], Box::new(move || self.advance_words(role, level)));
        }
        all
    }

    fn skills_words(&self, level: &Level) -> Words {
        let added: Vec<String> = level.skills.iter().filter(|need| need.change != Change::Kept).map(|need| self.need_name(need)).collect();
        let key = if level.skills.len() == added.len() { "faq_skills_answer" } else { "faq_skills_answer_new" };
        let answer = self.strings().fill(key, &[("level", &level.title), ("skills", &self.join_and(&added))]);
        let answer = self.join_sentences(&[Some(answer), level.summary.clone()].into_iter().flatten().collect::<Vec<_>>());
        let question = self.strings().fill("faq_skills_question", &[("level", &level.title)]);
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
            let gained: Vec<String> = next.gained.iter().map(|need| self.need_name(need)).collect();
            let name = || Html::Ready(format!("<p><strong>{}</strong></p>\n", super::escape(&target.title)));
            match &next.advance {
                Some(text) if level.next.len() > 1 => Some(Html::Parts(vec![name(), self.block(text), Html::Ready("\n".to_owned())])),
                Some(text) => Some(self.block(text)),
                None if gained.is_empty() => None,
                None => Some(paragraph(&self.advance_text(level, target, &gained))),
            }
        };
        let ways: Vec<Html> = level.next.iter().filter_map(way).collect();
        Words { question: self.strings().fill("faq_advance_question", &[("level", &level.title)]), answer: Html::Parts(ways), claims: vec![] }
    }
}

fn paragraph(text: &str) -> Html {
    Html::Ready(format!("<p>{}</p>", super::escape(text)))
}

/// The kinds of pages that a row names.
fn named(faq: &Faq) -> impl Iterator<Item = Kind> + Clone {
    faq.pages.iter().filter_map(|page| Kind::named(page.as_str()))
}

/// The kinds of pages that show a written question.
fn pages_of(faq: &Faq) -> impl Iterator<Item = Kind> + Clone {
    named(faq).chain(Some(Kind::Faq).filter(|_| faq.pages.is_empty()))
}
