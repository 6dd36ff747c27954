//! Generated sections: a page and the id of a section come in; its anchor, heading and introduction
//! go out.

use super::types::{Html, Section};
use super::{ViewContext, skill, text};
use crate::kind::Kind;
use crate::layout::{Page, page};
use crate::site::Site;

/// Returns a generated section. The heading and the introduction are those of the role's record, or
/// else the strings of the theme.
pub fn view(cx: &ViewContext<'_>, page: &Page, id: &str) -> Section {
    let role = page.subject.role().and_then(|id| cx.site.role(id));
    let row = role.and_then(|role| role.sections.get(id));
    let name = role.map_or(&page.title, |role| &role.title);
    let is_bare = match (page.kind, id) {
        (Kind::Skills, _) => !skill::has_skill_groups(cx.site, cx.layout),
        // One level is no ladder.
        (Kind::Hub, "levels") => role.is_some_and(|role| role.ladder.levels().count() == 1),
        _ => false,
    };
    let bare = if is_bare { "_bare" } else { "" };
    let key = format!("section_{}_{}{bare}", page.kind.key(), id.replace('-', "_"));
    let heading = row.and_then(|row| row.heading.clone());
    let intro = row.and_then(|row| row.intro.as_ref());
    Section {
        id: anchor(cx.site, page, id),
        heading: heading.unwrap_or_else(|| cx.wording.strings.fill(&key, &[("role", name)])),
        intro: intro.map_or(Html::Empty, |intro| text::block(cx.site, cx.layout, intro)),
        show: page.shows(id),
    }
}

/// Returns the anchor of a section: its id, unless a heading of the prose has the same id.
///
/// Headings of the prose keep their ids because authors write links to them by hand.
fn anchor(site: &Site, page: &Page, id: &str) -> String {
    let prose = page::prose(site, page);
    let is_taken = prose.is_some_and(|article| article.facts.page.ids().any(|taken| taken == id));
    if is_taken {
        format!("{id}-section")
    } else {
        id.to_owned()
    }
}
