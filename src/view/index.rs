//! Indexes: a site comes in; cards of all roles, categories, sections and tags go out, in groups
//! and pages.

use std::cmp::Reverse;

use crate::config::{CategoryRow, Declared};
use crate::data::Id;
use crate::kind::Kind;
use crate::layout::groups::parent_folder;
use crate::layout::parts::List;
use crate::layout::role_files::{self, Order};
use crate::layout::{Page, Subject, page};
use crate::path::SourcePath;
use crate::view::context::ViewContext;
use crate::view::types::{Card, CategoryView, FaqGroup, Group, RoleFilesView, RoleFilterView};
use crate::view::{card, faq, ladder, parts, text};

/// Returns the cards of a list of roles by letter: of one part, or of all.
pub fn roles_by_letter(
    cx: &ViewContext<'_>,
    list: &List<Id>,
    part: Option<usize>,
) -> Vec<Group<Card>> {
    let hub = |id: &Id| cx.layout.page_about(Kind::Hub, id.as_str());
    let groups = list.on(part).map(|(group, ids)| {
        let hubs = ids.iter().filter_map(hub);
        parts::group_of(group, hubs.map(|page| card::of_page(cx, page)).collect())
    });
    groups.collect()
}

/// Returns what the form needs that filters a list of roles in parts, or `None` if the list has one
/// part: then all that a filter needs stands in its rows.
pub fn role_filter(cx: &ViewContext<'_>, page: &Page) -> Option<RoleFilterView> {
    let first = cx.layout.page_about(page.kind, &page.subject.id())?;
    let index = cx.layout.urls.get(&first.url)?;
    let files = cx.layout.role_files.get(index)?;
    let kind = files.main_kind();
    let year = || cx.wording.strings.get("per_year").to_owned();
    let urls = |order: Order, count: usize| {
        let urls = (1..=count).filter_map(|number| role_files::url(first, order, number));
        urls.map(|url| cx.site.config.href(&url)).collect()
    };
    let in_order = files.files.iter().map(|(order, files)| RoleFilesView {
        order: order.as_str(),
        urls: urls(*order, files.len()),
    });
    let education = files.education.iter();
    Some(RoleFilterView {
        count: files.files.values().next()?.iter().map(Vec::len).sum(),
        education: education
            .map(|level| ladder::named(&cx.wording, "education", level.as_str()))
            .collect(),
        grows: files.grows,
        currency: kind.map(|kind| kind.currency.clone()),
        period_text: kind.map(|kind| kind.period.clone().unwrap_or_else(year)),
        files: in_order.collect(),
    })
}

/// Returns the categories with those of their roles that stand on a page with some groups of roles.
pub fn categories_of(cx: &ViewContext<'_>, groups: &[Group<Card>]) -> Vec<CategoryView> {
    let categories = cx.site.config.categories.iter();
    let of_groups = |(id, _): &(Id, Declared<CategoryRow>)| {
        let page = cx.layout.page_about(Kind::Category, id.as_str())?;
        let url = cx.site.config.href(&page.url);
        let cards = groups.iter().flat_map(|group| &group.items);
        let is_of = |card: &&Card| card.categories.iter().any(|crumb| crumb.url == url);
        category_with(cx, id, cards.filter(is_of).cloned().collect())
    };
    categories.filter_map(of_groups).collect()
}

/// Returns the categories that have published roles.
pub fn categories(cx: &ViewContext<'_>) -> Vec<CategoryView> {
    let categories = cx.site.config.categories.iter();
    categories.filter_map(|(id, _)| category(cx, id)).collect()
}

/// Returns a category with its roles, or `None` if none of them is published.
pub fn category(cx: &ViewContext<'_>, id: &Id) -> Option<CategoryView> {
    let ids = cx.layout.groups.roles_of_category.get(id);
    let roles = ids.into_iter().flatten();
    let roles = roles.filter_map(|role| cx.site.listed(role));
    category_with(cx, id, card::role_cards(cx, roles))
}

/// Returns a category with some cards, or `None` if it has no page.
pub fn category_with(cx: &ViewContext<'_>, id: &Id, roles: Vec<Card>) -> Option<CategoryView> {
    let mut categories = cx.site.config.categories.iter();
    let (_, declared) = categories.find(|(other, _)| other == id)?;
    let page = cx.layout.page_about(Kind::Category, id.as_str())?;
    Some(CategoryView {
        id: id.to_string(),
        title: declared.row.title.value.clone(),
        url: cx.site.config.href(&page.url),
        summary: declared.row.summary.clone().unwrap_or_default(),
        description: text::optional_block(cx, declared.row.description.as_ref()),
        roles,
    })
}

/// Returns the cards of a part of a list of pages, or of all. `size` is how many a part has.
pub fn cards_on(
    cx: &ViewContext<'_>,
    list: Option<&Vec<usize>>,
    size: usize,
    part: Option<usize>,
) -> Vec<Card> {
    let (skipped, size) = match part {
        Some(number) => (number.saturating_sub(1).saturating_mul(size), size),
        None => (0, usize::MAX),
    };
    let pages = cx.layout.pages_at(list).skip(skipped).take(size);
    pages.map(|page| card::of_page(cx, page)).collect()
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

/// Returns the written questions of the roles of a list: of one part, or of all.
pub fn faq_groups(cx: &ViewContext<'_>, part: Option<usize>) -> Vec<FaqGroup> {
    let group = |id: &Id| {
        let role = cx.site.role(id)?;
        let url_of = |kind| cx.layout.url_of(cx.site, kind, role.id.as_str());
        Some(FaqGroup {
            id: role.id.to_string(),
            title: role.title.clone(),
            url: url_of(Kind::Faq).or_else(|| url_of(Kind::Hub)),
            summary: String::new(),
            items: faq::written_faqs(cx.site, cx.layout, role),
        })
    };
    let groups = cx.layout.lists.questions.whole().on(part);
    groups
        .flat_map(|(_, ids)| ids.iter().filter_map(group))
        .collect()
}
