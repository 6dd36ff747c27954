//! Questions: a role and a kind of page come in, the questions that the page shows go out.
//!
//! A record answers some questions by its data (`answers`). Rows of `[[faqs]]` add questions,
//! replace or hide a generated question of the same id, and choose the pages that show it.

mod answers;

use std::collections::BTreeMap;

use crate::data::Id;
use crate::digest::Digest;
use crate::kind::Kind;
use crate::layout::Layout;
use crate::role::{Change, Faq, Level, Next, Role};
use crate::site::Site;
use crate::view::context::ViewContext;
use crate::view::shared::SharedRole;
use crate::view::types::FaqView;
use crate::view::{role, text};
use crate::wording::words::Part;
use crate::wording::years::Years;
use answers::Answer;

/// A question that the data of a role answers.
#[derive(Clone, Copy)]
enum Topic<'a> {
    /// What a level asks for.
    Skills(&'a Level),
    /// The years of experience that a level asks for.
    Years(&'a Level, Years),
    /// What the role pays.
    Salary,
    /// How to get from a level to the next.
    Advance(&'a Level),
}

/// A question that a page shows.
enum Question<'a> {
    /// A question that the data answers, with the row of the same id.
    Generated(Topic<'a>, Option<&'a Faq>),
    Written(&'a Faq),
}

impl Topic<'_> {
    /// Returns the id of the question. It is documented: a row of `[[faqs]]` with this id replaces
    /// the question.
    fn id(&self) -> String {
        match self {
            Self::Skills(level) => format!("skills-{}", level.id),
            Self::Years(level, _) => format!("years-{}", level.id),
            Self::Salary => "salary".to_owned(),
            Self::Advance(level) => format!("advance-{}", level.id),
        }
    }

    /// Returns the kinds of pages that show the question.
    fn pages(&self) -> &'static [Kind] {
        match self {
            Self::Skills(_) => &[Kind::Faq, Kind::Ladder],
            Self::Years(..) | Self::Advance(_) => &[Kind::Faq],
            Self::Salary => &[Kind::Faq, Kind::Ladder, Kind::Salary],
        }
    }

    /// Returns the string that names the topic in the description of a page.
    fn part(&self) -> &'static str {
        match self {
            Self::Skills(_) => "part_skills",
            Self::Years(..) => "part_experience",
            Self::Salary => "part_pay",
            Self::Advance(_) => "part_advancement",
        }
    }
}

/// Returns how many questions the FAQ page of a role would have.
pub fn count(role: &Role) -> usize {
    questions(role, Kind::Faq, &|_| false).len()
}

/// Returns how many questions a page of a role shows.
pub fn count_on(layout: &Layout, site: &Site, role: &Role, kind: Kind) -> usize {
    questions(role, kind, &|page| is_nowhere(layout, site, role, page)).len()
}

/// Returns the questions that a page of a role shows: generated questions in the order of the
/// ladder, then written ones.
pub fn faqs_on(cx: &ViewContext<'_>, role: &Role, kind: Kind) -> Vec<FaqView> {
    let view = |question| match question {
        Question::Generated(topic, row) => Some(merged(cx, role, topic, row)),
        Question::Written(faq) => written(cx.site, cx.layout, faq),
    };
    let is_nowhere = |page| is_nowhere(cx.layout, cx.site, role, page);
    questions(role, kind, &is_nowhere)
        .into_iter()
        .filter_map(view)
        .collect()
}

/// Returns the topics of the generated questions of a role, for the description of their page.
pub fn topics(role: &Role) -> Vec<Part> {
    let shown = questions(role, Kind::Faq, &|_| false);
    let has = |part: &'static str| {
        let is_part = |question: &Question<'_>| match question {
            Question::Generated(topic, _) => topic.part() == part,
            Question::Written(_) => false,
        };
        (shown.iter().any(is_part), part)
    };
    [
        "part_skills",
        "part_experience",
        "part_pay",
        "part_advancement",
    ]
    .map(has)
    .into()
}

/// Returns the questions on a page of a role.
///
/// `is_nowhere` returns true for a kind of page that shows no questions or has too little to be
/// made.
fn questions<'a>(
    role: &'a Role,
    kind: Kind,
    is_nowhere: &dyn Fn(Kind) -> bool,
) -> Vec<Question<'a>> {
    // The hub also shows a question when there is too little for all pages that it is of.
    let is_on = |pages: &[Kind]| {
        pages.contains(&kind) || (kind == Kind::Hub && pages.iter().all(|page| is_nowhere(*page)))
    };
    let mut written: BTreeMap<&str, &Faq> =
        role.faqs.iter().map(|faq| (faq.id.as_str(), faq)).collect();
    let mut shown = vec![];
    for topic in generated(role) {
        let row = written.remove(topic.id().as_str());
        let on_page = match row {
            Some(row) if !row.pages.is_empty() => is_on(&named(row)),
            // Written text must be on some page.
            Some(row) if row.answer.is_some() || row.question.is_some() => is_on(topic.pages()),
            _ => topic.pages().contains(&kind),
        };
        if on_page && row.is_none_or(|row| !row.hidden) {
            shown.push(Question::Generated(topic, row));
        }
    }
    let is_whole = |faq: &&Faq| !faq.hidden && faq.question.is_some() && faq.answer.is_some();
    let rest = role
        .faqs
        .iter()
        .filter(|faq| written.contains_key(faq.id.as_str()));
    let on_page = rest.filter(is_whole).filter(|faq| is_on(&pages_of(faq)));
    shown.extend(on_page.map(Question::Written));
    shown
}

/// Returns true if a page of a kind shows no questions, or is not made because there is too little
/// to say.
fn is_nowhere(layout: &Layout, site: &Site, role: &Role, kind: Kind) -> bool {
    !layout.kinds.has_section(kind, "faq") || layout.lacks(site, role, kind)
}

/// Returns all questions of a role, whichever page shows them. They are made once.
pub fn all_faqs<'s>(cx: &ViewContext<'_>, shared: &'s SharedRole) -> &'s [FaqView] {
    shared.faqs(|id| {
        let role = cx.site.any_role(id);
        role.map(|role| every_faq(cx, role)).unwrap_or_default()
    })
}

/// Returns the digest of all questions of a role.
pub fn digest(cx: &ViewContext<'_>, id: &Id) -> Option<Digest> {
    cx.shared.roles.faqs_digest(id, || {
        role::shared(cx, id)
            .map(|shared| Digest::of_value(all_faqs(cx, &shared)))
            .unwrap_or_default()
    })
}

fn every_faq(cx: &ViewContext<'_>, role: &Role) -> Vec<FaqView> {
    let mut all: Vec<FaqView> = vec![];
    for kind in cx.layout.kinds.of_role() {
        let mut more = faqs_on(cx, role, kind);
        more.retain(|faq| all.iter().all(|known| known.id != faq.id));
        all.append(&mut more);
    }
    all
}

/// Returns the questions of a role that have a written answer.
pub(super) fn written_faqs(site: &Site, layout: &Layout, role: &Role) -> Vec<FaqView> {
    role.faqs
        .iter()
        .filter(|faq| !faq.hidden)
        .filter_map(|faq| written(site, layout, faq))
        .collect()
}

/// Returns a written question, or `None` if a row lacks the question or the answer.
fn written(site: &Site, layout: &Layout, faq: &Faq) -> Option<FaqView> {
    let (question, answer) = (faq.question.clone()?, faq.answer.as_ref()?);
    Some(FaqView {
        id: faq.id.to_string(),
        question,
        answer: text::block(site, layout, answer),
        generated: false,
        claims: vec![],
    })
}

/// Returns a generated question, with the question or answer of its row in place of the generated
/// one.
fn merged(cx: &ViewContext<'_>, role: &Role, topic: Topic<'_>, row: Option<&Faq>) -> FaqView {
    if let Some(whole) = row.and_then(|row| written(cx.site, cx.layout, row)) {
        return whole;
    }
    let Answer {
        question,
        answer,
        claims,
    } = answers::answer(cx, role, topic);
    let question = row.and_then(|row| row.question.clone()).unwrap_or(question);
    match row.and_then(|row| row.answer.as_ref()) {
        Some(written) => FaqView {
            id: topic.id(),
            question,
            answer: text::block(cx.site, cx.layout, written),
            generated: false,
            claims: vec![],
        },
        None => FaqView {
            id: topic.id(),
            question,
            answer,
            generated: true,
            claims,
        },
    }
}

/// Returns the questions that the data of a role answers.
fn generated(role: &Role) -> Vec<Topic<'_>> {
    let mut all = vec![];
    for level in role.ladder.levels() {
        if level.skills.iter().any(|need| need.change != Change::Kept) {
            all.push(Topic::Skills(level));
        }
        all.extend(
            level
                .experience
                .map(|(min, max)| Topic::Years(level, Years { min, max })),
        );
    }
    if role.headline().is_some() || role.ladder.pays().count() > 1 {
        all.push(Topic::Salary);
    }
    let leads_on = |next: &Next| next.advance.is_some() || !next.gained.is_empty();
    let leading = role
        .ladder
        .levels()
        .filter(|level| level.next.iter().any(leads_on));
    all.extend(leading.map(Topic::Advance));
    all
}

/// Returns the kinds of pages that a row names.
fn named(faq: &Faq) -> Vec<Kind> {
    faq.pages
        .iter()
        .filter_map(|page| Kind::named(page.as_str()))
        .collect()
}

/// Returns the kinds of pages that show a written question.
fn pages_of(faq: &Faq) -> Vec<Kind> {
    if faq.pages.is_empty() {
        vec![Kind::Faq]
    } else {
        named(faq)
    }
}
