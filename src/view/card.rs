//! Cards: a page comes in; its title, summary, picture and headline pay go out, as lists show them.

use crate::data::Id;
use crate::kind::Kind;
use crate::layout::{Layout, Page, page};
use crate::role::ListedRole;
use crate::site::Site;
use crate::view::context::ViewContext;
use crate::view::types::{Card, Crumb, Named};
use crate::view::{figures, image, ladder};
use crate::wording::unit::{self, Unit, middle};
use crate::wording::{Wording, pay};

/// Returns the card of a page.
pub fn of_page(cx: &ViewContext<'_>, page: &Page) -> Card {
    let prose = page::prose(cx.site, page);
    let role = match page.kind {
        Kind::Hub => page.subject.role().and_then(|id| cx.site.listed(id)),
        _ => None,
    };
    let role = role.as_ref();
    let pay = role.and_then(|role| role.headline);
    let growth = role.and_then(|role| role.change);
    Card {
        kind: page.kind.as_str(),
        title: page.title.clone(),
        url: cx.site.config.href(&page.url),
        summary: page.description.clone(),
        category: role.map(|role| category_crumb(cx.site, cx.layout, role.category)),
        categories: role
            .map(|role| category_crumbs(cx.site, cx.layout, role.categories))
            .unwrap_or_default(),
        salary: pay.map(|pay| pay::text(&cx.wording, pay)),
        salary_measure: pay.map(|pay| pay::measure_long(&cx.wording, pay)),
        salary_value: pay.and_then(|pay| middle(&pay.amounts)),
        salary_unit: pay.map(|pay| format!("{}/{}", pay.currency, pay.period)),
        salary_per_year: role.and_then(unit::of_year),
        salary_sort_unit: pay.map(Unit::of_year),
        pay: pay.map(|pay| figures::short_pay(&cx.wording, pay)),
        education: role
            .map(|role| education_levels(&cx.wording, role))
            .unwrap_or_default(),
        growth,
        growth_text: growth.map(|percent| pay::change_text(&cx.wording, percent)),
        image: image::of_page(cx.site, cx.layout, page),
        date: prose
            .and_then(|article| article.front.date.as_ref())
            .map(|date| date.value.to_string()),
        updated: page::updated(cx.site, page).map(|date| date.to_string()),
        draft: page::is_draft(cx.site, page),
    }
}

/// Returns the cards of all pages of a kind.
pub fn of_kind(cx: &ViewContext<'_>, kind: Kind) -> Vec<Card> {
    let pages = cx
        .layout
        .pages
        .whole()
        .iter()
        .filter(|page| page.kind == kind && page.number == 1);
    pages.map(|page| of_page(cx, page)).collect()
}

/// Returns the cards of the hubs of some roles, sorted by weight and title.
pub(super) fn role_cards<'a>(
    cx: &ViewContext<'_>,
    roles: impl IntoIterator<Item = ListedRole<'a>>,
) -> Vec<Card> {
    let mut roles: Vec<ListedRole<'_>> = roles.into_iter().collect();
    roles.sort_by_cached_key(|role| {
        (
            role.weight.unwrap_or(0),
            cx.wording.locale.sort_key(role.title),
            role.id.clone(),
        )
    });
    roles
        .into_iter()
        .filter_map(|role| cx.layout.page_about(Kind::Hub, role.id.as_str()))
        .map(|page| of_page(cx, page))
        .collect()
}

/// Returns a category as a link. The URL is empty if the category has no page.
pub(super) fn category_crumb(site: &Site, layout: &Layout, id: &Id) -> Crumb {
    let row = site.config.categories.iter().find(|(other, _)| other == id);
    let title = row.map_or_else(
        || id.to_string(),
        |(_, category)| category.row.title.value.clone(),
    );
    Crumb {
        title,
        url: layout
            .url_of(site, Kind::Category, id.as_str())
            .unwrap_or_default(),
    }
}

/// Returns some categories as links.
pub(super) fn category_crumbs(site: &Site, layout: &Layout, categories: &[Id]) -> Vec<Crumb> {
    categories
        .iter()
        .map(|id| category_crumb(site, layout, id))
        .collect()
}

/// Returns the levels of education that lead to a role, each once, in the order of the record.
fn education_levels(words: &Wording<'_>, role: &ListedRole<'_>) -> Vec<Named> {
    let mut levels: Vec<Named> = vec![];
    for level in &role.education {
        if levels.iter().all(|other| other.id != level.as_str()) {
            levels.push(ladder::named(words, "education", level.as_str()));
        }
    }
    levels
}

/// Returns every category that has a page, as a link.
pub fn category_links(site: &Site, layout: &Layout) -> Vec<Crumb> {
    site.config
        .categories
        .iter()
        .map(|(id, _)| category_crumb(site, layout, id))
        .filter(|crumb| !crumb.url.is_empty())
        .collect()
}
