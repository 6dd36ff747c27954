//! Terms of search: a page comes in, the texts by which search finds it go out. Terms of a section
//! stand with the section.

use super::{About, of};
use crate::data::{Id, Md};
use crate::kind::{Kind, Scope};
use crate::layout::{Page, Subject, groups, page};
use crate::role::{Ladder, Level, Position};
use crate::view::types::Html;
use crate::view::{ViewContext, faq};
use crate::wording::words;

/// The part of a page in which a text stands, which decides the weight of its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextKind {
    Title,
    /// Another name of the subject, such as a job title.
    Name,
    /// What the page belongs to, such as its role and its tags.
    Context,
    Heading,
    Text,
    Markdown,
}

/// Takes a text of a page.
pub type TermSink<'t> = dyn FnMut(TextKind, &str) + 't;

/// Adds every text by which search finds a page, without the body of its prose.
pub fn index_terms(cx: &ViewContext<'_>, page: &Page, sink: &mut TermSink<'_>) {
    let about = About::of(cx.site, cx.layout, cx.wording, page);
    // A comparison names two things: who looks for one of them wants its own pages first.
    let title = if page.kind == Kind::Compare {
        TextKind::Name
    } else {
        TextKind::Title
    };
    sink(title, &page.title);
    sink(TextKind::Text, &page.description);
    let address = page.url.as_str().trim_end_matches('/');
    let last = address.rsplit('/').next().unwrap_or_default();
    sink(TextKind::Context, last.trim_end_matches(".html"));
    let prose = page::prose(cx.site, page);
    prose
        .iter()
        .flat_map(|article| &article.front.tags)
        .for_each(|tag| sink(TextKind::Context, tag));
    if let Some(role) = about.role {
        sink(TextKind::Context, &role.title);
    }
    let kind = of(page.kind);
    if kind.scope == Scope::Role {
        for section in super::sections(kind).filter(|section| page.shows(section.id)) {
            (section.index_terms)(&about, cx, sink);
        }
    }
    add_terms_of_subject(cx, page, sink);
}

/// Adds the terms that depend on the subject of a page and stand in no section.
fn add_terms_of_subject(cx: &ViewContext<'_>, page: &Page, sink: &mut TermSink<'_>) {
    match &page.subject {
        Subject::Position(role, id) => {
            let position = cx.site.position(role.as_ref(), id);
            position
                .into_iter()
                .for_each(|position| add_position(position, sink));
        }
        Subject::Framework(id) => add_terms_of_framework(cx, page, id, sink),
        Subject::Tag(slug) => {
            cx.layout
                .tags
                .get(slug)
                .into_iter()
                .for_each(|tag| sink(TextKind::Name, tag));
        }
        Subject::Skill(id) => add_terms_of_skill(cx, id, sink),
        Subject::Site if page.kind == Kind::SitePositions => {
            let positions = cx.site.positions.iter();
            positions.for_each(|position| add_position(position, sink));
        }
        _ => {}
    }
}

fn add_terms_of_skill(cx: &ViewContext<'_>, id: &Id, sink: &mut TermSink<'_>) {
    let skill = cx.site.config.skills.get(id).map(|skill| &skill.row);
    let description = skill.and_then(|skill| skill.description.as_ref());
    description
        .into_iter()
        .for_each(|text| sink(TextKind::Markdown, &text.text));
    let skill = cx.layout.skills_in_use.get(id);
    let roles = skill.into_iter().flat_map(|skill| &skill.roles);
    roles
        .filter_map(|id| cx.site.listed(id))
        .for_each(|role| sink(TextKind::Text, role.title));
}

fn add_terms_of_framework(cx: &ViewContext<'_>, page: &Page, id: &Id, sink: &mut TermSink<'_>) {
    let Some(framework) = cx.site.frameworks.get(id) else {
        return;
    };
    framework
        .employer
        .iter()
        .for_each(|name| sink(TextKind::Context, name));
    if page.kind == Kind::Matrix {
        return add_competencies(&framework.ladder, sink);
    }
    framework
        .description
        .iter()
        .for_each(|text| sink(TextKind::Markdown, &text.text));
    framework
        .ladder
        .levels()
        .for_each(|level| add_level(level, cx, sink));
    add_texts(
        groups::roles_of_framework(cx.site, id).map(|role| &role.title),
        sink,
    );
}

/// Adds the titles of the levels of a role.
pub(super) fn add_level_titles(about: &About<'_>, sink: &mut TermSink<'_>) {
    let levels = about.role.into_iter().flat_map(|role| role.ladder.levels());
    levels.for_each(|level| sink(TextKind::Heading, &level.title));
}

/// Adds everything that the levels of a role say.
pub(super) fn add_levels(about: &About<'_>, cx: &ViewContext<'_>, sink: &mut TermSink<'_>) {
    let levels = about.role.into_iter().flat_map(|role| role.ladder.levels());
    levels.for_each(|level| add_level(level, cx, sink));
}

/// Adds everything that a level says.
fn add_level(level: &Level, cx: &ViewContext<'_>, sink: &mut TermSink<'_>) {
    sink(TextKind::Heading, &level.title);
    let lines = level
        .name
        .iter()
        .chain(&level.summary)
        .chain(&level.scope)
        .chain(&level.reach);
    add_texts(lines, sink);
    add_markdown(&level.responsibilities, sink);
    level
        .skills
        .iter()
        .flat_map(|need| &need.skills)
        .for_each(|id| add_skill_name(id, cx, sink));
    level
        .focus
        .iter()
        .for_each(|text| sink(TextKind::Markdown, &text.text));
    let ways = level.next.iter().filter_map(|next| next.advance.as_ref());
    ways.for_each(|text| sink(TextKind::Markdown, &text.text));
}

/// Adds the questions of a page with their answers.
pub(super) fn add_questions(about: &About<'_>, cx: &ViewContext<'_>, sink: &mut TermSink<'_>) {
    let Some(role) = about.role else { return };
    for faq in faq::faqs_on(cx, role, about.page.kind) {
        sink(TextKind::Heading, &faq.question);
        add_html(&faq.answer, sink);
    }
}

/// Adds a text before it is rendered.
fn add_html(text: &Html, sink: &mut TermSink<'_>) {
    match text {
        Html::Empty => {}
        Html::Ready(text) => sink(TextKind::Markdown, text),
        Html::Record(text) => sink(TextKind::Markdown, &text.markdown),
        Html::Cited(cited) => sink(TextKind::Markdown, &cited.text.markdown),
        Html::Parts(parts) => parts.iter().for_each(|part| add_html(part, sink)),
    }
}

/// Adds the name of a skill.
pub(super) fn add_skill_name(id: &Id, cx: &ViewContext<'_>, sink: &mut TermSink<'_>) {
    sink(TextKind::Text, &words::skill_name(&cx.wording, id));
}

/// Adds a name as a heading, and the text below it.
pub(super) fn add_entry(name: &str, text: Option<&Md>, sink: &mut TermSink<'_>) {
    sink(TextKind::Heading, name);
    text.into_iter()
        .for_each(|text| sink(TextKind::Markdown, &text.text));
}

/// Adds plain texts.
pub(super) fn add_texts<'t>(texts: impl IntoIterator<Item = &'t String>, sink: &mut TermSink<'_>) {
    texts
        .into_iter()
        .for_each(|text| sink(TextKind::Text, text));
}

/// Adds Markdown texts.
pub(super) fn add_markdown<'t>(texts: impl IntoIterator<Item = &'t Md>, sink: &mut TermSink<'_>) {
    for text in texts {
        sink(TextKind::Markdown, &text.text);
    }
}

/// Adds the competencies of a ladder, with the criteria that each level adds.
pub(super) fn add_competencies(ladder: &Ladder, sink: &mut TermSink<'_>) {
    for competency in ladder.levels().flat_map(|level| &level.competencies) {
        sink(TextKind::Heading, &competency.name);
        competency
            .added
            .iter()
            .for_each(|criterion| sink(TextKind::Markdown, &criterion.text.text));
        for milestone in &competency.milestones {
            add_texts(&milestone.name, sink);
            add_markdown(&milestone.description, sink);
            add_markdown(milestone.signals.iter().chain(&milestone.examples), sink);
        }
    }
}

/// Adds what an open job says.
pub(super) fn add_position(position: &Position, sink: &mut TermSink<'_>) {
    sink(TextKind::Heading, &position.title);
    sink(TextKind::Text, &position.employer);
    let places = position.locations.iter().flat_map(|place| &place.name);
    add_texts(places.chain(&position.summary), sink);
    position
        .description
        .iter()
        .for_each(|text| sink(TextKind::Markdown, &text.text));
}
