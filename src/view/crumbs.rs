//! The place of a page in the site: a page comes in, its breadcrumbs and the other pages of its role
//! or framework go out.

use crate::kind::Kind;
use crate::layout::{Layout, Page, Subject};
use crate::path::SourcePath;
use crate::view::context::ViewContext;
use crate::view::types::{Crumb, Sibling};

/// Returns the path from the home page to a page, with the page itself. It is empty for the home
/// page.
pub fn breadcrumbs(cx: &ViewContext<'_>, page: &Page) -> Vec<Crumb> {
    if page.kind == Kind::Home {
        return vec![];
    }
    let crumb = |page: &Page| Crumb {
        title: page.title.clone(),
        url: cx.site.config.href(&page.url),
    };
    let mut crumbs: Vec<Crumb> = vec![];
    if let Some(home) = cx.layout.page_about(Kind::Home, "") {
        crumbs.push(Crumb {
            title: cx.wording.strings.get("nav_home").to_owned(),
            ..crumb(home)
        });
    }
    crumbs.extend(pages_above(cx, page).into_iter().map(crumb));
    // Two pages may have one address.
    let own = crumb(page);
    crumbs.retain(|above| above.url != own.url);
    crumbs.push(own);
    crumbs
}

/// Returns the pages between the home page and a page, outermost first.
fn pages_above<'a>(cx: &ViewContext<'a>, page: &Page) -> Vec<&'a Page> {
    let about = |kind: Kind, id: &str| cx.layout.page_about(kind, id);
    let mut above = vec![];
    if let Some(role) = page.subject.role().and_then(|id| cx.site.listed(id)) {
        above.extend(about(Kind::Roles, ""));
        above.extend(about(Kind::Category, role.category.as_str()));
        above.extend(about(Kind::Hub, role.id.as_str()));
    }
    match &page.subject {
        Subject::Position(Some(role), _) => above.extend(about(Kind::Positions, role.as_str())),
        Subject::Position(None, _) => above.extend(about(Kind::SitePositions, "")),
        Subject::Category(_) => above.extend(about(Kind::Roles, "")),
        Subject::Skill(_) => above.extend(about(Kind::Skills, "")),
        Subject::Tag(_) => above.extend(about(Kind::Tags, "")),
        Subject::Framework(id) | Subject::FrameworkLevels(id, ..) => {
            above.extend(about(Kind::Framework, id.as_str()));
        }
        Subject::Levels(id, ..) => above.extend(about(Kind::Ladder, id.as_str())),
        Subject::Roles(..) => above.extend(about(Kind::Comparisons, "")),
        Subject::Article(file, None) | Subject::Section(file) => {
            above.extend(sections_above(cx.layout, file));
        }
        Subject::Site | Subject::Role(_) | Subject::Article(_, Some(_)) => {}
    }
    let is_section = matches!(page.subject, Subject::Section(_));
    if page.number > 1 && !is_section {
        above.extend(about(page.kind, &page.subject.id()));
    }
    above
}

/// Returns the sections that hold a file, outermost first.
fn sections_above<'a>(layout: &'a Layout, file: &SourcePath) -> Vec<&'a Page> {
    let mut folder = file.folder();
    let mut above = vec![];
    while !folder.is_empty() && folder != "content" {
        above.extend(layout.page_about(Kind::Section, &format!("{folder}/_index.md")));
        folder = folder.rsplit_once('/').map_or("", |(parent, _)| parent);
    }
    above.reverse();
    above
}

/// Returns the pages of some kinds that are about the same role or framework, with this page among
/// them.
pub fn siblings(cx: &ViewContext<'_>, page: &Page, kinds: Vec<Kind>) -> Vec<Sibling> {
    let id = match &page.subject {
        Subject::Framework(id) | Subject::FrameworkLevels(id, ..) => Some(id),
        subject => subject.role(),
    };
    let Some(id) = id else { return vec![] };
    let sibling = |kind: Kind| {
        let other = cx.layout.page_about(kind, id.as_str())?;
        Some(Sibling {
            kind: kind.as_str(),
            title: cx
                .wording
                .strings
                .get(&format!("nav_{}", kind.key()))
                .to_owned(),
            url: cx.site.config.href(&other.url),
            current: other.url == page.url,
        })
    };
    kinds.into_iter().filter_map(sibling).collect()
}
