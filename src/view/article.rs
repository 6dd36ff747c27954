//! The surroundings of an article: a page of prose comes in; its neighbours, authors, tags, calls
//! to action and what to read next go out.

use crate::config::{AuthorRow, CallToAction};
use crate::data::{At, Id};
use crate::kind::Kind;
use crate::layout::groups::section_file;
use crate::layout::{Layout, Page, Subject, links, page};
use crate::path::{SourcePath, slugify};
use crate::site::Site;
use crate::view::context::ViewContext;
use crate::view::types::{Author, Card, Crumb, Cta, Html};
use crate::view::{card, text};

/// The articles before and after an article in the order of its section, or among the articles of
/// its role.
#[derive(Default)]
pub struct Neighbours {
    pub previous: Option<Card>,
    pub next: Option<Card>,
}

/// Returns the section that holds an article, as a link.
pub fn section(cx: &ViewContext<'_>, path: &SourcePath) -> Option<Crumb> {
    let page = section_of(cx.layout, path)?;
    Some(Crumb {
        title: page.title.clone(),
        url: cx.site.config.href(&page.url),
    })
}

/// Returns the page of the section that holds an article.
fn section_of<'a>(layout: &'a Layout, path: &SourcePath) -> Option<&'a Page> {
    layout.page_about(Kind::Section, section_file(path).as_str())
}

/// Returns the articles before and after a page.
pub fn neighbours(cx: &ViewContext<'_>, page: &Page) -> Neighbours {
    let siblings = match &page.subject {
        Subject::Article(_, Some(role)) => cx.layout.groups.articles_of_role.get(role),
        Subject::Article(path, None) => cx
            .layout
            .groups
            .articles_of_section
            .get(&section_file(path)),
        _ => None,
    };
    let siblings = siblings.map(Vec::as_slice).unwrap_or_default();
    let own = cx.layout.urls.get(&page.url);
    let Some(at) = siblings.iter().position(|index| Some(index) == own) else {
        return Neighbours::default();
    };
    let card = |at: Option<usize>| {
        at.and_then(|at| siblings.get(at))
            .map(|index| card::of_page(cx, &cx.layout.pages[*index]))
    };
    Neighbours {
        previous: card(at.checked_sub(1)),
        next: card(Some(at + 1)),
    }
}

/// Returns the authors that the prose of a page names.
pub fn authors(site: &Site, layout: &Layout, page: &Page) -> Vec<Author> {
    let names = page::prose(site, page)
        .map(|article| article.front.authors.as_slice())
        .unwrap_or_default();
    let author = |id: &At<Id>| {
        let declared = site.config.authors.get(&id.value)?;
        Some(Author {
            id: id.value.to_string(),
            name: declared.row.name.value.clone(),
            job_title: declared.row.job_title.clone(),
            url: author_url(site, layout, &declared.row),
            bio: match &declared.row.bio {
                Some(bio) => text::block(site, layout, bio),
                None => Html::Empty,
            },
        })
    };
    names.iter().filter_map(author).collect()
}

/// Returns the page that introduces an author, on another site or on this one.
fn author_url(site: &Site, layout: &Layout, row: &AuthorRow) -> Option<String> {
    if let Some(url) = &row.url {
        return Some(url.to_string());
    }
    let to = &row.to.as_ref()?.value;
    links::resolve_nav(site, layout, to).ok()?.link()
}

/// Returns the tags of a page, each with a link to its page.
pub fn tags_of(site: &Site, layout: &Layout, page: &Page) -> Vec<Crumb> {
    let tags = page::prose(site, page)
        .map(|article| article.front.tags.as_slice())
        .unwrap_or_default();
    let crumb = |tag: &At<String>| {
        Some(Crumb {
            title: tag.value.clone(),
            url: layout.url_of(site, Kind::Tag, &slugify(tag))?,
        })
    };
    tags.iter().filter_map(crumb).collect()
}

/// Returns what to read next: the pages that the prose names, or the following page of the role.
pub fn up_next(cx: &ViewContext<'_>, page: &Page) -> Vec<Card> {
    if let Some(article) = page::prose(cx.site, page)
        && !article.front.up_next.is_empty()
    {
        let target = |name: &At<String>| {
            let link = links::resolve(cx.site, cx.layout, &article.path, &name.value, None);
            Some(&cx.layout.pages[link.ok()?.page?])
        };
        let pages = article.front.up_next.iter().filter_map(target);
        return pages.map(|page| card::of_page(cx, page)).collect();
    }
    let following = following_page(cx.layout, page);
    following
        .map(|page| card::of_page(cx, page))
        .into_iter()
        .collect()
}

/// Returns the page of the same role that comes after a page in the menu of the role.
fn following_page<'a>(layout: &'a Layout, page: &Page) -> Option<&'a Page> {
    let Subject::Role(id) = &page.subject else {
        return None;
    };
    layout
        .kinds
        .of_role()
        .skip_while(|kind| *kind != page.kind)
        .skip(1)
        .find_map(|kind| layout.page_about(kind, id.as_str()))
}

/// Returns the calls to action of a page, with the title of its role in place of `{role}`.
///
/// A row without `pages` is shown on all pages that belong to a role.
pub fn calls_to_action(site: &Site, page: &Page) -> Vec<Cta> {
    let role = page
        .subject
        .role()
        .and_then(|id| site.role(id))
        .map(|role| role.title.as_str());
    let shows = |row: &&CallToAction| match row.pages.as_slice() {
        [] => role.is_some(),
        kinds => kinds.iter().any(|kind| kind.as_str() == page.kind.as_str()),
    };
    let cta = |row: &CallToAction| Cta {
        id: row.id.value.to_string(),
        text: row
            .text
            .replace("{role}", role.unwrap_or_default())
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" "),
        url: row.url.to_string(),
    };
    site.config
        .site
        .calls_to_action
        .iter()
        .filter(shows)
        .map(cta)
        .collect()
}
