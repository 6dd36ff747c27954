//! Results of search: a page comes in, what a result shows of it goes out.

use crate::kind::Kind;
use crate::layout::address::folder_of;
use crate::layout::{Layout, Page, Subject};
use crate::path::relative;
use crate::site::Site;
use crate::view::card;

/// Returns what a result shows: the URL relative to the folder of the index, the title, the
/// description, and the title of the role.
pub fn row(site: &Site, layout: &Layout, page: &Page) -> [String; 4] {
    let own = layout
        .page_about(Kind::Search, "")
        .map(|page| folder_of(&page.url))
        .unwrap_or_default();
    let base = &site.config.base_path;
    let href = site.config.href(&page.url);
    let url =
        relative(&href, base, &format!("{}{own}", base.trim_end_matches('/'))).unwrap_or(href);
    let role = page
        .subject
        .role()
        .and_then(|id| site.listed(id))
        .map(|role| role.title.to_owned())
        .unwrap_or_default();
    [url, page.title.clone(), page.description.clone(), role]
}

/// Returns the titles of all categories, after an empty one for pages of no category.
pub fn categories(site: &Site, layout: &Layout) -> impl Iterator<Item = String> {
    let categories = site.config.categories.iter();
    let titles = categories.map(|(id, _)| card::category_crumb(site, layout, id).title);
    std::iter::once(String::new()).chain(titles)
}

/// Returns the title of the category of a page, or an empty text.
pub fn category(site: &Site, layout: &Layout, page: &Page) -> String {
    let of_role = page
        .subject
        .role()
        .and_then(|id| site.listed(id))
        .map(|role| role.category);
    let category = match &page.subject {
        Subject::Category(id) => Some(id),
        _ => of_role,
    };
    category
        .map(|id| card::category_crumb(site, layout, id).title)
        .unwrap_or_default()
}
