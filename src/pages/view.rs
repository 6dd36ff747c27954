//! The View of a page: a page of the layout comes in, everything that its template sees goes out,
//! without the rendered body.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::{About, Menu, Shown, kinds_of_menu, of, sections as kind_sections};
use crate::content::PageHeading;
use crate::kind::Kind;
use crate::layout::{Page, Subject, files, page};
use crate::role::Level;
use crate::view::page::{RoleVariables, View};
use crate::view::types::{Html, Image, PageView, Section, SourceFile, SourceRef, TocEntry};
use crate::view::variable::Variable;
use crate::view::{
    ViewContext, article, compare, crumbs, faq, head, image, jsonld, lists, role, section, text,
};

/// How many words most people read in a minute.
const WORDS_A_MINUTE: usize = 220;

/// Makes the View of a page.
///
/// `page.body` is empty; rendering fills it in.
pub fn view(cx: &ViewContext<'_>, page: &Page) -> View {
    let described = compare::described(cx, page);
    let page = described.as_ref().unwrap_or(page);
    let about = About::of(cx.site, cx.layout, cx.wording, page);
    let questions = about
        .role
        .map(|role| faq::faqs_on(cx, role, page.kind))
        .unwrap_or_default();
    let breadcrumbs = crumbs::breadcrumbs(cx, page);
    let mut variables = (of(page.kind).variables)(&about, cx);
    let shown = Shown {
        about,
        breadcrumbs: &breadcrumbs,
        questions: &questions,
    };
    let view = page_view(cx, &shown);
    variables.push(Variable::new("faqs", questions));
    variables.push(Variable::new("lists", lists::lists(cx, page)));
    View {
        page: view,
        role: of_role(cx, page),
        variables,
    }
}

/// Makes what every page has.
///
/// Longer than other functions because a [`PageView`] has many fields.
fn page_view(cx: &ViewContext<'_>, shown: &Shown<'_>) -> PageView {
    let page = shown.about.page;
    let config = &cx.site.config;
    let image = image::of_page(cx.site, cx.layout, page);
    let prose = page::prose(cx.site, page);
    let front = prose.map(|article| &article.front);
    let words = prose.map_or(0, |article| article.facts.words);
    let sections = sections(cx, page);
    let menu = match &page.subject {
        Subject::Framework(_) | Subject::FrameworkLevels(..) => Menu::Framework,
        _ => Menu::Role,
    };
    let is_described_by_body = matches!(page.kind, Kind::Article | Kind::Section)
        && front.is_some_and(|front| front.description.is_none());
    PageView {
        kind: page.kind.as_str(),
        url: config.href(&page.url),
        permalink: config.permalink(&page.url),
        title: page.title.clone(),
        head_title: head::title(cx, page),
        description: page.description.clone(),
        lead: if is_described_by_body {
            String::new()
        } else {
            page.description.clone()
        },
        language: cx.wording.language.to_owned(),
        direction: cx.wording.locale.direction(),
        head: head(cx, shown, image.as_ref()),
        body: Html::Empty,
        toc: toc(&shown.about, &sections),
        breadcrumbs: shown.breadcrumbs.to_vec(),
        siblings: crumbs::siblings(cx, page, kinds_of_menu(menu).collect()),
        date: front
            .and_then(|front| front.date.as_ref())
            .map(|date| date.value.to_string()),
        updated: page::updated(cx.site, page).map(|date| date.to_string()),
        expires: front
            .and_then(|front| front.expires.as_ref())
            .map(|date| date.value.to_string()),
        draft: page::is_draft(cx.site, page),
        noindex: !page::is_listed(cx.site, page),
        image,
        authors: article::authors(cx.site, cx.layout, page),
        tags: article::tags_of(cx.site, cx.layout, page),
        words,
        reading_minutes: words.div_ceil(WORDS_A_MINUTE),
        up_next: article::up_next(cx, page),
        calls_to_action: article::calls_to_action(cx.site, page),
        sections,
        text_source: text_source(cx, page),
        feed: match &page.subject {
            Subject::Section(path) => {
                files::feed_url(cx.site, cx.layout, Some(path)).map(|url| config.href(&url))
            }
            _ => None,
        },
        extra: Json::Object(front.map(|front| front.extra.0.clone()).unwrap_or_default()),
        source: SourceFile {
            path: page::source_path(cx.site, page).map(|path| path.to_string()),
        },
    }
}

/// Returns where the texts of the record of a page are from. An article and an open job have texts of
/// their own.
fn text_source(cx: &ViewContext<'_>, page: &Page) -> Option<SourceRef> {
    let source = match &page.subject {
        Subject::Article(..) | Subject::Position(..) => None,
        Subject::Framework(id) | Subject::FrameworkLevels(id, ..) => {
            cx.site.frameworks.get(id)?.text_source.as_ref()
        }
        subject => cx.site.role(subject.role()?)?.text_source.as_ref(),
    };
    text::source_ref(cx.site, cx.layout, source?)
}

/// Returns the head of a page, with its JSON-LD.
fn head(cx: &ViewContext<'_>, shown: &Shown<'_>, image: Option<&Image>) -> Html {
    let page = shown.about.page;
    let breadcrumbs = jsonld::breadcrumbs(cx, shown.breadcrumbs);
    let of_kind = (of(page.kind).json_ld)(shown, cx);
    head::of_page(cx, page, image, breadcrumbs.into_iter().chain(of_kind))
}

/// Returns the role variables of a page: all of them on pages of a role, only `role` on articles
/// and open jobs, and a null `role` on articles and jobs of no role.
fn of_role(cx: &ViewContext<'_>, page: &Page) -> Option<RoleVariables> {
    match &page.subject {
        Subject::Role(id) => role::shared(cx, id).map(RoleVariables::All),
        Subject::Position(Some(id), _) => role::shared(cx, id).map(RoleVariables::Role),
        Subject::Article(_, Some(id)) => {
            Some(role::shared(cx, id).map_or(RoleVariables::Null, RoleVariables::Role))
        }
        Subject::Article(_, None) | Subject::Position(None, _) => Some(RoleVariables::Null),
        _ => None,
    }
}

/// Returns the generated sections of a page by their names in templates.
fn sections(cx: &ViewContext<'_>, page: &Page) -> BTreeMap<String, Section> {
    let sections = kind_sections(of(page.kind));
    sections
        .map(|kind| (key(kind.id), section::view(cx, page, kind.id)))
        .collect()
}

/// Returns the name of a section in templates.
fn key(section: &str) -> String {
    section.replace('-', "_")
}

/// Returns the table of contents: the headings of the body, then the generated sections that are
/// shown.
fn toc(about: &About<'_>, sections: &BTreeMap<String, Section>) -> Vec<TocEntry> {
    let prose = page::prose(about.site, about.page);
    let mut toc = prose
        .map(|article| contents(article.facts.page.headings()))
        .unwrap_or_default();
    for kind in kind_sections(of(about.page.kind)) {
        let Some(section) = sections.get(&key(kind.id)) else {
            continue;
        };
        if !section.show {
            continue;
        }
        let children = match (about.page.kind, kind.id) {
            (Kind::Ladder, "levels") => level_entries(about),
            _ => vec![],
        };
        toc.push(TocEntry {
            id: section.id.clone(),
            text: section.heading.clone(),
            children,
        });
    }
    toc
}

/// Returns an entry for each level of the role.
fn level_entries(about: &About<'_>) -> Vec<TocEntry> {
    let levels = about.role.into_iter().flat_map(|role| role.ladder.levels());
    let entry = |level: &Level| TocEntry {
        id: level.id.to_string(),
        text: level.title.clone(),
        children: vec![],
    };
    levels.map(entry).collect()
}

/// Returns entries for headings of the second level, with those of the third level below them.
fn contents<'h>(headings: impl Iterator<Item = PageHeading<'h>>) -> Vec<TocEntry> {
    let mut toc: Vec<TocEntry> = vec![];
    for PageHeading { level, id, text } in headings {
        let entry = TocEntry {
            id: id.to_owned(),
            text: text.to_owned(),
            children: vec![],
        };
        match (level, toc.last_mut()) {
            (3, Some(parent)) => parent.children.push(entry),
            (2 | 3, _) => toc.push(entry),
            _ => {}
        }
    }
    toc
}
