//! Indexes: a site comes in; cards of all roles, categories, sections and tags go out, in groups
//! and pages.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::data::Id;
use crate::kind::Kind;
use crate::layout::groups::parent_folder;
use crate::layout::{Page, Subject, groups, page};
use crate::path::{SourcePath, slugify};
use crate::role::Role;
use crate::view::context::ViewContext;
use crate::view::types::{Card, CategoryView, Crumb, FaqGroup, Group, Paginator};
use crate::view::{card, faq, text};

/// Returns the cards of all roles by the first letter of their titles.
pub fn roles_by_letter(cx: &ViewContext<'_>) -> Vec<Group<Card>> {
    // Titles that begin with no letter come first.
    let mut groups: BTreeMap<Option<String>, Vec<Card>> = BTreeMap::new();
    let mut cards = card::role_cards(cx, cx.site.all_roles());
    cards.sort_by_cached_key(|card| cx.wording.locale.sort_key(&card.title));
    for card in cards {
        groups
            .entry(cx.wording.locale.letter(&card.title))
            .or_default()
            .push(card);
    }
    let group = |(letter, items): (Option<String>, Vec<Card>)| {
        let id = match &letter {
            Some(letter) => format!("letter-{}", slugify(letter)),
            None => "letter-other".to_owned(),
        };
        let title = letter.unwrap_or_else(|| cx.wording.strings.get("letter_other").to_owned());
        Group {
            id,
            title,
            url: None,
            summary: String::new(),
            items,
        }
    };
    groups.into_iter().map(group).collect()
}

/// Returns the categories that have published roles.
pub fn categories(cx: &ViewContext<'_>) -> Vec<CategoryView> {
    cx.site
        .config
        .categories
        .iter()
        .filter_map(|(id, _)| category(cx, id))
        .collect()
}

/// Returns a category with its roles, or `None` if none of them is published.
pub fn category(cx: &ViewContext<'_>, id: &Id) -> Option<CategoryView> {
    let mut categories = cx.site.config.categories.iter();
    let (_, declared) = categories.find(|(other, _)| other == id)?;
    let page = cx.layout.page_about(Kind::Category, id.as_str())?;
    Some(CategoryView {
        id: id.to_string(),
        title: declared.row.title.value.clone(),
        url: cx.site.config.href(&page.url),
        summary: declared.row.summary.clone().unwrap_or_default(),
        description: text::optional_block(cx, declared.row.description.as_ref()),
        roles: card::role_cards(
            cx,
            cx.site
                .all_roles()
                .filter(|role| role.categories.contains(id)),
        ),
    })
}

/// One page of the index of a section.
pub struct Part {
    /// The articles on this page.
    pub items: Vec<Card>,
    /// The place among the other pages; `None` if there is only this one.
    pub paginator: Option<Paginator>,
}

/// Returns one page of the index of a section.
pub fn part_of_section(cx: &ViewContext<'_>, page: &Page, section: &SourcePath) -> Part {
    let size = groups::part_size(cx.site, section);
    let articles = cx
        .layout
        .pages_at(cx.layout.groups.articles_of_section.get(section));
    let cards = articles
        .skip((page.number - 1) * size)
        .take(size)
        .map(|page| card::of_page(cx, page));
    Part {
        items: cards.collect(),
        paginator: paginator(cx, page, section),
    }
}

fn paginator(cx: &ViewContext<'_>, page: &Page, section: &SourcePath) -> Option<Paginator> {
    let parts = cx.layout.groups.parts_of_section.get(section);
    let parts: Vec<&Page> = cx.layout.pages_at(parts).collect();
    if parts.len() < 2 {
        return None;
    }
    let href = |part: &Page| cx.site.config.href(&part.url);
    let href_of = |number: usize| {
        let part = parts.iter().find(|part| part.number == number)?;
        Some(href(part))
    };
    let crumb = |part: &&Page| Crumb {
        title: part.number.to_string(),
        url: href(part),
    };
    Some(Paginator {
        current: page.number,
        count: parts.len(),
        previous: page.number.checked_sub(1).and_then(href_of),
        next: href_of(page.number + 1),
        pages: parts.iter().map(crumb).collect(),
    })
}

/// Returns the sections directly below a section.
pub fn subsections(cx: &ViewContext<'_>, section: &SourcePath) -> Vec<Card> {
    let below = cx
        .layout
        .groups
        .parts_of_section
        .whole()
        .iter()
        .filter(|(path, _)| parent_folder(path.folder()) == section.folder() && *path != section);
    below
        .filter_map(|(_, parts)| parts.first())
        .map(|index| card::of_page(cx, &cx.layout.pages[*index]))
        .collect()
}

/// Returns the articles with a tag, newest first.
pub fn cards_of_tag(cx: &ViewContext<'_>, slug: &str) -> Vec<Card> {
    cx.layout
        .pages_at(cx.layout.groups.tagged.get(slug))
        .map(|page| card::of_page(cx, page))
        .collect()
}

/// Returns the newest articles with a date.
pub fn newest_articles(cx: &ViewContext<'_>, limit: usize) -> Vec<Card> {
    let dated = |page: &&Page| {
        matches!(page.subject, Subject::Article(..))
            && page::prose(cx.site, page).is_some_and(|article| article.front.date.is_some())
    };
    let mut pages: Vec<&Page> = cx.layout.pages.whole().iter().filter(dated).collect();
    pages.sort_by_cached_key(|page| {
        let prose = page::prose(cx.site, page);
        let date = prose.and_then(|article| article.front.date.as_ref());
        (
            Reverse(date.map(|date| date.value)),
            cx.wording.locale.sort_key(&page.title),
        )
    });
    pages
        .into_iter()
        .take(limit)
        .map(|page| card::of_page(cx, page))
        .collect()
}

/// Returns the written questions of every role that has some.
pub fn faq_groups(cx: &ViewContext<'_>) -> Vec<FaqGroup> {
    let group = |role: &Role| {
        let items = faq::written_faqs(cx.site, cx.layout, role);
        if items.is_empty() {
            return None;
        }
        let url_of = |kind| cx.layout.url_of(cx.site, kind, role.id.as_str());
        Some(FaqGroup {
            id: role.id.to_string(),
            title: role.title.clone(),
            url: url_of(Kind::Faq).or_else(|| url_of(Kind::Hub)),
            summary: String::new(),
            items,
        })
    };
    let mut groups: Vec<FaqGroup> = cx.site.all_roles().filter_map(group).collect();
    groups.sort_by_cached_key(|group| cx.wording.locale.sort_key(&group.title));
    groups
}
