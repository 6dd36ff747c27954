//! The menu of the site: the entries of site.toml and a page come in; the entries with their URLs,
//! and which of them lead to the page, go out.

use crate::config::{Config, NavItem};
use crate::layout::{Layout, Page, links};
use crate::site::Site;
use crate::view::context::ViewContext;
use crate::view::types::NavView;

/// Returns for each entry of the menu whether it leads to a page or to a page above it. An entry
/// comes before its children.
pub fn nav_marks(cx: &ViewContext<'_>, page: &Page) -> Vec<bool> {
    let own = cx.site.config.href(&page.url);
    let mut marks = vec![];
    for item in menu(cx) {
        mark(&cx.site.config, item, &own, &mut marks);
    }
    marks
}

/// Returns the menu with the marks that [`nav_marks`] returned.
pub fn nav(cx: &ViewContext<'_>, marks: &[bool]) -> Vec<NavView> {
    let mut marks = marks.iter().copied();
    menu(cx)
        .iter()
        .map(|item| marked(item, &mut marks))
        .collect()
}

/// Returns the menu without marks.
fn menu<'a>(cx: &ViewContext<'a>) -> &'a [NavView] {
    cx.shared.menu.get_or_make(|| {
        let items = cx.site.config.site.nav.iter();
        items
            .filter_map(|item| nav_item(cx.site, cx.layout, item))
            .collect()
    })
}

/// Returns an entry without a mark. It has no URL if it leads to a page that is not published.
fn nav_item(site: &Site, layout: &Layout, item: &NavItem) -> Option<NavView> {
    let url = match (&item.url, &item.to) {
        (Some(url), _) => url.to_string(),
        (None, Some(to)) => links::resolve_nav(site, layout, &to.value).ok()?.href,
        (None, None) => String::new(),
    };
    let children = item.children.iter();
    Some(NavView {
        title: item.title.value.clone(),
        url,
        current: false,
        children: children
            .filter_map(|child| nav_item(site, layout, child))
            .collect(),
    })
}

/// Adds the mark of an entry and the marks of its children. Returns the mark of the entry.
///
/// `own` is the address of the page.
fn mark(config: &Config, item: &NavView, own: &str, marks: &mut Vec<bool>) -> bool {
    let index = marks.len();
    let url = item.url.as_str();
    let is_section = url.len() > config.base_path.len() && url.ends_with('/');
    marks.push(own == url || is_section && own.starts_with(url));
    for child in &item.children {
        let is_marked = mark(config, child, own, marks);
        marks[index] |= is_marked;
    }
    marks[index]
}

/// Returns an entry with the next marks for itself and its children.
fn marked(item: &NavView, marks: &mut dyn Iterator<Item = bool>) -> NavView {
    let current = marks.next().unwrap_or(false);
    let children = item.children.iter();
    NavView {
        title: item.title.clone(),
        url: item.url.clone(),
        current,
        children: children.map(|child| marked(child, marks)).collect(),
    }
}
