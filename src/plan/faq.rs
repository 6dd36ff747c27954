//! Questions: those that the data answers are made here, those that were written replace, join or hide them.

use std::collections::BTreeMap;

use super::Plan;
use super::unit::{self, Unit};
use super::view::{ClaimView, FaqView, Html};
use super::words::paragraph;
use crate::kind::Kind;
use crate::locale::Form;
use crate::role::{Change, Faq, Ladder, Level, Pay, Role};

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
        if role.headline().is_some() || role.ladder.pays().count() > 1 {
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

    /// What the role pays: the headline, and from the lowest pay on the ladder to the highest.
    fn salary_words(&self, role: &Role) -> Words {
        let headline = role.headline();
        let told = headline.map(|pay| self.pay_particulars(pay)).unwrap_or_default();
        let ends = ends_of_pay(&role.ladder);
        let answers = [headline.map(|pay| self.headline_answer(pay)), self.ladder_answer(&ends, &told)];
        let claims = headline.into_iter().chain(ends.iter().flatten().map(|(_, pay)| *pay)).map(|pay| self.claim(&pay.claim)).collect();
        let answer = paragraph(&self.join_sentences(&answers.into_iter().flatten().collect::<Vec<_>>()));
        Words { question: self.strings().fill("faq_salary_question", &[("role", &role.title)]), answer, claims }
    }

    /// "Median pay (United States): $135,980 a year."
    fn headline_answer(&self, pay: &Pay) -> String {
        let label = self.pay_label(pay);
        let rest: Vec<String> = self.pay_particulars(pay).into_iter().filter(|note| *note != label).collect();
        let key = if rest.is_empty() { "faq_salary_answer" } else { "faq_salary_answer_area" };
        let rest = rest.join(self.strings().get("list_separator"));
        self.strings().fill(key, &[("label", &label), ("pay", &self.pay_amount(pay, Form::Long)), ("area", &rest)])
    }

    /// "On the ladder, Junior pays $25–$50 an hour and Senior $60–$90 an hour."; of pay of several kinds each with what it is.
    fn ladder_answer(&self, ends: &[Vec<(&Level, &Pay)>], told: &[String]) -> Option<String> {
        let text = |pay: &Pay| self.with_period(&self.pay_amount(pay, Form::Short), pay);
        if let [kind] = ends
            && let [(first, low), (last, high)] = kind.as_slice()
        {
            let (low, high) = (text(low), self.pay_told(text(high), high, told));
            return Some(self.strings().fill("faq_salary_levels", &[("first", &first.title), ("low", &low), ("last", &last.title), ("high", &high)]));
        }
        let shared = self.shared_notes(&ends.iter().flatten().map(|(_, pay)| *pay).collect::<Vec<_>>());
        let told_for_all = [told, &shared].concat();
        let level = |(level, pay): &(&Level, &Pay)| {
            self.strings().fill("faq_salary_level", &[("level", &level.title), ("pay", &self.pay_told(text(pay), pay, &told_for_all))])
        };
        let levels: Vec<String> = ends.iter().flatten().map(level).collect();
        let (_, first) = ends.first()?.first()?;
        let apart: Vec<String> = self.pay_particulars(first).into_iter().filter(|note| !shared.contains(note)).collect();
        let levels = self.pay_told(self.join_and(&levels), first, &[told, &apart].concat());
        Some(self.strings().fill("faq_salary_kinds", &[("levels", &levels)]))
    }

    /// How to advance: what was written for each way up, or what the data says of it.
    fn advance_words(&self, role: &Role, level: &Level) -> Words {
        let way = |next: &crate::role::Next| {
            let target = role.ladder.level(next.level.as_str())?;
            let name = || Html::Ready(format!("<p><strong>{}</strong></p>\n", super::escape(&target.title)));
            match &next.advance {
                Some(text) if level.next.len() > 1 => Some(Html::Parts(vec![name(), self.block(text), Html::Ready("\n".to_owned())])),
                Some(text) => Some(self.block(text)),
                None if next.gained.is_empty() => None,
                None => Some(paragraph(&self.advice(level, target, &next.gained))),
            }
        };
        let ways: Vec<Html> = level.next.iter().filter_map(way).collect();
        Words { question: self.strings().fill("faq_advance_question", &[("level", &level.title)]), answer: Html::Parts(ways), claims: vec![] }
    }
}

/// The kinds of pages that a row names.
fn named(faq: &Faq) -> impl Iterator<Item = Kind> + Clone {
    faq.pages.iter().filter_map(|page| Kind::named(page.as_str()))
}

/// The kinds of pages that show a written question.
fn pages_of(faq: &Faq) -> impl Iterator<Item = Kind> + Clone {
    named(faq).chain(Some(Kind::Faq).filter(|_| faq.pages.is_empty()))
}

/// Of each kind of pay on a ladder, the level that is paid the least and the one that is paid the most; one where they are the same.
fn ends_of_pay(ladder: &Ladder) -> Vec<Vec<(&Level, &Pay)>> {
    let paid = ladder.levels().filter_map(|level| Some((level, level.salary.as_ref()?)));
    unit::groups(paid, |(_, pay)| Unit::of(pay)).into_iter().map(|levels| lowest_and_highest(&levels)).collect()
}

fn lowest_and_highest<'r>(levels: &[(&'r Level, &'r Pay)]) -> Vec<(&'r Level, &'r Pay)> {
    let low = levels.iter().min_by_key(|(_, pay)| pay.amounts.stated());
    let high = levels.iter().max_by_key(|(_, pay)| (pay.amounts.stated().1, unit::is_open(pay)));
    let mut ends: Vec<_> = low.into_iter().chain(high).copied().collect();
    ends.dedup_by_key(|(level, _)| &level.id);
    ends
}
